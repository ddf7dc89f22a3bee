"""The table of denominators at work, word by word; the corpus holds the constructions."""

from typing import Any

import pytest

from newsfacts.document.fold import fold
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.rates import read_rates
from newsfacts.lexicon import read_table
from newsfacts.model import Found, Sentence

TABLE = read_table("rates")
WORDS = [pytest.param(row, id=row["words"][0]) for row in TABLE["word"]]


def read(text: str) -> list[Found | None]:
    """The denominators of a one-sentence text."""
    shadow = fold(text)
    return read_rates(shadow, Sentence(0, len(shadow), True), find_figures(shadow))


@pytest.mark.parametrize("row", WORDS)
def test_each_word_gives_its_denominator(row: dict[str, Any]) -> None:
    for word in row["words"]:
        found = read(f"甲厂{word}约3200吨")[0]
        assert found is not None, word
        assert (found.value.value, found.value.unit) == (1, row["unit"]), word


@pytest.mark.parametrize("row", WORDS)
def test_each_word_is_part_of_another_behind_its_characters(row: dict[str, Any]) -> None:
    for before in row["not_after"].strip("0123456789 "):
        assert read(f"{before}{row['words'][0]}3200吨")[-1] is None, before


@pytest.mark.parametrize("row", [*WORDS, *(pytest.param(row, id=row["words"][0]) for row in TABLE["each"])])
def test_examples_are_read_and_counterexamples_are_not(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert any(read(example)), example
    for example in row.get("counterexamples", ()):
        assert not any(read(example)), example


def test_words_that_are_none_give_none() -> None:
    for example in TABLE["not"][0]["examples"]:
        assert not any(read(example)), example


def test_the_evidence_is_the_denominator() -> None:
    text = "每１０股派２元，鋼價報3900元／噸"
    assert [text[slice(*found.span)] for found in read(text) if found] == ["每１０股", "／噸"]


def test_the_evidence_ends_with_the_text() -> None:
    text = "电价执行0.56元/千瓦时"
    assert [found and found.span for found in read(text)] == [(9, len(text))]


def test_a_joined_figure_has_the_same_denominator() -> None:
    for example in TABLE["join"][0]["examples"]:
        found = read(example)
        assert found[0] is not None, example
        assert {per and per.value for per in found} == {found[0].value}, example
    for example in TABLE["join"][0]["counterexamples"]:
        assert read(example)[-1] is None, example
