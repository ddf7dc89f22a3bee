"""What is read: its name, its bytes as a stream, and the options and limits of reading it."""

import datetime
import io
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from newsfacts.errors import ReadError

MEBIBYTE = 1 << 20

NOT_ARTICLES = re.compile(
    r"""
    \. (?: avi | bmp | gif | ico | jpe?g | m4a | mov | mp[34] | png | svg | tiff? | wav | webm | webp  # pictures, sound
      | docx? | od[ts] | pdf | pptx? | xlsx? | ttf | woff2?                                            # other documents
      | 7z | bz2 | rar | tar | xz | db | duckdb | sqlite                                               # other archives
      | css | dll | exe | js | lock | o | part | pyc? | so | toml | ya?ml                              # programs
      | (?: partial | manifest \. jsonl ) (?: \. new )?                                                # runs of our own
      ) $
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""File types that a walk leaves out; named on the command line or matched by --glob they are tried all the same."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: what the user said where the file says nothing, or something wrong.

    `names` maps `text`, `title`, `date` and `id` to the names that a file of records gives them.
    The limits: `largest` is the number of bytes of one article, after unpacking; `files` and `unpacked` are the number
    of files in an archive and of their bytes.
    """

    encoding: str | None = None
    date: datetime.date | None = None
    names: Mapping[str, str | None] = field(default_factory=dict)
    largest: int = 128 * MEBIBYTE
    files: int = 100_000
    unpacked: int = 8192 * MEBIBYTE


def open_file(path: str | os.PathLike[str]) -> io.BufferedReader:
    """Open a regular file. Raises ReadError for what is none: a pipe or a device would block or never end."""
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise ReadError("is a folder; name a file in it")
        if not stat.S_ISREG(mode):
            raise ReadError("is a pipe, a socket or a device; give its bytes instead")
        return Path(path).open("rb")
    except FileNotFoundError:
        raise ReadError("no such file; check the name") from None
    except (OSError, ValueError) as error:
        raise unreadable(error) from None


class Stretch(NamedTuple):
    """Whole lines of a large file: from which byte to which, the number of the first line, and the file's encoding."""

    start: int
    end: int
    line: int
    encoding: str | None


def open_stretch(path: str, stretch: Stretch) -> io.BufferedReader:
    """Open a file as if it held nothing but this stretch."""
    return io.BufferedReader(_Bounded(open_file(path), stretch.start, stretch.end))


def unreadable(error: Exception) -> ReadError:
    """The ReadError for a file that the system does not let us read."""
    reason = getattr(error, "strerror", None) or str(error)
    return ReadError(f"cannot be read ({reason}); check the file and its permissions")


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes."""


def read_whole(stream: Readable, options: Options) -> bytes:
    """All the bytes of one article. Raises ReadError when there are none, or too many."""
    data = stream.read(options.largest + 1)
    if len(data) > options.largest:
        raise too_large(options)
    if not data.strip():
        raise ReadError("is empty; give a file with an article in it")
    return data


def too_large(options: Options) -> ReadError:
    """The ReadError for an article over the limit."""
    return ReadError(f"is larger than {options.largest // MEBIBYTE} MiB; split it, or raise the limit")


def peek(stream: BinaryIO, size: int = 1 << 16) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that begins with them again."""
    head = stream.read(size)
    if stream.seekable():
        stream.seek(-len(head), io.SEEK_CUR)
        return head, stream
    return head, io.BufferedReader(_Rejoined(head, stream))


class _Rejoined(io.RawIOBase):
    """Bytes already taken from a stream, and then the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        taken = self.head[: len(view)] or self.rest.read(len(view))
        self.head = self.head[len(view) :]
        view[: len(taken)] = taken
        return len(taken)


class _Bounded(io.RawIOBase):
    """The bytes of a file from a start to an end."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self.file = file
        self.left = end - start
        file.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        taken = self.file.read(min(len(view), self.left))
        self.left -= len(taken)
        view[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        self.file.close()
        super().close()
