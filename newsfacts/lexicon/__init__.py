"""The words that newsfacts knows: tables of rows in TOML beside this file, loaded once, validated, and indexed.

A word goes into a table, never into code. Each row carries `examples`, sentences in which it is read, and where another
reading threatens `counterexamples`, in which it is not; a test runs them all. Words are written folded: simplified and
half-width. README of the tables: the comment at the head of each file.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from newsfacts.errors import LexiconError
from newsfacts.model import Bound, Kind

FOLDER = Path(__file__).parent
_ONE = Decimal(1)


@dataclass(slots=True, eq=False)  # not frozen: there are thousands, and a frozen one takes four times as long to make
class Sense:
    """One reading of a unit word: what it counts in (`unit`), as what `kind`, and how many `unit`s one of it is.

    `near` words, when given, must stand within a few characters before the number or behind the unit; `not_before` are
    the strings that make it another word (元 in 元旦), `followed` those that must follow it (度 in 三度夺冠); `closing`
    wants a break behind it (7块, but 三块蛋糕); `after` are words of which one must stand directly before the number,
    unless one of `followed` follows (这三点, 三点建议); `strict` units are single letters that more often belong to a
    model's name; `label` words name things after a lone Chinese digit or a year (三区, 2025科). `row` is the table and
    the word as `newsfacts explain` shows them; a `free` sense holds whatever stands around the word. `latin` words end
    in an ASCII letter; `heads` are the characters that `not_before` begin with.
    """

    word: str
    unit: str
    kind: Kind
    scale: Decimal
    expression: str | None
    table: str
    near: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    closing: bool = False
    strict: bool = False
    label: bool = False
    row: str = ""
    free: bool = False
    latin: bool = False
    heads: frozenset[str] = frozenset()


class Measured(NamedTuple):
    """What a unit word stands for: unit, kind, how many units one of it is, and the unit as pint reads it."""

    unit: str
    kind: Kind
    scale: Decimal
    expression: str | None


class Cue(NamedTuple):
    """A bounding word: its sign, and the neighbours that make it another word. `bare` cues want a bare magnitude,
    `far` ones, being adverbs, may stand a verb away (至少造成3人受伤), `apart` ones stay outside the figure that they
    follow; one that `compares` is none behind 比 (比亚军快4秒)."""

    word: str
    bound: Bound
    not_after: str = ""
    not_before: str = ""
    bare: bool = False
    far: bool = False
    apart: bool = False
    compares: bool = False


class Row(NamedTuple):
    """A row as `newsfacts units` shows it: table, unit, kind, all its words, pint expression, first example."""

    table: str
    unit: str
    kind: Kind
    words: tuple[str, ...]
    expression: str | None
    example: str


class Whole(NamedTuple):
    """A word that is a whole figure: 翻番, 一半. `not_after` and `not_before` are characters that make it another
    word."""

    word: str
    kind: Kind
    value: Decimal
    unit: str | None
    not_after: str = ""
    not_before: str = ""


class Part(NamedTuple):
    """A unit word's place in a unit said in parts (三元五角): which compound, how deep, and its worth in the first
    part.

    `tenth` words take a lone digit behind them for the next decimal (一米九).
    """

    compound: int
    level: int
    worth: Fraction
    tenth: bool


class Friends(NamedTuple):
    """Not-figure words of one length whose numeral begins at one offset, with the reason of each."""

    offset: int
    length: int
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, indexed for the scanner.

    `senses` maps a unit word to its readings, the conditional ones first; `lengths` maps the first two characters of
    longer unit words to the lengths of what may begin there, longest first. `signs` and `names` are what may stand
    before an amount and give its currency, inside the figure ($) and outside it (人民币). `friends` maps a bigram to
    the not-figure words that hold it; `around` has what must stand around a numeral in any of them, to rule them out
    fast. `before` maps the last two characters of a bounding word, or the one it is, to such words, `after` the first.
    `context` holds the word lists of context.toml by name.
    """

    rows: tuple[Row, ...]
    senses: dict[str, tuple[Sense, ...]]
    lengths: dict[str, tuple[int, ...]]
    signs: dict[str, str]
    names: dict[str, str]
    before: dict[str, tuple[Cue, ...]]
    after: dict[str, tuple[Cue, ...]]
    far: dict[str, Bound]
    friends: dict[str, tuple[Friends, ...]]
    around: frozenset[str]
    wholes: dict[str, Whole]
    parts: dict[str, tuple[Part, ...]]
    context: dict[str, tuple[str, ...]]


