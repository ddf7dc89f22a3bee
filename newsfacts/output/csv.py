"""CSV: one fact a row, every field its own column, for spreadsheets and data frames.

A row is a line: line breaks and other controls in a cell are replaced, one character by one.
"""

import csv
import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TextIO

from newsfacts.output.encode import plain
from newsfacts.output.records import Result, columns, flat_record

_UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write(results: Iterable[Result], stream: TextIO) -> None:
    """Write a head line with the names of the columns, then a line for each fact."""
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(columns())
    for document, facts in results:
        for fact in facts:
            table.writerow([_cell(value) for value in flat_record(document, fact).values()])


def _cell(value: Any) -> str:
    match value:
        case str():
            return _UNSAFE.sub("\ufffd", value)
        case Decimal():
            return plain(value)
        case bool():
            return "true" if value else "false"
        case None:
            return ""
        case datetime.date():
            return value.isoformat()
    return str(value)
