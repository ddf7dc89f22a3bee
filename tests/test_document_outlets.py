"""The outlet that an article comes from and the site that shows it, wherever a file tells them."""

import json

import pytest

from newsfacts.document.byline import find_origin
from newsfacts.document.reading import read, read_documents
from newsfacts.model import Document

STORY = "<p>昨晚，夜市迎来2万名客人，成交三百万元，比去年同期增长一成，摊主们都说没有想到。</p>"


def outlets(document: object) -> tuple[str | None, str | None]:
    assert isinstance(document, Document)
    return document.origin, document.site


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("2023-04-05 10:00来源：海湾日报作者：林小满", "海湾日报"),
        ("（来源：海湾网）", "海湾网"),
        ("信息来源：海湾港务局　发布日期：2023-04-05", "海湾港务局"),
        ("來源：海灣新聞網 記者林小滿", "海灣新聞網"),
        ("来源丨海湾观察（ID：harbour）", "海湾观察"),
        ("稿源：海湾社2023-04-05", "海湾社"),
        ("转载请注明出处：海湾快报", "海湾快报"),
        ("图片来源：海湾影像", None),
        ("主要收入来源：租金", None),
        ("来源：网络", None),
        ("转载请注明出处：https://example.com/1", None),
    ],
)
def test_origin(line: str, outlet: str | None) -> None:
    assert find_origin(line) == outlet


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("来源: 海湾日报\n网站: 海湾网", ("海湾日报", "海湾网")),
        ("source: {name: 海湾日报}", ("海湾日报", None)),
        ("source: https://example.com/1", (None, None)),
    ],
)
def test_outlets_in_front_matter(front: str, expected: tuple[str | None, str | None]) -> None:
    assert outlets(read(f"---\ntitle: 夜市\n{front}\n---\n{STORY}".encode())) == expected


def test_origin_in_a_fragment() -> None:
    assert outlets(read(f"{STORY}<p>来源：海湾日报</p>".encode())) == ("海湾日报", None)


def test_origin_in_plain_text_is_text() -> None:
    assert read("夜市成交三百万元。来源：海湾日报".encode()).origin is None


def test_outlets_of_records() -> None:
    record = json.dumps({"text": STORY, "source": "海湾日报", "publisher": {"name": "海湾网"}})
    (document,) = read_documents(record.encode(), name="a.jsonl")
    assert outlets(document) == ("海湾日报", "海湾网")


def test_outlets_of_feed_entries() -> None:
    item = (
        f"<item><title>夜市</title><source url='https://example.com/'>海湾日报</source><description><![CDATA[{STORY}]]>"
    )
    feed = f"<rss version='2.0'><channel><title>海湾网</title>{item}</description></item></channel></rss>"
    (document,) = read_documents(feed.encode(), name="a.xml")
    assert outlets(document) == ("海湾日报", "海湾网")


@pytest.mark.parametrize(
    ("head", "line", "expected"),
    [
        ("<title>夜市今晚开张_社会频道_海湾网</title>", "2023-04-05 来源：海湾日报", ("海湾日报", "海湾网")),
        ("<title>夜市今晚开张</title>", "2023年4月5日 10:20 <a href='/s'>海湾日报</a> 33评论", ("海湾日报", None)),
        ("<title>海湾网 - 夜市今晚开张</title>", "<span class='source'>海湾社</span>", ("海湾社", "海湾网")),
        (
            "<title>夜市今晚开张</title><meta property='og:site_name' content='海湾网'>"
            "<meta name='ContentSource' content='海湾日报'>",
            "2023-04-05",
            ("海湾日报", "海湾网"),
        ),
        (
            '<script type="application/ld+json">{"headline": "夜市今晚开张", "datePublished": "2023-04-05", '
            '"publisher": {"@type": "Organization", "name": "海湾网"}}</script>',
            "2023-04-05",
            (None, "海湾网"),
        ),
        ("<title>夜市今晚开张</title>", "2023-04-05", (None, None)),
    ],
)
def test_outlets_of_a_page(head: str, line: str, expected: tuple[str | None, str | None]) -> None:
    page = f"<html><head>{head}</head><body><h1>夜市今晚开张</h1><p>{line}</p>{STORY}</body></html>"
    document = read(page.encode())
    assert document.title == "夜市今晚开张"
    assert outlets(document) == expected
