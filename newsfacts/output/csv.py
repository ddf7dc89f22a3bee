"""CSV for data frames, and CSV that a spreadsheet opens without harm.

A line break in a cell stays one, inside quotes. A spreadsheet takes a cell that begins like a formula for one, even if
it is the name of a company; `join_for_excel` puts an apostrophe before it, which makes it text.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from newsfacts.output.cells import read_cell

MARK = "\ufeff"
"""What a file begins with by which Excel knows UTF-8."""

_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n].", re.DOTALL)
"""The beginning of a formula; one sign alone is none."""


def join(rows: Iterable[Iterable[Any]]) -> str:
    r"""Rows of values as lines of CSV.

    >>> join([["text", "value"], ["约12,000辆", 12000]])
    'text,value\n"约12,000辆",12000\n'
    """
    return _join([read_cell(value) for value in row] for row in rows)


def join_for_excel(rows: Iterable[Iterable[Any]]) -> str:
    r"""The same for spreadsheets: text that looks like a formula begins with an apostrophe.

    >>> join_for_excel([["=1+1", "-3%", -3, "="]])
    "'=1+1,'-3%,-3,=\n"
    """
    return _join([_defuse(value) for value in row] for row in rows)


def _defuse(value: Any) -> str:
    cell = read_cell(value)
    return f"'{cell}" if isinstance(value, str) and _FORMULA.match(cell) else cell


def _join(rows: Iterable[Iterable[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()
