"""newsfacts reads Chinese news and gives back its numbers as structured facts.

The public API and nothing else. What it needs is imported when it is called, so that importing newsfacts costs little.
"""

import datetime
import os
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from newsfacts.errors import LexiconError, NewsfactsError, OutputError, QueryError, ReadError
from newsfacts.model import (
    Bound,
    Change,
    Direction,
    Document,
    Fact,
    Figure,
    Kind,
    Mode,
    Numeral,
    Per,
    Period,
    Quantity,
    Status,
)

__version__ = "0.1.0"

__all__ = [
    "Bound",
    "Change",
    "Direction",
    "Document",
    "Fact",
    "Figure",
    "Kind",
    "LexiconError",
    "Mode",
    "NewsfactsError",
    "Numeral",
    "OutputError",
    "Per",
    "Period",
    "Quantity",
    "QueryError",
    "ReadError",
    "Status",
    "__version__",
    "extract",
    "extract_document",
    "find_numbers",
    "parse_number",
    "parse_quantity",
    "read",
    "to_records",
]


def extract(text: str, *, title: str | None = None, date: datetime.date | str | None = None) -> list[Fact]:
    """The facts of a text, in order.

    `title` is the headline, when it is not part of `text`; offsets then count from its first character, with one line
    end between title and text. `date` is the day of the article, by which 今年 and 上月 are resolved: a date, or its
    ISO 8601 form. Raises ValueError for a string that is no date.

    >>> [(fact.text, str(fact.kind), fact.value) for fact in extract("净利润23.59亿元，同比增长1.39%")]
    [('23.59亿元', 'money', Decimal('2359000000')), ('1.39%', 'percent', Decimal('1.39'))]
    >>> extract("今年营收3亿元", date="2022-06-16")[0].period.iso
    '2022'
    """
    whole = text if title is None else f"{title}\n{text}"
    return extract_document(Document(whole, title=title, published=_day(date)))


def _day(date: datetime.date | str | None) -> datetime.date | None:
    if not isinstance(date, str):
        return date
    try:
        return datetime.date.fromisoformat(date)
    except ValueError as error:
        raise ValueError(f"{date!r} is no date; give it as YYYY-MM-DD") from error


def extract_document(
    document: Document, *, segmenter: str = "rjieba", userdict: str | os.PathLike[str] | None = None
) -> list[Fact]:
    """The facts of a document, in order: `document.text[fact.start:fact.end] == fact.text`.

    `segmenter` is `rjieba`, the fast one, or `jieba`, the reference; `userdict` names a dictionary in jieba's format.

    >>> [(fact.subject, fact.metric) for fact in extract_document(Document("远山集团净利润达3亿元，同比增长5%"))]
    [('远山集团', '净利润'), ('远山集团', '净利润')]
    """
    from newsfacts.extractors import extract_document

    return extract_document(document, segmenter=segmenter, userdict=userdict)


def read(
    source: str | os.PathLike[str] | bytes, *, encoding: str | None = None, date: datetime.date | None = None
) -> Document:
    """The article in a file, given by its path or its bytes; `date` is the article's day when the file has none.

    Raises ReadError when it is no article, says so, and says what to do.

    >>> read("<p>全年降雨<b>820</b>毫米</p>".encode()).text
    '全年降雨820毫米'
    """
    from newsfacts.document.reading import read

    return read(source, encoding=encoding, date=date)


def parse_number(text: str) -> Decimal:
    """The exact value of one numeral; ValueError says where a string stops being one.

    >>> parse_number("一百二十三万")
    Decimal('1230000')
    """
    from newsfacts.extractors.quantities import parse_number

    return parse_number(text)


def parse_quantity(text: str) -> Quantity:
    """The one quantity of a string, with its bound words; ValueError says where a string stops being one.

    >>> parse_quantity("两小时十分").to("min").value
    Decimal('130')
    """
    from newsfacts.extractors.quantities import parse_quantity

    return parse_quantity(text)


def find_numbers(text: str) -> list[Numeral]:
    """Every numeral of a text with span and value, figure or not.

    >>> [numeral.value for numeral in find_numbers("第3季卖出两万台")]
    [Decimal('3'), Decimal('20000')]
    """
    from newsfacts.extractors.quantities import find_numbers

    return find_numbers(text)


def to_records(facts: Iterable[Fact], document: Document | None = None) -> list[dict[str, Any]]:
    """The facts as flat rows for data frames, with the columns and types of Parquet files (README, Tables).

    `pandas.DataFrame`, `polars.DataFrame` and `pyarrow.Table.from_pylist` take them as they are: numbers are Decimal
    and float side by side, days are dates. `document` gives source, title and published; without it they are None.

    >>> [row] = to_records(extract("全年降水量为1250.5毫米"))
    >>> row["metric"], row["value"], row["value_double"], row["unit"], row["source"]
    ('降水量', Decimal('1250.500000000'), 1250.5, 'mm', None)
    """
    from newsfacts.output.records import typed_record

    origin = Document("") if document is None else document
    return [typed_record(origin, fact) for fact in facts]
