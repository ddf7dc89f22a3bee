"""From a file to its documents, whatever form the file has.

The file's name says whether it holds one article or many; what an article is written in, its characters say.
"""

import datetime
import io
import os
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from newsfacts.document.article import Reading, read_article, settle
from newsfacts.document.decode import decode
from newsfacts.document.records import Origin, Result
from newsfacts.document.source import Options, Stretch, open_file, open_stretch, peek, read_whole, unreadable
from newsfacts.errors import ReadError
from newsfacts.model import Document

Source = str | os.PathLike[str] | bytes
"""A path, or the bytes of a file."""

Reader = Callable[[BinaryIO, str, Options], Iterator[Result]]

_MARKDOWN = {".md", ".markdown", ".mdown", ".mkd"}
_PACKED = {".gz", ".zst"}
_STARTS = (
    (re.compile(rb"\x1f\x8b"), ".gz"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), ".zst"),
    (re.compile(rb"PK\x03\x04"), ".zip"),
    (re.compile(rb"WARC/"), ".warc"),
    (re.compile(rb"PAR1"), ".parquet"),
    (re.compile(rb"\s*\{\s*\"[^\n]*\}[ \t\r]*(?:\n|\Z)"), ".jsonl"),
    (re.compile(rb"\s*(?:\{\s*\"|\[\s*[{\"])"), ".json"),
)
"""How files begin whose names do not say what they are."""

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|head|body|div|p)\b", re.IGNORECASE)
_FEED_WITHIN = 4096


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
    name = _name(source, name)
    open_source = partial(io.BytesIO, source) if isinstance(source, bytes) else partial(open_file, source)
    yield from read_stream(open_source, reader_of(name), name, options or Options())


def read_stretch(
    path: str, stretch: Stretch, *, name: str | None = None, options: Options | None = None
) -> Generator[Result, None, None]:
    """As `read_closely`, but only some of the lines of a large file of JSON Lines."""
    from newsfacts.document.jsonfiles import read_json_lines

    read = partial(read_json_lines, first=stretch.line)
    options = options or Options()
    options = replace(options, encoding=stretch.encoding or options.encoding)
    yield from read_stream(partial(open_stretch, path, stretch), read, _name(path, name), options)


def read_stream(
    open_source: Callable[[], BinaryIO], read: Reader, name: str, options: Options
) -> Generator[Result, None, None]:
    """As `read_closely`, of what is opened and read in ways of its own."""
    try:
        with open_source() as stream:
            for result in read(stream, name, options):
                yield dated(result, options)
    except ReadError as error:
        yield ReadError(f"{name}: {error}")
    except OSError as error:
        yield ReadError(f"{name}: {unreadable(error)}")


def _name(source: Source, name: str | None) -> str:
    return name or ("-" if isinstance(source, bytes) else os.fspath(source))


def dated(result: Result, options: Options) -> Result:
    """The document with the day that the options give to those that do not tell one."""
    if isinstance(result, ReadError) or options.date is None or result.document.published:
        return result
    return settle(result, published=options.date)


def reader_of(name: str) -> Reader:
    """How to read a file of this name; what is needed for it is imported only now."""
    stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122  # a name in an archive is no path
    inner = os.path.splitext(stem)[1]  # noqa: PTH122
    if suffix == ".warc" or (inner == ".warc" and suffix in _PACKED):
        from newsfacts.document.warc import read_warc

        return read_warc
    if suffix in _PACKED or suffix == ".zip":
        return _unpacker(stem, suffix)
    if suffix in (".jsonl", ".ndjson", ".json"):
        from newsfacts.document import jsonfiles

        return jsonfiles.read_json if suffix == ".json" else jsonfiles.read_json_lines
    if suffix in (".csv", ".tsv"):
        from newsfacts.document.tables import read_table

        return read_table
    if suffix == ".parquet":
        from newsfacts.document.parquet import read_parquet

        return read_parquet
    return partial(read_single, markdown=suffix in _MARKDOWN) if suffix else read_unnamed


def _unpacker(stem: str, suffix: str) -> Reader:
    from newsfacts.document import archives

    if suffix == ".zip":
        return partial(archives.read_zip, reader_of=_reader_of_packed)
    unpack = archives.read_zstandard if suffix == ".zst" else archives.read_gzip
    return partial(unpack, read=_reader_of_packed(stem))


def _reader_of_packed(name: str) -> Reader:
    reader = reader_of(name)
    return partial(read_unnamed, packed=True) if reader is read_unnamed else reader


def read_unnamed(stream: BinaryIO, name: str, options: Options, *, packed: bool = False) -> Iterator[Result]:
    """The documents of a file whose name does not say what it is, such as standard input, by its first bytes.

    Raises ReadError for what is packed inside what is `packed` already: some such files never end.
    """
    head, stream = peek(stream)
    suffix = next((suffix for start, suffix in _STARTS if start.match(head)), ".txt")
    if packed and suffix in _PACKED | {".zip"}:
        raise ReadError("is packed twice; unpack it first")
    yield from reader_of(f"unnamed{suffix}")(stream, name, options)


def read_single(stream: BinaryIO, name: str, options: Options, *, markdown: bool) -> Iterator[Result]:
    """The documents of a file that holds one article, or a feed."""
    decoded = decode(read_whole(stream, options), options.encoding)
    if is_feed(decoded.text):
        from newsfacts.document.feed import read_feed

        yield from read_feed(decoded.text, Origin(name, decoded.encoding, options))
        return
    reading = read_article(decoded.text, markdown=markdown)
    yield replace(settle(reading, source=name, encoding=decoded.encoding), reason=decoded.reason)


def is_feed(text: str) -> bool:
    """Whether a text is RSS or Atom.

    >>> is_feed('<?xml version="1.0"?><rss version="2.0"></rss>'), is_feed("<p>涨3%</p>")
    (True, False)
    """
    start = _FEED.search(text, 0, _FEED_WITHIN)
    return start is not None and text.lstrip("\ufeff \t\r\n")[0] == "<" and not _PAGE.search(text, 0, start.start())
