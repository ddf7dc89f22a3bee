"""parse_quantity, find_numbers and unit conversion: what the Python API promises."""

from decimal import Context, Decimal, localcontext

import pytest

import newsfacts
from newsfacts import Bound, Kind


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind"),
    [
        ("六斤八两", "6.8", "斤", Kind.MEASURE),
        ("一米九", "1.9", "m", Kind.MEASURE),
        ("三元五角", "3.5", "CNY", Kind.MONEY),
        ("两毛五", "0.25", "CNY", Kind.MONEY),
        ("壹佰万元整", "1000000", "CNY", Kind.MONEY),
        ("8亿元人民币", "800000000", "CNY", Kind.MONEY),
        ("新台币 177.1 亿元", "17710000000", "TWD", Kind.MONEY),
        ("百分之负三点八", "-3.8", "%", Kind.PERCENT),
        ("七成六", "76", "%", Kind.PERCENT),
        ("零下四摄氏度", "-4", "°C", Kind.MEASURE),
        ("五分半钟", "5.5", "min", Kind.DURATION),
        ("三千二百", "3200", None, Kind.NUMBER),
    ],
)
def test_whole_strings_are_quantities(text: str, value: str, unit: str | None, kind: Kind) -> None:
    quantity = newsfacts.parse_quantity(text)
    assert (quantity.value, quantity.unit, quantity.kind) == (Decimal(value), unit, kind)


@pytest.mark.parametrize(
    ("text", "bound", "low", "high"),
    [
        ("至少五千万美元", Bound.AT_LEAST, 50_000_000, None),
        ("不到200人", Bound.UNDER, None, 200),
        ("3到5亿元", Bound.RANGE, 300_000_000, 500_000_000),
        ("1万(含)-5万元", Bound.RANGE, 10_000, 50_000),
        ("大约40公里", Bound.ABOUT, None, None),
    ],
)
def test_bound_words_belong_to_the_quantity(text: str, bound: Bound, low: int | None, high: int | None) -> None:
    quantity = newsfacts.parse_quantity(text)
    assert (quantity.bound, quantity.low, quantity.high) == (bound, low, high)


@pytest.mark.parametrize("text", ["", "没有数字", "3元和5元", "营收229亿元的公司", "第三季度", "五角大楼"])
def test_other_strings_say_where_they_fail(text: str) -> None:
    with pytest.raises(ValueError, match=r"no quantity.*character \d+"):
        newsfacts.parse_quantity(text)


def test_measures_convert_and_others_say_why_not() -> None:
    assert newsfacts.parse_quantity("1.2亿千瓦时").to("GWh").value == 120
    assert newsfacts.parse_quantity("两小时十分").to("min").value == 130
    assert newsfacts.parse_quantity("三千米").to("km").value == 3
    with pytest.raises(ValueError, match="only measures convert"):
        newsfacts.parse_quantity("3亿元").to("kg")
    with pytest.raises(ValueError, match="same dimension"):
        newsfacts.parse_quantity("3吨").to("km")


def test_every_numeral_is_found_figure_or_not() -> None:
    text = "第3届大会有两万人到场，占四分之一，-5度"
    found = [(text[n.start : n.end], n.value) for n in newsfacts.find_numbers(text)]
    assert found == [("3", 3), ("两万", 20000), ("四分之一", Decimal("0.25")), ("-5", -5)]


LONG = "1234567890123456789012345678901"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{LONG}元", Decimal(LONG)),
        (f"亏损-{LONG}万元", Decimal(f"-{LONG}0000")),
        (f"{LONG}角", Decimal(f"{LONG[:-1]}.{LONG[-1]}")),
        ("1" + "亿" * 20 + "元", Decimal(10) ** 160),
        ("三分之二", Decimal("0.6666666666666666666666666667")),
    ],
)
def test_no_context_of_decimals_rounds_a_figure(text: str, value: Decimal) -> None:
    with localcontext(Context(prec=5)):
        assert [fact.value for fact in newsfacts.extract(text)] == [value]
    assert newsfacts.parse_number(LONG) == Decimal(LONG)


@pytest.mark.parametrize("unit", ["亿", "万亿", "一亿", "9", "1e", "三千 九百 ", "百分之", "一又二分之", "1/", "5^"])
def test_a_number_without_end_is_none(unit: str) -> None:
    text = unit * 5_000
    assert all(numeral.end - numeral.start <= 64 for numeral in newsfacts.find_numbers(text))
    assert all(fact.end - fact.start <= 140 for fact in newsfacts.extract(text))
    for parse in (newsfacts.parse_number, newsfacts.parse_quantity):
        with pytest.raises(ValueError, match="…' is no") as error:
            parse(text)
        assert len(str(error.value)) < 300


@pytest.mark.parametrize("text", ["1e999999999", "NaN", "Infinity", "1e-999999999"])
def test_what_only_computers_call_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="is no numeral"):
        newsfacts.parse_number(text)
    assert newsfacts.extract(f"{text}元") == []
