"""Parallel series: A、B和C分别为1、2和3 gives each figure its own item.

The items are a list of names or of metrics in the same clause, or else the figures before:
营收3亿元,净利润1亿元,分别增长5%和8%.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from newsfacts.extractors.links.groups import Group, left_group, right_nouns, split_group
from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.model import Figure


class Pair(NamedTuple):
    """What a figure of a series takes from its item: the metric, the owner, or the place of the figure it goes with."""

    metric: Range | None = None
    owner: Range | None = None
    like: int | None = None


_NEXT = re.compile(r"[/cp,]?[dTc]*")
_RESPECTIVELY = re.compile(r"[dTu=N^yp]*[Vv]?[dTu]*Z")


def find_pairs(line: Line, figures: Sequence[Figure], k: int, metric_of: Callable[[int], object]) -> dict[int, Pair]:
    """The pairs of the series that begins with figure k; none when 分别 does not lead to it.

    `metric_of` gives the metric of an earlier figure, whatever it is: figures with the same one count once.
    """
    count = _count_series(line, k)
    respectively = _RESPECTIVELY.match(line.back, len(line.code) - line.figures[k]) if count > 1 else None
    if respectively is None:
        return {}
    at = len(line.code) - respectively.end()
    items = _find_list(line, at, count)
    if not items:
        return _pair_before(figures, k, count, metric_of)
    own = split_group(line, (at + 1, line.figures[k])) if "N" in respectively[0] else None
    nearest = left_group(line, at)[1]
    if own is None and nearest[0] >= items[-1][1]:
        own = split_group(line, nearest)
    counted = right_nouns(line, figures, k + count - 1) if own is None else None
    return _pair_items(line, k, items, own.metric if own else None, counted.words if counted else None)


def resume_pairs(line: Line, pairs: Mapping[int, Pair], k: int) -> dict[int, Pair]:
    """The pairs of a series from figure k on that goes through the owners of the series right before it once more.

    价格分别上涨0.7%和0.5%,租金上涨1.2%和1.3%
    """
    count = _count_series(line, k)
    owners = [pairs[n].owner if n in pairs else None for n in range(k - count, k)]
    if count < 2 or None in owners or _count_series(line, k - count) != count:
        return {}
    own = split_group(line, left_group(line, line.figures[k])[1])
    if own is None or own.metric is None or own.owner:
        return {}
    return {n: Pair(own.metric, owner) for n, owner in enumerate(owners, k)}


def _count_series(line: Line, k: int) -> int:
    count = 1
    places = line.figures
    while k + count < len(places) and _NEXT.fullmatch(line.code, places[k + count - 1] + 1, places[k + count]):
        count += 1
    return count


def _find_list(line: Line, at: int, count: int) -> list[Range]:
    """The nearest list of so many items in the clause before the word `at`."""
    start = max(line.code.rfind(mark, 0, at) for mark in ",;:") + 1
    while at > start:
        group = left_group(line, at)[1]
        items = _cut_list(line, group)
        if len(items) == count:
            return items
        at = min(at - 1, group[0])
    return []


def _cut_list(line: Line, group: Range) -> list[Range]:
    i, j = group
    while j > i and line.code[j - 1] in "eT":
        j -= 1
    items, start = [], i
    for at in range(i, j + 1):
        if at == j or line.code[at] in "/c":
            if at > start:
                items.append((start, at))
            start = at + 1
    return items


def _pair_items(line: Line, k: int, items: list[Range], metric: Range | None, counted: Range | None) -> dict[int, Pair]:
    """Names take the metric of the series, of the last item or behind it, metrics the owner of the first item."""
    parts = [split_group(line, item) or Group(None, None, False) for item in items]
    first, last = parts[0], parts[-1]
    if last.owner and last.metric and line.code[last.metric[1] - 1] in "NwW":  # 甲、乙和丙的|营收
        return {n: Pair(metric or last.metric, part.owner or part.metric) for n, part in enumerate(parts, k)}
    named = sum(part.owner is not None for part in parts)
    if (metric or counted) and 2 * named >= len(parts):
        return {n: Pair(metric or counted, item) for n, item in enumerate(items, k)}
    pairs: dict[int, Pair] = {}
    for n, part in enumerate(parts, k):
        if part.owner and part.metric is None:
            pairs[n] = Pair(metric or last.metric, part.owner)
        elif part.metric and set(line.letters(part.metric)) <= set("Tm"):
            pairs[n] = Pair(metric or last.metric, first.owner)  # 2016、2017和2018年的|房价
        else:
            pairs[n] = Pair(part.metric, first.owner)
    return pairs


def _pair_before(figures: Sequence[Figure], k: int, count: int, metric_of: Callable[[int], object]) -> dict[int, Pair]:
    """With figures before: those of the same kinds when the kinds differ, else the last ones of as many metrics."""
    kinds = [figure.kind for figure in figures[k : k + count]]
    if len(set(kinds)) == count:
        latest = {figure.kind: n for n, figure in enumerate(figures[:k])}
        return {k + n: Pair(like=latest[kind]) for n, kind in enumerate(kinds) if kind in latest}
    distinct: dict[object, int] = {}
    for n in range(k):
        distinct.pop(metric_of(n), None)
        distinct[metric_of(n)] = n
    if len(distinct) < count:
        return {}
    return {k + n: Pair(like=like) for n, like in enumerate(list(distinct.values())[-count:])}
