"""What the options of a command say, or one line on what they should have said."""

import datetime
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from newsfacts.cli.progress import Meter, make_meter
from newsfacts.document.source import MEBIBYTE, Options
from newsfacts.document.words import SEGMENTERS, read_userdict
from newsfacts.errors import NewsfactsError, ReadError
from newsfacts.model import Document, Fact, Kind
from newsfacts.output import EXCEL, FORMATS, SUFFIXES, html, markdown, table
from newsfacts.output.target import check_target
from newsfacts.output.writers import Lines, Stream, Writer

Extract = Callable[[Document], list[Fact]]
"""What finds the facts of a document."""


class UsageError(NewsfactsError):
    """The command was called in a way that it cannot carry out."""


class Split(NamedTuple):
    """Where the output is cut: at so many bytes, or at each input for None."""

    size: int | None


def reading(
    date: str | None,
    encoding: str | None,
    fields: Mapping[str, str | None] | None = None,
    *,
    largest: int = 128,
    files: int = 100_000,
    unpacked: int = 8192,
) -> Options:
    """How inputs are read: `fields` names those of records, `largest` and `unpacked` are in MiB. Raises UsageError."""
    return Options(encoding, parse_date(date), fields or {}, largest * MEBIBYTE, files, unpacked * MEBIBYTE)


def parse_date(text: str | None) -> datetime.date | None:
    """The day that --date names. Raises UsageError."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--date {text}: {error}; write a day as 2022-01-06") from error


def parse_kinds(names: Sequence[str] | None) -> frozenset[Kind]:
    """The kinds that --kind names. Raises UsageError."""
    try:
        return frozenset(Kind(name) for name in names or ())
    except ValueError as error:
        raise UsageError(f"--kind: {error}; choose from {', '.join(Kind)}") from error


def check_segmenter(segmenter: str, userdict: str | None) -> None:
    """Raise UsageError for a segmenter that is none, and LexiconError for such a user dictionary."""
    if segmenter not in SEGMENTERS:
        raise UsageError(f"--segmenter {segmenter}: no such segmenter; choose from {', '.join(SEGMENTERS)}")
    if userdict is not None:
        read_userdict(userdict)


def choose_extract(segmenter: str, userdict: str | None) -> Extract:
    """What finds the facts of a document. Raises as `check_segmenter` does."""
    check_segmenter(segmenter, userdict)
    from newsfacts.extractors import extract_document

    return partial(extract_document, segmenter=segmenter, userdict=userdict)


def choose_format(name: str | None, output: Path | None, *, excel: bool = False) -> str:
    """The name of the format: as given, or by the suffix of the output, or by whether a person reads it."""
    if excel and name is None and output is None:
        return "csv"
    if name is not None:
        if name in FORMATS:
            return name
        raise UsageError(f"--format {name}: no such format; choose from {', '.join(FORMATS)}")
    if output is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    if output.suffix.lower() in SUFFIXES:
        return SUFFIXES[output.suffix.lower()]
    raise UsageError(f"{output}: its suffix names no format; add one of {', '.join(SUFFIXES)}, or say --format")


def choose_writer(form: str, view: table.View, *, excel: bool = False, language: str | None = None) -> Writer:
    """The writer of a format. Raises UsageError.

    `view` is how a table looks, `excel` asks for CSV that suits a spreadsheet, `language` is what a page speaks.
    """
    if excel and form != "csv":
        raise UsageError(f"--excel: is for CSV, and this is {form}; write to a .csv file or say -f csv")
    if language not in (None, *html.LANGUAGES):
        raise UsageError(f"--lang {language}: no such choice; choose from {', '.join(html.LANGUAGES)}")
    viewed: dict[str, Writer] = {
        "table": Stream(partial(table.write, view=view)),
        "markdown": Lines(partial(markdown.render, raw=view.raw)),
        "html": Stream(partial(html.write, language=language)),
    }
    return EXCEL if excel else viewed.get(form, FORMATS[form])


def choose_schema(name: str) -> str:
    """The JSON Schema of this name, as text. Raises UsageError."""
    from newsfacts.output.jsonschema import SCHEMAS

    if name not in SCHEMAS:
        raise UsageError(f"{name}: no such schema; choose from {', '.join(SCHEMAS)}")
    return json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n"


def choose_view(color: str, output: Path | None = None, *, raw: bool = False) -> table.View:
    """How tables look: coloured on a terminal unless NO_COLOR is set, or as --color says. Raises UsageError."""
    if color not in ("auto", "always", "never"):
        raise UsageError(f"--color {color}: no such choice; choose from auto, always, never")
    terminal = output is None and sys.stdout.isatty()
    by_itself = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    colored = by_itself if color == "auto" else color == "always"
    return table.View(raw=raw, color=colored, width=None if terminal else _columns())


def _columns() -> int:
    """The width of a table that no terminal shows."""
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) > 0 else 120


def choose_meter(form: str, color: str, *, quiet: bool, shown: bool) -> Meter:
    """What shows how far a run is, if it is `shown`; without colour it writes no escape sequence. Raises UsageError."""
    if form not in ("auto", "json"):
        raise UsageError(f"--progress {form}: no such choice; choose from auto, json")
    plain = color == "never" or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return make_meter(form, shown=not quiet and (shown or form == "json"), plain=plain)


def choose_manifest(output: Path | None, writer: Writer, manifest: Path | None, *, resume: bool) -> Path | None:
    """Where a run that can be taken up again keeps its manifest; None for any other. Raises UsageError."""
    if not resume and manifest is None:
        return None
    if output is None:
        raise UsageError("--resume: standard output cannot be taken up again; name a file with -o")
    _check_lines("--resume", writer)
    check_target(output)
    if output.exists() and not output.is_file():
        raise UsageError(f"{output}: is no ordinary file; name another with -o")
    return manifest or output.with_name(f"{output.name}.manifest.jsonl")


def choose_split(output: Path | None, writer: Writer, size: int | None, by: str | None) -> Split | None:
    """Where an output is cut into several files, if it is; `size` is in MiB. Raises UsageError."""
    if size is None and by is None:
        return None
    option = "--split-size" if by is None else "--split-by"
    if by not in (None, "input") or (size is not None and by is not None):
        raise UsageError(f"--split-by {by}: no such choice; choose --split-by input, or --split-size")
    if output is None:
        raise UsageError(f"{option}: standard output is one; name a file with -o, as others will be named")
    _check_lines(option, writer)
    return Split(size and size * MEBIBYTE)


def _check_lines(option: str, writer: Writer) -> None:
    if not isinstance(writer, Lines):
        lines = ", ".join(name for name, writer in FORMATS.items() if isinstance(writer, Lines))
        raise UsageError(f"{option}: is for formats of lines; choose one of {lines}")


def refuse_overwriting(output: Path | None, inputs: Iterable[str | ReadError]) -> Iterator[str | ReadError]:
    """Pass the inputs on, and raise UsageError at the output: reading and replacing a file at once loses it."""
    if output is None or not output.exists():
        yield from inputs
        return
    for name in inputs:
        if isinstance(name, str) and os.path.exists(name) and output.samefile(name):  # noqa: PTH110
            raise UsageError(f"{output}: is an input as well; write to another file with -o")
        yield name