def read_table(name: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of one table as written, by array name. Raises LexiconError when the file is no TOML."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except tomli.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: {error}; mend the table's syntax") from error


@cache
def load() -> Lexicon:
    """The whole lexicon, read on first use.

    >>> load().senses["元"][0].unit
    'CNY'
    """
    senses: dict[str, list[Sense]] = {}
    rows: list[Row] = []
    for row, found in _unit_senses():
        rows.append(row)
        for sense in found:
            senses.setdefault(sense.word, []).append(sense)
    currencies = read_table("currencies")["currency"]
    bounds = read_table("bounds")["bound"]
    friends = _index_friends(read_table("notfigures")["notfigure"])
    return Lexicon(
        rows=tuple(dict.fromkeys(rows)),
        senses={word: tuple(sorted(senses[word], key=_unconditional)) for word in senses},
        lengths=_index_lengths(senses),
        signs={sign: row["code"] for row in currencies for sign in (*row.get("symbols", ()), *row.get("prefixes", ()))},
        names={name: row["code"] for row in currencies for name in row["names"] if name not in row.get("plain", ())},
        before=_index_cues(bounds, "before", slice(-2, None)),
        after=_index_cues(bounds, "after", slice(1)),
        far={word: Bound(row["sign"]) for row in bounds if "far" in row for word in row["before"]},
        friends=friends,
        around=_surroundings(friends),
        wholes={whole.word: whole for whole in _wholes(read_table("wholes")["whole"])},
        parts=_index_parts(read_table("compounds")["compound"]),
        context=_context_words(),
    )


def _unconditional(sense: Sense) -> int:
    """Readings that want a context are tried before the one that holds without; the narrowest context comes first."""
    return 0 if sense.followed or sense.after else 1 if sense.near or sense.closing else 2


def _unit_senses() -> Iterable[tuple[Row, list[Sense]]]:
    """The rows of all unit words with their senses: measures first, then currencies, then classifiers."""
    for row in read_table("units")["unit"]:
        yield _senses("units", row, row["names"], row["symbol"], Kind(row["kind"]), row.get("scale", "1"))
    for row in read_table("currencies")["currency"]:
        words = [*row["names"], *row.get("codes", ())]
        yield _senses("currencies", row, words, row["code"], Kind.MONEY, "1")
        for subunit in row.get("subunits", ()):
            yield _senses("currencies", row | subunit, subunit["names"], row["code"], Kind.MONEY, subunit["scale"])
    for row in read_table("classifiers")["classifier"]:
        yield _senses("classifiers", row, [row["word"]], row.get("unit", row["word"]), Kind.COUNT, "1")


def _senses(
    table: str, row: dict[str, Any], words: list[str], unit: str, kind: Kind, written: str
) -> tuple[Row, list[Sense]]:
    expression = row.get("pint")
    scale = _ONE if written == "1" else Decimal(written)
    senses = [_sense(table, row, word, Measured(unit, kind, scale, expression)) for word in words]
    return Row(table, unit, kind, tuple(words), expression, row["examples"][0]), senses


def _sense(table: str, row: dict[str, Any], word: str, measured: Measured) -> Sense:
    """One word of a row, with its conditions."""
    strict, latin = row.get("strict", False), word[-1].isascii() and word[-1].isalpha()
    label = table == "classifiers" and row.get("ambiguous", False)
    own = {"strict": strict, "label": label, "row": f"{table}: {word}", "latin": latin}
    when = _condition(word, measured.unit, table)
    if not when:
        return Sense(word, *measured, table, **own, free=not (strict or latin))
    others = tuple(when.get("not_before", ()))
    return Sense(
        word,
        *measured,
        table,
        **own | {"label": when.get("never", label)},
        near=tuple(when.get("near", ())),
        not_before=others,
        heads=frozenset(other[0] for other in others),
        followed=tuple(when.get("followed", ())),
        after=tuple(when.get("after", ())),
        closing=when.get("closing", False),
    )


