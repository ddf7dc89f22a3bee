"""What a page says about its article: the headline as printed, the day, the author, the outlets, the address.

Each is looked for in several places: what the page declares for machines (JSON-LD, Open Graph, meta tags), what it
prints around the headline, its address. They check each other: the headline is a printed line that `<title>` holds, and
the day is one that two places agree on, if any do.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from newsfacts.document.byline import (
    find_byline,
    find_origin,
    find_outlets,
    find_signature,
    first_origin,
    is_house,
    is_person,
)
from newsfacts.document.dates import make_date, parse_date
from newsfacts.document.fields import Fields, one_line, read_fields
from newsfacts.document.fold import fold
from newsfacts.document.html import squeeze
from newsfacts.document.weigh import Line


class _Names(NamedTuple):
    title_tags: list[str]
    date_tags: list[str]
    change_tags: list[str]
    author_tags: list[str]
    origin_tags: list[str]
    site_tags: list[str]
    url_tags: list[str]
    date_labels: list[str]
    change_labels: list[str]
    title_labels: list[str]


@cache
def _names() -> _Names:
    names = tomllib.loads(Path(__file__).with_name("page.toml").read_text(encoding="utf-8"))
    return _Names(**{field: names[field] for field in _Names._fields})


class Clues(NamedTuple):
    """A page, its lines, and where among them the body begins, has its first prose, and ends."""

    root: etree._Element
    markup: str
    lines: Sequence[Line]
    first: int
    prose: int
    last: int


_HEADINGS = etree.XPath("//h1 | //h2")
_META = etree.XPath("//meta[@content]")
_TIMES = etree.XPath("//time[@datetime]")
_LINKED_DATA = etree.XPath("//script[contains(@type, 'ld+json')]")
_CANONICAL = etree.XPath("//link[@rel='canonical']/@href")
_HEAD_TITLE = etree.XPath("//title")
_NAMED_AUTHORS = etree.XPath("//*[contains(@class, 'author') or contains(@class, 'byline') or @itemprop='author']")
_NAMED_ORIGINS = etree.XPath("//*[contains(@class, 'source') or contains(@id, 'source') or @class='media-name']")

_SITE_SUFFIX = re.compile(r"\s*(?:[_|｜丨»]|\s[-–—·]|[-–—·]\s)\s*[^_|｜丨»]{1,20}$")
_HOUSE_SUFFIX = re.compile(r"(?<![-–—\d])[-–—]\s*([^-–—_|]{1,16})$")
_BETWEEN_SITES = re.compile(r"[_|｜丨»]|[-–—]+|\s·\s")
_ELLIPSIS = re.compile(r"(?:…+|\.{3,})")
_LONG_BEGINNING = 8
_DATED_URL = re.compile(r"/(?P<year>(?:19|20)\d\d)[-/]?(?P<month>[01]\d)[-/]?(?P<day>[0-3]\d)(?!\d)")
_SCRIPTED_DATE = re.compile(
    r"""
    ["']? \b (?: pub (?: lish (?: ed)? )? [_-]? (?: time | date | _?at) | ptime | datePublished
      | release_? (?: time | date) | create_?time | ct ) ["']? \s* [:=] \s* ["'] (?P<value> \d [\d\s:/.T年月-]{7,25} )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE_BODY = 25
_AFTER_BODY = 6
_LONGEST_TITLE = 150
_SHORTEST_TITLE = 4
_LEAST_AGREEMENT = 0.3
_LONGEST_DATELINE = 150
_OLDEST = 1990
_PRINTED = 2
_HEAD = 8
_SHORT = 30
_SIGNED_WITHIN = 3


def find_head(clues: Clues) -> Fields:
    """The headline, day, author, address and outlets of the page's article; None for what the page does not tell."""
    meta = _read_meta(clues.root)
    told = _read_linked_data(clues.root)
    title, at = _find_title(clues, meta, told)
    if at >= clues.prose:  # the headline read as prose
        clues = clues._replace(prose=_next_prose(clues, at))
    return Fields(
        title,
        _find_date(clues, meta, told, at),
        _find_author(clues, meta, told, at),
        _find_url(clues.root, meta),
        _find_origin(clues, meta, told, at),
        _find_site(clues, meta, told, title),
    )


def _read_meta(root: etree._Element) -> dict[str, str]:
    """The meta tags by name, lower case and without spaces; the first of a name that holds something counts."""
    found: dict[str, str] = {}
    for tag in _META(root):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = one_line(tag.get("content"))
        if name and content:
            found.setdefault("".join(name.lower().split()), content)
    return found


def _read_linked_data(root: etree._Element) -> Fields:
    """The article that JSON-LD describes."""
    for script in _LINKED_DATA(root):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            fields = read_fields(item)
            if fields.published and fields.title:
                return fields
    return Fields()


def _items(data: Any) -> Iterator[Mapping[str, Any]]:
    entries = data if isinstance(data, list) else [data]
    for entry in entries:
        if isinstance(entry, Mapping):
            yield entry
            graph = entry.get("@graph")
            if isinstance(graph, list):
                yield from (item for item in graph if isinstance(item, Mapping))


def _find_title(clues: Clues, meta: Mapping[str, str], told: Fields) -> tuple[str | None, int]:
    """The headline, and the number of the line that prints it, or -1."""
    whole = _whole_title(clues.root)
    declared = [text for text in (whole, told.title, *(meta.get(name) for name in _names().title_tags)) if text]
    headings = _headings(clues.root)
    printed = [*headings, *dict.fromkeys(line.text for line in clues.lines if len(line.text) <= _LONGEST_TITLE)]
    keys = [_bare(text) for text in declared]
    title = max(printed, key=lambda text: _agreement(_bare(text), keys), default=None)
    if title is None or _agreement(_bare(title), keys) == 0:
        title = told.title or next((meta[name] for name in _names().title_tags if name in meta), None) or whole
        if title is None or is_house(title) or is_house(_without_site(title)):
            title = _labelled_title(clues) or _nearest_heading(clues, headings) or title
        title = title and _without_site(title)
    return title, _line_of(title, clues)


def _labelled_title(clues: Clues) -> str | None:
    """The cell beside the one that says 标题."""
    lines = [line.text for line in clues.lines[: clues.prose + 1]]
    return next((cell for label, cell in pairwise(lines) if fold(label).rstrip(" :") in _names().title_labels), None)


def _whole_title(root: etree._Element) -> str | None:
    return next((one_line("".join(tag.itertext())) for tag in _HEAD_TITLE(root)), None)


def _nearest_heading(clues: Clues, headings: Sequence[str]) -> str | None:
    """The heading next above the body's first sentence."""
    above = clues.lines[max(clues.prose - _BEFORE_BODY, 0) : clues.prose + 1]
    return next((line.text for line in reversed(above) if line.text in headings and not is_house(line.text)), None)


def _headings(root: etree._Element) -> list[str]:
    texts = (squeeze(" ".join(heading.itertext())) for heading in _HEADINGS(root))
    return [text for text in texts if 2 <= len(text) <= _LONGEST_TITLE]


def _agreement(printed: str, declared: Sequence[str]) -> float:
    """How well a printed line agrees with a declared title that is the line and more: the site, a series."""
    best = 0.0
    for title in declared:
        shortened = _ELLIPSIS.search(title)
        if len(printed) >= _SHORTEST_TITLE and printed in title:
            share = len(printed) / len(title)
            best = max(best, share + (0.5 if title.startswith(printed) else 0))
        elif shortened and shortened.start() >= _LONG_BEGINNING and printed.startswith(title[: shortened.start()]):
            best = max(best, 1.0)
    return best if best > _LEAST_AGREEMENT else 0.0


def _bare(text: str) -> str:
    return "".join(fold(text).lower().split())


def _without_site(title: str) -> str:
    """A title without the names of site and channel behind it."""
    while (suffix := _SITE_SUFFIX.search(title)) and suffix.start() >= _SHORTEST_TITLE:
        title = title[: suffix.start()]
    house = _HOUSE_SUFFIX.search(title)
    return title[: house.start()] if house and is_house(house[1]) else title


def _line_of(title: str | None, clues: Clues) -> int:
    """The last line up to the body's prose that prints the title."""
    key = _bare(title or "")
    upwards = range(min(clues.prose, len(clues.lines) - 1), -1, -1)
    return next((i for i in upwards if key and _bare(clues.lines[i].text) == key), -1)


def _next_prose(clues: Clues, line: int) -> int:
    return next((i for i in range(line + 1, clues.last) if clues.lines[i].weight > 0), line + 1)


def _find_date(clues: Clues, meta: Mapping[str, str], told: Fields, title_at: int) -> date | None:
    """The day that two places agree on, or else the surest place's day."""
    places = [
        next(filter(None, (parse_date(meta.get(name)) for name in _names().date_tags)), None),
        told.published,
        _printed_date(clues, title_at),
        next(filter(None, (parse_date(tag.get("datetime")) for tag in _TIMES(clues.root))), None),
        _date_of_url(_find_url(clues.root, meta) or ""),
    ]
    days = [day for day in places if day and day.year >= _OLDEST]
    printed = places[_PRINTED]
    if printed and days and abs((printed - days[0]).days) == 1:
        return printed  # what is declared is in another time zone
    agreed = [day for day, places_of_day in Counter(days).items() if places_of_day > 1]
    if days:
        return (agreed or days)[0]
    return _late_date(clues, meta)


def _late_date(clues: Clues, meta: Mapping[str, str]) -> date | None:
    """The day from where it is told least reliably: scripts, the day of a change, the lines below the body."""
    for match in _SCRIPTED_DATE.finditer(clues.markup):
        if day := parse_date(match["value"]):
            return day
    changed = next(filter(None, (parse_date(meta.get(name)) for name in _names().change_tags)), None)
    below = clues.lines[max(clues.last - 2, 0) : clues.last + _AFTER_BODY]
    return changed or next(filter(None, (parse_date(line.text) for line in below if len(line.text) < 60)), None)


def _printed_date(clues: Clues, title_at: int) -> date | None:
    start = title_at if title_at >= 0 else max(clues.first - _BEFORE_BODY, 0)
    around = [fold(line.text) for line in clues.lines[start : clues.prose] if len(line.text) <= _LONGEST_DATELINE]
    around.append(" ".join(line for line in around if len(line) <= _SHORT))  # 2023 and 04/05 on lines of their own
    around.sort(key=_rank_dateline)  # stable
    return next(filter(None, map(parse_date, around)), None)


def _rank_dateline(line: str) -> int:
    """Lines that say when the article was published come first, then when it was changed, then without a word."""
    names = _names()
    if any(label in line for label in names.change_labels):
        return int(not any(label in line for label in names.date_labels[:2]))
    return 0 if any(label in line for label in names.date_labels) else 2


def _date_of_url(url: str) -> date | None:
    match = _DATED_URL.search(url)
    return match and make_date(*match.groups())


def _find_url(root: etree._Element, meta: Mapping[str, str]) -> str | None:
    urls = (*_CANONICAL(root), *(meta.get(name) for name in _names().url_tags))
    return next((url.strip() for url in urls if url and url.strip().startswith("http")), None)


def _find_author(clues: Clues, meta: Mapping[str, str], told: Fields, title_at: int) -> str | None:
    """The names printed around the body, or else those declared, unless they name a house and not a person."""
    for line in _bylines(clues, title_at):
        if name := find_byline(line):
            return name
    marked = (squeeze(" ".join(node.itertext())) for node in _NAMED_AUTHORS(clues.root))
    signed = map(find_signature, _prose(clues)[-_SIGNED_WITHIN:])
    declared = (told.author, *(meta.get(name) for name in _names().author_tags))
    return next((name for name in (*marked, *signed, *declared) if name and is_person(name)), None)


def _bylines(clues: Clues, title_at: int) -> Iterator[str]:
    """The lines where a byline may stand: above the body, at its head and foot, and below it."""
    start = title_at if title_at >= 0 else max(clues.first - _BEFORE_BODY, 0)
    yield from (line.text for line in clues.lines[start : clues.prose + 2])
    yield from (line.text for line in clues.lines[clues.prose + 2 :][:_HEAD] if len(line.text) <= _SHORT)
    yield from _prose(clues)[-_SIGNED_WITHIN:]
    yield from (line.text for line in clues.lines[max(clues.last - 3, clues.prose + 2) : clues.last + _AFTER_BODY])


def _find_origin(clues: Clues, meta: Mapping[str, str], told: Fields, title_at: int) -> str | None:
    """The outlet printed around the body, or else the one declared, or a paper's name beside the printed day."""
    if name := first_origin(_bylines(clues, title_at)):
        return name
    marked = (squeeze(" ".join(node.itertext())) for node in _NAMED_ORIGINS(clues.root))
    named = (find_origin(text) or next(find_outlets(text), None) for text in marked if len(text) <= _SHORT)
    declared = (told.origin, *(meta.get(name) for name in _names().origin_tags))
    return next(filter(None, (*named, *declared, *_beside_day(clues, title_at))), None)


def _beside_day(clues: Clues, title_at: int) -> Iterator[str]:
    start = title_at if title_at >= 0 else clues.first
    lines = (line.text for line in clues.lines[start : clues.prose] if len(line.text) <= _LONGEST_DATELINE)
    yield from (name for line in lines if parse_date(fold(line)) for name in find_outlets(line))


def _find_site(clues: Clues, meta: Mapping[str, str], told: Fields, title: str | None) -> str | None:
    """The name of the site: declared, or what `<title>` holds behind the headline, or a house's name before it."""
    declared = next((meta[name] for name in _names().site_tags if name in meta), None) or told.site
    whole = _whole_title(clues.root)
    if declared or not whole or not title:
        return declared
    before, found, behind = whole.partition(title)
    if not found:
        before, behind = whole, whole.removeprefix(_without_site(whole))
    names = [name.strip() for name in _BETWEEN_SITES.split(behind) if name.strip()]
    names += [name.strip() for name in _BETWEEN_SITES.split(before) if is_house(name.strip())]
    names = [name for name in names if 1 < len(name) <= _SHORT]
    return next(filter(is_house, reversed(names)), names[0] if len(names) == 1 else None)


def _prose(clues: Clues) -> list[str]:
    return [line.text for line in clues.lines[clues.prose : clues.last] if line.weight > 0]
