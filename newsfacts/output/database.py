"""DuckDB, as far as newsfacts uses it for facts: a connection that reaches nothing by itself, rows in, rows out.

DuckDB is an extra. Each of its errors becomes a QueryError of one line.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from newsfacts.errors import OutputError, QueryError
from newsfacts.output.encode import plain
from newsfacts.output.schema import Column, Type, to_ddl

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Connection: TypeAlias = "DuckDBPyConnection"

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.0.0",  # any DuckDB from 1.0 on opens what is written
    "memory_limit": "256MB",  # what does not fit is spilled beside the database
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,  # a table's name is never a Python variable's
}
_FETCHED = 2_000


@contextmanager
def connect(path: Path) -> Iterator[Connection]:
    """A connection to the database at this path, which is made when there is none.

    Raises OutputError when DuckDB is not installed, and QueryError for what DuckDB cannot do.
    """
    try:
        import duckdb
    except ImportError:
        raise OutputError("DuckDB is not installed; get it with `pip install 'newsfacts[duckdb]'`") from None
    with _translated(), duckdb.connect(path, config=_CONFIG) as connection:
        yield connection


@contextmanager
def _translated() -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise QueryError(" ".join(str(error).partition("\n\nLINE ")[0].split())) from error


def execute(connection: Connection, sql: str, parameters: Sequence[object] = ()) -> None:
    """Run a statement whose result does not matter. Raises QueryError."""
    with _translated():
        connection.execute(sql, parameters)


def create_table(connection: Connection, name: str, columns: tuple[Column, ...], comment: str) -> None:
    """Make an empty table that says what it and its columns hold."""
    execute(connection, f"CREATE TABLE {name} ({to_ddl(columns)})")
    execute(connection, f"COMMENT ON TABLE {name} IS {quote(comment)}")
    for column in columns:
        execute(connection, f'COMMENT ON COLUMN {name}."{column.name}" IS {quote(column.description)}')


def quote(text: str) -> str:
    """The text as a string in SQL.

    >>> quote("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def insert(connection: Connection, name: str, columns: tuple[Column, ...], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a table, all of its columns in one statement: fifty times as fast as row by row."""
    lists = ", ".join(f"unnest(?::{_PASSED.get(column.type, column.type)}[])::{column.type}" for column in columns)
    values = [[_pass(row[column.name]) for row in rows] for column in columns]
    execute(connection, f"INSERT INTO {name} SELECT {lists}", values)


_PASSED = {Type.DECIMAL: Type.STRING}
"""How values travel where not as they are: decimals of all widths in one list would be cast to one of them."""


def _pass(value: Any) -> Any:
    match value:
        case Decimal():
            return plain(value)
        case str():
            return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return value


def fetch(connection: Connection, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The names of a query's columns, and its rows as they come. Raises QueryError, also while rows are read."""
    with _translated():
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description or []]
    return names, _fetch(cursor)


def _fetch(cursor: Connection) -> Iterator[tuple[Any, ...]]:
    with _translated():
        while rows := cursor.fetchmany(_FETCHED):
            yield from rows
