"""The table of expectation, intention and denial at work, row by row; the corpus holds the constructions."""

from typing import Any

import pytest

from newsfacts.document.fold import fold
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.negation import read_negations
from newsfacts.extractors.status import read_statuses
from newsfacts.lexicon import read_table
from newsfacts.model import Figure, Found, Sentence
from tests.growth import check_linear

TABLE = read_table("status")


def read(text: str) -> list[Found | None]:
    """The statuses of a one-sentence text."""
    shadow = fold(text)
    return read_statuses(shadow, Sentence(0, len(shadow), True), find_figures(shadow))


def read_denials(text: str) -> list[Found | None]:
    shadow = fold(text)
    return read_negations(shadow, Sentence(0, len(shadow), True), find_figures(shadow))


def rows(*names: str) -> list[Any]:
    return [pytest.param(name, row, id=f"{name} {row['words'][0]}") for name in names for row in TABLE[name]]


CUES = rows("forecast", "plan", "aim", "will")
STATUS = {"forecast": "forecast", "plan": "plan", "aim": "plan"}


@pytest.mark.parametrize(("table", "row"), CUES)
def test_examples_are_read_and_counterexamples_are_facts(table: str, row: dict[str, Any]) -> None:
    for example in row.get("examples", ()):
        told = {found.value for found in read(example) if found}
        assert told, example
        assert STATUS.get(table) in {None, *told}, example
    for example in row.get("counterexamples", ()):
        assert read(example)[-1] is None, example


@pytest.mark.parametrize(("table", "row"), rows("forecast", "plan"))
def test_each_word_gives_its_status(table: str, row: dict[str, Any]) -> None:
    for word in row["words"]:
        found = read(f"公司{word}约3亿元")[0]
        assert found is not None, word
        assert found.value == STATUS[table], word


@pytest.mark.parametrize(("table", "row"), rows("forecast", "plan"))
def test_each_word_is_part_of_another_beside_its_characters(table: str, row: dict[str, Any]) -> None:
    word = row["words"][0]
    for before in row.get("not_after", ""):
        assert read(f"{before}{word}约3亿元")[-1] is None, before
    for after in row.get("not_before", ""):
        assert read(f"公司{word}{after}约3亿元")[-1] is None, after


def test_a_modal_makes_a_plan_and_an_outcome_a_forecast() -> None:
    outcomes = TABLE["outcome"][0]["words"]
    for word in outcomes:
        found = read(f"该项将{word}3亿元")[0]
        assert found is not None, word
        assert found.value == "forecast", word
    for word in TABLE["modal"][0]["words"]:
        found = read(f"公司将{word}某事，并3亿元")[0]
        assert found is not None, word
        serves = word == "为"  # of 将为某事 no outcome is told
        assert found.value == ("forecast" if word in outcomes and not serves else "plan"), word


def test_an_adverb_leaves_it_to_the_verb_what_a_modal_is() -> None:
    for word in TABLE["adverb"][0]["words"]:
        for verb, status in (("上涨", "forecast"), ("投资", "plan")):
            found = read(f"该项将{word}{verb}3亿元")[0]
            assert found is not None, word
            assert found.value == status, word


def test_who_is_served_leaves_it_to_the_verb_what_a_modal_is() -> None:
    for word in TABLE["served"][0]["words"]:
        for verb, status in (("提供服务", "plan"), ("带来影响", "forecast")):
            found = read(f"平台将为{word}30万人{verb}")[0]
            assert found is not None, word
            assert found.value == status, word


def test_nature_acts_without_a_plan() -> None:
    for word in TABLE["nature"][0]["words"]:
        found = read(f"{word}将进入3个省份")[0]
        assert found is not None, word
        assert found.value == "forecast", word


@pytest.mark.parametrize(("table", "row"), rows("none"))
def test_words_that_hold_a_cue_are_none(table: str, row: dict[str, Any]) -> None:
    for word in row["words"]:
        assert read(f"该地{word}3亿元") == [None], word
    for example in row["examples"]:
        assert not any(read(example)), example


@pytest.mark.parametrize(("table", "row"), rows("actual", "past"))
def test_words_that_tell_facts_end_a_forecast(table: str, row: dict[str, Any]) -> None:
    for word in row["words"]:
        text = f"预计全年5亿元，{word}3亿元" if table == "actual" else f"预计全年将由{word}3亿元增至5亿元"
        assert [found is None for found in read(text)] == ([False, True] if table == "actual" else [True, False]), text


def test_somebody_decides_an_amount() -> None:
    for word in TABLE["decided"][0]["words"]:
        found = read(f"该项{word}将超过3亿元")[0]
        assert found is not None, word
        assert found.value == "plan", word


def test_each_word_continues_what_is_expected() -> None:
    for word in TABLE["continue"][0]["words"]:
        assert read(f"公司可能投资5亿元，{word}招工300人")[1] is not None, word
    for example in TABLE["continue"][0]["counterexamples"]:
        assert read(example)[-1] is None, example


def test_each_negator_denies() -> None:
    row = TABLE["negator"][0]
    for word in row["words"]:
        assert read_denials(f"该厂{word}开除3人")[0] is not None, word
        for after in row["not_before"]:
            assert read_denials(f"该厂{word}{after}3人") == [None], word + after
    for example in row["examples"]:
        assert any(read_denials(example)), example
    for example in [*row["counterexamples"], *TABLE["barrier"][0]["examples"]]:
        assert not any(read_denials(example)), example


def test_the_evidence_is_the_word() -> None:
    text = "當局擬加建２座天橋，目前未有1人反對"
    assert [found and text[slice(*found.span)] for found in read(text)] == ["擬", None]
    assert [found and text[slice(*found.span)] for found in read_denials(text)] == [None, "未"]


@pytest.mark.parametrize("unit", ["预计3亿元", "3家将", "目标5%目标", "没有3家", "(预计5亿元"])
def test_time_grows_no_faster_than_the_sentence(unit: str) -> None:
    def read_all(parts: tuple[str, Sentence, list[Figure]]) -> None:
        read_statuses(*parts)
        read_negations(*parts)

    check_linear(
        read_all,
        lambda count: unit * count,
        prepare=lambda text: (text, Sentence(0, len(text), True), find_figures(text)),
        repeats=750,
    )
