"""Time grows as the input does, on inputs made to make it grow faster.

For each input CPU time is measured over two doublings, and an exponent is fitted: 1 is linear, 2 quadratic. One that
is above the limit is measured again, so that what else the machine does fails no test.
"""

import io
import math
import time
from collections.abc import Callable
from statistics import linear_regression

import pytest

import newsfacts
from newsfacts.document.fold import fold
from newsfacts.document.reading import read_documents
from newsfacts.model import Document
from newsfacts.output import FORMATS, write_text
from newsfacts.output.writers import File
from tests.strategies import PIECES

LIMIT = 1.3
TRIES = 4
ENOUGH = 0.004
"""CPU seconds from which on a time is told from noise."""

LONGEST = 40_000
"""Characters of the shortest of the three inputs, at most."""

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


def cpu_time(run: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    run(text)
    return time.process_time() - start + 1e-9


def fit_exponent(run: Callable[[str], object], make: Callable[[int], str]) -> float:
    """The exponent that CPU time grows with; 0 where even the longest input takes next to none."""
    repeats = 100
    while cpu_time(run, make(repeats)) < ENOUGH:
        repeats *= 2
        if len(make(repeats)) > LONGEST:
            break
    sizes = [repeats, repeats * 2, repeats * 4]
    times = [min(cpu_time(run, make(size)) for _ in range(2)) for size in sizes]
    if times[-1] < ENOUGH:
        return 0.0
    return linear_regression([math.log(size) for size in sizes], [math.log(seconds) for seconds in times]).slope


def check(run: Callable[[str], object], make: Callable[[int], str]) -> None:
    run(make(10))
    exponents: list[float] = []
    while not exponents or (exponents[-1] > LIMIT and len(exponents) < TRIES):
        exponents.append(fit_exponent(run, make))
    assert exponents[-1] <= LIMIT, f"time grows with the exponents {exponents}"


@pytest.mark.parametrize("unit", UNITS + SPACED)
def test_extraction_is_linear(unit: str) -> None:
    check(newsfacts.extract, lambda repeats: unit * repeats)


@pytest.mark.parametrize("unit", ["○", "二○", "，", "４，５", "\u200b", "繁"])
def test_folding_is_linear(unit: str) -> None:
    check(fold, lambda repeats: unit * repeats)


@pytest.mark.parametrize("kind", MARKUP)
def test_reading_is_linear(kind: str) -> None:
    name, around, unit = MARKUP[kind]
    head, tail = around.split("{}")
    check(lambda text: list(read_documents(text.encode(), name=name)), lambda repeats: head + unit * repeats + tail)


@pytest.mark.parametrize("name", [name for name, writer in FORMATS.items() if not isinstance(writer, File)])
def test_writing_is_linear(name: str) -> None:
    writer = FORMATS[name]
    assert not isinstance(writer, File)
    [fact] = newsfacts.extract("绿洲物流营业收入达229亿元")

    def write(text: str) -> None:
        write_text(writer, [(Document(text), [fact] * (len(text) // 20))], io.StringIO())

    check(write, lambda repeats: "绿洲物流营业收入达229亿元。\n" * repeats)
