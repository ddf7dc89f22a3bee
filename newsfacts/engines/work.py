"""What is done with each piece: read its articles, find their facts, render them, and keep an account of it.

`Work` is plain data, so that another process can be told it; `perform` is the same work wherever it is done.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from newsfacts import extractors
from newsfacts.document.article import Reading
from newsfacts.document.reading import read_closely, read_stretch
from newsfacts.document.source import Options, open_file, open_stretch
from newsfacts.engines.articles import extract_kinds, find_facts
from newsfacts.engines.failures import Failure
from newsfacts.engines.journal import Place
from newsfacts.engines.pieces import STDIN, Piece
from newsfacts.engines.spool import Spool
from newsfacts.errors import ReadError
from newsfacts.model import Document, Fact, Kind
from newsfacts.output import jsonl
from newsfacts.output.writers import Lines, Writer

Render = Callable[[Document, Sequence[Fact]], str]
"""Gives an article as whole lines."""

Emit = Callable[[bytes], None]
"""Takes what an article comes out as."""


@dataclass(frozen=True, slots=True)
class Work:
    """How inputs are read, which facts are wanted, and in what form.

    With `render`, of a format of lines, an article comes out as bytes of the output; without it comes out pickled, to
    be written by the one writer. `kinds` are those wanted, or all if there are none. `digests` asks for a `Text` of
    each article, `sums` for the SHA-256 of each piece, `notes` for a `Note` of each article, `traces` for the
    tracebacks of failures.
    """

    options: Options = field(default_factory=Options)
    render: Render | None = jsonl.render
    kinds: frozenset[Kind] = frozenset()
    segmenter: str = "rjieba"
    userdict: str | None = None
    digests: bool = False
    sums: bool = False
    notes: bool = False
    traces: bool = False


class Note(NamedTuple):
    """How an article was read: its source, its form, its encoding and why that one, the number of lines left out."""

    source: str
    form: str
    encoding: str | None
    reason: str | None
    left_out: int


class Text(NamedTuple):
    """What tells an article apart: a digest of its text; and how many facts and how many bytes of output it gave."""

    source: str
    digest: str
    facts: int
    length: int


@dataclass(slots=True)
class Outcome:
    """What came of a piece; `output` holds its articles until they are written.

    `duplicates` pairs the source of each article that stood elsewhere before with the source there; `kept` are the
    ranges (first byte, length) of the output without them, or None for all of it. `place` is where the output stands in
    a ledger's log, and `entry` where its entry stands in the manifest.
    """

    piece: Piece
    articles: int = 0
    facts: int = 0
    failures: list[Failure] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    sha256: str | None = None
    output: Spool | None = None
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[int, int]] | None = None
    place: Place | None = None
    entry: int | None = None


def perform(piece: Piece, work: Work, emit: Emit) -> Outcome:
    """Do the work on a piece: each article is emitted as it is done; the account of all of them is returned."""
    outcome = Outcome(piece, sha256=sum_of(piece) if work.sums else None)
    encode = _encoder(work.render)
    extract = partial(extract_kinds, kinds=work.kinds, segmenter=work.segmenter, userdict=work.userdict)
    for found in find_facts(_read(piece, work), piece.name, extract, traces=work.traces):
        if isinstance(found, Failure):
            outcome.failures.append(found)
            continue
        reading, facts = found
        data = encode(reading.document, facts)
        emit(data)
        _count(outcome, reading, facts, len(data), work)
    return outcome


def warm_up(work: Work) -> None:
    """Load readers, lexicon and segmenter, so that processes that are forked then share the memory."""
    page = "<html><body><p>全年，远山集团净利润达3亿元，同比增长5%。</p></body></html>".encode()
    for reading in read_closely(page):
        if isinstance(reading, Reading):
            extractors.extract_document(reading.document, segmenter=work.segmenter, userdict=work.userdict)


def _read(piece: Piece, work: Work) -> Iterator[Reading | ReadError]:
    if piece.stretch is None:
        return read_closely(piece.path, name=piece.name, options=work.options)
    return read_stretch(piece.path, piece.stretch, name=piece.name, options=work.options)


def render_of(writer: Writer) -> Render | None:
    """What a writer renders articles with, if each is some lines of its own."""
    return writer.render if isinstance(writer, Lines) else None


def _encoder(render: Render | None) -> Callable[[Document, Sequence[Fact]], bytes]:
    if render is not None:
        return lambda document, facts: render(document, facts).encode("utf-8", "replace")
    import pickle

    return lambda document, facts: pickle.dumps((document, facts), pickle.HIGHEST_PROTOCOL)


def note(reading: Reading) -> Note:
    """How an article was read, in short."""
    document = reading.document
    return Note(document.source or STDIN, document.form, document.encoding, reading.reason, len(reading.left_out))


def _count(outcome: Outcome, reading: Reading, facts: list[Fact], length: int, work: Work) -> None:
    document = reading.document
    outcome.articles += 1
    outcome.facts += len(facts)
    if work.notes:
        outcome.notes.append(note(reading))
    if work.digests:
        outcome.texts.append(Text(document.source or outcome.piece.name, _digest(document), len(facts), length))


def _digest(document: Document) -> str:
    """What is the same for two copies of an article: its characters without script, width and spaces."""
    from hashlib import blake2b

    from newsfacts.document.fold import fold

    return blake2b("".join(fold(document.text).split()).encode("utf-8", "replace"), digest_size=16).hexdigest()


def sum_of(piece: Piece) -> str | None:
    """The SHA-256 of the bytes of a piece; None when they cannot be read, which is told when they are."""
    from hashlib import file_digest

    try:
        opened = open_file(piece.path) if piece.stretch is None else open_stretch(piece.path, piece.stretch)
        with opened as file:
            return file_digest(file, "sha256").hexdigest()
    except (OSError, ReadError):
        return None
