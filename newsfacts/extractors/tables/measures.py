"""Units that stand apart from their numbers: 营业收入(百万元), 单位:亿元, 同比增减%, 均价(元/吨).

Words are a unit when a one before them reads as one figure with nothing left over but its denominator.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.rates import read_rates
from newsfacts.lexicon import load, read_table
from newsfacts.model import Kind, Per, Sentence, Span


class Measure(NamedTuple):
    """A unit: what one of it is worth in the unit of the fact, and what it is counted per."""

    kind: Kind
    unit: str | None
    scale: Decimal
    per: Per | None
    row: str | None


class Words(NamedTuple):
    """A unit at its place, and whether the words around it say that it is one."""

    span: Span
    measure: Measure


_LONGEST = 14
_BRACKETED = re.compile(r"[(\[【]([^()\[\]【】\n]{1,30})[)\]】]")
_BEHIND = re.compile(r"(?:[/:,，\n]|[ ]+)([^\s/:,，()]{1,10})[ ]*$|(?<=[^\d\s(])([%‰])[ ]*$")
_PARTS = re.compile(r"[^、,，;；和及]+")
_PIECE = re.compile(r"[^\s,，。;；()]{1,30}")
_NOT_ALONE = (Kind.COUNT, Kind.DURATION, Kind.AGE, Kind.MULTIPLE, Kind.RATIO, Kind.RANK)


@lru_cache(maxsize=1024)
def read_measure(words: str, currency: str = "CNY") -> Measure | None:
    """The unit that folded words are, or None; `currency` is that of a plain 元.

    >>> read_measure("百万元")[:3]
    (<Kind.MONEY: 'money'>, 'CNY', Decimal('1000000'))
    >>> read_measure("元/吨").per, read_measure("上海")
    (Per(value=Decimal('1'), unit='t'), None)
    """
    words = words.strip()
    code = next((name for name in load().names if words.startswith(name) and len(words) > len(name)), "")
    if words[len(code) :].startswith(("/", "每")):
        code = ""  # 美元/桶: the currency is the unit
    text = f"1{words[len(code) :].strip()}"
    if len(text) == 1 or len(text) > _LONGEST or not text[1:].strip("0123456789.") or text[1].isdigit():
        return None
    figures = find_figures(text, load().names.get(code, currency), trusted=True)
    if not figures or figures[0].start or figures[0].value is None or len(figures) > 1:
        return None
    figure, rest = figures[0], text[figures[0].end :]
    if code and figure.kind is not Kind.MONEY:
        return None
    if figure.kind is Kind.NUMBER and (figure.value == 1 or rest):
        return None
    per = read_rates(text, Sentence(0, len(text), True), figures)[0] if rest else None
    if rest and (per is None or per.span[1] < len(text)) and rest not in load().names:
        return None
    assert figure.value is not None
    return Measure(figure.kind, figure.unit, figure.value, per.value if per else None, figure.row)


@cache
def _label() -> re.Pattern[str]:
    words = [word for row in read_table("tables")["label"] for word in row["words"]]
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})(?:[ ]*[:为][ ]*|[ ]+)")


def find_measures(shadow: str, start: int, end: int, currency: str) -> list[Words]:
    """The units that a head or a caption tells: in brackets, behind 单位, or at its end.

    >>> [words.span for words in find_measures("研发投入(万元)", 0, 8, "CNY")]
    [(5, 7)]
    """
    spans = list(_spans(shadow, start, end))
    return [Words(span, measure) for span in spans if (measure := read_measure(shadow[slice(*span)], currency))]


def _spans(shadow: str, start: int, end: int) -> Iterator[Span]:
    """Where units may stand."""
    for match in _BRACKETED.finditer(shadow, start, end):
        yield from _split(shadow, *match.span(1))
    for label in _label().finditer(shadow, start, end):
        piece = _PIECE.match(shadow, label.end(), end)
        if piece and shadow[label.start() - 1 : label.start()] not in ("(", "[", "【"):
            yield from _split(shadow, *piece.span())
    behind = _BEHIND.search(shadow, start, end)
    if behind:
        yield behind.span(behind.lastindex or 1)


def _split(shadow: str, start: int, end: int) -> Iterator[Span]:
    """The units of a list, without the word that announces them."""
    label = _label().match(shadow, start, end)
    for match in _PARTS.finditer(shadow, label.end() if label else start, end):
        words = match[0]
        at = match.start() + len(words) - len(words.lstrip())
        yield at, at + len(words.strip())


def is_sure(measure: Measure) -> bool:
    """Whether words that are this unit hardly name anything else, so that they may be a whole head."""
    return measure.kind not in _NOT_ALONE or measure.scale >= 10
