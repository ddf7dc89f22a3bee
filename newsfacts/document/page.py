"""A whole page to its article: the element that weighs most is the body, and what hangs on it and is not is cut off.

`weigh` says what a line and an element weigh. The article's element outweighs both its parts, which lack some
paragraphs, and its surroundings, which add menus and lists of headlines that weigh less than nothing. No site is known
by name; of class names only those count that say what surely is not the article: comments, related, footer.
"""

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from newsfacts.document.fields import Fields
from newsfacts.document.furniture import split_furniture
from newsfacts.document.grid import Block
from newsfacts.document.html import read_blocks
from newsfacts.document.pagehead import Clues, find_head
from newsfacts.document.weigh import Element, Heed, Line, is_aside, split_head, weigh
from newsfacts.errors import ReadError


class Page(NamedTuple):
    """The article of a page: its metadata, its blocks without the title, and the lines that were left out."""

    fields: Fields
    body: list[Block]
    left_out: list[str]


_ENOUGH = 30
"""A body that weighs less was hardly found."""

_MORE = 40
_MORE_SHARE = 0.1
"""By so much, or by this share if that is less, an element must outweigh what it contains, to be the body instead."""

_HIDDEN_PROSE = 2.5
"""When the page has so many times the prose of its body, what is called aside may hold the body."""

_LARGE_SHARE = 0.35
"""A part of the body with this share of its characters is not cut off, whatever it is called."""

_LIST_OF_LINKS = -20
_LINKED_SHARE = 0.6
_LINKED_NOTE = 0.3
_FRAMES = etree.XPath("//frame/@src")


def read_page(markup: str) -> Page:
    """The article of a page.

    Raises ReadError for a page without an article.

    >>> story = "<h1>夜市开张</h1><p>2023-04-05 来源：海湾日报</p><p>昨晚，夜市迎来2万名客人，成交三百万元。</p>"
    >>> page = read_page(f"<html><body><a href='/'>首页</a><div>{story}</div></body></html>")
    >>> page.fields.title, page.fields.published, [block.text for block in page.body]
    ('夜市开张', datetime.date(2023, 4, 5), ['昨晚，夜市迎来2万名客人，成交三百万元。'])
    """
    root = _parse(markup)
    if root is None:
        raise ReadError("holds no text; give a page that has an article")
    elements, lines, body = _find_body(root)
    if body is None:
        raise ReadError(_why_empty(root))
    head = find_head(Clues(root, markup, lines, body.first, _first_prose(lines, body), body.last))
    kept, left_out = _read_body(body, elements, head)
    if not kept:
        raise ReadError(_why_empty(root))
    return Page(head, kept, _outside(lines, body, head.title) + left_out)


def _outside(lines: Sequence[Line], body: Element, title: str | None) -> list[str]:
    """The lines of the page around its body, the headline aside."""
    around = (*lines[: body.first], *lines[body.last :])
    return [line.text for line in around if line.text.strip() and line.text.strip() != title]


def _parse(markup: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    if parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT]):
        raise ReadError("nests its elements more than 2000 deep; it is broken, or made to break readers: mend it")
    return root


def _find_body(root: etree._Element) -> tuple[list[Element], list[Line], Element | None]:
    """Weigh the page and find its body, believing less of its names when they hide most of the prose."""
    elements, lines = weigh(root)
    body = _heaviest(elements)
    weight = body.weight if body else 0.0
    prose = sum(line.weight for line in lines if line.weight > 0)
    if prose > _HIDDEN_PROSE * weight:
        others, _ = weigh(root, Heed.NAMES)
        other = _heaviest(others)
        if other and other.weight > _HIDDEN_PROSE * weight:
            elements, body, weight = others, other, other.weight
    if weight < _ENOUGH:
        elements, _ = weigh(root, Heed.NOTHING)
        body = _heaviest(elements) or _whole(elements)
    return elements, lines, body


def _heaviest(elements: Sequence[Element]) -> Element | None:
    """The element that weighs most; one that contains it must weigh clearly more."""
    best = None
    for element in elements:
        weight = best.weight if best else 0.0
        if element.weight > weight + min(_MORE, _MORE_SHARE * weight):
            best = element
    return best


def _whole(elements: Sequence[Element]) -> Element | None:
    """The page itself, when it has no prose to find but is no list of links either: a short note, a table."""
    whole = elements[-1] if elements else None
    return whole if whole and whole.linked <= _LINKED_NOTE * whole.length else None


def _why_empty(root: etree._Element) -> str:
    frames = [source for source in _FRAMES(root) if source]
    if frames:
        return f"shows other files in frames; give those: {', '.join(frames)}"
    return "holds no article text; if scripts build it, save the page as the browser shows it"


def _first_prose(lines: Sequence[Line], body: Element) -> int:
    return next((i for i in range(body.first, body.last) if lines[i].weight > 0), body.first)


def _read_body(body: Element, elements: Sequence[Element], head: Fields) -> tuple[list[Block], list[str]]:
    cut = _cut_asides(body, elements)
    body.node.attrib.pop("style", None)
    blocks = read_blocks(etree.tostring(body.node, encoding="unicode", method="html", with_tail=False))
    below, above = split_head(blocks, head.title, head.author)
    kept, left_out = split_furniture(below)
    return kept, cut + above + left_out


def _cut_asides(body: Element, elements: Sequence[Element]) -> list[str]:
    """Take what is not the article out of the body's tree; what was taken, as lines."""
    cut = []
    for element in elements:
        inside = body.first <= element.first and element.last <= body.last and element.node is not body.node
        if not inside or element.length > _LARGE_SHARE * body.length or not _is_cut(element):
            continue
        node, parent = element.node, element.node.getparent()
        if parent is not None and body.node in node.iterancestors():
            cut.append(" ".join("".join(node.itertext()).split()))
            _remove(node, parent)
    return cut


def _is_cut(element: Element) -> bool:
    if is_aside(element.node):
        return True
    return element.weight <= _LIST_OF_LINKS and element.linked > _LINKED_SHARE * element.length


def _remove(node: etree._Element, parent: etree._Element) -> None:
    """Remove an element, but not the text behind it."""
    before = node.getprevious()
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)
