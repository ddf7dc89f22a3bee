"""Ranks: places in a ranking, of which 第N is only one sort (位居第三, 第二大经济体, but 第三季度).

`read_ordinal` judges 第N by the words around it. `spread` makes ranks of the other numbers that share its 第, and of
those that a verb of ranking opens without one: 第1、2位, 排名14至20位.
"""

import re

from newsfacts.extractors.figures.draft import Draft
from newsfacts.extractors.figures.units import window_around
from newsfacts.lexicon import load
from newsfacts.model import Bound, Kind

_CLAUSE_END = re.compile(r"[,，。;；、)!！?？\n\s”」的]|$")
_CLAUSE_START = re.compile(r"[,，。;；!！?？\n:]")
_LIST = re.compile(r"[ ]?(?:、|和|及|与|或)[ ]?")
_TO_PLACE = re.compile(r"[ ]?(?:-|~|至|到)[ ]?第?[0-9一二三四五六七八九十]{1,4}[ ]?位")
_PLACE = "位"


def read_ordinal(shadow: str, draft: Draft) -> list[Draft] | str | None:
    """第N is a rank beside the words of a ranking (位居第三, 第二大经济体, 排名第19位); every other 第N is an ordinal.

    None where it begins a range of places (第14至20位), which `spread` judges once it is read.
    """
    context = load().context
    end = draft.number_end
    if _TO_PLACE.match(shadow, end):
        return None
    if shadow[end : end + 1] == " ":
        end += 1
    place = shadow[end : end + 1] in ("位", "名")
    after = end + place
    if draft.value is None or draft.value != draft.value.to_integral_value():
        return "ordinal"
    superlative = shadow.startswith(context["rank_after"], end)
    if superlative and shadow.startswith(context["rank_not"], end):
        return "ordinal"
    named = place and shadow[end] == "名"
    closes = _CLAUSE_END.match(shadow, after) or shadow.startswith(context["rank_seat"], after)
    if not superlative and not (closes and (named or _is_ranking(shadow, draft.start - 1, place))):
        return "ordinal"
    rank = Draft.of_value(draft.start, after if place else draft.number_end, draft.value)
    rank.kind, rank.unit, rank.rule = Kind.RANK, _PLACE, "ranking"
    return [rank]


def _is_ranking(shadow: str, ordinal: int, place: bool) -> bool:
    """Whether the clause before 第, or a list that opened with a superlative, ranks things."""
    clause = shadow[max(0, ordinal - 20) : ordinal]
    cut = max((match.end() for match in _CLAUSE_START.finditer(clause)), default=0)
    clause = clause[cut:]
    words = load().context["rank_before"]
    if any(word in clause for word in words):
        return True
    listed = window_around(shadow, ordinal, ordinal, 90, 0)
    return bool(clause) and any(word in listed for word in load().context["superlative"]) and not place


def spread(shadow: str, drafts: list[Draft]) -> list[Draft]:
    """Make ranks of counts of places that a verb of ranking opens, or that go on from a rank: 排名41、42和49位."""
    before: Draft | None = None
    for draft in drafts:
        if draft.kind is Kind.COUNT and draft.unit == _PLACE and _is_place(shadow, draft, before):
            draft.kind, draft.rule = Kind.RANK, "ranking"
        before = draft
    return drafts


def _is_place(shadow: str, draft: Draft, before: Draft | None) -> bool:
    if draft.bound not in (Bound.EXACT, Bound.RANGE):
        return False
    if before is not None and before.kind is Kind.RANK and _LIST.fullmatch(shadow, before.end, draft.start):
        return True
    return shadow.endswith(load().context["ranked"], 0, draft.start)
