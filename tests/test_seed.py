"""The article that the project was asked for with: its figures, and what five of them say. Skipped in a fresh clone."""

import pytest

import newsfacts
from newsfacts import Fact
from tests.gate import SHARED

SEED = SHARED / "seed" / "wechat-pay.txt"

FIGURES = [
    *("229亿元", "2.3万家", "1800多家", "97％", "229亿元", "5200亿元", "1亿个", "100亿元"),
    *("7亿", "4.5亿", "41%", "32%", "7亿", "7.5亿", "1亿"),
]
BOUNDS = ["=", "=", ">", ">", "=", "=", ">", ">", ">", ">", "=", "=", "=", "=", ">"]

READINGS = {
    4: ("229亿元", "优惠金额", "微信支付"),
    1: ("2.3万家", "服务商", "微信支付"),
    8: ("7亿", "月活跃用户", "微信搜一搜"),
    9: ("4.5亿", "日活", "微信小程序"),
    10: ("41%", "活跃小程序数量", "微信小程序"),
}


@pytest.fixture(scope="module")
def facts() -> list[Fact]:
    if not SEED.exists():
        pytest.skip("the seed article is not part of the project")
    return newsfacts.extract_document(newsfacts.read(SEED))


def test_the_seed_has_its_fifteen_figures(facts: list[Fact]) -> None:
    assert [(fact.text, fact.bound.value) for fact in facts] == list(zip(FIGURES, BOUNDS, strict=True))


@pytest.mark.parametrize("place", READINGS)
def test_the_seed_reads_as_asked_for(facts: list[Fact], place: int) -> None:
    assert (facts[place].text, facts[place].metric, facts[place].subject) == READINGS[place]


def test_the_seed_dates_and_divides_as_asked_for(facts: list[Fact]) -> None:
    rate, users, growth = facts[1].per, facts[9], facts[10]
    assert rate is not None and rate.unit == "mo"
    assert users.period is not None and users.period.iso == "2021"
    assert growth.change is not None
    assert (growth.change.direction.value, growth.change.mode.value, growth.change.basis) == ("up", "by", "yoy")
