"""Time expressions and the calendar intervals that they name.

`scan_moments` reads a sentence from left to right. An expression is a core (今年, 第三季度, 5月8日, 周五), perhaps a
range of two, with what may stand before it (截至) and behind it (底, 止三个月, 以来). `outlook` fills in what the
words leave open.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsfacts.extractors.periods import calendar
from newsfacts.extractors.periods.calendar import Interval
from newsfacts.extractors.periods.cores import READERS, Core, read_number
from newsfacts.extractors.periods.grammar import CLOCK, MAY_START, RANGE, START, TAIL
from newsfacts.extractors.periods.outlook import Context


@dataclass(slots=True)
class Moment:
    """A time expression: its span, its interval (None when no calendar date resolves it), and its grain.

    Grains are year, half, quarter, month, week, day, span (a range, or what the text defines), `same` (同期), `told`
    (期内), `now` (目前), `vague`, and `opening` (vague as a sentence's first word only). `since` says that an open
    stretch begins with it (以来). `parts` are the months or quarters of a row of years (2018年至2020年的12月).
    """

    start: int
    end: int
    interval: Interval | None
    grain: str
    since: bool = False
    parts: tuple[Interval, ...] = ()


def scan_moments(shadow: str, start: int, end: int, context: Context) -> Iterator[Moment]:
    """The time expressions between `start` and `end`, each resolved when it is asked for, by the `context` of then.

    >>> import datetime
    >>> shadow = "截至今年3月底,会员达800万人,去年同期为600万人"
    >>> found = scan_moments(shadow, 0, len(shadow), Context(datetime.date(2022, 5, 6)))
    >>> [(shadow[m.start:m.end], calendar.format_edtf(m.interval)) for m in found if m.interval]
    [('截至今年3月底', '2022-03-31')]
    """
    position = start
    for beginning in MAY_START.finditer(shadow, start, end):
        at = beginning.start()
        if at < position or (match := START.match(shadow, at, end)) is None:
            continue
        moment = _read_moment(shadow, match, start, end, context)
        if moment is None:
            position = match.end()
            continue
        yield moment
        position = moment.end


def _read_moment(shadow: str, match: re.Match[str], low: int, high: int, context: Context) -> Moment | None:
    core = _read_core(shadow, match, context)
    if core is None:
        return None
    start, (end, interval, grain) = match.start(), core
    joint = RANGE.match(shadow, end, high) if shadow[end : end + 1] in _JOINTS else None
    if joint and (second := _read_second(shadow, joint.end(), high, core, context)):
        parts = recur(core, second) if shadow.find("年的", joint.end(), second.end) >= 0 else ()
        if parts:
            return Moment(start, second.end, None, "span", parts=parts)
        end, grain = second.end, "span"
        interval = _join(interval, second.interval)
    as_of = _AS_OF.search(shadow, max(low, start - 4), start) if shadow[start - 1 : start] in _AS_OF_ENDS else None
    if as_of is None:
        return _read_tail(shadow, Moment(start, end, interval, grain), high)
    if interval is not None and shadow.find("年", start, end) < 0:
        interval = _past(interval, context)
    return _read_tail(shadow, Moment(as_of.start(), end, interval, grain), high)


def recur(first: Core | Moment, last: Core | Moment) -> tuple[Interval, ...]:
    """The month, quarter or half that `last` names, in each year from that of `first` on; () where they name others."""
    if first.interval is None or last.interval is None or first.grain != "year" or last.grain not in _CLOSED:
        return ()
    until = last.interval.last[0]
    years = range(first.interval.last[0], until + 1)
    return tuple(calendar.move_years(last.interval, year - until) for year in years)


def _join(first: Interval | None, last: Interval | None) -> Interval | None:
    """From one to the other; of days of the week that are a past one and a coming one (周一至周五), a week on."""
    if first is None or last is None:
        return None
    end = last.last
    if len(first.first) == len(end) == 3 and end < first.first and (later := calendar.move_days(last, 7)):
        end = later.last
    return Interval(first.first, end)


def _past(interval: Interval, context: Context) -> Interval:
    """The interval of the year before when it has not come yet: an account is as of a past day."""
    published = context.published
    if published is None or interval.last <= calendar.day_of(published + datetime.timedelta(days=2)).last:
        return interval
    return calendar.move_years(interval, -1)


_AS_OF = re.compile("截[至止]到?[ ]?$")
_AS_OF_ENDS = frozenset("至止到 ")
_JOINTS = frozenset("-~直至到起开 ")
"""What `RANGE` may begin with."""


_NO_RANGE = ("length", "span")


def _read_core(shadow: str, match: re.Match[str], context: Context) -> Core | None:
    core = READERS[match.lastgroup or ""](shadow, match, context)
    if core is None or core.grain != "day":
        return core
    clock = CLOCK.match(shadow, core.end)
    core = core._replace(end=clock.end()) if clock else core
    return _read_bracketed(shadow, core, context) if shadow.startswith("(", core.end) else core


def _read_bracketed(shadow: str, core: Core, context: Context) -> Core:
    """The day with the date in brackets behind it, which says which day it is: 上一工作日(2018-05-25)."""
    match = START.match(shadow, core.end + 1)
    if match is None or match.lastgroup not in _DATES:
        return core
    date = READERS[match.lastgroup](shadow, match, context)
    if date is None or date.grain != "day" or not shadow.startswith(")", date.end):
        return core
    return date._replace(end=date.end + 1)


_DATES = ("iso", "year", "part")


def _read_second(shadow: str, start: int, high: int, first: Core, context: Context) -> Core | None:
    """The second half of a range, whose year and month are those of the first."""
    match = START.match(shadow, start, high) if MAY_START.match(shadow, start, high) else None
    if match is None or match.lastgroup in _NO_RANGE:
        return None
    if first.interval is None:
        return _read_core(shadow, match, context)
    known = first.interval.first
    month = known[1] if len(known) > 1 else None
    day = first.interval if first.grain == "day" else None
    inner = replace(context, year=known[0], month=month, day=day)
    return _read_core(shadow, match, inner)


def _read_tail(shadow: str, moment: Moment, high: int) -> Moment:
    """The moment with what closes it: 截至6月底 + 的三个月, 5月21日 + 当周, 一季度 + 末, 2020年4月 + 以来."""
    if shadow.find("期间", moment.end, moment.end + _DURING_REACH) > 0 and moment.grain not in _NO_STRETCH:
        during = _DURING.match(shadow, moment.end, high)
        if during is not None:
            return replace(moment, end=during.end(), interval=None, grain="vague")
    tail = TAIL.match(shadow, moment.end, high)
    sort = tail.lastgroup if tail else None
    as_of = shadow.startswith("截", moment.start)
    if tail is None or (sort in _SPANS and (not as_of or moment.grain == "told")):
        return _close(moment) if as_of and moment.grain in _CLOSED else moment
    start, end, interval = moment.start, tail.end(), moment.interval
    if sort in _SPANS:
        count = read_number(tail["count"]) if sort == "months" else _SPANS[sort]
        return Moment(start, end, interval and calendar.months_ending(interval.last, count), "span")
    if sort == "week":
        return Moment(start, end, interval and calendar.days_ending(interval.last, 7), "week")
    if sort == "open":
        return Moment(start, end, None, "vague")
    moment = Moment(start, end, interval, moment.grain, since=sort == "since")
    return _close(moment) if sort == "edge" or (as_of and moment.grain in _CLOSED) else moment


def _close(moment: Moment) -> Moment:
    """The last day of what a moment names: 一季度末, 截至5月."""
    if moment.interval is None or len(moment.interval.last) != 2:
        return moment
    return replace(moment, interval=calendar.last_day(*moment.interval.last[:2]))


_CLOSED = ("month", "quarter", "half")
"""What is closed by 截至: its account is of the last day."""
_DURING = re.compile(r"(?!.?期间)[^\W\d的在于和及与间]{2,6}期间")
"""A stretch of a year that goes by a name: 今年春运期间."""
_DURING_REACH = 9
_NO_STRETCH = ("vague", "now", "opening", "told", "same", "day")
_SPANS = {"months": 1, "quarter": 3, "year": 12}


_YEAR_END = re.compile(
    r"""
    截[至止]到?(?:[0-9]{4}[ ]?年)?[ ]?(?P<month>1[0-2]|0?[1-9])[ ]?月(?:[ ]?[0-9]{1,2}[ ]?日|底|末)?止?[的之]?
    (?: (?:3|三)个月(?P<open>) | 第?(?P<quarter>[一二三四1-4首])(?:财季|财务季度)
      | (?:财政|会计|财务)?(?:年度|财年) | (?:12|十二)个月 )
    """,
    re.VERBOSE,
)
_ORDINAL_QUARTER = re.compile(r"第([一二三四1-4])财?季|(首)季|Q([1-4])")


def find_year_end(shadow: str) -> int | None:
    """The month that ends the fiscal year, where the text defines it.

    It does so by a whole year (截至3月31日止年度), or by a quarter beside its number (截至6月底的三个月 and 第一季度).

    >>> find_year_end("公司第一季度盈利增三成。截至6月底的三个月,收入为8亿元。")
    3
    """
    found = _YEAR_END.search(shadow)
    if found is None:
        return None
    month = int(found["month"])
    if found["quarter"]:
        quarter = found["quarter"]
    elif found["open"] is not None:
        named = {first or last or code for first, last, code in _ORDINAL_QUARTER.findall(shadow)}
        named = {read_number(quarter.replace("首", "1")) for quarter in named}
        if len(named) != 1:
            return None
        quarter = str(named.pop())
    else:
        return month
    return calendar.move_month(2000, month, -3 * read_number(quarter.replace("首", "1")))[1]
