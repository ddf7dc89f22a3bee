"""Files of many documents, packed and unpacked: each document is read, each bad one is told, nothing runs away."""

import csv
import datetime
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from fastwarc.stream_io import ZstdWriter

from newsfacts.document.reading import is_feed, read, read_documents
from newsfacts.document.source import MEBIBYTE, Options
from newsfacts.errors import ReadError
from newsfacts.model import Document
from tests.growth import bounded

DAY = datetime.date(2023, 4, 5)
ARTICLE = "---\ntitle: 夜市开张\ndate: 2023-04-05\n---\n首日客流2万人次。\n".encode()
TEXT = "夜市开张\n首日客流2万人次。"
RECORD = {"id": "a1", "title": "夜市开张", "date": "2023-04-05", "text": "首日客流2万人次。"}


def read_all(
    data: bytes | Path, name: str | None = None, options: Options | None = None
) -> tuple[list[Document], list[str]]:
    results = list(read_documents(data, name=name, options=options))
    documents = [result for result in results if isinstance(result, Document)]
    return documents, [str(result) for result in results if isinstance(result, ReadError)]


def texts(data: bytes | Path, name: str, options: Options | None = None) -> list[str]:
    documents, errors = read_all(data, name, options)
    assert errors == []
    return [document.text for document in documents]


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def zstandard(data: bytes) -> bytes:
    packed = io.BytesIO()
    with ZstdWriter(packed) as writer:
        writer.write(data)
    return packed.getvalue()


