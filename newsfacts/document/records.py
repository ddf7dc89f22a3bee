"""A record as a document, in whatever file it stands.

A record's text, title and date are found under their usual names (`fields.toml`) or under those that the user gives.
"""

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from newsfacts.document.article import Reading, read_article, settle
from newsfacts.document.decode import decode
from newsfacts.document.fields import find_field, one_line, read_fields, usual_names
from newsfacts.document.source import Options, peek, too_large
from newsfacts.errors import ReadError

Result = Reading | ReadError
"""A document as read, or why it could not be; the error's message begins with the document's source."""

_HEAD = 1 << 18
_SKIPS_MARK = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}


class Origin(NamedTuple):
    """The file that a record comes from: its name and encoding, and the options of reading it."""

    name: str
    encoding: str
    options: Options


def read_record(record: Any, number: int | str, origin: Origin, form: str = "record") -> Result:
    """The document in one record; `number` stands for its id when it has none.

    >>> origin = Origin("news.jsonl", "utf-8", Options())
    >>> read_record({"id": "a7", "title": "夜市开张", "text": "客流2万人次。"}, 1, origin).document.source
    'news.jsonl#a7'
    """
    try:
        return settle(_read_record(record, number, origin), encoding=origin.encoding, form=form)
    except ReadError as error:
        return ReadError(f"{origin.name}#{number}: {error}")


def _read_record(record: Any, number: int | str, origin: Origin) -> Reading:
    names = origin.options.names
    if isinstance(record, str):
        record = {"text": record}
    if not isinstance(record, Mapping):
        raise ReadError('is no record; write {"text": "…"}')
    text = read_text(find_field(record, "text", names.get("text")), name_text_field(origin.options))
    reading = read_article(text, fields=read_fields(record, names))
    identity = one_line(find_field(record, "id", names.get("id"))) or number
    return settle(reading, source=f"{origin.name}#{identity}")


def read_text(value: Any, name: str) -> str:
    """The text of a record, whose paragraphs may be a list. Raises ReadError when its field, `name`, holds none."""
    if isinstance(value, list) and all(isinstance(paragraph, str) for paragraph in value):
        value = "\n".join(value)
    if isinstance(value, str) and value.strip():
        return value
    raise ReadError(f"has no text in {name}; name the field with --text-field")


def name_text_field(options: Options) -> str:
    """How the field of the text is called, for a message."""
    return options.names.get("text") or ", ".join(usual_names()["text"][:3])


def open_text(stream: BinaryIO, options: Options, newline: str = "\n") -> tuple[io.TextIOWrapper, str]:
    """A stream of bytes as a stream of lines, and its encoding, told from its beginning."""
    head, stream = peek(stream, _HEAD)
    if not head.strip():
        raise ReadError("is empty; give a file with an article in it")
    decoded = decode(head, options.encoding)
    codec = _SKIPS_MARK.get(decoded.encoding) if decoded.reason == "byte order mark" else None
    return io.TextIOWrapper(stream, codec or decoded.encoding, errors="replace", newline=newline), decoded.encoding


def bounded_lines(lines: io.TextIOWrapper, options: Options) -> Iterator[str]:
    """The lines of a file. Raises ReadError for one over the limit, before it fills the memory."""
    while line := lines.readline(options.largest + 1):
        if len(line) > options.largest:
            raise too_large(options)
        yield line
