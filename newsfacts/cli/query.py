"""SQL over files of facts, and what someone who writes it wants to see: examples and the columns."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from newsfacts.cli.options import UsageError, refuse_overwriting
from newsfacts.cli.rows import Show
from newsfacts.errors import QueryError
from newsfacts.output.database import check_reads, fetch
from newsfacts.output.schema import TABLES
from newsfacts.output.target import open_target
from newsfacts.output.views import open_facts

COLUMNS = ("table", "column", "type", "holds")
"""What is told of a column of the views."""

EXAMPLES = Path(__file__).with_name("examples.sql")
"""Queries of use, each under a comment that says what it asks, with an empty line between them."""


def list_columns() -> Iterator[Sequence[str]]:
    """The columns of the views, as rows for COLUMNS."""
    for table, columns in TABLES.items():
        for column in columns:
            yield table, column.name, column.type, column.description


def write(sql: str | None, files: Sequence[str] | None, show: Show, output: Path | None) -> None:
    """Write the rows of a query over the files.

    Raises UsageError, which for a bad query tells what DuckDB says and the columns there are.
    """
    if sql is None or not files:
        raise UsageError("query: wants a query and files of facts; see `newsfacts query --examples`")
    with open_facts([str(file) for file in refuse_overwriting(output, files)]) as connection:
        try:
            check_reads(connection, sql)
            names, rows = fetch(connection, sql)
            with open_target(output) as stream:
                show(names, rows, stream)
        except QueryError as error:
            columns = "; ".join(f"of {table}: {', '.join(c.name for c in known)}" for table, known in TABLES.items())
            raise UsageError(f"query: {error}; choose from the columns {columns}") from error
