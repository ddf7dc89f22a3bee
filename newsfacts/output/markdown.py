"""Markdown: an article's facts as a table under its name, for issues, wikis and notes.

Every sign of an article that Markdown or HTML could take for markup is escaped.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from newsfacts.model import Document, Fact
from newsfacts.output.cells import read_cell
from newsfacts.output.reading import COLUMNS, name_document, read_around, read_row
from newsfacts.output.visible import visible

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$#]")


def render(document: Document, facts: Sequence[Fact], *, raw: bool = False) -> str:
    """A section of an article: its name as a heading, then a row for each fact."""
    body = _table(document, facts, raw=raw) if facts else "no figures\n"
    return f"## {escape(name_document(document))}\n\n{body}\n"


def _table(document: Document, facts: Sequence[Fact], *, raw: bool) -> str:
    rows = [[*map(escape, read_row(document, fact, raw=raw)), _excerpt(document, fact)] for fact in facts]
    return _lines([[*COLUMNS, "Text"], ["---"] * (len(COLUMNS) + 1), *rows])


def _excerpt(document: Document, fact: Fact) -> str:
    before, figure, after = map(escape, read_around(document, fact))
    return f"{before}<b>{figure}</b>{after}"  # by HTML, since ** does not close between CJK characters and signs


def join(rows: Iterable[Iterable[Any]]) -> str:
    r"""Rows of values as a table, the first of them its head.

    >>> print(join([["metric", "value"], ["产销率|%", 98.5]]), end="")
    | metric | value |
    | --- | --- |
    | 产销率\|% | 98.5 |
    """
    head, *body = ([escape(read_cell(value)) for value in row] for row in rows)
    return _lines([head, ["---"] * len(head), *body])


def escape(text: str) -> str:
    r"""The text with nothing in it that is markup.

    >>> escape("*<b>涨_停")
    '\\*\\<b\\>涨\\_停'
    """
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def _lines(rows: Iterable[Iterable[str]]) -> str:
    return "".join([f"| {' | '.join(row)} |\n" for row in rows])
