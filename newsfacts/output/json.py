"""JSON: an array of articles, each with how it was read, its text and its facts."""

from collections.abc import Iterable
from typing import TextIO

from newsfacts.output.encode import to_json
from newsfacts.output.records import Result, document_record


def write(results: Iterable[Result], stream: TextIO) -> None:
    """Write the array one article a line, as the articles come."""
    separator = "[\n"
    for document, facts in results:
        stream.write(separator + to_json(document_record(document) | {"facts": [fact.to_dict() for fact in facts]}))
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")
