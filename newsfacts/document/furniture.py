"""What stands around an article's text and is none of it: credits, notices, tag lists, runs of related headlines.

`furniture.toml` holds the lines that give themselves away by their words. Lists of headlines have no words of their
own; they are lines that are links from end to end, several in a row.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from newsfacts.document.fold import fold
from newsfacts.document.grid import Block

LONGEST = 500
"""A longer line is text, whatever it begins with."""

_LONGEST_DATELINE = 150
_LONGEST_BUTTONS = 16
_RUN = 3
"""So many lines in a row that are nothing but links are a list of headlines."""

_LINKED_SHARE = 0.85
_LONGEST_HEADLINE = 60
_NO_HEADLINES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption", "caption"])
_ENDS = re.compile(r"[。；;：:，,][”’」』）)】]*$")
_SEPARATORS = re.compile(r"[\s\d|·•()\[\]【】〔〕:>,、/+*_-]|[大中小](?![\u4e00-\u9fff])")


class Row(NamedTuple):
    """A row of the table: what a line must look like, words that it has then, and how much goes with it."""

    why: str
    drops: str
    pattern: str
    needs: re.Pattern[str] | None = None


def split_furniture(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The lines of the article, and the text of those that are furniture, both in order.

    >>> lines = ["全天成交3.2亿元。", "责任编辑：林小满"]
    >>> kept, left_out = split_furniture([Block(line, "p", 0) for line in lines])
    >>> [block.text for block in kept], left_out
    (['全天成交3.2亿元。'], ['责任编辑：林小满'])
    """
    dropped = [False] * len(blocks)
    _drop_by_words(blocks, dropped)
    _drop_link_runs(blocks, dropped)
    kept = [block for block, gone in zip(blocks, dropped, strict=True) if not gone]
    return kept, [block.text for block, gone in zip(blocks, dropped, strict=True) if gone]


@lru_cache(maxsize=4096)
def find_row(line: str) -> Row | None:
    """The row that names a line as furniture."""
    if len(line) > LONGEST:
        return None
    shadow = fold(line)
    if is_dateline(line, shadow=shadow):
        return _DATELINE
    lowered = shadow.lower()
    for row in _rows():
        if (row.needs is None or row.needs.search(lowered)) and _line(row.pattern).fullmatch(shadow):
            return row
    return None


def ends_comment(line: str) -> bool:
    """Whether a line is the buttons under a reader's comment.

    >>> ends_comment("回复 赞(3)"), ends_comment("支持率33%")
    (True, False)
    """
    return len(line) <= _LONGEST_BUTTONS and _comment_end().fullmatch(fold(line)) is not None


def heads_related(line: str) -> bool:
    """Whether a line is the heading of a list of other articles.

    >>> heads_related("延伸閱讀"), heads_related("营收")
    (True, False)
    """
    row = find_row(line)
    return row is not None and row.drops == "links"


def is_dateline(line: str, *, shadow: str | None = None, dates_alone: bool = False) -> bool:
    """Whether a line consists of labels and dates only; with `dates_alone`, of dates and digits even without a label.

    >>> is_dateline("2023-04-05 10:00 来源：海湾日报 浏览：33"), is_dateline("2023年4月5日"), is_dateline("3.5亿元")
    (True, False, False)
    """
    if len(line) > _LONGEST_DATELINE:
        return False
    shadow = fold(line) if shadow is None else shadow
    if "。" in shadow or "，" in shadow:  # in no label and no date
        return False
    if not dates_alone and not _labels().search(shadow):
        return False
    return not _SEPARATORS.sub("", _pieces().sub("", shadow))


_DATELINE = Row("dateline", "line", "")


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("furniture.toml").read_text(encoding="utf-8"))


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(
        Row(row["why"], row["drops"], row["pattern"], _words(row.get("needs"))) for row in _tables()["furniture"]
    )


@cache
def _line(pattern: str) -> re.Pattern[str]:
    """The pattern of a row, compiled when a line first asks for it: some take longer than reading the article."""
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


@cache
def _comment_end() -> re.Pattern[str]:
    return _line(next(row.pattern for row in _rows() if row.why == "buttons under a comment"))


@cache
def _pieces() -> re.Pattern[str]:
    return _any_of(piece["pattern"] for piece in _tables()["piece"])


@cache
def _labels() -> re.Pattern[str]:
    return _any_of(piece["pattern"] for piece in _tables()["piece"] if piece["kind"] == "label")


def _words(words: list[str] | None) -> re.Pattern[str] | None:
    return None if words is None else re.compile("|".join(map(re.escape, words)))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _drop_by_words(blocks: Sequence[Block], dropped: list[bool]) -> None:
    left = sum(len(block.text) for block in blocks)
    above = 0
    links_go = rest_goes = False
    for i, block in enumerate(blocks):
        left -= len(block.text)
        if rest_goes or (links_go and (_is_link(block) or _is_headline(block))):
            dropped[i] = True
            continue
        row = find_row(block.text)
        dropped[i] = row is not None
        above += 0 if row else len(block.text)
        links_go = row is not None and row.drops == "links"
        # A heading in the first half of an article has more of it below, not the comments.
        rest_goes = row is not None and row.drops == "rest" and above > left


def _drop_link_runs(blocks: Sequence[Block], dropped: list[bool]) -> None:
    start = 0
    for i in range(len(blocks) + 1):
        if i < len(blocks) and _is_link(blocks[i]):
            continue
        if i - start >= _RUN:
            dropped[start:i] = [True] * (i - start)
        start = i + 1


def _is_headline(block: Block) -> bool:
    """Whether a line below 延伸阅读 is one of the headlines there, and not the article going on."""
    return len(block.text) <= _LONGEST_HEADLINE and block.tag not in _NO_HEADLINES and not _ENDS.search(block.text)


def _is_link(block: Block) -> bool:
    return block.linked >= _LINKED_SHARE * len(block.text) and block.tag not in ("h1", "td", "th")
