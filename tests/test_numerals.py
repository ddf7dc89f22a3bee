"""Numerals: the value of generated ones round trips, whatever the script they are written in."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsfacts
from newsfacts.extractors.figures.numerals import SCAN, read_run

COMMON = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"


def spell_section(number: int, digits: str, units: tuple[str, ...]) -> str:
    """A number below 10000 in Chinese numerals, with 零 for a gap."""
    out, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            out += (digits[0] if gap and out else "") + digits[digit] + units[place]
        gap = not digit if out else False
    return out


def spell(number: int, digits: str = COMMON, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """A whole number up to 10^16 in Chinese numerals."""
    if not number:
        return digits[0]
    out = ""
    for size, mark in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // size % 10**4
        if not section:
            continue
        gap = out and section < 1000
        out += (digits[0] if gap else "") + spell_section(section, digits, units) + mark
    return out


@given(st.integers(0, 10**12 - 1))
@settings(max_examples=300, deadline=None)
def test_chinese_numerals_round_trip(number: int) -> None:
    assert newsfacts.parse_number(spell(number)) == number


@given(st.integers(10, 10**12 - 1))
@settings(max_examples=200, deadline=None)
def test_formal_numerals_round_trip(number: int) -> None:
    assert newsfacts.parse_number(spell(number, FORMAL, ("", "拾", "佰", "仟"))) == number


@given(st.integers(1, 9999))
@settings(max_examples=100, deadline=None)
def test_numerals_up_to_ten_to_the_sixteenth_round_trip(thousands: int) -> None:
    number = thousands * 10**12
    assert newsfacts.parse_number(f"{spell(thousands)}万亿") == number


@given(st.decimals(0, 10**15, places=3, allow_nan=False), st.sampled_from(["", "万", "亿", "万亿"]))
@settings(max_examples=200, deadline=None)
def test_arabic_numerals_with_magnitudes_are_exact(number: Decimal, magnitude: str) -> None:
    size = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[magnitude]
    assert newsfacts.parse_number(f"{number:f}{magnitude}") == number * size
    assert newsfacts.parse_number(f"{number:,f}{magnitude}") == number * size


@given(st.text(alphabet="零一二两三十百千万亿兆几数半点0123456789,.% -负第多余来壹拾元个年月日", max_size=40))
@settings(max_examples=400, deadline=None)
def test_no_text_of_numerals_raises_or_loses_an_offset(text: str) -> None:
    for numeral in newsfacts.find_numbers(text):
        assert 0 <= numeral.start < numeral.end <= len(text)
    for fact in newsfacts.extract(text):
        assert text[fact.start : fact.end] == fact.text
        for start, end in fact.evidence.values():
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", ["", "元", "百分之", "点五点", "abc", "1e9999999"])
def test_what_is_no_numeral_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no numeral|give digits"):
        newsfacts.parse_number(text)


@pytest.mark.parametrize(
    ("run", "low", "high"),
    [("几百万", 2_000_000, 9_000_000), ("三四十", 30, 40), ("十几", 11, 19), ("数十亿", 2 * 10**9, 9 * 10**9)],
)
def test_vague_numerals_have_a_range(run: str, low: int, high: int) -> None:
    match = SCAN.fullmatch(run)
    reading = read_run(run)
    assert match is not None
    assert reading is not None
    assert reading.value is None
    assert (reading.low, reading.high) == (Decimal(low), Decimal(high))
