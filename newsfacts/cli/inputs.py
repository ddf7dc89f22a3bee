"""From the arguments of a command to the names of the files it reads: files, `-`, and the articles in folders.

Nothing is opened here and no symbolic link to a folder is followed, so that pipes, devices and loops of links cannot
hold up a walk; what a name turns out to be is told when it is read.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from newsfacts.cli.options import UsageError
from newsfacts.cli.progress import Blank, Meter
from newsfacts.cli.survey import Survey
from newsfacts.document.source import NOT_ARTICLES
from newsfacts.engines.index import Once
from newsfacts.engines.pieces import STDIN
from newsfacts.errors import ReadError

_SEPARATOR = re.compile(rb"[\n\0]")


def find_inputs(
    names: Iterable[str], files_from: str | None = None, glob: str | None = None
) -> Iterator[str | ReadError]:
    """The names of all files to read, each once, in order, as they are found; an error for a folder without any.

    `files_from` is a file that names more, and `glob` (`*.html`, `2022/*`) chooses among a folder's files by their
    name or by their path below the folder. Raises UsageError when `files_from` cannot be read.
    """
    seen = Once()
    listed = _read_list(files_from) if files_from else ()
    for name in chain(names, listed):
        for found in _look(name, glob):
            if isinstance(found, ReadError) or seen.is_new(found):
                yield found


def choose_survey(meter: Meter, names: Sequence[str], files_from: str | None, glob: str | None) -> Survey | None:
    """A survey of the same inputs, if the meter shows anything and they can be gone through twice."""
    if isinstance(meter, Blank) or files_from == STDIN or STDIN in names:
        return None
    return Survey(find_inputs(names, files_from, glob))


def _read_list(path: str) -> Iterator[str]:
    """The names in a list of files as they come: one a line, or separated by NULs as `find -print0` writes them."""
    try:
        with sys.stdin.buffer if path == STDIN else Path(path).open("rb") as stream:
            for name in _split(stream):
                if name.strip():
                    yield os.fsdecode(name.rstrip(b"\r"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); --files-from wants a list of files") from error


def _split(stream: BinaryIO) -> Iterator[bytes]:
    """What stands between separators; the first one that comes tells which they are."""
    separator, rest = b"", b""
    while block := os.read(stream.fileno(), 1 << 16):
        rest += block
        if not separator and (found := _SEPARATOR.search(rest)):
            separator = b"\0" if b"\0" in rest else found[0]
        if separator:
            *whole, rest = rest.split(separator)
            yield from whole
    yield rest


def _look(name: str, glob: str | None) -> Iterator[str | ReadError]:
    if name != STDIN and os.path.isdir(name):  # noqa: PTH112  # a Path would lose `./` and `//` of the name as given
        yield from _walk(name, glob)
    else:
        yield name


def _walk(folder: str, glob: str | None) -> Iterator[str | ReadError]:
    failures: list[OSError] = []
    found = False
    for parent, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files.sort()
        for file in files:
            path = os.path.join(parent, file)  # noqa: PTH118
            if _is_chosen(file, os.path.relpath(path, folder), glob):
                found = True
                yield path
    for error in failures:
        yield ReadError(f"{error.filename}: cannot be read ({error.strerror}); check the folder's permissions")
    if not found and not failures:
        what = f"no file that matches {glob}" if glob else "no articles"
        yield ReadError(f"{folder}: holds {what}; name the files, or choose among them with --glob")


def _is_chosen(name: str, below: str, glob: str | None) -> bool:
    if glob:
        return fnmatch(name, glob) or fnmatch(below, glob)
    return not name.startswith(".") and NOT_ARTICLES.search(name) is None
