"""The rows of the lexicon's unit tables, to look into: what a word is read as, which words a symbol has."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import TextIO

from newsfacts.cli.options import UsageError, choose_format
from newsfacts.cli.rows import make_table
from newsfacts.lexicon import Row, load
from newsfacts.output.encode import plain, to_json
from newsfacts.output.table import View, open_console

Show = Callable[[Sequence[Row], TextIO], None]


def find_rows(word: str | None) -> list[Row]:
    """The rows that hold the word in their unit or their words, those that have it whole first; all for None."""
    rows = load().rows
    if word is None:
        return list(rows)
    found = [row for row in rows if any(word in name for name in (row.unit, *row.words))]
    return sorted(found, key=lambda row: word not in (row.unit, *row.words))


def choose_show(form: str | None, view: View) -> Show:
    """How rows are shown. Raises UsageError."""
    name = choose_format(form, None)
    if name == "table":
        return partial(_show_table, view)
    if name == "jsonl":
        return _show_json
    raise UsageError(f"--format {name}: units have no such format; choose from table, jsonl")


def _scale(row: Row) -> Decimal:
    """What one of the row's words is worth in its unit: 角 is 0.1 CNY."""
    return next(
        sense.scale for sense in load().senses[row.words[0]] if (sense.table, sense.unit) == (row.table, row.unit)
    )


def _show_json(rows: Sequence[Row], stream: TextIO) -> None:
    for row in rows:
        record = {"unit": row.unit, "kind": row.kind.value, "words": list(row.words), "scale": _scale(row)}
        stream.write(to_json(record | {"pint": row.expression, "table": row.table, "example": row.example}) + "\n")


def _show_table(view: View, rows: Sequence[Row], stream: TextIO) -> None:
    cells = [
        (row.unit, row.kind.value, plain(_scale(row)), " ".join(row.words), row.expression, row.example) for row in rows
    ]
    table = make_table(("Unit", "Kind", "Scale", "Words", "Pint", "Example"), cells)
    open_console(stream, view).print(table)
