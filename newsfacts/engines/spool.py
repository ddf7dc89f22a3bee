"""Bytes that wait for their turn: in memory while they are few, in a temporary file when they are many."""

import io
import shutil
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any, TextIO

from newsfacts.document.source import MEBIBYTE
from newsfacts.engines.scratch import no_room


class Spool:
    """What a piece came out as, until it is written."""

    def __init__(self) -> None:
        self._file: IO[bytes] = io.BytesIO()
        self.size = 0

    def append(self, data: bytes) -> None:
        """Take more bytes. Raises OutputError when there is no room for them."""
        try:
            if self.size <= MEBIBYTE < self.size + len(data):
                self._spill()
            self.size += self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise no_room(error) from error

    def blocks(self, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` on, all of them or so many, a block at a time."""
        left = self.size - start if length is None else length
        self._file.seek(start)
        while left > 0 and (block := self._file.read(min(left, MEBIBYTE))):
            left -= len(block)
            yield block

    def copy(self, stream: TextIO) -> None:
        """Write the bytes, which are whole lines of UTF-8, to a stream of text."""
        self._file.seek(0)
        shutil.copyfileobj(io.TextIOWrapper(self._file, "utf-8", newline=""), stream, MEBIBYTE)

    def unpickle(self) -> Iterator[Any]:
        """The objects that were pickled, if that is what the bytes are."""
        import pickle

        self._file.seek(0)
        while self._file.tell() < self.size:
            yield pickle.load(self._file)

    def close(self) -> None:
        """Let the bytes go."""
        self._file.close()

    def _spill(self) -> None:
        """Go on in a temporary file."""
        self._file.seek(0)
        held, self._file = self._file, TemporaryFile()  # noqa: SIM115  # closed by `close`
        self._file.write(held.read())
