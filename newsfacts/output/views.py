"""Files of facts as two views, `facts` and `documents`, in a database that is closed to everything else.

A database is attached to read, a Parquet file is scanned where it lies, and JSON Lines are loaded, number by number as
they were written. Then the door is shut: a query sees these files and no other, and writes none.
"""

import io
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from newsfacts.errors import QueryError
from newsfacts.output.database import Connection, connect, execute, fetch, insert, quote
from newsfacts.output.records import fix_widths, flatten, read_json
from newsfacts.output.schema import DOCUMENTS, FACTS, Column, to_ddl

STDIN = "-"
_ADVICE = "name .duckdb, .parquet or .jsonl files that newsfacts wrote"
_BATCH = 5_000
_OF_ARTICLES = ("source", "title", "published")
"""What facts know of their article."""


class Source(NamedTuple):
    """A file as the views see it: what SQL calls its facts and its documents, and the path that DuckDB scans, if any.

    A file without documents of its own has those that its facts name.
    """

    facts: str
    documents: str | None = None
    scanned: Path | None = None


@contextmanager
def open_facts(names: Sequence[str]) -> Iterator[Connection]:
    """A database with the facts of files, of the files in folders, and of JSON Lines on standard input (`-`).

    Raises QueryError for a file that holds no facts, and OutputError when DuckDB is not installed.
    """
    with tempfile.TemporaryDirectory() as folder, connect(Path(folder, "views.duckdb")) as connection:
        files = dict.fromkeys(_find_files(names))
        sources = [_open(connection, name, Path(folder, f"file{number}")) for number, name in enumerate(files)]
        _create_view(connection, "facts", map(_select_facts, sources))
        _create_view(connection, "documents", map(_select_documents, sources))
        _shut(connection, [source.scanned for source in sources if source.scanned])
        yield connection


def _find_files(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        path = Path(name)
        if name == STDIN or path.is_file():
            yield name
        elif path.is_dir():
            found = sorted(str(file) for file in path.rglob("*") if file.suffix in _OPENERS and _is_shown(file, path))
            if not found:
                raise QueryError(f"{name}: holds no file of facts; {_ADVICE}")
            yield from found
        else:
            raise QueryError(f"{name}: no such file; {_ADVICE}")


def _is_shown(file: Path, folder: Path) -> bool:
    """Whether the file is one to read: what begins with `.` or `_` is half written, or an account of the writing."""
    return file.is_file() and not any(part.startswith((".", "_")) for part in file.relative_to(folder).parts)


def _open(connection: Connection, name: str, place: Path) -> Source:
    """The file as a source; `place` is a free path, whose name also is free in SQL."""
    suffix = ".jsonl" if name == STDIN else Path(name).suffix.lower()
    if suffix not in _OPENERS:
        raise QueryError(f"{name}: is no file of facts by its name; {_ADVICE}")
    try:
        source = _OPENERS[suffix](connection, name, place)
        missing = _missing(connection, source.facts, FACTS)
        if source.documents:
            missing |= _missing(connection, source.documents, DOCUMENTS)
    except QueryError as error:
        raise QueryError(f"{name}: cannot be read ({error}); {_ADVICE}") from error
    if missing:
        raise QueryError(f"{name}: has no column {', '.join(sorted(missing))}; {_ADVICE}")
    return source


def _missing(connection: Connection, table: str, columns: Iterable[Column]) -> set[str]:
    _, described = fetch(connection, f"DESCRIBE SELECT * FROM {table}")
    return {column.name for column in columns} - {row[0] for row in described}


def _attach(connection: Connection, name: str, place: Path) -> Source:
    execute(connection, f"ATTACH {quote(str(Path(name).absolute()))} AS {place.name} (READ_ONLY)")
    return Source(f"{place.name}.facts", f"{place.name}.documents")


def _scan(_: Connection, name: str, place: Path) -> Source:
    place.symlink_to(Path(name).absolute())  # a path without the signs that DuckDB would take for a pattern
    return Source(f"read_parquet({quote(str(place))})", scanned=place)


def _load(connection: Connection, name: str, place: Path) -> Source:
    execute(connection, f"CREATE TABLE {place.name} ({to_ddl(FACTS)})")
    with _open_lines(name) as lines:
        rows = (_read_row(line, number) for number, line in enumerate(lines, 1) if not line.isspace())
        while batch := list(islice(rows, _BATCH)):
            insert(connection, place.name, FACTS, batch)
    return Source(place.name)


def _open_lines(name: str) -> TextIO:
    if name == STDIN:
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace", newline="\n")
    return Path(name).open(encoding="utf-8-sig", errors="replace", newline="\n")


_OPENERS = {".duckdb": _attach, ".parquet": _scan, ".jsonl": _load, ".ndjson": _load}


def _read_row(line: str, number: int) -> dict[str, Any]:
    """A line of JSON as a row of the table `facts`. Raises QueryError when it is no fact."""
    try:
        record = read_json(line)
    except (ValueError, RecursionError) as error:
        raise QueryError(f"line {number} is no JSON: {error}") from error
    if not _is_fact(record):
        raise QueryError(f"line {number} is no fact")
    return fix_widths(flatten(record))


def _is_fact(record: Any) -> bool:
    """Whether a record has the keys and the types of a fact, as far as rows are made from them."""
    if not (isinstance(record, dict) and record.keys() >= {"start", "end", "text", "kind", "value", "low", "high"}):
        return False
    nested = [record.get(key) for key in ("change", "period", "per")]
    if not all(isinstance(value, Mapping | None) for value in nested):
        return False
    numbers = [record["value"], record["low"], record["high"], (record.get("per") or {}).get("value")]
    return all(isinstance(number, Decimal | None) for number in numbers)


def _select_facts(source: Source) -> str:
    return f"SELECT {', '.join(map(_cast, FACTS))} FROM {source.facts}"


def _select_documents(source: Source) -> str:
    if source.documents:
        return f"SELECT {', '.join(map(_cast, DOCUMENTS))} FROM {source.documents}"
    values = [_cast(c) if c.name in _OF_ARTICLES else f'NULL::{c.type} AS "{c.name}"' for c in DOCUMENTS]
    return f"SELECT DISTINCT {', '.join(values)} FROM {source.facts}"


def _cast(column: Column) -> str:
    return f'"{column.name}"::{column.type} AS "{column.name}"'


def _create_view(connection: Connection, name: str, queries: Iterable[str]) -> None:
    execute(connection, f"CREATE VIEW {name} AS {' UNION ALL '.join(queries)}")


def _shut(connection: Connection, scanned: Sequence[Path]) -> None:
    """Let the connection reach nothing but the scanned files, for good."""
    paths = ", ".join(quote(str(path)) for path in scanned)
    execute(connection, f"SET allowed_paths = [{paths}]")
    execute(connection, "SET enable_external_access = false")
    execute(connection, "SET lock_configuration = true")
