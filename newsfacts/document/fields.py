"""What the fields of front matter and records are called, and how their values read."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from newsfacts.document.dates import parse_date

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "maintext", "content_html", "html", "正文", "内容", "內容", "文章"),
    "title": ("title", "headline", "标题", "標題", "题目"),
    "date": (
        *("date", "published", "publish_time", "publish_date", "published_at", "pubdate", "pub_date", "pubtime"),
        *("datepublished", "date_publish", "publishdate", "publishtime", "created", "created_at", "ctime", "time"),
        *("datetime", "发布时间", "發布時間", "发布日期", "日期", "时间", "時間"),
    ),
    "author": ("author", "authors", "byline", "作者", "记者"),
    "url": ("url", "link", "permalink", "canonical", "original_url", "from", "链接", "网址", "網址"),
    "id": ("id", "_id", "guid", "article_id", "news_id", "编号"),
}
"""The usual names of each field, the surest first; letter case does not count."""


class Fields(NamedTuple):
    """The metadata of an article, as its file gives it."""

    title: str | None = None
    published: date | None = None
    author: str | None = None
    url: str | None = None


def find_field(record: Mapping[str, Any], field: str, name: str | None = None) -> Any:
    """The value of a field under `name`, or else under the first of its usual names that holds something."""
    if name is not None:
        return record.get(name)
    lowered = {str(key).strip().lower(): value for key, value in record.items()}
    return next((lowered[usual] for usual in NAMES[field] if lowered.get(usual) not in (None, "")), None)


def read_fields(record: Mapping[str, Any], names: Mapping[str, str | None] | None = None) -> Fields:
    """The metadata in a record; `names` gives the record's own name for a field (`{"title": "标题一"}`).

    >>> read_fields({"Title": " 港口吞吐量创新高 ", "date": "2023-04-05 08:00", "authors": ["林一", "陈二"]})
    Fields(title='港口吞吐量创新高', published=datetime.date(2023, 4, 5), author='林一 陈二', url=None)
    """
    own = names or {}
    title, day, author, url = (
        find_field(record, field, own.get(field)) for field in ("title", "date", "author", "url")
    )
    return Fields(one_line(title), parse_date(day), _author(author), one_line(url))


def one_line(value: object) -> str | None:
    """A value as a line of text: white space folded; None for nothing, and for what is not a single value."""
    if not isinstance(value, str | int | float | date):
        return None
    return " ".join(mend(str(value)).split()) or None


def mend(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON and YAML can escape into a text but no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _author(value: Any) -> str | None:
    people = value if isinstance(value, list | tuple) else [value]
    names = (one_line(person.get("name") if isinstance(person, Mapping) else person) for person in people)
    return " ".join(dict.fromkeys(filter(None, names))) or None
