"""JSON Lines: one fact a line, complete in itself."""

from collections.abc import Sequence

from newsfacts.model import Document, Fact
from newsfacts.output.encode import to_json
from newsfacts.output.records import fact_record


def render(document: Document, facts: Sequence[Fact]) -> str:
    """Each fact of an article as a line of JSON."""
    return "".join([to_json(fact_record(document, fact)) + "\n" for fact in facts])
