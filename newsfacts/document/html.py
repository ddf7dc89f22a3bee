"""HTML to text: one line for each block, nothing between inline pieces.

`229<b>亿</b>元` is one figure, so inline tags join with nothing; a paragraph, a list item, a table cell and a caption
are each a line of their own. Scripts, styles, comments, attributes and what is hidden are not text. No tree is built:
the lines grow while lxml parses, so that fragments may nest as deep as they like.
"""

import re
from collections.abc import Mapping

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
"""Inline elements without attributes join with nothing: the parser need not tell of them."""

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
    parser = etree.HTMLParser(target=_Lines())
    parser.feed(_PLAIN_EMPHASIS.sub(r"\2", markup))
    blocks: list[Block] = parser.close()
    return blocks


class _Lines:
    """Puts the lines together from what the parser tells: its target.

    `pieces` are the texts of the line so far, which began in an element `tag`; `text` is the text since the last tag,
    `parents` are the open elements, `skipped` counts those inside one whose content is not text. `linked` counts the
    line's characters inside of links, `links` the open ones.
    """

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._pieces: list[str] = []
        self._tag = "body"
        self._text: list[str] = []
        self._parents = [""]  # the document, which has spaces at most
        self._skipped = 0
        self._links = 0
        self._linked = 0
        self._grid = Grid()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._skipped:
            self._skipped += 1
            return
        self._end_text()
        if name in TEXTLESS or (attributes and _is_hidden(attributes)):
            self._skipped = 1
            return
        if name in BLOCKS:
            self._end_line(name)
        self._links += name == "a"
        self._grid.enter(name, attributes)
        self._parents.append(name)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        self._end_text()
        self._parents.pop()
        if name in BLOCKS:
            self._end_line(name)
        self._links -= name == "a"
        self._grid.leave(name)

    def data(self, text: str) -> None:
        """A text, or a piece of one."""
        if not self._skipped:
            self._text.append(text)

    def comment(self, text: str) -> None:
        """A comment parts two texts, and is none."""
        self._end_text()

    def pi(self, target: str, data: str | None = None) -> None:
        """A processing instruction does so too."""
        self._end_text()

    def close(self) -> list[Block]:
        """The lines, when all is told."""
        return self._blocks

    def _end_text(self) -> None:
        if not self._text:
            return
        text = "".join(self._text)
        self._text.clear()
        shifted = _SHIFTED.get(self._parents[-1])
        self._pieces.append(text.translate(shifted) if shifted else text)
        if self._links:
            self._linked += len(text.strip())

    def _end_line(self, name: str) -> None:
        """End the line, if it holds anything; the next one begins in an element `name`."""
        if self._pieces:
            raw = "".join(self._pieces)
            for text in map(squeeze, raw.splitlines() if self._tag == "pre" else [raw]):
                if text:
                    self._blocks.append(Block(text, self._tag, min(self._linked, len(text)), self._grid.place))
            self._pieces.clear()
            self._linked = 0
        self._tag = name


def squeeze(text: str) -> str:
    """White space as a browser shows it: runs are one space, a line break between ideographs is nothing."""
    if "\n" in text or "\r" in text:
        text = _BREAK_BETWEEN_IDEOGRAPHS.sub("", text)
    return _SPACES.sub(" ", text).strip(_MARGIN)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None
