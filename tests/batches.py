"""Runs of `newsfacts` over many inputs, as the tests of batches start them, and how large they are."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ARTICLES = int(os.environ.get("NEWSFACTS_TEST_ARTICLES", "500"))
KILLS = 20
LARGE = 1024 if ARTICLES > 500 else 24
"""The size of a large file of records, in MiB."""

ROOT = Path(__file__).parent.parent
SENTENCE = "全市新开门店300多家，同比增长12%。"

HARM = """
import os, time
from newsfacts.engines import work
read = work.read_closely
def harm(path, **options):
    if "poison" in str(path):
        os.abort()
    if "endless" in str(path):
        os.utime(path, (0, 0))
        time.sleep(60)
    return read(path, **options)
work.read_closely = harm
"""
"""Python that makes a reader crash or hang over inputs of these names, as a library in C might.

What it hangs over is dated to 1970 when it begins.
"""

RECORD = """
from newsfacts.engines import work
read = work.read_closely
def record(path, **options):
    with open("read", "a") as names:
        names.write(options.get("name", "") + chr(10))
    return read(path, **options)
work.read_closely = record
"""
"""Python that keeps a list of what is read."""


def newsfacts(
    folder: Path, *arguments: object, before: str = "", stdin: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run newsfacts in a folder; `before` is Python that is run in the process first."""
    start = ["-c", f"{before}\nfrom newsfacts.cli.app import main\nmain()"] if before else ["-m", "newsfacts"]
    return subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=600 if ARTICLES <= 500 else None,
    )


def entries(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name}：{SENTENCE}", encoding="utf-8")


def sources(output: str) -> list[str]:
    return list(dict.fromkeys(json.loads(line)["source"] for line in output.splitlines()))


def wait_until(holds: Callable[[], object], process: "subprocess.Popen[str]") -> None:
    """Wait for what a process brings about, as long as it runs."""
    while not holds():
        assert process.poll() is None, "it ended before"
        time.sleep(0.01)


def peak(folder: Path, *arguments: str) -> int:
    """The largest memory of a process of a run, in MiB.

    Of the process itself it is VmHWM: its ru_maxrss counts what the tests held when they started it.
    """
    note = """
import atexit, re, resource
def note():
    own = int(re.search("VmHWM:[^0-9]*([0-9]+)", open("/proc/self/status").read())[1])
    peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    open("peak", "w").write(str(peak // 1024))
atexit.register(note)
"""
    assert newsfacts(folder, *arguments, before=note).returncode in (0, 3)
    return int((folder / "peak").read_text())
