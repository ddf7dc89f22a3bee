"""A process that does the work on pieces, as the pool sees it and from its own inside.

The pool sends lists of pieces and gets, for each piece in order, any number of blocks of bytes and then its outcome.
The process needs nothing else of the pool: it ends when the pool closes the connection, or is gone.
"""

import contextlib
import gc
import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from multiprocessing.connection import Connection
from typing import NamedTuple

from newsfacts.document.source import MEBIBYTE
from newsfacts.engines.pieces import Piece
from newsfacts.engines.work import Outcome, Work, perform, warm_up

Message = bytes | Outcome | None
"""A block of what a piece comes out as, or the account that ends the piece; None when the process is ready."""


class Worker(NamedTuple):
    """A running process, and the pool's end of the connection with it."""

    process: multiprocessing.process.BaseProcess
    connection: Connection

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.connection.close()
        self.process.kill()
        self.process.join()


def start_worker(work: Work, others: Iterable[Worker]) -> Worker:
    """Start a process beside the `others`, whose connections it must not keep open."""
    context = multiprocessing.get_context("fork" if can_fork() else "spawn")
    ours, theirs = context.Pipe()
    forked = context.get_start_method() == "fork"
    inherited = [ours, *(other.connection for other in others)] if forked else []
    process = context.Process(target=_serve, args=(theirs, work, inherited), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return Worker(process, ours)


def can_fork() -> bool:
    """Whether a process can be forked safely: on Linux, and while no other thread could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _serve(connection: Connection, work: Work, inherited: Sequence[Connection]) -> None:
    """Do the work on one list of pieces after the other, until the connection ends."""
    for other in inherited:  # or this process would not see the pool's end of them close
        other.close()
    for number in (signal.SIGINT, signal.SIGTERM):  # the pool gets them as well, and decides
        signal.signal(number, signal.SIG_IGN)
    if not inherited:
        warm_up(work)
    gc.freeze()  # what is there by now stays; looking it through again and again would copy shared memory
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        connection.send(None)
        while True:
            for piece in connection.recv():
                _send(piece, work, connection)


def _send(piece: Piece, work: Work, connection: Connection) -> None:
    """Do the work on a piece and send what comes of it, articles together up to a mebibyte."""
    waiting = bytearray()

    def emit(data: bytes) -> None:
        waiting.extend(data)
        if len(waiting) >= MEBIBYTE:
            connection.send(bytes(waiting))
            waiting.clear()

    outcome = perform(piece, work, emit)
    if waiting:
        connection.send(bytes(waiting))
    connection.send(outcome)
