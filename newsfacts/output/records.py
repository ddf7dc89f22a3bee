"""The shapes of a result: one record a fact, nested as it is, flat for tables of text, or typed as the schema says."""

import calendar
import datetime
import re
from collections.abc import Sequence
from typing import Any

from newsfacts.model import Document, Fact
from newsfacts.output.encode import to_json
from newsfacts.output.schema import FLAT, Type, fits

Result = tuple[Document, Sequence[Fact]]
"""An article and its facts: what every writer takes a stream of."""

_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_NESTED = {
    "change": ("direction", "mode", "basis"),
    "period": ("text", "iso", "start", "end"),
    "per": ("value", "unit"),
}
_DECIMALS = tuple(column.name for column in FLAT if column.type is Type.DECIMAL)
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
    record = fact_record(document, fact)
    if fact.period is not None:
        first, last = days(fact.period.iso)
        record["period"] |= {"start": first, "end": last}
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if key in _NESTED:
            flat |= {f"{key}_{part}": value and value[part] for part in _NESTED[key]}
        else:
            flat[key] = to_json(value) if isinstance(value, list | dict) else value
    return flat


def typed_record(document: Document, fact: Fact) -> dict[str, Any]:
    """A fact as a row of the table `facts` in the schema: flat, with numbers of fixed width beside the exact ones."""
    return fix_widths(flat_record(document, fact))


def fix_widths(flat: dict[str, Any]) -> dict[str, Any]:
    """A flat record with its doubles, and with the decimals that have no room in their columns moved to `exact`.

    >>> from decimal import Decimal
    >>> row = fix_widths({"value": Decimal(2) / Decimal(3), "low": None, "high": Decimal(9), "per_value": None})
    >>> row["value"], row["value_double"], row["exact"], row["high"], row["high_double"]
    (None, 0.6666666666666666, '{"value": 0.6666666666666666666666666667}', Decimal('9'), 9.0)
    """
    numbers = {name: flat[name] for name in _DECIMALS if flat[name] is not None}
    wide = {name: number for name, number in numbers.items() if not fits(number)}
    doubles = {f"{name}_double": float(numbers[name]) if name in numbers else None for name in _DOUBLED}
    return flat | dict.fromkeys(wide) | doubles | {"exact": to_json(wide) if wide else None}


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
