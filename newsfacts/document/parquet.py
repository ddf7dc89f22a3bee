"""Parquet files: each row a document. DuckDB reads them, which is an extra: `pip install newsfacts[duckdb]`."""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newsfacts.document.records import Origin, Result, read_record
from newsfacts.document.source import Options
from newsfacts.document.tables import check_names
from newsfacts.errors import ReadError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ROWS = 2_000
"""So many rows are in memory at a time."""

_SELECT = """
    SELECT * EXCLUDE (file_row_number) FROM read_parquet(?, file_row_number=true)
    WHERE file_row_number BETWEEN ? AND ?
"""


def read_parquet(stream: BinaryIO, name: str, options: Options) -> Iterator[Result]:
    """The documents of a Parquet file, one a row.

    Raises ReadError when DuckDB is not installed, for a broken file, and when no column is named as the text.
    """
    try:
        import duckdb
    except ImportError:
        raise ReadError("is a Parquet file; pip install newsfacts[duckdb] to read it") from None
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        path = _place(stream, Path(folder))
        try:
            yield from _read_rows(connection, path, Origin(name, "utf-8", options))
        except duckdb.Error as error:
            what = str(error).splitlines()[0].replace(f" '{path}'", "")  # a name that nobody gave it
            raise ReadError(f"is not a Parquet file that can be read ({what}); write it again") from None


def _read_rows(connection: "DuckDBPyConnection", path: str, origin: Origin) -> Iterator[Result]:
    first = 0
    while True:
        rows = connection.execute(_SELECT, [path, first, first + _ROWS - 1])
        names = [column[0] for column in rows.description or []]
        check_names(names, origin.options)
        found = rows.fetchall()
        for number, row in enumerate(found, first + 1):
            yield read_record(dict(zip(names, row, strict=True)), number, origin)
        if len(found) < _ROWS:
            return
        first += _ROWS


def _place(stream: BinaryIO, folder: Path) -> str:
    """A path to the stream's bytes that holds no `*` or `[`, which DuckDB would read as a pattern."""
    path = folder / "rows.parquet"
    file = getattr(stream, "raw", None)
    if isinstance(file, io.FileIO) and isinstance(file.name, str | os.PathLike):
        path.symlink_to(Path(file.name).absolute())
    else:
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
    return str(path)
