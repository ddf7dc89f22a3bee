"""Ranges and lists: figures that share a unit.

`3到5亿元` is one figure from 3 to 5 亿; in `2.1、2.3及2.5港元` and `4375×1785×1680mm` each number is a figure of its
own with the last one's unit. A magnitude is shared where the number before has none and is the smaller one.
"""

import re

from newsfacts.extractors.figures.draft import Draft
from newsfacts.lexicon import load
from newsfacts.model import Bound, Kind

_LONGEST_GAP = 6
_RANGE = re.compile(r"[ ]?(?:\(含\))?[ ]?(?:-{1,2}|~{1,2}|至|到|——?)[ ]?")
_BETWEEN = re.compile(r"[和与]")
_SERIES = re.compile(r"[ ]?(?:、|和|及|与|或|以及|×|x|X|\*|/|\+|(?:或者|甚至|乃至|直至)上?)[ ]?")
_CLOSES = ("之间", "间")
_ALONE = frozenset((Kind.RATIO, Kind.RANK))
_AND = re.compile(r"(?:[大小多少高低](?:一些)?)?[ ]?[,，]?[ ]?(?:并且|而且|且|并|而|但|和)?[ ]?比?[ ]?")
TWO_BOUNDS = "range of two bounds"
_FLOORS = frozenset((Bound.OVER, Bound.AT_LEAST))
_CEILINGS = frozenset((Bound.UNDER, Bound.AT_MOST))
_LIMITS = _FLOORS | _CEILINGS


def join(shadow: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with ranges made one and shared units handed back along lists."""
    joined: list[Draft] = []
    left = None
    for right in drafts:
        if left is not None and right.start - left.end <= _LONGEST_GAP and _is_range(shadow, left, right):
            joined[-1] = _merge(left, right)
        else:
            joined.append(right)
        left = right
    return _lend_back(shadow, joined)


def join_bounded(shadow: str, drafts: list[Draft]) -> list[Draft]:
    """Two bounds on one quantity make a range: 大于100且小于300, 最多100最少20个, 1000以上，1500以下."""
    joined: list[Draft] = []
    for draft in drafts:
        if draft.bound in _LIMITS and joined and _is_bounded(shadow, joined[-1], draft):
            joined[-1] = _merge_bounds(joined[-1], draft)
        else:
            joined.append(draft)
    return joined


def _is_bounded(shadow: str, left: Draft, right: Draft) -> bool:
    opposite = _CEILINGS if right.bound in _FLOORS else _FLOORS
    if left.bound not in opposite or left.value is None or right.value is None or left.bound_span is None:
        return False
    if left.kind is not None and (left.kind, left.unit) != (right.kind, right.unit):
        return False
    ends = right.start if right.bound_span is None else min(right.start, right.bound_span[0])
    if ends < left.end or not _AND.fullmatch(shadow, left.end, ends):
        return False
    floor, ceiling = (left, right) if left.bound in _FLOORS else (right, left)
    return (floor.value or 0) < (ceiling.value or 0)


def _merge_bounds(left: Draft, right: Draft) -> Draft:
    low, high = sorted(value for value in (left.value, right.value) if value is not None)
    right.low, right.high, right.value = low, high, None
    right.start, right.number = left.start, left.number
    right.bound, right.bound_span, right.rule = Bound.RANGE, None, TWO_BOUNDS
    return right


def _lend_back(shadow: str, joined: list[Draft]) -> list[Draft]:
    """Hand units back along lists, from the last figure to the first."""
    for left, right in zip(reversed(joined[:-1]), reversed(joined), strict=False):
        if left.kind is None and right.kind is not None and 0 < right.start - left.end <= _LONGEST_GAP:
            _lend(shadow, left, right)
    return joined


def _is_range(shadow: str, left: Draft, right: Draft) -> bool:
    """Whether two neighbours are the ends of a range, sharing unit and magnitude as they do."""
    if left.end >= right.start or left.high is None or right.low is None or _is_open(left) or _is_open(right):
        return False
    fractions = left.rule == right.rule == "fraction"
    if left.kind in _ALONE and not fractions:
        return False
    gap = shadow[left.end : right.start]
    between = _BETWEEN.fullmatch(gap) and shadow.startswith(_CLOSES, right.end)
    if not between and not _RANGE.fullmatch(gap):
        return False
    if left.kind is None or (left.word == right.word and left.kind is not right.kind and left.scale == 1):
        _share(left, right)
    elif gap in ("至", "到") and _is_step(shadow, left):
        return False
    elif right.kind is None and (left.rule == "百分之" or left.kind is Kind.MONEY):
        _share(right, left)
        _share_marks(left, right)
    if left.kind is not right.kind or left.unit != right.unit:
        return False
    return fractions or (left.low is not None and right.high is not None and left.low < right.low)


def _is_open(draft: Draft) -> bool:
    """Whether a vague figure is a range already, or bounded behind it."""
    return draft.value is None and draft.bound is not Bound.ABOUT


def _is_step(shadow: str, left: Draft) -> bool:
    """Whether the figure is by how much something moved: 上升36点至1842点."""
    context = load().context
    if not shadow[max(0, left.start - 3) : left.start].endswith(context["step"]):
        return False
    return left.kind is not Kind.PERCENT or not shadow.endswith(context["growth"], 0, left.start)


def _share(taker: Draft, giver: Draft) -> None:
    """Give `taker` the unit of `giver`, and its magnitude where that fits."""
    taker.kind, taker.unit, taker.word, taker.row = giver.kind, giver.unit, giver.word, giver.row
    taker.measure(giver.scale)
    _share_marks(taker, giver)


def _share_marks(taker: Draft, giver: Draft) -> None:
    """三到五千万 shares 千万, 七千到九千亿 only 亿; nothing is shared where the first would be the larger."""
    if taker.is_large or not giver.marks or taker.high is None or giver.high is None:
        return
    vague = taker.value is None or giver.value is None
    marks = giver.marks.lstrip("十百千") if taker.marks or vague else giver.marks
    value, low, high = taker.value, taker.low, taker.high
    taker.multiply(marks)
    if taker.high >= giver.high:
        taker.value, taker.low, taker.high = value, low, high


def _merge(left: Draft, right: Draft) -> Draft:
    """One range from the lower end of the first to the upper end of the second: 3到5亿元, 几百元到几千元."""
    ends = sorted(end for end in (left.low, left.high, right.low, right.high) if end is not None)
    right.value, right.low, right.high = None, ends[0], ends[-1]
    right.start, right.number = left.start, left.number
    right.bound, right.bound_span, right.rule = Bound.RANGE, None, "range"
    return right


def _is_sum(left: Draft, right: Draft) -> bool:
    """Whether two numbers joined by + share a unit: sizes of memory, the smaller one first (12+256GB), or amounts of
    money, but not 12+1TB."""
    if right.kind is Kind.MONEY or left.high is None or right.low is None:
        return right.kind is Kind.MONEY
    return right.kind is Kind.MEASURE and left.high < right.low


def _lend(shadow: str, left: Draft, right: Draft) -> None:
    """Lend the unit of a figure to the number before it in a list."""
    gap = shadow[left.end : right.start]
    if not _SERIES.fullmatch(gap) or right.kind in _ALONE or right.kind is Kind.NUMBER:
        return
    if left.is_large and not right.is_large:
        return
    if "+" in gap and not _is_sum(left, right):
        return
    if gap == "、" and shadow[left.start - 1 : left.start] in ("", "\n"):
        return  # the number of a list's item: 3、两家公司…
    _share(left, right)
    left.rule = "unit shared in a list"
