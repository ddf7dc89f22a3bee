"""Heads of rows and columns, and captions: what each says of the cells that it heads.

A head is a name, a time, a unit, words of change, or several of these (2021年营业收入(亿元), 同比增减%). What is left
when the others are taken out is its name.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from newsfacts.extractors.cues import any_of
from newsfacts.extractors.periods import calendar
from newsfacts.extractors.periods.moments import Moment, scan_moments
from newsfacts.extractors.periods.outlook import Context, remember
from newsfacts.extractors.tables.measures import Measure, Words, find_measures, is_sure, read_measure
from newsfacts.lexicon import read_table
from newsfacts.model import Direction, Span


class Move(NamedTuple):
    """Words by which cells are changes; a `direction` of None is told by each cell's sign."""

    span: Span
    direction: Direction | None
    basis: str | None
    basis_span: Span | None


class Head(NamedTuple):
    """What a head says. `role` is that of a row of tables.toml, or empty; `when` is its time, `forecast` a mark of one.

    `counted` is the unit that the name itself counts (人数); `rate`, `plain` and `quantity` say of what sort it is.
    """

    span: Span
    name: Span | None = None
    role: str = ""
    units: tuple[Words, ...] = ()
    when: Moment | None = None
    move: Move | None = None
    forecast: Span | None = None
    counted: Measure | None = None
    rate: bool = False
    plain: bool = False
    quantity: bool = False

    @property
    def measures(self) -> bool:
        """Whether the head says that its cells are quantities, and of what."""
        return bool(self.units) or self.quantity


class _Tables(NamedTuple):
    roles: dict[str, str]
    corners: tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]
    quantities: tuple[tuple[tuple[str, ...], dict[str, Any]], ...]
    directions: dict[str, Direction | None]
    move: re.Pattern[str]
    speed: re.Pattern[str]
    terms: dict[str, tuple[int, bool]]
    term: re.Pattern[str]
    forecast: re.Pattern[str]


@cache
def _tables() -> _Tables:
    tables = read_table("tables")
    directions = {
        word: Direction(row["direction"]) if "direction" in row else None
        for row in tables["move"]
        for word in row["words"]
    }
    terms = {word: (row.get("years", 0), row.get("edge", False)) for row in tables["term"] for word in row["words"]}
    return _Tables(
        {word.lower(): row["role"] for row in tables["head"] for word in row["words"]},
        tuple((row["heads"], frozenset(row["words"]), tuple(row["endings"])) for row in tables["corner"]),
        tuple((tuple(row["endings"]), row) for row in tables["quantity"]),
        directions,
        re.compile(any_of(directions)),
        re.compile(any_of(_words("speed"))),
        terms,
        re.compile(any_of(terms)),
        re.compile(rf"{any_of(_words('forecast'))}|(?<=\d)[EF](?![A-Za-z0-9])"),
    )


def _words(array: str) -> list[str]:
    return [word for row in read_table("tables")[array] for word in row["words"]]


