"""TSV: tabs between cells and no quotes, for `cut`, `sort` and `awk`.

A tab or a line break in a cell becomes a space, so that a row is a line and a column a field, always.
"""

from collections.abc import Iterable
from typing import Any

from newsfacts.output.cells import read_cell

_SPACES = str.maketrans("\t\n\r", "   ")


def join(rows: Iterable[Iterable[Any]]) -> str:
    r"""Rows of values as lines of TSV.

    >>> join([["text", "value"], ["约12,000\t辆", 12000]])
    'text\tvalue\n约12,000 辆\t12000\n'
    """
    return "".join(["\t".join([read_cell(value).translate(_SPACES) for value in row]) + "\n" for row in rows])
