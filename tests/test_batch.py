"""Batches: many processes and the same bytes, runs that are killed and taken up again, inputs that do harm.

`make test-batch` runs all of it over 20 000 articles in the place of 500.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.archive import write_archive

ARTICLES = int(os.environ.get("NEWSFACTS_TEST_ARTICLES", "500"))
KILLS = 20
ROOT = Path(__file__).parent.parent

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder / "news", ARTICLES)
    return folder


@pytest.fixture(scope="module")
def clean(archive: Path) -> bytes:
    """What one clean run in one process gives."""
    done = newsfacts(archive, "extract", "news", "-o", "clean.jsonl", "-j", "1")
    assert done.returncode == 3
    return (archive / "clean.jsonl").read_bytes()


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
        timeout=600,
    )


def entries(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("jobs", [2, 7])
def test_every_number_of_processes_gives_the_same_bytes(archive: Path, clean: bytes, jobs: int) -> None:
    done = newsfacts(archive, "extract", "news", "-o", f"jobs-{jobs}.jsonl", "-j", jobs)
    assert done.returncode == 3
    assert (archive / f"jobs-{jobs}.jsonl").read_bytes() == clean


def test_a_killed_run_is_taken_up_again(archive: Path, clean: bytes) -> None:
    arguments = ["extract", "news", "-o", "killed.jsonl", "--resume", "-j", "2"]
    seconds = 0.2 * ARTICLES / 500
    killing = [sys.executable, "-m", "tests.killing", str(KILLS), str(seconds), "5", *arguments]
    done = subprocess.run(killing, cwd=archive, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 3
    assert (archive / "killed.jsonl").read_bytes() == clean
    assert not (archive / "killed.jsonl.partial").exists()
