"""What every line and every element of a page weighs as a part of an article.

A line weighs its characters when it reads as prose, and less than nothing when it is a link, a button or a line of
furniture. An element weighs what the lines inside it weigh.
"""

import re
import tomllib
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from newsfacts.document.byline import find_outlets
from newsfacts.document.fields import one_line
from newsfacts.document.furniture import ends_comment, find_row, heads_related, is_dateline
from newsfacts.document.grid import Block
from newsfacts.document.html import BLOCKS, TEXTLESS, squeeze


class Line(NamedTuple):
    """A line of the page: its characters, how many of them are links, and what it weighs wherever it stands."""

    text: str
    linked: int
    weight: float


class Element(NamedTuple):
    """An element, the lines inside it (the first, and one past the last), their weight, and their characters."""

    node: etree._Element
    first: int
    last: int
    weight: float
    linked: int
    length: int


_LONGEST_COUNTED = 400
_LINK = -8.0
_SCRAP = -4.0
_FURNITURE = -12.0
_COMMENTS = 3
"""So many lines of buttons make a list of comments; one or two may stand under the article."""

_COMMENT_LINES = 2
_LINKED_SHARE = 0.8
_LINKED_TABLE = 0.5
_SEPARATORS = re.compile(r"[\s|·•/>»]+")
_STOP = re.compile(r"[。！？；…]|[!?;.]$")
_COMMA = re.compile(r"[，：,]")
_PROSE_WITHOUT_STOP = 18

