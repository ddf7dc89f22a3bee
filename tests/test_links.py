"""Linking figures: what holds whatever the text is, and what the word tables promise."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfacts.document.fold import fold
from newsfacts.document.sentences import split_sentences
from newsfacts.document.words import load_segmenter
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.links import Linker
from newsfacts.extractors.links.groups import split_group
from newsfacts.extractors.links.names import find_names, learn_names
from newsfacts.extractors.links.phrases import read_line
from newsfacts.extractors.links.reader import Link
from newsfacts.extractors.links.wordclasses import class_word, settle_classes, word_classes
from newsfacts.lexicon import read_table
from newsfacts.model import Figure, Sentence
from tests.corpus_cases import CORPUS, Case, load_folder
from tests.growth import check_linear

CASES = [case for cases in load_folder(CORPUS).values() for case in cases]
PIECES = (
    *"，。；：、（）「」“”\n 的和较占达为以中",
    *(
        "净利润",
        "同比",
        "增长",
        "远山集团",
        "上海",
        "公司",
        "其",
        "分别",
        "门店",
        "3亿元",
        "5%",
        "20家",
        "三年",
        "第二",
        "35岁",
    ),
    *("2021年", "每股", "排名", "表示", "A股", "X9", "收购", "最多的是", "等", "由", "至", "7.5倍", "😀", "\x00"),
)


def read_links(text: str, title_end: int | None = None, segmenter: str = "rjieba") -> list[tuple[Figure, Link]]:
    shadow = fold(text)
    figures = find_figures(shadow)
    linker = Linker(text, shadow, title_end, segmenter)
    links: list[tuple[Figure, Link]] = []
    for sentence, own in sentences_of(shadow, figures):
        links += zip(own, linker.read(sentence, own), strict=True)
    return links


def sentences_of(shadow: str, figures: list[Figure]) -> Iterator[tuple[Sentence, list[Figure]]]:
    at = 0
    for sentence in split_sentences(shadow):
        start = at
        while at < len(figures) and figures[at].start < sentence.end:
            at += 1
        yield sentence, figures[start:at]


def words_of(text: str, link: Link) -> tuple[str | None, str | None]:
    return link.metric and text[slice(*link.metric)], link.subject and text[slice(*link.subject)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_every_figure_keeps_its_place_and_every_span_its_words(text: str) -> None:
    links = read_links(text)
    assert [figure for figure, _ in links] == find_figures(fold(text))
    for _, link in links:
        for span in link:
            assert span is None or (0 <= span[0] < span[1] <= len(text) and text[slice(*span)].strip())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    read_links(text + "营收3亿元")


@pytest.mark.parametrize(
    "piece",
    [
        "远山集团营收",
        "增长5%",
        "增长5%，",
        "的",
        "（远山5%）",
        "营收和利润分别",
        "3亿元和5亿元",
        "远山、青岚、",
        "每股A股X9",
    ],
)
def test_a_sentence_without_an_end_is_read_in_linear_time(piece: str) -> None:
    def prepare(text: str) -> tuple[Linker, Sentence, list[Figure]]:
        shadow = fold(text)
        return Linker(text, shadow), Sentence(0, len(shadow), True), find_figures(shadow)

    check_linear(
        lambda parts: parts[0].read(*parts[1:]),
        lambda count: piece * count + "营收3亿元",
        prepare=prepare,
        repeats=12_500 // len(piece),
    )


def test_a_long_sentence_is_linked_to_its_end() -> None:
    text = "远山集团的门店，" * 300 + "净利润达3亿元，同比增长5%。"
    links = read_links(text)
    assert [words_of(text, link)[0] for _, link in links] == ["净利润", "净利润"]


def test_the_reference_segmenter_reads_nearly_all_figures_alike() -> None:
    figures = differing = 0
    for case in CASES:
        fast, reference = (read_case(case, segmenter) for segmenter in ("rjieba", "jieba"))
        figures += len(fast)
        differing += sum(a != b for a, b in zip(fast, reference, strict=True))
    assert differing <= 0.01 * figures, f"{differing} of {figures}"


def read_case(case: Case, segmenter: str) -> list[tuple[str | None, str | None]]:
    title_end = None if case.title is None else len(case.title)
    return [words_of(case.whole, link) for _, link in read_links(case.whole, title_end, segmenter)]


def test_found_words_of_other_stages_are_no_metric() -> None:
    text = "门店数劲跃5%"
    shadow = fold(text)
    figures = find_figures(shadow)
    (sentence,) = split_sentences(shadow)
    linker = Linker(text, shadow)
    assert words_of(text, linker.read(sentence, figures, [None], [None], [None])[0])[0] != "门店数劲跃"


def test_sentences_without_figures_are_remembered() -> None:
    text = "青岚汽车昨日召开发布会。新车售价25万元。"
    assert words_of(text, read_links(text)[0][1]) == ("新车售价", "青岚汽车")


ROWS: list[dict[str, Any]] = read_table("metrics")["words"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["class"]))
def test_each_class_of_words_is_shown_in_its_examples(row: dict[str, Any]) -> None:
    assert row["words"]
    for example in row["examples"]:
        assert any(word in example for word in row["words"]), example


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["class"]))
def test_the_words_of_a_class_have_its_letter(row: dict[str, Any]) -> None:
    for word in row["words"]:
        assert class_word(word, "n") == row["code"] or word_classes().words[word] != row["code"]


@pytest.mark.parametrize(
    "table",
    [
        *("nominal", "milestone", "event_unit", "purpose", "partner", "handling", "division", "whole_area"),
        *("determiner", "generic", "time_noun", "decision", "noun_unit", "count_noun", "price_noun"),
        *("dated_after", "dated_before", "market_move", "statistic_sign"),
    ],
)
def test_each_further_list_is_shown_in_its_examples(table: str) -> None:
    for row in read_table("metrics")[table]:
        assert all(any(word in example for word in row["words"]) for example in row["examples"])


@pytest.mark.parametrize("table", ["suffix", "name", "common", "press", "role", "company"])
def test_each_list_of_names_is_shown_in_its_examples(table: str) -> None:
    for row in read_table("names")[table]:
        assert all(any(word in example for word in row["words"]) for example in row["examples"])


def test_no_word_is_in_two_classes() -> None:
    seen: dict[str, str] = {}
    twice = {word for row in ROWS for word in row["words"] if seen.setdefault(word, row["code"]) != row["code"]}
    assert not twice


@pytest.mark.parametrize(
    ("letters", "settled"),
    [
        ("Y=F", "u=F"),
        ("YN", "kN"),
        ("XuF", "^uF"),
        ("XnN", "anN"),
        ("nJ,", "nn,"),
        ("nJV", "ndV"),
        ("B nHF", "B n^F"),
        ("og", "Og"),
    ],
)
def test_some_words_wait_for_their_neighbours(letters: str, settled: str) -> None:
    assert settle_classes(letters) == settled


@pytest.mark.parametrize(
    ("text", "owner", "metric"),
    [
        ("嘉禾银行的净息差", "嘉禾银行", "净息差"),
        ("中国4月出口额", "中国", "出口额"),
        ("上海和北京房价", "上海和北京", "房价"),
        ("归属于上市公司股东的净利润", None, "归属于上市公司股东的净利润"),
        ("黄金均价", "黄金", "均价"),
    ],
)
def test_a_group_comes_apart(text: str, owner: str | None, metric: str) -> None:
    line = read_line(text, 0, len(text), [], load_segmenter())
    parts = split_group(line, (0, len(line.code)))
    assert parts is not None
    spans = [line.span(parts.owner), line.span(parts.metric)]
    assert [span and text[slice(*span)] for span in spans] == [owner, metric]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青岚X9上市。青岚X9售价25万元。", "青岚X9"),
        ("嘉禾重工(600999.SH)公告。嘉禾重工营收增长。", "嘉禾重工"),
        ("檀渡称。檀渡表示。檀渡将扩产。", "檀渡"),
        ("远帆投资公告。股东远帆投资减持。", "远帆投资"),
        ("(以下简称檀渡)今日上市。", "檀渡"),
    ],
)
def test_a_document_shows_its_names(text: str, name: str) -> None:
    names = learn_names(fold(text), 0, load_segmenter(), word_classes().words)
    assert name in names
    assert find_names(text, names)


def test_common_words_are_no_names() -> None:
    text = "新能源汽车销量增长。新能源汽车出口增长。上市公司公告。上市公司增多。"
    assert learn_names(text, 0, load_segmenter(), word_classes().words) == ()
