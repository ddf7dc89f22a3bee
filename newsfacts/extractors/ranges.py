"""Ranges and lists: figures that share a unit.

`3到5亿元` is one figure from 3 to 5 亿; in `2.1、2.3及2.5港元` and `4375×1785×1680mm` each number is a figure of its own with the
last one's unit. A magnitude is shared where the number before has none and is the smaller one.
"""

import re
from decimal import Decimal

from newsfacts.extractors.draft import Draft
from newsfacts.model import Bound, Kind

_ONE = Decimal(1)
_LONGEST_GAP = 6
_RANGE = re.compile(r"[ ]?(?:\(含\))?[ ]?(?:-{1,2}|~{1,2}|至|到|——?)[ ]?")
_BETWEEN = re.compile(r"[和与]")
_SERIES = re.compile(r"[ ]?(?:、|和|及|与|或|以及|×|x|X|\*|/)[ ]?")
_CLOSES = ("之间", "间")


def join(shadow: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with ranges made one and shared units handed back along lists."""
    joined: list[Draft] = []
    for draft in drafts:
        left = joined[-1] if joined else None
        if left is not None and draft.start - left.end <= _LONGEST_GAP and _is_range(shadow, left, draft):
            joined[-1] = _merge(left, draft)
        else:
            joined.append(draft)
    for left, right in zip(reversed(joined[:-1]), reversed(joined), strict=False):
        if left.kind is None and right.kind is not None and 0 < right.start - left.end <= _LONGEST_GAP:
            _lend(shadow, left, right)
    return joined


def _is_range(shadow: str, left: Draft, right: Draft) -> bool:
    """Whether two neighbours are the ends of a range, sharing unit and magnitude as they do."""
    gap = shadow[left.end : right.start]
    if not gap or left.value is None or right.value is None or left.kind in (Kind.RATIO, Kind.RANK):
        return False
    between = _BETWEEN.fullmatch(gap) and shadow.startswith(_CLOSES, right.end)
    if not between and not _RANGE.fullmatch(gap):
        return False
    if left.kind is None:
        _share(left, right)
    elif right.kind is None and (left.rule == "百分之" or left.kind is Kind.MONEY):
        _share(right, left)
        _share_magnitude(left, right)
    if left.kind is not right.kind or left.unit != right.unit:
        return False
    return left.value < right.value


def _share(taker: Draft, giver: Draft) -> None:
    """Give `taker` the unit of `giver`, and its magnitude where that fits."""
    taker.kind, taker.unit, taker.word, taker.table = giver.kind, giver.unit, giver.word, giver.table
    taker.measure(giver.scale)
    _share_magnitude(taker, giver)


def _share_magnitude(taker: Draft, giver: Draft) -> None:
    fits = taker.digits is not None and giver.digits is not None and taker.digits < giver.digits
    if fits and taker.magnitude == _ONE and giver.magnitude != _ONE and taker.value is not None:
        taker.value *= giver.magnitude
        taker.low = taker.high = taker.value
        taker.magnitude = giver.magnitude


def _merge(left: Draft, right: Draft) -> Draft:
    right.low, right.high, right.value = left.value, right.value, None
    right.start, right.number, right.digits = left.start, left.number, None
    right.bound, right.bound_span, right.rule = Bound.RANGE, None, "range"
    return right


def _lend(shadow: str, left: Draft, right: Draft) -> None:
    """Lend the unit of a figure to the number before it in a list."""
    gap = shadow[left.end : right.start]
    if not _SERIES.fullmatch(gap) or right.kind in (Kind.RATIO, Kind.RANK, Kind.NUMBER):
        return
    if left.magnitude != _ONE and right.magnitude == _ONE:
        return
    _share(left, right)
    left.rule = "unit shared in a list"
