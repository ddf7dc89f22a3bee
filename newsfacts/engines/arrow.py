"""The one kernel of engines that hold tables: record batches of articles in, record batches of their facts out.

Spark, Dask, Ray Data and Daft differ in how they cut a table and where they run a function on a piece of it. The piece
is an Arrow record batch in all of them, so all of them run `fact_batches`. An article goes through the same readers
and the same extraction as in the local engine, so that it has the same facts wherever it is read.

Memory is flat: rows are taken out of a batch a few at a time, and facts go out in batches of a bounded size.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Any, NamedTuple

import pyarrow as pa

from newsfacts.document.article import Reading, read_article, settle
from newsfacts.document.dates import parse_date
from newsfacts.document.decode import decode
from newsfacts.document.fields import Fields, one_line
from newsfacts.document.reading import dated
from newsfacts.document.records import Result, read_text
from newsfacts.document.source import Options, read_whole
from newsfacts.engines.articles import Extract, find_facts
from newsfacts.engines.failures import Failure
from newsfacts.errors import ReadError
from newsfacts.extractors import extract_document
from newsfacts.output.records import typed_record
from newsfacts.output.schema import FACTS, FAILURES, Type

Row = dict[str, Any]
"""A row of a table, as plain data."""

Read = Callable[[Row], Iterator[Result]]
"""Reads the articles that a row is, or names."""

Name = Callable[[Row], str]
"""What the input is called that a row is, or names."""


class Columns(NamedTuple):
    """Which column of a table of articles holds what; the id becomes the `source` of the facts."""

    text: str = "content"
    id: str | None = "url"
    title: str | None = None
    date: str | None = None


OUTCOMES = (*FACTS, *(column for column in FAILURES if column.name != "source"))
"""The columns of what comes out: those of a fact, and those that tell why an article has none to give."""

_TYPES: dict[Type, pa.DataType] = {
    Type.STRING: pa.string(),
    Type.INTEGER: pa.int32(),
    Type.DECIMAL: pa.decimal128(38, 9),
    Type.DOUBLE: pa.float64(),
    Type.DATE: pa.date32(),
    Type.BOOLEAN: pa.bool_(),
}

SCHEMA = pa.schema([(column.name, _TYPES[column.type]) for column in OUTCOMES])

_USUAL, _DEFAULTS = Columns(), Options()
_ROWS_IN, _ROWS_OUT = 64, 1024
"""So many rows are plain data at a time."""


def fact_batches(
    batches: Iterable[pa.RecordBatch],
    columns: Columns = _USUAL,
    *,
    html: bool | None = None,
    options: Options = _DEFAULTS,
    extract: Extract = extract_document,
) -> Iterator[pa.RecordBatch]:
    """The facts of the articles in these batches, in the order of the rows.

    The text is a string, a list of paragraphs, or the bytes of an article, whose encoding is then recognised. `html`
    says whether texts hold markup; None looks at each. A row whose `message` is not null is no fact but says why the
    article of this `source` could not be read: one bad record fails by itself, and is never silent.

    >>> table = pa.table({"url": ["a", "b"], "content": ["远山集团净利润达3亿元。", None]})
    >>> for row in pa.Table.from_batches(fact_batches(table.to_batches())).to_pylist():
    ...     print(row["source"], row["metric"], row["value"], row["message"])
    a 净利润 300000000.000000000 None
    b None None has no text in content
    """
    read = partial(read_row, columns=columns, html=html, options=options)
    return outcome_batches(batches, read, extract, partial(name_row, columns=columns))


def fact_table(table: pa.Table, columns: Columns = _USUAL, **settings: Any) -> pa.Table:
    """As `fact_batches`, for engines that hand over a table and want one back."""
    return pa.Table.from_batches(fact_batches(table.to_batches(), columns, **settings), SCHEMA)


def outcome_batches(
    batches: Iterable[pa.RecordBatch], read: Read, extract: Extract, name: Name
) -> Iterator[pa.RecordBatch]:
    """The facts of what `read` finds in the rows of these batches."""
    rows = chain.from_iterable(row_outcomes(row, read, extract, name) for batch in batches for row in _rows(batch))
    while taken := list(islice(rows, _ROWS_OUT)):
        yield pa.RecordBatch.from_pylist(taken, SCHEMA)


def read_row(row: Row, columns: Columns, html: bool | None = None, options: Options = _DEFAULTS) -> Iterator[Result]:
    """The article in a row."""
    source = name_row(row, columns)
    try:
        reading = _read_article(row, columns, html, options)
    except ReadError as error:
        yield ReadError(f"{source}: {error}")
    else:
        yield dated(settle(reading, source=source or None), options)


def _read_article(row: Row, columns: Columns, html: bool | None, options: Options) -> Reading:
    content = row[columns.text]
    if isinstance(content, bytes | bytearray):
        decoded = decode(read_whole(io.BytesIO(content), options), options.encoding)
        text, encoding = decoded.text, decoded.encoding
    else:
        text, encoding = read_text(content, columns.text), "utf-8"
    fields = None
    if columns.title or columns.date:  # else what stands in the text itself, as front matter, is all there is
        fields = Fields(one_line(row.get(columns.title or "")), parse_date(row.get(columns.date or "")))
    return settle(read_article(text, fields=fields, html=html), encoding=encoding)


def _rows(batch: pa.RecordBatch) -> Iterator[Row]:
    for start in range(0, batch.num_rows, _ROWS_IN):
        yield from batch.slice(start, _ROWS_IN).to_pylist()


def row_outcomes(row: Row, read: Read, extract: Extract, name: Name) -> Iterator[Row]:
    """What comes out for a row: its facts in the columns of the schema, or why there are none."""
    for found in find_facts(read(row), name(row), extract):
        if isinstance(found, Failure):
            yield {column.name: getattr(found, column.name) or None for column in FAILURES}
        else:
            reading, facts = found
            yield from (typed_record(reading.document, fact) for fact in facts)


def name_row(row: Row, columns: Columns) -> str:
    """The id of an article; empty when it has none."""
    return one_line(row[columns.id]) or "" if columns.id else ""
