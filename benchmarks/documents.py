"""Documents a second of each form, beside lxml's bare parse of the same page.

Usage: python benchmarks/documents.py

One made-up article is read over and over: as text, fragment, Markdown, page, JSON Lines record, feed entry and WARC
response. CPU time of one process; the first reading, which imports the parsers, is not counted.
"""

import json
import time
from collections.abc import Callable
from functools import partial

from lxml import html

from newsfacts.document.reading import read_documents

SENTENCE = "海湾港集团昨日公布，今年一季度完成货物吞吐量3.2亿吨，同比增长7.5%，其中集装箱吞吐量达到860万标箱。"
PARAGRAPHS = 20
RECORDS = 200
SECONDS = 1.0
TITLE = "海湾港一季度吞吐量增7.5%"
FRAGMENT = f"<p>{SENTENCE}</p>" * PARAGRAPHS
MENU = "".join(f"<li><a href='/{number}'>频道{number}的新闻</a></li>" for number in range(150))
PAGE = (
    f"<html><head><title>{TITLE}_海湾网</title></head><body><ul>{MENU}</ul><div><h1>{TITLE}</h1><p>2023-04-05</p>"
    f"<div>{FRAGMENT}</div></div><ul>{MENU}</ul></body></html>"
)
RECORD = json.dumps({"title": TITLE, "date": "2023-04-05", "content": FRAGMENT}, ensure_ascii=False)
ITEM = (
    f"<item><title>{TITLE}</title><pubDate>Wed, 05 Apr 2023 10:00:00 GMT</pubDate>"
    f"<description><![CDATA[{FRAGMENT}]]></description></item>"
)


def warc_response() -> bytes:
    """The page as a crawler stores it."""
    body = PAGE.encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    fields = (
        "WARC/1.0",
        "WARC-Type: response",
        "WARC-Target-URI: https://example.com/",
        "WARC-Record-ID: <urn:uuid:1>",
    )
    head = "".join(f"{field}\r\n" for field in fields)
    return (
        f"{head}Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"
    )


FORMS = {
    "text": ("a.txt", (SENTENCE + "\n").encode() * PARAGRAPHS),
    "fragment": ("a.html", FRAGMENT.encode()),
    "markdown": ("a.md", (SENTENCE + "\n\n").encode() * PARAGRAPHS),
    "page": ("a.html", PAGE.encode()),
    "page in GBK": ("a.html", PAGE.encode("gbk")),
    "record": ("a.jsonl", f"{RECORD}\n".encode() * RECORDS),
    "feed entry": ("a.xml", f"<rss><channel>{ITEM * RECORDS}</channel></rss>".encode()),
    "WARC response": ("a.warc", warc_response() * RECORDS),
}


def rate(read: Callable[[], int]) -> float:
    """How many documents a second of CPU time a reader gives."""
    read()
    started = time.process_time()
    documents = 0
    while time.process_time() - started < SECONDS:
        documents += read()
    return documents / (time.process_time() - started)


def count_documents(name: str, data: bytes) -> int:
    """Read a file's documents and count them."""
    return sum(1 for _ in read_documents(data, name=name))


def parse_page() -> int:
    """One bare parse of the page."""
    html.fromstring(PAGE.encode())
    return 1


def main() -> None:
    """Print a line for each form."""
    for form, (name, data) in FORMS.items():
        speed = rate(partial(count_documents, name, data))
        print(f"{form:15} {speed:8.0f} a second")
    print(f"{'lxml, page':15} {rate(parse_page):8.0f} a second")


if __name__ == "__main__":
    main()
