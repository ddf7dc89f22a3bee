"""JSON Lines: one fact a line, complete in itself."""

from collections.abc import Iterable
from typing import TextIO

from newsfacts.output.encode import to_json
from newsfacts.output.records import Result, fact_record


def write(results: Iterable[Result], stream: TextIO) -> None:
    """Write each fact of each article as a line of JSON, article by article."""
    for document, facts in results:
        stream.writelines([to_json(fact_record(document, fact)) + "\n" for fact in facts])
