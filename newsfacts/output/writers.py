"""What a format can be: lines, a stream of text, or a file of its own making.

The three differ in what a run may do with them. Lines can be rendered article by article, in any process, and joined or
appended to; a stream is written from its first result to its last; a file wants a path, and is complete at the end.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from newsfacts.model import Document, Fact
from newsfacts.output.records import Result, flat_record
from newsfacts.output.schema import FLAT


class Lines(NamedTuple):
    """A format in which an article is some whole lines, with nothing between articles; `header` comes first, once."""

    render: Callable[[Document, Sequence[Fact]], str]
    header: str = ""


class Stream(NamedTuple):
    """A format of text that takes its results one after the other."""

    write: Callable[[Iterable[Result], TextIO], None]


class File(NamedTuple):
    """A format that a library writes, into a file that does not exist yet."""

    write: Callable[[Iterable[Result], Path], None]


Writer = Lines | Stream | File


def flat_lines(join: Callable[[Iterable[Iterable[Any]]], str], mark: str = "") -> Lines:
    """The format of flat facts in rows, by what joins rows of values to lines; `mark` begins a file."""
    return Lines(partial(_render, join), mark + join([[column.name for column in FLAT]]))


def _render(join: Callable[[Iterable[Iterable[Any]]], str], document: Document, facts: Sequence[Fact]) -> str:
    return join(flat_record(document, fact).values() for fact in facts)
