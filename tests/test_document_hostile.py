"""Input that is broken, or made to break readers: each gives its text or one line, in bounded time and memory."""

import gzip
import io
import json
import subprocess
import sys
import tomllib
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from encodings import aliases
from pathlib import Path

import pytest

from newsfacts.document.byline import find_byline, find_origin, find_outlets
from newsfacts.document.furniture import find_row
from newsfacts.document.reading import read, read_closely, read_documents
from newsfacts.document.source import MEBIBYTE, Options
from newsfacts.errors import ReadError
from newsfacts.model import Document
from tests.growth import bounded

STORY = "首日客流2万人次，成交三百万元。"
LINE = "首日客流2万人次，" * (50 * MEBIBYTE // 25)
DEEP = 100_000
TREE = 25_000


def zipped(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", data)
    return packed.getvalue()


def read_in_time(name: str, data: bytes) -> Document | ReadError:
    with bounded():
        (result,) = read_documents(data, name=name)
    return result


NESTED = {
    "fragment": ("a.html", "<div>" * TREE + STORY),
    "closed fragment": ("a.html", "<div>" * TREE + STORY + "</div>" * TREE),
    "tables": ("a.html", "<table><tr><td>" * (TREE // 2) + STORY),
    "emphasis": ("a.html", "<p>" + "<b>" * TREE + STORY),
    "feed": ("a.xml", f"<rss><channel><item><title>{STORY}</title><description>" + "<a>" * TREE),
    "linked data": ("a.html", f"<html><script type='application/ld+json'>{'[' * TREE}</script><p>{STORY}</p>"),
}
REFUSED = {
    "page": ("a.html", "<html><body>" + "<div>" * DEEP + STORY, "more than 2000 deep"),
    "JSON": ("a.json", "[" * DEEP, "is not valid JSON"),
    "JSON Lines": ("a.jsonl", '{"text":' * DEEP, "is not valid JSON"),
    "YAML": ("a.txt", f"---\ntitle: {'[' * DEEP}{']' * DEEP}\n---\n{STORY}", "is not valid YAML"),
    "TOML": ("a.txt", f"+++\ntitle = {'[' * DEEP}\n+++\n{STORY}", "is not valid TOML"),
    "quotes": ("a.md", ">" * DEEP + STORY, "holds no text"),
}


@pytest.mark.parametrize("kind", NESTED)
def test_nested_deep(kind: str) -> None:
    name, text = NESTED[kind]
    result = read_in_time(name, text.encode())
    assert isinstance(result, Document)
    assert STORY in result.text


@pytest.mark.parametrize("kind", REFUSED)
def test_nested_too_deep(kind: str) -> None:
    name, text, message = REFUSED[kind]
    result = read_in_time(name, text.encode())
    assert isinstance(result, ReadError)
    assert message in str(result)
    assert "\n" not in str(result)


ONE_LINE: dict[str, tuple[str, Callable[[], str]]] = {
    "fragment": ("a.html", lambda: f"<p>{LINE}</p>"),
    "page": ("a.html", lambda: f"<html><body><p>{LINE[: len(LINE) // 4]}</p>"),
    "markdown": ("a.md", lambda: LINE),
    "JSON Lines": ("a.jsonl", lambda: json.dumps({"text": LINE}, ensure_ascii=False)),
    "JSON": ("a.json", lambda: json.dumps([{"text": LINE}], ensure_ascii=False)),
    "CSV": ("a.csv", lambda: f"text\n{LINE}"),
}


@pytest.mark.parametrize("kind", ONE_LINE)
def test_megabytes_in_one_line(kind: str) -> None:
    name, make = ONE_LINE[kind]
    result = read_in_time(name, make().encode())
    assert isinstance(result, Document)
    assert len(result.text) >= len(LINE) // 4


@pytest.mark.parametrize(
    "text",
    [
        "---\n" + "# " * 200 + "\n---\n" + STORY,
        "---\n" + "\n" * 20_000 + "。\n---\n" + STORY,
        "---\n" + "a: b\n" * 50_000 + STORY,
        "> id: 1\n" * 20_000 + STORY,
        f"<p>{STORY}</p>" + "<" * 200_000,
        f"<p>{STORY}</p>" + "<!--" * 50_000,
        f"<p {'a=1 ' * 50_000}>{STORY}",
        f"<p>{STORY}{' ' * 500_000}</p>",
        f"<p>{STORY}" + "<b>" * 20_000,
        f"<html><title>{'海湾-' * 50_000}</title><p>{STORY}",
        f"<html><title>夜市今晚开张</title>{'<h1>夜市收摊了</h1>' * 5_000}<p>{STORY}",
        f"<html><body>{'<p>夜市收摊了</p>' * 10_000}<p>{STORY}",
        f"<table><tr>{'<td colspan=99 rowspan=99>甲</td>' * 5_000}</table><p>{STORY}</p>",
    ],
)
def test_repeated_without_end(text: str) -> None:
    result = read_in_time("a.html", text.encode())
    assert isinstance(result, Document)
    assert STORY in result.text


def examples_of_furniture() -> Iterator[str]:
    table = tomllib.loads(Path("newsfacts/document/furniture.toml").read_text(encoding="utf-8"))
    for row in (*table["furniture"], *table["piece"]):
        yield from row.get("examples", [])
    yield from ("#甲 ", "赞 ", "..", "记者 甲乙 ", "甲乙>", "来源：", "作者 甲 ", "2023 ", "(1)")


@pytest.mark.parametrize("looks_up", [find_row, find_byline, find_origin, lambda line: list(find_outlets(line))])
def test_line_that_almost_matches(looks_up: Callable[[str], object]) -> None:
    with bounded():
        for example in examples_of_furniture():
            for end in ("。甲", "x", "\n"):
                looks_up(example * (480 // len(example)) + end)


@pytest.mark.parametrize("aliases", [9, 40])
def test_yaml_bomb(aliases: int) -> None:
    rows = "".join(f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 10)}]\n" for i in range(aliases))
    result = read_in_time("a.txt", f"---\na0: &a0 [x, x]\n{rows}title: 夜市\n---\n{STORY}".encode())
    assert isinstance(result, Document)
    assert result.text == f"夜市\n{STORY}"


PACKED_STORY = zipped(STORY.encode() * 9_000)
PACKED = {
    "gzip": ("a.txt.gz", gzip.compress(STORY.encode() * 9_000)[:-20]),
    "zip without its end": ("a.zip", PACKED_STORY[:-30]),
    "zip without its middle": ("a.zip", PACKED_STORY[:60] + b"\xff" * 40 + PACKED_STORY[100:]),
    "WARC": ("a.warc.gz", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999\r\n\r\nHTTP")[:-9]),
}


@pytest.mark.parametrize("kind", PACKED)
def test_packed_file_cut_off(kind: str) -> None:
    name, data = PACKED[kind]
    result = read_in_time(name, data)
    assert isinstance(result, ReadError)
    assert str(result).startswith(name)


@pytest.mark.parametrize("cut", range(2, 40, 7))
def test_cut_in_a_tag_or_a_character(cut: int) -> None:
    page = f"<html><body><h1>夜市开张</h1><p>{STORY}</p><p class='摊位'>摊位320个，比去年多三成。</p>"
    results = [read_in_time("a.html", page.encode(encoding)[:-cut]) for encoding in ("utf-8", "gb18030")]
    assert all(isinstance(result, Document) and STORY in result.text for result in results)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        ("<p>责任编辑：林小满</p>".encode(), "holds no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "is a PNG image"),
        (STORY.encode() + b"\0" * 9_000, "is binary data"),
    ],
)
def test_nothing_to_read(data: bytes, message: str) -> None:
    result = read_in_time("a.html", data)
    assert isinstance(result, ReadError)
    assert message in str(result)


def test_lone_surrogates() -> None:
    result = read_in_time("a.jsonl", b'{"title": "\\ud83d", "text": "3\\udc00\xe4\xba\xbf"}')
    assert isinstance(result, Document)
    assert result.text == "\ufffd\n3\ufffd亿"


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.json", "a.csv"])
def test_memory_does_not_grow_with_the_records(name: str) -> None:
    text = STORY * 40
    row = json.dumps({"id": 1, "text": text}, ensure_ascii=False)
    rows = {"a.json": f"[{','.join([row] * 2_500)}]", "a.csv": "text\n" + f"{text}\n" * 2_500}
    data = rows.get(name, f"{row}\n" * 2_500).encode()
    data = gzip.compress(data, 1) if name.endswith("gz") else data
    tracemalloc.start()
    count = sum(1 for _ in read_closely(data, name=name))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 2_500
    assert peak < 2 * MEBIBYTE


def test_bomb_is_refused_before_it_unpacks() -> None:
    bomb = gzip.compress(bytes(64 * MEBIBYTE))
    tracemalloc.start()
    (result,) = read_documents(bomb, name="a.txt.gz", options=Options(largest=MEBIBYTE))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "larger than 1 MiB" in str(result)
    assert peak < 8 * MEBIBYTE


def test_deep_yaml_does_not_end_the_process(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"---\n{'- ' * DEEP}x\ntitle: 1\n---\n{STORY}", encoding="utf-8")
    command = [sys.executable, "-c", "import sys, newsfacts; newsfacts.read(sys.argv[1])", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1)


def test_read_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    with pytest.raises(ReadError, match=r"a\.txt: is empty; "):
        read(path)


def test_xml_without_a_root_is_read_as_a_page() -> None:
    result = read_in_time("a.html", f"<?xmlrss version='2.0'?><channel><title>夜市</title><p>{STORY}</p>".encode())
    assert isinstance(result, Document)
    assert STORY in result.text


CODECS = sorted({*aliases.aliases.values(), "idna", "punycode", "raw_unicode_escape", "undefined"})


@pytest.mark.parametrize("label", CODECS)
def test_no_label_breaks_decoding(label: str) -> None:
    page = b"<meta charset=%s><p>" % label.encode()
    for text in (STORY.encode("gb18030"), STORY.encode(), b"+AGEAYg- \\u4e00 xn--\xff\xfe"):
        [result] = read_documents(page + text * 9, name="a.html")
        assert isinstance(result, Document | ReadError)
