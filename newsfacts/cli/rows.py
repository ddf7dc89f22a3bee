"""The rows of a query, for people and for programs."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from newsfacts.cli.options import UsageError, choose_format
from newsfacts.output import csv, json, markdown, tsv
from newsfacts.output.cells import read_cell
from newsfacts.output.encode import to_json
from newsfacts.output.records import nest
from newsfacts.output.schema import FACTS
from newsfacts.output.table import View, open_console
from newsfacts.output.visible import visible

if TYPE_CHECKING:
    from rich.table import Table

Rows = Iterable[Sequence[Any]]
Show = Callable[[Sequence[str], Rows, TextIO], None]
"""What writes rows under the names of their columns."""

_NARROWEST = 6
"""A column of a table has so many cells at least; where there is no room, each row is a table of its own."""


def choose_show(form: str | None, output: Path | None, view: View) -> Show:
    """How rows are written. Raises UsageError."""
    name = choose_format(form, output)
    shows = _SHOWS | {"table": partial(_show_table, view)}
    if name in shows:
        return shows[name]
    raise UsageError(f"--format {name}: rows have no such format; choose from {', '.join(shows)}")


def _show_table(view: View, names: Sequence[str], rows: Rows, stream: TextIO) -> None:
    """A table, or where a row does not fit, each row as a list of its columns."""
    console = open_console(stream, view)
    if len(names) * (_NARROWEST + 2) <= console.width:
        console.print(make_table(names, rows))
        return
    for number, row in enumerate(rows, 1):
        cells = zip(names, row, strict=True)
        console.print(make_table(["row", str(number)], [pair for pair in cells if pair[1] is not None]))


def make_table(names: Sequence[str], rows: Rows) -> "Table":
    """A table of a console; numbers stand to the right, and what does not fit is folded."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    cells = list(rows)
    for name, *column in zip(names, *cells, strict=True):
        numbers = all(isinstance(value, int | float | Decimal | None) for value in column)
        table.add_column(Text(visible(name)), overflow="fold", justify="right" if numbers else "left")
    for row in cells:
        table.add_row(*(Text(visible(read_cell(value))) for value in row))
    return table


def _show_json(names: Sequence[str], rows: Rows, stream: TextIO) -> None:
    json.write_array((dict(zip(names, row, strict=True)) for row in rows), stream)


def _show_json_lines(names: Sequence[str], rows: Rows, stream: TextIO) -> None:
    """An object a line; rows with all columns of a fact are facts again, as `newsfacts extract` writes them."""
    are_facts = set(names) == {column.name for column in FACTS}
    for row in rows:
        record = dict(zip(names, row, strict=True))
        stream.write(to_json(nest(record) if are_facts else record) + "\n")


def _show_lines(join: Callable[[Rows], str], names: Sequence[str], rows: Rows, stream: TextIO) -> None:
    stream.writelines(join([row]) for row in chain([names], rows))


def _show_markdown(names: Sequence[str], rows: Rows, stream: TextIO) -> None:
    stream.write(markdown.join(chain([names], rows)))


_SHOWS: dict[str, Show] = {
    "json": _show_json,
    "jsonl": _show_json_lines,
    "csv": partial(_show_lines, csv.join),
    "tsv": partial(_show_lines, tsv.join),
    "markdown": _show_markdown,
}
