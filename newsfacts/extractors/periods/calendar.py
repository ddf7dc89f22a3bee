"""Calendar arithmetic: partial dates, the intervals between them, and the EDTF strings that name them.

A partial date is a year, a year and month, or a whole date, as a tuple of one to three numbers; an interval runs from
the beginning of its first to the end of its last.
"""

import datetime
import functools
from calendar import monthrange
from typing import NamedTuple

Partial = tuple[int, ...]
"""`(year,)`, `(year, month)` or `(year, month, day)`."""


class Interval(NamedTuple):
    """A stretch of the calendar, both ends included; `first == last` for a single year, month or day."""

    first: Partial
    last: Partial


def at(*numbers: int) -> Interval:
    """A single year, month or day.

    >>> format_edtf(at(2021, 3))
    '2021-03'
    """
    return Interval(numbers, numbers)


@functools.lru_cache(maxsize=1024)
def format_edtf(interval: Interval) -> str:
    """The EDTF string of an interval.

    >>> format_edtf(Interval((2022, 1), (2022, 3)))
    '2022-01/2022-03'

    Both ends are as exact as the more exact one.

    >>> format_edtf(Interval((2021, 7), (2022,)))
    '2021-07/2022-12'
    """
    first, last = interval
    if first == last:
        return _format_partial(first)
    if len(first) < len(last):
        first = (*first, 1, 1)[: len(last)]
    elif len(last) < len(first):
        last = _last_part(last, len(first))
    return f"{_format_partial(first)}/{_format_partial(last)}"


def _last_part(partial: Partial, length: int) -> Partial:
    """The last month or day of a year or month."""
    year, month = (*partial, 12)[:2]
    return (year, month) if length == 2 else last_day(year, month).last


def _format_partial(partial: Partial) -> str:
    year, *rest = partial
    return "-".join([f"{year:04}", *(f"{number:02}" for number in rest)])


def is_valid(*numbers: int) -> bool:
    """Whether a year, month and day exist in the calendar."""
    year, month, day = (*numbers, 1, 1)[:3]
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def last_day(year: int, month: int) -> Interval:
    """The last day of a month."""
    return at(year, month, monthrange(year, month)[1])


def move_month(year: int, month: int, months: int) -> tuple[int, int]:
    """The month that lies so many months later.

    >>> move_month(2021, 11, 3)
    (2022, 2)
    """
    ahead, index = divmod(month - 1 + months, 12)
    return year + ahead, index + 1


def months_ending(last: Partial, count: int) -> Interval:
    """So many whole months, the last of them the month of `last`.

    >>> format_edtf(months_ending((2020, 6, 30), 3))
    '2020-04/2020-06'
    """
    end = last[0], last[1] if len(last) > 1 else 12
    return Interval(move_month(*end, 1 - count), end)


def quarters(year: int, first: int, last: int) -> Interval:
    """The months of the first to the last quarter of a year.

    >>> format_edtf(quarters(2021, 2, 3))
    '2021-04/2021-09'
    """
    return Interval((year, 3 * first - 2), (year, 3 * last))


@functools.lru_cache(maxsize=64)
def day_of(date: datetime.date) -> Interval:
    """One day."""
    return at(date.year, date.month, date.day)


def week_of(date: datetime.date, weeks: int = 0) -> Interval:
    """Monday to Sunday of the week that lies `weeks` after the one of `date`.

    >>> format_edtf(week_of(datetime.date(2022, 1, 6), -1))
    '2021-12-27/2022-01-02'
    """
    monday = date + datetime.timedelta(days=7 * weeks - date.weekday())
    return Interval(day_of(monday).first, day_of(monday + datetime.timedelta(days=6)).last)


def days_ending(last: Partial, count: int) -> Interval | None:
    """So many days, the last of them `last`; None when `last` is no whole date."""
    if len(last) != 3:
        return None
    first = datetime.date(*last) - datetime.timedelta(days=count - 1)
    return Interval(day_of(first).first, last)


def move_days(interval: Interval, days: int) -> Interval | None:
    """The day that lies so many days after a single day; None for a longer interval."""
    if len(interval.last) != 3:
        return None
    return day_of(datetime.date(*interval.last) + datetime.timedelta(days=days))


def move_years(interval: Interval, years: int) -> Interval:
    """The same stretch of another year.

    >>> format_edtf(move_years(quarters(2020, 2, 2), -1))
    '2019-04/2019-06'
    """
    return Interval(_move_partial(interval.first, years), _move_partial(interval.last, years))


def _move_partial(partial: Partial, years: int) -> Partial:
    year, *rest = partial
    moved = (year + years, *rest)
    return moved if is_valid(*moved) else (year + years, 2, 28)


def split_interval(interval: Interval, most: int) -> list[Interval]:
    """The years, months or days of an interval, none when it is a single one or holds more than so many.

    >>> [format_edtf(part) for part in split_interval(quarters(2021, 1, 1), 12)]
    ['2021-01', '2021-02', '2021-03']
    """
    first, last = interval
    parts = [at(*first)]
    while parts[-1].last < last and len(parts) <= most and len(first) == len(last):
        parts.append(_next(parts[-1].last))
    return parts if 1 < len(parts) <= most and parts[-1].last == last else []


def _next(partial: Partial) -> Interval:
    """The year, month or day behind one."""
    if len(partial) == 3:
        return day_of(datetime.date(*partial) + datetime.timedelta(days=1))
    return at(partial[0] + 1) if len(partial) == 1 else at(*move_month(partial[0], partial[1], 1))


def season(year: int, index: int) -> Interval:
    """Spring (0), summer, autumn or winter (3) of a year; winter runs into the next one.

    >>> format_edtf(season(2020, 3))
    '2020-12/2021-02'
    """
    first = (year, 3 * index + 3)
    return Interval(first, move_month(*first, 2))


def third_of_month(year: int, month: int, index: int) -> Interval:
    """The first ten days of a month (0), the second ten (1), or the rest (2)."""
    end = last_day(year, month).last if index == 2 else (year, month, 10 * index + 10)
    return Interval((year, month, 10 * index + 1), end)
