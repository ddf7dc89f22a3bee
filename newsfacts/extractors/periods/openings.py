"""How documents, paragraphs and sentences open: where a time stands that holds for what follows.

A title may name the day of its issue (财经早报2021年8月5日). A paragraph begins with its line, and inside a line by an
indent or as an item of a list (3、…). A sentence's own words begin behind connectives, behind the source of what
follows (据统计局数据显示,…), and behind a preposition.
"""

import datetime
import re
from collections.abc import Iterator

from newsfacts.extractors.periods.calendar import is_valid
from newsfacts.extractors.periods.grammar import MAY_START
from newsfacts.extractors.periods.words import cue_ends, cue_list, cue_words
from newsfacts.model import Span

_ISSUE = re.compile(
    rf"(?=[^\n]{{0,60}}?(?:{cue_words('issue')}))"
    r"[^\n]{0,40}?((?:19|20)[0-9]{2})[ ]?年[ ]?([01]?[0-9])[ ]?月[ ]?([0-3]?[0-9])[ ]?日"
)
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_NUMBERS = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_NUMBER_SIGN = r"(?:、(?![0-9一二三四五六七八九十])|[.](?![0-9])|\))"
"""What stands behind the number of an item; 3、4月 has none."""
_ITEM = re.compile(rf"(?:[\u4e00-\u9fff]{{1,6}} )?{_NUMBERS}{_NUMBER_SIGN}[ ]?|[(]{_NUMBERS}[)][ ]?")
_ITEM_HEADS = frozenset("(0123456789一二三四五六七八九十")
_CONNECTIVES = tuple(word + mark for mark in ("，", ",", "") for word in cue_list("connective"))
_CONNECTIVE_HEADS = frozenset(word[0] for word in cue_list("connective"))
_SOURCES = cue_list("source")
_SOURCE_ENDS = cue_ends("source")
_SOURCE_LENGTH = 45
_STOP = re.compile(r"[，,:：。；\n]")
_PREPOSITION = re.compile(r"[ ]?(?:截[至止]到?|[在于到至自])?[ ]?")
_PREPOSITION_HEADS = frozenset(" 截在于到至自")


def find_issue_day(shadow: str) -> datetime.date | None:
    """The day that the first line names as that of its issue.

    >>> find_issue_day("财经早报2021年8月5日")
    datetime.date(2021, 8, 5)
    """
    found = _ISSUE.match(shadow)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    return datetime.date(year, month, day) if is_valid(year, month, day) else None


def split_stretch(shadow: str, position: int, end: int) -> Iterator[Span]:
    """Each sentence between two places, without the space before it."""
    for stop in _SENTENCE_END.finditer(shadow, position, end):
        yield _skip_space(shadow, position, stop.start()), stop.end()
        position = stop.end()
    if position < end:
        yield _skip_space(shadow, position, end), end


def _skip_space(shadow: str, position: int, end: int) -> int:
    while position < end and shadow[position] == " ":
        position += 1
    return position


def opens_paragraph(shadow: str, start: int, end: int) -> bool:
    """Whether a sentence opens a paragraph inside its line, by an indent or as an item of a list.

    >>> shadow = "昨天休市。 2、今天成交5亿元。"
    >>> opens_paragraph(shadow, 6, len(shadow))
    True
    """
    if start > 1 and shadow.startswith("  ", start - 2):
        return True
    return _skip_item(shadow, start, end) > start


def _skip_item(shadow: str, start: int, end: int) -> int:
    """The place behind the number of an item, with the heading that may stand before it: 宏观 1、."""
    if shadow[start : start + 1] not in _ITEM_HEADS and shadow.find(" ", start, start + 7) < 0:
        return start
    item = _ITEM.match(shadow, start, end)
    return item.end() if item else start


def find_head(shadow: str, start: int, end: int) -> int:
    """Where the sentence's own words begin.

    >>> shadow = "3、据统计局数据显示,今年5月出口增长3%"
    >>> shadow[find_head(shadow, 0, len(shadow)) :]
    '今年5月出口增长3%'
    """
    start = _skip_item(shadow, start, end)
    for _ in range(3):
        if shadow.startswith("从", start) and MAY_START.match(shadow, start + 1, end):
            return start + 1  # 从5月数据看,…
        if shadow[start : start + 1] in _CONNECTIVE_HEADS and shadow.startswith(_CONNECTIVES, start, end):
            start += next(len(word) for word in _CONNECTIVES if shadow.startswith(word, start))
        stop = _STOP.search(shadow, start, min(end, start + _SOURCE_LENGTH))
        if stop is None or shadow[stop.start() - 1] not in _SOURCE_ENDS:
            break
        if not shadow.endswith(_SOURCES, start, stop.start()):
            break
        start = stop.end()
    if shadow[start : start + 1] not in _PREPOSITION_HEADS:
        return start
    preposition = _PREPOSITION.match(shadow, start, end)
    return preposition.end() if preposition else start
