"""JSON text with exact numbers.

The standard encoder knows no `Decimal`: its way there is a float, which rounds. Here a number is written digit by digit
as the article gave it: integers as integers, decimals as plain decimals, never an exponent. Text is written as it is,
but for what could break a line or steer a terminal: controls, the line separators of Unicode, marks that reorder text
and lone surrogates are escaped, so that every line is one record to every reader and reads back as the same text.
"""

import datetime
import math
import re
from collections.abc import Callable
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(number: Decimal) -> str:
    """The number in plain digits, exactly.

    >>> plain(Decimal("2.29E+10")), plain(Decimal("0.50")), plain(Decimal("-4.0"))
    ('22900000000', '0.5', '-4')
    """
    digits = str(number)
    if "E" in digits:
        digits = f"{number:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def to_json(value: object) -> str:
    r"""Plain data (None, bool, int, float, Decimal, str, date, list, dict) as one line of JSON, keys in their order.

    Raises KeyError for any other type.

    >>> to_json({"text": "229亿元", "value": Decimal("2.29E+10"), "span": [3, 8], "per": None})
    '{"text": "229亿元", "value": 22900000000, "span": [3, 8], "per": null}'
    >>> print(to_json("一\u2028二\x9b"))
    "一\u2028二\u009b"
    """
    return _UNSAFE.sub(_escape, _WRITERS[value.__class__](value))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _object(value: dict[str, Any]) -> str:
    pairs = [_KEYS[key] + ("null" if item is None else _WRITERS[item.__class__](item)) for key, item in value.items()]
    return "{" + ", ".join(pairs) + "}"


def _array(value: list[Any]) -> str:
    return "[" + ", ".join([_WRITERS[item.__class__](item) for item in value]) + "]"


class _Keys(dict[str, str]):
    """The names of fields as they are written, each worked out once: all records share them."""

    def __missing__(self, key: str) -> str:
        written = self[key] = f"{encode_basestring(key)}: "
        return written


_KEYS = _Keys()
_WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    Decimal: plain,
    int: int.__repr__,
    float: lambda number: plain(Decimal(repr(number))) if math.isfinite(number) else "null",
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
    dict: _object,
    list: _array,
    datetime.date: lambda day: f'"{day.isoformat()}"',
}
