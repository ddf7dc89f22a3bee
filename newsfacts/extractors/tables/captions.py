"""Captions of tables: what stands above a table says of all its cells.

A caption is the table's own, a row on top that has one cell, or a short line above: 各市生产总值(单位:亿元).
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newsfacts.extractors.cues import any_of
from newsfacts.extractors.periods.moments import Moment
from newsfacts.extractors.periods.outlook import Context
from newsfacts.extractors.tables.heads import find_time, strip
from newsfacts.extractors.tables.measures import Words, find_measures
from newsfacts.lexicon import read_table
from newsfacts.model import Document, Span


class Page(NamedTuple):
    """The document of a table, and what its times are resolved by."""

    document: Document
    shadow: str
    currency: str
    context: Context


class Caption(NamedTuple):
    """What stands above a table: units, a time, what is measured, whose it is."""

    units: tuple[Words, ...] = ()
    when: Moment | None = None
    metric: Span | None = None
    subject: Span | None = None


_LONGEST_LINE = 60
_SENTENCE_END = ("。", "!", "！", "?", "？", "；", ";")


def lines_above(shadow: str, start: int) -> list[Span]:
    """The line above a table when it may be its caption, and the one above that when the first only tells the unit."""
    lines: list[Span] = []
    at = shadow.rfind("\n", 0, start)
    while at > 0 and len(lines) < 2:
        begin = shadow.rfind("\n", 0, at) + 1
        words = shadow[begin:at].strip()
        if words:
            if len(words) > _LONGEST_LINE or words.endswith(_SENTENCE_END):
                break
            lines.append((begin, at))
            if not _labelled().match(words):
                break
        at = begin - 1
    return lines[::-1]


@cache
def _labelled() -> re.Pattern[str]:
    words = [word for row in read_table("tables")["label"] for word in row["words"]]
    return re.compile(rf"\(?{any_of(words)}")


class _Wording(NamedTuple):
    number: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    entity: re.Pattern[str]
    quantity: tuple[str, ...]


@cache
def _wording() -> _Wording:
    tables = read_table("tables")
    words = {row["role"]: any_of(row["words"]) for row in tables["caption"]}
    names = (row for row in read_table("names")["suffix"] if row["code"] in "gh")
    suffixes = (word for row in names for word in row["words"])
    entity = any_of([*suffixes, *(word for row in tables["entity"] for word in row["endings"])])
    return _Wording(
        re.compile(r"[(\[]?(?:附?表|图表)[ ]?[0-9一二三四五六七八九十.-]{0,4}[)\]]?[:.、 ]*"),
        re.compile(rf"(?:{words['before']})*(?:各?{words['places']})?的?"),
        re.compile(rf"(?:{words['behind']})[ ]*$"),
        re.compile(rf"(?!{words['before']}|{words['places']})[^\s:,，、各]{{1,16}}?{entity}+(?!{words['places']})"),
        tuple(ending for row in tables["quantity"] for ending in row["endings"]),
    )


def read_caption(page: Page, spans: Sequence[Span]) -> Caption:
    """What the captions of a table say, the nearest counting most; the title tells the time where they do not."""
    caption = Caption()
    title = page.document.title
    if title:
        find_time(page.shadow, (0, len(title)), [], page.context)
    for span in spans:
        caption = add_caption(page, caption, span)
    return caption


def add_caption(page: Page, caption: Caption, span: Span) -> Caption:
    """The caption with what a nearer one says."""
    found = _read_caption(page, span)
    return Caption(
        found.units or caption.units,
        found.when or caption.when,
        found.metric or caption.metric,
        found.subject or caption.subject,
    )


def find_titled(page: Page) -> Span | None:
    """The name that the title opens with."""
    entity = _wording().entity.match(page.shadow, 0, len(page.document.title or ""))
    return entity.span() if entity else None


def _read_caption(page: Page, span: Span) -> Caption:
    shadow, wording = page.shadow, _wording()
    units = tuple(find_measures(shadow, *span, page.currency))
    number = wording.number.match(shadow, *span)
    start = number.end() if number else span[0]
    label = _labelled().search(shadow, start, span[1])
    end = label.start() if label else min((words.span[0] - 1 for words in units), default=span[1])
    start, end = strip(shadow, start, max(start, end))
    when = find_time(shadow, (start, end), [], page.context)
    entity = wording.entity.match(shadow, start, when.start if when and when.start > start else end)
    subject = entity.span() if entity else None
    at = max(start, entity.end() if entity else start, when.end if when else start)
    before = wording.before.match(shadow, at, end)
    at = before.end() if before else at
    behind = wording.behind.search(shadow, at, end)
    metric = strip(shadow, at, behind.start() if behind else end)
    named = metric[0] < metric[1] and shadow[slice(*metric)].endswith(wording.quantity)
    return Caption(units, when, metric if named else None, subject)
