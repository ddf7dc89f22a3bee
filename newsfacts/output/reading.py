"""A fact in the words of a table: >1亿个, ↑41% yoy.

Magnitudes are put back for reading (22900000000 CNY is 229亿元), exactly, without rounding; `raw` keeps plain digits
and the unit's symbol.
"""

from decimal import Context, Decimal
from functools import cache

from newsfacts.lexicon import read_table
from newsfacts.model import Bound, Change, Direction, Document, Fact, Mode, Per, Status
from newsfacts.output.encode import plain

_EXACT = Context(prec=400)
_MAGNITUDES = ((12, "万亿"), (8, "亿"), (4, "万"))
_ARROWS = {Direction.UP: "↑", Direction.DOWN: "↓", Direction.FLAT: "→"}
_SIGNS = {Bound.EXACT: "", Bound.RANGE: "", Bound.ABOUT: "~", Bound.NEARLY: "<~"}
_BEFORE, _AFTER = 8, 60
COLUMNS = ("Figure", "Metric", "Subject", "Change", "Period", "Line")
"""What a table shows of a fact, beside the words around it."""


def read_row(document: Document, fact: Fact, *, raw: bool = False) -> tuple[str, ...]:
    """The fact as cells for COLUMNS."""
    return (
        read_figure(fact, raw=raw),
        fact.metric or "",
        fact.subject or "",
        read_change(fact, raw=raw),
        fact.period.text if fact.period else "",
        str(document.text.count("\n", 0, fact.start) + 1),
    )


def read_around(document: Document, fact: Fact) -> tuple[str, str, str]:
    """What stands before the figure on its line, the figure, and what stands after it, some words of each."""
    text = document.text
    line_start = text.rfind("\n", 0, fact.start) + 1
    line_end = text.find("\n", fact.end, fact.end + _AFTER)
    start = max(line_start, fact.start - _BEFORE)
    end = line_end if line_end >= 0 else fact.end + _AFTER
    return (
        ("…" if start > line_start else "") + text[start : fact.start],
        text[fact.start : fact.end],
        text[fact.end : end],
    )


def name_document(document: Document) -> str:
    """The article by its source, day and headline, as far as they are known."""
    parts = (document.source, document.published and document.published.isoformat(), document.title)
    return " · ".join(part for part in parts if part)


def read_figure(fact: Fact, *, raw: bool = False) -> str:
    """The figure with its bound, its unit and what it is per: `>1亿个`, `2.3万家/月`, `3.5亿-4.2亿元`."""
    sign = _SIGNS.get(fact.bound, fact.bound.value)
    note = "" if fact.status is Status.ACTUAL else f" ({fact.status.value})"
    return f"{'not ' if fact.negated else ''}{sign}{read_rate(fact, raw=raw)}{note}"


def read_rate(fact: Fact, *, raw: bool = False) -> str:
    """The figure without its bound: the amount, and what it is per."""
    return read_amount(fact, raw=raw) + _read_per(fact.per)


def read_amount(fact: Fact, *, raw: bool = False) -> str:
    """The value with its unit, or both ends of a range; parts of a score or a fraction as written (3:2)."""
    show = plain if raw else _read_number
    if fact.parts and not raw:
        number = ":".join(map(plain, fact.parts))
    elif fact.value is not None:
        number = show(fact.value)
    else:
        number = "-".join(show(end) for end in (fact.low, fact.high) if end is not None)
    if fact.unit is None:
        return number
    if raw:
        return f"{number} {fact.unit}"
    word = read_unit(fact.unit)
    return f"{number} {word}" if word[0].isascii() and word[0].isalpha() else f"{number}{word}"


def read_unit(unit: str) -> str:
    """The word that articles use for a unit: 元 for CNY."""
    return _unit_words().get(unit, unit)


def read_change(fact: Fact, *, raw: bool = False) -> str:
    """The change in short: `↑41% yoy` (by 41%), `↓ to 1.4%`; empty when there is none."""
    if fact.change is None:
        return ""
    return f"{_read_direction(fact.change)}{read_amount(fact, raw=raw)} {fact.change.basis or ''}".rstrip()


def _read_direction(change: Change) -> str:
    return _ARROWS[change.direction] + (" to " if change.mode is Mode.TO else "")


def _read_per(per: Per | None) -> str:
    if per is None:
        return ""
    word = read_unit(per.unit).removeprefix("个")
    return f"/{word}" if per.value == 1 else f"/{plain(per.value)}{word}"


def _read_number(number: Decimal) -> str:
    for power, word in _MAGNITUDES:
        if abs(number) >= 10**power:
            return plain(number.scaleb(-power, _EXACT)) + word
    return plain(number if number == round(number, 4) else round(number, 4))


@cache
def _unit_words() -> dict[str, str]:
    """The words for units whose symbol is not how an article says them."""
    return {row["unit"]: row["word"] for row in read_table("readings")["reading"]}
