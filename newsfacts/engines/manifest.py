"""The manifest: a line of JSON for each piece that is finished, so that a later run need not do it again.

What comes of a piece depends on its bytes and on the `Stamp`: the version of newsfacts, the words of its lexicon, and
the settings of the run. Where any of them differs, the piece is read again.
"""

import json
import pickle
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import newsfacts.lexicon
from newsfacts import __version__
from newsfacts.engines.failures import Failure
from newsfacts.engines.journal import Place
from newsfacts.engines.pieces import Piece
from newsfacts.engines.work import Outcome, Text, Work, sum_of

Entry = dict[str, Any]
"""A line of the manifest: `input`, `size`, `mtime_ns`, `sha256`, `status` (done or failed), `articles`, `facts`,
`failures`, the stamp, and `place`: where the results stand, `[first byte, length, CRC-32]`. A stretch of a large file
has its `bytes`, a run with --dedupe its `texts`, and as `duplicates` the articles left out, each with the one kept."""

_BEGINNING = b'{"input": '


class Stamp(NamedTuple):
    """What results depend on beside the bytes that were read."""

    version: str
    lexicon: str
    settings: str


def make_stamp(work: Work) -> Stamp:
    """The stamp of work: its settings and the lexicon in 16 hexadecimal digits each."""
    words = sorted(Path(newsfacts.lexicon.__file__).parent.glob("*.toml"))
    userdict = Path(work.userdict).read_bytes() if work.userdict else b""
    options = work.options
    names = sorted((name, field or "") for name, field in options.names.items())
    limits = (options.largest, options.files, options.unpacked)
    settings = (options.encoding, options.date, names, limits, sorted(work.kinds), work.segmenter)
    return Stamp(
        __version__,
        _digest(*(path.read_bytes() for path in words)),
        _digest(repr(settings).encode(), pickle.dumps(work.render, 5), userdict, b"digests" if work.digests else b""),
    )


def _digest(*parts: bytes) -> str:
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def key_of(entry: Entry) -> str:
    """What a piece is found by: its name and where in the file it begins."""
    return f"{entry.get('bytes', (0,))[0]} {entry['input']}"


def key_of_piece(piece: Piece) -> str:
    """The same, of a piece."""
    return f"{piece.stretch.start if piece.stretch else 0} {piece.name}"


def make_entry(outcome: Outcome, stamp: Stamp) -> Entry:
    """The entry of a piece that is finished and has its place."""
    piece = outcome.piece
    entry: Entry = {"input": piece.name}
    if piece.stretch:
        entry["bytes"] = [piece.stretch.start, piece.stretch.end]
    entry |= {"size": piece.size, "mtime_ns": piece.mtime, "sha256": outcome.sha256}
    entry |= {"status": "failed" if outcome.failures else "done"}
    entry |= {"articles": outcome.articles, "facts": outcome.facts}
    lists = {"failures": [failure._asdict() for failure in outcome.failures], "texts": outcome.texts}
    entry |= {name: items for name, items in lists.items() if items}
    if outcome.duplicates:
        entry["duplicates"] = outcome.duplicates
    return entry | stamp._asdict() | {"place": outcome.place}


def is_manifest(path: Path) -> bool:
    """Whether a file begins as a manifest does, or has not begun."""
    with path.open("rb") as file:
        head = file.read(len(_BEGINNING))
    return _BEGINNING.startswith(head)


def parse_entry(line: bytes) -> Entry | None:
    """The entry of a line; None for half a line, as a killed run leaves it."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and {"input", "place", "status"} <= entry.keys() else None


def restore(entry: Entry, piece: Piece) -> Outcome:
    """What came of a piece, by its entry."""
    return Outcome(
        piece,
        articles=entry["articles"],
        facts=entry["facts"],
        failures=[Failure(**failure) for failure in entry.get("failures", ())],
        texts=[Text(*text) for text in entry.get("texts", ())],
        sha256=entry["sha256"],
        duplicates=[(source, kept) for source, kept in entry.get("duplicates", ())],
        place=Place(*entry["place"]),
    )


def is_current(entry: Entry, piece: Piece, stamp: Stamp) -> bool:
    """Whether a piece is still as it was, and would be done as it was."""
    if any(entry.get(name) != value for name, value in stamp._asdict().items()):
        return False
    if entry.get("bytes") != ([piece.stretch.start, piece.stretch.end] if piece.stretch else None):
        return False
    same = (entry["size"], entry["mtime_ns"]) == (piece.size, piece.mtime)
    return same or (entry["sha256"] is not None and entry["sha256"] == sum_of(piece))
