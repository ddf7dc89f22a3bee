"""Rates: what a figure is counted per.

The denominator stands behind the figure (80元/吨), or before it in its clause: 每 with a unit (每10股), or a word that
says it by itself (日均, 人均). It belongs to the first figure behind it and to those joined to that one
(每人补贴300元至500元). A share or a growth rate has none: in 人均收入增长5% the 5% is not counted per head.
"""

import re
from decimal import Decimal
from functools import cache

from newsfacts.extractors.cues import any_of
from newsfacts.extractors.figures.numerals import SCAN, read_run
from newsfacts.lexicon import load, read_table
from newsfacts.model import Figure, Found, Kind, Per, Sentence

_TABLE = read_table("rates")
_ONE = Decimal(1)
_DENOMINATORS = frozenset((Kind.COUNT, Kind.MEASURE, Kind.DURATION))
_FAR = 32
"""A denominator farther than this before a figure is not its own."""
_COUNTED = frozenset((Kind.MONEY, Kind.COUNT, Kind.MEASURE, Kind.NUMBER, Kind.DURATION))
"""The kinds that can be counted per something by a word before them."""


def _listed(table: str) -> list[str]:
    return [word for row in _TABLE[table] for word in row["words"]]


_EACH = frozenset(_listed("each"))
_MARKS = frozenset("，,；;:。")
_BY_ITSELF = {word: (row["unit"], frozenset(row["not_after"])) for row in _TABLE["word"] for word in row["words"]}
_SCAN = re.compile(any_of([*_EACH, *_MARKS, *_BY_ITSELF, *_listed("not")]))
_SLASH = re.compile(r" ?/ ?")
_HINT = re.compile(any_of(["/", *_EACH, *_BY_ITSELF]))
_JOINED = re.compile(rf"[^，,；;。)]{{0,12}}?{any_of(_listed('join'))}[^，,；;。)]{{0,6}}")


def _heads(table: str) -> re.Pattern[str]:
    """A pattern of words that head a clause."""
    return re.compile("|".join(rf"{any_of(row['words'])}(?![{row['not_before']}])" for row in _TABLE[table]))


_OWN = _heads("own")
_ARRIVE = _heads("arrive")
_PART = _heads("part")
_BESIDE = frozenset(_listed("beside"))
_AGAIN = re.compile(rf"{any_of(_listed('again'))}(?P<verb>[^，；。]{{2}})$")
_SPEED = tuple(_listed("speed"))
_ENDS = re.compile(r"[，,；;。、)）\s]|$")
_WEEKDAYS = frozenset("一二三四五六日末")


def read_rates(shadow: str, sentence: Sentence, figures: list[Figure]) -> list[Found | None]:
    """The denominator of each figure of a sentence, as a `Per`, or None.

    >>> from newsfacts.extractors.figures import find_figures
    >>> shadow = "每10股派2元，日均客流3万人次，煤价报800元/吨。"
    >>> figures = find_figures(shadow)
    >>> rates = read_rates(shadow, Sentence(0, len(shadow), True), figures)
    >>> [shadow[slice(*found.span)] for found in rates if found]
    ['每10股', '日均', '/吨']
    """
    if _HINT.search(shadow, sentence.start, sentence.end) is None:
        return [None] * len(figures)
    found: list[Found | None] = []
    course = _Course()
    at = sentence.start
    for index, figure in enumerate(figures):
        course.scan(shadow, at, figure.start)
        behind = _read_behind(shadow, figure)
        before = course.give(shadow, at, figure, joined=bool(found) and found[-1] is not None)
        denominates = shadow[figure.start - 1 : figure.start] in _EACH
        if denominates and figure.value is not None:
            course.open(figure)
        following = figures[index + 1].start if index + 1 < len(figures) else sentence.end
        found.append(None if denominates and following > figure.end else behind or before)
        at = figure.end
    return found


