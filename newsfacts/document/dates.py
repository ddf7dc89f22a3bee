"""Dates of publication, as front matter, records, feeds and pages write them."""

import datetime
import re

_YEAR_FIRST = re.compile(
    r"""
    (?<!\d) (?P<year> (?:19|20)\d\d )
    (?: (?: \s* [-/.年] \s* | \s+ ) (?P<month> \d\d? ) \s* [-/.月] \s* (?P<day> \d\d? ) (?!\d)
      | (?P<month3> \d\d ) / (?P<day3> \d\d ) (?!\d)                       # 2022 and 01/06 in two elements
      | (?P<month2> \d\d ) (?P<day2> \d\d ) (?: (?!\d) | (?=\d{4,6}(?!\d)) )   # 20220106, 20220106231128
    )
    """,
    re.VERBOSE,
)
_ENGLISH = re.compile(
    r"""
    \b (?: ([A-Z][a-z]{2}) [a-z]* \.? \s+ (\d\d?) ,? \s+ (\d{4})
        | (\d\d?) \s+ ([A-Z][a-z]{2}) [a-z]* \.? ,? \s+ (\d{4}) ) \b
    """,
    re.VERBOSE,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_REPUBLIC = re.compile(
    r"""
    (?: (?: 民國 | 民国 ) \s* (?P<year> \d{2,3} ) | (?<![\d/.-]) (?P<year3> 1[0-3]\d ) ) \s*
    [年/-] \s* (?P<month> \d\d? ) \s* [月/-] \s* (?P<day> \d\d? ) (?![\d/.-])
    """,
    re.VERBOSE,
)
_SHORT_YEAR = re.compile(r"(?:时间|時間|日期|发布|發布)\s*[:：]?\s*(\d\d)[-/.](\d\d)[-/.](\d\d)(?!\d(?!\d:))")
_EPOCH = re.compile(r"\s*(\d{10})(\d{3})?\s*$")
_CHINA = datetime.timezone(datetime.timedelta(hours=8))


def parse_date(value: object) -> datetime.date | None:
    """The day that a date field names, or None when it names none.

    Reads what YAML and JSON give (dates, numbers of seconds or milliseconds since 1970, strings) and strings in
    ISO 8601, RFC 2822, and the forms that Chinese sites print. A time is dropped and the day is the one written:
    2022-01-06T23:11:28Z is the 6th. Only a number of seconds has no day of its own; it is taken in China's time.

    >>> parse_date("Thu, 06 Jan 2022 23:11:28 GMT")
    datetime.date(2022, 1, 6)
    >>> parse_date("2022年1月6日 10:00"), parse_date("去年")
    (datetime.date(2022, 1, 6), None)
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if value is None or isinstance(value, bool):
        return None
    text = str(value).strip()
    if epoch := _EPOCH.match(text):
        return datetime.datetime.fromtimestamp(int(epoch[1]), _CHINA).date()
    return _year_first(text) or _republic(text) or _english(text) or _short_year(text)


def _year_first(text: str) -> datetime.date | None:
    for match in _YEAR_FIRST.finditer(text):
        month = match["month"] or match["month2"] or match["month3"]
        if day := make_date(match["year"], month, match["day"] or match["day2"] or match["day3"]):
            return day
    return None


def _republic(text: str) -> datetime.date | None:
    match = _REPUBLIC.search(text)
    return match and make_date(int(match["year"] or match["year3"]) + 1911, match["month"], match["day"])


def _short_year(text: str) -> datetime.date | None:
    """`发布时间：23-04-05`, only behind such a label."""
    match = _SHORT_YEAR.search(text)
    return match and make_date(2000 + int(match[1]), match[2], match[3])


def _english(text: str) -> datetime.date | None:
    """`Apr 5, 2023` and `Wed, 05 Apr 2023 23:11:28 GMT`."""
    match = _ENGLISH.search(text)
    if match is None:
        return None
    month, day, year = match.group(1, 2, 3) if match[1] else match.group(5, 4, 6)
    return make_date(year, _MONTHS.index(month) + 1, day) if month in _MONTHS else None


def make_date(year: str | int, month: str | int, day: str | int) -> datetime.date | None:
    """The date of these three numbers, or None when there is no such day."""
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
