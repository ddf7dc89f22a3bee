"""The text of an article as newsfacts reads it: what every offset is an index into."""

from collections.abc import Callable, Iterable
from typing import TextIO

from newsfacts.cli.options import UsageError
from newsfacts.cli.report import Report
from newsfacts.document.article import Reading
from newsfacts.output.encode import to_json
from newsfacts.output.records import document_record
from newsfacts.output.visible import visible

Show = Callable[[Reading, TextIO], None]


def choose_show(form: str) -> Show:
    """How texts are shown. Raises UsageError."""
    if form in _SHOWS:
        return _SHOWS[form]
    raise UsageError(f"--format {form}: no such format; choose from {', '.join(_SHOWS)}")


def write(readings: Iterable[Reading], show: Show, stream: TextIO, report: Report) -> None:
    """Write the text of each article; a verbose report also gets the lines that were left out."""
    for reading in readings:
        if report.verbose:
            for line in reading.left_out:
                report.say(f"left out: {line}")
        show(reading, stream)


def _show_text(reading: Reading, stream: TextIO) -> None:
    text = reading.document.text
    stream.write(visible(text, lines=True) if stream.isatty() else text)
    if not text.endswith("\n"):
        stream.write("\n")


def _show_json(reading: Reading, stream: TextIO) -> None:
    stream.write(to_json(document_record(reading.document)) + "\n")


_SHOWS: dict[str, Show] = {"text": _show_text, "json": _show_json}
