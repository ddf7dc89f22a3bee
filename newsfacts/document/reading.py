"""From a file to its documents, whatever form the file has.

The file's name says whether it holds one article or many; what an article is written in, its characters say.
"""

import datetime
import io
import os
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from newsfacts.document.article import Reading, read_article, settle
from newsfacts.document.decode import decode
from newsfacts.document.records import Result, read_json_lines
from newsfacts.document.source import Options, open_file, read_whole, unreadable
from newsfacts.errors import ReadError
from newsfacts.model import Document

Source = str | os.PathLike[str] | bytes
"""A path, or the bytes of a file."""

Reader = Callable[[BinaryIO, str, Options], Iterator[Result]]

_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}


def read(source: Source, *, encoding: str | None = None, date: datetime.date | None = None) -> Document:
    """Read the one article that a file or its bytes hold; `date` is its day when it does not tell one.

    Raises ReadError when it cannot be read, and for a file of several documents.

    >>> document = read("<p>全年增收<b>12</b>亿元</p><p>责任编辑：林小满</p>".encode("gbk"))
    >>> document.text, document.form, document.encoding
    ('全年增收12亿元', 'html', 'gb18030')
    """
    options = Options(encoding=encoding, date=date)
    with closing(read_closely(source, options=options)) as readings:
        first, second = next(readings, None), next(readings, None)
    if isinstance(first, ReadError) and second is None:
        raise first
    if isinstance(first, Reading) and second is None:
        return first.document
    found = "several documents" if first else "no documents"
    raise ReadError(f"{_name(source, None)}: holds {found}; read it with read_documents")


def read_documents(
    source: Source, *, name: str | None = None, options: Options | None = None
) -> Iterator[Document | ReadError]:
    """Every document of a file, in order, and in its place a ReadError for each one that cannot be read.

    `name` stands for the path in `Document.source` and in errors. Nothing is raised, so that one bad record does not
    stop the others.
    """
    for result in read_closely(source, name=name, options=options):
        yield result.document if isinstance(result, Reading) else result


def read_closely(
    source: Source, *, name: str | None = None, options: Options | None = None
) -> Generator[Result, None, None]:
    """As `read_documents`, but telling how each document was read: what was left out, and why this encoding."""
    options = options or Options()
    name = _name(source, name)
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else open_file(source) as stream:
            for result in _reader(name)(stream, name, options):
                yield _dated(result, options)
    except ReadError as error:
        yield ReadError(f"{name}: {error}")
    except OSError as error:
        yield ReadError(f"{name}: {unreadable(error)}")


def _name(source: Source, name: str | None) -> str:
    return name or ("-" if isinstance(source, bytes) else os.fspath(source))


def _dated(result: Result, options: Options) -> Result:
    if isinstance(result, ReadError) or options.date is None or result.document.published:
        return result
    return settle(result, published=options.date)


def _reader(name: str) -> Reader:
    return _READERS.get(PurePath(name).suffix.lower(), read_single)


def read_single(stream: BinaryIO, name: str, options: Options) -> Iterator[Result]:
    """The one document of a file that holds one."""
    decoded = decode(read_whole(stream, options), options.encoding)
    reading = read_article(decoded.text, markdown=PurePath(name).suffix.lower() in _MARKDOWN)
    yield replace(settle(reading, source=name, encoding=decoded.encoding), reason=decoded.reason)


_READERS: Mapping[str, Reader] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}
