"""The job of `newsfacts spark`: from files to Parquet, on this machine or on a cluster.

OUTPUT/facts gets the facts and OUTPUT/errors the articles that gave none because something is wrong with them. The
extraction runs once: what comes of it is kept on the disks of the workers until both are written. The errors are
written first, so that where OUTPUT/facts has Spark's mark of success, the output is whole.
"""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from py4j.protocol import Py4JJavaError
from pyspark import StorageLevel
from pyspark.errors import AnalysisException, PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import date_format

from newsfacts.engines.spark import facts_of, failures_of
from newsfacts.engines.spark.inputs import Search, read_inputs
from newsfacts.errors import NewsfactsError, OutputError, ReadError
from newsfacts.output.schema import FACTS, FAILURES, to_ddl

MODES = ("errorifexists", "overwrite", "append")
"""What to do when there is an output: stop, replace it, or add to it what it does not hold yet."""

SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",  # an article may be a megabyte
    "spark.sql.files.maxPartitionBytes": "32m",  # a task of some minutes: to extract costs far more than to load
    "spark.sql.files.openCostInBytes": "64k",  # some hundred small files in a task, not 32
    "spark.log.level": "ERROR",
}
"""What suits articles better than Spark's own choice."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to read, and where to write. `form` is one of `inputs.FORMS`, or None to go by the names of the inputs.

    `by_month` gives the facts of each month of publication a folder of their own.
    """

    inputs: Sequence[str]
    output: str
    search: Search = field(default_factory=Search)
    form: str | None = None
    mode: str = "errorifexists"
    by_month: bool = True


class Tally(NamedTuple):
    """How many facts were written, and how many articles failed."""

    facts: int
    failures: int


def open_session(master: str | None = None, settings: Mapping[str, str] | None = None) -> SparkSession:
    """The session of the program that `spark-submit` runs, or a new one, on all cores of this machine by default.

    Raises OutputError when there is no Java to run it.
    """
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # not under spark-submit
        _check_java()
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("newsfacts")
    for name, value in (SETTINGS | dict(settings or {})).items():
        builder = builder.config(name, value)
    return (builder.master(master) if master else builder).getOrCreate()


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=str(Path(home, "bin")) if home else None):
        raise OutputError("no Java found; install Java 17 (Debian: openjdk-17-jre-headless), or set JAVA_HOME")


def run(spark: SparkSession, job: Job) -> Tally:
    """Read, extract and write.

    Raises ReadError when an input is not there, and OutputError when the output is and the mode keeps it, or when
    Spark gives up.
    """
    try:
        return _run(spark, _ship(spark, job))
    except AnalysisException as error:
        raise _explain(error, job) from None
    except (PySparkException, Py4JJavaError) as error:
        raise OutputError(f"Spark gave up: {_first_line(error)}; run again with --debug for all it says") from error


def _ship(spark: SparkSession, job: Job) -> Job:
    """The job with its user dictionary sent to the workers."""
    path = job.search.userdict
    if path is None:
        return job
    spark.sparkContext.addFile(path)
    return replace(job, search=replace(job.search, userdict=Path(path).name))


def _run(spark: SparkSession, job: Job) -> Tally:
    outcomes = read_inputs(spark, job.inputs, job.form, job.search)
    if job.mode == "append":
        outcomes = _leave_out_known(outcomes, spark, job.output)
    outcomes = outcomes.persist(StorageLevel.DISK_ONLY)
    try:
        _write(failures_of(outcomes), f"{job.output}/errors", job.mode)
        _write(facts_of(outcomes), f"{job.output}/facts", job.mode, by_month=job.by_month)
        rows, failures = outcomes.selectExpr("count(*)", "count(message)").collect()[0]
    finally:
        outcomes.unpersist()
    return Tally(rows - failures, failures)


def _write(df: DataFrame, path: str, mode: str, *, by_month: bool = False) -> None:
    """Write Parquet files; the facts of a month go into few of them, however many tasks found some."""
    if by_month:
        df = df.withColumn("month", date_format("published", "yyyy-MM")).hint("rebalance", "month")
    writer = df.write.mode(mode).option("compression", "zstd")
    (writer.partitionBy("month") if by_month else writer).parquet(path)


def _leave_out_known(outcomes: DataFrame, spark: SparkSession, output: str) -> DataFrame:
    """What comes of sources that the output does not hold yet, so that a run can be repeated.

    The known sources are cut off from the files they are read from: Spark would read those again after each write, and
    find everything known.
    """
    for name, columns in (("facts", FACTS), ("errors", FAILURES)):
        try:
            written = spark.read.schema(to_ddl(columns, "`")).parquet(f"{output}/{name}")
        except AnalysisException as error:
            if error.getCondition() != "PATH_NOT_FOUND":
                raise
        else:
            known = written.select("source").distinct().localCheckpoint()
            outcomes = outcomes.join(known, "source", "left_anti")
    return outcomes


def _explain(error: AnalysisException, job: Job) -> NewsfactsError:
    """What Spark says about the paths that it was given."""
    condition = error.getCondition()
    if condition == "PATH_ALREADY_EXISTS":
        return OutputError(f"{job.output}: exists; choose --mode overwrite or append, or another output")
    if condition == "PATH_NOT_FOUND":
        return ReadError(f"{error.getMessageParameters()['path']}: no such file; check the name")
    return ReadError(f"Spark cannot read the inputs ({_first_line(error)}); check them and --input-format")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
