"""Work on many pieces in several processes, with the outcomes in the order of the pieces.

Pieces are handed out in batches of about the same number of bytes. Nothing that a piece does to its process reaches
another piece: a process that dies, or is ended because it takes too long, is replaced; the piece that it was at fails,
and those that it had not begun go to another process. Few batches are under way at any time, so that memory depends
neither on the number of the pieces nor on their sizes.
"""

import contextlib
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from newsfacts.engines.failures import Failure
from newsfacts.engines.pieces import Piece
from newsfacts.engines.spool import Spool
from newsfacts.engines.work import Outcome, Work, warm_up
from newsfacts.engines.worker import Message, Worker, can_fork, start_worker
from newsfacts.errors import NewsfactsError

BATCH_BYTES = 128 * 1024
BATCH_PIECES = 32
_GROWTH = 1.2
_AHEAD = 2
"""So many batches a process is given at a time: the next one is there when it has done the first."""

_UNDER_WAY = 8
"""So many batches for each process are being worked on or wait for an earlier one to be done."""

_STARTS = 5
"""After so many processes in a row that end before they are ready, no more are started."""

_TICK = 0.1
"""Seconds after which `idle` is called when nothing happens."""


@dataclass(slots=True)
class Batch:
    """Pieces that are handed out together, in part done: the first of `left` is being worked on, or is the next."""

    left: deque[Piece]
    done: deque[Outcome] = field(default_factory=deque)
    output: Spool | None = None


@dataclass(slots=True)
class Seat:
    """A place for a process: who has it, the batches that it was given, and how long its piece has taken."""

    worker: Worker
    batches: deque[Batch] = field(default_factory=deque)
    seconds: float = 0.0
    is_ready: bool = False


class Pool:
    """Some processes that do the same work; a piece may take `timeout` seconds, or any time."""

    def __init__(self, work: Work, jobs: int, timeout: float | None = None) -> None:
        self._work = work
        self._timeout = timeout
        self._seats: list[Seat] = []
        self._waiting: deque[Batch] = deque()
        self._starts = 0
        if can_fork():
            warm_up(work)
        for _ in range(jobs):
            self._seats.append(Seat(self._start()))

    def run(self, items: Iterable[Piece | Outcome], idle: Callable[[], None]) -> Iterator[Outcome]:
        """The outcomes of all pieces in their order; an outcome among them is passed on in its place.

        `idle` is called ten times a second while there is nothing to pass on.
        """
        batches = make_batches(items)
        order: deque[Batch] = deque()
        more = True
        while more or order:
            while more and len(order) < _UNDER_WAY * len(self._seats):
                batch = next(batches, None)
                more = batch is not None
                if batch is not None:
                    order.append(batch)
                    self._waiting.extend([batch] if batch.left else [])
            self._hand_out()
            while order and order[0].done:
                yield order[0].done.popleft()
            if order and not order[0].left:
                order.popleft()
            elif order:
                self._listen()
                idle()

    def close(self) -> None:
        """End the processes."""
        for seat in self._seats:
            seat.worker.stop()

    def _start(self) -> Worker:
        return start_worker(self._work, [seat.worker for seat in self._seats])

    def _hand_out(self) -> None:
        for depth in range(_AHEAD):
            for seat in self._seats:
                if self._waiting and len(seat.batches) == depth:
                    batch = self._waiting.popleft()
                    seat.batches.append(batch)
                    with contextlib.suppress(OSError):  # it has died, which shows when we listen to it
                        seat.worker.connection.send(list(batch.left))

    def _listen(self) -> None:
        """Take what the processes have sent, and see to those that are gone or take too long."""
        began = time.monotonic()
        wait([seat.worker.connection for seat in self._seats], _TICK)
        waited = time.monotonic() - began  # the time that the caller of `run` takes is not the piece's
        for seat in self._seats:
            seat.seconds = seat.seconds + waited if seat.batches and seat.is_ready else 0.0
            try:
                while seat.worker.connection.poll():
                    _take(seat, seat.worker.connection.recv())
            except (EOFError, OSError):
                self._replace(
                    seat, "process", f"its process {_describe_end(seat.worker)}", "leave it out, or report it"
                )
            if self._timeout is not None and seat.seconds > self._timeout:
                self._replace(seat, "time", f"took over {self._timeout:g} s", "leave it out, or raise --timeout")

    def _replace(self, seat: Seat, stage: str, what: str, advice: str) -> None:
        """Put a new process in the place of one: the piece that it was at fails, its others wait for a process."""
        seat.worker.stop()
        self._starts = 1 if seat.is_ready else self._starts + 1
        if self._starts > _STARTS:
            raise NewsfactsError("processes end before they begin; try fewer with --jobs")
        if seat.batches and seat.is_ready:
            _fail(seat.batches[0], stage, what, advice)
        self._waiting.extendleft(batch for batch in reversed(seat.batches) if batch.left)
        others = [other.worker for other in self._seats if other is not seat]
        seat.worker, seat.batches, seat.seconds, seat.is_ready = start_worker(self._work, others), deque(), 0.0, False


def _take(seat: Seat, message: Message) -> None:
    if message is None:
        seat.is_ready = True
        return
    batch = seat.batches[0]
    if isinstance(message, bytes):
        batch.output = batch.output or Spool()
        batch.output.append(message)
        return
    message.piece, message.output, batch.output = batch.left.popleft(), batch.output, None
    batch.done.append(message)
    seat.seconds = 0.0
    if not batch.left:
        seat.batches.popleft()


def _fail(batch: Batch, stage: str, what: str, advice: str) -> None:
    piece = batch.left.popleft()
    if batch.output is not None:
        batch.output.close()
        batch.output = None
    batch.done.append(Outcome(piece, failures=[Failure(piece.label, stage, what, advice)]))


def _describe_end(worker: Worker) -> str:
    worker.process.join(1)
    code = worker.process.exitcode
    if code is None or code >= 0:
        return f"ended with code {code}"
    name = signal.Signals(-code).name
    return f"was ended by {name}, perhaps for want of memory" if name == "SIGKILL" else f"was ended by {name}"


def make_batches(items: Iterable[Piece | Outcome]) -> Iterator[Batch]:
    """The pieces in batches, the first ones small, so that a few pieces are spread over the processes as well."""
    pieces: deque[Piece] = deque()
    most, size = 1.0, 0
    for item in items:
        if isinstance(item, Piece):
            pieces.append(item)
            size += item.bytes
        if pieces and (isinstance(item, Outcome) or len(pieces) >= most or size >= BATCH_BYTES):
            yield Batch(pieces)
            pieces, size = deque(), 0
            most = min(most * _GROWTH, BATCH_PIECES)
        if isinstance(item, Outcome):
            yield Batch(deque(), deque([item]))
    if pieces:
        yield Batch(pieces)
