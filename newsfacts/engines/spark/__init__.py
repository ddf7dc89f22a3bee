"""newsfacts on Apache Spark: a function of data frames, and a table function of SQL; `job` is the same as a command.

Every row runs through the kernel of `newsfacts.engines.arrow` in Spark's Python workers. A worker is a process that
serves many tasks, so each loads the lexicon and the segmenter once.
"""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import udtf

from newsfacts.document.source import Options
from newsfacts.engines.arrow import OUTCOMES, Columns, fact_batches, name_row, read_row, row_outcomes
from newsfacts.engines.articles import Extract
from newsfacts.extractors import extract_document
from newsfacts.output.schema import FACTS, FAILURES, to_ddl

DDL = to_ddl(OUTCOMES, "`")
"""The columns of `outcomes`, as Spark declares them."""


def outcomes(
    df: DataFrame,
    text: str = "content",
    id: str | None = "url",
    title: str | None = None,
    date: str | None = None,
    html: bool | str = "auto",
    *,
    options: Options | None = None,
    extract: Extract = extract_document,
) -> DataFrame:
    """The facts of a data frame of articles, and a row with a `message` for each article that could not be read.

    The arguments name the columns that hold an article's text (a string, a list of paragraphs, or the bytes of an
    article in any encoding), its id, which becomes the `source` of its facts, its title and its day. `html` is True or
    False for texts that all hold markup or none; "auto" looks at each.

    Raises ValueError for a column that is not there.
    """
    columns = Columns(text, id, title, date)
    names = [name for name in dict.fromkeys(columns) if name is not None]
    if missing := [name for name in names if name not in df.columns]:
        raise ValueError(f"no column {', '.join(missing)}; choose from {', '.join(df.columns)}")
    if html not in ("auto", True, False):
        raise ValueError(f"html={html!r}: no such choice; choose from 'auto', True, False")
    markup = None if html == "auto" else bool(html)
    run = partial(fact_batches, columns=columns, html=markup, options=options or Options(), extract=extract)
    return df.select(*(f"`{name}`" for name in names)).mapInArrow(run, DDL)


def facts(
    df: DataFrame,
    text: str = "content",
    id: str | None = "url",
    title: str | None = None,
    date: str | None = None,
    html: bool | str = "auto",
    **settings: Any,
) -> DataFrame:
    """The facts of a data frame of articles, a row each, with the columns of the Parquet output.

    The arguments are those of `outcomes`, which also has the articles that could not be read.
    """
    return facts_of(outcomes(df, text, id, title, date, html, **settings))


def facts_of(outcomes: DataFrame) -> DataFrame:
    """Of outcomes, the facts."""
    return outcomes.where("message IS NULL").select(*(column.name for column in FACTS))


def failures_of(outcomes: DataFrame) -> DataFrame:
    """Of outcomes, the articles that could not be read: source, stage, message, advice."""
    return outcomes.where("message IS NOT NULL").select(*(column.name for column in FAILURES))


_COLUMNS = Columns("content", "id", "title", "date")
_READ, _NAME = partial(read_row, columns=_COLUMNS), partial(name_row, columns=_COLUMNS)


class ArticleFacts:
    """The table function of SQL."""

    def eval(
        self,
        content: str | bytes | None,
        date: datetime.date | str | None = None,
        title: str | None = None,
        id: str | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """A row for each fact of an article, or one that tells why there is none."""
        row = {"content": content, "date": date, "title": title, "id": id}
        for outcome in row_outcomes(row, _READ, extract_document, _NAME):
            yield tuple(outcome.get(column.name) for column in OUTCOMES)


def register(spark: SparkSession, name: str = "newsfacts") -> None:
    """Let SQL call the extraction as a table function.

    `SELECT f.* FROM articles, LATERAL newsfacts(content, date) f` gives the columns of `outcomes`.
    """
    spark.udtf.register(name, udtf(ArticleFacts, returnType=DDL))
