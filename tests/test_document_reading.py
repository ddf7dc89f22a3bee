"""A file of any form reads as the article it holds, and a bad one says what to do."""

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsfacts.document.dates import parse_date
from newsfacts.document.furniture import find_row
from newsfacts.document.html import read_blocks
from newsfacts.document.reading import read, read_closely, read_documents
from newsfacts.document.source import Options
from newsfacts.errors import ReadError
from newsfacts.model import Document

DAY = datetime.date(2023, 4, 5)


def lines_of(markup: str) -> list[str]:
    return [block.text for block in read_blocks(markup)]


def read_all(source: Path | bytes, options: Options | None = None) -> tuple[list[Document], list[str]]:
    results = list(read_documents(source, options=options))
    return (
        [result for result in results if isinstance(result, Document)],
        [str(result) for result in results if isinstance(result, ReadError)],
    )


@pytest.mark.parametrize(
    "written",
    [
        "Wed, 05 Apr 2023 23:11:28 GMT",
        "Wed, 5 Apr 2023 08:00:00 +0800",
        "2023-04-05",
        "2023-04-05T23:59:59.000Z",
        "2023-4-5 10:00",
        "2023/04/05 10:00:01",
        "2023.04.05",
        "2023年4月5日10时",
        "20230405",
        "20230405101500",
        "民國112年4月5日",
        "Apr 5, 2023",
        "5 April 2023",
        "202304/05 10:20",
        "2023 04/05",
        "发布于 2023-04-05",
        datetime.date(2023, 4, 5),
        datetime.datetime(2023, 4, 5, 23),
        1680652800,
        "1680652800000",
    ],
)
def test_date(written: object) -> None:
    assert parse_date(written) == DAY


@pytest.mark.parametrize(
    "written", [None, "", "昨天", "Foo 5, 2023", "2023-02-30", "2023-13-01", "123", True, 3, [2023]]
)
def test_no_date(written: object) -> None:
    assert parse_date(written) is None


def test_plain_text_is_its_own_text() -> None:
    text = "  快讯\r\n\r\n涨3%。责任编辑：林小满\n若x<3，见<https://example.com>\n"
    document = read(text.encode())
    assert (document.text, document.form, document.source) == (text, "text", "-")


def test_front_matter_above_plain_text() -> None:
    document = read("---\ntitle: '夜市''开张'\ndate: 2023-04-05\n---\n\n　　客流2万人次。\n\n".encode())
    assert document.text == "夜市'开张\n　　客流2万人次。"
    assert (document.title, document.published, document.language) == ("夜市'开张", DAY, "zh-Hans")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("---\ndate: 2023-04-05 10:00\ntitle: 2023\n---\n", ("2023", DAY, None, None)),
        ("\ufeff\n---\ntitle: 甲\nauthor: [林一, 陈二]\nlink: https://example.com/1\n---\n",
         ("甲", None, "林一 陈二", "https://example.com/1")),
        ("---\ntitle: ~\ndate:\nauthor: {name: 林一}\n---\n", (None, None, "林一", None)),
        ("---\r\ntitle: 甲\r\n---\r\n", ("甲", None, None, None)),
        ("---\n---\n", (None, None, None, None)),
        ('+++\ntitle = "甲"\ndate = 2023-04-05T08:00:00+08:00\n+++\n', ("甲", DAY, None, None)),
        ("> id: 7\n\n> title: 甲\n\n# 甲\n_Published on Wed, 05 Apr 2023 01:00:00 GMT_\n\n", ("甲", DAY, None, None)),
    ],
)  # fmt: skip
def test_front_matter(block: str, expected: tuple[object, ...]) -> None:
    document = read((block + "正文3亿元").encode())
    assert (document.title, document.published, document.author, document.url) == expected
    assert document.text == (f"{document.title}\n" if document.title else "") + "正文3亿元"


def test_rules_around_prose_are_not_front_matter() -> None:
    text = "---\n今年营收3亿元。\n---\n利润持平。"
    assert read(text.encode()).text == text


