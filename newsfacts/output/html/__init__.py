"""A page to look at: articles with their figures marked, a table and charts, in one file that needs nothing else.

Style, script and data stand in the page itself. Every article is a block of JSON, written as it comes; the script draws
what is looked at. The policy of the page names the hashes of its style and its script and allows nothing more: no
request, no other code, whatever an article holds.
"""

import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from string import Template
from typing import Any, TextIO

from newsfacts.model import Document, Fact, Span, Table
from newsfacts.output.encode import to_json
from newsfacts.output.reading import read_amount, read_rate, read_unit
from newsfacts.output.records import Result, days
from newsfacts.output.visible import visible

LANGUAGES = ("zh", "en")
"""What the page can speak."""

_STYLES = ("page.css", "article.css", "panel.css", "charts.css", "print.css")
_SCRIPTS = (
    *("words.js", "facts.js", "rows.js", "article.js", "tip.js", "table.js", "charts.js", "series.js"),
    *("state.js", "figures.js", "page.js"),
)
_MARKUP = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&"})
_AROUND_CELLS = re.compile(r"[\s|:-]*")
_SHOWN = ("source", "title", "published", "author", "origin", "site", "url", "language")
_LEFT_OUT = ("text", "parts", "sentence")
"""What the page cuts from the article itself, or shows within the reading of the figure."""


def write(results: Iterable[Result], stream: TextIO, language: str | None = None) -> None:
    """Write the page, an article a line. Its interface speaks `language`, zh or en; None: the reader's browser's."""
    head, tail = _page(language or "")
    stream.write(head)
    for document, facts in results:
        data = to_json(_article(document, facts)).translate(_MARKUP)
        stream.write(f'<script type="application/json" class="article">{data}</script>\n')
    stream.write(tail)


def _page(language: str) -> list[str]:
    """What stands before the articles, and what after them."""
    style, script = _join(_STYLES), _join(_SCRIPTS)
    parts = {"style": style, "style_hash": _hash(style), "script": script, "script_hash": _hash(script)}
    return [Template(part).substitute(parts, language=language) for part in _join(["page.html"]).split("$articles\n")]


def _join(names: Iterable[str]) -> str:
    return "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)


def _hash(content: str) -> str:
    """The content of a style or script element, as a policy names it."""
    return "sha256-" + binascii.b2a_base64(hashlib.sha256(content.encode()).digest(), newline=False).decode()


def _article(document: Document, facts: Sequence[Fact]) -> dict[str, Any]:
    """What the script draws an article from. All offsets count UTF-16 units, as it does."""
    at = _utf16_offsets(document.text)
    tables = [table for table in document.tables if _is_whole(document.text, table)]
    data = {name: getattr(document, name) for name in _SHOWN} | {
        "text": document.text,
        "tables": [[[at[cell.start], at[cell.end], *cell[2:]] for cell in table.cells] for table in tables],
        "facts": [_fact(fact, at) for fact in facts],
    }
    return {key: _harmless(value) for key, value in data.items() if value is not None}


def _fact(fact: Fact, at: Sequence[int]) -> dict[str, Any]:
    data = fact.to_dict() | {"start": at[fact.start], "end": at[fact.end], "word": fact.unit and read_unit(fact.unit)}
    data |= {"reading": read_rate(fact), "exact": read_amount(fact, raw=True)}
    data["evidence"] = {name: _move(span, at) for name, span in fact.evidence.items()}
    if fact.period is not None:
        data["period"] |= dict(zip(("first", "last"), days(fact.period.iso), strict=True))
    return {key: value for key, value in data.items() if key not in _LEFT_OUT}


def _move(span: Span, at: Sequence[int]) -> list[int]:
    return [at[span[0]], at[span[1]]]


def _utf16_offsets(text: str) -> Sequence[int]:
    """For each index into the text the same place counted in UTF-16 units, of which a rare character takes two.

    >>> list(_utf16_offsets("𠮷野家3元"))
    [0, 2, 3, 4, 5, 6]
    """
    if not text or max(text) <= "\uffff":
        return range(len(text) + 1)
    return list(accumulate((2 if character > "\uffff" else 1 for character in text), initial=0))


def _is_whole(text: str, table: Table) -> bool:
    """Whether nothing but lines and rules stands around the cells, so that a drawn table loses no words."""
    starts, ends = [cell.start for cell in table.cells], [cell.end for cell in table.cells]
    line_start = text.rfind("\n", 0, starts[0]) + 1
    line_end = text.find("\n", ends[-1])
    gaps = zip([line_start, *ends], [*starts, line_end if line_end >= 0 else len(text)], strict=True)
    return all(_AROUND_CELLS.fullmatch(text, start, end) for start, end in gaps)


def _harmless(value: Any) -> Any:
    """The value without what is absent, and with a visible sign for each character that could steer a reader's eye."""
    match value:
        case str():
            return visible(value, lines=True)
        case list():
            return [_harmless(item) for item in value]
        case dict():
            return {key: _harmless(item) for key, item in value.items() if item is not None}
    return value
