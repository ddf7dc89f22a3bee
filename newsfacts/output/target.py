"""Where results go: standard output, or a file that appears whole or not at all.

A file is written beside its target under a temporary name, forced to the disk and renamed: whoever reads the target
sees the old content or the new, never half of either, whenever the program is killed. A library that writes a file by
itself gets a temporary folder beside the target, so that whatever else it puts there goes with the folder.
"""

import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from newsfacts.errors import OutputError, QueryError


@contextmanager
def open_target(path: Path | None) -> Iterator[TextIO]:
    """The stream that results are written to: UTF-8 with plain line ends; standard output for None.

    Raises OutputError when the path cannot be written.
    """
    if path is None:
        yield _standard_output()
        return
    check_target(path)
    try:
        with _open_device(path) if _is_special(path) else _open_file(path.resolve()) as stream:
            yield stream
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); name another file with -o") from error


@contextmanager
def open_file(path: Path | None) -> Iterator[Path]:
    """A path that does not exist yet, for a library to write; what it wrote then takes the place of `path`.

    Raises OutputError when the path cannot be written or is none that a file could take the place of.
    """
    if path is None:
        raise OutputError("standard output: takes no binary file; name one with -o")
    check_target(path)
    if _is_special(path):
        raise OutputError(f"{path}: is no ordinary file; name another with -o")
    try:
        with _temporary_file(path.resolve()) as temporary:
            yield temporary
    except (OSError, QueryError) as error:
        what = error.strerror if isinstance(error, OSError) else error
        raise OutputError(f"{path}: cannot be written ({what}); name another file with -o") from error


def check_target(path: Path) -> None:
    """Raise OutputError when the path cannot become a file: known before any input is read."""
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it with -o")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise OutputError(f"{path}: its folder does not exist; make it with `mkdir -p {folder}`")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise OutputError(f"{path}: no permission to write; name another file with -o")


def _is_special(path: Path) -> bool:
    return path.exists() and not stat.S_ISREG(path.stat().st_mode)


def _open_device(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", errors="replace", newline="\n")


@contextmanager
def _open_file(path: Path) -> Iterator[TextIO]:
    temporary = _temporary_name(path)
    try:
        with open(temporary, "x", encoding="utf-8", errors="replace", newline="\n", opener=_open_private) as stream:
            yield stream
        replace_file(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _temporary_file(path: Path) -> Iterator[Path]:
    folder = _temporary_name(path.with_name("newsfacts"))
    try:
        folder.mkdir(0o700)
        temporary = folder / "written"  # in a name of the user's own a library may read signs: `?` is one to DuckDB
        yield temporary
        replace_file(temporary, path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _temporary_name(path: Path) -> Path:
    """A new name beside a path. It is known before there is a file, so that an interruption at any instant leaves none
    behind."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _open_private(path: str, flags: int) -> int:
    """Open a file that nobody else can read before it has the permissions of what it replaces."""
    return os.open(path, flags, 0o600)


def replace_file(written: Path, path: Path) -> None:
    """Let a file that is written, in the same folder, take the place of `path`, in one step and for good."""
    with written.open("rb+") as file:
        os.fsync(file.fileno())
    written.chmod(_mode(path))
    written.replace(path)
    _sync_folder(path.parent)


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those that any new file gets."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # no handle on a folder there; the rename is durable by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _standard_output() -> TextIO:
    """Standard output as UTF-8, but for a terminal, which is written in the encoding it says it has."""
    stream = sys.stdout
    if hasattr(stream, "reconfigure"):
        encoding = stream.encoding if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace", newline="\n")
    return stream
