"""How many facts files hold, by kind, unit, source and month, and the largest of each unit."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, TextIO

from newsfacts.cli.options import UsageError
from newsfacts.cli.rows import make_table
from newsfacts.output.database import Connection, fetch
from newsfacts.output.encode import to_json
from newsfacts.output.table import View, open_console
from newsfacts.output.views import open_facts


class Count(NamedTuple):
    """One table of the statistics."""

    name: str
    columns: list[str]
    rows: list[list[Any]]


Show = Callable[[Sequence[Count], TextIO], None]

_QUERIES = {
    "total": """
        SELECT count(*) AS facts, count(DISTINCT source) AS sources, min(published) AS first, max(published) AS last
        FROM facts""",
    "kinds": """
        SELECT kind, count(*) AS facts
        FROM facts GROUP BY kind ORDER BY facts DESC, kind""",
    "units": """
        SELECT unit, kind, count(*) AS facts
        FROM facts WHERE unit IS NOT NULL GROUP BY unit, kind ORDER BY facts DESC, unit LIMIT {top}""",
    "sources": """
        SELECT source, count(*) AS facts
        FROM facts GROUP BY source ORDER BY facts DESC, source LIMIT {top}""",
    "months": """
        SELECT strftime(published, '%Y-%m') AS month, count(*) AS facts
        FROM facts GROUP BY month ORDER BY month DESC LIMIT {top}""",
    "largest": """
        SELECT unit, text, value_double AS value, metric, subject, source
        FROM facts WHERE value_double IS NOT NULL AND unit IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY unit ORDER BY value_double DESC, source, start) = 1
        ORDER BY count(*) OVER (PARTITION BY unit) DESC, unit LIMIT {top}""",
}
"""What is counted, by name; `top` limits it to so many rows."""


def choose_show(form: str | None, view: View) -> Show:
    """How statistics are written. Raises UsageError."""
    name = form or ("table" if sys.stdout.isatty() else "json")
    if name == "table":
        return partial(_show_table, view)
    if name == "json":
        return _show_json
    raise UsageError(f"--format {name}: statistics have no such format; choose from table, json")


def count(files: Sequence[str] | None, top: int) -> list[Count]:
    """The statistics of the facts in these files, `top` rows of each. Raises UsageError without files."""
    if not files:
        raise UsageError("stats: wants files of facts; name .duckdb, .parquet or .jsonl files")
    with open_facts(files) as connection:
        return [_count(connection, name, sql.format(top=top)) for name, sql in _QUERIES.items()]


def _count(connection: Connection, name: str, sql: str) -> Count:
    columns, rows = fetch(connection, sql)
    return Count(name, columns, list(rows))


def _show_table(view: View, counts: Sequence[Count], stream: TextIO) -> None:
    console = open_console(stream, view)
    for number, (name, columns, rows) in enumerate(counts):
        if number:
            console.print()
        console.print(name.capitalize(), style="bold")
        console.print(make_table(columns, rows))


def _show_json(counts: Sequence[Count], stream: TextIO) -> None:
    """An object with a list of rows under the name of each table."""
    tables = {name: [dict(zip(columns, row, strict=True)) for row in rows] for name, columns, rows in counts}
    stream.write(to_json(tables) + "\n")
