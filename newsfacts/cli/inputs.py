"""From the arguments of a command to the names of the files it reads: files, `-`, and the articles in folders.

Nothing is opened here and no symbolic link to a folder is followed, so that pipes, devices and loops of links cannot
hold up a walk; what a name turns out to be is told when it is read.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from newsfacts.cli.options import UsageError
from newsfacts.errors import ReadError

STDIN = "-"

_NOT_ARTICLES = re.compile(
    r"""
    \. (?: avi | bmp | gif | ico | jpe?g | m4a | mov | mp[34] | png | svg | tiff? | wav | webm | webp  # pictures, sound
      | docx? | od[ts] | pdf | pptx? | xlsx? | ttf | woff2?                                            # other documents
      | 7z | bz2 | rar | tar | xz | db | duckdb | sqlite                                               # other archives
      | css | dll | exe | js | lock | o | part | pyc? | so | toml | ya?ml                              # programs
      ) $
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""File types that a walk leaves out; named on the command line or matched by --glob they are tried all the same."""


def find_inputs(names: Sequence[str], files_from: str | None = None, glob: str | None = None) -> list[str | ReadError]:
    """The names of all files to read, each once, in order; an error in the place of a folder without any.

    `files_from` is a file that names more, and `glob` (`*.html`, `2022/*`) chooses among a folder's files by their
    name or by their path below the folder. Raises UsageError when `files_from` cannot be read.
    """
    listed = _read_list(files_from) if files_from else []
    return list(dict.fromkeys(found for name in [*names, *listed] for found in _look(name, glob)))


def _read_list(path: str) -> list[str]:
    """The names in a list of files: one a line, or separated by NULs as `find -print0` writes them."""
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); --files-from wants a list of files") from error
    names = os.fsdecode(data).split("\0" if b"\0" in data else "\n")
    return [name.rstrip("\r") for name in names if name.strip()]


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
        for file in sorted(files):
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
    return not name.startswith(".") and _NOT_ARTICLES.search(name) is None
