"""Whatever call of the system fails during a run: one line, an exit code, and the next run gives what a clean one does.

Every call that a run makes to write (open, write, cut, force to the disk, rename, permit, make a folder) fails in turn.
"""

import builtins
import errno
import gc
import io
import itertools
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsfacts.cli import app
from newsfacts.engines import ledger, spool
from newsfacts.engines.index import Index
from newsfacts.errors import OutputError
from tests.batches import write

REASONS = {errno.ENOSPC: 1, errno.EINTR: 1, errno.EIO: 5, errno.EACCES: 7}
"""Why calls fail, and which of them: each, or each so-manieth."""

NAMES = ("a.txt", "b.txt", "c.txt")
BROKEN = "d.jsonl"
TEMPORARY = ".temporary"
MANIFEST = "facts.jsonl.manifest.jsonl"
RESUMED = ["extract", *NAMES, BROKEN, "-o", "facts.jsonl", "--resume", "-q"]
RUNS = {
    "resumed": RESUMED,
    "deduped": [*RESUMED, "--dedupe"],
    "failures": [*RESUMED, "--errors", "errors.jsonl"],
    "at once": ["extract", *NAMES, BROKEN, "-o", "facts.jsonl", "-q", "--errors", "errors.jsonl"],
    "split": ["extract", *NAMES, BROKEN, "-o", "facts.jsonl", "--split-by", "input", "-q"],
    "page": ["extract", *NAMES, BROKEN, "-o", "facts.html", "-q"],
}


class Calls:
    """Calls of the system, counted: the one numbered `failing` fails, and all of its kind after, if not interrupted."""

    made, failing, reason = 0, 0, errno.ENOSPC
    failed: str | None = None

    def begin(self, failing: int = 0, reason: int = errno.ENOSPC) -> None:
        self.made, self.failing, self.reason, self.failed = 0, failing, reason, None

    def make(self, what: str) -> None:
        self.made += 1
        again = self.failed == what and self.reason != errno.EINTR
        if self.made == self.failing:
            self.failed = what
        if again or self.made == self.failing:
            raise OSError(self.reason, os.strerror(self.reason))


class Disk(io.FileIO):
    """A file whose writes are counted."""

    calls: Calls

    def write(self, data: Any, /) -> int:
        self.calls.make("write")
        return super().write(data)

    def truncate(self, size: int | None = None, /) -> int:
        self.calls.make("truncate")
        return super().truncate(size)


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    """The calls that are made for files below this test's folder, and for temporary ones."""
    counted = Calls()
    names = (tmp_path / f"{number}{TEMPORARY}" for number in itertools.count())
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.chdir(tmp_path)
    patch_open(monkeypatch, counted, tmp_path)
    for name in ("fsync", "replace", "chmod", "mkdir"):
        monkeypatch.setattr(os, name, counting(getattr(os, name), name, counted))
    for module in (ledger, spool):
        monkeypatch.setattr(module, "TemporaryFile", lambda: next(names).open("w+b"))
    monkeypatch.setattr(spool, "MEBIBYTE", 100)
    yield counted
    counted.begin()
    gc.collect()  # closes the temporary files, as the end of a run does
    signal.signal(signal.SIGTERM, before)


def counting(real: Callable[..., Any], name: str, calls: Calls) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        calls.make(name)
        return real(*arguments, **options)

    return call


def patch_open(monkeypatch: pytest.MonkeyPatch, calls: Calls, folder: Path) -> None:
    real = builtins.open

    def opened(
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        ours = isinstance(file, str | Path) and Path(os.path.abspath(file)).is_relative_to(folder)  # noqa: PTH100
        if not ours or not set(mode) & set("wxa+"):
            return real(file, mode, buffering, encoding, errors, newline, closefd, opener)
        calls.make("open")
        disk = Disk(os.fspath(file), mode.replace("b", ""), opener=opener)
        disk.calls = calls
        if buffering == 0:
            return disk
        buffered = io.BufferedRandom(disk) if "+" in mode else io.BufferedWriter(disk)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline, buffering == 1)

    monkeypatch.setattr(builtins, "open", opened)
    monkeypatch.setattr(io, "open", opened)


def run(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> int:
    monkeypatch.setattr(sys, "argv", ["newsfacts", *arguments])
    with pytest.raises(SystemExit) as ended:
        app.main()
    return int(ended.value.code or 0)


def prepare_inputs(folder: Path) -> None:
    write(folder, *NAMES)
    (folder / BROKEN).write_text('{"text": "客流2万人次"}\n{broken\n', encoding="utf-8")


def outputs(folder: Path) -> dict[str, bytes]:
    """The files that the inputs were not, but for the manifest, which holds times."""
    others = {*NAMES, BROKEN, MANIFEST}
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != TEMPORARY)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if path.name not in others}


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("reason", REASONS, ids=errno.errorcode.get)
@pytest.mark.parametrize("kind", RUNS)
def test_a_run_whose_call_fails_is_made_good_by_the_next(
    calls: Calls,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    reason: int,
) -> None:
    prepare_inputs(tmp_path)
    calls.begin()
    assert run(monkeypatch, RUNS[kind]) == 3
    clean, calls_of_a_run = outputs(tmp_path), calls.made
    for number in range(1, calls_of_a_run + 1, REASONS[reason]):
        take_away(tmp_path)
        calls.begin(number, reason)
        capsys.readouterr()
        code = run(monkeypatch, RUNS[kind])
        where = f"{calls.failed}, call {number}"
        calls.begin()
        told = capsys.readouterr().err
        if code == 3:  # Python itself has tried again, or found the folder that it could not make
            assert outputs(tmp_path) == clean, where
        else:
            check_told(told, code, where)
        assert run(monkeypatch, RUNS[kind]) == 3
        assert outputs(tmp_path) == clean, where


def take_away(folder: Path) -> None:
    for path in outputs(folder):
        (folder / path).unlink()
    (folder / MANIFEST).unlink(missing_ok=True)


def check_told(told: str, code: int, where: str) -> None:
    """One line on what failed, beside those on inputs, and its code."""
    lines = [line for line in told.splitlines() if BROKEN not in line]
    assert code == 2, (where, told)
    assert len(lines) == 1, (where, told)
    assert "cannot be written (" in lines[0], (where, told)
    assert "; " in lines[0]


def test_an_index_without_room_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index()
    index._rows.execute("PRAGMA max_page_count = 4")
    with pytest.raises(OutputError, match=r"temporary files cannot be written \(.*full.*\); make room"):
        for number in range(10_000):
            index.put(f"{number}.txt", "x" * 100)
