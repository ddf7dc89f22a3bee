"""CSV: one fact a row, every field its own column, for spreadsheets and data frames.

A row is a line: line breaks and other controls in a cell are replaced, one character by one.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from newsfacts.model import Document, Fact
from newsfacts.output.encode import plain
from newsfacts.output.records import flat_record
from newsfacts.output.schema import FLAT

_UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def render(document: Document, facts: Sequence[Fact]) -> str:
    """Each fact of an article as a row."""
    return _rows([_cell(value) for value in flat_record(document, fact).values()] for fact in facts)


def _rows(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


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


HEADER = _rows([[column.name for column in FLAT]])
"""The names of the columns."""