def response(url: str, body: bytes, kind: str = "text/html", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


class TestJson:
    def test_array(self) -> None:
        documents, errors = read_all(json.dumps([RECORD, {"title": "无"}, 5, RECORD | {"id": ""}]).encode(), "a.json")
        assert [document.source for document in documents] == ["a.json#a1", "a.json#4"]
        assert [document.text for document in documents] == [TEXT, TEXT]
        assert [error.split(";")[0] for error in errors] == [
            "a.json#2: has no text in text, content, body",
            "a.json#3: is no record",
        ]

    @pytest.mark.parametrize(
        ("value", "count"), [(RECORD, 1), ({"total": 2, "items": [RECORD, RECORD]}, 2), ([], 0), ([RECORD] * 3, 3)]
    )
    def test_shapes(self, value: object, count: int) -> None:
        assert texts(json.dumps(value, ensure_ascii=False, indent=2).encode(), "a.json") == [TEXT] * count

    def test_lines_under_the_name_of_json(self) -> None:
        line = json.dumps(RECORD).encode()
        assert texts(line + b"\n\n" + line, "a.json") == [TEXT, TEXT]

    def test_two_strings_are_a_title_and_a_text(self) -> None:
        assert texts('["夜市开张", "首日客流2万人次。"]'.encode(), "a.json") == [TEXT]

    def test_array_longer_than_the_window(self) -> None:
        records = [RECORD | {"id": number, "text": "首日客流2万人次。" * number} for number in range(300)]
        documents, errors = read_all(json.dumps(records, ensure_ascii=False).encode(), "a.json")
        assert (len(documents), len(errors)) == (299, 1)
        assert documents[-1].source == "a.json#299"

    @pytest.mark.parametrize(
        "data", [b'[{"text": "x"}', b"[1, ", b"{", b'{"text": }', b"[" * 200_000, b'{"a":' * 200_000]
    )
    def test_broken(self, data: bytes) -> None:
        assert "is not valid JSON" in read_all(data, "a.json")[1][-1]

    def test_line_over_the_limit(self) -> None:
        line = json.dumps(RECORD).encode() + b"\n"
        documents, errors = read_all(line + b'{"text": "' + b"x" * 5000, "a.jsonl", Options(largest=1000))
        assert len(documents) == 1
        assert errors == ["a.jsonl: is larger than 0 MiB; split it, or raise the limit"]

    def test_html_and_front_matter_in_a_field(self) -> None:
        records = [{"content": "<p>客流<b>2</b>万</p>"}, {"content": "---\ntitle: 甲\n---\n乙"}]
        lines = "\n".join(json.dumps(record) for record in records).encode()
        assert texts(lines, "a.ndjson") == ["客流2万", "---\ntitle: 甲\n---\n乙"]


class TestTables:
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_csv(self, separator: str, encoding: str) -> None:
        table = io.StringIO()
        writer = csv.writer(table, delimiter=separator)
        writer.writerows(
            [["标题", "正文", "发布时间"], ["夜市开张", f"首日客流2万人次。{separator}\n“好”", "2023/4/5 10:00"]]
        )
        documents, errors = read_all(table.getvalue().encode(encoding), "a.csv")
        assert errors == []
        assert [document.text for document in documents] == [f"夜市开张\n首日客流2万人次。{separator}\n“好”"]
        assert documents[0].published == DAY

    def test_ragged_rows(self) -> None:
        rows = "id,title,text\n1,甲,正文一\n2,乙\n3,丙,正文,三\n\n4,丁,正文四\n".encode()
        documents, errors = read_all(rows, "a.csv")
        assert [document.source for document in documents] == ["a.csv#1", "a.csv#4"]
        assert errors == [
            "a.csv#3: has no text in text, content, body; name the field with --text-field",
            "a.csv#4: has 4 cells under 3 names; put a text with separators in quotes",
        ]

    def test_no_column_of_text(self) -> None:
        assert read_all(b"a,b\n1,2\n", "a.csv")[1] == [
            "a.csv: has no column text, content, body; name the text's column with --text-field"
        ]

    def test_named_column(self) -> None:
        assert texts("a,b\n1,正文\n".encode(), "a.tsv", Options(names={"text": "b", "id": "a"})) == ["正文"]

    def test_quote_that_never_ends(self) -> None:
        documents, errors = read_all(b'text\n"' + b"x" * 5000, "a.csv", Options(largest=1000))
        assert documents == []
        assert len(errors) == 1


class TestParquet:
    @pytest.fixture
    def parquet(self, tmp_path: Path) -> Path:
        duckdb = pytest.importorskip("duckdb")
        path = tmp_path / "a[1]*.parquet"
        columns = "range AS id, '夜市开张' AS title, DATE '2023-04-05' AS date, '首日客流2万人次。' AS text"
        duckdb.sql(f"COPY (SELECT {columns} FROM range(4500)) TO '{tmp_path / 'rows'}' (FORMAT parquet)")
        (tmp_path / "rows").rename(path)
        return path

    def test_rows(self, parquet: Path) -> None:
        documents, errors = read_all(parquet)
        assert (len(documents), errors) == (4500, [])
        assert (documents[-1].text, documents[-1].published) == (TEXT, DAY)
        assert [document.source for document in documents[1999:2001]] == [f"{parquet}#1999", f"{parquet}#2000"]

    def test_bytes_and_gzip(self, parquet: Path) -> None:
        assert len(read_all(parquet.read_bytes())[0]) == 4500
        assert len(read_all(gzip.compress(parquet.read_bytes()), "a.parquet.gz")[0]) == 4500

    def test_no_column_of_text(self, parquet: Path) -> None:
        assert "has no column body" in read_all(parquet, options=Options(names={"text": "body"}))[1][0]

    def test_broken(self, parquet: Path) -> None:
        assert "is not a Parquet file that can be read" in read_all(parquet.read_bytes()[:-20], "a.parquet")[1][0]


class TestFeeds:
    ITEM = "<title>夜市开张</title><link>https://example.com/1</link>"
    RSS = (
        '<?xml version="1.0" encoding="{label}"?><!-- 海湾网 --><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>海湾网</title><item>'
        + ITEM
        + "<pubDate>Wed, 05 Apr 2023 10:00:00 +0800</pubDate><description>摘要</description>"
        "<content:encoded><![CDATA[<p>首日客流<b>2</b>万人次。</p><p>责任编辑：林小满</p>]]></content:encoded></item></channel></rss>"
    )
    ATOM = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>海湾网</title><entry><id>tag:1</id><title>夜市开张</title>'
        "<author><name>林小满</name></author><updated>2023-04-05T10:00:00+08:00</updated>"
        '<content type="html">&lt;p&gt;首日客流2万人次。&lt;/p&gt;</content></entry></feed>'
    )
    RDF = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="u"><title>夜市开张</title>'
        "<description>首日客流2万人次。</description><dc:date>2023-04-05</dc:date></item></rdf:RDF>"
    )

    @pytest.mark.parametrize(("encoding", "label"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("utf-8", "gb2312")])
    def test_rss(self, encoding: str, label: str) -> None:
        documents, errors = read_all(self.RSS.format(label=label).encode(encoding), "a.xml")
        assert errors == []
        (document,) = documents
        assert (document.text, document.published, document.form) == (TEXT, DAY, "feed")
        assert document.source == "a.xml#https://example.com/1"

    @pytest.mark.parametrize("feed", [ATOM, RDF])
    def test_other_feeds(self, feed: str) -> None:
        documents, _ = read_all(feed.encode())
        assert [(document.text, document.published) for document in documents] == [(TEXT, DAY)]

    def test_broken_xml_is_read_as_far_as_it_goes(self) -> None:
        assert texts(self.RSS.format(label="utf-8").split("</item>")[0].encode(), "a.rss") == [TEXT]

    def test_feed_without_entries(self) -> None:
        assert read_all(b"<rss><channel></channel></rss>")[1] == ["-: is a feed without entries; fetch it again"]

    def test_entity_bomb_and_external_entity(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("机密3亿元", encoding="utf-8")
        levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
        entities = f'<!DOCTYPE rss [<!ENTITY e0 "涨涨"><!ENTITY x SYSTEM "{secret.as_uri()}">{levels}]>'
        feed = f"<?xml version='1.0'?>{entities}<rss><channel><item><title>&e9;&x;甲</title></item></channel></rss>"
        with bounded():
            documents, _ = read_all(feed.encode())
        assert all("机密" not in document.text and len(document.text) < 100 for document in documents)

    def test_page_that_speaks_of_feeds_is_no_feed(self) -> None:
        assert not is_feed("<!DOCTYPE html><html><body><p>写 <rss > 的人</p>")
        assert not is_feed("文中的 <rss> 标签")


class TestArchives:
    @pytest.mark.parametrize("pack", [gzip.compress, zstandard])
    @pytest.mark.parametrize(
        ("name", "data"), [("a.txt", ARTICLE), ("a.jsonl", json.dumps(RECORD).encode()), ("a.md", ARTICLE)]
    )
    def test_packed_file(self, name: str, data: bytes, pack: Callable[[bytes], bytes]) -> None:
        suffix = ".gz" if pack is gzip.compress else ".zst"
        assert texts(pack(data), name + suffix) == [TEXT]

    @pytest.mark.parametrize("pack", [gzip.compress, zstandard])
    def test_cut_off(self, pack: Callable[[bytes], bytes]) -> None:
        lines = b"".join(json.dumps(RECORD | {"id": number}).encode() + b"\n" for number in range(2000))
        packed = pack(lines)
        documents, errors = read_all(
            packed[: len(packed) * 2 // 3], "a.jsonl.gz" if pack is gzip.compress else "a.jsonl.zst"
        )
        assert len(documents) < 2000
        assert errors

    @pytest.mark.parametrize(("data", "name"), [(b"no gzip", "a.gz"), (b"no zstd", "a.zst"), (b"no zip", "a.zip")])
    def test_not_what_its_name_says(self, data: bytes, name: str) -> None:
        assert len(read_all(data, name)[1]) == 1

    def test_zip(self) -> None:
        files = {"a.txt": ARTICLE, "dir/b.jsonl": json.dumps(RECORD).encode(), "../c.html": "<p>甲</p>".encode()}
        documents, errors = read_all(zipped(files), "a.zip")
        assert [document.source for document in documents] == ["a.zip#a.txt", "a.zip#dir/b.jsonl#a1", "a.zip#../c.html"]
        assert errors == []

    def test_bad_file_in_a_zip_stops_no_other(self) -> None:
        files = {
            "bad.txt": b"",
            "in.zip": zipped({"a.txt": ARTICLE}),
            "bad.png": bytes(range(256)) * 9,
            "a.txt": ARTICLE,
        }
        documents, errors = read_all(zipped(files), "a.zip")
        assert [document.text for document in documents] == [TEXT]
        assert [error.split(":")[0] for error in errors] == ["a.zip#bad.txt", "a.zip#in.zip", "a.zip#bad.png"]

    def test_bombs(self) -> None:
        zeros = bytes(8 * MEBIBYTE)
        small = Options(largest=MEBIBYTE, unpacked=4 * MEBIBYTE)
        assert "larger than 1 MiB" in read_all(gzip.compress(zeros), "a.txt.gz", small)[1][0]
        assert "unpacks to 8 MiB" in read_all(zipped({"a.txt": zeros}), "a.zip", small)[1][0]
        assert "holds 3 files" in read_all(zipped(dict.fromkeys("abc", b"x")), "a.zip", Options(files=2))[1][0]

    def test_chinese_names_that_are_not_marked_utf8(self) -> None:
        packed = zipped({"abcd.txt": ARTICLE}).replace(b"abcd", "夜市".encode("gbk"))
        assert read_all(packed, "a.zip")[0][0].source == "a.zip#夜市.txt"


class TestUnnamed:
    LINE = json.dumps(RECORD, ensure_ascii=False).encode()
    FILES: ClassVar = {
        "text": ARTICLE,
        "lines": LINE + b"\n" + LINE,
        "line": LINE,
        "object": json.dumps(RECORD, indent=1).encode(),
        "array": b"[" + LINE + b"]",
        "gzip": gzip.compress(ARTICLE),
        "gzip of lines": gzip.compress(LINE),
        "zip": zipped({"a": ARTICLE}),
    }

    @pytest.mark.parametrize("kind", FILES)
    def test_kind_is_told_by_the_first_bytes(self, kind: str) -> None:
        documents, errors = read_all(self.FILES[kind])
        assert errors == []
        assert {document.text for document in documents} == {TEXT}

    def test_bracket_that_is_no_json(self) -> None:
        assert texts("[摘要：营收3亿元]正文".encode(), "-") == ["[摘要：营收3亿元]正文"]

    @pytest.mark.parametrize(
        "data", [gzip.compress(gzip.compress(ARTICLE)), zipped({"a": zipped({"a": ARTICLE})})], ids=["gzip", "zip"]
    )
    def test_packed_twice(self, data: bytes) -> None:
        assert read_all(data)[1][0].endswith(": is packed twice; unpack it first")


class TestWarc:
    PAGE = "<html><title>夜市开张</title><body><h1>夜市开张</h1><p>首日客流2万人次，成交三百万元，摊主很满意。</p>"

    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
    def test_responses(self, name: str) -> None:
        archive = (
            response("https://example.com/1", self.PAGE.encode("gbk"), "text/html; charset=gb2312")
            + response("https://example.com/2.png", b"\x89PNG", "image/png")
            + response("https://example.com/3", b"gone", status="404 Not Found")
            + response("https://example.com/4", b"<html><body><a>1</a>")
            + response("https://example.com/5", "客流3万".encode(), "text/plain")
        )
        documents, errors = read_all(gzip.compress(archive) if name.endswith("gz") else archive, name)
        assert [document.source for document in documents] == [
            f"{name}#https://example.com/1",
            f"{name}#https://example.com/5",
        ]
        assert [document.encoding for document in documents] == ["gb18030", "utf-8"]
        assert documents[0].url == "https://example.com/1"
        assert documents[0].text.startswith("夜市开张\n首日客流2万人次")
        assert len(errors) == 1
        assert errors[0].startswith(f"{name}#https://example.com/4: holds no article text")

    @pytest.mark.parametrize("data", [b"", b"no warc at all\r\n\r\n", bytes(100_000)])
    def test_not_a_warc(self, data: bytes) -> None:
        assert len(read_all(data, "a.warc")[1]) == 1

    def test_sparse_two_gigabytes(self, tmp_path: Path) -> None:
        path = tmp_path / "a.warc"
        with path.open("wb") as file:
            file.write(response("https://example.com/1", self.PAGE.encode()))
            file.truncate(2 << 30)
        documents, errors = read_all(path)
        assert len(documents) == 1
        assert len(errors) == 1


def test_fifty_megabytes_in_one_line() -> None:
    text = "首日客流2万人次，" * (50 * MEBIBYTE // 25)
    assert len(read(text.encode()).text) == len(text)


def test_file_that_vanishes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE)
    results = read_documents(path)
    path.unlink()
    assert str(next(results)) == f"{path}: no such file; check the name"


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_any_truncation_gives_text_or_one_line(cut: int) -> None:
    table = "<table><tr><td>甲</td></tr></table>"
    page = f"<html><body><h1>夜市开张</h1><p>首日客流2万人次，成交三百万元。</p>{table}</body></html>"
    documents, errors = read_all(page.encode("gb18030")[:-cut], "a.html")
    assert len(documents) + len(errors) == 1
