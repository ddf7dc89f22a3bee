"""What a worker does with a row that names a file, or holds a line or a record of one.

`file` is the address that Spark knows the file by. The facts' source is its name as a person would write it, with the
id of the record appended; a record without one goes by a digest of its content, which stays the same however Spark
cuts a file, as the number of a line would not.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from pyarrow.fs import FileSystem
from pyspark import SparkFiles

from newsfacts.document.decode import decode
from newsfacts.document.fields import find_field, one_line
from newsfacts.document.reading import dated, read_stream, reader_of
from newsfacts.document.records import Origin, Result, read_record
from newsfacts.document.source import MEBIBYTE, Options, too_large
from newsfacts.engines.arrow import Row
from newsfacts.engines.articles import extract_kinds
from newsfacts.errors import ReadError
from newsfacts.model import Document, Fact, Kind

_LOCAL = re.compile(r"file:(?://)?(?=/)")  # file:/data, file:///data
_ESCAPED = "/:?#[]@!$&'()*+,;=%"
"""What is left as it is: Java has escaped in an address what these would mean, but not what is not ASCII."""

_SCHEMES = {"s3a": "s3", "s3n": "s3"}
"""Hadoop's names for file systems that Arrow calls otherwise."""


def name_file(address: str) -> str:
    """The name of a file by its address: a path on this machine without its scheme, others as they are.

    >>> name_file("file:///data/%E6%96%B0%E9%97%BB.jsonl"), name_file("s3a://crawl/a%20b.warc.gz")
    ('/data/新闻.jsonl', 's3a://crawl/a b.warc.gz')
    """
    return unquote(_LOCAL.sub("", address))


def name_input(row: Row) -> str:
    """The name of the file that a row names or comes from."""
    return name_file(row["file"])


def open_address(address: str) -> BinaryIO:
    """Open a file wherever it is, to be read as a stream. Raises ReadError when that fails."""
    scheme, colon, rest = quote(address, safe=_ESCAPED).partition(":")
    try:
        filesystem, path = FileSystem.from_uri(_SCHEMES.get(scheme, scheme) + colon + rest)
        return io.BufferedReader(filesystem.open_input_file(path), MEBIBYTE)
    except (OSError, ValueError) as error:  # Arrow's errors are of these classes
        raise ReadError(f"cannot be opened ({error}); check it, and the access of the workers to it") from None


def read_file(row: Row, options: Options) -> Iterator[Result]:
    """The articles of a file."""
    name = name_input(row)
    yield from read_stream(partial(open_address, row["file"]), reader_of(name), name, options)


def read_line(row: Row, options: Options) -> Iterator[Result]:
    """The article in a line of JSON; a blank line has none."""
    line = row["line"]
    name, digest = name_input(row), _digest(line)
    if not line.strip():
        return
    try:
        if len(line) > options.largest:
            raise too_large(options)
        text, encoding, _ = decode(line, options.encoding)
        record = json.loads(text)
    except ReadError as error:
        yield ReadError(f"{name}#{digest}: {error}")
    except (ValueError, RecursionError) as error:
        yield ReadError(f"{name}#{digest}: is not valid JSON ({error}); mend the line or remove it")
    else:
        yield _read(record, digest, Origin(name, encoding, options))


def read_cells(row: Row, options: Options) -> Iterator[Result]:
    """The article in the cells of a table."""
    record = row["record"]
    yield _read(record, _digest(repr(record).encode("utf-8", "replace")), Origin(name_input(row), "utf-8", options))


def extract(document: Document, *, kinds: frozenset[Kind], segmenter: str, userdict: str | None) -> list[Fact]:
    """The facts of a document; `userdict` is the name of a shipped file."""
    return extract_kinds(document, kinds=kinds, segmenter=segmenter, userdict=userdict and SparkFiles.get(userdict))


def _read(record: Any, digest: str, origin: Origin) -> Result:
    """The article in a record, whose id names it also in an error."""
    identity = isinstance(record, dict) and one_line(find_field(record, "id", origin.options.names.get("id")))
    return dated(read_record(record, identity or digest, origin), origin.options)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
