"""Parquet files and DuckDB databases, by the columns of the schema.

Facts go into a DuckDB database as they come, some thousand at a time: into the file itself, or into a scratch one from
which DuckDB then writes the Parquet file. So memory holds one batch, whatever the number of articles.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsfacts.output.database import Connection, connect, create_table, execute, insert, quote
from newsfacts.output.records import Result, document_record, typed_record
from newsfacts.output.schema import DOCUMENTS, FACTS, VERSION

_FACTS, _CHARACTERS = 5_000, 4_000_000
"""A batch ends after so many facts, or characters of articles."""
_MEMORY = "256MB"
_NOTE = f"newsfacts, schema {VERSION}"
_PARQUET = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{newsfacts_schema: '{VERSION}'}}"


def write_duckdb(results: Iterable[Result], path: Path) -> None:
    """Write a database with the tables `facts` and `documents`, which `source` joins."""
    with _open(path) as connection:
        create_table(connection, "documents", DOCUMENTS, _NOTE)
        for batch in _batches(results):
            insert(connection, "documents", DOCUMENTS, [document_record(document) for document, _ in batch])
            _insert_facts(connection, batch)
        execute(connection, "CHECKPOINT")  # what closing does as well, but there a full disk goes unnoticed


def write_parquet(results: Iterable[Result], path: Path) -> None:
    """Write a file of facts, packed with Zstandard."""
    with _open(path.with_suffix(".scratch")) as connection:
        for batch in _batches(results):
            _insert_facts(connection, batch)
        execute(connection, f"COPY facts TO {quote(str(path))} ({_PARQUET})")


@contextmanager
def _open(path: Path) -> Iterator[Connection]:
    with connect(path) as connection:
        execute(connection, f"SET memory_limit = '{_MEMORY}'")  # what does not fit goes to the disk beside the file
        create_table(connection, "facts", FACTS, _NOTE)
        yield connection


def _insert_facts(connection: Connection, batch: list[Result]) -> None:
    insert(connection, "facts", FACTS, [typed_record(document, fact) for document, facts in batch for fact in facts])


def _batches(results: Iterable[Result]) -> Iterator[list[Result]]:
    batch: list[Result] = []
    found = characters = 0
    for document, facts in results:
        batch.append((document, facts))
        found, characters = found + len(facts), characters + len(document.text)
        if found >= _FACTS or characters >= _CHARACTERS:
            yield batch
            batch, found, characters = [], 0, 0
    yield batch
