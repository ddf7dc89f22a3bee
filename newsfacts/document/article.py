"""From the characters of one article to a Document: front matter, HTML, Markdown, or plain text as it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsfacts.document.fields import Fields, mend, one_line
from newsfacts.document.frontmatter import has_quoted_fields, split_front_matter
from newsfacts.document.grid import Block, build_tables
from newsfacts.document.language import detect_language
from newsfacts.errors import ReadError
from newsfacts.model import Document

_MARKUP = re.compile(
    r"""
    < (?: /? (?: a | article | b | blockquote | br | center | code | dd | div | dl | em | figure | font | h[1-6] | hr
               | i | img | li | main | ol | p | section | span | strong | sub | sup | table | tbody | td | th | tr | u
               | ul ) \b [^<>]* >
      | !-- )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|frameset)\b", re.IGNORECASE)
_PAGE_WITHIN = 4096


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and how it was read: the lines left out as furniture, and why its encoding was chosen."""

    document: Document
    left_out: tuple[str, ...] = ()
    reason: str | None = None


def read_article(
    text: str, *, fields: Fields | None = None, markdown: bool = False, html: bool | None = None
) -> Reading:
    """Read one article; `fields` are what its record knows of it already.

    A text without markup is its own text, unchanged, below its title if it has one. `html` says whether it holds
    markup; by itself (None) it is looked at.
    Raises ReadError for broken front matter, and when no text is left.

    >>> read_article("---\\ntitle: 夜市开张\\ndate: 2023-05-01\\n---\\n首日客流2万人次。\\n").document.text
    '夜市开张\\n首日客流2万人次。'
    """
    text = mend(text)
    front = None if fields else split_front_matter(text)
    known, body = front or (fields or Fields(), text)
    if html is not False and _PAGE.search(body, 0, _PAGE_WITHIN):
        reading = _read_page(body, known)
    elif html is None and (markdown or has_quoted_fields(text)):
        reading = _read_markdown(body, known)
    elif is_html(body) if html is None else html:
        reading = _read_html(body, known)
    else:
        line = Block(body.rstrip("\r\n") if front else body, "p", 0)
        reading = Reading(_document(known, [line], "text"))
    if not reading.document.text.strip():
        raise ReadError("holds no text of an article; see whether it was saved whole")
    return reading


def is_html(text: str) -> bool:
    """Whether a text holds markup, and not just a sign or an address between angle brackets.

    >>> is_html("<p>涨幅3%</p>"), is_html("若x<3且y>2，见<https://example.com>")
    (True, False)
    """
    return "<" in text and _MARKUP.search(text) is not None


def _read_html(body: str, known: Fields, form: str = "html") -> Reading:
    from newsfacts.document.byline import first_origin
    from newsfacts.document.furniture import split_furniture
    from newsfacts.document.html import read_blocks
    from newsfacts.document.weigh import split_head

    blocks = read_blocks(body)
    if known.title is None and blocks and blocks[0].tag == "h1":
        known = known._replace(title=one_line(blocks[0].text))
    if known.origin is None:
        known = known._replace(origin=first_origin(block.text for block in blocks))
    below, above = split_head(blocks, known.title, known.author)
    kept, left_out = split_furniture(below)
    return Reading(_document(known, kept, form), (*above, *left_out))


def _read_markdown(body: str, known: Fields) -> Reading:
    from newsfacts.document.markdown import to_html

    return _read_html(to_html(body), known, "markdown")


def _read_page(markup: str, known: Fields) -> Reading:
    from newsfacts.document.page import read_page

    page = read_page(markup)
    told = page.fields._replace(**{name: value for name, value in known._asdict().items() if value is not None})
    return Reading(_document(told, page.body, "page"), tuple(page.left_out))


def _document(known: Fields, body: Sequence[Block], form: str) -> Document:
    head = f"{known.title}\n" if known.title else ""
    text = head + "\n".join(block.text for block in body)
    return Document(
        text=text,
        title=known.title,
        published=known.published,
        author=known.author,
        url=known.url,
        origin=known.origin,
        site=known.site,
        language=detect_language(text),
        form=form,
        tables=build_tables(body, len(head)),
    )


def settle(reading: Reading, **changes: Any) -> Reading:
    """The reading with these fields of its document set."""
    return replace(reading, document=replace(reading.document, **changes))
