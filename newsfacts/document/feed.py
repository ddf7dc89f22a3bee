"""RSS and Atom: each entry of a feed is a document."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsfacts.document.records import Origin, Result, read_record
from newsfacts.errors import ReadError

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_WITHIN = 4096


def read_feed(text: str, origin: Origin) -> Iterator[Result]:
    """The entries of a feed in their order; the whole article is preferred to its summary.

    A document type is cut off unread: it is where a feed's entities would blow up or reach out for files.

    >>> from newsfacts.document.source import Options
    >>> entry = "<item><title>夜市开张</title><link>https://example.com/1</link><description>客流2万人。</description></item>"
    >>> feed = f"<rss version='2.0'><channel><title>海湾网</title>{entry}</channel></rss>"
    >>> [result.document.text for result in read_feed(feed, Origin("news.xml", "utf-8", Options()))]
    ['夜市开张\\n客流2万人。']
    """
    import feedparser

    plain = _DECLARATION.sub("", text, count=1)
    doctype = _DOCTYPE.search(plain, 0, _WITHIN)
    plain = plain[: doctype.start()] + plain[doctype.end() :] if doctype else plain
    parsed = feedparser.parse(
        io.BytesIO(plain.encode("utf-8", "replace")),
        response_headers=_HEADERS,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    site = parsed.feed.get("title")
    for number, entry in enumerate(parsed.entries, 1):
        yield read_record(_record(entry) | {"site": site}, number, origin, form="feed")
    if not parsed.entries:
        yield ReadError(f"{origin.name}: is a feed without entries; fetch it again")


def _record(entry: Mapping[str, Any]) -> dict[str, Any]:
    contents = [content.get("value") for content in entry.get("content", [])]
    return {
        "id": entry.get("id") or entry.get("link"),
        "title": entry.get("title"),
        "text": next(filter(None, [*contents, entry.get("summary"), entry.get("title")]), None),
        "date": entry.get("published") or entry.get("updated") or entry.get("created"),
        "author": entry.get("author"),
        "origin": entry.get("source", {}).get("title"),
        "url": entry.get("link"),
    }
