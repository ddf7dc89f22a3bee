"""What a time expression leaves open: its year, its month, its direction.

A news article tells of the past unless its clause looks ahead, so the nearest month, quarter or half that has begun is
meant, and beside 将 or 预计 the nearest that has not ended.
"""

import datetime
import functools
from dataclasses import dataclass

from newsfacts.extractors.periods import calendar
from newsfacts.extractors.periods.calendar import Interval, at


@dataclass(slots=True)
class Context:
    """What the text has told so far: the clues that resolve the next expression.

    `year`, `month` and `day` are those of the paragraph's last expression where the text names them, `date` the last
    day of the whole text, `main` its last stretch of a month or longer, `last` its last time of any sort, `named` the
    last one of the sentence that is no 上月 itself: what 上月 is then counted from. `year_end` is the month that ends
    the fiscal year where the text defines one, `era` the one year of all its whole dates.
    """

    published: datetime.date | None
    era: int | None = None
    year: int | None = None
    month: int | None = None
    day: Interval | None = None
    date: Interval | None = None
    main: Interval | None = None
    last: Interval | None = None
    named: Interval | None = None
    year_end: int | None = None


def remember(context: Context, interval: Interval | None, *, brief: bool) -> None:
    """Take an interval into the context; `brief` ones are days and weeks. One that nothing resolves ends the others."""
    context.last = interval
    if interval is None:
        context.main = None
        return
    context.year = interval.last[0]
    context.month = interval.first[1] if len(interval.first) > 1 else None
    if not brief:
        context.main, context.day = interval, None
    elif len(interval.last) == 3:
        context.day = context.date = interval


def year_of_month(context: Context, month: int, *, ahead: bool) -> int | None:
    """The year of a month that comes without one.

    >>> year_of_month(Context(datetime.date(2022, 1, 6)), 5, ahead=False)
    2021
    >>> year_of_month(Context(datetime.date(2022, 1, 6)), 5, ahead=True)
    2022
    """
    if told := _year_told(context):
        return told + _wraps(context, month)
    if context.published is None:
        return context.era
    year, now = context.published.year, context.published.month
    if ahead:
        return year + 1 if now - month > 5 else year
    return year - 1 if month > now else year


def _year_told(context: Context) -> int | None:
    """The year of what was told before, where it is not the article's own.

    Nor does that of last year's annual figure count: in 2021年…, 一季度… of spring 2022 the quarter is of 2022.
    """
    if context.published is None or context.year is None:
        return context.year
    ago = context.published.year - context.year
    return None if ago == 0 or (ago == 1 and context.month is None) else context.year


def _wraps(context: Context, month: int) -> bool:
    """Whether a month behind a later one of a past year is the next year's: 2020年12月…, 1月…."""
    if context.year is None or context.month is None or month >= context.month or context.published is None:
        return False
    return (context.year + 1, month) <= (context.published.year, context.published.month)


def year_of_day(context: Context, month: int, day: int) -> int | None:
    """The year of a month and day that come without one: that of the nearest such day."""
    published = context.published
    told = _year_told(context)
    if told and context.month:
        return told + _wraps(context, month)
    if published is None:
        return context.era
    nearest = _nearest_year(published, month, day)
    return told if told and not _is_fresh(published, nearest, month, day) else nearest


def _is_fresh(published: datetime.date, year: int | None, month: int, day: int) -> bool:
    """Whether a day lies right before the article's: news, though an earlier year was told."""
    if year is None:
        return False
    return 0 <= (published - datetime.date(year, month, day)).days <= _FRESH


_FRESH = 2
"""Days before the article's that are news."""


@functools.lru_cache(maxsize=1024)
def _nearest_year(published: datetime.date, month: int, day: int) -> int | None:
    near = (published.year, published.year - 1, published.year + 1)
    years = [year for year in near if calendar.is_valid(year, month, day)]
    return min(years, key=lambda year: abs(datetime.date(year, month, day) - published), default=None)


def resolve_day(context: Context, day: int, *, ahead: bool) -> Interval | None:
    """A day of the month that comes without its month.

    Behind a day of the same sentence it is of the same month, else the nearest that has begun, with two days' grace
    for time zones.

    >>> resolve_day(Context(datetime.date(2022, 1, 6)), 28, ahead=False)
    Interval(first=(2021, 12, 28), last=(2021, 12, 28))
    """
    if context.day is not None and day >= context.day.last[2]:
        year, month, _ = context.day.last
        return _valid_day(year, month, day)
    published = context.published
    if published is None:
        return None
    away = -1 if not ahead and day > published.day + 2 else int(ahead and day < published.day)
    return _valid_day(*calendar.move_month(published.year, published.month, away), day)


def _valid_day(year: int, month: int, day: int) -> Interval | None:
    return at(year, month, day) if calendar.is_valid(year, month, day) else None


def resolve_quarters(context: Context, first: int, last: int, *, ahead: bool) -> Interval | None:
    """The first to the last quarter of the year told, else the last that has begun.

    >>> resolve_quarters(Context(datetime.date(2022, 1, 20)), 4, 4, ahead=False)
    Interval(first=(2021, 10), last=(2021, 12))
    """
    published = context.published
    year = _year_told(context) if published is not None else context.year or context.era
    if year is not None:
        return calendar.quarters(year, first, last)
    if published is None:
        return None
    shift = (context.year_end or 12) % 12
    months = [calendar.move_month(published.year + back, 3 * last, shift) for back in (1, 0, -1, -2)]
    horizon = calendar.move_month(published.year, published.month, 6 if ahead else 0)
    count = 3 * (last - first + 1)
    end = next(end for end in months if calendar.move_month(*end, 1 - count) <= horizon)
    return calendar.months_ending(end, count)


def resolve_half(context: Context, half: int, *, ahead: bool) -> Interval | None:
    """The first or second half of a year; one that has just begun only when looking ahead.

    >>> resolve_half(Context(datetime.date(2022, 1, 20)), 2, ahead=False)
    Interval(first=(2021, 7), last=(2021, 12))
    """
    year = _year_told(context)
    if year is None and context.published is None:
        year = context.era
    elif year is None and context.published is not None:
        begun = 6 * half - 5 if ahead else 6 * half - 2
        year = context.published.year - (not ahead and context.published.month < begun)
    return None if year is None else Interval((year, 6 * half - 5), (year, 6 * half))


def resolve_weekday(context: Context, weekday: int, weeks: int | None, *, ahead: bool) -> Interval | None:
    """A day of the week, Monday 0: of the week so many weeks off, or the last one up to the article's date.

    >>> resolve_weekday(Context(datetime.date(2021, 5, 22)), 4, None, ahead=False)
    Interval(first=(2021, 5, 21), last=(2021, 5, 21))
    """
    published = context.published
    if published is None:
        return None
    if weeks is not None:
        days = weekday - published.weekday() + 7 * weeks
    else:
        days = (weekday - published.weekday()) % 7 if ahead else -((published.weekday() - weekday) % 7)
    return calendar.day_of(published + datetime.timedelta(days=days))