class _Course:
    """The denominator that the words before a figure have opened.

    `per` holds for the next figure of the clause, and for those joined to it once it is `given`; `held` may be taken
    up again by a later clause about the same thing. `whole` is the figure that had it last, `partial` says that only a
    part of that figure may have it next.
    """

    __slots__ = ("given", "held", "partial", "per", "whole")

    def __init__(self) -> None:
        self.per: Found | None = None
        self.held: Found | None = None
        self.given = False
        self.whole: Figure | None = None
        self.partial = False

    def scan(self, shadow: str, at: int, end: int) -> None:
        """Reads the words of a gap between figures."""
        for match in _SCAN.finditer(shadow, at, end):
            word, start = match[0], match.start()
            if word in _MARKS:
                if self.per is not None or self.held is not None:
                    self._end_clause(shadow, match.end(), end)
            elif word in _EACH:
                self._set(_read_each(shadow, start, match.end(), end))
            elif word in _BY_ITSELF:
                unit, not_after = _BY_ITSELF[word]
                if shadow[start - 1 : start] not in not_after or start == 0:
                    self._set(Found(Per(_ONE, unit), match.span()))

    def _end_clause(self, shadow: str, at: int, end: int) -> None:
        """Holds the denominator for later clauses; one that goes on about the same thing has it at once."""
        fresh = self.per is not None and not self.given
        self.held, self.per = self.per or self.held, None
        self.partial = self.whole is not None and _PART.match(shadow, at, end) is not None
        if self.partial or _OWN.match(shadow, at, end) or (fresh and _ARRIVE.match(shadow, at, end)):
            self.per, self.given = self.held, False

    def _set(self, per: Found | None) -> None:
        if per is not None:
            self.per, self.given, self.whole, self.partial = per, False, None, False

    def open(self, figure: Figure) -> None:
        """Makes a figure that 每 stands before the denominator of the next: 每5人中."""
        assert figure.value is not None
        self._set(Found(Per(figure.value, figure.unit or ""), (figure.start - 1, figure.end)))

    def give(self, shadow: str, at: int, figure: Figure, joined: bool) -> Found | None:
        """The denominator for the figure behind the gap that starts at `at`."""
        if self.per is None and self.held is not None and self._is_again(shadow, figure):
            self.per, self.given = self.held, False
        per = self.per
        if per is None or not (figure.kind in _COUNTED or _is_speed(shadow, per, figure)):
            return None
        if self.partial and not self._is_part(figure):
            self.per = None
            return None
        if self.given and not (joined and _is_joined(shadow, at, figure)):
            self.per = None
            return None
        if not self.given and figure.start - per.span[1] > _FAR and per is not self.held:
            return None
        self.given, self.whole = True, figure
        return per

    def _is_part(self, figure: Figure) -> bool:
        """Whether an amount of money can be a part of the one that had the denominator last."""
        whole = self.whole
        if whole is None or whole.kind is not Kind.MONEY or figure.unit != whole.unit:
            return False
        return whole.value is not None and figure.value is not None and figure.value <= whole.value

    def _is_again(self, shadow: str, figure: Figure) -> bool:
        """Whether the same verb tells another such amount: 每季亏损4000万元，裁员后仍亏损2100万元."""
        whole = self.whole
        if whole is None or (figure.kind, figure.unit) != (whole.kind, whole.unit):
            return False
        again = _AGAIN.search(shadow, figure.start - 4, figure.start)
        return again is not None and shadow.endswith(again["verb"], 0, whole.start)


def _is_speed(shadow: str, per: Found, figure: Figure) -> bool:
    """Whether a percentage or multiple is so much in each stretch of time: 以每年10倍的速度."""
    return per.span[1] in (figure.start, figure.start - 1) and shadow.startswith(_SPEED, figure.end)


def _is_joined(shadow: str, at: int, figure: Figure) -> bool:
    """Whether a figure shares what the one before it is counted per."""
    if shadow[at : figure.start].strip() in _BESIDE:
        return True
    return figure.kind is not Kind.DURATION and _JOINED.fullmatch(shadow, at, figure.start) is not None


def _read_each(shadow: str, start: int, at: int, end: int) -> Found | None:
    """每 at `start` with the number and the unit behind it."""
    read = _read_denominator(shadow, at, end)
    if read is None:
        return None
    per, close = read
    if per.unit == "wk" and close < end and shadow[close] in _WEEKDAYS:
        return None
    return Found(per, (start, close))


def _read_denominator(shadow: str, at: int, end: int) -> tuple[Per, int] | None:
    """A unit with or without a number before it, and where it ends; 千瓦时 is a unit, 千人 is a thousand."""
    unit = _read_unit(shadow, at, end)
    if unit is not None and unit[1] - at > 1:
        return Per(_ONE, unit[0]), unit[1]
    numeral = SCAN.match(shadow, at, end)
    if numeral is None:
        return unit and (Per(_ONE, unit[0]), unit[1])
    reading = read_run(numeral[0])
    if reading is None or reading.value is None:
        return None
    at = numeral.end()
    unit = _read_unit(shadow, at + (shadow[at : at + 1] == " "), end)
    return unit and (Per(reading.value, unit[0]), unit[1])


def _read_behind(shadow: str, figure: Figure) -> Found | None:
    """A denominator directly behind the figure: 元/吨, 元每吨."""
    slash = _SLASH.match(shadow, figure.end)
    if slash is not None and figure.unit is not None:
        return _read_slashed(shadow, figure, slash.end())
    if shadow[figure.end : figure.end + 1] in _EACH and figure.kind in (Kind.MONEY, Kind.MEASURE):
        found = _read_each(shadow, figure.end, figure.end + 1, figure.end + 12)
        if found is not None and _ENDS.match(shadow, found.span[1]):
            return found
    return None


def _read_slashed(shadow: str, figure: Figure, at: int) -> Found | None:
    """The unit behind a slash, with a number before it only in a price: 9元/100克, but 4寸/5寸."""
    read = _read_denominator(shadow, at, at + 8)
    if read is None or (read[0].value != 1 and figure.kind is not Kind.MONEY):
        return None
    return Found(read[0], (figure.end, read[1]))


def _read_unit(shadow: str, at: int, end: int) -> tuple[str, int] | None:
    """The longest unit word at `at`: its symbol, and where it ends."""
    units, lengths = _units()
    end = min(end, len(shadow))
    for length in lengths.get(shadow[at : at + 2], (1,)):
        symbol = units.get(shadow[at : at + length]) if at + length <= end else None
        if symbol is not None:
            return symbol, at + length
    return None


@cache
def _units() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Unit words that can be a denominator, and the lengths of those by first two characters, longest first.

    A word that is worth several of its symbol stands for itself: nobody writes that something costs 5元 per 1000 g.
    """
    lexicon = load()
    units: dict[str, str] = {}
    for word, senses in lexicon.senses.items():
        for sense in senses:
            if sense.near or sense.strict or sense.kind not in _DENOMINATORS:
                continue
            units[word] = sense.unit if sense.scale == 1 else word
            break
    units |= {word: row["unit"] for row in _TABLE["of"] for word in row["words"]}
    return units, lexicon.lengths
