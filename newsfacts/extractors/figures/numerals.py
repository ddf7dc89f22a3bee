"""Numerals: the forms that Chinese news writes numbers in, and their exact values.

A numeral is a run of Arabic digits, of Chinese numeral characters, or of both (`3万4000`, `五亿零六`, `1.2万亿`). One
compiled scan finds the runs in linear time; a run is read by splitting it at its largest magnitude, so `2万9193` is
`2 × 万 + 9193`. Runs hold the approximations that stand inside a number: neighbours (三四百 is 300 to 400), 几 and 数
(2 to 9 of what follows), 多, 余 and 来 before a magnitude (十多万, 十来万), and a last digit that counts the magnitude
below (两万二 is 22000).

All text here is folded (see `document.fold`): half-width and simplified.
"""

import re
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from newsfacts.model import Bound

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"兆": 10**12, "亿": 10**8, "万": 10**4}
FORMAL = str.maketrans(
    dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟参〇", "一二三四五六七八九十百千三零", strict=True))
    | {"廿": "二十", "卅": "三十"}
)
"""The characters of cheques and of old numerals, read as the common ones."""

_DIGITS = r"(?:\d{0,2}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d*(?:\.\d+)?)"  # behind the first one
ARABIC = rf"\d{_DIGITS}"
_TAIL = rf"""(?: [零〇一二三四五六七八九十百千万亿兆几拾佰仟]
               | (?<=[十百千万亿兆零]){ARABIC}
               | 两(?=[百千万亿佰仟])
               | [多余来](?=[万亿])
               | 点(?=[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖\d])
               | (?<=点)(?:\d+|[壹贰叁肆伍陆柒捌玖]+)
               | [壹贰叁肆伍陆柒捌玖](?=[拾佰仟万亿元圆角分点壹贰叁肆伍陆柒捌玖]|\n|$)
               | (?<=[零拾佰仟])参 )"""
SCAN = re.compile(
    rf"""
    [0-9零〇一二三四五六七八九十百千万亿两几半廿卅数壹贰叁肆伍陆柒捌玖拾佰仟参]
    (?: (?<=[0-9]) (?P<arabic> {_DIGITS} ) (?P<tail> [ ]{{0,2}}(?:[多余来](?=[十百千万亿]))?[十百千万亿兆] {_TAIL}*+ )?
      | (?P<chinese> (?: (?<=一) 两(?=[个年天家名位次三百千万亿])
                       | (?<=[零〇一二三四五六七八九十百千万亿两几半廿卅])(?<!唯.)
                       | (?<=数)(?<![指人总户代基系分次倍件岁参函级字位多少].)
                         (?=[十百千万亿]|[个名家条座艘架辆起项](?![人员单称字目件])|次(?![要日月年级序于之品元生数]))
                       | (?<=[壹贰叁肆伍陆柒捌玖拾佰仟])(?=[壹贰叁肆伍陆柒捌玖拾佰仟零〇百千万亿元圆角分点])
                       | (?<=参)(?=[拾佰仟万]) )
                     {_TAIL}*+ ) )
    """,
    re.VERBOSE,
)
"""Finds every run; where `arabic` is the last group it is digits alone, the commonest case. One set of first characters
heads the pattern, for which `re` skips over a text fast; what else each of them needs is looked for behind it. The
words inside which a run is no number are vetoes."""

RUN = re.sub(r"\?P<\w+>", "?:", SCAN.pattern)
"""The pattern of `SCAN` without its groups, to build on."""

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\d]")
_MARKS = re.compile(r"(?<=[\d ])[十百千万亿兆]+$|(?<=^.)[百千][万亿兆]*$|[万亿兆]+$")
"""The magnitudes that a list or a range may share: 3百, 五千万, 一百五十万; those inside a longer number are its
own."""
_SEPARATORS = dict.fromkeys(map(ord, " ,，"), "")
_PLAIN = FORMAL | _SEPARATORS
_ONE = Decimal(1)
LONGEST = 64
"""A run of more characters than this is no number of any article."""

EXACT = Context(prec=100)
"""What numbers are computed in, whatever the context of the program around is: no product of an article is rounded."""

_SHORT = Context(prec=28)


class Reading(NamedTuple):
    """What a run says: `value`, or `low` and `high` when it is vague; `bare` when it is a magnitude alone (万元奖金).

    `marks` are its trailing magnitudes (亿 of 3.5亿), which ranges and lists share.
    """

    value: Decimal | None
    low: Decimal
    high: Decimal
    bound: Bound
    bare: bool
    marks: str


@lru_cache(maxsize=4096)
def read_arabic(digits: str) -> Decimal:
    """The value of Arabic digits with or without thousands separators, which may be full-width.

    >>> read_arabic("1,234.56")
    Decimal('1234.56')
    """
    return Decimal(digits.translate(_SEPARATORS))


