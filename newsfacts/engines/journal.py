"""A file that is only appended to, and cut back to what was appended whole."""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsfacts.document.source import MEBIBYTE


class Place(NamedTuple):
    """Bytes of a journal: where they begin, how many they are, and their CRC-32."""

    start: int
    length: int
    crc32: int


class Journal:
    """An open journal; `end` is where what was appended whole ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("r+b", buffering=0)
        self._reader = path.open("rb")
        self.end = path.stat().st_size

    def append(self, blocks: Iterable[bytes]) -> Place:
        """Write blocks at the end."""
        start = at = self.end
        checksum = 0
        self._file.seek(start)
        for block in blocks:
            checksum = zlib.crc32(block, checksum)
            view = memoryview(block)
            while view:
                written = self._file.write(view)
                view = view[written:]
            at += len(block)
        self.end = at
        return Place(start, at - start, checksum)

    def blocks(self, start: int, length: int) -> Iterator[bytes]:
        """So many bytes, a block at a time; fewer where the journal ends before."""
        self._reader.seek(start)
        while length > 0 and (block := self._reader.read(min(length, MEBIBYTE))):
            length -= len(block)
            yield block

    def holds(self, place: Place) -> bool:
        """Whether the bytes that were written there are there still."""
        checksum = length = 0
        for block in self.blocks(place.start, place.length):
            checksum, length = zlib.crc32(block, checksum), length + len(block)
        return (length, checksum) == (place.length, place.crc32)

    def read_line(self, start: int) -> bytes:
        """The line that begins there."""
        self._reader.seek(start)
        return self._reader.readline()

    def cut(self, end: int) -> None:
        """Leave off what stands behind `end`."""
        self.end = min(end, self.end)
        self._file.truncate(self.end)

    def close(self) -> None:
        """Close the file without what was not appended whole."""
        with self._file, self._reader:
            self.cut(self.end)
