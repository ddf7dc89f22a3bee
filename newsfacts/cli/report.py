"""What a command says on standard error, and the code it ends with.

One line for each input that failed, `newsfacts: FILE: what; what to try`; with -v a line for each article read; while a
person waits at a terminal, how far the work is. No escape sequence is ever written here: the progress line is
overwritten with a carriage return.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from newsfacts.errors import NewsfactsError
from newsfacts.output.visible import visible

if TYPE_CHECKING:
    from newsfacts.engines.failures import Failure
    from newsfacts.engines.work import Note, Outcome

BUG, USAGE, SOME_FAILED, NOTHING_FOUND, INTERRUPTED, TERMINATED = 1, 2, 3, 4, 130, 143
"""Exit codes; 0 is a run without failures."""


class Terminated(BaseException):
    """The run was told to end (SIGTERM)."""


class Report:
    """The account of one run: what was read and found, what failed, and how that is told."""

    def __init__(self, *, progress: bool = False, verbose: bool = False, debug: bool = False) -> None:
        self.verbose, self.debug = verbose, debug
        self.articles = self.failures = self.bugs = 0
        self.facts: int | None = None  # as long as nobody looked for any
        self._progress = Progress(enabled=progress and not verbose and sys.stderr.isatty())

    def follow(self, outcomes: Iterable["Outcome"]) -> Iterator["Outcome"]:
        """Pass outcomes on, and tell what they tell."""
        self.facts = 0
        for outcome in outcomes:
            self.facts += outcome.facts
            self.articles += outcome.articles
            for note in outcome.notes:
                self.say(describe(note))
            for failure in outcome.failures:
                self.failed(failure)
            yield outcome

    def failed(self, failure: "Failure") -> None:
        """Tell of an input that gave no facts."""
        self.failures += 1
        self.bugs += failure.bug
        self.say(str(failure))
        if failure.trace:
            sys.stderr.write(failure.trace)

    def read(self, note: "Note") -> None:
        """Take note of an article; with -v, tell how it was read."""
        self.articles += 1
        if self.verbose:
            self.say(describe(note))

    def advance(self) -> None:
        """Show how far the work is, to a person who waits."""
        self._progress.show(f"{_count(self.articles, 'article')}, {_count(self.facts or 0, 'fact')}")

    def finish(self) -> None:
        """Close the account: with -v, say what was done."""
        self._progress.clear()
        if self.verbose:
            facts = "" if self.facts is None else f"{_count(self.facts, 'fact')}, "
            self.say(f"{_count(self.articles, 'article')}, {facts}{self.failures} failed")

    def exit_code(self, *, expect_facts: bool = False) -> int:
        """The code that the run ends with; `expect_facts` makes finding nothing a result of its own."""
        if self.bugs:
            return BUG
        if self.failures:
            return SOME_FAILED
        return NOTHING_FOUND if expect_facts and not self.facts else 0

    def say(self, message: str) -> None:
        """Write a line, in the place of the progress."""
        self._progress.clear()
        say(message)


class Progress:
    """One line on standard error that is overwritten as the work goes on, at most ten times a second."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled
        self._shown = 0
        self._next = time.monotonic() + 0.5

    def show(self, line: str) -> None:
        """Put the line in the place of the last one."""
        if not self._enabled or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.1
        sys.stderr.write("\r" + line.ljust(self._shown))
        sys.stderr.flush()
        self._shown = len(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            self._shown = 0


@contextmanager
def ending(*, debug: bool) -> Iterator[None]:
    """Turn whatever ends a command early into one line and an exit code; a closed pipe ends quietly."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Terminated:
        sys.exit(TERMINATED)
    except OSError as error:  # inputs have their own; what is left is standard output
        _drop_output()
        _end(f"standard output: cannot be written ({error.strerror}); name a file with -o", USAGE, debug=debug)
    except NewsfactsError as error:
        _end(str(error), USAGE, debug=debug)
    except Exception as error:
        _end(describe_bug(error), BUG, debug=debug)


def _terminate(*_: object) -> NoReturn:
    raise Terminated


def _end(message: str, code: int, *, debug: bool) -> NoReturn:
    say(message)
    if debug:
        traceback.print_exc()
    sys.exit(code)


def say(message: str) -> None:
    """Write one line to standard error, whatever is in the message."""
    line = visible(f"newsfacts: {message}") + "\n"
    sys.stderr.write(
        line.encode(sys.stderr.encoding or "utf-8", "backslashreplace").decode(sys.stderr.encoding or "utf-8")
    )


def describe(note: "Note") -> str:
    """How an article was read: its form, its encoding and why that one."""
    reason = f" ({note.reason})" if note.reason else ""
    left_out = f", {_count(note.left_out, 'line')} left out" if note.left_out else ""
    return f"{note.source}: {note.form}, {note.encoding}{reason}{left_out}"


def describe_bug(error: Exception) -> str:
    """The one line for an error that nobody planned for."""
    return f"{type(error).__name__}: {error}; a bug in newsfacts: run again with --debug and report what it prints"


def _drop_output() -> None:
    """Point standard output nowhere, so that what it still holds does not fail again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
