"""The numbers of a cell: what stands in it when it is a quantity and nothing else."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from newsfacts.extractors.cues import any_of
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.figures.numerals import EXACT
from newsfacts.extractors.tables.captions import Page
from newsfacts.extractors.tables.heads import NOTE
from newsfacts.extractors.tables.measures import Measure
from newsfacts.lexicon import load, read_table
from newsfacts.model import Direction, Figure, Kind, Span

_PRODUCT = re.compile(r"[ ]*[×xX*]?[ ]*")
_SIGNS = re.compile(r"[\s+▲▼△↑↓]*")
_IN_BRACKETS = re.compile(r"\([ ]*[\d,.]+[ ]*\)")
_LARGE = "万亿兆"


@cache
def verbs() -> dict[str, Direction]:
    """The words in a cell that say which way it changed."""
    return {word: Direction(row["direction"]) for row in read_table("tables")["verb"] for word in row["words"]}


@cache
def _rest() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s×xX*、,，/;；和及至()~约近超逾+±▲▼△↑↓:-]|{any_of(verbs())}了?)*")


def covers(shadow: str, span: Span, figures: Iterable[Figure], rest: re.Pattern[str] | None = None) -> bool:
    """Whether a cell holds nothing but its figures, their bounding words, signs, and verbs of change."""
    rest = rest or _rest()
    at = span[0]
    for figure in figures:
        start = min(figure.start, figure.bound_span[0]) if figure.bound_span else figure.start
        if start < at or not rest.fullmatch(shadow, at, start):
            return False
        at = max(figure.end, figure.bound_span[1]) if figure.bound_span else figure.end
    return rest.fullmatch(shadow, at, max(span[1], at)) is not None


def read_numbers(page: Page, span: Span) -> list[Figure]:
    """The figure that a cell is, or those of a product (4805×1900×1650), without the note behind it.

    A number in brackets is negative, as accounts have it.
    """
    note = NOTE.search(page.shadow, *span)
    start, end = span[0], note.start() if note and note.start() > span[0] else span[1]
    words = page.shadow[start:end].rstrip()
    figures = find_figures(words, page.currency, trusted=True)
    if _IN_BRACKETS.fullmatch(words) and len(figures) == 1 and figures[0].value is not None:
        value = figures[0].value.copy_negate()
        whole = start, start + len(words)
        number = figures[0]._replace(
            start=whole[0], end=whole[1], value=value, low=value, high=value, rule="table cell"
        )
        return [number]
    if not covers(words, (0, len(words)), figures, _SIGNS if len(figures) == 1 else _PRODUCT):
        return []
    return [_moved(figure, start) for figure in figures]


def without_suffix(shadow: str, figure: Figure) -> Figure:
    """A count of 起 is a price from which on (15万起), where the head has another unit."""
    suffix = shadow[figure.end - 1]
    cue = next((cue for cue in load().after.get(suffix, ()) if cue.word == suffix), None)
    if cue is None or figure.value is None:
        return figure
    span = (figure.end - 1, figure.end)
    return figure._replace(kind=Kind.NUMBER, unit=None, bound=cue.bound, high=None, bound_span=span, row=None)


def _moved(figure: Figure, by: int) -> Figure:
    """A figure found in the words of a cell, at its place in the document."""
    bound = figure.bound_span and (figure.bound_span[0] + by, figure.bound_span[1] + by)
    return figure._replace(start=figure.start + by, end=figure.end + by, bound_span=bound, rule="table cell")


def in_unit(shadow: str, figure: Figure, measure: Measure) -> Figure:
    """A bare number in the unit of its head; one with a magnitude of its own (3.5亿) does without the head's."""
    own = measure.scale % 10 == 0 and any(mark in shadow[figure.start : figure.end] for mark in _LARGE)
    scale = Decimal(1) if own else measure.scale
    value, low, high = (
        None if v is None else EXACT.multiply(v, scale) for v in (figure.value, figure.low, figure.high)
    )
    parts = figure.parts and tuple(EXACT.multiply(part, scale) for part in figure.parts)
    return figure._replace(
        kind=measure.kind,
        unit=measure.unit,
        value=value,
        low=low,
        high=high,
        parts=parts,
        row=measure.row,
        rule="table cell",
    )
