"""What the fields of front matter and records are called, and how their values read."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from newsfacts.document.dates import parse_date

_READ = ("title", "date", "author", "url", "origin", "site")


@cache
def usual_names() -> Mapping[str, list[str]]:
    """The usual names of each field, the surest first, and of the list of records in an object."""
    import tomllib  # not needed for an article without fields

    return tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))


class Fields(NamedTuple):
    """The metadata of an article, as its file gives it."""

    title: str | None = None
    published: date | None = None
    author: str | None = None
    url: str | None = None
    origin: str | None = None
    site: str | None = None


def find_field(record: Mapping[str, Any], field: str, name: str | None = None) -> Any:
    """The value of a field under `name`, or else under the first of its usual names that holds something."""
    if name is not None:
        return record.get(name)
    lowered = {str(key).strip().lower(): value for key, value in record.items()}
    return next((lowered[usual] for usual in usual_names()[field] if lowered.get(usual) not in (None, "")), None)


def read_fields(record: Mapping[str, Any], names: Mapping[str, str | None] | None = None) -> Fields:
    """The metadata in a record; `names` gives the record's own name for a field (`{"title": "标题一"}`).

    >>> fields = read_fields({"Title": " 港口吞吐量创新高 ", "date": "2023-04-05 08:00", "authors": ["林一", "陈二"]})
    >>> fields.title, fields.published, fields.author
    ('港口吞吐量创新高', datetime.date(2023, 4, 5), '林一 陈二')
    """
    own = names or {}
    title, day, author, url, origin, site = (find_field(record, field, own.get(field)) for field in _READ)
    return Fields(one_line(title), parse_date(day), _names(author), one_line(url), _outlet(origin), _outlet(site))


def one_line(value: object) -> str | None:
    """A value as a line of text: white space folded; None for nothing, and for what is not a single value."""
    if not isinstance(value, str | int | float | date):
        return None
    return " ".join(mend(str(value)).split()) or None


def mend(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON and YAML can escape into a text but no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _outlet(value: Any) -> str | None:
    """The name of an outlet; a field of that name may hold its address instead."""
    name = _names(value)
    return None if name is None or "://" in name else name


def _names(value: Any) -> str | None:
    entries = value if isinstance(value, list | tuple) else [value]
    names = (one_line(entry.get("name") if isinstance(entry, Mapping) else entry) for entry in entries)
    return " ".join(dict.fromkeys(filter(None, names))) or None
