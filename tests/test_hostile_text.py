"""Texts that once broke extraction, or are made to: each gives honest facts or none, whatever stands around them."""

from decimal import Decimal

import pytest

import newsfacts
from newsfacts.cli.explain import explain
from newsfacts.document.fold import fold
from newsfacts.extractors import extract_document
from newsfacts.extractors.figures import find_figures
from newsfacts.model import Document


def read(text: str) -> list[str]:
    return [f"{fact.text} {fact.kind}" for fact in newsfacts.extract(text)]


@pytest.mark.parametrize("half", ["\ud83d", "\udc00", "\udc00\ud83d"])
def test_half_a_character_stops_no_segmenter(half: str) -> None:
    assert read(f"该名35岁男子{half}已到案") == ["35岁 age"]


def test_a_slash_that_opens_a_text_is_no_denominator() -> None:
    assert read("/三岁半的孩子入园") == ["三岁半 age"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("千0", "全队完赛"),  # the end of a line is the end of what is said
        ("集市的羊肉每斤三十八块五", "0两"),  # and its words are no context for the next
        ("第一", "他赶到现场第0"),
    ],
)
def test_lines_are_read_apart(above: str, below: str) -> None:
    both = [figure.value for line in (above, below) for figure in find_figures(fold(line))]
    assert [figure.value for figure in find_figures(fold(f"{above}\n{below}"))] == both


INVISIBLE = ["\u200b", "\u200d", "\ufeff", "\u2060", "\u00ad", "\u200e", "\u202e", "\u0301", "\ufe0f", "\u200b" * 40]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_what_nobody_sees_changes_no_fact(mark: str) -> None:
    plain = "2023年，绿洲物流营业收入达229亿元，同比增长12%。"
    text = mark.join(plain)
    found = newsfacts.extract(text)
    for fact, want in zip(found, newsfacts.extract(plain), strict=True):
        assert (fact.kind, fact.value, fact.unit, fact.change) == (want.kind, want.value, want.unit, want.change)
        assert text[fact.start : fact.end] == fact.text == mark.join(want.text)
        assert fact.metric == mark.join(want.metric or "")
        assert fact.sentence == text
        assert [text[slice(*span)] for span in fact.evidence.values()] == [
            mark.join(plain[slice(*span)]) for span in want.evidence.values()
        ]


def test_invisible_characters_in_cells_of_tables() -> None:
    markup = (
        "<table><tr><td>项目</td><td>营业收入(万元)</td></tr><tr><td>绿\u200b洲</td><td>3\u200b00</td></tr></table>"
    )
    document = newsfacts.read(markup.encode())
    [fact] = newsfacts.extract_document(document)
    assert (fact.text, fact.value, fact.subject) == ("3\u200b00", Decimal(3_000_000), "绿\u200b洲")
    assert document.text[fact.start : fact.end] == fact.text


def test_invisible_characters_are_explained() -> None:
    told = list(explain(Document("5\u200bG用户超3\u200b亿户"), extract_document))
    assert told[0].startswith("5  [0:1]  refused")
    assert told[1].startswith("3\u200b亿户  [6:10]  count  > 300000000 户")


def test_empty_lines_above_a_text_move_no_place_away_from_its_beginning() -> None:
    text = "日经指数逼近4万点四个自信写入报告超过约上海市常住人口2487万人。该名35岁男子已到案"
    subjects = [fact.subject for fact in newsfacts.extract(text)]
    assert [fact.subject for fact in newsfacts.extract(f"\n\n{text}")] == subjects
