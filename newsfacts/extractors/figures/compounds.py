"""Units said in parts: 三元五角, 六斤八两, 两小时十分, 一米九, 两吨半.

One figure, counted in its first unit; a duration whose value would not end there (2分35秒 in minutes) in its last.
"""

import re
from decimal import Decimal
from fractions import Fraction

from newsfacts.extractors.figures.draft import Draft
from newsfacts.extractors.figures.numerals import DIGITS, SCAN, SMALL, divide, read_run
from newsfacts.extractors.figures.units import match_unit
from newsfacts.lexicon import Part, load
from newsfacts.model import Kind

_KINDS = frozenset((Kind.MONEY, Kind.MEASURE, Kind.DURATION, Kind.AGE, Kind.PERCENT, Kind.MULTIPLE))
_HALF = Decimal("0.5")
_DECIMALS = re.compile(r"(\d{1,2})(?![\d.,])")
_SPACED_DECIMALS = re.compile(r"(?<=\d ). (\d{1,2})(?=[ ]?(?:以[上下内]|左右|的|[，。、；,!！?？)]|\n|$))")
"""The same where digits are set off by spaces: 1 米 8 以上."""
_WHOLE_SUM = re.compile(r"整(?=[^\w]|$)")
_TENTHS = re.compile(r" ?([零一二三四五六七八九]{1,2})(?![零一二三四五六七八九十百千万亿])")
_NO_HALF = "个数天年月日小径导价途路截场身夜决程成球票山岛"
_LINKS = ("零", "又", "加")
FOLLOWERS = frozenset((*DIGITS, *SMALL, *_LINKS, *"整半壹贰叁肆伍陆柒捌玖拾0123456789", " "))
"""What a part that follows a first unit can begin with."""


def extend(shadow: str, draft: Draft) -> None:
    """Add the parts that follow a figure's first unit: 元角分, 斤两, 小时分秒, a lone digit, or 半."""
    if draft.kind not in _KINDS or draft.value is None:
        return
    following = shadow[draft.end]
    if following == "整" and draft.kind is Kind.MONEY and _WHOLE_SUM.match(shadow, draft.end):
        draft.end += 1
        return
    if following == "半":
        _add_half(shadow, draft)
        return
    parts = load().parts.get(draft.word)
    if parts and any(part.tenth for part in parts) and (decimals := _tenths_in_digits(shadow, draft.end)):
        _add(draft, Decimal(f"0.{decimals[1]}") * draft.scale, decimals.end())
    elif parts:
        _add_parts(shadow, draft, parts)


def continues(shadow: str, draft: Draft) -> bool:
    """Whether a lower part of the same unit follows: 一年六个月, 一小时零五分."""
    parts = load().parts.get(draft.word)
    match = SCAN.match(shadow, draft.end + shadow.startswith(_LINKS, draft.end)) if parts else None
    return match is not None and _below(_longest_part(shadow, match.end()), parts or ()) is not None


def _tenths_in_digits(shadow: str, at: int) -> re.Match[str] | None:
    """One or two digits that no unit follows: 1米93, 13秒52, 1 米 8."""
    match = _DECIMALS.match(shadow, at) or _SPACED_DECIMALS.match(shadow, at - 1)
    return match if match is not None and match_unit(shadow, match.end(), at) is None else None


def _add_half(shadow: str, draft: Draft) -> None:
    at = draft.end + 1
    following = shadow[at : at + 1]
    if (following and following in _NO_HALF) or draft.word in ("", "个"):
        return
    _add(draft, _HALF * draft.scale, at + (draft.unit == "min" and following == "钟"))


def _add(draft: Draft, value: Decimal, end: int) -> None:
    if draft.value is not None:
        draft.value += value
        draft.low = draft.high = draft.value
    draft.end = end


def _add_parts(shadow: str, draft: Draft, parts: tuple[Part, ...]) -> None:
    """Parts of one compound, each below the one before."""
    above = parts
    worth, total = Fraction(1), Fraction(0)
    while not (above[0].tenth and _add_tenth(shadow, draft, worth)):
        match = SCAN.match(shadow, draft.end + shadow.startswith(_LINKS, draft.end))
        reading = read_run(match[0]) if match else None
        if match is None or reading is None or reading.value is None:
            return
        word = _longest_part(shadow, match.end())
        below = _below(word, above)
        if below is None:
            return
        first = next(part for part in parts if part.compound == below.compound)
        worth = below.worth / first.worth
        total = (total or Fraction(draft.value or 0) / Fraction(draft.scale)) + Fraction(reading.value) * worth
        draft.end = match.end() + len(word)
        _count(draft, total, word, worth)
        above = (below,)


def _count(draft: Draft, total: Fraction, word: str, worth: Fraction) -> None:
    """Give the draft a total of its first unit; in `word`, worth so much of that, where only so the value ends."""
    last = next((sense for sense in load().senses[word] if sense.kind is draft.kind is Kind.DURATION), None)
    if last is not None and not _ends(total):
        draft.unit, draft.row, draft.word, draft.scale = last.unit, last.row, last.word, last.scale
        total /= worth
    value = divide(Decimal(total.numerator), Decimal(total.denominator)) * draft.scale
    draft.value = draft.low = draft.high = value


def _ends(total: Fraction) -> bool:
    """Whether a fraction is a decimal that ends."""
    return pow(10, total.denominator.bit_length(), total.denominator) == 0


def _longest_part(shadow: str, at: int) -> str:
    """The longest word of any compound that begins at `at`."""
    parts = load().parts
    return next((shadow[at : at + n] for n in (4, 3, 2, 1) if shadow[at : at + n] in parts), "")


def _below(word: str, above: tuple[Part, ...]) -> Part | None:
    """The part that `word` is in a compound of the last one read, or of the first unit, if it is below that."""
    for part in load().parts.get(word, ()):
        if any(part.compound == last.compound and part.level > last.level for last in above):
            return part
    return None


def _add_tenth(shadow: str, draft: Draft, worth: Fraction) -> bool:
    """A lone digit behind 块, 毛 or 米 counts tenths of it: 一米九; two of them hundredths: 一米七五, 三块零四."""
    match = _TENTHS.match(shadow, draft.end)
    if match is None or match_unit(shadow, match.end(), draft.end) is not None:
        return False
    digits = "".join(str(DIGITS[c]) for c in match[1])
    _add(draft, Decimal(f"0.{digits}") * worth.numerator / worth.denominator * draft.scale, match.end())
    return True
