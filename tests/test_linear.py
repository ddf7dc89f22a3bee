"""Time grows as the text does, on texts made to make it grow faster."""

import time

import pytest

import newsfacts

ADVERSARIAL = {
    "digits": "1",
    "ones": "一",
    "ranges": "3到3到3到",
    "commas": "，",
    "magnitudes": "万亿亿万",
    "thousands": "1,",
    "points": "1.",
    "fractions": "分之一",
    "lists": "1、",
    "times": "1×",
    "units": "3个",
    "signs": "-1",
    "brackets": "(",
    "dates": "1月1",
    "halves": "半个半",
    "currencies": "人民币1",
    "bounds": "超过超过",
    "spaces": "1 ",
}
LENGTH = 50_000


def cpu_time(text: str) -> float:
    """The least CPU time of three extractions."""
    times = []
    for _ in range(3):
        start = time.process_time()
        newsfacts.extract(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_double_the_text_takes_about_double_the_time(unit: str) -> None:
    text = unit * (LENGTH // len(unit))
    newsfacts.extract(text[:1000])
    single, double = cpu_time(text), cpu_time(text * 2)
    assert double < single * 3 + 0.05
