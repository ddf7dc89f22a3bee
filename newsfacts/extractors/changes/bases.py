"""Bases: what a change is measured against.

同比 and 环比 say it alone. 较, 比 and 相比 say it with what follows them, 与 … 相比 with what they enclose, 从 and 由
with the time of the figure that a change starts from. A time a year back is `yoy`, the period just before is `pop`,
the end of last year is `ytd`; everything else is a basis in its own words (较同类机型).

A numbered period is one of these by the other periods of the sentence: 从2月的 is `pop` in a sentence about March.
"""

import re
from typing import NamedTuple

from newsfacts.extractors.cues import any_of
from newsfacts.lexicon import read_table
from newsfacts.model import Sentence, Span

_TABLE = read_table("bases")
_LONGEST = 26
"""A basis in its own words of more characters than this is a misreading."""
_AROUND = 120
"""How far around a time the other times are looked for that it is seen against."""
_REACH = 40
"""How far before 相比 its 与 is looked for."""


class Basis(NamedTuple):
    """A basis of comparison: `yoy`, `pop`, `ytd`, or None for its own words, and where it stands.

    `whole` says that the span is final; the words of another basis end where the verb of change begins.
    """

    value: str | None
    span: Span
    whole: bool = True


def _words(table: str, **having: object) -> list[str]:
    rows = (row for row in _TABLE[table] if all(row.get(name) == value for name, value in having.items()))
    return [word for row in rows for word in row["words"]]


WORDS: dict[str, str] = {word: row["basis"] for row in _TABLE["word"] for word in row["words"]}
"""Words that are a basis by themselves."""
BEFORE: frozenset[str] = frozenset(_words("before"))
"""Prepositions of comparison."""
CLOSING: frozenset[str] = frozenset(_words("closing"))
"""Words that may close 与 … 相比."""
FROM: frozenset[str] = frozenset(_words("from"))
"""Prepositions of the figure that a change starts from."""
NOT: frozenset[str] = frozenset(
    word for row in _TABLE["not"] if "unless" not in row and "opens" not in row for word in row["words"]
)
"""Words that hold a preposition's character and compare nothing."""
NOT_UNLESS: dict[str, tuple[str, ...]] = {
    word: tuple(row["unless"]) for row in _TABLE["not"] if "unless" in row for word in row["words"]
}
"""Such words that do compare before one of the strings."""

_TIMES = {word: row for row in _TABLE["time"] for word in row["words"]}
TIME: str = any_of(_TIMES)
_TIME = re.compile(TIME)
_NAMED = re.compile(
    r"""
    (?: (?P<last> 去年 | 上年 ) | (?P<now> 今年 | 本年 ) | (?P<year> (?: 19 | 20 )\d\d ) [ ]? 年 )?
    [ ]?
    (?: (?P<month> 1[0-2] | [1-9] ) [ ]? 月 (?: 份 | (?: [末底初] | [上中下]旬 | (?P<day> \d\d? [ ]? [日号] ) ) )?
      | 第? (?P<quarter> [一二三四1-4] ) 季度? )?
    (?: 的? 同 (?: 期 | 月 | 季 | 日 ) | 年? [末底初] | 全年 | [上下]半年 )?
    """,
    re.VERBOSE,
)
_ORDINALS = {char: number for number, pair in enumerate(("一1", "二2", "三3", "四4"), 1) for char in pair}
_MONTHS = re.compile(r"(?<!\d)(1[0-2]|[1-9]) ?月")
_QUARTERS = re.compile(r"第?([一二三四1-4])季|([一二三四])季度")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年")
_PAST = re.compile(rf"的?{any_of(_words('past'))}")
_EDGE = re.compile(rf"{any_of(_words('edge'))}+$")
_OPENS = frozenset(_words("with"))
_OPENER = re.compile(any_of([*_words("not", opens=True), *_OPENS]))
_POINT_OF_TIME = re.compile(r"(?:前|后|时|期间|以来|水平)$")


def read_before(shadow: str, start: int, end: int, sentence: Sentence) -> Basis:
    """The basis that a preposition at `start`, `end` opens: by its time, or in the words up to the verb.

    >>> shadow = "较上月回落3%"
    >>> read_before(shadow, 0, 1, Sentence(0, len(shadow), True))
    Basis(value='pop', span=(0, 3), whole=True)
    """
    at = end + (shadow[end : end + 1] == " ")
    time = read_time(shadow, at, sentence, named="own")
    if time is None or time.value is None:
        return Basis(None, (start, end), whole=False)
    return Basis(time.value, (start, time.span[1]))


