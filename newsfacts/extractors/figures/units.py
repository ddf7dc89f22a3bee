"""Units: which word follows a number, and in which of its senses.

The longest word of the lexicon that stands behind the number is its unit; a word with several senses (分 of a clock, of
a score, of money) takes the first whose conditions hold. 多, 余 and 来 between number and unit bound the figure
(1800多家).
"""

import re
from decimal import Decimal
from functools import cache

from newsfacts.extractors.figures.draft import Draft
from newsfacts.lexicon import Sense, load
from newsfacts.model import Bound, Kind

BETWEEN = {"多": Bound.OVER, "余": Bound.OVER, "+": Bound.OVER, "来": Bound.ABOUT}
_AFTER_TRUSTED = ("", " ", "半", "零", "整", "多", "以", "左")
_FOLLOWERS = "分比死半到至和及与或亿大高长快好强低富深重的增减之整"
"""What may follow a figure's number besides a unit: another number, a share, a comparison, the noun of a rank."""
_INFIXES = ("多", "半", "余")
_ALONE = (1,)
_BEFORE_UNIT = frozenset((*BETWEEN, " ", "个", "几", "整"))
_NEAR_BEFORE = 20
_NEAR_AFTER = 6
_AFTER_CLOSING = "多左以上内起的零一二三四五六七八九十半两0123456789"
_CLOSES = re.compile(r"[^\w](?!(?<= )[0-9A-Za-z])|$")
"""A break, but for the space before the number of 一块 6英寸的屏幕."""
PLAIN_STRICT = 10
MOST_STRICT = 10**6
"""Between these values a single letter behind a number is a unit without further proof; 5G, 4K and 20240105A are
not."""


Unit = tuple[Sense, int]
"""A unit word behind a number: its sense, and where it ends."""


@cache
def _followers() -> frozenset[str]:
    context = load().context
    words = (*load().senses, *context["countable"], *context["rank_seat"])
    return frozenset((*(word[0] for word in words), *BETWEEN, *_FOLLOWERS))


def may_follow(character: str) -> bool:
    """Whether a unit, or a form that is none, can begin with this character: the cheapest refusal there is."""
    return character in _followers() or not "一" <= character <= "鿿"


def match_unit(
    shadow: str, at: int, number: int, value: Decimal | None = None, *, trusted: bool = False
) -> Unit | None:
    """The unit word that begins at `at`, for a number that begins at `number`; only some values prove a single letter.

    A `trusted` number is known to be a quantity: where no sense's conditions hold, money, or else the first sense,
    does.

    >>> sense, end = match_unit("新增产能12万千瓦时", 7, 4)
    >>> sense.unit, end
    ('kWh', 10)
    """
    lexicon = load()
    for length in lexicon.lengths.get(shadow[at : at + 2], _ALONE):
        end = at + length
        senses = lexicon.senses.get(shadow[at:end], ())
        if trusted:
            senses = tuple(sorted(senses, key=lambda sense: not sense.near and sense.kind is not Kind.MONEY))
        for sense in senses:
            if sense.free or _holds(sense, shadow, end, number, value):
                return sense, at + len(sense.word)
            if trusted and _stands_alone(sense, senses, shadow, end):
                return sense, at + len(sense.word)
    return None


def _stands_alone(sense: Sense, senses: tuple[Sense, ...], shadow: str, end: int) -> bool:
    """Whether a trusted unit word means this sense without any condition: money first, else what it has."""
    if shadow[end : end + 1] not in _AFTER_TRUSTED:
        return False
    return sense.kind is Kind.MONEY or all(other.kind is not Kind.MONEY for other in senses)


def find_unit(shadow: str, draft: Draft, *, trusted: bool = False) -> Unit | None:
    """The unit behind a draft's numeral; a 千, 百 or 兆 that belongs to it (1.2亿千瓦时) leaves the numeral."""
    at = draft.number_end
    if shadow[at - 1] in "千百兆" and at - draft.start > 1:
        unit = match_unit(shadow, at - 1, draft.start, draft.value)
        if unit is not None and len(unit[0].word) > 1 and draft.shorten(shadow, unit[0].word):
            return unit
    if draft.bare and match_unit(shadow, draft.start, draft.start, draft.value) is not None:
        return None
    if shadow[at : at + 1] in _BEFORE_UNIT:
        return _find_behind(shadow, at, draft, draft.value, trusted)
    return match_unit(shadow, at, draft.start, draft.value, trusted=trusted)


