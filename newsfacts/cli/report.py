"""What a run says on standard error, and the code it ends with.

One line for each input that failed, `newsfacts: FILE: what; what to try`, or one in a file of failures; with -v a line
for each article read; how far the work is; and what was done in all.
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from newsfacts.cli.ending import BUG, NOTHING_FOUND, SOME_FAILED, say
from newsfacts.cli.progress import Blank, Meter, State, duration, spaced
from newsfacts.errors import OutputError

if TYPE_CHECKING:
    from newsfacts.cli.survey import Survey
    from newsfacts.engines.failures import Failure
    from newsfacts.engines.work import Note, Outcome

_FEW = 100
"""What was done with so many inputs needs no summary."""


class Report:
    """The account of one run: what was read and found, what failed, and how that is told.

    Failures go to the file `errors` if there is one; `survey` finds out how many inputs there are.
    """

    def __init__(
        self, meter: Meter | None = None, *, quiet: bool = False, verbose: bool = False, debug: bool = False
    ) -> None:
        self.quiet, self.verbose, self.debug = quiet, verbose, debug
        self.errors: TextIO | None = None
        self.survey: Survey | None = None
        self.articles = self.failures = self.bugs = self.duplicates = 0
        self.facts: int | None = None  # as long as nobody looked for any
        self._inputs = self._bytes = self._fresh = 0
        self._began = time.monotonic()
        self._meter = meter or Blank()

    def follow(self, outcomes: Iterable["Outcome"]) -> Iterator["Outcome"]:
        """Pass outcomes on, and tell what they tell."""
        self.facts = 0
        for outcome in outcomes:
            self._count(outcome)
            for note in outcome.notes:
                self.say(describe(note))
            for failure in outcome.failures:
                self.failed(failure)
            self._meter.show(self.state())
            yield outcome

    def _count(self, outcome: "Outcome") -> None:
        self.facts = (self.facts or 0) + outcome.facts
        self.articles += outcome.articles
        self.duplicates += len(outcome.duplicates)
        self._inputs += 1
        self._bytes += outcome.piece.bytes
        self._fresh += 0 if outcome.place else outcome.piece.bytes

    def failed(self, failure: "Failure") -> None:
        """Tell of an input that gave no facts."""
        self.failures += 1
        self.bugs += failure.bug
        if self.errors is not None:
            self._note(failure, self.errors)
        if self.errors is None or self.verbose:
            self.say(str(failure))
        if failure.trace:
            sys.stderr.write(failure.trace)

    def _note(self, failure: "Failure", errors: TextIO) -> None:
        try:
            errors.write(json.dumps(failure.to_dict(), ensure_ascii=False) + "\n")
        except OSError as error:
            raise unwritten(errors.name, error) from error

    def read(self, note: "Note") -> None:
        """Take note of an article; with -v, tell how it was read."""
        self.articles += 1
        self._inputs += 1
        if self.verbose:
            self.say(describe(note))

    def advance(self) -> None:
        """Use a moment in which there is nothing to do: look ahead, and show how far the work is."""
        if self.survey is not None:
            self.survey.look()
        self._meter.show(self.state())

    def state(self) -> State:
        """How far the work is."""
        seconds = time.monotonic() - self._began
        found = self.survey.totals() if self.survey is not None else (None, None)
        return State(seconds, self.articles, self.facts or 0, self.failures, self._bytes, self._fresh, *found)

    def finish(self) -> None:
        """Close the account, and say what was done where there was much, or with -v."""
        self._meter.close(self.state())
        if self.verbose or (not self.quiet and (self._inputs > _FEW or self.errors is not None)):
            self.say(self.summary())

    def summary(self) -> str:
        """What was done in all: an input is a file, or a record in a file of records."""
        facts = "" if self.facts is None else f"{_count(self.facts, 'fact')} from "
        all_inputs = self.articles + self.failures
        took = f" in {duration(time.monotonic() - self._began)}" if self._inputs > _FEW else ""
        copies = f"; {_count(self.duplicates, 'duplicate')} left out" if self.duplicates else ""
        failed = f"; {spaced(self.failures) if self.failures else 'none'} failed"
        where = f", see {self.errors.name}" if self.errors is not None and self.failures else ""
        return f"{facts}{spaced(self.articles)} of {_count(all_inputs, 'input')}{took}{copies}{failed}{where}"

    def exit_code(self, *, expect_facts: bool = False) -> int:
        """The code that the run ends with; `expect_facts` makes finding nothing a result of its own."""
        if self.bugs:
            return BUG
        if self.failures:
            return SOME_FAILED
        return NOTHING_FOUND if expect_facts and not self.facts else 0

    def say(self, message: str) -> None:
        """Write a line, in the place of the progress."""
        self._meter.clear()
        say(message)


def unwritten(errors: object, error: OSError) -> OutputError:
    """The one line for a file of failures that cannot be written."""
    return OutputError(f"{errors}: cannot be written ({error.strerror}); name another file with --errors")


def describe(note: "Note") -> str:
    """How an article was read: its form, its encoding and why that one."""
    reason = f" ({note.reason})" if note.reason else ""
    left_out = f", {_count(note.left_out, 'line')} left out" if note.left_out else ""
    return f"{note.source}: {note.form}, {note.encoding}{reason}{left_out}"


def _count(number: int, noun: str) -> str:
    return f"{spaced(number)} {noun}" if number == 1 else f"{spaced(number)} {noun}s"
