"""The cores of time expressions: a reader for each sort that `grammar` tells apart.

A reader gets the match of the expression's beginning and the context, and gives the core's end, its interval (None when
no calendar date resolves it) and its grain.
"""

import datetime
import re
from collections.abc import Callable
from typing import NamedTuple

from newsfacts.extractors.periods import calendar, outlook
from newsfacts.extractors.periods.calendar import Interval, at
from newsfacts.extractors.periods.grammar import AHEAD, CLAUSE_END, IN_MONTH, PART
from newsfacts.extractors.periods.outlook import Context
from newsfacts.extractors.periods.words import TimeWord, load_words


class Core(NamedTuple):
    """What a reader found."""

    end: int
    interval: Interval | None
    grain: str


def _read_iso(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    year, month, day = map(int, match["iso"].split(match["sep"]))
    return Core(match.end(), at(year, month, day), "day") if calendar.is_valid(year, month, day) else None


def _read_years(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    """Years from one to another; with a slash (2012/13年度) they are a fiscal year, whose months the text tells."""
    first, last = int(match["from"]), int(match["to"])
    last += first // 100 * 100 if last < 100 else 0
    if first >= last:
        return None
    if "/" not in match[0]:
        return Core(match.end(), Interval((first,), (last,)), "span")
    year_end = context.year_end
    return Core(match.end(), calendar.months_ending((last, year_end), 12) if year_end else None, "year")


def _read_fiscal_year(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    """A fiscal year has dates only where the text tells which month ends it."""
    year = int(match["fy"] or match["fy2"])
    interval = None
    if context.year_end is not None:
        interval = calendar.months_ending((year if year > 99 else 2000 + year, context.year_end), 12)
    part = PART.match(shadow, match.end())
    return Core(part.end(), None, "quarter") if part and part["fiscal"] else Core(match.end(), interval, "year")


def _read_year(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    year = read_number(match["y"] or match["bare"] or match["zero"] or match["short"])
    if 99 < year < 1000:
        year += 1911
    elif year < 100:
        year += 1900 if year > 49 else 2000
    return _read_in_year(shadow, match.end(), year, context)


def _read_era(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    return _read_in_year(shadow, match.end(), 1911 + int(match["roc"]), context)


def _read_in_year(shadow: str, end: int, year: int | None, context: Context) -> Core:
    """What follows a year: 同期, a part of it, or nothing."""
    same = _SAME.match(shadow, end)
    if same:
        main = context.main or context.last
        interval = calendar.move_years(main, year - main.last[0]) if main and year is not None else None
        return Core(same.end(), interval, "same")
    part = PART.match(shadow, end)
    if part is None:
        end += 2 if shadow.startswith("全年", end) else 0
        return Core(end, None if year is None else at(year), "year")
    return _read_part(part, Context(None, era=year), ahead=False)


_SAME = re.compile(r"[ ]?的?(?:同期|同一时期|同季度?|同月)")


def _read_bare_part(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    part = PART.match(shadow, match.start())
    if part is None:
        return None
    ahead = _starts_soon(shadow, part, context) or _looks_ahead(shadow, part.start(), part.end())
    return _read_part(part, context, ahead=ahead)


def _starts_soon(shadow: str, part: re.Match[str], context: Context) -> bool:
    """Whether something begins with a month that is one of the next few: 3月起 in February."""
    if not part["month"] or context.published is None or not shadow.startswith("起", part.end()):
        return False
    return 0 < read_number(part["month"]) - context.published.month <= _SOON


_SOON = 3


def _read_part(part: re.Match[str], context: Context, *, ahead: bool) -> Core:
    """The part of a year: of the context's year where it has one."""
    end = part.end()
    if part["opening"]:
        return Core(end, _months(context, 1, 1, ahead=ahead), "month")
    if half := part["half"] or part["h"]:
        return Core(end, outlook.resolve_half(context, 1 if half in "上1" else 2, ahead=ahead), "half")
    if quarters := _quarters(part):
        if part["fiscal"] and context.year_end is None:
            return Core(end, None, "quarter")
        return Core(end, outlook.resolve_quarters(context, *quarters, ahead=ahead), "quarter")
    if part["months"]:
        return Core(end, _months(context, 1, read_number(part["months"]), ahead=ahead), "span")
    if part["month"]:
        return _read_month(part, context, ahead=ahead)
    year = outlook.year_of_month(context, 12, ahead=True)
    if part["season"]:
        season = "春夏秋冬".index(part["season"])
        return Core(end, None if year is None else calendar.season(year, season), "quarter")
    if year is None:
        return Core(end, None, "month")
    if part["middle"]:
        return Core(end, calendar.last_day(year, 6), "month")
    return Core(end, at(year, 1) if part["edge"] == "初" else calendar.last_day(year, 12), "month")


def _quarters(part: re.Match[str]) -> tuple[int, int] | None:
    if part["quarters"]:
        return 1, read_number(part["quarters"])
    if part["outer"]:
        return (1, 1) if part["outer"] == "首" else (4, 4)
    first = part["quarter"] or part["q"]
    if first is None:
        return None
    return read_number(first), read_number(part["quarter2"] or first)


def _months(context: Context, first: int, last: int, *, ahead: bool) -> Interval | None:
    year = outlook.year_of_month(context, last, ahead=ahead)
    return None if year is None or first > last else Interval((year, first), (year, last))


def _read_month(part: re.Match[str], context: Context, *, ahead: bool) -> Core:
    """A month or a run of months, a day in it, a third or an edge of it."""
    first = read_number(part["month"])
    last = read_number(part["month2"] or part["month"])
    if part["day"]:
        year = outlook.year_of_day(context, last, read_number(part["day"]))
        return Core(part.end(), None if year is None else _in_month(part, year, last), "day")
    interval = _months(context, first, last, ahead=ahead)
    grain = "span" if last > first else "month"
    if interval and (part["ten"] or part["tail"] or part["week"]):
        interval = _in_month(part, *interval.last)
    return Core(part.end(), interval, "week" if part["week"] else grain)


def _in_month(match: re.Match[str], year: int, month: int) -> Interval | None:
    """A day, some days, a third or an edge of a month."""
    if match["day"]:
        days = [read_number(match["day"]), read_number(match["day2"] or match["day"])]
        if not all(calendar.is_valid(year, month, day) for day in days):
            return None
        return Interval((year, month, days[0]), (year, month, days[1]))
    if match["week"]:
        return calendar.week_of(datetime.date(year, month, 1), read_number(match["week"]) - 1)
    if match["ten"]:
        return calendar.third_of_month(year, month, "上中下".index(match["ten"]))
    return at(year, month) if match["tail"] == "初" else calendar.last_day(year, month)


def _read_word(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    word = load_words().get(match["word"], _TODAY)
    if word.sort == "relative":
        base = (context.date if word.unit == "day" else context.last) if word.told else None
        if base is None and context.published is not None:
            base = calendar.day_of(context.published)
        return _RELATIVES[word.unit](shadow, match, context, base, word)
    if word.sort in ("last", "main"):
        return Core(match.end(), context.last if word.sort == "last" else context.main, "told")
    return Core(match.end(), None, word.sort)


_TODAY = TimeWord("relative", "day")


def _relative_year(shadow: str, match: re.Match[str], context: Context, base: Interval | None, word: TimeWord) -> Core:
    main = context.main
    if word.told and not word.offset and main is not None and main == context.last and _is_fiscal_year(main):
        return Core(match.end(), main, "span")
    year = base.last[0] + word.offset if base else None
    if _SAME.match(shadow, match.end()) and context.main:
        year = context.main.last[0] + word.offset
    elif word.told and context.published is not None and _looks_ahead(shadow, match.start(), match.end()):
        year = context.published.year + word.offset
    elif word.told and context.last is None and year is not None and _is_spring(context):
        year -= 1
    return _read_in_year(shadow, match.end(), year, context)


def _is_fiscal_year(interval: Interval) -> bool:
    (year, *months), last = interval
    return len(months) == 1 and months[0] > 1 and last == calendar.move_month(year, months[0], 11)


def _is_spring(context: Context) -> bool:
    """Whether the article is of the months in which 全年 alone is the year before."""
    return context.published is not None and context.published.month <= 3


def _relative_quarter(
    shadow: str, match: re.Match[str], context: Context, base: Interval | None, word: TimeWord
) -> Core:
    if base is None or len(base.last) < 2:
        return Core(match.end(), None, "quarter")
    year, month = calendar.move_month(base.last[0], base.last[1], 3 * word.offset)
    interval = calendar.quarters(year, (month + 2) // 3, (month + 2) // 3)
    if word.offset == -1 and interval == context.named:
        interval = calendar.months_ending(calendar.move_month(year, (month + 2) // 3 * 3, -3), 3)
    return Core(match.end(), interval, "quarter")


def _relative_season(
    shadow: str, match: re.Match[str], context: Context, base: Interval | None, word: TimeWord
) -> Core:
    """今夏, 去冬: winter is named by the year that it begins in, and in spring by the one just ended."""
    season = "春夏秋冬".index(match["word"][-1])
    if base is None:
        return Core(match.end(), None, "quarter")
    year = base.last[0] + word.offset
    if season == 3 and not word.offset and len(base.last) > 1 and base.last[1] < 3:
        year -= 1
    return Core(match.end(), calendar.season(year, season), "quarter")


def _relative_month(shadow: str, match: re.Match[str], context: Context, base: Interval | None, word: TimeWord) -> Core:
    part = IN_MONTH.match(shadow, match.end())
    end = part.end() if part else match.end()
    if base is None or len(base.last) < 2:
        return Core(end, None, "month")
    year, month = calendar.move_month(base.last[0], base.last[1], word.offset)
    if word.offset == -1 and at(year, month) == context.named:
        year, month = calendar.move_month(year, month, -1)
    interval = _in_month(part, year, month) if part else at(year, month)
    return Core(end, interval, "day" if part and part["day"] else "month")


def _relative_day(shadow: str, match: re.Match[str], context: Context, base: Interval | None, word: TimeWord) -> Core:
    return Core(match.end(), base and calendar.move_days(base, word.offset), "day")


_RELATIVES: dict[str, Callable[[str, re.Match[str], Context, Interval | None, TimeWord], Core]] = {
    "year": _relative_year,
    "quarter": _relative_quarter,
    "season": _relative_season,
    "month": _relative_month,
    "day": _relative_day,
}
_WEEKS = {
    "上上": -2,
    "上": -1,
    "上个": -1,
    "上一": -1,
    "上一个": -1,
    "本": 0,
    "这": 0,
    "这个": 0,
    "这一": 0,
    "这一个": 0,
}


def _read_weekday(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    weeks = _WEEKS.get(match["which"], 1) if match["which"] else None
    day = "一二三四五六日天末".index(match["wd"])
    if day == 8:
        end = context.published and weeks is not None and calendar.week_of(context.published, weeks).last
        return Core(match.end(), calendar.days_ending(end, 2) if end else None, "week")
    ahead = weeks is None and _comes(shadow, match.start(), match.end())
    return Core(match.end(), outlook.resolve_weekday(context, min(day, 6), weeks, ahead=ahead), "day")


def _read_week(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    weeks = _WEEKS.get(match["which2"], 1)
    return Core(match.end(), calendar.week_of(context.published, weeks) if context.published else None, "week")


def _read_week_of_month(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    """第3周 behind a time of the month that it is of."""
    if context.year is None or context.month is None:
        return None
    first = datetime.date(context.year, context.month, 1)
    return Core(match.end(), calendar.week_of(first, read_number(match["nth2"]) - 1), "week")


def _read_day(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    ahead = _comes(shadow, match.start(), match.end())
    last = outlook.resolve_day(context, read_number(match["d"]), ahead=ahead)
    if last is None or match["d0"] is None:
        return Core(match.end(), last, "day")
    first = (*last.first[:2], read_number(match["d0"]))
    return Core(match.end(), Interval(first, last.last) if first < last.last else None, "day")


def _read_clock(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    """A time of day without its day: that of the day told last in the paragraph, else the article's."""
    day = context.day or (calendar.day_of(context.published) if context.published else None)
    return Core(match.end(), day, "day")


def _read_length(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    """A length of time, which names no dates, but for those that end some years, months or days off: 3年后."""
    if not (match["later"] or match["ago"]) or not _COUNT.fullmatch(match["count"]):
        return _read_span(shadow, match, context)
    today = calendar.day_of(context.published) if context.published else None
    base = context.last or today if match["later"] else today
    count = read_number(match["count"]) * (1 if match["later"] else -1)
    return Core(match.end(), base and _move(base, match["unit"], count), "year")


_COUNT = re.compile("[0-9]+|[一二三四五六七八九两十]{1,3}")


def _move(base: Interval, unit: str, count: int) -> Interval | None:
    if unit == "年":
        return at(base.last[0] + count)
    if unit == "个月" and len(base.last) > 1:
        return at(*calendar.move_month(base.last[0], base.last[1], count))
    return calendar.move_days(base, count) if unit in "天日" else None


def _read_span(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    same = _SAME.match(shadow, match.end())
    return Core(same.end() if same else match.end(), None, "vague")


def _read_decade(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    tens = read_number(match["tens"])
    year = tens if tens > 99 else (int(match["century"] or 20) - 1) * 100 + tens
    return Core(match.end(), Interval((year,), (year + 9,)), "span")


def _read_plan(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    """The years of a five-year plan: the tenth began in 2001."""
    first = 2001 + 5 * (read_number(match["nth"]) - 10)
    return Core(match.end(), Interval((first,), (first + 4,)), "span")


READERS: dict[str, Callable[[str, re.Match[str], Context], Core | None]] = {
    "iso": _read_iso,
    "years": _read_years,
    "fiscalyear": _read_fiscal_year,
    "fiscalcode": _read_fiscal_year,
    "year": _read_year,
    "era": _read_era,
    "length": _read_length,
    "span": _read_span,
    "decade": _read_decade,
    "plan": _read_plan,
    "day": _read_day,
    "clock": _read_clock,
    "hour": _read_clock,
    "word": _read_word,
    "weekday": _read_weekday,
    "week": _read_week,
    "nthweek": _read_week_of_month,
    "part": _read_bare_part,
}


def _comes(shadow: str, start: int, end: int) -> bool:
    """Whether a day is said to come, by a word next to it."""
    return AHEAD.search(shadow, max(0, start - 4), end + 4) is not None


def _looks_ahead(shadow: str, start: int, end: int) -> bool:
    """Whether the clause around an expression speaks of what is to come."""
    if AHEAD.search(shadow[max(0, start - 16) : end + 24]) is None:
        return False
    stop = CLAUSE_END.search(shadow, end + shadow.startswith("，", end), end + 24)
    close = stop.start() if stop else end + 24
    clause = shadow[max(0, start - 16) : close]
    for mark in "。；，\n":
        clause = clause[clause.rfind(mark, 0, 16) + 1 :] if mark in clause[:16] else clause
    return AHEAD.search(clause) is not None


def read_number(digits: str) -> int:
    """The value of Arabic digits, of Chinese digits one by one (二零二一), or of a Chinese numeral up to 99."""
    if digits.isascii():
        return int(digits)
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    if digits.startswith("廿"):
        return 20 + (_DIGITS[digits[1:]] if digits[1:] else 0)
    return int("".join(str(_DIGITS[digit]) for digit in digits))


_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
