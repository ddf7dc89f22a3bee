"""HTML to text: one line for each block, nothing between inline pieces. The only file that imports bs4.

`229<b>亿</b>元` is one figure, so inline tags join with nothing; a paragraph, a list item, a table cell and a caption
are each a line of their own. Scripts, styles, comments, attributes and what is hidden are not text.
"""

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, Tag

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
"""Inline elements without attributes join with nothing: the tree is built twice as fast without them."""

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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # pages served as XML are meant to be read as pages
        soup = BeautifulSoup(_PLAIN_EMPHASIS.sub(r"\2", markup), "lxml", multi_valued_attributes=None)
    return list(_walk(soup))


def _walk(soup: Tag) -> Iterator[Block]:
    """Go through the tree in document order, without recursion: pages nest deeper than Python's stack."""
    line = _Line()
    stack: list[tuple[Tag, Iterator[PageElement]]] = [(soup, iter(soup.contents))]
    while stack:
        tag, children = stack[-1]
        child = line.take(children, tag.name)
        name = tag.name if child is None else child.name
        if name in BLOCKS:
            if line.pieces:
                yield from line.end()
            line.tag = name
        if child is None:
            stack.pop()
            line.links -= name == "a"
            line.grid.leave(name)
        else:
            stack.append((child, iter(child.contents)))
            line.links += name == "a"
            line.grid.enter(name, child.attrs)


class _Line:
    """The line that is being put together, and the element that it began in."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.tag = "body"
        self.links = 0
        self.linked = 0
        self.grid = Grid()

    def take(self, nodes: Iterator[PageElement], parent: str) -> Tag | None:
        """Add texts up to the next element with text in it, and give that element."""
        for node in nodes:
            if type(node) is NavigableString:
                self.pieces.append(node.translate(_SHIFTED[parent]) if parent in _SHIFTED else node)
                if self.links:
                    self.linked += len(node.strip())
            elif isinstance(node, Tag) and node.name not in TEXTLESS and not _is_hidden(node):
                return node
        return None

    def end(self) -> Iterator[Block]:
        """Give the line, if it holds anything, and begin another."""
        raw = "".join(self.pieces)
        for text in map(squeeze, raw.splitlines() if self.tag == "pre" else [raw]):
            if text:
                yield Block(text, self.tag, min(self.linked, len(text)), self.grid.place)
        self.pieces.clear()
        self.linked = 0


def squeeze(text: str) -> str:
    """White space as a browser shows it: runs are one space, a line break between ideographs is nothing."""
    if "\n" in text or "\r" in text:
        text = _BREAK_BETWEEN_IDEOGRAPHS.sub("", text)
    return _SPACES.sub(" ", text).strip(_MARGIN)


def _is_hidden(tag: Tag) -> bool:
    return bool(tag.attrs) and ("hidden" in tag.attrs or _HIDDEN.search(str(tag.attrs.get("style", ""))) is not None)
