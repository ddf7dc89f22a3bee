"""HTML to text: one line for each block, nothing between inline pieces.

`229<b>亿</b>元` is one figure, so inline tags join with nothing; a paragraph, a list item, a table cell and a caption
are each a line of their own. Scripts, styles, comments, attributes and what is hidden are not text.
"""

import re
from collections.abc import Mapping
from typing import cast

from lxml import etree

from newsfacts.document.grid import Block, Grid

_BLOCK_TAGS = """
    address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre search section summary
    table tbody td tfoot th thead tr ul
"""
_TEXTLESS_TAGS = """
    audio button canvas head iframe input map math noframes noscript object rp rt script select style svg template
    textarea title video
"""
BLOCKS = frozenset(_BLOCK_TAGS.split())
"""Elements that begin and end a line."""

TEXTLESS = frozenset(_TEXTLESS_TAGS.split())
"""Elements whose content is not text."""

_PLAIN_EMPHASIS = re.compile(r"<(b|strong|em|i|u|font|span)>([^<>]*)</\1>")
"""Inline elements without attributes join with nothing, also inside of what is raised: `<sup><b>2</b></sup>`."""

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_WIDE = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK_BETWEEN_IDEOGRAPHS = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MARGIN = " \t\r\n\f\v\xa0\u3000\u200b\u200c\u200d\u2060\ufeff"
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SHIFTED = {"sup": _RAISED, "sub": _LOWERED}


def read_blocks(markup: str) -> list[Block]:
    """The lines of an HTML text, in order.

    >>> [block.text for block in read_blocks("<p>全年增收<b>12</b>亿元<br>利润持平</p><td>3.5</td>")]
    ['全年增收12亿元', '利润持平', '3.5']
    """
    lines = _Lines()
    parser = etree.HTMLParser(target=lines, encoding="utf-8")
    parser.feed(_PLAIN_EMPHASIS.sub(r"\2", markup).encode("utf-8", "replace"))
    return cast("list[Block]", parser.close())


class _Lines:
    """Puts lines together from what the parser tells of a page; no tree is built, however deep its elements nest."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._open = [""]
        self._left_out = 0
        self._heard: list[str] = []
        self._pieces: list[str] = []
        self._tag = "body"
        self._links = 0
        self._linked = 0
        self._grid = Grid()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Go into an element."""
        self._take_text()
        if self._left_out or name in TEXTLESS or (attributes and _is_hidden(attributes)):
            self._left_out += 1
            return
        self._open.append(name)
        if name in BLOCKS:
            self._begin_line(name)
        self._links += name == "a"
        self._grid.enter(name, attributes)

    def end(self, name: str) -> None:
        """Come out of an element."""
        self._take_text()
        if self._left_out:
            self._left_out -= 1
            return
        self._open.pop()
        if name in BLOCKS:
            self._begin_line(name)
        self._links -= name == "a"
        self._grid.leave(name)

    def data(self, text: str) -> None:
        """Hear a part of the text between two tags."""
        if not self._left_out:
            self._heard.append(text)

    def close(self) -> list[Block]:
        """The lines of the whole page."""
        self._take_text()
        self._begin_line("")
        return self._blocks

    def _take_text(self) -> None:
        """Add the text that ends here to the line."""
        if not self._heard:
            return
        text, parent = "".join(self._heard), self._open[-1]
        self._heard.clear()
        self._pieces.append(text.translate(_SHIFTED[parent]) if parent in _SHIFTED else text)
        if self._links:
            self._linked += len(text.strip())

    def _begin_line(self, tag: str) -> None:
        """Keep the line, if it holds anything, and begin another in an element of that name."""
        raw = "".join(self._pieces)
        for text in map(squeeze, raw.splitlines() if self._tag == "pre" else [raw]):
            if text:
                self._blocks.append(Block(text, self._tag, min(self._linked, len(text)), self._grid.place))
        self._tag = tag
        self._pieces.clear()
        self._linked = 0


def squeeze(text: str) -> str:
    """White space as a browser shows it: runs are one space, a line break between ideographs is nothing."""
    if "\n" in text or "\r" in text:
        text = _BREAK_BETWEEN_IDEOGRAPHS.sub("", text)
    return _SPACES.sub(" ", text).strip(_MARGIN)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None
