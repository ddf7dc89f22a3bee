"""The data that flows through newsfacts: documents, sentences, figures and facts.

Plain frozen data and nothing else. Every offset is a Python string index into `Document.text`, `start` inclusive,
`end` exclusive, and `document.text[start:end]` is always the words themselves. Values are `Decimal`: exact from the
characters of the article to the writer.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from newsfacts.conversion import convert

Span = tuple[int, int]
"""`(start, end)` in the document's text."""


class Kind(StrEnum):
    """What sort of quantity a figure is; FACTS.md section 2 defines each."""

    MONEY = "money"
    PERCENT = "percent"
    POINT = "point"
    COUNT = "count"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"
    MULTIPLE = "multiple"
    RATIO = "ratio"
    RANK = "rank"
    NUMBER = "number"


class Bound(StrEnum):
    """How the figure relates to the true quantity: 超过 is `>`, 约 is `~`, 近 is `<~`."""

    EXACT = "="
    ABOUT = "~"
    NEARLY = "<~"
    OVER = ">"
    AT_LEAST = ">="
    UNDER = "<"
    AT_MOST = "<="
    RANGE = "range"


class Status(StrEnum):
    """Whether the fact is told as having happened, as expected, or as intended."""

    ACTUAL = "actual"
    FORECAST = "forecast"
    PLAN = "plan"


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Mode(StrEnum):
    """Whether a change's figure is its size (增长32%, by) or where it arrives (降至1.40%, to)."""

    BY = "by"
    TO = "to"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the metric: direction, mode, and the basis of comparison (`yoy`, `pop`, `ytd`, or the words)."""

    direction: Direction
    mode: Mode
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a fact holds for: its words, and the EDTF string they resolve to, where they do."""

    text: str
    iso: str | None = None


@dataclass(frozen=True, slots=True)
class Per:
    """The denominator of a rate: 每10股 is `Per(Decimal(10), "股")`."""

    value: Decimal
    unit: str


class Found(NamedTuple):
    """An attribute of a figure together with the span of the words that gave it: its evidence."""

    value: Any
    span: Span


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written, whether it is a figure or not. A vague one (几百) has no `value` but `low` and `high`."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity without a place in a text. `expression` is the unit as pint reads it, where pint knows it."""

    kind: Kind
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound = Bound.EXACT
    unit: str | None = None
    parts: tuple[Decimal, ...] | None = None
    expression: str | None = None

    def to(self, unit: str) -> "Quantity":
        """The same quantity in another unit of the same dimension, by pint.

        Raises ValueError when the unit has no physical dimension or the two do not match.

        >>> Quantity(Kind.MEASURE, Decimal(3), Decimal(3), Decimal(3), unit="t", expression="metric_ton").to("kg").value
        Decimal('3000')
        """
        if self.expression is None:
            raise ValueError(f"{self.unit or self.kind} has no physical unit to convert from; only measures convert")
        source = self.expression
        value, low, high = (None if v is None else convert(v, source, unit) for v in (self.value, self.low, self.high))
        return Quantity(self.kind, value, low, high, self.bound, unit, None, unit)


class Figure(NamedTuple):
    """A quantity at its place in a text, and how it came about.

    `bound_span` is the word that set the bound, outside the figure or inside it. `rule` names the rule that accepted
    the figure and `row` the lexicon row of its unit: what `newsfacts explain` shows.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str | None
    parts: tuple[Decimal, ...] | None
    bound_span: Span | None
    rule: str
    row: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that is not a figure, and why: `5G`, model name."""

    start: int
    end: int
    reason: str


class Sentence(NamedTuple):
    """The stretch of text between two full stops or line ends; `opens` says that it is its paragraph's first."""

    start: int
    end: int
    opens: bool


class Cell(NamedTuple):
    """A cell of a table: its span, its first row and column, how many it spans, and whether it is marked as a head."""

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table in the order of the text; empty ones are left out. `caption` is its own, if it has one."""

    cells: tuple[Cell, ...]
    caption: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read. `text` is the title, a newline, and the body's blocks one per line; plain text is its own.

    `source` is the path as given, with `#id` appended for a record of a file of records. `form` says how the input was
    read, `encoding` which encoding its bytes were in. `tables` are those of its markup. `origin` is the outlet that the
    article says it comes from (来源), `site` the name of the site that shows it.
    """

    text: str
    source: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    encoding: str | None = None
    form: str = "text"
    tables: tuple[Table, ...] = ()
    origin: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure and what it says. FACTS.md section 3 defines each field; what the text does not say is None.

    `evidence` maps a field's name (`bound`, `metric`, `subject`, `change`, `basis`, `period`, `per`, `status`,
    `negated`, and `unit` for the cell of a table) to the span of the words that gave it.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str | None
    parts: tuple[Decimal, ...] | None
    metric: str | None
    subject: str | None
    change: Change | None
    period: Period | None
    per: Per | None
    status: Status
    negated: bool
    sentence: str
    evidence: Mapping[str, Span] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The fact as plain data in the key order of the JSON Lines output; numbers stay `Decimal`."""
        change, period, per = self.change, self.period, self.per
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind.value,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "bound": self.bound.value,
            "unit": self.unit,
            "parts": None if self.parts is None else list(self.parts),
            "metric": self.metric,
            "subject": self.subject,
            "change": change
            and {"direction": change.direction.value, "mode": change.mode.value, "basis": change.basis},
            "period": period and {"text": period.text, "iso": period.iso},
            "per": per and {"value": per.value, "unit": per.unit},
            "status": self.status.value,
            "negated": self.negated,
            "sentence": self.sentence,
            "evidence": {name: list(span) for name, span in self.evidence.items()},
        }
