"""Whatever call of the system fails while a file is written: the old file is there, or the new one, nothing else."""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsfacts.errors import OutputError
from newsfacts.output import target
from newsfacts.output.target import open_file, open_target

OLD, NEW = "旧\n", "新" * 100_000 + "\n"
REASONS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EINTR, errno.EROFS, errno.EDQUOT]


class FailingDisk(io.FileIO):
    """A file that takes no more bytes than `room`, and then fails for `reason`; an interruption fails but once."""

    room, reason = 1 << 16, errno.ENOSPC

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self.room:
            self.room = self.room if self.reason != errno.EINTR else 1 << 30
            raise OSError(self.reason, os.strerror(self.reason))
        return super().write(data)


def write_stream(path: Path) -> None:
    with open_target(path) as stream:
        stream.write(NEW)


def write_file(path: Path) -> None:
    with open_file(path) as temporary:
        temporary.write_text(NEW, encoding="utf-8")


WAYS = [write_stream, write_file]
CALLS = {
    "open": [(os, "open"), (os, "mkdir")],
    "fsync": [(os, "fsync")],
    "chmod": [(os, "chmod")],
    "rename": [(os, "replace")],
}


def refuse(reason: int) -> Callable[..., Any]:
    def call(*_: object, **__: object) -> Any:
        raise OSError(reason, os.strerror(reason))

    return call


def check(folder: Path, had: bool) -> None:
    """Just the one file, whole."""
    path = folder / "facts.jsonl"
    assert list(folder.iterdir()) == ([path] if had or path.exists() else [])
    if path.exists():
        assert path.read_text(encoding="utf-8") in ((OLD, NEW) if had else (NEW,))


@pytest.mark.parametrize("reason", REASONS, ids=errno.errorcode.get)
@pytest.mark.parametrize("had", [True, False], ids=["replaced", "new"])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("write", WAYS)
def test_a_failing_call_leaves_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None], call: str, had: bool, reason: int
) -> None:
    path = tmp_path / "facts.jsonl"
    if had:
        path.write_text(OLD, encoding="utf-8")
    with monkeypatch.context() as patch:
        for module, name in CALLS[call]:
            patch.setattr(module, name, refuse(reason))
        with pytest.raises(OutputError, match=r"facts\.jsonl: cannot be written \(.+\); name another file with -o"):
            write(path)
    check(tmp_path, had)


def fail_to_write(monkeypatch: pytest.MonkeyPatch, room: int, reason: int) -> None:
    def open_failing(path: Path, mode: str, opener: Any, **options: Any) -> io.TextIOWrapper:
        disk = FailingDisk(path, mode, opener=opener)
        disk.room, disk.reason = room, reason
        return io.TextIOWrapper(io.BufferedWriter(disk), **options)

    monkeypatch.setattr(target, "open", open_failing, raising=False)


@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason != errno.EINTR], ids=errno.errorcode.get)
@pytest.mark.parametrize("room", [0, 1 << 13, 1 << 18])
def test_a_failing_write_leaves_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, reason: int) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(OLD, encoding="utf-8")
    fail_to_write(monkeypatch, room, reason)
    with pytest.raises(OutputError, match="cannot be written"):
        write_stream(path)
    check(tmp_path, had=True)
    assert path.read_text(encoding="utf-8") == OLD


def test_an_interrupted_write_is_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_to_write(monkeypatch, 1 << 13, errno.EINTR)
    write_stream(tmp_path / "facts.jsonl")
    assert (tmp_path / "facts.jsonl").read_text(encoding="utf-8") == NEW


@pytest.mark.parametrize("write", WAYS)
def test_a_folder_that_cannot_be_forced_to_the_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None]
) -> None:
    open_real = os.open

    def open_no_folder(path: Any, *arguments: Any, **options: Any) -> int:
        if Path(path) == tmp_path:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return open_real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", open_no_folder)
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "facts.jsonl")
    assert (tmp_path / "facts.jsonl").read_text(encoding="utf-8") == NEW
