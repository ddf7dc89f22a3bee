"""CSV and TSV: a line of names, and a document in every row below it."""

import csv
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from newsfacts.document.fields import usual_names
from newsfacts.document.records import Origin, Result, bounded_lines, name_text_field, open_text, read_record
from newsfacts.document.source import Options
from newsfacts.errors import ReadError

_DELIMITERS = ",;\t|"


def read_table(stream: BinaryIO, name: str, options: Options) -> Iterator[Result]:
    """The documents of a CSV or TSV file; the line of names tells what separates the cells.

    Raises ReadError when no column is named as the text.
    """
    csv.field_size_limit(options.largest)
    lines, encoding = open_text(stream, options, newline="")
    with lines:
        first = lines.readline()
        separator = max(_DELIMITERS, key=first.count)
        names = next(csv.reader([first], delimiter=separator))
        check_names(names, options)
        origin = Origin(name, encoding, options)
        rows = csv.reader(bounded_lines(lines, options), delimiter=separator)
        try:
            yield from (_read_row(row, names, rows.line_num + 1, origin) for row in rows if row)
        except csv.Error as error:
            yield ReadError(f"{name}#{rows.line_num + 1}: cannot be read on ({error}); mend the quotes there")


def check_names(names: Sequence[str], options: Options) -> None:
    """Raise ReadError unless one of the columns holds the text, by the options or by a usual name."""
    wanted = options.names.get("text")
    known = {wanted} if wanted else set(usual_names()["text"])
    if known.isdisjoint(names if wanted else (name.strip().lower() for name in names)):
        raise ReadError(f"has no column {name_text_field(options)}; name the text's column with --text-field")


def _read_row(row: Sequence[str], names: Sequence[str], line: int, origin: Origin) -> Result:
    if len(row) > len(names):
        cells = f"{len(row)} cells under {len(names)} names"
        return ReadError(f"{origin.name}#{line}: has {cells}; put a text with separators in quotes")
    return read_record(dict(zip(names, row, strict=False)), line, origin)