def _find_behind(shadow: str, at: int, draft: Draft, value: Decimal | None, trusted: bool) -> Unit | None:
    """The unit at or after `at`: behind a space, behind 多 or 余 (1800多家), behind 个 (三个半月, 两个亿)."""
    following = shadow[at : at + 1]
    while following == " " and (draft.arabic or trusted) and at - draft.number_end < 2:
        at += 1
        following = shadow[at : at + 1]
    if following in BETWEEN:
        start = at + 1
        while shadow.startswith(" ", start) and start - at < 3:
            start += 1
        unit = match_unit(shadow, start, draft.start, value)
        if unit is not None:
            draft.bound, draft.bound_span = BETWEEN[following], (at, at + 1)
            return unit
    if following == "个":
        return _find_behind_ge(shadow, at, draft, trusted)
    if following == "整":
        unit = match_unit(shadow, at + 1, draft.start, value)
        return unit if unit is not None and unit[0].kind is Kind.DURATION else None
    if following == "几" and draft.take_ones(at):
        at += 1
    return match_unit(shadow, at, draft.start, value, trusted=trusted)


def _find_behind_ge(shadow: str, at: int, draft: Draft, trusted: bool) -> Unit | None:
    """个 before a magnitude (两个亿), before 多 or 半 and a unit (三个半月), or 个 itself."""
    infix = shadow[at + 1 : at + 2]
    if infix == "亿":
        draft.multiply(infix)
        draft.number_end = draft.end = at + 2
        return _find_behind(shadow, at + 2, draft, None, trusted)
    if infix in _INFIXES:
        unit = match_unit(shadow, at + 2, draft.start)
        if unit is not None and unit[0].kind in (Kind.DURATION, Kind.POINT):
            draft.take_infix(infix, at + 1)
            return unit
    if infix == "半" and trusted:
        draft.take_infix(infix, at + 1)
        unit = match_unit(shadow, at, draft.start)
        return unit and (unit[0], at + 2)
    inner = match_unit(shadow, at + 1, draft.start) if trusted else None
    if inner is not None and inner[0].kind is Kind.MEASURE:
        return inner
    return match_unit(shadow, at, draft.start)


def _holds(sense: Sense, shadow: str, end: int, number: int, value: Decimal | None) -> bool:
    """Whether the conditions of a sense hold for a unit word that ends at `end`."""
    following = shadow[end : end + 1]
    if sense.latin and following.isascii() and following.isalnum():
        return False
    if following in sense.heads and shadow.startswith(sense.not_before, end):
        return False
    if sense.after and shadow.endswith(sense.after, 0, number):
        return True
    if (sense.followed or sense.after) and not shadow.startswith(sense.followed, end):
        return False
    if sense.closing and (_CLOSES.match(shadow, end) or following in _AFTER_CLOSING):
        return not following.isdigit() or shadow[number].isdigit()  # 3块5, but not 一块6.7英寸的屏幕
    if not sense.near:
        return not sense.closing and (not sense.strict or _proves_letter(value))
    window = window_around(shadow, number, end, _NEAR_BEFORE, _NEAR_AFTER)
    return any(word in window for word in sense.near) or (sense.strict and _proves_letter(value))


def window_around(shadow: str, start: int, end: int, before: int, after: int) -> str:
    r"""A stretch of the text with so many characters before and after it, of its own line only.

    >>> window_around("猪肉涨价\n重3两。", 6, 7, 20, 6)
    '重3两。'
    """
    begin = max(start - before, shadow.rfind("\n", max(0, start - before), start) + 1, 0)
    stop = shadow.find("\n", end, end + after)
    return shadow[begin : stop if stop >= 0 else end + after]


def _proves_letter(value: Decimal | None) -> bool:
    """Whether a number is of the size that makes a single letter behind it a unit; an unknown one is."""
    return value is None or PLAIN_STRICT <= value < MOST_STRICT or value != value.to_integral_value()
