"""From what was read to its facts: the loop that every engine runs, whatever hands it articles and takes facts."""

from collections.abc import Callable, Iterable, Iterator
from os import PathLike

from newsfacts import extractors
from newsfacts.document.article import Reading
from newsfacts.document.records import Result
from newsfacts.engines.failures import Failure, broken, unread
from newsfacts.errors import ReadError
from newsfacts.model import Document, Fact, Kind

Extract = Callable[[Document], list[Fact]]
"""What finds the facts of a document."""

Found = tuple[Reading, list[Fact]]
"""An article as it was read, and its facts."""


def find_facts(
    results: Iterable[Result], name: str, extract: Extract, *, traces: bool = False
) -> Iterator[Found | Failure]:
    """Each article of the input of this name with its facts, in order; a failure in the place of one that has none.

    Whatever an article does to a reader or to an extractor, it does not do to the next one.
    """
    try:
        for result in results:
            if isinstance(result, ReadError):
                yield unread(result, name, trace=traces)
            else:
                yield _find(result, name, extract, traces)
    except Exception as error:  # a reader that breaks cannot go on with this input
        yield broken(name, "read", error, trace=traces)


def _find(reading: Reading, name: str, extract: Extract, traces: bool) -> Found | Failure:
    try:
        return reading, extract(reading.document)
    except Exception as error:
        return broken(reading.document.source or name, "extract", error, trace=traces)


def extract_kinds(
    document: Document, *, kinds: frozenset[Kind], segmenter: str, userdict: str | PathLike[str] | None
) -> list[Fact]:
    """The facts of a document that are of these kinds, or all if there are none."""
    facts = extractors.extract_document(document, segmenter=segmenter, userdict=userdict)
    return [fact for fact in facts if fact.kind in kinds] if kinds else facts
