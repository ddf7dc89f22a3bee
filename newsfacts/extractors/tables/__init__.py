"""Cells of tables: bare numbers whose unit, metric, time and owner stand in the heads of their row and column.

A table has heads on top and on the left. One side names what is measured, the other whose or when it is; `sheets`
finds out which is which. A cell that is a complete figure already (12.3%) keeps it, and gains what its heads say.
The same goes for a single line whose label tells the unit: 营业收入(百万元):2,891,179.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from newsfacts.document.grid import find_tables
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.periods.calendar import format_edtf
from newsfacts.extractors.periods.moments import Moment, find_year_end
from newsfacts.extractors.periods.outlook import Context
from newsfacts.extractors.rates import read_rates
from newsfacts.extractors.tables.captions import Page, find_titled
from newsfacts.extractors.tables.heads import read_head
from newsfacts.extractors.tables.measures import Words, read_measure
from newsfacts.extractors.tables.numbers import covers, in_unit, read_numbers, verbs, without_suffix
from newsfacts.extractors.tables.sheets import Place, read_sheet
from newsfacts.model import (
    Bound,
    Change,
    Direction,
    Document,
    Fact,
    Figure,
    Found,
    Kind,
    Mode,
    Period,
    Sentence,
    Span,
    Status,
    Table,
)


class Link(NamedTuple):
    """What the heads of a cell say of its figure."""

    metric: Span | None = None
    subject: Span | None = None
    period: Found | None = None
    per: Found | None = None
    change: Change | None = None
    move: Span | None = None
    basis: Span | None = None
    unit: Span | None = None
    forecast: Span | None = None
    inside: int | None = None
    """Where the table begins, inside which no sentence names a subject; None of a label."""

    titled: Span | None = None
    """Who the title is about."""

    prose: bool = False
    """Whether the cell holds sentences, which know better."""


class Cells(NamedTuple):
    """The figures of a document, with those of its tables, and what the heads say of these by where they start.

    `heads` are where the cells start that hold no sentence: whom they name is nobody that the text goes on about.
    """

    figures: list[Figure]
    links: dict[int, Link]
    heads: frozenset[int] = frozenset()


def read_tables(document: Document, shadow: str, figures: list[Figure], currency: str) -> Cells:
    """Read the cells of a document's tables, and numbers behind a label that has their unit.

    >>> document = Document("项目\\t2021年\\n营业收入(百万元)\\t2,891")
    >>> cells = read_tables(document, document.text, [], "CNY")
    >>> [(figure.value, figure.unit) for figure in cells.figures]
    [(Decimal('2891000000'), 'CNY')]
    """
    tables = document.tables
    if "\t" in shadow or "|" in shadow:
        tables += find_tables(shadow)
    if not tables and "(" not in shadow:
        return Cells(figures, {})
    context = Context(document.published, year_end=find_year_end(shadow)) if tables else Context(document.published)
    page = Page(document, shadow, currency, context)
    reader = _Reader(page, figures)
    for table in tables:
        reader.read_table(table)
    reader.read_labels()
    return reader.result()


class _Reader:
    """The figures found so far, and what the tables change of them."""

    def __init__(self, page: Page, figures: list[Figure]) -> None:
        self._page = page
        self._figures = figures
        self._added: dict[int, Figure] = {}
        self._links: dict[int, Link] = {}
        self._dropped: list[Span] = []
        self._heads: set[int] = set()

    def read_table(self, table: Table) -> None:
        """Read every cell of a table."""
        sheet = read_sheet(self._page, table)
        self._dropped += sheet.units
        shadow = self._page.shadow
        self._heads |= {cell.start for cell in table.cells if shadow[cell.end - 1] not in _STOPS}
        start, titled = min((cell.start for cell in table.cells), default=0), find_titled(self._page)
        for place in sheet.places:
            own = self._inside(place.span)
            if place.skip:
                self._dropped += [(figure.start, figure.end) for figure in own if figure.kind is Kind.NUMBER]
            else:
                link = _link(self._page, place)._replace(inside=start, titled=titled)
                self._read_cell(place, own, link)

    def _inside(self, span: Span) -> list[Figure]:
        first = bisect_left(self._figures, span[0], key=_start)
        last = bisect_left(self._figures, span[1], key=_start)
        return self._figures[first:last]

    def _read_cell(self, place: Place, own: list[Figure], link: Link) -> None:
        shadow = self._page.shadow
        words = _unit_of(place, self._page)
        if words and len(own) == 1 and own[0].kind is Kind.COUNT and own[0].unit != words.measure.unit:
            own = [without_suffix(shadow, own[0])]
        if own and all(figure.kind is not Kind.NUMBER for figure in own):
            if not covers(shadow, place.span, own):
                sentence = Link(period=link.period, subject=link.subject, prose=True)
                self._links |= {figure.start: sentence for figure in own}
            else:
                for figure in own:
                    self._links[figure.start] = _directed(shadow, place.span, link, figure)
            return
        named = place.measured.metric or place.other.metric
        suffixed = own if own and own[0].bound is Bound.AT_LEAST and own[0].kind is Kind.NUMBER else None
        numbers = suffixed or (read_numbers(self._page, place.span) if words or named or own else [])
        if not numbers:
            return
        self._dropped += [(found.start, found.end) for found in own]
        per = None if link.change else _per(self._page, link.metric, words)
        link = link._replace(per=per, unit=words.span if words else None)
        for number in numbers:
            figure = in_unit(shadow, number, words.measure) if words and number.kind is Kind.NUMBER else number
            self._added[figure.start] = figure
            self._links[figure.start] = _directed(shadow, place.span, link, figure)

    def read_labels(self) -> None:
        """Read the numbers of single lines whose label tells the unit."""
        for match in _LABELLED.finditer(self._page.shadow):
            start, end = match.span("number")
            own = self._inside((start, end))
            if start in self._links or any(figure.kind is not Kind.NUMBER or figure.end != end for figure in own):
                continue
            measure = read_measure(match["unit"], self._page.currency)
            numbers = read_numbers(self._page, (start, end)) if measure else []
            if measure is None or not numbers or numbers[0].kind is not Kind.NUMBER:
                continue
            self._dropped += [(found.start, found.end) for found in own]
            self._added[start] = in_unit(self._page.shadow, numbers[0], measure)
            self._links[start] = _link_label(self._page, match.start(), Words(match.span("unit"), measure))

    def result(self) -> Cells:
        """All figures in order."""
        if not self._links and not self._dropped:
            return Cells(self._figures, {}, frozenset(self._heads))
        dropped = sorted(self._dropped)
        kept = [figure for figure in self._figures if not _overlaps(figure, dropped)]
        return Cells(sorted([*kept, *self._added.values()], key=_start), self._links, frozenset(self._heads))


_LABELLED = re.compile(
    r"""
    \( (?P<unit> [^()\n\d]{1,10} ) \)          # 营业收入(百万元)
    (?: [ \t]{0,3} [:为达是] [ \t]{0,3} | [ \t]{1,8} )
    (?P<number> [+-]? (?: \d{1,3}(?:,\d{3})+ | \d+ ) (?:\.\d+)? )
    (?= [ \t]* (?: [，,。;；、()\n|\t] | $ ) )
    """,
    re.VERBOSE,
)
_DOWN = "▼↓"
_STOPS = "。！？!?"
_BREAK = re.compile(r"[\s,，。;；、:|()“”]")
_LONGEST_LABEL = 24
_AMOUNT = "额"
_SHARES = (Kind.PERCENT, Kind.POINT)


def _start(figure: Figure) -> int:
    return figure.start


def _overlaps(figure: Figure, spans: Sequence[Span]) -> bool:
    at = bisect_left(spans, (figure.end,)) - 1
    return at >= 0 and spans[at][1] > figure.start


def _unit_of(place: Place, page: Page) -> Words | None:
    """The unit of a cell: that of the head that says what sort it is, else of either head, else of the caption."""
    special = next((axis for axis in (place.column, place.row) if axis.move or axis.rate), None)
    amount = special is not None and special.move is not None and page.shadow[special.move.span[1] - 1] == _AMOUNT
    shares = [words for words in place.caption.units if words.measure.kind in _SHARES]
    if special is not None and not amount:
        return next(iter((*special.units, *shares)), None)
    own = next(iter((*place.measured.units, *place.other.units, *place.units)), None)
    if own is not None:
        return own
    others = [words for words in place.caption.units if words.measure.kind not in _SHARES]
    counted = place.measured.counted or place.other.counted
    name = place.measured.metric or place.other.metric
    if counted is not None and name is not None:
        same = (words for words in others if words.measure.unit == counted.unit)
        return next(same, Words(name, counted))
    if place.measured.plain or place.other.plain:
        return None
    return next(iter(others), None)


def _link(page: Page, place: Place) -> Link:
    """What the heads and the caption say of a cell."""
    move = place.column.move or place.row.move
    metric = place.metric or place.caption.metric
    if metric is None and move is not None:
        metric, move = move.span, None  # 增速 of nothing that is named is a level
    change = Change(move.direction or Direction.FLAT, Mode.BY, move.basis) if move else None
    forecast = place.column.forecast or place.row.forecast
    return Link(
        metric=metric,
        subject=place.subject or place.caption.subject,
        period=_period(page, place.when or place.caption.when),
        change=change,
        move=move.span if move else None,
        basis=move.basis_span if move else None,
        forecast=forecast,
    )


def _link_label(page: Page, end: int, unit: Words) -> Link:
    """What the words of a label that ends at `end` say of the number behind it."""
    low = max(0, end - _LONGEST_LABEL)
    start = max((match.end() for match in _BREAK.finditer(page.shadow, low, end)), default=low)
    head = read_head(page.shadow, (start, end), replace(page.context), page.currency)
    return Link(head.name, period=_period(page, head.when), per=_per(page, head.name, unit), unit=unit.span)


def _directed(shadow: str, span: Span, link: Link, figure: Figure) -> Link:
    """The link with the direction of a change, where the head leaves it to the sign."""
    change = link.change
    if change is None or change.direction is not Direction.FLAT:
        return link
    words = shadow[slice(*span)]
    verb = next((direction for word, direction in verbs().items() if word in words), None)
    if verb is not None:
        return link._replace(change=replace(change, direction=verb))
    value = figure.value if figure.value is not None else figure.low or figure.high or Decimal(0)
    if any(arrow in words for arrow in _DOWN) or value < 0:
        return link._replace(change=replace(change, direction=Direction.DOWN))
    return link._replace(change=replace(change, direction=Direction.UP)) if value else link


def _period(page: Page, moment: Moment | None) -> Found | None:
    if moment is None:
        return None
    span = (moment.start, moment.end)
    iso = format_edtf(moment.interval) if moment.interval else None
    return Found(Period(page.document.text[slice(*span)], iso), span)


def _per(page: Page, metric: Span | None, unit: Words | None) -> Found | None:
    """The denominator of the unit (元/吨), or in the name (每股收益, 人均收入)."""
    if unit is not None and unit.measure.per is not None:
        return Found(unit.measure.per, unit.span)
    if unit is None or metric is None or unit.measure.kind in _SHARES:
        return None
    found = _read_per(page.shadow[slice(*metric)])
    return found and Found(found.value, (found.span[0] + metric[0], found.span[1] + metric[0]))


@lru_cache(maxsize=1024)
def _read_per(name: str) -> Found | None:
    text = f"{name}8元"
    figures = [figure for figure in find_figures(text) if figure.start == len(name)]
    found = read_rates(text, Sentence(0, len(text), True), figures)[0] if figures else None
    return found if found and found.span[1] <= len(name) else None


def link_cells(text: str, facts: list[Fact], links: dict[int, Link]) -> list[Fact]:
    """The facts with what the heads of tables say, by `Cells.links`."""
    if not links:
        return facts
    linked: list[Fact] = []
    last: Span | None = None
    for fact in facts:
        own, link = fact.evidence.get("subject"), links.get(fact.start)
        if link is None:
            last = own or last
            linked.append(fact)
        elif link.prose:
            linked.append(_linked(text, fact, link, own or link.subject))
        elif link.inside is None or (own is not None and own[0] < link.inside):
            linked.append(_linked(text, fact, link, link.subject or own))
        else:
            linked.append(_linked(text, fact, link, link.subject or last or link.titled))
    return linked


def _linked(text: str, fact: Fact, link: Link, subject: Span | None) -> Fact:
    """A fact with what the heads of its cell say; a time or denominator that they do not say stays as it was."""
    period = fact.period and Found(fact.period, fact.evidence["period"])
    period = (period or link.period) if link.prose else (link.period or period)
    per = link.per or (fact.per and Found(fact.per, fact.evidence["per"]))
    status = Found(Status.FORECAST, link.forecast) if link.forecast else None
    metric = link.metric or (fact.evidence.get("metric") if link.inside is None else None)
    change, move, basis = link.change, link.move, link.basis
    if link.inside is None:
        change, move, basis = fact.change, fact.evidence.get("change"), fact.evidence.get("basis")
    spans = {
        "bound": fact.evidence.get("bound"),
        "unit": link.unit,
        "metric": metric,
        "subject": subject,
        "change": move,
        "basis": basis,
        "period": period and period.span,
        "per": per and per.span,
        "status": status.span if status else fact.evidence.get("status"),
        "negated": fact.evidence.get("negated"),
    }
    return replace(
        fact,
        metric=metric and text[slice(*metric)],
        subject=subject and text[slice(*subject)],
        change=change,
        period=period and period.value,
        per=per and per.value,
        status=status.value if status else fact.status,
        evidence={name: span for name, span in spans.items() if span},
    )
