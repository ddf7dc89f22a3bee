"""Files of records, each record a document: JSON Lines.

A record's text, title and date are found under their usual names (`fields.NAMES`) or under those that the user gives.
Records are read one at a time, and a bad one does not stop the others.
"""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from newsfacts.document.article import Reading, read_article, settle
from newsfacts.document.decode import decode
from newsfacts.document.fields import NAMES, find_field, one_line, read_fields
from newsfacts.document.source import Options, peek
from newsfacts.errors import ReadError

Result = Reading | ReadError
"""A document as read, or why it could not be; the error's message begins with the document's source."""

_HEAD = 1 << 18
_SKIPS_MARK = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}


def read_json_lines(stream: BinaryIO, name: str, options: Options) -> Iterator[Result]:
    """The documents of a JSON Lines file, one a line; blank lines do not count."""
    lines, encoding = open_text(stream, options)
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield ReadError(f"{name}#{number}: is not valid JSON ({error}); mend the line or remove it")
            else:
                yield read_record(record, f"{name}#{number}", name, encoding, options)


def read_record(record: Any, place: str, name: str, encoding: str, options: Options) -> Result:
    """The document in one record; `place` says where it stands when it has no id."""
    try:
        return _read_record(record, place, name, encoding, options)
    except ReadError as error:
        return ReadError(f"{place}: {error}")


def _read_record(record: Any, place: str, name: str, encoding: str, options: Options) -> Reading:
    if not isinstance(record, Mapping):
        raise ReadError('is not an object; write {"text": "…"}')
    text = _text(find_field(record, "text", options.names.get("text")), options)
    reading = read_article(text, fields=read_fields(record, options.names))
    identity = one_line(find_field(record, "id", options.names.get("id")))
    source = f"{name}#{identity}" if identity else place
    return settle(reading, source=source, encoding=encoding, form="record")


def _text(value: Any, options: Options) -> str:
    if isinstance(value, list) and all(isinstance(paragraph, str) for paragraph in value):
        value = "\n".join(value)
    if isinstance(value, str) and value.strip():
        return value
    wanted = options.names.get("text") or ", ".join(NAMES["text"][:3])
    raise ReadError(f"has no text in {wanted}; name the field with --text-field")


def open_text(stream: BinaryIO, options: Options) -> tuple[io.TextIOWrapper, str]:
    """A stream of bytes as a stream of lines, and its encoding, told from its beginning."""
    head, stream = peek(stream, _HEAD)
    decoded = decode(head, options.encoding)
    codec = _SKIPS_MARK.get(decoded.encoding) if decoded.reason == "byte order mark" else None
    return io.TextIOWrapper(stream, codec or decoded.encoding, errors="replace", newline="\n"), decoded.encoding