@cache
def _basis() -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds a basis of comparison (同比, 比上年同期, 与上月相比), and the basis of each word or time in it."""
    bases = read_table("bases")
    said = {word: row["basis"] for array in ("word", "time") for row in bases[array] for word in row["words"]}
    before, enclosing, closing = (
        any_of(word for row in bases[array] for word in row["words"]) for array in ("before", "with", "closing")
    )
    alone = any_of(word for row in bases["word"] for word in row["words"])
    time = any_of(word for row in bases["time"] for word in row["words"])
    pattern = rf"(?P<word>{alone})|(?:{before}|{enclosing})[ ]?(?P<time>{time})(?:{closing})?"
    return re.compile(pattern), said


def find_corner(words: str) -> str | None:
    """What a corner says that the heads below it are: "metrics", "entities", or None."""
    corners = _tables().corners
    exact = next((heads for heads, found, _ in corners if words in found), None)
    return exact or next((heads for heads, _, endings in corners if words.endswith(endings)), None)


_MARKS = " \t\n:：,，、;；.。*†‡#()[]【】/·-—⁰¹²³⁴⁵⁶⁷⁸⁹"
_LIST_MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\(?[0-9一二三四五六七八九十]{1,2}[).](?!\d)|[0-9]{1,2}、|其中:)[ ]*"
)
NOTE = re.compile(r"[(\[]?注[0-9一二三四五]?[)\]]?$|[(\[][0-9]{1,2}[)\]]$|[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡#]+$")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?=[AEF]?(?![\d.,年A-Za-z]))")


def read_head(shadow: str, span: Span, context: Context, currency: str) -> Head:
    """Read a head; its time is resolved by the context, and taken into it.

    >>> shadow = "2021年营业收入(亿元)"
    >>> head = read_head(shadow, (0, len(shadow)), Context(None), "CNY")
    >>> [shadow[slice(*span)] for span in (head.name, head.units[0].span)], head.when.interval.last
    (['营业收入', '亿元'], (2021,))
    """
    start, end = strip(shadow, *span)
    words = shadow[start:end]
    role = _tables().roles.get(words.lower(), "")
    if role:
        return Head(span, role=role)
    whole = read_measure(words, currency)
    if whole is not None and is_sure(whole):
        return Head(span, units=(Words((start, end), whole),))
    units = tuple(find_measures(shadow, *span, currency))
    taken = [words.span for words in units]
    move = _find_move(shadow, span)
    taken += [move.span] if move else []
    forecast = _tables().forecast.search(shadow, *span)
    taken += [forecast.span()] if forecast else []
    when = find_time(shadow, span, taken, context)
    taken += [(when.start, when.end + shadow.startswith("A", when.end))] if when else []
    name = _name(shadow, span, taken)
    head = Head(span, name, "", units, when, move, forecast.span() if forecast else None)
    return _classify(shadow, head, currency)


def _classify(shadow: str, head: Head, currency: str) -> Head:
    """The head with what its name says of itself."""
    if head.name is None:
        return head
    words = shadow[slice(*head.name)]
    role = _tables().roles.get(words.lower(), "")
    if role:
        return head._replace(name=None, role=role)
    if _tables().speed.search(words):
        return head._replace(rate=True, quantity=True)
    rows = _tables().quantities
    fits = [(len(ending), row) for endings, row in rows for ending in endings if words.endswith(ending)]
    fits += [(len(words), row) for _, row in rows if words in row.get("words", ())]
    if not fits:
        return head
    row = max(fits, key=lambda fit: fit[0])[1]
    counted = read_measure(str(row["unit"]), currency) if "unit" in row else None
    return head._replace(counted=counted, rate="rate" in row, plain="plain" in row, quantity=True)


def _find_move(shadow: str, span: Span) -> Move | None:
    """Words of change at the end of a head, or a basis of comparison anywhere.

    A speed of growth is one when it is the whole head; of a quantity of its own (销量增速) it is a level.
    """
    tables = _tables()
    pattern, said = _basis()
    basis = pattern.search(shadow, *span)
    start = basis.end() if basis else span[0]
    speed = tables.speed.search(shadow, *span)
    if (
        speed
        and shadow[start : speed.start()].strip(_MARKS) + shadow[span[0] : basis.start() if basis else start] != ""
    ):
        return None
    moves = [speed] if speed else list(tables.move.finditer(shadow, start, span[1]))
    move = moves[-1] if moves else None
    if basis is None and (move is None or shadow[move.end() : span[1]].strip(_MARKS + "%率幅度额元") != ""):
        return None
    spans = [match.span() for match in (basis, move) if match]
    told = said[basis["word"] or basis["time"]] if basis else None
    direction = tables.directions.get(move[0]) if move else None
    return Move((spans[0][0], spans[-1][1]), direction, told, basis.span() if basis else None)


def find_time(shadow: str, span: Span, taken: list[Span], context: Context) -> Moment | None:
    """The first time in the words of a head that nothing else has taken: a date, a bare year, a term of the report."""
    for start, end in _free(span, taken):
        moment = _read_time(shadow, start, end, context)
        if moment is not None:
            if moment.interval is not None:
                _remember(context, moment)
            return moment
    return None


def _remember(context: Context, moment: Moment) -> None:
    """Take a time into the context; the report is of the latest of the times in the heads, not of the last."""
    before = context.main
    remember(context, moment.interval, brief=moment.grain in ("day", "week"))
    if before is not None and context.main is not None and before.last > context.main.last:
        context.main = before


def _read_time(shadow: str, start: int, end: int, context: Context) -> Moment | None:
    tables = _tables()
    term = tables.term.search(shadow, start, end)
    if term is not None and (term.start() == start or not shadow[term.start() - 1].isdigit()):
        return _read_term(term, context)
    for moment in scan_moments(shadow, start, end, context):
        if moment.grain not in ("now", "vague", "opening", "told"):
            return moment
    year = _YEAR.search(shadow, start, end)
    return Moment(*year.span(), calendar.at(int(year[0])), "year") if year else None


def _read_term(term: re.Match[str], context: Context) -> Moment:
    years, edge = _tables().terms[term[0]]
    interval = context.main
    if interval is not None and years:
        interval = calendar.move_years(interval, years)
    if interval is not None and edge:
        year, *rest = interval.last
        month = rest[0] if rest else 12
        interval = calendar.last_day(year, month)
    return Moment(*term.span(), interval, "day" if edge else "span")


def resolve_in(shadow: str, moment: Moment, around: Moment, context: Context) -> Moment:
    """A time without its year (一季度) under or beside one that has it (2021年)."""
    outer, inner = around.interval, moment.interval
    if outer is None or re.search(r"\d{4}", shadow[moment.start : moment.end]):
        return moment
    if inner is not None and len(inner.last) <= len(outer.last):
        return moment
    within = replace(context, published=None, era=outer.last[0], year=outer.last[0], month=None, day=None)
    found = next(scan_moments(shadow, moment.start, moment.end, within), None)
    return found if found is not None and found.interval is not None else moment


def _name(shadow: str, span: Span, taken: list[Span]) -> Span | None:
    """The longest stretch of a head that nothing else has taken."""
    pieces = [strip(shadow, *piece) for free in _free(span, taken) for piece in _lines(shadow, *free)]
    best = max(pieces, key=lambda piece: piece[1] - piece[0], default=None)
    return best if best and best[0] < best[1] and not shadow[slice(*best)].isdigit() else None


def _free(span: Span, taken: list[Span]) -> Iterator[Span]:
    """The stretches of a span between those taken."""
    at = span[0]
    for start, end in sorted(taken):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < span[1]:
        yield at, span[1]


_LINE = re.compile(r"[^\n]+")


def _lines(shadow: str, start: int, end: int) -> Iterator[Span]:
    for match in _LINE.finditer(shadow, start, end):
        yield match.span()


def strip(shadow: str, start: int, end: int) -> Span:
    """A span without list marks, signs and notes at its edges."""
    mark = _LIST_MARK.match(shadow, start, end)
    start = mark.end() if mark and mark.end() < end else start
    while start < end and shadow[start] in _MARKS:
        start += 1
    note = NOTE.search(shadow, start, end)
    end = note.start() if note and note.start() > start else end
    while start < end and shadow[end - 1] in _MARKS:
        end -= 1
    if shadow.rfind("(", start, end) > shadow.rfind(")", start, end):
        end += shadow[end : end + 1] == ")"
    return start, end
