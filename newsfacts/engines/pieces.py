"""What is read at a time: a file, or a megabyte of a large file of records.

Only JSON Lines are cut, at line ends, in the same places however many processes there are: that makes the output the
same. Other files of records (CSV, JSON, WARC, whatever is packed) have to be read from their beginning, and are one
piece each.
"""

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from newsfacts.document.decode import decode
from newsfacts.document.source import MEBIBYTE, Options, Stretch
from newsfacts.errors import ReadError

STDIN = "-"
"""The name of standard input among the names of files."""

STRETCH = MEBIBYTE
"""So much of a file of JSON Lines is a piece; a file up to twice as large is left whole."""

_BLOCK = 1 << 16
_HEAD = 1 << 18
_CUT = (".jsonl", ".ndjson")
_LINES_END_ALIKE = ("utf-8", "gb18030", "big5hkscs")
"""Encodings in which the byte of a line end is never part of another character."""


class Piece(NamedTuple):
    """A file as the user named it, where its bytes are, and how it looked; `stretch` is None for the whole of it."""

    name: str
    path: str
    size: int = 0
    mtime: int = 0
    stretch: Stretch | None = None

    @property
    def label(self) -> str:
        """The name, with the first line of a stretch: what a failure of the whole piece is told of."""
        return f"{self.name}#{self.stretch.line}" if self.stretch else self.name

    @property
    def bytes(self) -> int:
        """How much there is to read."""
        return self.stretch.end - self.stretch.start if self.stretch else self.size


def cut(name: str, options: Options, path: str | None = None) -> Iterator[Piece]:
    """The pieces of a file, in order; one that cannot be looked at is a piece, and fails when it is read.

    `path` is where the bytes are when `name` is not: standard input, kept in a temporary file.
    """
    path = path or name
    try:
        status = os.stat(path)  # noqa: PTH116  # a Path would cost as much again for each of a million files
    except (OSError, ValueError):
        yield Piece(name, path)
        return
    whole = Piece(name, path, status.st_size, status.st_mtime_ns)
    large = stat.S_ISREG(status.st_mode) and status.st_size > 2 * STRETCH
    encoding = _tell_encoding(path, options) if large and name.lower().endswith(_CUT) else None
    if encoding is None:
        yield whole
        return
    for stretch in _find_stretches(path, status.st_size, encoding):
        yield whole._replace(stretch=stretch)


def _tell_encoding(path: str, options: Options) -> str | None:
    """The encoding of a file that can be cut at line ends."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            encoding = decode(file.read(_HEAD), options.encoding).encoding
    except (OSError, ReadError):  # told when the file is read
        return None
    return encoding if encoding in _LINES_END_ALIKE else None


def _find_stretches(path: str, size: int, encoding: str) -> Iterator[Stretch]:
    """The stretches of a file, found while it is scanned; the first tells its encoding itself, as the whole would."""
    start, first, at, line = 0, 1, 0, 1
    with open(path, "rb") as file:  # noqa: PTH123
        while block := file.read(min(_BLOCK, size - at)):
            lines, end = block.count(b"\n"), at + block.rfind(b"\n") + 1
            at, line = at + len(block), line + lines
            if lines and end - start >= STRETCH:
                yield Stretch(start, end, first, encoding if start else None)
                start, first = end, line
    if start < at:
        yield Stretch(start, at, first, encoding if start else None)
