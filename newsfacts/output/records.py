"""The shapes of a result: one record a fact, nested as it is, flat for tables of text, or typed as the schema says."""

import calendar
import dataclasses
import datetime
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from newsfacts.model import Document, Fact
from newsfacts.output.encode import to_json
from newsfacts.output.schema import FLAT, Type, fits, fix_places

Result = tuple[Document, Sequence[Fact]]
"""An article and its facts: what every writer takes a stream of."""

_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_KEYS = ("source", "title", "published", *(field.name for field in dataclasses.fields(Fact)))
_PARTS = {"change": ("direction", "mode", "basis"), "period": ("text", "iso"), "per": ("value", "unit")}
_DECIMALS = tuple(column.name for column in FLAT if column.type is Type.DECIMAL)
_LARGEST_POWER = 10_000
"""A power of ten beyond this is no number of an article, and would fill the memory with noughts."""
_DOUBLED = ("value", "low", "high")


def fact_record(document: Document, fact: Fact) -> dict[str, Any]:
    """A fact with where it comes from, in the key order of the JSON Lines output."""
    origin = {"source": document.source, "title": document.title, "published": document.published}
    return origin | fact.to_dict()


def document_record(document: Document) -> dict[str, Any]:
    """How a document was read, without its facts."""
    return {
        "source": document.source,
        "title": document.title,
        "author": document.author,
        "origin": document.origin,
        "site": document.site,
        "published": document.published,
        "url": document.url,
        "language": document.language,
        "encoding": document.encoding,
        "form": document.form,
        "text": document.text,
    }


def flat_record(document: Document, fact: Fact) -> dict[str, Any]:
    """A fact without nesting: objects become columns (`change_direction`), lists their JSON.

    `period_start` and `period_end` are the first and the last day of `period_iso`.
    """
    return flatten(fact_record(document, fact))


def flatten(record: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a record as `fact_record` gives it; a key that it lacks is a column of None."""
    flat: dict[str, Any] = {}
    for key in _KEYS:
        value = record.get(key)
        if key in _PARTS:
            flat |= {f"{key}_{part}": None if value is None else value.get(part) for part in _PARTS[key]}
        else:
            flat[key] = to_json(value) if isinstance(value, list | dict) else value
        if key == "period":
            flat["period_start"], flat["period_end"] = days(flat["period_iso"])
    return flat


def nest(row: Mapping[str, Any]) -> dict[str, Any]:
    """The record in a row of the table `facts`, as `fact_record` gives it: the reverse of `typed_record`."""
    flat = {**row, **read_json(row["exact"] or "{}")}
    record: dict[str, Any] = {}
    for key in _KEYS:
        if key in _PARTS:
            value = {part: flat[f"{key}_{part}"] for part in _PARTS[key]}
            record[key] = None if all(part is None for part in value.values()) else value
        else:
            record[key] = read_json(flat[key]) if key in ("parts", "evidence") and flat[key] else flat[key]
    return record


def read_json(text: str) -> Any:
    """JSON with its numbers as exact decimals. Raises ValueError for what is none.

    >>> read_json('{"value": 0.3333333333333333333333333333}')
    {'value': Decimal('0.3333333333333333333333333333')}
    """
    return _DECODER.decode(text)


def _read_number(digits: str) -> Decimal:
    number = Decimal(digits)
    if abs(number.adjusted()) > _LARGEST_POWER:
        raise ValueError(f"{digits[:20]} is no number that can be written out")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


_DECODER = json.JSONDecoder(parse_float=_read_number, parse_int=Decimal, parse_constant=_refuse)


def typed_record(document: Document, fact: Fact) -> dict[str, Any]:
    """A fact as a row of the table `facts` in the schema: flat, with numbers of fixed width beside the exact ones."""
    return fix_widths(flat_record(document, fact))


def fix_widths(flat: dict[str, Any]) -> dict[str, Any]:
    """A flat record with its doubles, and with the decimals that have no room in their columns moved to `exact`.

    The other decimals get all their places, so that whoever looks at some only sees the type of all.

    >>> row = fix_widths({"value": Decimal(2) / Decimal(3), "low": None, "high": Decimal(9), "per_value": None})
    >>> row["value"], row["value_double"], row["exact"], row["high"], row["high_double"]
    (None, 0.6666666666666666, '{"value": 0.6666666666666666666666666667}', Decimal('9.000000000'), 9.0)
    """
    numbers = {name: flat[name] for name in _DECIMALS if flat[name] is not None}
    wide = {name: number for name, number in numbers.items() if not fits(number)}
    fixed = {name: None if name in wide else fix_places(number) for name, number in numbers.items()}
    doubles = {f"{name}_double": float(numbers[name]) if name in numbers else None for name in _DOUBLED}
    return flat | fixed | doubles | {"exact": to_json(wide) if wide else None}


def days(iso: str | None) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day of an EDTF period; an end that is open or finer than EDTF's days is None.

    >>> days("2022-01/2022-06")
    (datetime.date(2022, 1, 1), datetime.date(2022, 6, 30))
    >>> days("2021")
    (datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
    """
    if iso is None:
        return None, None
    first, _, last = iso.partition("/")
    return _day(first, last=False), _day(last or first, last=True)


def _day(iso: str, *, last: bool) -> datetime.date | None:
    match = _EDTF.fullmatch(iso)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    try:
        if match[3] or not last:
            return datetime.date(year, month, int(match[3] or 1))
        return datetime.date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:  # no such day: 2021-02-30, or a season, 2021-21
        return None
