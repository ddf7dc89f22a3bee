"""The few calls that a program makes."""

import datetime

import pytest

import newsfacts


def test_a_day_may_be_given_as_a_date_or_as_a_string() -> None:
    text = "今年营收3亿元"
    given = [newsfacts.extract(text, date=day) for day in (datetime.date(2022, 6, 16), "2022-06-16")]
    assert given[0] == given[1]
    assert given[0][0].period is not None
    assert given[0][0].period.iso == "2022"


def test_a_day_that_is_none_is_told_in_one_line() -> None:
    with pytest.raises(ValueError, match=r"^'4月22日' is no date; give it as YYYY-MM-DD$"):
        newsfacts.extract("今年营收3亿元", date="4月22日")
