"""Forms that are more than number and unit: 百分之三, 三分之一, 3比2, 第三大, 一半, 翻番, 一死三伤.

Each reads from the text around one numeral and gives finished drafts, a reason for refusing, or None where it does not
apply.
"""

import re
from decimal import Decimal
from functools import cache

from newsfacts.extractors.figures.draft import Draft
from newsfacts.extractors.figures.numerals import ARABIC, DIGITS, SCAN, Reading, divide, read_arabic, read_run
from newsfacts.extractors.figures.ranks import read_ordinal
from newsfacts.extractors.figures.units import match_unit, window_around
from newsfacts.lexicon import Whole, load
from newsfacts.model import Bound, Kind

_ONE = Decimal(1)
_THOUSAND = Decimal(1000)
_FORMAL_DIGIT = re.compile("[壹贰叁肆伍陆柒捌玖拾参]")
_CASUALTIES = re.compile(r"([一二两三四五六七八九]|\d{1,3})死([一二两三四五六七八九十]|\d{1,3})伤")
_FRACTION_BEHIND = re.compile(r"[ ]?(?:-{1,2}|~|至|到)[ ]?\d{1,3}/\d{1,3}(?![\d/])")
_FRACTION_BEFORE = re.compile(r"(?<![\d/])\d{1,3}/\d{1,3}[ ]?(?:-{1,2}|~|至|到)$")
"""The other end of a range of fractions: 1/6-1/8."""
_CHAIN = re.compile(rf"(?<![A-Za-z0-9_:/.#-])(?:{ARABIC}:){{2,9}}{ARABIC}(?![A-Za-z0-9_:/-])")
_PADDED = re.compile(r"(?:^|:)0\d")
_ELAPSED = re.compile(r"\d{1,2}(?::[0-5]\d){2}")
_SHARED = 12
"""How far before a chain of numbers the word is looked for that makes it one of shares, not a time."""
_SLASHED = re.compile(r"(?:/\d{1,5}){0,4}[ ]?")
_LARGEST_SCORE = 200
_PAIRING = frozenset("比:-/")


@cache
def whole_words() -> re.Pattern[str]:
    """Matches a word that is a whole figure, longest first."""
    wholes = sorted(load().wholes.values(), key=lambda whole: len(whole.word), reverse=True)
    return re.compile("|".join(map(_whole_pattern, wholes)))


def _whole_pattern(whole: Whole) -> str:
    """The word with what must not stand around it; its first character heads the pattern, which `re` finds fast."""
    head, tail = whole.word[0], whole.word[1:]
    before = f"(?<![{whole.not_after}]{head})" if whole.not_after else ""
    return head + before + tail + (f"(?![{whole.not_before}])" if whole.not_before else "")


def read_whole(match: re.Match[str]) -> Draft:
    """The draft of a word that is a whole figure."""
    whole = load().wholes[match[0]]
    draft = _draft(*match.span(), whole.value, whole.kind, whole.unit, "whole word")
    draft.word, draft.row = whole.word, f"wholes: {whole.word}"
    return draft


def match_numeral(shadow: str, at: int) -> tuple[Reading, int] | None:
    """The numeral that begins at `at`, with its end; a lone formal digit (叁) and a run that is one only in part
    count."""
    match = SCAN.match(shadow, at) or _FORMAL_DIGIT.match(shadow, at)
    if match is None:
        return None
    for end in range(match.end(), max(match.start(), match.end() - 3), -1):
        reading = read_run(shadow[at:end])
        if reading is not None:
            return reading, end
    return None


def read_special(shadow: str, draft: Draft) -> list[Draft] | str | None:
    """The drafts of a special form around a numeral, the reason why its form is no figure, or None."""
    end = draft.number_end
    following = shadow[end : end + 1]
    if following == "分" and shadow.startswith("分之", end):
        return _read_fraction(shadow, draft)
    if following in _PAIRING:
        return _read_pair(shadow, draft, following)
    if following == "死" and (match := _CASUALTIES.match(shadow, draft.start)):
        return [_read_casualty(match, group) for group in (1, 2)]
    start = draft.start
    before = shadow[start - 1 : start]
    if before == "第" or (before == " " and shadow.endswith("第", 0, start - 1)):
        return read_ordinal(shadow, draft)
    return None


def _draft(start: int, end: int, value: Decimal | None, kind: Kind, unit: str | None, rule: str) -> Draft:
    draft = Draft.of_value(start, end, value)
    draft.kind, draft.unit, draft.rule = kind, unit, rule
    return draft


