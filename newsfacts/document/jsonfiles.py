"""JSON Lines and JSON: records one at a time, so that memory does not grow with the file."""

import io
import json
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from newsfacts.document.fields import usual_names
from newsfacts.document.records import Origin, Result, bounded_lines, open_text, read_record
from newsfacts.document.source import Options
from newsfacts.errors import ReadError

_CHUNK = 1 << 16
_BETWEEN = " \t\r\n,"


def read_json_lines(stream: BinaryIO, name: str, options: Options, first: int = 1) -> Iterator[Result]:
    """The documents of a JSON Lines file, one a line; blank lines give none. `first` numbers the first line."""
    lines, encoding = open_text(stream, options)
    with lines:
        for number, line in enumerate(bounded_lines(lines, options), first):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield ReadError(f"{name}#{number}: is not valid JSON ({error}); mend the line or remove it")
            else:
                yield read_record(record, number, Origin(name, encoding, options))


def read_json(stream: BinaryIO, name: str, options: Options) -> Iterator[Result]:
    """The documents of a JSON file: an array of records, an object that holds one, or a single record.

    A record that is a string is a text; an array of two of them is a title and a text.
    Raises ReadError where the file is not valid JSON.
    """
    lines, encoding = open_text(stream, options)
    with lines:
        for number, record in enumerate(_records(lines, options), 1):
            yield read_record(record, number, Origin(name, encoding, options))


def _records(lines: io.TextIOWrapper, options: Options) -> Iterator[Any]:
    first = lines.read(1)
    while first.isspace():
        first = lines.read(1)
    if first != "[":
        return iter(_records_of_object(first + lines.read(options.largest)))
    items = _items(lines, options.largest)
    head = [item for item in (next(items, None), next(items, None), next(items, None)) if item is not None]
    if len(head) == 2 and all(isinstance(item, str) for item in head):
        return iter([{"title": head[0], "text": head[1]}])
    return chain(head, items)


def _records_of_object(text: str) -> list[Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        records = _lines_of(text)
        if records is None:
            raise _invalid(error) from None
        return records
    if isinstance(record, dict):
        lists = (record.get(key) for key in usual_names()["records"])
        return next((found for found in lists if isinstance(found, list)), [record])
    return [record]


def _lines_of(text: str) -> list[Any] | None:
    """The records of a text that is JSON Lines after all."""
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _items(lines: io.TextIOWrapper, largest: int) -> Iterator[Any]:
    """The items of an array whose bracket has been read, decoded one after the other from a window on the file."""
    decoder = json.JSONDecoder()
    window = ""
    at = 0
    chunk = _CHUNK
    while True:
        while at < len(window) and window[at] in _BETWEEN:
            at += 1
        try:
            if window[at : at + 1] == "]":
                return
            item, at = decoder.raw_decode(window, at)
            chunk = _CHUNK
        except RecursionError as error:
            raise _invalid(error) from None
        except ValueError as error:
            more = lines.read(chunk)
            if not more or len(window) - at > largest:
                raise _invalid(error) from None
            window, at, chunk = window[at:] + more, 0, chunk * 2
        else:
            yield item


def _invalid(error: Exception) -> ReadError:
    return ReadError(f"is not valid JSON ({error}); mend it, or name a file of JSON lines .jsonl")
