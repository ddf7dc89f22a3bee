"""JSON: an array of articles, each with how it was read, its text and its facts."""

from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from newsfacts.model import Document, Fact
from newsfacts.output.encode import to_json
from newsfacts.output.records import Result, document_record


def write(results: Iterable[Result], stream: TextIO) -> None:
    """Write the array one article a line, as the articles come."""
    write_array((_article(document, facts) for document, facts in results), stream)


def _article(document: Document, facts: Sequence[Fact]) -> dict[str, Any]:
    return document_record(document) | {"facts": [fact.to_dict() for fact in facts]}


def write_array(records: Iterable[dict[str, Any]], stream: TextIO) -> None:
    """Write an array of records one a line, as they come."""
    separator = "[\n"
    for record in records:
        stream.write(separator + to_json(record))
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")
