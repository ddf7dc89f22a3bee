"""WARC archives: the HTML and text that a crawler was sent, each response a document with its address as id."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from newsfacts.document.article import read_article, settle
from newsfacts.document.decode import decode
from newsfacts.document.records import Result
from newsfacts.document.source import Options, read_whole
from newsfacts.errors import ReadError

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
_OK = 200


def read_warc(stream: BinaryIO, name: str, options: Options) -> Iterator[Result]:
    """The documents of a WARC file, packed with gzip or Zstandard or not.

    Only whole answers of text are documents: not redirects, errors, scripts or images.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    found = False
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, auto_decode="all"):
            if record.http_headers is not None and record.http_headers.status_code == _OK and _is_text(record):
                found = True
                yield _read_response(record, name, options)
    except OSError as error:
        yield ReadError(f"{name}: is cut off or broken ({error}); what stood before that was read")
        return
    if not found:
        yield ReadError(f"{name}: holds no pages that a server sent; is it a WARC file?")


def _is_text(record: "WarcRecord") -> bool:
    return (record.http_content_type or "text/html").lower() in _TEXTS


def _read_response(record: "WarcRecord", name: str, options: Options) -> Result:
    url = record.headers.get("WARC-Target-URI")
    source = f"{name}#{url or record.record_id}"
    try:
        data = read_whole(record.reader, options)
        decoded = decode(data, options.encoding, label=record.http_charset)
        reading = read_article(decoded.text)
    except ReadError as error:
        return ReadError(f"{source}: {error}")
    address = reading.document.url or url
    return replace(settle(reading, source=source, url=address, encoding=decoded.encoding), reason=decoded.reason)
