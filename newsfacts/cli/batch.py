"""Many inputs, one after the other or side by side, so that no bad one stops the rest.

A stream from names to results: nothing is read long before the writer asks for it, and nothing is kept after.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from newsfacts.cli.ending import Terminated
from newsfacts.cli.options import Split
from newsfacts.cli.report import Report, unwritten
from newsfacts.document.article import Reading
from newsfacts.document.reading import read_closely
from newsfacts.document.source import Options
from newsfacts.engines import local
from newsfacts.engines.duplicates import drop_copies, leave_out_copies
from newsfacts.engines.failures import broken, unread
from newsfacts.engines.pieces import STDIN, Piece
from newsfacts.engines.scratch import no_room
from newsfacts.engines.work import Outcome, Work, note
from newsfacts.errors import ReadError
from newsfacts.output import write_results
from newsfacts.output.target import check_target, open_target
from newsfacts.output.writers import Lines, Writer


class Plan(NamedTuple):
    """What a run does and where it writes.

    `jobs` processes and `timeout` seconds an input are as in `local.run`. With a `manifest` the run can be taken up
    again, and takes up an earlier one. Failures are told in the file `errors`, if any.
    """

    work: Work
    writer: Writer
    output: Path | None = None
    jobs: int | None = None
    timeout: float | None = None
    manifest: Path | None = None
    retry_failed: bool = False
    errors: Path | None = None
    split: Split | None = None


def extract_all(names: Iterable[str | ReadError], plan: Plan, report: Report) -> None:
    """Write the facts of all inputs in their order, and tell the report what became of each."""
    with _open_errors(plan.errors) as report.errors, _standard_input() as standard_input, _stopping(plan, report):
        pieces = local.find_pieces(names, plan.work, standard_input)
        if plan.output is not None and isinstance(plan.writer, Lines) and (plan.manifest or plan.split):
            from newsfacts.cli.keeping import write_ledger

            write_ledger(pieces, plan, plan.writer.header, plan.output, report)
            return
        with running(pieces, plan, report) as outcomes:
            if isinstance(plan.writer, Lines):
                _write_lines(plan.writer.header, drop_copies(outcomes), plan.output)
            else:
                write_results(plan.writer, local.unpickle(drop_copies(outcomes)), plan.output)


@contextmanager
def running(items: Iterable[Piece | Outcome], plan: Plan, report: Report) -> Iterator[Iterator[Outcome]]:
    """The outcomes of the work, told to the report; its processes end with the context."""
    outcomes = local.run(items, plan.work, jobs=plan.jobs, timeout=plan.timeout, idle=report.advance)
    with closing(outcomes):
        yield report.follow(leave_out_copies(outcomes) if plan.work.digests else outcomes)


@contextmanager
def _stopping(plan: Plan, report: Report) -> Iterator[None]:
    """Say what becomes of the output when the run is stopped."""
    try:
        yield
    except (KeyboardInterrupt, Terminated):
        if plan.manifest is not None:
            report.say(f"{plan.output}: stopped; what is done is kept, run again with --resume to go on")
        elif plan.output is not None:
            report.say(f"{plan.output}: stopped and not written; with --resume a run can be taken up again")
        raise


@contextmanager
def _open_errors(path: Path | None) -> Iterator[TextIO | None]:
    """The file of failures, which can be read while it is written."""
    if path is None:
        yield None
        return
    check_target(path)
    try:
        errors = path.open("w", encoding="utf-8", errors="replace", buffering=1)
    except OSError as error:
        raise unwritten(path, error) from error
    try:
        yield errors
    finally:
        try:
            errors.close()
        except OSError as error:
            raise unwritten(path, error) from error


def _write_lines(header: str, outcomes: Iterable[Outcome], output: Path | None) -> None:
    with open_target(output) as stream:
        stream.write(header)
        for outcome in outcomes:
            if outcome.output is not None:
                outcome.output.copy(stream)
                outcome.output.close()


def read_all(names: Iterable[str], options: Options, report: Report) -> Iterator[Reading]:
    """The articles of all inputs, in order; what cannot be read is told to the report."""
    for name in names:
        try:
            source = sys.stdin.buffer.read() if name == STDIN else name
            for result in read_closely(source, options=options):
                if isinstance(result, ReadError):
                    report.failed(unread(result, name, trace=report.debug))
                else:
                    report.read(note(result))
                    yield result
        except Exception as error:  # whatever one file does to a parser must not stop the others
            report.failed(broken(name, "read", error, trace=report.debug))


@contextmanager
def _standard_input() -> Iterator[Callable[[], str]]:
    """What puts standard input into a file, which is there as long as the context."""
    with ExitStack() as files:

        def place() -> str:
            try:
                path = Path(files.enter_context(tempfile.TemporaryDirectory(prefix="newsfacts-")), "standard-input")
                with path.open("wb") as file:
                    shutil.copyfileobj(sys.stdin.buffer, file)
            except OSError as error:
                raise no_room(error) from error
            return str(path)

        yield place
