"""Where the cells of tables lie: the rows and columns of HTML, with what spans several, kept as plain offsets.

`Grid` walks along with the reader of the markup and tells the place of every line; `build_tables` turns the lines that
are left when furniture is gone into the tables of the document. A table that lays out a page is none: it holds other
tables, or a single column.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsfacts.model import Cell, Span, Table

CAPTION = -1
"""The row of a caption."""

_WIDEST = 100
"""A cell spans no more rows or columns than this, whatever it says."""


class Place(NamedTuple):
    """The cell that a line stands in: the number of its table and of the one around it, and where in it."""

    table: int
    outer: int | None
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False


class Block(NamedTuple):
    """A line of text: the tag it came from, how many of its characters are links, and its cell if it is in one."""

    text: str
    tag: str
    linked: int
    place: Place | None = None


class _Open:
    """A table that the walk is inside of. `taken` has for a column the first row that no cell from above reaches."""

    __slots__ = ("around", "column", "head", "number", "outer", "row", "taken")

    def __init__(self, number: int, around: Place | None, outer: int | None) -> None:
        self.number = number
        self.around = around
        self.outer = outer
        self.row = -1
        self.column = 0
        self.head = False
        self.taken: dict[int, int] = {}

    def put(self, rows: int, columns: int, header: bool) -> Place:
        """The place of the next cell of the row."""
        row = self.row = max(self.row, 0)
        while self.taken.get(self.column, 0) > row:
            self.column += 1
        first = self.column
        self.column += columns
        self.taken |= dict.fromkeys(range(first, self.column), row + rows)
        return Place(self.number, self.outer, row, first, rows, columns, header or self.head)


class Grid:
    """The cell that a walk through markup is in.

    >>> grid = Grid()
    >>> for name in ("table", "tr", "th"):
    ...     grid.enter(name, {"rowspan": "2"})
    >>> for name in ("th", "tr"):
    ...     grid.leave(name)
    >>> for name in ("tr", "td"):
    ...     grid.enter(name, {})
    >>> grid.place.row, grid.place.column
    (1, 1)
    """

    def __init__(self) -> None:
        self.place: Place | None = None
        self._open: list[_Open] = []
        self._count = 0

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        """Go into an element."""
        if name == "table":
            outer = self._open[-1].number if self._open else None
            self._open.append(_Open(self._count, self.place, outer))
            self._count += 1
            self.place = None
        elif self._open:
            self._enter_part(self._open[-1], name, attributes)

    def _enter_part(self, table: _Open, name: str, attributes: dict[str, str]) -> None:
        if name == "tr":
            table.row, table.column = table.row + 1, 0
        elif name in ("td", "th"):
            self.place = table.put(_span(attributes.get("rowspan")), _span(attributes.get("colspan")), name == "th")
        elif name == "caption":
            self.place = Place(table.number, table.outer, CAPTION, 0)
        elif name == "thead":
            table.head = True

    def leave(self, name: str) -> None:
        """Come out of an element."""
        if not self._open:
            return
        if name == "table":
            self.place = self._open.pop().around
        elif name in ("td", "th", "caption"):
            self.place = None
        elif name == "thead":
            self._open[-1].head = False


def _span(told: str | None) -> int:
    return min(max(int(told), 1), _WIDEST) if told and told.isascii() and told.isdigit() and len(told) < 9 else 1


def build_tables(blocks: Sequence[Block], start: int = 0) -> tuple[Table, ...]:
    """The tables of the lines of a text, which begin at `start` in it and are parted by one character each.

    >>> blocks = [Block("航线", "td", 0, Place(0, None, 0, 0)), Block("客流", "td", 0, Place(0, None, 0, 1))]
    >>> [(cell.start, cell.end, cell.column) for table in build_tables(blocks, 5) for cell in table.cells]
    [(5, 7, 0), (8, 10, 1)]
    """
    layouts = {block.place.outer for block in blocks if block.place}
    found: dict[int, dict[Place, Span]] = {}
    for block in blocks:
        end = start + len(block.text)
        if block.place and block.place.table not in layouts:
            spans = found.setdefault(block.place.table, {})
            spans[block.place] = (spans.get(block.place, (start, end))[0], end)
        start = end + 1
    tables = (_build(spans) for spans in found.values())
    return tuple(table for table in tables if table is not None)


def _build(spans: dict[Place, Span]) -> Table | None:
    cells = [
        Cell(*span, place.row, place.column, place.rows, place.columns, place.header)
        for place, span in spans.items()
        if place.row != CAPTION
    ]
    caption = next((span for place, span in spans.items() if place.row == CAPTION), None)
    return make_table(cells, caption)


def make_table(cells: Iterable[Cell], caption: Span | None = None) -> Table | None:
    """A table of these cells, or None when they lie in one column only."""
    ordered = tuple(cells)
    return Table(ordered, caption) if len({cell.column for cell in ordered}) > 1 else None


_LONGEST_CELL = 80
_RULE = re.compile(r"[|:\s-]*-[|:\s-]*")
"""The line under the heads of a table in Markdown."""

_SEPARATORS = ("\t", "|")


def find_tables(text: str) -> tuple[Table, ...]:
    """The tables of a plain text: lines one below the other whose cells tabs or bars divide.

    >>> text = "各线客流\\n航线\\t客流\\n北线\\t1240\\n如上所示。"
    >>> [[text[cell.start : cell.end] for cell in table.cells] for table in find_tables(text)]
    [['航线', '客流', '北线', '1240']]
    """
    tables: list[Table | None] = []
    rows: list[list[Cell]] = []
    start = 0
    for line in text.split("\n"):
        cells = _split(line, start, len(rows))
        if cells:
            rows.append(cells)
        elif not (rows and line.strip() and _RULE.fullmatch(line)):
            tables.append(_of_rows(rows))
            rows = []
        start += len(line) + 1
    tables.append(_of_rows(rows))
    return tuple(table for table in tables if table is not None)


def _of_rows(rows: Sequence[Sequence[Cell]]) -> Table | None:
    return make_table(cell for row in rows for cell in row) if len(rows) > 1 else None


def _split(line: str, start: int, row: int) -> list[Cell]:
    """The cells of a line, or nothing when it is none of a table."""
    separator = next((sign for sign in _SEPARATORS if sign in line), None)
    if separator is None or _RULE.fullmatch(line):
        return []
    if separator == "|" and line.lstrip().startswith("|"):
        indent = len(line) - len(line.lstrip()) + 1
        start, line = start + indent, line[indent:]
    cells: list[Cell] = []
    for column, words in enumerate(line.split(separator)):
        inner = words.strip()
        if len(inner) > _LONGEST_CELL:
            return []
        at = start + len(words) - len(words.lstrip())
        if inner:
            cells.append(Cell(at, at + len(inner), row, column))
        start += len(words) + 1
    return cells if len(cells) > 1 else []
