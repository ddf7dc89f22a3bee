"""The page: what it holds before any browser reads it. tests/browser/ opens it in one."""

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import newsfacts
from newsfacts.cli.app import app
from newsfacts.document.grid import find_tables
from newsfacts.model import Document, Fact
from newsfacts.output import html

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "harbour.html"
HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>]]>&lt;\u2028\u2029\u202e\x00"
STEERING = {0: "\u2400"} | dict.fromkeys((0x2028, 0x2029, 0x202E), "\ufffd")


def make_page(*documents: Document, language: str | None = None) -> str:
    stream = io.StringIO()
    html.write(((document, newsfacts.extract_document(document)) for document in documents), stream, language)
    return stream.getvalue()


def read_articles(page: str) -> list[dict[str, Any]]:
    blocks = re.findall(r'<script type="application/json" class="article">(.*)</script>', page)
    return [json.loads(block) for block in blocks]


def cut(article: dict[str, Any], span: Sequence[int]) -> str:
    """The stretch of an article's text that a browser cuts: its offsets count UTF-16 units."""
    units = article["text"].encode("utf-16-le")
    return bytes(units[2 * span[0] : 2 * span[1]]).decode("utf-16-le")


def test_every_article_is_a_line_of_json_with_its_facts() -> None:
    document = newsfacts.read(SAMPLE)
    [article] = read_articles(make_page(document))
    facts = newsfacts.extract_document(document)
    assert article["text"] == document.text
    assert article["title"] == document.title
    assert article["published"] == "2024-01-18"
    assert [cut(article, (fact["start"], fact["end"])) for fact in article["facts"]] == [fact.text for fact in facts]
    assert [fact["kind"] for fact in article["facts"]] == [fact.kind.value for fact in facts]
    assert "url" not in article


def test_a_fact_holds_what_the_page_says_of_it() -> None:
    [article] = read_articles(make_page(newsfacts.read(SAMPLE)))
    cost = next(fact for fact in article["facts"] if fact["reading"] == "85元/辆")
    assert (cost["kind"], cost["value"], cost["unit"], cost["word"]) == ("money", 85, "CNY", "元")
    assert cost["change"]["direction"] == "down"
    growth = next(fact for fact in article["facts"] if fact["reading"] == "6.8%")
    assert growth["period"] == {"text": "2023年", "iso": "2023", "first": "2023-01-01", "last": "2023-12-31"}
    assert cut(article, growth["evidence"]["basis"]) == "同比"


def test_characters_beyond_the_basic_plane_shift_no_offset() -> None:
    document = Document("𠮷野家𝟛店😀2023年，𠮷野家营业收入229亿元，同比增长41%。")
    facts = newsfacts.extract_document(document)
    [article] = read_articles(make_page(document))
    assert [cut(article, (fact["start"], fact["end"])) for fact in article["facts"]] == [fact.text for fact in facts]
    for shown, fact in zip(article["facts"], facts, strict=True):
        words = {name: document.text[start:end] for name, (start, end) in fact.evidence.items()}
        assert {name: cut(article, span) for name, span in shown["evidence"].items()} == words


def test_a_table_keeps_its_cells() -> None:
    [article] = read_articles(make_page(newsfacts.read(SAMPLE)))
    [table] = article["tables"]
    heads = [cut(article, (start, end)) for start, end, row, *_ in table if row == 0]
    assert heads == ["年份", "货物吞吐量（亿吨）", "集装箱吞吐量（万标准箱）", "净利润（亿元）"]
    assert {tuple(cell[4:]) for cell in table} == {(1, 1, True), (1, 1, False)}


@pytest.mark.parametrize("left_out", [0, 1, -1])
def test_a_table_with_words_around_its_cells_stays_text(left_out: int) -> None:
    document = Document("线路\t客流\n北线\t1240万人次", tables=find_tables("线路\t客流\n北线\t1240万人次"))
    assert len(read_articles(make_page(document))[0]["tables"]) == 1
    [table] = document.tables
    cells = list(table.cells)
    del cells[left_out]
    [article] = read_articles(make_page(replace(document, tables=(replace(table, cells=tuple(cells)),))))
    assert article["tables"] == []


def test_nothing_in_an_article_ends_its_block_or_reads_as_markup() -> None:
    document = Document(HOSTILE + "营收3亿元", title=HOSTILE + "\ud800", author=HOSTILE, url="javascript:alert(1)")
    page, plain = make_page(document), make_page(Document("营收3亿元"))
    for sign in ("<", ">", "&", "\u2028", "\u202e", "\x00", "]]>"):
        assert page.count(sign) == plain.count(sign)
    [article] = read_articles(page)
    assert article["title"] == HOSTILE.translate(STEERING) + "?"
    assert page.encode()


def test_the_policy_allows_this_style_and_this_script_and_nothing_else() -> None:
    page = make_page(Document("营收3亿元"))
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert set(rules) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    assert {rules[name] for name in ("default-src", "base-uri", "form-action")} == {"'none'"}
    for rule, content in (("style-src", r"<style>(.*?)</style>"), ("script-src", r"<script>(.*?)</script>")):
        [code] = re.findall(content, page, re.DOTALL)
        assert rules[rule] == f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_the_page_names_no_other_file() -> None:
    page = make_page(Document("营收3亿元"))
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#")|@import|url\(|import\s|fetch\(|XMLHttp""", page)


def test_articles_are_written_as_they_come() -> None:
    stream = io.StringIO()
    seen: list[int] = []

    def results() -> Iterator[tuple[Document, list[Fact]]]:
        for number in range(3):
            seen.append(stream.getvalue().count('class="article"'))
            yield Document(f"第{number}篇"), []

    html.write(results(), stream)
    assert seen == [0, 1, 2]


@pytest.mark.parametrize("language", ["zh", "en", None])
def test_the_page_speaks_what_it_is_told(language: str | None) -> None:
    assert f'<html lang="en" data-language="{language or ""}">' in make_page(Document("营收3亿元"), language=language)


def test_the_command_writes_a_page(tmp_path: Path) -> None:
    output = tmp_path / "facts.html"
    done = CliRunner().invoke(app, ["extract", str(SAMPLE), "-o", str(output), "--lang", "zh"])
    assert (done.exit_code, done.output) == (0, "")
    page = output.read_text(encoding="utf-8")
    assert 'data-language="zh"' in page
    assert len(read_articles(page)) == 1


def test_a_language_that_the_page_does_not_speak_is_told() -> None:
    done = CliRunner().invoke(app, ["extract", str(SAMPLE), "-f", "html", "--lang", "fr"])
    assert done.exit_code == 2
    assert done.stderr == "newsfacts: --lang fr: no such choice; choose from zh, en\n"
