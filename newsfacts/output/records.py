"""The two shapes of a result: one record a fact, nested as it is or flat for tables of columns."""

import calendar
import dataclasses
import datetime
import re
from collections.abc import Sequence
from typing import Any

from newsfacts.model import Document, Fact
from newsfacts.output.encode import to_json

Result = tuple[Document, Sequence[Fact]]
"""An article and its facts: what every writer takes a stream of."""

_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_NESTED = {
    "change": ("direction", "mode", "basis"),
    "period": ("text", "iso", "start", "end"),
    "per": ("value", "unit"),
}


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


def columns() -> list[str]:
    """The names of the columns of `flat_record`, in order."""
    keys = ["source", "title", "published", *(field.name for field in dataclasses.fields(Fact))]
    return [name for key in keys for name in ([f"{key}_{part}" for part in _NESTED[key]] if key in _NESTED else [key])]


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
