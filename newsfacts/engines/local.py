"""The engine of this machine: a few inputs are worked on here, many by as many processes as there are cores.

>>> [outcome.facts for outcome in run(find_pieces(["samples/dairy.txt"], Work()), Work())]
[15]
"""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain

from newsfacts.document.source import MEBIBYTE
from newsfacts.engines.failures import unread
from newsfacts.engines.pieces import STDIN, Piece, cut
from newsfacts.engines.spool import Spool
from newsfacts.engines.work import Outcome, Work, perform
from newsfacts.errors import ReadError
from newsfacts.output.records import Result

HANDFUL = 8
_HANDFUL_BYTES = 2 * MEBIBYTE
"""Inputs that are no more and no larger than this are done before other processes have started."""


def find_pieces(
    names: Iterable[str | ReadError], work: Work, standard_input: Callable[[], str] | None = None
) -> Iterator[Piece | Outcome]:
    """The pieces of the files of these names; an error in the place of a name fails in its place.

    `standard_input` puts standard input, which is called `-`, into a file, and returns its path.
    """
    for name in names:
        if isinstance(name, ReadError):
            yield Outcome(Piece("", ""), failures=[unread(name, "", trace=work.traces)])
        elif name == STDIN and standard_input is not None:
            yield from cut(name, work.options, standard_input())
        else:
            yield from cut(name, work.options)


def run(
    items: Iterable[Piece | Outcome],
    work: Work,
    *,
    jobs: int | None = None,
    timeout: float | None = None,
    idle: Callable[[], None] = lambda: None,
) -> Generator[Outcome, None, None]:
    """The outcomes of all pieces in their order; an outcome among them is passed on in its place.

    The order and what comes out are the same for every number of `jobs`. With `jobs` or `timeout` the work is done in
    other processes, where a piece can do no harm; without, only where there is more than a handful of it. `idle` is
    called again and again while there is nothing to pass on.
    """
    items = iter(items)
    if jobs is None and timeout is None:
        first, rest = _take_handful(items)
        if rest is None:
            yield from (_perform_here(item, work) for item in first)
            return
        items = chain(first, rest)
    from newsfacts.engines.pool import Pool

    with closing(Pool(work, jobs or usable_cores(), timeout)) as pool:
        yield from pool.run(items, idle)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _take_handful(items: Iterator[Piece | Outcome]) -> tuple[list[Piece | Outcome], Iterator[Piece | Outcome] | None]:
    """The first items, and the rest, which is None when the first are all and a handful."""
    first: list[Piece | Outcome] = []
    size = 0
    for item in items:
        first.append(item)
        size += item.bytes if isinstance(item, Piece) else 0
        if len(first) > HANDFUL or size > _HANDFUL_BYTES:
            return first, items
    return first, None


def _perform_here(item: Piece | Outcome, work: Work) -> Outcome:
    if isinstance(item, Outcome):
        return item
    output = Spool()
    outcome = perform(item, work, output.append)
    outcome.output = output
    return outcome


def unpickle(outcomes: Iterable[Outcome]) -> Iterator[Result]:
    """The articles and facts of outcomes, of work in a format that is not of lines."""
    for outcome in outcomes:
        if outcome.output is not None:
            yield from outcome.output.unpickle()
            outcome.output.close()
