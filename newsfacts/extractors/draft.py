"""The working record of the figure scanner: a candidate on its way to becoming a Figure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from newsfacts.extractors.numerals import LARGE, SMALL, read_arabic, read_run
from newsfacts.model import Bound, Figure, Kind, Span

_ONE = Decimal(1)
_HALF = Decimal("0.5")
_MAGNITUDES = {c: Decimal(n) for c, n in (LARGE | SMALL | {"k": 1000}).items()}
_MARKS = re.compile(r"(?<=[\d ])[十百千万亿兆]+$|(?<=^.)[百千][万亿兆]*$|[万亿兆]+$")
"""The magnitudes that a list or a range may share: 3百, 五千万, 一百五十万; those inside a longer number are its own."""


@dataclass(slots=True)
class Draft:
    """A candidate: its span, its numeral (`number` to `number_end`), its value, and its unit when it has one.

    `marks` are its trailing magnitudes (亿 of 3.5亿), which ranges and lists share (3到5亿元). `word` is the unit's surface form, `label` whether it may name instead of count. A draft without `kind` has no unit yet.
    """

    start: int
    end: int
    number: int
    number_end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    marks: str
    bound: Bound
    bound_span: Span | None
    arabic: bool
    bare: bool
    kind: Kind | None = None
    unit: str | None = None
    scale: Decimal = Decimal(1)
    word: str = ""
    table: str | None = None
    label: bool = False
    rule: str = "number and unit"
    parts: tuple[Decimal, ...] | None = None

    @classmethod
    def of_value(cls, start: int, end: int, value: Decimal | None) -> "Draft":
        """A draft with an exact value that no other figure shares anything with."""
        return cls(start, end, start, end, value, value, value, "", Bound.EXACT, None, False, False)

    @classmethod
    def of_digits(cls, digits: str, start: int) -> "Draft":
        """A draft of Arabic digits alone."""
        draft = cls.of_value(start, start + len(digits), read_arabic(digits))
        draft.arabic = True
        return draft

    @classmethod
    def of_run(cls, run: str, start: int, *, arabic: bool) -> "Draft | None":
        """A draft of any run, or None when it is no numeral."""
        reading = read_run(run)
        if reading is None:
            return None
        value, low, high, bound, bare = reading
        end = start + len(run)
        marks = _MARKS.search(run)
        span = (start, end) if bound is not Bound.EXACT else None
        return cls(start, end, start, end, value, low, high, marks[0] if marks else "", bound, span, arabic, bare)

    def shorten(self, shadow: str, unit: str) -> bool:
        """Give the last character of the run to the unit (2.9千克), unless the run reads as well with it (两千米)."""
        run = shadow[self.start : self.number_end]
        if not self.arabic and unit == "千米" and self.value is not None:
            return False
        shorter = Draft.of_run(run[:-1].rstrip(), self.start, arabic=self.arabic)
        if shorter is None:
            return False
        for name in ("end", "number_end", "value", "low", "high", "marks", "bound", "bound_span", "bare"):
            setattr(self, name, getattr(shorter, name))
        return True

    def multiply(self, marks: str) -> None:
        """Multiply by magnitudes; k is a thousand."""
        by = _ONE
        for mark in marks:
            by *= _MAGNITUDES[mark]
        self.value, self.low, self.high = (None if v is None else v * by for v in (self.value, self.low, self.high))
        self.marks += marks

    @property
    def is_large(self) -> bool:
        """Whether the numeral carries 万, 亿 or 兆."""
        return bool(self.marks) and self.marks[-1] in LARGE

    def take_infix(self, infix: str, at: int) -> None:
        """个半 adds a half (三个半月), 个多 bounds (两个多月)."""
        if infix != "半":
            self.bound, self.bound_span = Bound.OVER, (at, at + 1)
        elif self.value is not None:
            self.value += _HALF
            self.low = self.high = self.value

    def negate(self, length: int) -> None:
        """Take a sign of `length` characters before the number."""
        self.start -= length
        self.value, self.low, self.high = (None if v is None else -v for v in (self.value, self.high, self.low))

    def measure(self, scale: Decimal) -> None:
        """Turn the value, counted in some unit, into the unit of the fact, which is `scale` times smaller."""
        self.scale = scale
        if scale != 1:
            self.value, self.low, self.high = (
                None if v is None else v * scale for v in (self.value, self.low, self.high)
            )

    def finish(self) -> Figure:
        """The figure, with its value, low and high as its bound leaves them."""
        value, low, high = settle(self.value, self.low, self.high, self.bound)
        row = f"{self.table}: {self.word}" if self.table else None
        kind = self.kind or Kind.NUMBER
        return Figure(
            self.start,
            self.end,
            kind,
            value,
            low,
            high,
            self.bound,
            self.unit,
            self.parts,
            self.bound_span,
            self.rule,
            row,
        )


def settle(
    value: Decimal | None, low: Decimal | None, high: Decimal | None, bound: Bound
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, low and high under a bound: `>` and `>=` fix the low end, `<`, `<=` and `<~` the high, `~` neither.

    >>> settle(Decimal(7), None, None, Bound.OVER)
    (Decimal('7'), Decimal('7'), None)
    """
    if value is None:
        return None, low, high
    if bound in (Bound.OVER, Bound.AT_LEAST):
        return value, value, None
    if bound in (Bound.UNDER, Bound.AT_MOST, Bound.NEARLY):
        return value, None, value
    if bound is Bound.ABOUT:
        return value, None, None
    return value, value, value
