"""Characters that nobody sees: zero-width spaces and joiners, soft hyphens, marks of direction and of variants.

Pages put them inside words and numbers to say where a line may break, or to tell copies apart. A text is read as if it
had none (`2<U+200B>29亿元` is 229亿元), and every span is laid back onto the text that has them.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from newsfacts.model import Document, Fact, Span, Table

_RANGES = (
    r"\u00ad\u034f\u061c\u180e",  # soft hyphen, grapheme joiner, Arabic and Mongolian marks
    r"\u200b-\u200f\u2060-\u2064\ufeff",  # zero-width spaces and joiners, marks of direction
    r"\u202a-\u202e\u2066-\u206f",  # embeddings and overrides of direction
    r"\u0300-\u036f\ufe00-\ufe0f",  # accents on the character before, and variants of it
    r"\U000e0000-\U000e01ef",  # tags
)
_INVISIBLE = re.compile(f"[{''.join(_RANGES)}]")


class Seen(NamedTuple):
    """A document without what nobody sees, and where each of its characters stands in the real one."""

    document: Document
    places: Sequence[int]

    def span(self, span: Span) -> Span:
        """The span in the real text; what is invisible inside belongs to it."""
        start, end = span
        return self.places[start], self.places[end - 1] + 1

    def lay_back(self, fact: Fact, text: str) -> Fact:
        """The fact of this document as one of the real text."""
        start, end = self.span((fact.start, fact.end))
        evidence = {name: self.span(span) for name, span in fact.evidence.items()}
        words = {name: text[slice(*span)] for name, span in evidence.items()}
        sentence = self.document.text.rfind(fact.sentence, 0, fact.start + len(fact.sentence))
        return replace(
            fact,
            start=start,
            end=end,
            text=text[start:end],
            metric=words.get("metric"),
            subject=words.get("subject"),
            period=fact.period and replace(fact.period, text=words["period"]),
            sentence=text[slice(*self.span((sentence, sentence + len(fact.sentence))))],
            evidence=evidence,
        )


def without_invisible(document: Document) -> Seen:
    """The document as its readers see it.

    >>> seen = without_invisible(Document("销售额2\\u200b29亿元"))
    >>> seen.document.text, seen.span((3, 8))
    ('销售额229亿元', (3, 9))
    """
    text = document.text
    if _INVISIBLE.search(text) is None:
        return Seen(document, range(len(text)))
    places = [place for place, character in enumerate(text) if not _INVISIBLE.match(character)]
    title = document.title and _INVISIBLE.sub("", document.title)
    tables = tuple(_move(table, places) for table in document.tables)
    return Seen(replace(document, text="".join(map(text.__getitem__, places)), title=title, tables=tables), places)


def _move(table: Table, places: Sequence[int]) -> Table:
    """The table with the spans that its cells have in the text without what is invisible."""

    def moved(span: Span) -> Span:
        return bisect_left(places, span[0]), bisect_left(places, span[1])

    spans = [(cell, *moved((cell.start, cell.end))) for cell in table.cells]
    cells = tuple(cell._replace(start=start, end=end) for cell, start, end in spans if start < end)
    return Table(cells, table.caption and moved(table.caption))