@cache
def _conditions() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in read_table("conditions")["condition"]:
        found.setdefault(row["word"], []).append(row)
    return found


def _condition(word: str, unit: str, table: str) -> dict[str, Any]:
    """What conditions.toml asks of a word in one of its senses."""
    for row in _conditions().get(word, ()):
        if row.get("unit", unit) == unit and row.get("table", table) == table:
            return row
    return {}


def _index_lengths(words: Collection[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in words:
        if len(word) > 1:
            lengths.setdefault(word[:2], {1} if word[0] in words else set()).add(len(word))
    return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}


def _index_cues(rows: list[dict[str, Any]], side: str, edge: slice) -> dict[str, tuple[Cue, ...]]:
    """Cues by the edge that touches the figure, longest first."""
    cues: dict[str, list[Cue]] = {}
    for row in rows:
        for word in row.get(side, ()):
            cue = Cue(
                word,
                Bound(row["sign"]),
                row.get("not_after", ""),
                row.get("not_before", ""),
                "bare" in row,
                "far" in row,
                "apart" in row,
                "compares" in row,
            )
            cues.setdefault(word[edge], []).append(cue)
    return {head: tuple(sorted(found, key=lambda cue: -len(cue.word))) for head, found in cues.items()}


_NUMERAL = re.compile(r"[0-9零一二三四五六七八九十百千万亿兆两几半数廿卅壹贰叁肆伍陆柒捌玖拾佰仟]+")


def _index_friends(rows: list[dict[str, Any]]) -> dict[str, tuple[Friends, ...]]:
    """Not-figure words by a bigram around the first character of each numeral run in them."""
    groups: dict[str, dict[tuple[int, int], dict[str, str]]] = {}
    for row in rows:
        for word in row["words"]:
            for run in _NUMERAL.finditer(word):
                at = run.start()
                bigram = word[at : at + 2] if at + 1 < len(word) else word[at - 1 : at + 1]
                groups.setdefault(bigram, {}).setdefault((at, len(word)), {})[word] = row["reason"]
    return {
        bigram: tuple(Friends(offset, length, words) for (offset, length), words in found.items())
        for bigram, found in groups.items()
    }


def _surroundings(friends: dict[str, tuple[Friends, ...]]) -> frozenset[str]:
    """Up to three characters of each not-figure word that end in the first of its numeral, or begin with it."""
    return frozenset(
        word[max(0, group.offset - 2) : group.offset + 1] if group.offset else word[:3]
        for groups in friends.values()
        for group in groups
        for word in group.words
    )


def _wholes(rows: list[dict[str, Any]]) -> Iterable[Whole]:
    for row in rows:
        for word in row["words"]:
            edges = row.get("not_after", ""), row.get("not_before", "")
            yield Whole(word, Kind(row["kind"]), Decimal(row["value"]), row.get("unit"), *edges)


def _index_parts(rows: list[dict[str, Any]]) -> dict[str, tuple[Part, ...]]:
    parts: dict[str, list[Part]] = {}
    for compound, row in enumerate(rows):
        for level, part in enumerate(row["parts"]):
            for word in part["words"]:
                tenth = word in row.get("tenth", ())
                parts.setdefault(word, []).append(Part(compound, level, Fraction(part["worth"]), tenth))
    return {word: tuple(found) for word, found in parts.items()}


@cache
def _context_words() -> dict[str, tuple[str, ...]]:
    tables = read_table("context").items()
    return {name: tuple(word for row in rows for word in row["words"]) for name, rows in tables}


@cache
def context_pattern(name: str) -> re.Pattern[str]:
    """A list of context.toml as a pattern that matches any of its words, the longest first.

    >>> context_pattern("score").search("主队以3比1战胜客队")[0]
    '战胜'
    """
    return re.compile("|".join(map(re.escape, sorted(load().context[name], key=len, reverse=True))))