def read_from(shadow: str, start: int, end: int, sentence: Sentence) -> Basis | None:
    """The basis that 从 or 由 at `start`, `end` gives to the change from the figure behind it, if a time follows."""
    time = read_time(shadow, end, sentence, named="pop")
    if time is None or time.value is None:
        return None
    return Basis(time.value, (start, time.span[1]))


def read_closed(shadow: str, clause: int, start: int, end: int, sentence: Sentence) -> Basis | None:
    """The basis that 相比 at `start`, `end` closes, or None when nothing in its clause opens it.

    >>> shadow = "与去年同期相比增长3%"
    >>> read_closed(shadow, 0, 5, 7, Sentence(0, len(shadow), True))
    Basis(value='yoy', span=(0, 7), whole=True)
    """
    begin = max(clause, start - _REACH)
    openers = [match.start() for match in _OPENER.finditer(shadow, begin, start) if match[0] in _OPENS]
    if not openers:
        return None
    opener = next((at for at in openers if shadow[at] == "与"), openers[0])
    time = read_time(shadow, opener + 1, sentence, named="own")
    exact = time is not None and time.span[1] == start
    if end - start == 1 and not exact:
        return None  # 比 closes a bare time only: 与上年比
    if exact and time is not None and time.value is not None:
        return Basis(time.value, (opener, end))
    return Basis(None, (opener, end))


def read_time(shadow: str, at: int, sentence: Sentence, named: str) -> Basis | None:
    """The time at `at` as a basis; its value is None when it is none of the three.

    `named` says what a month or quarter is when no other one stands in the sentence: `pop`, or `own` words.
    """
    match = _NAMED.match(shadow, at)
    if match and (match["month"] or match["quarter"] or match["year"]):
        return Basis(_place(shadow, match, sentence, named), (at, match.end()))
    match = _TIME.match(shadow, at)
    if match is None:
        return None
    row = _TIMES[match[0]]
    stretch = shadow[max(sentence.start, at - _AROUND) : at]
    if _PAST.match(shadow, match.end()) or any(word in stretch for word in row.get("unless", ())):
        return Basis(None, match.span())
    return Basis(row["basis"], match.span())


def _place(shadow: str, match: re.Match[str], sentence: Sentence, named: str) -> str | None:
    """What a numbered period is to the other periods of its sentence."""
    before = shadow[max(sentence.start, match.start() - _AROUND) : match.start()]
    others = before + "，" + shadow[match.end() : min(sentence.end, match.end() + _AROUND)]
    if match["month"]:
        if match["day"]:
            return None
        return _compare(int(match["month"]), {int(m) for m in _MONTHS.findall(others)}, 12, match, named)
    if match["quarter"]:
        found = {_ORDINALS[first or second] for first, second in _QUARTERS.findall(others)}
        return _compare(_ORDINALS[match["quarter"]], found, 4, match, named)
    if named == "pop" and int(match["year"]) + 1 in {int(year) for year in _YEARS.findall(others)}:
        return "yoy"
    return None


def _compare(number: int, others: set[int], cycle: int, match: re.Match[str], named: str) -> str | None:
    """Month or quarter `number` against the others: `yoy` for the same of last year, `pop` for the one before."""
    if number in others and match["last"]:
        return "yoy"
    if number % cycle + 1 in others:
        return "pop"
    if match["last"] or match["year"] or others:
        return None
    return "pop" if named == "pop" else None


def close(shadow: str, basis: Basis, verb: int, sentence: Sentence) -> Basis | None:
    """The basis with its words ended before the verb at `verb`; None when they make no phrase.

    >>> shadow = "比同类机型大幅便宜三成"
    >>> basis = read_before(shadow, 0, 1, Sentence(0, len(shadow), True))
    >>> start, end = close(shadow, basis, 7, Sentence(0, len(shadow), True)).span
    >>> shadow[start:end]
    '比同类机型'
    """
    if basis.whole:
        return basis
    start, inner = basis.span
    time = read_time(shadow, inner, sentence, named="own")
    words = shadow[inner:verb]
    end = verb
    if time is not None and not _POINT_OF_TIME.search(words) and not _PAST.match(shadow, time.span[1]):
        end = time.span[1]
    else:
        edge = _EDGE.search(words)
        end = inner + edge.start() if edge else verb
    stretch = shadow[inner:end]
    if not stretch.strip() or end - inner > _LONGEST or "，" in stretch:
        return None
    return Basis(None, (start, end))
