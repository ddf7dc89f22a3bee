"""Times in a row that as many figures share out: 2月和3月分别增长5%和6%, 周一至周五分别到期…"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from newsfacts.extractors.periods.calendar import split_interval
from newsfacts.extractors.periods.moments import Moment, recur
from newsfacts.extractors.periods.roles import Hold
from newsfacts.model import Figure

AND = ("、", "和", "与", "及", "以及")
"""What joins two times of a row."""
_RESPECTIVELY = re.compile("分别|依次|各为")
_STOP = re.compile(r"[，。；,;]")
_MANY = 12


def pair_rows(shadow: str, holds: list[Hold], figures: Sequence[Figure]) -> dict[int, Moment]:
    """Times in a row with as many figures behind 分别, once or several times: 2月和3月分别增长5%和6%."""
    pairs: dict[int, Moment] = {}
    if not _RESPECTIVELY.search(shadow, holds[0].moment.end, figures[-1].start):
        return pairs
    for run, stop in _runs(shadow, holds):
        end = run[-1].end
        first = bisect_left(figures, end, key=attrgetter("start"))
        while _is_row(shadow, row := figures[first : first + len(run)], len(run)) and row[-1].start <= stop:
            if not _RESPECTIVELY.search(shadow, end, min(row[0].start, end + 60)):
                break
            pairs |= zip(range(first, first + len(run)), run, strict=True)
            first += len(run)
            end = row[-1].end
    return pairs


def _is_row(shadow: str, row: Sequence[Figure], length: int) -> bool:
    """Whether so many figures stand in a row: 5%、6%和7%."""
    gaps = [(before.end, after.start) for before, after in pairwise(row)]
    return len(row) == length and all(end - start <= 8 and not _STOP.search(shadow, start, end) for start, end in gaps)


def _runs(shadow: str, holds: list[Hold]) -> Iterator[tuple[list[Moment], int]]:
    """Moments that only 、 or 和 parts, or the years of a range: two or more, and the start of the next moment."""
    run: list[Moment] = []
    for hold in holds:
        moment = hold.moment
        if run and hold.stop is None and shadow[run[-1].end : moment.start].strip() in AND:
            run.append(moment)
            continue
        if len(run) > 1:
            yield _recur(shadow, run), moment.start
        run = _split(moment) if hold.stop is None else []
    if len(run) > 1:
        yield _recur(shadow, run), len(shadow)


def _recur(shadow: str, run: list[Moment]) -> list[Moment]:
    """A row of bare years before a part of the last (2019和2020年的12月) as that part of each."""
    start, end = run[0].start, run[-1].end
    if shadow.find("年", start, run[-1].start) >= 0 or shadow.find("年的", run[-1].start, end) < 0:
        return run
    parts = recur(run[0], run[-1])
    return [replace(run[-1], start=start, interval=part) for part in parts] if len(parts) == len(run) else run


def _split(moment: Moment) -> list[Moment]:
    """The years or days of a range of them, or the moment alone: what 1-3月 tells is mostly of all three."""
    if moment.parts:
        return [replace(moment, interval=part) for part in moment.parts]
    interval = moment.interval
    parts = [] if interval is None or len(interval.first) == 2 else split_interval(interval, _MANY)
    return [replace(moment, interval=part) for part in parts] or [moment]
