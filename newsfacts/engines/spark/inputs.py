"""What a job reads: files of any form that `newsfacts extract` reads, wherever Spark finds them.

Spark lists the files, and cuts those that can be cut: JSON Lines at line ends, Parquet at row groups. Every other file
(an article, a feed, a CSV, a WARC, an archive) is opened by a worker itself and read as a stream, so that its size is
no matter of memory and Spark never copies it. Many small files share a task.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce

from pyspark.sql import DataFrame, DataFrameReader, SparkSession

from newsfacts.document.fields import usual_names
from newsfacts.document.records import Result
from newsfacts.document.source import NOT_ARTICLES, Options
from newsfacts.document.tables import check_names
from newsfacts.engines.arrow import outcome_batches
from newsfacts.engines.spark import DDL, rows
from newsfacts.model import Kind

_FILE = "_metadata.file_path AS file"


@dataclass(frozen=True, slots=True)
class Search:
    """How files are read and which facts are wanted: what the options of `newsfacts extract` say.

    `glob` chooses among the files of folders; `userdict` is the name of a file that the session has shipped to workers.
    """

    options: Options = field(default_factory=Options)
    kinds: frozenset[Kind] = frozenset()
    segmenter: str = "rjieba"
    userdict: str | None = None
    glob: str | None = None


def read_inputs(spark: SparkSession, names: Iterable[str], form: str | None, search: Search) -> DataFrame:
    """The outcomes of all inputs: files, folders or patterns, read in the form given, or as their names say."""
    by_form: dict[str, list[str]] = {}
    for name in names:
        by_form.setdefault(form or tell_form(name), []).append(name)
    frames = [FORMS[form](spark, names, search) for form, names in by_form.items()]
    return reduce(DataFrame.unionAll, frames)


def tell_form(name: str) -> str:
    """The form that the name of a file, a folder or a pattern says.

    >>> tell_form("news/*.jsonl.gz"), tell_form("articles.parquet"), tell_form("crawl/")
    ('jsonl', 'parquet', 'files')
    """
    name = name.lower().rstrip("/").removesuffix(".gz")
    return next((form for suffix, form in _SUFFIXES.items() if name.endswith(suffix)), "files")


def _open_files(spark: SparkSession, names: Sequence[str], search: Search) -> DataFrame:
    """Files of any form, each opened by a worker. Spark reads none that is not asked for its content."""
    files = (
        _reader(spark, search)
        .option("recursiveFileLookup", True)
        .format("binaryFile")
        .load(list(names))
        .selectExpr(_FILE)
    )
    if search.glob is None and not any(map(NOT_ARTICLES.search, names)):
        files = files.where(~files["file"].rlike(f"(?xi){NOT_ARTICLES.pattern}"))
    return _run(files, rows.read_file, search)


def _read_lines(spark: SparkSession, names: Sequence[str], search: Search) -> DataFrame:
    """JSON Lines. Lines stay bytes, so that workers recognise their encoding."""
    lines = _reader(spark, search).option("recursiveFileLookup", True).format("text").load(list(names))
    return _run(lines.selectExpr(_FILE, "CAST(value AS BINARY) AS line"), rows.read_line, search)


def _read_table(spark: SparkSession, names: Sequence[str], search: Search) -> DataFrame:
    """Parquet, an article a row, with the columns of its partitions; those of no interest are not read."""
    table = _reader(spark, search).parquet(*names)
    check_names(table.columns, search.options)
    wanted = {name for names in usual_names().values() for name in names}
    given = set(search.options.names.values())
    columns = [f"`{name}`" for name in table.columns if name in given or name.strip().lower() in wanted]
    return _run(table.selectExpr(_FILE, f"struct({', '.join(columns)}) AS record"), rows.read_cells, search)


FORMS: dict[str, Callable[[SparkSession, Sequence[str], Search], DataFrame]] = {
    "files": _open_files,
    "jsonl": _read_lines,
    "parquet": _read_table,
}
_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


def _reader(spark: SparkSession, search: Search) -> DataFrameReader:
    return spark.read if search.glob is None else spark.read.option("pathGlobFilter", search.glob)


def _run(df: DataFrame, read: Callable[..., Iterator[Result]], search: Search) -> DataFrame:
    reads = partial(read, options=search.options)
    extract = partial(rows.extract, kinds=search.kinds, segmenter=search.segmenter, userdict=search.userdict)
    run = partial(outcome_batches, read=reads, extract=extract, name=rows.name_input)
    return df.mapInArrow(run, DDL)
