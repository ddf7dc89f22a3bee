"""`newsfacts spark`: from its options to a job, and from the job's tally to a line and an exit code."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from newsfacts.cli.ending import NOTHING_FOUND, SOME_FAILED, say
from newsfacts.cli.options import UsageError

if TYPE_CHECKING:
    from newsfacts.engines.spark.job import Job, Tally


def check_spark() -> None:
    """Raise UsageError when the extra is not installed."""
    for name in ("pyspark", "pyarrow", "pandas"):
        if find_spec(name) is None:
            raise UsageError(f"{name} is not installed; pip install 'newsfacts[spark]'")


def parse_settings(pairs: Sequence[str] | None, *, progress: bool) -> dict[str, str]:
    """The settings that --conf gives, and whether Spark shows its progress. Raises UsageError."""
    settings = {"spark.ui.showConsoleProgress": str(progress).lower()}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--conf {pair}: no value; write it as spark.executor.memory=4g")
        settings[name] = value
    return settings


def check_job(job: "Job") -> None:
    """Raise UsageError for a form or a mode that there is not."""
    from newsfacts.engines.spark.inputs import FORMS
    from newsfacts.engines.spark.job import MODES

    if job.form is not None and job.form not in FORMS:
        raise UsageError(f"--input-format {job.form}: no such format; choose from {', '.join(FORMS)}")
    if job.mode not in MODES:
        raise UsageError(f"--mode {job.mode}: no such mode; choose from {', '.join(MODES)}")


def run(job: "Job", master: str | None, settings: Mapping[str, str]) -> "Tally":
    """Run a job, in a session of its own unless `spark-submit` has opened one."""
    from newsfacts.engines.spark.job import open_session, run

    check_job(job)
    spark = open_session(master, settings)
    try:
        return run(spark, job)
    finally:
        spark.stop()


def finish(job: "Job", tally: "Tally", *, quiet: bool, expect_facts: bool) -> int:
    """Say what came of a job, and give the exit code."""
    if not quiet:
        failed = f"; {tally.failures} failed, see {job.output}/errors" if tally.failures else ""
        say(f"{tally.facts} facts in {job.output}/facts{failed}")
    if tally.failures:
        return SOME_FAILED
    return NOTHING_FOUND if expect_facts and not tally.facts else 0