@lru_cache(maxsize=4096)
def read_run(run: str) -> Reading | None:
    """The value of a run found by `SCAN`, or None when it is no numeral (零百, 万万) or too long for one.

    >>> read_run("2万9193").value
    Decimal('29193')
    >>> read_run("三四百")[1:3]
    (Decimal('300'), Decimal('400'))
    >>> read_run("十多万")[0], str(read_run("十多万").bound)
    (Decimal('100000'), '>')
    """
    if len(run) > LONGEST:
        return None
    text = run.translate(_PLAIN)
    inner = next((c for c in "多余来" if c in text), None)
    if inner:
        text = text.replace(inner, "")
    with localcontext(EXACT):
        low_high = _read_large(text)
    if low_high is None:
        return None
    low, high = map(_without_zeros, low_high)
    marks = found[0] if (found := _MARKS.search(run)) else ""
    bare = text[0] in "百千万亿" and not any(c in DIGITS or c.isdigit() or c in "十几数" for c in text)
    if low != high:
        return Reading(None, low, high, Bound.ABOUT, False, marks)
    if inner:
        return Reading(low, low, high, Bound.ABOUT if inner == "来" else Bound.OVER, False, marks)
    return Reading(low, low, high, Bound.ABOUT if bare else Bound.EXACT, bare, marks)


def _without_zeros(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value


def divide(upper: Decimal, lower: Decimal) -> Decimal:
    """A quotient to 28 digits, where it does not end before.

    >>> divide(Decimal(1), Decimal(8)), divide(Decimal(2), Decimal(3))
    (Decimal('0.125'), Decimal('0.6666666666666666666666666667'))
    """
    return _SHORT.divide(upper, lower)


def _read_large(text: str) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest value of a run, split at its largest magnitude; 兆 above 亿 above 万."""
    for mark, size in LARGE.items():
        at = text.rfind(mark)
        if at < 0:
            continue
        left = _read_large(text[:at]) if at else (_ONE, _ONE)
        right = _read_rest(text[at + 1 :], size)
        if left is None or right is None:
            return None
        return left[0] * size + right[0], left[1] * size + right[1]
    return _read_small(text)


def _read_rest(text: str, size: int) -> tuple[Decimal, Decimal] | None:
    """What follows a large magnitude: a lone digit counts the magnitude below it (两万二), all else counts ones."""
    if not text:
        return Decimal(0), Decimal(0)
    if text.startswith("点"):
        return _read_small(f"零{text}")
    if len(text) == 1 and (text in DIGITS or text.isdigit()):
        lone = Decimal(DIGITS.get(text, 0) if text in DIGITS else text) * size / 10
        return lone, lone
    return _read_large(text.removeprefix("零"))


def _read_small(text: str) -> tuple[Decimal, Decimal] | None:
    """A run below 万: `三百五十六`, `二零二一`, `5千4百`, `十五点七`, `几十`."""
    whole, point, fraction = text.partition("点")
    if whole == "半":
        return Decimal("0.5"), Decimal("0.5")
    if not point:
        return _read_whole(whole)
    if len(whole) > 1 and all(c in DIGITS for c in whole):
        spelt = Decimal("".join(str(DIGITS[c]) for c in whole))
        low_high: tuple[Decimal, Decimal] | None = (spelt, spelt)
    else:
        low_high = _read_whole(whole)
    if low_high is None:
        return None
    digits = "".join(str(DIGITS[c]) if c in DIGITS else c for c in fraction)
    if not digits.isdigit():
        return None
    part = Decimal(f"0.{digits}")
    return low_high[0] + part, low_high[1] + part


def _read_whole(text: str) -> tuple[Decimal, Decimal] | None:
    """The whole part of a run below 万, as the sum of its digits times 千, 百, 十."""
    low = high = Decimal(0)
    pending: list[str] = []
    last = 0
    for token in _TOKEN.findall(text):
        size = SMALL.get(token)
        if size is None:
            if token == "零" and last and not pending:
                last = 1  # a digit after 零 counts ones: 三百零五
                continue
            pending.append(token)
            continue
        digit = _read_digits(pending, after=0) if pending else (_ONE, _ONE)
        if digit is None or (last and size >= last and last != 1):
            return None
        low, high, last, pending = low + digit[0] * size, high + digit[1] * size, size, []
    if not pending:
        return (low, high) if last else None
    digit = _read_digits(pending, after=last)
    if digit is None:
        return None
    size = last // 10 if last > 10 and all(c in DIGITS or len(c) == 1 for c in pending) else 1
    return low + digit[0] * size, high + digit[1] * size


def _read_digits(tokens: list[str], after: int) -> tuple[Decimal, Decimal] | None:
    """Digits without a magnitude between them: one digit, neighbours (三四), 几 or 数, or a string of digits
    (二零二一)."""
    if len(tokens) == 1:
        token = tokens[0]
        if token in "几数":
            return Decimal(1 if after == 10 else 2), Decimal(9)
        value = Decimal(DIGITS[token]) if token in DIGITS else Decimal(token) if token[0].isdigit() else None
        return None if value is None else (value, value)
    if not all(c in DIGITS for c in tokens):
        digits = "".join(str(DIGITS[c]) if c in DIGITS else c for c in tokens)
        return (Decimal(digits), Decimal(digits)) if digits.isdigit() else None
    first, second = DIGITS[tokens[0]], DIGITS[tokens[1]]
    if len(tokens) == 2 and (second == first + 1 or (first, second) == (3, 5)) and first:
        return Decimal(first), Decimal(second)
    value = Decimal("".join(str(DIGITS[c]) for c in tokens))
    return value, value
