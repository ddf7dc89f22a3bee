"""The shape of a table: which rows and columns are heads, what each cell's heads say, and what the caption says.

Heads need no markup: the rows on top that hold no values are heads, and so are the columns on the left. Which of them
name what is measured is told by the corner (指标, 城市), else by units and names of quantities.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from newsfacts.extractors.periods.moments import Moment
from newsfacts.extractors.tables.captions import Caption, Page, add_caption, lines_above, read_caption
from newsfacts.extractors.tables.heads import Head, Move, find_corner, read_head, resolve_in, strip
from newsfacts.extractors.tables.measures import Measure, Words, read_measure
from newsfacts.model import Cell, Span, Table


class Axis(NamedTuple):
    """What the heads of a row or column say together: the name of a quantity, another name, the rest as in `Head`."""

    metric: Span | None = None
    name: Span | None = None
    role: str = ""
    units: tuple[Words, ...] = ()
    when: Moment | None = None
    move: Move | None = None
    forecast: Span | None = None
    counted: Measure | None = None
    rate: bool = False
    plain: bool = False


_Axes = dict[int, Axis]
_NOTHING = Axis()


class Place(NamedTuple):
    """A cell of values: its heads on top and on the left; `measured` is the one of them that names the quantity.

    `units` are those of a column of units. A cell to `skip` holds a code, a date or the like.
    """

    span: Span
    column: Axis
    row: Axis
    measured: Axis
    other: Axis
    metric: Span | None
    subject: Span | None
    when: Moment | None
    units: tuple[Words, ...]
    skip: bool
    caption: Caption


class Sheet(NamedTuple):
    """A table as read; `units` are the spans of units in its heads and captions, where no figures are."""

    places: list[Place]
    units: list[Span]


_NO_NAMES = ("skip", "unit")
_MOST_SLOTS = 200_000
_VALUE = re.compile(r"[约近超逾(+\-±▲▼△↑↓¥$€£ ]*\d[\d,]*(?:\.\d+)?[ ]*[^\d\n]{0,6}$|\d[\d.,~×x*/:+ -]*\D{0,6}$")
_PURE = re.compile(r"[(+\-±▲▼△↑↓ ]*\d[\d,]*(?:\.\d+)?[ %‰)*]*$")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d[AEF]?")
_DATED = re.compile(r"\d{1,4}[ ]?[年月日季Q]|\d{4}[-/.]\d{1,2}|[QH][1-4]")
_MISSING = re.compile(r"[-—–~/.·* ]*|N/?A|无|未公布|未披露|不适用|\(?空\)?")


def read_sheet(page: Page, table: Table) -> Sheet:
    """Read the heads of a table and put them to its cells."""
    grid = _Grid(page.shadow, table)
    if not grid.slots:
        return Sheet([], [])
    return _Reading(page._replace(context=replace(page.context)), grid).read()


class _Grid:
    """The cells of a table by row and column, with what spans several; and of what sort each is."""

    def __init__(self, shadow: str, table: Table) -> None:
        self.shadow = shadow
        self.table = table
        self.cells = table.cells
        self.height = 1 + max((cell.row for cell in self.cells), default=-1)
        self.width = 1 + max((cell.column for cell in self.cells), default=-1)
        self.sorts = [self._sort(cell) for cell in self.cells]
        self.starting = {cell.start: cell for cell in self.cells}
        self.slots = self._fill()
        self.rows: list[list[int]] = [[] for _ in range(self.height)]
        for (row, _), index in sorted(self.slots.items()):
            if not self.rows[row] or self.rows[row][-1] != index:
                self.rows[row].append(index)

    def _fill(self) -> dict[tuple[int, int], int]:
        if sum(cell.rows * cell.columns for cell in self.cells) > _MOST_SLOTS:
            return {}
        return {
            (row, column): index
            for index, cell in enumerate(self.cells)
            for row in range(cell.row, min(cell.row + cell.rows, self.height))
            for column in range(cell.column, min(cell.column + cell.columns, self.width))
        }

    def _sort(self, cell: Cell) -> str:
        words = self.shadow[cell.start : cell.end].strip()
        if _MISSING.fullmatch(words):
            return "missing"
        if _BARE_YEAR.fullmatch(words):
            return "year"
        if _DATED.search(words):
            return "time"
        return "value" if _VALUE.match(words) else "text"

    def is_pure(self, index: int) -> bool:
        """Whether a cell is a number and nothing else."""
        cell = self.cells[index]
        return _PURE.match(self.shadow, cell.start, cell.end) is not None

    def column(self, column: int, rows: Sequence[int]) -> list[int]:
        """The cells of a column in some rows, each once."""
        return list(dict.fromkeys(self.slots[row, column] for row in rows if (row, column) in self.slots))


class _Reading:
    """A table that is being read: head rows, label columns, then the heads of every cell."""

    def __init__(self, page: Page, grid: _Grid) -> None:
        self.page = page
        self.grid = grid
        self.heads: dict[int, Head] = {}
        self.titles: list[Span] = []
        self.top: list[int] = []

    def read(self) -> Sheet:
        """All places of the table."""
        grid = self.grid
        self.top = self._find_top()
        self.heads.clear()  # the caption is read first, for the times of the heads are told by its time
        caption = read_caption(self.page, self._captions())
        body = [row for row in range(grid.height) if row not in self.top and len(grid.rows[row]) > 1]
        labels = self._find_labels(body)
        left = set(labels)
        data = [column for column in range(grid.width) if column not in left]
        columns = {column: self._axis(self._above(column)) for column in data}
        rows = {row: self._axis(self._beside(row, labels)) for row in body}
        measured_rows = self._rows_measure(columns, rows, labels, caption)
        corner = next((head.units for column in labels for head in self._above(column) if head.units), ())
        captions = self._sections(caption._replace(units=caption.units or corner))
        places = [
            place._replace(caption=captions[row])
            for row, place in self._places(columns, rows, measured_rows, labels, caption)
        ]
        spans = [words.span for head in self.heads.values() for words in head.units]
        spans += {words.span for found in captions for words in found.units}
        return Sheet(places, [*spans, *self._unit_cells(body, labels)])

    def _sections(self, caption: Caption) -> list[Caption]:
        """The caption of each row: a row of one wide cell is one of its own for the rows below."""
        captions: list[Caption] = []
        current = caption
        for row, indices in enumerate(self.grid.rows):
            cell = self.grid.cells[indices[0]] if len(indices) == 1 else None
            if cell is not None and cell.columns > 1 and row not in self.top:
                current = add_caption(self.page, caption, (cell.start, cell.end))
            captions.append(current)
        return captions

    def _unit_cells(self, body: Sequence[int], labels: Sequence[int]) -> list[Span]:
        """The cells of columns of units."""
        columns = [column for column in labels if self._role(column) == "unit"]
        cells = (self.grid.cells[index] for column in columns for index in self.grid.column(column, body))
        return [(cell.start, cell.end) for cell in cells]

    def _head(self, index: int) -> Head:
        if index not in self.heads:
            cell = self.grid.cells[index]
            self.heads[index] = read_head(
                self.page.shadow, (cell.start, cell.end), self.page.context, self.page.currency
            )
        return self.heads[index]

    def _find_top(self) -> list[int]:
        """The rows on top that hold no values; rows of a single cell there are captions."""
        grid = self.grid
        top: list[int] = []
        for row, indices in enumerate(grid.rows):
            sorts = {grid.sorts[index] for index in indices}
            marked = all(grid.cells[index].header for index in indices)
            if not marked and ("value" in sorts or "missing" in sorts or ("year" in sorts and top)):
                break
            if len(indices) == 1 and not top:
                cell = grid.cells[indices[0]]
                self.titles.append((cell.start, cell.end))
            elif len(indices) == 1 or not self._heads_columns(row):
                break
            top.append(row)
        return top

    def _heads_columns(self, row: int) -> bool:
        """Whether a row without values is of heads: one of two cells must show it, as its cells may be words."""
        indices = self.grid.rows[row]
        if self.grid.width > 2 or all(self.grid.cells[index].header for index in indices):
            return True
        first, last = self._head(indices[0]), self._head(indices[-1])
        corner = find_corner(self.page.shadow[slice(*strip(self.page.shadow, *first.span))])
        return bool(corner or last.role or last.when or last.measures or last.move)

    def _captions(self) -> list[Span]:
        caption = self.grid.table.caption
        return [
            *lines_above(self.page.shadow, self.grid.cells[0].start),
            *([caption] if caption else []),
            *self.titles,
        ]

    def _find_labels(self, body: Sequence[int]) -> list[int]:
        """The columns on the left that hold no values, or numbers that only count the rows, or years."""
        grid = self.grid
        labels: list[int] = []
        for column in range(grid.width - 1):
            indices = grid.column(column, body)
            sorts = [grid.sorts[index] for index in indices if grid.sorts[index] != "missing"]
            role = next((head.role for head in reversed(self._above(column))), "")
            if role != "skip" and not all(sort in ("text", "time") for sort in sorts):
                pure = sum(grid.is_pure(index) for index in indices)
                years = all(sort in ("year", "time", "text") for sort in sorts)
                if column or (pure == len(indices) and not years and not _counts(grid, indices)):
                    break
            labels.append(column)
        return labels

    def _above(self, column: int) -> list[Head]:
        """The heads of a column from the top down."""
        slots = self.grid.slots
        found = dict.fromkeys(slots[row, column] for row in self.top if (row, column) in slots)
        return [self._head(index) for index in found if self.grid.cells[index].columns < self.grid.width]

    def _beside(self, row: int, labels: Sequence[int]) -> list[Head]:
        """The heads of a row from the left; numbers that only count the rows are none."""
        slots = self.grid.slots
        found = dict.fromkeys(slots[row, column] for column in labels if (row, column) in slots)
        codes = {slots[row, column] for column in labels if (row, column) in slots and self._role(column) in _NO_NAMES}
        skipped = codes | {index for index in found if self.grid.is_pure(index)}
        times = {index for index in skipped if self.grid.sorts[index] in ("year", "time")}
        return [self._head(index) for index in found if index not in skipped or index in times]

    def _role(self, column: int) -> str:
        return next((head.role for head in reversed(self._above(column))), "")

    def _axis(self, heads: Sequence[Head]) -> Axis:
        """What several heads say together; an inner one says it better than an outer one."""
        axis = _NOTHING
        for head in heads:
            when = head.when
            if when and axis.when:
                when = resolve_in(self.page.shadow, when, axis.when, self.page.context)
            axis = axis._replace(
                role=head.role or axis.role,
                units=head.units or axis.units,
                when=when or axis.when,
                move=head.move or axis.move,
                forecast=head.forecast or axis.forecast,
            )
            if head.quantity:
                axis = axis._replace(metric=head.name, counted=head.counted, rate=head.rate, plain=head.plain)
            elif head.name and not (axis.name and heads[-1] is head and _is_group(self.grid, heads, axis)):
                axis = axis._replace(name=head.name)
        return axis

    def _rows_measure(self, columns: _Axes, rows: _Axes, labels: Sequence[int], caption: Caption) -> bool:
        """Whether the heads on the left name what is measured."""
        corners = [find_corner(self.page.shadow[slice(*strip(self.page.shadow, *head.span))])
                   for column in labels for head in self._above(column)]  # fmt: skip
        named = any(axis.name or axis.metric for axis in columns.values())
        for corner in filter(None, corners):
            return corner == "metrics" or not (named or caption.metric)
        over, beside = _share(columns), _share(rows)
        if over or beside:
            return beside > over
        return not named and not caption.metric

    def _places(
        self,
        columns: _Axes,
        rows: _Axes,
        measured_rows: bool,
        labels: Sequence[int],
        caption: Caption,
    ) -> Iterator[tuple[int, Place]]:
        """The cells of values with their heads, and the row of each."""
        seen: set[int] = set()
        before = _levels(columns), _levels(rows)
        for (row, column), index in self.grid.slots.items():
            if row not in rows or column not in columns or index in seen or self.grid.sorts[index] == "missing":
                continue
            seen.add(index)
            cell, over, beside = self.grid.cells[index], columns[column], rows[row]
            level = before[0][column] if over.move else before[1][row] if beside.move else _Level()
            measured, other = (beside, over) if measured_rows else (over, beside)
            metric, subject = _names(measured, other, level.axis, caption)
            when = _nearer(self.page, over.when, beside.when) or level.when
            place = Place(
                (cell.start, cell.end),
                over,
                beside,
                measured,
                other,
                metric,
                None if beside.role == "total" or over.role == "total" else subject,
                when,
                self._units_beside(row, labels),
                "skip" in (over.role, beside.role) or over.role == "unit",
                caption,
            )
            yield row, place

    def _units_beside(self, row: int, labels: Sequence[int]) -> tuple[Words, ...]:
        """The unit of a row that stands in a column of units."""
        slots = self.grid.slots
        for column in labels:
            if self._role(column) == "unit" and (row, column) in slots:
                cell = self.grid.cells[slots[row, column]]
                measure = read_measure(self.page.shadow[cell.start : cell.end], self.page.currency)
                return (Words((cell.start, cell.end), measure),) if measure else ()
        return ()


def _counts(grid: _Grid, indices: Sequence[int]) -> bool:
    """Whether cells count 1, 2, 3."""
    words = [grid.shadow[grid.cells[index].start : grid.cells[index].end].strip() for index in indices]
    return words == [str(number) for number in range(1, len(words) + 1)] and len(words) > 1


def _is_group(grid: _Grid, heads: Sequence[Head], axis: Axis) -> bool:
    """Whether the name so far is the row's own, and the last one only says more of it: 公司, 行业."""
    first = grid.starting[heads[0].span[0]]
    return first.rows == 1 and first.columns == 1


