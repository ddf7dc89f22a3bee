"""`docs/reference.md` is what the program itself says; `python -m tests.test_reference` writes it anew."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

import newsfacts
from newsfacts import errors
from newsfacts.cli import ending
from newsfacts.cli.app import app
from newsfacts.output import FORMATS, SUFFIXES
from newsfacts.output.schema import TABLES, VERSION

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference.md"
READMES = ("README.md", "README.zh-CN.md")
WIDTH = 100


def render() -> str:
    """The reference as it should stand."""
    parts = ["# Reference", "What `--help`, the model and the schema say. `make readme` writes this page anew."]
    parts += ["## Commands", *_commands()]
    parts += ["## Formats", _table(("format", "suffix of `-o`"), _formats())]
    parts += [
        "## Errors",
        "What the library raises; the command line shows each as one line.",
        _table(("class", "when"), _errors()),
    ]
    parts += ["## Python", _table(("name", "what"), _names())]
    parts += [
        "## Tables",
        f"Columns of Parquet files and DuckDB databases, version {VERSION}. "
        "CSV and TSV have those of `facts` that stand above `value_double`.",
    ]
    for name, columns in TABLES.items():
        parts += [
            f"### {name}",
            _table(("column", "type", "what"), ((f"`{c.name}`", c.type, c.description) for c in columns)),
        ]
    return "\n\n".join(parts) + "\n"


def command_names() -> list[str]:
    """The commands, as the program has them."""
    return list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def help_of(*command: str) -> str:
    done = CliRunner().invoke(app, [*command, "--help"], prog_name="newsfacts", terminal_width=WIDTH)
    assert done.exit_code == 0
    return "\n".join(line.rstrip() for line in done.output.strip().splitlines())


def _commands() -> Iterator[str]:
    for command in ([], *([name] for name in command_names())):
        yield f"### {' '.join(['newsfacts', *command])}"
        yield f"```text\n{help_of(*command)}\n```"


def _formats() -> Iterator[tuple[str, str]]:
    for name in FORMATS:
        yield f"`{name}`", " ".join(f"`{suffix}`" for suffix, form in SUFFIXES.items() if form == name)


def _errors() -> Iterator[tuple[str, str]]:
    for name, error in inspect.getmembers(errors, inspect.isclass):
        yield f"`{name}`", _first_line(error)


def _names() -> Iterator[tuple[str, str]]:
    for name in newsfacts.__all__:
        thing = getattr(newsfacts, name)
        if inspect.isfunction(thing):
            yield f"`{name}{_bare(inspect.signature(thing))}`", _first_line(thing)
        elif inspect.isclass(thing) and not issubclass(thing, Exception):
            yield f"`{name}`", _first_line(thing)


def _bare(signature: inspect.Signature) -> str:
    """The names of the parameters; those that have a default in brackets."""
    shown = (name if one.default is one.empty else f"[{name}]" for name, one in signature.parameters.items())
    return f"({', '.join(shown)})"


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").splitlines()[0].replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))


def test_the_reference_is_what_the_program_says() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == render(), "make readme writes docs/reference.md anew"


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_command_and_format(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    named = [f"newsfacts {command}" for command in command_names()]
    named += [f"`{next(suffix for suffix, form in SUFFIXES.items() if form == name)}`" for name in FORMATS]
    named.append("docs/reference.md")
    assert not [name for name in named if name not in text]


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_has_every_exit_code(readme: str) -> None:
    codes = {0, *(value for name, value in vars(ending).items() if name.isupper() and isinstance(value, int))}
    shown = re.findall(r"^\| ([\d, ]+) \|", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE)
    assert {int(code) for cell in shown for code in cell.split(",")} == codes


if __name__ == "__main__":
    REFERENCE.parent.mkdir(exist_ok=True)
    REFERENCE.write_text(render(), encoding="utf-8")