def test_scraped_title_without_its_ideographs_is_no_title() -> None:
    assert read("> title: 50 6796\n\n正文3亿元".encode()).title is None


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>229<b>亿</b>元</p>", ["229亿元"]),
        ("一<br>二<br/>三", ["一", "二", "三"]),
        ("<table><tr><td>营收<td>3.5亿<tr><td><p>利润</p></td></tr></table>", ["营收", "3.5亿", "利润"]),
        ("<ul><li>甲</li><li>乙</li></ul>", ["甲", "乙"]),
        ("<figure><img alt='3亿'><figcaption>图注</figcaption></figure>", ["图注"]),
        ("<p title='5%'>正文<!-- 6% --><script>7%</script><style>8%</style></p>", ["正文"]),
        ("&yen;5&nbsp;&#x4ebf;&lt;", ["¥5\xa0亿<"]),
        ("<p>中文\n    接着 A\n B</p>", ["中文接着 A B"]),
        ("　　<p>　　首行缩进　</p>", ["首行缩进"]),
        ("<p hidden>一</p><p style='DISPLAY: none'>二</p>三", ["三"]),
        ("面积9km<sup>2</sup>，CO<sub>2</sub>", ["面积9km²，CO₂"]),
        ("<pre>一\n二</pre>", ["一", "二"]),
        ("<ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>字", ["漢字"]),
        ("<div<div", []),
        ("", []),
    ],
)  # fmt: skip
def test_html_lines(markup: str, lines: list[str]) -> None:
    assert lines_of(markup) == lines


def test_html_nested_deeper_than_the_stack() -> None:
    assert lines_of("<div>" * 100_000 + "深处3亿元") == ["深处3亿元"]


def test_html_keeps_the_order_of_text_before_and_after_a_block() -> None:
    assert lines_of("前<div>中</div>后") == ["前", "中", "后"]


def test_heading_of_a_fragment_is_its_title() -> None:
    document = read("<h1>夜市开张</h1><p>客流2万人次。</p>".encode())
    assert (document.title, document.text) == ("夜市开张", "夜市开张\n客流2万人次。")


def test_title_is_not_told_twice() -> None:
    document = read("---\ntitle: 夜市开张\n---\n<h2>夜市开张</h2><p>客流2万人次。</p>".encode())
    assert document.text == "夜市开张\n客流2万人次。"


def test_day_above_a_fragment_is_not_text() -> None:
    document = read(
        "---\ntitle: 夜市　开张\n---\n<p>夜市　开张</p><p>2023-04-05T01:14:59</p><p>客流2万人次。</p>".encode()
    )
    assert document.text == "夜市 开张\n客流2万人次。"


def test_cells_above_the_first_sentence_stay() -> None:
    document = read("<table><tr><td>营收</td><td>12.5</td></tr></table><p>单位为亿元，截至去年底。</p>".encode())
    assert document.text == "营收\n12.5\n单位为亿元，截至去年底。"


def test_furniture_of_a_fragment_is_left_out_and_told() -> None:
    links = "".join(f"<p><a href='/{i}'>港口第{i}季度吞吐量</a></p>" for i in range(3))
    markup = f"<p>成交3亿元。</p><p>图为码头 资料图</p>{links}<p>责任编辑：林小满</p>"
    (reading,) = read_closely(markup.encode())
    assert not isinstance(reading, ReadError)
    assert reading.document.text == "成交3亿元。\n图为码头 资料图"
    assert len(reading.left_out) == 4


def test_headlines_below_related_reading_go_up_to_the_next_sentence() -> None:
    lines = [
        "水庫蓄水率降至31%。",
        "延伸閱讀",
        "限水7天怎麼辦",
        "降雨機率8成！週末出門帶傘",
        "署長說，月底前不會限水。",
    ]
    (reading,) = read_closely("".join(f"<p>{line}</p>" for line in lines).encode())
    assert not isinstance(reading, ReadError)
    assert reading.document.text == "水庫蓄水率降至31%。\n署長說，月底前不會限水。"
    assert reading.left_out == tuple(lines[1:4])


def test_links_inside_an_article_stay() -> None:
    document = read("<p><a href='/x'>见公告</a></p><p>成交<a href='/y'>3亿元</a>。</p>".encode())
    assert document.text == "见公告\n成交3亿元。"


def test_furniture_table() -> None:
    import tomllib

    table = tomllib.loads(Path("newsfacts/document/furniture.toml").read_text(encoding="utf-8"))["furniture"]
    for row in table:
        assert row["examples"]
        assert row["drops"] in {"line", "links", "rest"}
        for example in row["examples"]:
            assert find_row(example), example
        for example in row.get("counterexamples", []):
            assert find_row(example) is None, example


