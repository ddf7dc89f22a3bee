"""The working record of the figure scanner: a candidate on its way to becoming a Figure."""

from decimal import Decimal

from newsfacts.extractors.figures.numerals import LARGE, SMALL, read_arabic, read_run
from newsfacts.model import Bound, Figure, Kind, Span

_EXACT = Bound.EXACT
_ONE = Decimal(1)
_HALF = Decimal("0.5")
LETTERS = {"k": 10**3, "K": 10**3, "M": 10**6, "B": 10**9}
"""The letters of a magnitude behind digits."""
_MAGNITUDES = {c: Decimal(n) for c, n in (LARGE | SMALL | LETTERS).items()}


class Draft:
    """A candidate: its span, its numeral (`number` to `number_end`), its value, and its unit when it has one.

    `marks` are its trailing magnitudes (亿 of 3.5亿), which ranges and lists share (3到5亿元). `word` is the unit's
    surface form, `row` its lexicon row, `label` whether it may name instead of count. A draft without `kind` has no
    unit yet.
    """

    # No dataclass: there is one for each numeral, and this constructor is compiled where a dataclass's is not.
    def __init__(
        self,
        span: Span,
        value: Decimal | None,
        low: Decimal | None,
        high: Decimal | None,
        marks: str,
        bound: Bound,
        bound_span: Span | None,
        arabic: bool,
        bare: bool,
    ) -> None:
        self.start, self.end = span
        self.number, self.number_end = span
        self.value = value
        self.low = low
        self.high = high
        self.marks = marks
        self.bound = bound
        self.bound_span = bound_span
        self.arabic = arabic
        self.bare = bare
        self.kind: Kind | None = None
        self.unit: str | None = None
        self.scale = _ONE
        self.word = ""
        self.row: str | None = None
        self.label = False
        self.rule = "number and unit"
        self.parts: tuple[Decimal, ...] | None = None

    @staticmethod
    def of_value(start: int, end: int, value: Decimal | None) -> "Draft":
        """A draft with an exact value that no other figure shares anything with."""
        return Draft((start, end), value, value, value, "", _EXACT, None, False, False)

    @staticmethod
    def of_digits(digits: str, start: int) -> "Draft":
        """A draft of Arabic digits alone."""
        value = read_arabic(digits)
        return Draft((start, start + len(digits)), value, value, value, "", _EXACT, None, True, False)

    @staticmethod
    def of_run(run: str, start: int, *, arabic: bool) -> "Draft | None":
        """A draft of any run, or None when it is no numeral."""
        reading = read_run(run)
        if reading is None:
            return None
        value, low, high, bound, bare, marks = reading
        span = (start, start + len(run))
        return Draft(span, value, low, high, marks, bound, None if bound is _EXACT else span, arabic, bare)

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
        """Multiply by magnitudes; letters count as one."""
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

    def take_ones(self, at: int) -> bool:
        """Take 几 behind digits for their unknown last one (20几个); whether they leave room for it."""
        if not self.arabic or self.value is None or self.value % 10 or not 10 <= self.value < 100:
            return False
        self.low, self.high, self.value = self.value + 1, self.value + 9, None
        self.bound, self.bound_span = Bound.ABOUT, (at, at + 1)
        return True

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
        return Figure(
            self.start,
            self.end,
            self.kind or Kind.NUMBER,
            value,
            low,
            high,
            self.bound,
            self.unit,
            self.parts,
            self.bound_span,
            self.rule,
            self.row,
        )


def settle(
    value: Decimal | None, low: Decimal | None, high: Decimal | None, bound: Bound
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Value, low and high under a bound: `>` and `>=` fix the low end, `<`, `<=` and `<~` the high, `~` neither.

    >>> settle(Decimal(7), None, None, Bound.OVER)
    (Decimal('7'), Decimal('7'), None)
    """
    if bound is _EXACT and value is not None:
        return value, value, value
    if value is None:
        return None, low, high
    if bound in (Bound.OVER, Bound.AT_LEAST):
        return value, value, None
    if bound in (Bound.UNDER, Bound.AT_MOST, Bound.NEARLY):
        return value, None, value
    if bound is Bound.ABOUT:
        return value, None, None
    return value, value, value
