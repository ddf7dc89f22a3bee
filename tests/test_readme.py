"""Every command that the READMEs show gives the output that they show; `python tests/test_readme.py` refreshes them.

A block marked `console` holds commands after `$ `, each with its output; a line that is only `…` stands for lines left
out. A block marked `python` is a doctest.
"""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
LEFT_OUT = "…"
CONSOLE = re.compile(r"(?<=^```console\n)(?:.*\n)*?(?=```$)", re.MULTILINE)
PYTHON = re.compile(r"^```python\n((?:.*\n)*?)```$", re.MULTILINE)


class Shown(NamedTuple):
    """A command as a README shows it, with the lines of its output."""

    command: str
    output: list[str]


def parse_block(block: str) -> list[Shown]:
    shown: list[Shown] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            shown.append(Shown(line[2:], []))
        else:
            shown[-1].output.append(line)
    return shown


def commands(readme: str) -> list[Shown]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return [shown for block in CONSOLE.findall(text) for shown in parse_block(block) if "newsfacts " in shown.command]


def run(command: str) -> list[str]:
    """What a person would see who runs the command in the project's folder, line by line."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return [line.rstrip() for line in done.stdout.splitlines()]


def leave_out(lines: list[str], shown: list[str]) -> list[str]:
    """The lines with as many at the start and at the end as the README shows around what it leaves out."""
    if LEFT_OUT not in shown:
        return lines
    head = shown.index(LEFT_OUT)
    tail = len(shown) - head - 1
    if len(lines) <= head + tail:
        return lines
    return [*lines[:head], LEFT_OUT, *lines[len(lines) - tail :]]


@pytest.mark.parametrize(
    ("readme", "shown"),
    [pytest.param(readme, shown, id=f"{readme}: {shown.command}") for readme in READMES for shown in commands(readme)],
)
def test_a_command_gives_what_the_readme_shows(readme: str, shown: Shown) -> None:
    assert leave_out(run(shown.command), shown.output) == shown.output, "make readme refreshes the output"


@pytest.mark.parametrize("readme", READMES)
def test_python_in_the_readme_runs(readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = "\n".join(PYTHON.findall((ROOT / readme).read_text(encoding="utf-8")))
    examples = doctest.DocTestParser().get_doctest(code, {}, readme, readme, 0)
    assert examples.examples
    told: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(
        examples, out=told.append
    )
    assert not results.failed, "".join(told)


def test_the_readmes_show_the_same_commands() -> None:
    english, chinese = ([shown.command for shown in commands(readme)] for readme in READMES)
    assert english == chinese


def refresh(readme: str) -> None:
    """Write the real output of each command into the README."""

    def fill(match: re.Match[str]) -> str:
        lines: list[str] = []
        for shown in parse_block(match[0]):
            real = leave_out(run(shown.command), shown.output) if "newsfacts " in shown.command else shown.output
            lines += [f"$ {shown.command}", *real]
        return "\n".join(lines) + "\n"

    path = ROOT / readme
    path.write_text(CONSOLE.sub(fill, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for name in READMES:
        refresh(name)