def test_markdown() -> None:
    head = "# 夜市开张\n\n![3亿](a.png)\n\n首日**2万**人次，**“外地”**占[三成](/x)。\n"
    post = f"{head}\n- 摊位`80`个\n\n|区|数|\n|-|-|\n|东|5|\n"
    document = next(iter(read_documents(post.encode(), name="post.md")))
    assert isinstance(document, Document)
    assert document.title == "夜市开张"
    assert document.text == "夜市开张\n首日2万人次，“外地”占三成。\n摊位80个\n区\n数\n东\n5"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    lines = [
        {"id": "a1", "title": "夜市开张", "date": "2023-04-05", "text": "客流2万人次。"},
        "{broken",
        {"content": "<p>成交<b>3</b>亿元</p><p>责任编辑：林小满</p>"},
        ["no object"],
        {"title": "没有正文"},
        {"正文": ["第一段", "第二段\ud800"], "发布时间": 1680652800},
    ]
    path = tmp_path / "records.jsonl"
    encoded = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n\n".join(encoded), encoding="utf-8-sig")
    return path


def test_json_lines(records: Path) -> None:
    documents, errors = read_all(records)
    assert [document.source for document in documents] == [f"{records}#a1", f"{records}#5", f"{records}#11"]
    assert [document.text for document in documents] == ["夜市开张\n客流2万人次。", "成交3亿元", "第一段\n第二段\ufffd"]
    assert [document.published for document in documents] == [DAY, None, DAY]
    assert {(document.form, document.encoding) for document in documents} == {("record", "utf-8")}
    assert [error.split(":")[0] for error in errors] == [f"{records}#3", f"{records}#7", f"{records}#9"]
    assert all(";" in error for error in errors)


def test_json_lines_with_named_fields(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps({"t": "标题", "c": "正文", "k": 9, "d": "20230405"}), encoding="utf-8")
    names = {"text": "c", "title": "t", "id": "k", "date": "d"}
    (document,), _ = read_all(path, Options(names=names))
    assert (document.text, document.source, document.published) == ("标题\n正文", f"{path}#9", DAY)


def test_json_lines_in_gbk(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    path.write_bytes('{"text": "港口吞吐量增长百分之八"}\n'.encode("gbk") * 3)
    documents, errors = read_all(path)
    assert (len(documents), errors) == (3, [])
    assert documents[0].encoding == "gb18030"


def test_date_is_for_the_document_that_tells_none() -> None:
    other = datetime.date(2020, 1, 1)
    assert read("正文".encode(), date=other).published == other
    assert read("---\ndate: 2023-04-05\n---\n正文".encode(), date=other).published == DAY


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "-: is empty; "),
        (b" \n\n", "-: is empty; "),
        (b"\x7fELF" + bytes(range(32)) * 40, "-: is a program, not text; "),
        (b'---\ntitle: "a\n---\nx', "-: its front matter is not valid YAML at its line "),
        (b"---\ntitle: [a\n---\nx", "-: its front matter is not valid YAML"),
        (b"---\ndate: 2023-04-05\n---\n\n", "-: holds no text of an article; "),
        ("<p>责任编辑：林小满</p>".encode(), "-: holds no text of an article; "),
        (b"<!-- nothing --><script>1</script>", "-: holds no text of an article; "),
        (b"+++\ntitle = \n+++\nx", "-: its front matter is not valid TOML"),
    ],
)
def test_bad_bytes(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(data)


def test_bad_paths(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, message in [("none.txt", "no such file"), ("", "is a folder"), ("pipe", "is a pipe")]:
        with pytest.raises(ReadError, match=f"{tmp_path / name}: {message}"):
            read(tmp_path / name)
    with pytest.raises(ReadError, match="is a pipe, a socket or a device"):
        read("/dev/null")


def test_larger_than_the_limit() -> None:
    assert read_all("正文".encode() * 100, Options(largest=64))[1] == [
        "-: is larger than 0 MiB; split it, or raise the limit"
    ]


def test_several_documents_are_not_one(records: Path) -> None:
    with pytest.raises(ReadError, match="holds several documents; read it with read_documents"):
        read(records)


def test_importing_needs_no_parser() -> None:
    heavy = {"bs4", "lxml", "yaml", "markdown_it", "tomllib"}
    script = f"import sys, newsfacts.document.reading; print({heavy} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
