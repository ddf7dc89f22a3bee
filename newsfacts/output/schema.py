"""The one schema of facts and documents as flat tables: what each column is called, holds and means.

Parquet files, DuckDB databases, Arrow batches and Spark data frames all take their columns from here, so that a table
is the same wherever it was written. The names of types are those of SQL, and DuckDB and Spark read them alike.

A fact's numbers are exact, of any length; a table's numbers have a width. So a number stands in a `decimal(38,9)` where
it fits exactly and is null there where it does not, the nearest double stands beside it in any case, and `exact` holds
in full digits whatever did not fit: nothing is lost. Compute with the doubles, compare and add up with the decimals.
"""

from decimal import Context, Decimal
from enum import StrEnum
from typing import NamedTuple

VERSION = 1
"""Goes up when a column is renamed, removed or gets another meaning; new columns alone do not raise it."""

_DIGITS, _PLACES = 38, 9
_LAST_PLACE = Decimal(1).scaleb(-_PLACES)
_CONTEXT = Context(prec=_DIGITS)


class Type(StrEnum):
    """The type of a column, by its name in SQL."""

    STRING = "string"
    INTEGER = "integer"
    DECIMAL = f"decimal({_DIGITS},{_PLACES})"
    DOUBLE = "double"
    DATE = "date"
    BOOLEAN = "boolean"


class Column(NamedTuple):
    """A column of a table; any may be null."""

    name: str
    type: Type
    description: str


FLAT = (
    Column("source", Type.STRING, "the input as named, #id appended for a record; joins facts with documents"),
    Column("title", Type.STRING, "headline of the article"),
    Column("published", Type.DATE, "day of the article"),
    Column("start", Type.INTEGER, "first character of the figure in the document's text, counted from 0"),
    Column("end", Type.INTEGER, "the character after its last"),
    Column("text", Type.STRING, "the figure as written: number, magnitude and unit"),
    Column("kind", Type.STRING, "money percent point count measure duration age multiple ratio rank number"),
    Column("value", Type.DECIMAL, "the number with magnitudes multiplied out; null for a range"),
    Column("low", Type.DECIMAL, "its lower end, where it has one"),
    Column("high", Type.DECIMAL, "its upper end, where it has one"),
    Column("bound", Type.STRING, "= ~ <~ > >= < <= range: how the figure relates to the true quantity"),
    Column("unit", Type.STRING, "ISO 4217 code, classifier or symbol"),
    Column("parts", Type.STRING, "JSON: the numbers of a score or fraction, [3, 2]"),
    Column("metric", Type.STRING, "what is measured, in the words of the text"),
    Column("subject", Type.STRING, "whose it is, in the words of the text"),
    Column("change_direction", Type.STRING, "up, down, flat"),
    Column("change_mode", Type.STRING, "by: the figure is the change; to: where it arrives"),
    Column("change_basis", Type.STRING, "yoy, pop, ytd or the words"),
    Column("period_text", Type.STRING, "the time that the fact holds for, in the words of the text"),
    Column("period_iso", Type.STRING, "the same resolved: 2021, 2022-01, 2022-01-06, 2022-01/2022-06"),
    Column("period_start", Type.DATE, "first day of the period"),
    Column("period_end", Type.DATE, "last day of the period"),
    Column("per_value", Type.DECIMAL, "denominator: 10 in 每10股"),
    Column("per_unit", Type.STRING, "its unit: 股 in 每10股"),
    Column("status", Type.STRING, "actual, forecast, plan"),
    Column("negated", Type.BOOLEAN, "true in 没有一家"),
    Column("sentence", Type.STRING, "the sentence that holds the figure"),
    Column("evidence", Type.STRING, "JSON: the span of the words behind each field"),
)
"""The columns of a fact in formats of text, where a number is as long as it is."""

FACTS = (
    *FLAT,
    Column("value_double", Type.DOUBLE, "value, to the nearest double"),
    Column("low_double", Type.DOUBLE, "low, to the nearest double"),
    Column("high_double", Type.DOUBLE, "high, to the nearest double"),
    Column("exact", Type.STRING, "JSON: the numbers that no decimal(38,9) holds, in full digits"),
)
"""The columns of a fact where numbers have a width: in Parquet, DuckDB and Arrow."""

DOCUMENTS = (
    Column("source", Type.STRING, "the input as named, #id appended for a record; joins facts with documents"),
    Column("title", Type.STRING, "headline"),
    Column("author", Type.STRING, "who wrote it"),
    Column("origin", Type.STRING, "the outlet that the article says it comes from"),
    Column("site", Type.STRING, "the site that shows it"),
    Column("published", Type.DATE, "day of the article"),
    Column("url", Type.STRING, "its address"),
    Column("language", Type.STRING, "zh-Hans, zh-Hant, zh, or as the article declares it"),
    Column("encoding", Type.STRING, "encoding of the bytes it was read from"),
    Column("form", Type.STRING, "how the input was read: page, text, feed, record"),
    Column("text", Type.STRING, "what start and end of a fact index"),
)
"""The columns of a document."""

FAILURES = (
    Column("source", Type.STRING, "the input that failed, #id appended for a record"),
    Column("stage", Type.STRING, "read or extract: what it failed at"),
    Column("message", Type.STRING, "what is wrong with it"),
    Column("advice", Type.STRING, "what to do about it"),
)
"""The columns of an article that gave no facts because something is wrong with it."""

TABLES = {"facts": FACTS, "documents": DOCUMENTS}


def to_ddl(columns: tuple[Column, ...], quote: str = '"') -> str:
    """The columns as SQL declares them; DuckDB quotes names in `"`, Spark in a backtick.

    >>> to_ddl(DOCUMENTS[4:6])
    '"site" string, "published" date'
    """
    return ", ".join(f"{quote}{column.name}{quote} {column.type}" for column in columns)


def fix_places(number: Decimal) -> Decimal:
    """A number that fits with all the places of a `decimal(38,9)`.

    >>> fix_places(Decimal("1.39"))
    Decimal('1.390000000')
    """
    return number.quantize(_LAST_PLACE, context=_CONTEXT)


def fits(number: Decimal) -> bool:
    """Whether a `decimal(38,9)` holds the number exactly.

    >>> fits(Decimal("1.39")), fits(Decimal(1) / Decimal(3)), fits(Decimal("1E+29"))
    (True, False, False)
    """
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or number.adjusted() >= _DIGITS - _PLACES:
        return False
    return exponent >= -_PLACES or not any(digits[exponent + _PLACES :])