def _read_fraction(shadow: str, draft: Draft) -> list[Draft] | str:
    """百分之三 is a percentage (千分之 and 万分之 likewise), 三分之一 a ratio; 负 may stand before either number."""
    at = draft.number_end + 2
    negative = shadow.startswith("负", at)
    upper = match_numeral(shadow, at + negative)
    if upper is None:
        return "no numerator"
    reading, end = upper
    scale_up = _THOUSAND if shadow[end : end + 1] in ("k", "K") else _ONE
    end += scale_up != _ONE
    if not draft.value:
        return "no denominator"
    low, high = (-reading.high, -reading.low) if negative else (reading.low, reading.high)
    if draft.bare:
        low, high = (divide(number * 100 * scale_up, draft.value) for number in (low, high))
        found = _draft(draft.start, end, low, Kind.PERCENT, "%", "百分之")
    else:
        low, high = (divide(number, draft.value) for number in (low, high))
        found = _draft(draft.start, end, low, Kind.RATIO, None, "fraction")
    found.low, found.high = low, high
    if reading.value is None:
        found.value, found.bound = None, Bound.ABOUT
    return [found]


def _read_pair(shadow: str, draft: Draft, sign: str) -> list[Draft] | str | None:
    """3比2 and 3:2 are ratios, and so is 2:3:5; 3-1 is one beside the words of a match, 1/3 beside those of a share."""
    if sign == ":" and (chain := _CHAIN.match(shadow, draft.start)):
        return _read_chain(shadow, chain)
    match = SCAN.match(shadow, draft.number_end + 1)
    if match is None or draft.value is None or draft.marks:
        return None
    reading = read_run(match[0])
    if reading is None or reading.value is None or reading.bare:
        return None
    start, end = draft.start, match.end()
    if shadow[start - 1 : start] == ":" and shadow[start - 2 : start - 1].isdigit():
        return "code"
    first, second = draft.value, reading.value
    following = shadow[end : end + 1]
    if following and following in ":/-" and not (sign == "/" and _is_slash_pair(shadow, end)):
        return "code" if sign in ":/" else None
    if sign != "/" and match_unit(shadow, end, start) is not None:
        return None
    if sign == "/":
        return None if is_slashed(shadow, end) else _read_slash(shadow, start, end, first, second)
    if max(first, second) > _LARGEST_SCORE or (sign == "-" and not _is_match(shadow, start, end)):
        return None
    ratio = divide(first, second) if second else None
    found = _draft(start, end, ratio, Kind.RATIO, None, "score or ratio")
    found.parts = (first, second)
    return [found]


def _read_chain(shadow: str, match: re.Match[str]) -> list[Draft] | str:
    """A ratio of three numbers or more (三产之比为1:4:5) has parts and no value; no time, address or code is one."""
    start, end = match.span()
    parts = tuple(read_arabic(part) for part in match[0].split(":"))
    shares = "比" in shadow[max(0, start - _SHARED) : start]
    if max(parts) > _LARGEST_SCORE or _PADDED.search(match[0]) or (_ELAPSED.fullmatch(match[0]) and not shares):
        return "code"
    found = _draft(start, end, None, Kind.RATIO, None, "score or ratio")
    found.parts = parts
    return [found]


def _is_match(shadow: str, start: int, end: int) -> bool:
    window = window_around(shadow, start, end, 10, 6)
    return any(word in window for word in load().context["score"])


def _is_slash_pair(shadow: str, end: int) -> bool:
    """Whether the numbers before `end` are the first of a list of sizes, or of a range of fractions (1/6-1/8)."""
    return is_slashed(shadow, end) or _FRACTION_BEHIND.match(shadow, end) is not None


def is_slashed(shadow: str, end: int) -> bool:
    """Whether a number that ends at `end` is one of a list of sizes that slashes part: 128/256/512GB."""
    others = _SLASHED.match(shadow, end)
    return shadow.startswith(load().context["slashed"], others.end() if others else end)


def _read_slash(shadow: str, start: int, end: int, first: Decimal, second: Decimal) -> list[Draft] | str | None:
    if not second or first >= second or shadow[max(0, start - 1) : start] == "/":
        return None
    if shadow.startswith(load().context["round"], end):
        return "round of a tournament"
    words = load().context["fraction"]
    left, right = _FRACTION_BEFORE.search(shadow, max(0, start - 10), start), _FRACTION_BEHIND.match(shadow, end)
    opens, behind = left.start() if left else start, right.end() if right else end
    behind += shadow.startswith(" ", behind)
    before = shadow[max(0, opens - 4) : opens].rstrip(" ")
    if not (shadow.startswith(words, behind) or before.endswith(words)):
        return None
    found = _draft(start, end, divide(first, second), Kind.RATIO, None, "fraction")
    return [found]


def _read_casualty(match: re.Match[str], group: int) -> Draft:
    text = match[group]
    value = read_arabic(text) if text.isdigit() else Decimal(10 if text == "十" else DIGITS[text])
    return _draft(*match.span(group), value, Kind.NUMBER, None, "casualties")