_IDEOGRAPH_OR_LETTER = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d")
_SHORT_HEAD = 24
_LONGEST_HEADING = 16
_WORD = re.compile(r"[a-z]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class _AsideNames(NamedTuple):
    tags: frozenset[str]
    names: frozenset[str]
    hints: frozenset[str]
    endings: tuple[str, ...]


class Heed(IntEnum):
    """How far to believe what elements are called: not at all, the sure names, or the hints as well."""

    NOTHING = 0
    NAMES = 1
    HINTS = 2


@cache
def _aside_names() -> _AsideNames:
    table = tomllib.loads(Path(__file__).with_name("page.toml").read_text(encoding="utf-8"))
    names, hints = frozenset(table["aside_names"]), frozenset(table["aside_hints"])
    return _AsideNames(frozenset(table["aside_tags"]), names, hints, tuple(table["aside_endings"]))


@lru_cache(maxsize=4096)
def _rate_name(called: str) -> Heed:
    """How sure a class and an id are that their element stands aside."""
    words = _WORD.findall(called.lower())
    names = _aside_names()
    if any(word in names.names or word.endswith(names.endings) for word in words):
        return Heed.NAMES
    return Heed.HINTS if any(word in names.hints for word in words) else Heed.NOTHING


def is_aside(node: etree._Element, heed: Heed = Heed.HINTS) -> bool:
    """Whether an element says by its name that it stands beside the article, or is hidden."""
    if heed is Heed.NOTHING:
        return False
    if node.tag in _aside_names().tags:
        return True
    rating = _rate_name(f"{node.get('class', '')} {node.get('id', '')}")
    if rating is not Heed.NOTHING and rating <= heed:
        return True
    style = node.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def weigh(root: etree._Element, heed: Heed = Heed.HINTS) -> tuple[list[Element], list[Line]]:
    """Every element from the inside out, and every line in order.

    What stands aside counts for nothing; nor do the comments of readers, where there is a list of them.
    """
    elements, lines = _weigh(root, heed, frozenset())
    comments = _find_comments(lines)
    return _weigh(root, heed, comments) if comments else (elements, lines)


def _weigh(root: etree._Element, heed: Heed, muted: frozenset[int]) -> tuple[list[Element], list[Line]]:
    scale = _Scale(heed, muted)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            scale.leave(node)
        elif node.tag in TEXTLESS:
            walk.skip_subtree()
            scale.enter(node, None)
        else:
            scale.enter(node, node.text)
    return scale.elements, scale.lines


def _find_comments(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines above the buttons of each comment, if there are several comments."""
    ends = [i for i, line in enumerate(lines) if ends_comment(line.text)]
    if len(ends) < _COMMENTS:
        return frozenset()
    return frozenset(i for end in ends for i in range(max(end - _COMMENT_LINES, 0), end))


class _Open:
    """An element that the walk is inside of."""

    __slots__ = ("aside", "first", "length", "linked", "weight")

    def __init__(self, first: int, aside: bool) -> None:
        self.first = first
        self.aside = aside
        self.weight = 0.0
        self.linked = 0
        self.length = 0


class _Scale:
    """The lines and elements weighed so far, and those still open."""

    def __init__(self, heed: Heed, muted: frozenset[int]) -> None:
        self._muted = muted
        self.elements: list[Element] = []
        self.lines: list[Line] = []
        self._heed = heed
        self._open: list[_Open] = [_Open(0, False)]
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0
        self._cells = 0

    def enter(self, node: etree._Element, text: str | None) -> None:
        """Go into an element."""
        if node.tag in BLOCKS:
            self._end_line()
        outer = self._open[-1]
        self._open.append(_Open(len(self.lines), outer.aside or is_aside(node, self._heed)))
        self._links += node.tag == "a"
        self._cells += node.tag in ("td", "th")
        self._add(text)

    def leave(self, node: etree._Element) -> None:
        """Come out of an element, to the text behind it."""
        if node.tag in BLOCKS:
            self._end_line()
        self._links -= node.tag == "a"
        self._cells -= node.tag in ("td", "th")
        inner = self._open.pop()
        if node.tag == "table" and inner.linked <= _LINKED_TABLE * inner.length:
            inner.weight = max(inner.weight, 0.0)  # a table of figures, whose names may be links
        outer = self._open[-1]
        outer.weight += inner.weight
        outer.linked += inner.linked
        outer.length += inner.length
        if inner.length:
            last = len(self.lines)
            self.elements.append(Element(node, inner.first, last, inner.weight, inner.linked, inner.length))
        self._add(node.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)
            if self._links:
                self._linked += len(text.strip())

    def _end_line(self) -> None:
        if not self._pieces:
            return
        text = squeeze("".join(self._pieces))
        linked = min(self._linked, len(text))
        self._pieces.clear()
        self._linked = 0
        if not text:
            return
        inside = self._open[-1]
        if self._heed is Heed.HINTS and not linked and len(text) <= _LONGEST_HEADING and heads_related(text):
            self._open[max(len(self._open) - 2, 0)].aside = True  # what follows in the element around the heading
        weight = weigh_line(text, linked, in_cell=self._cells > 0)
        if weight <= 0 or not (inside.aside or len(self.lines) in self._muted):
            inside.weight += weight
        inside.linked += linked
        inside.length += len(text)
        self.lines.append(Line(text, linked, weight))


def weigh_line(text: str, linked: int, *, in_cell: bool = False) -> float:
    """What a line weighs: above nothing when it reads as prose.

    >>> weigh_line("全天成交3.2亿元，创下年内新高。", 0), weigh_line("返回首页", 4), weigh_line("未经授权不得转载。", 0)
    (17, -10.0, -12.0)
    """
    length = len(_SEPARATORS.sub("", text)) if linked else len(text)
    if linked >= _LINKED_SHARE * length:
        return _LINK - min(length, 40) / 2
    if not _STOP.search(text) and not (length >= _PROSE_WITHOUT_STOP and _COMMA.search(text)):
        return 0.0 if in_cell else _SCRAP
    if find_row(text):
        return _FURNITURE
    return min(length, _LONGEST_COUNTED) - 2 * linked


def split_head(blocks: Sequence[Block], title: str | None, author: str | None = None) -> tuple[list[Block], list[str]]:
    """The blocks below the headline, and the text of those above the first sentence that tell day, names and outlet.

    >>> split_head([Block("夜市", "p", 0), Block("2023-04-05", "p", 0), Block("客流2万人。", "p", 0)], "夜市")
    ([Block(text='客流2万人。', tag='p', linked=0, place=None)], ['2023-04-05'])
    """
    below = [block for block in blocks if title is None or one_line(block.text) != one_line(title)]
    names = author.split() if author else []
    first = next((i for i, block in enumerate(below) if weigh_line(block.text, block.linked) > 0), 0)
    head = [_is_head(block, names) for block in below[:first]]
    kept = [block for block, gone in zip(below, head, strict=False) if not gone]
    return kept + below[first:], [block.text for block, gone in zip(below, head, strict=False) if gone]


def _is_head(block: Block, names: Sequence[str]) -> bool:
    text = block.text
    if block.tag in ("td", "th"):
        return False
    if is_dateline(text, dates_alone=True) or _IDEOGRAPH_OR_LETTER.search(text) is None:
        return True
    if len(text) <= _SHORT_HEAD and 2 * block.linked > len(text):
        return True
    rest = _without_names(text, names)
    return rest != text and _DIGIT.search(rest) is not None and is_dateline(rest, dates_alone=True)


def _without_names(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, " ")
    outlets = frozenset(find_outlets(text))
    return " ".join(word for word in text.split() if word not in outlets and "://" not in word)
