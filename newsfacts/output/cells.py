"""Values as the cells of tables of text: CSV, TSV, Markdown, and the results of queries."""

import re
from decimal import Decimal
from typing import Any

from newsfacts.output.encode import plain, to_json

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What no cell may hold: controls but for tab and line break, Unicode's line separators, lone surrogates."""


def read_cell(value: Any) -> str:
    """The value as text: nothing for None, plain exact digits, ISO dates, JSON for lists and objects.

    >>> [read_cell(value) for value in (None, True, Decimal("2.29E+10"), 0.1, "229亿元", [3, 8])]
    ['', 'true', '22900000000', '0.1', '229亿元', '[3, 8]']
    """
    match value:
        case None:
            return ""
        case str():
            return CONTROLS.sub("\ufffd", value)
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case float():
            return plain(Decimal(repr(value)))
        case list() | dict():
            return to_json(value)
    return str(value)
