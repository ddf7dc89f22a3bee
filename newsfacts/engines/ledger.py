"""An output that can be taken up again: a log of results beside the file it will be, and a manifest of what they are.

The log (`facts.jsonl.partial`) is only ever appended to, and an entry of the manifest is written after the results that
it tells of. So a run may be killed at any instant: the next one cuts off what no entry tells of, and takes the results
of every piece that is still as it was from the log. Each entry holds a checksum of its results; what does not agree is
done again. At the end the log becomes the output: by its name alone where its results stand in the order of the inputs,
else by copying them in that order.
"""

import json
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple, Self

from newsfacts.engines.index import Index
from newsfacts.engines.journal import Journal, Place
from newsfacts.engines.manifest import (
    Entry,
    Stamp,
    is_current,
    is_manifest,
    key_of,
    key_of_piece,
    make_entry,
    parse_entry,
    restore,
)
from newsfacts.engines.pieces import Piece
from newsfacts.engines.work import Outcome
from newsfacts.errors import OutputError
from newsfacts.output.target import replace_file

_RANGE = struct.Struct("<QQQ")


class Range(NamedTuple):
    """Results of a piece: where they stand in the log, how many bytes they are, and where the piece's entry stands."""

    start: int
    length: int
    entry: int


class Part(NamedTuple):
    """A piece's part of the output: the piece's entry, how many bytes, and the bytes."""

    entry: Entry
    size: int
    blocks: Iterable[bytes]


class Ledger:
    """The log and the manifest of one output, taken up where the last run left them."""

    def __init__(self, log: Path, manifest: Path, header: str, stamp: Stamp, finished: Path | None = None) -> None:
        """`finished` is the output of an earlier run with this manifest, which serves as log where there is none.

        Raises OutputError when there is a file in the place of the manifest that is none.
        """
        if manifest.is_file() and not is_manifest(manifest):
            raise OutputError(f"{manifest}: is no manifest; name another file with --manifest")
        self._log_path = log
        self._manifest_path = manifest
        self._header = header.encode()
        self._stamp = stamp
        self._finished = finished

    def __enter__(self) -> Self:
        with ExitStack() as files:
            self._open(files)
            self._files = files.pop_all()
        return self

    def _open(self, files: ExitStack) -> None:
        self._index = Index()
        self._order = files.enter_context(TemporaryFile())  # noqa: SIM115
        self._in_order = len(self._header)
        if self._finished and self._finished.is_file() and not self._log_path.exists() and self._manifest_path.exists():
            shutil.copyfile(self._finished, self._log_path)
        if not self._is_log() or not self._manifest_path.exists():
            self._log_path.write_bytes(self._header)
            self._manifest_path.write_bytes(b"")
        self._log = files.enter_context(closing(Journal(self._log_path)))
        self._entries = files.enter_context(closing(Journal(self._manifest_path)))
        self._load()

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def _is_log(self) -> bool:
        if not self._log_path.exists():
            return False
        with self._log_path.open("rb") as log:
            return log.read(len(self._header)) == self._header

    def _load(self) -> None:
        """Note where each piece's entry stands, and cut off what no entry tells of."""
        at, end = 0, len(self._header)
        with self._manifest_path.open("rb") as lines:
            for line in lines:
                entry = parse_entry(line) if line.endswith(b"\n") else None
                if entry is None:
                    break
                self._index.put(key_of(entry), str(at))
                start, length, _ = entry["place"] or (0, 0, 0)
                end, at = max(end, start + length), at + len(line)
        self._entries.cut(at)
        self._log.cut(end)

    def recall(self, items: Iterable[Piece | Outcome], *, retry_failed: bool = False) -> Iterator[Piece | Outcome]:
        """The items, but for each piece that is still as it was, what came of it."""
        for item in items:
            yield (self._find(item, retry_failed) or item) if isinstance(item, Piece) else item

    def _find(self, piece: Piece, retry_failed: bool) -> Outcome | None:
        at = self._index.get(key_of_piece(piece))
        entry = parse_entry(self._entries.read_line(int(at))) if at else None
        if not entry or not entry["place"] or (retry_failed and entry["status"] == "failed"):
            return None
        if not self._log.holds(Place(*entry["place"])) or not is_current(entry, piece, self._stamp):
            return None
        outcome = restore(entry, piece)
        outcome.entry = int(at or 0)
        return outcome

    def commit(self, outcome: Outcome) -> None:
        """Write what came of a piece, and then that it is done."""
        if outcome.place is None:
            outcome.place = self._log.append(outcome.output.blocks() if outcome.output else ())
        if outcome.output is not None:
            outcome.output.close()
        if outcome.entry is None:
            entry = make_entry(outcome, self._stamp)
            outcome.entry = self._entries.append([(json.dumps(entry) + "\n").encode()]).start
        start, whole, _ = outcome.place
        for first, length in [(0, whole)] if outcome.kept is None else outcome.kept or [(0, 0)]:
            self._order.write(_RANGE.pack(start + first, length, outcome.entry))
            self._in_order = self._in_order + length if start + first == self._in_order else -1

    def finish(self, output: Path) -> None:
        """Turn the log into the output."""
        if self._in_order == self._log.end:
            replace_file(self._log_path, output)
        else:
            self._assemble(output)

    def parts(self) -> Iterator[Part]:
        """The results of each piece, in the order of the output."""
        for at, ranges in groupby(self._ranges(), key=lambda found: found.entry):
            entry = parse_entry(self._entries.read_line(at)) or {}
            own = list(ranges)
            blocks = (block for found in own for block in self._log.blocks(found.start, found.length))
            yield Part(entry, sum(found.length for found in own), blocks)

    def _assemble(self, output: Path) -> None:
        """Copy the results in their order, and tell their new places in a new manifest."""
        results, entries = (path.with_name(f"{path.name}.new") for path in (self._log_path, self._manifest_path))
        with results.open("wb") as log, entries.open("wb") as manifest:
            log.write(self._header)
            for entry, size, blocks in self.parts():
                start, checksum = log.tell(), 0
                for block in blocks:
                    log.write(block)
                    checksum = zlib.crc32(block, checksum)
                place = None if entry.get("duplicates") else Place(start, size, checksum)  # copies may be wanted later
                manifest.write((json.dumps(entry | {"place": place}) + "\n").encode())
        replace_file(results, output)
        self._log_path.unlink()
        replace_file(entries, self._manifest_path)

    def _ranges(self) -> Iterator[Range]:
        self._order.seek(0)
        while data := self._order.read(_RANGE.size):
            yield Range(*_RANGE.unpack(data))
