"""The working record of the figure scanner: a candidate on its way to becoming a Figure."""

from dataclasses import dataclass
from decimal import Decimal

from newsfacts.model import Bound, Figure, Kind, Span


@dataclass(slots=True)
class Draft:
    """A candidate: its span, its numeral (`number` to `number_end`), its value, and its unit when it has one.

    `digits` and `magnitude` are the value before and of a trailing magnitude (3.5 and 亿), which ranges and lists share
    (3到5亿元). `word` is the unit's surface form, `label` whether it may name instead of count. A draft without `kind` has no unit yet.
    """

    start: int
    end: int
    number: int
    number_end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    digits: Decimal | None
    magnitude: Decimal
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
