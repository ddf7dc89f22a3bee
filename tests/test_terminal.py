"""What a person at a terminal sees: tables, colours, progress, and nothing that an article could steer."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from newsfacts.cli.progress import Line, State
from tests.terminal import run_at_terminal


def test_a_terminal_gets_a_table(article: Path) -> None:
    seen = run_at_terminal("extract", str(article))
    assert "Figure" in seen
    assert "229亿元" in seen
    assert "\x1b[1m" in seen


def test_progress_takes_one_line_and_leaves_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = iter(range(100))
    monkeypatch.setattr("time.monotonic", lambda: next(seconds))
    line = Line()
    for articles in (8, 9, 10):
        line.show(State(2, articles))
    line.clear()
    shown = [
        f"{count} articles, 0.0 MB, {speed} a second, 0 facts, 0 failed" for count, speed in ((8, 4), (9, 4), (10, 5))
    ]
    assert capsys.readouterr().err == "".join(f"\r{text}" for text in shown) + "\r" + " " * len(shown[-1]) + "\r"


def test_quick_work_shows_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    line = Line()
    line.show(State(0.1, 1))
    line.clear()
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("option", "environment"), [((), {"NO_COLOR": "1"}), (("--color", "never"), {})])
def test_no_colour_is_no_escape_at_all(article: Path, option: tuple[str, ...], environment: dict[str, str]) -> None:
    assert "\x1b" not in run_at_terminal("extract", str(article), *option, **environment)


def test_an_article_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "hostile\x1b[31m.txt"
    path.write_text("\x1b]0;title\x07\x1b[2J营收229亿元，[red]利润[/img]3亿元。", encoding="utf-8")
    for arguments in (("extract", "--color", "never"), ("extract", "-f", "jsonl"), ("text",), ("explain",)):
        seen = run_at_terminal(arguments[0], str(path), *arguments[1:])
        assert "\x1b" not in seen
        assert "229亿元" in seen


def test_no_argument_at_a_terminal_is_help(tmp_path: Path) -> None:
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "newsfacts", "extract"]
    done = subprocess.run(command, stdin=inside, capture_output=True, cwd=tmp_path, check=False)
    os.close(terminal)
    os.close(inside)
    assert done.returncode == 2
    assert b"Usage: newsfacts extract" in done.stderr
