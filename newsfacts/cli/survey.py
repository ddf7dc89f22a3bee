"""How many inputs there are, found out beside the work: a run begins before its last input is known."""

import os
import time
from collections.abc import Iterator

from newsfacts.errors import ReadError

_MOMENT = 0.02
"""Seconds that one look may take."""


class Survey:
    """Goes through the names that a run will read, a moment at a time, and adds up their sizes."""

    def __init__(self, names: Iterator[str | ReadError]) -> None:
        self._names = names
        self._inputs = self._bytes = 0
        self._complete = False

    def look(self) -> None:
        """Go on for a moment."""
        until = time.monotonic() + _MOMENT
        while not self._complete and time.monotonic() < until:
            name = next(self._names, None)
            self._complete = name is None
            self._inputs += name is not None
            self._bytes += _size(name) if isinstance(name, str) else 0

    def totals(self) -> tuple[int, int] | tuple[None, None]:
        """The number of inputs and of their bytes, once all have been seen."""
        return (self._inputs, self._bytes) if self._complete else (None, None)


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size  # noqa: PTH116  # a Path would cost as much again for each of a million files
    except (OSError, ValueError):
        return 0
