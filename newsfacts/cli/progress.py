"""How far a run is, for a person at a terminal or for a program that watches it.

A terminal gets one line that is drawn over and over: with a bar (rich), or, where no escape sequence may be written,
without. Under `--progress json` a line of JSON is written every second, and one at the end.
"""

import json
import sys
import time
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress

_MEGABYTE = 1_000_000
_SOONEST = 0.5
"""Seconds; work that is done by then shows no progress."""


class State(NamedTuple):
    """How far a run is. The totals are None as long as not all inputs have been found.

    `fresh` bytes were read in this run; the others are known from one that was taken up again.
    """

    seconds: float = 0.0
    articles: int = 0
    facts: int = 0
    failures: int = 0
    bytes: int = 0
    fresh: int = 0
    total_inputs: int | None = None
    total_bytes: int | None = None

    @property
    def articles_a_second(self) -> float:
        """Over the whole run."""
        return self.articles / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """If every byte of the rest takes as long as one of those that were read."""
        if self.total_bytes is None or not self.fresh:
            return None
        return max(0, self.total_bytes - self.bytes) * self.seconds / self.fresh


class Meter(Protocol):
    """Shows how far a run is."""

    def show(self, state: State) -> None:
        """Show it, if it is time to."""

    def clear(self) -> None:
        """Take away what is shown, so that a message can be written."""

    def close(self, state: State) -> None:
        """End."""


def make_meter(form: str, *, shown: bool, plain: bool) -> Meter:
    """The meter for `--progress FORM`, auto or json, if it is to be `shown` at all; a `plain` one without escapes."""
    if shown and form == "json":
        return JsonLines()
    if not shown or not sys.stderr.isatty():
        return Blank()
    return Line() if plain else Bar()


class Blank:
    """Shows nothing."""

    def show(self, state: State) -> None:
        """Show nothing."""

    def clear(self) -> None:
        """Take nothing away."""

    def close(self, state: State) -> None:
        """End nothing."""


class Line:
    """One line on standard error that is overwritten without escape sequences, at most five times a second."""

    def __init__(self) -> None:
        self._shown = 0
        self._next = time.monotonic() + _SOONEST

    def show(self, state: State) -> None:
        """Put the line in the place of the last one."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.2
        line = describe(state)
        sys.stderr.write("\r" + line.ljust(self._shown))
        sys.stderr.flush()
        self._shown = len(line)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            self._shown = 0

    def close(self, state: State) -> None:
        """Take the line away."""
        self.clear()


class Bar:
    """The same with a bar, drawn by rich, which is imported when there is something to draw."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._next = time.monotonic() + _SOONEST

    def show(self, state: State) -> None:
        """Draw bar and line."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.2
        if self._bar is None:
            self._bar = _make_bar()
            self._bar.start()
        [task] = self._bar.task_ids
        self._bar.update(task, total=state.total_bytes, completed=state.bytes, description=describe(state))
        self._bar.refresh()

    def clear(self) -> None:
        """Take them away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def close(self, state: State) -> None:
        """Take them away."""
        self.clear()


class JsonLines:
    """A line of JSON a second: `event` is progress or, at the end, end."""

    def __init__(self) -> None:
        self._next = time.monotonic() + 1

    def show(self, state: State) -> None:
        """Write a line if the last one was a second ago."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + 1
            self._write("progress", state)

    def clear(self) -> None:
        """A line that is written stays."""

    def close(self, state: State) -> None:
        """Write the last line."""
        self._write("end", state)

    def _write(self, event: str, state: State) -> None:
        numbers = state._asdict() | {"articles_a_second": state.articles_a_second, "seconds_left": state.seconds_left}
        rounded = {name: round(value, 2) if isinstance(value, float) else value for name, value in numbers.items()}
        sys.stderr.write(json.dumps({"event": event} | rounded) + "\n")
        sys.stderr.flush()


def _make_bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = BarColumn(bar_width=20), TextColumn("{task.description}", markup=False)
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    bar.add_task("")
    return bar


def describe(state: State) -> str:
    """The state in one line.

    >>> describe(State(10, 1200, 15000, 3, 4_000_000, 4_000_000, 2400, 8_000_000))
    '1 200 articles of 2 400 inputs, 4.0 of 8.0 MB, 120 a second, 15 000 facts, 3 failed, 10 s left'
    """
    inputs = f" of {spaced(state.total_inputs)} inputs" if state.total_inputs is not None else ""
    size = f" of {state.total_bytes / _MEGABYTE:.1f}" if state.total_bytes is not None else ""
    parts = [
        f"{spaced(state.articles)} articles{inputs}",
        f"{state.bytes / _MEGABYTE:.1f}{size} MB",
        f"{state.articles_a_second:.0f} a second",
        f"{spaced(state.facts)} facts",
        f"{spaced(state.failures)} failed",
    ]
    if state.seconds_left is not None:
        parts.append(f"{duration(state.seconds_left)} left")
    return ", ".join(parts)


def spaced(number: int) -> str:
    """A whole number in groups of three digits.

    >>> spaced(1204513)
    '1 204 513'
    """
    return f"{number:,}".replace(",", " ")


def duration(seconds: float) -> str:
    """A length of time in its two largest units.

    >>> duration(192), duration(3720), duration(7.26)
    ('3 min 12 s', '1 h 2 min', '7.3 s')
    """
    if seconds < 10:
        return f"{seconds:.1f} s" if seconds < 9.95 and seconds % 1 >= 0.05 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