def _share(axes: _Axes) -> float:
    """How many of the heads name a quantity or a unit."""
    named = [axis for axis in axes.values() if not axis.move and axis.role not in ("skip", "unit")]
    return sum(bool(axis.metric) + bool(axis.units) for axis in named) / len(named) if named else 0.0


class _Level(NamedTuple):
    """What stands before a row or column of changes: the nearest that names what changes, and the latest time.

    That time is of what changed, the others are of what it is compared with.
    """

    axis: Axis | None = None
    when: Moment | None = None


def _levels(axes: _Axes) -> dict[int, _Level]:
    """What stands before each row or column."""
    level = _Level()
    levels: dict[int, _Level] = {}
    for index in sorted(axes):
        levels[index], axis = level, axes[index]
        if axis.move:
            continue
        if axis.metric or axis.name:
            level = level._replace(axis=axis)
        if _is_later(axis.when, level.when):
            level = level._replace(when=axis.when)
    return levels


def _is_later(when: Moment | None, than: Moment | None) -> bool:
    if when is None or when.interval is None:
        return False
    return than is None or than.interval is None or when.interval.last > than.interval.last


def _names(measured: Axis, other: Axis, level: Axis | None, caption: Caption) -> tuple[Span | None, Span | None]:
    """The metric of a cell, and whose it is."""
    if other.rate and other.metric and not other.move:
        return other.metric, measured.name if measured.metric else None
    own = measured.metric or other.metric or (level and level.metric) or measured.name or (level and level.name)
    metric = own or (None if caption.metric else other.name)
    names = [name for name in (other.name, measured.name) if name and name != metric]
    return metric, names[0] if names else None


def _nearer(page: Page, over: Moment | None, beside: Moment | None) -> Moment | None:
    """The time of a cell of which both heads tell one: the part of a year in its year."""
    if over is None or beside is None:
        return over or beside
    for inner, outer in ((over, beside), (beside, over)):
        resolved = resolve_in(page.shadow, inner, outer, page.context)
        if resolved is not inner:
            return resolved
    return over
