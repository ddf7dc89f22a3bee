"""The same article from two feeds counts once: the first one in the order of the inputs."""

from collections.abc import Iterable, Iterator

from newsfacts.engines.index import Index
from newsfacts.engines.spool import Spool
from newsfacts.engines.work import Outcome


def leave_out_copies(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes, with what is to be `kept` of each, and its `duplicates` named."""
    first = Index()
    for outcome in outcomes:
        known = outcome.duplicates
        _sort(outcome, first)
        if outcome.duplicates != known:
            outcome.entry = None  # the manifest tells otherwise, and gets a new entry
        yield outcome


def _sort(outcome: Outcome, first: Index) -> None:
    at = 0
    kept: list[tuple[int, int]] = []
    outcome.facts, outcome.duplicates = 0, []
    for text in outcome.texts:
        original = first.get(text.digest)
        if original is None:
            first.put(text.digest, text.source)
            kept.append((at, text.length))
            outcome.facts += text.facts
        else:
            outcome.duplicates.append((text.source, original))
        at += text.length
    outcome.kept = kept if outcome.duplicates else None


def drop_copies(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes, each with no more output than is kept."""
    for outcome in outcomes:
        if outcome.kept is not None and outcome.output is not None:
            whole, outcome.output = outcome.output, Spool()
            for start, length in outcome.kept:
                for block in whole.blocks(start, length):
                    outcome.output.append(block)
            whole.close()
        yield outcome
