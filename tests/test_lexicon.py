"""The lexicon: every row of every table is read in its examples, and only there."""

from typing import Any

import pytest

import newsfacts
from newsfacts.document.fold import fold
from newsfacts.errors import LexiconError
from newsfacts.extractors.figures import find_figures
from newsfacts.lexicon import FOLDER, load, read_table
from newsfacts.model import Kind

FIGURES = {"units": "unit", "currencies": "currency", "classifiers": "classifier"}


def rows(table: str) -> list[dict[str, Any]]:
    return read_table(table)[FIGURES[table]]


def units_of(table: str, row: dict[str, Any]) -> set[str]:
    return {row.get("symbol") or row.get("code") or row.get("unit", row.get("word", ""))}


@pytest.mark.parametrize("table", FIGURES)
def test_every_example_is_read_with_its_row(table: str) -> None:
    wrong = [
        (example, sorted(units_of(table, row)))
        for row in rows(table)
        for example in row["examples"]
        if not units_of(table, row) & {figure.unit for figure in find_figures(fold(example))}
    ]
    assert not wrong


@pytest.mark.parametrize("table", FIGURES)
def test_no_counterexample_is_read_with_its_row(table: str) -> None:
    names = {"units": "names", "currencies": "names", "classifiers": "word"}[table]
    wrong = [
        (counterexample, figure.unit)
        for row in rows(table)
        for counterexample in row.get("counterexamples", ())
        for figure in find_figures(fold(counterexample))
        if figure.unit in units_of(table, row) and figure.row and figure.row.split(": ")[-1] in row[names]
    ]
    assert not wrong


def test_the_lexicon_is_as_wide_as_promised() -> None:
    measures = [row for row in rows("units") if row["kind"] == "measure"]
    assert len(measures) >= 250
    assert len(rows("classifiers")) >= 300
    assert len(rows("currencies")) >= 150


def test_not_figure_words_refuse_in_their_examples() -> None:
    wrong = []
    for row in read_table("notfigures")["notfigure"]:
        for example in row["examples"]:
            found = [fact.text for fact in newsfacts.extract(example) if fact.kind is not Kind.MONEY]
            words = [word for word in row["words"] if word in example]
            wrong += [(example, text) for text in found if any(text in word for word in words)]
    assert not wrong


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_row_carries_examples_and_is_written_folded(path: Any) -> None:
    for array, found in read_table(path.stem).items():
        for row in found:
            assert row.get("examples"), (array, row)
            assert fold(str(row)) == str(row), (array, row)


def test_a_broken_table_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "units.toml").write_text("unit = [", encoding="utf-8")
    monkeypatch.setattr("newsfacts.lexicon.FOLDER", tmp_path)
    with pytest.raises(LexiconError, match=r"units\.toml.*mend"):
        read_table("units")


def test_bounding_words_bound_in_their_examples() -> None:
    wrong = []
    for row in read_table("bounds")["bound"]:
        for example in row["examples"]:
            signs = {str(figure.bound) for figure in find_figures(fold(example))}
            if row["sign"] not in signs:
                wrong.append((example, row["sign"], signs))
    assert not wrong


def test_senses_with_conditions_come_first() -> None:
    for word, senses in load().senses.items():
        conditional = [bool(sense.followed or sense.near or sense.closing) for sense in senses]
        assert conditional == sorted(conditional, reverse=True), word
