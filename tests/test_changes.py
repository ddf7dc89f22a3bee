"""The tables of change and of bases at work, row by row and word by word; the corpus holds the constructions."""

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from newsfacts.document.fold import fold
from newsfacts.extractors.changes import read_changes
from newsfacts.extractors.changes.course import FoundChange
from newsfacts.extractors.figures import find_figures
from newsfacts.lexicon import read_table
from newsfacts.model import Sentence
from tests.growth import check_linear

CHANGES = read_table("changes")
BASES = read_table("bases")


def read(text: str) -> list[FoundChange | None]:
    """The changes of a one-sentence text."""
    shadow = fold(text)
    return read_changes(shadow, Sentence(0, len(shadow), True), find_figures(shadow), text)


def rows(table: dict[str, list[dict[str, Any]]], *names: str) -> list[Any]:
    """Rows as parameters, named by their table and first word."""
    return [
        pytest.param(row, id=f"{name} {(row.get('words') or row['closing'])[0]}")
        for name in names
        for row in table[name]
    ]


@pytest.mark.parametrize("row", rows(CHANGES, "verb", "against", "flat", "noun", "fixed"))
def test_examples_tell_the_change_of_their_row(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        changes = [found.change for found in read(example) if found]
        assert changes, example
        direction = row.get("direction", "flat")
        assert direction == "compare" or direction in {change.direction for change in changes}, example
        assert row.get("basis") in {None, *(change.basis for change in changes)}, example


@pytest.mark.parametrize("row", rows(CHANGES, "verb", "against", "flat", "noun", "fixed", "rate", "not", "offer"))
def test_counterexamples_tell_none(row: dict[str, Any]) -> None:
    told = row.get("counterexamples", ()) if "direction" in row or "alone" in row else row["examples"]
    for example in told:
        found = [
            change for change in read(example) if change and covers(example, change, row.get("words") or row["closing"])
        ]
        assert not found, example


def covers(text: str, found: FoundChange, words: list[str]) -> bool:
    return any(word in text[slice(*found.span)] for word in words)


def test_each_word_of_change_is_read() -> None:
    for row, word in each_word("verb"):
        text = sentence_for(row, word)
        change = read(text)[-1]
        assert change is not None, text
        assert row["direction"] in (change.change.direction, "compare"), text
        assert change.change.basis == row.get("basis", change.change.basis), text


def sentence_for(row: dict[str, Any], word: str) -> str:
    if row.get("rate"):
        return f"这项涨幅{word}至5%"
    if "only" in row:
        return f"该数从3%{word}至5%"
    return f"该数比同行{word}5%" if row.get("compared") else f"该数{word}5%"


def each_word(table: str) -> Iterator[tuple[dict[str, Any], str]]:
    for row in CHANGES[table]:
        for word in row["words"]:
            yield row, word


def test_each_name_of_a_change_is_read_and_each_rate_is_a_level() -> None:
    for row, word in each_word("noun"):
        found = read(f"该项{word}为5%")[0]
        assert found is not None, word
        assert found.change.direction == row["direction"], word
    for _, word in each_word("rate"):
        assert read(f"该项{word}为5%") == [None], word


def test_each_basis_is_read() -> None:
    for row in BASES["word"]:
        for word in row["words"]:
            assert basis_of(f"销量{word}增长5%") == row["basis"], word
    for row, preposition in itertools.product(BASES["time"], BASES["before"][0]["words"]):
        for word in row["words"]:
            assert basis_of(f"销量{preposition}{word}增长5%") == row["basis"], preposition + word


def basis_of(text: str) -> str | None:
    found = read(text)[-1]
    assert found is not None, text
    return found.change.basis


def test_no_word_has_two_roles() -> None:
    names = ("verb", "against", "flat", "noun", "rate", "not", "stop")
    words = Counter(word for name in names for row in CHANGES[name] for word in row.get("words", ()))
    assert not [word for word, count in words.items() if count > 1]


def test_basis_in_its_own_words_is_cut_from_the_text() -> None:
    text = "價格較同類產品便宜３成"
    found = read(text)[0]
    assert found is not None
    assert found.change.basis == "較同類產品"
    assert found.basis_span is not None
    assert text[slice(*found.basis_span)] == "較同類產品"


@pytest.mark.parametrize("unit", ["增长5%", "从2月的5%降至3%", "与去年5%相比", "同比增长5%和", "比前年5%", "年增"])
def test_time_grows_no_faster_than_the_sentence(unit: str) -> None:
    check_linear(
        lambda parts: read_changes(*parts),
        lambda count: unit * count,
        prepare=lambda text: (text, Sentence(0, len(text), True), find_figures(text)),
        repeats=750,
    )
