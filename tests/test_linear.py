"""Time grows as the input does, on inputs made to make it grow faster; `tests.growth` says how that is told."""

import io

import pytest

import newsfacts
from newsfacts.document.fold import fold
from newsfacts.document.reading import read_documents
from newsfacts.model import Document
from newsfacts.output import FORMATS, write_text
from newsfacts.output.writers import File
from tests.growth import check_linear
from tests.strategies import PIECES

UNITS = PIECES["worst"].split()
SPACED = [
    "1 ",
    "\n3",
    "\t3",
    "3\n",
    "|3|\n",
    "项目\t1\n",
    "营业收入(百万元):3\n",
    "延伸阅读\n3家\n",
    "\u200b3",
    "2021年 ",
]
MARKUP = {
    "page": ("a.html", "<html><body>{}", "<p>首日客流2万人次，成交三百万元。</p>"),
    "fragment": ("a.html", "{}", "<p>客流2万人次。</p>"),
    "open tags": ("a.html", "<p>客流2万人次。{}", "<b>"),
    "open brackets": ("a.html", "<p>客流2万人次。</p>{}", "<"),
    "comments": ("a.html", "<p>客流2万人次。</p>{}", "<!--"),
    "table": (
        "a.html",
        "<table><tr><th>航线</th><th>客流(万人)</th></tr>{}</table>",
        "<tr><td>北港线</td><td>12</td></tr>",
    ),
    "wide table": ("a.html", "<table><tr>{}</tr></table>", "<td>12</td>"),
    "markdown": ("a.md", "{}", "- 客流**2万**人次\n"),
    "quotes": ("a.md", "客流2万人次。\n\n{}", "> 甲\n"),
    "front matter": ("a.txt", "---\n{}title: 夜市\n---\n客流2万人次。", "# 甲\n"),
    "spaces": ("a.txt", "客流2万人次。{}", " \n"),
    "records": ("a.jsonl", "{}", '{"text": "客流2万人次。"}\n'),
    "array": ("a.json", '[{}{"text": "客流2万人次。"}]', '{"text": "客流2万人次。"},'),
    "rows": ("a.csv", "text\n{}", "客流2万人次。\n"),
    "feed": (
        "a.xml",
        "<rss><channel>{}</channel></rss>",
        "<item><title>夜市</title><description>客流2万人次。</description></item>",
    ),
}


@pytest.mark.parametrize("unit", UNITS + SPACED)
def test_extraction_is_linear(unit: str) -> None:
    check_linear(newsfacts.extract, lambda repeats: unit * repeats, prepare=str)


@pytest.mark.parametrize("unit", ["○", "二○", "，", "４，５", "\u200b", "繁"])
def test_folding_is_linear(unit: str) -> None:
    check_linear(fold, lambda repeats: unit * repeats, prepare=str)


@pytest.mark.parametrize("kind", MARKUP)
def test_reading_is_linear(kind: str) -> None:
    name, around, unit = MARKUP[kind]
    head, tail = around.split("{}")
    check_linear(
        lambda data: list(read_documents(data, name=name)),
        lambda repeats: head + unit * repeats + tail,
        prepare=str.encode,
    )


@pytest.mark.parametrize("name", [name for name, writer in FORMATS.items() if not isinstance(writer, File)])
def test_writing_is_linear(name: str) -> None:
    writer = FORMATS[name]
    assert not isinstance(writer, File)
    [fact] = newsfacts.extract("绿洲物流营业收入达229亿元")

    def write(text: str) -> None:
        write_text(writer, [(Document(text), [fact] * (len(text) // 20))], io.StringIO())

    check_linear(write, lambda repeats: "绿洲物流营业收入达229亿元。\n" * repeats, prepare=str)


def test_what_is_not_linear_is_told() -> None:
    with pytest.raises(AssertionError, match="time grows with the exponents"):
        check_linear(lambda text: [text.count("二") for _ in text], lambda repeats: "一" * repeats, prepare=str)
