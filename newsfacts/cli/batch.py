"""Many inputs, one after the other or side by side, so that no bad one stops the rest.

A stream from names to results: nothing is read long before the writer asks for it, and nothing is kept after.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from newsfacts.cli.report import Report, Terminated
from newsfacts.document.article import Reading
from newsfacts.document.reading import read_closely
from newsfacts.document.source import Options
from newsfacts.engines import local
from newsfacts.engines.failures import broken, unread
from newsfacts.engines.pieces import STDIN, Piece
from newsfacts.engines.work import Outcome, Work, note
from newsfacts.errors import OutputError, ReadError
from newsfacts.output import write_results
from newsfacts.output.target import open_target
from newsfacts.output.writers import Lines, Writer


class Plan(NamedTuple):
    """What a run does and where it writes.

    `jobs` processes and `timeout` seconds an input are as in `local.run`. With a `manifest` the run can be taken up
    again, and takes up an earlier one.
    """

    work: Work
    writer: Writer
    output: Path | None = None
    jobs: int | None = None
    timeout: float | None = None
    manifest: Path | None = None
    retry_failed: bool = False


def extract_all(names: Iterable[str | ReadError], plan: Plan, report: Report) -> None:
    """Write the facts of all inputs in their order, and tell the report what became of each."""
    with _standard_input() as standard_input:
        pieces = local.find_pieces(names, plan.work, standard_input)
        if plan.manifest is not None and plan.output is not None and isinstance(plan.writer, Lines):
            _write_ledger(pieces, plan, plan.writer.header, plan.output, plan.manifest, report)
        elif isinstance(plan.writer, Lines):
            _write_lines(plan.writer.header, _run(pieces, plan, report), plan.output)
        else:
            write_results(plan.writer, local.unpickle(_run(pieces, plan, report)), plan.output)


def _run(items: Iterable[Piece | Outcome], plan: Plan, report: Report) -> Iterator[Outcome]:
    outcomes = local.run(items, plan.work, jobs=plan.jobs, timeout=plan.timeout, idle=report.advance)
    return report.follow(outcomes)


def _write_lines(header: str, outcomes: Iterable[Outcome], output: Path | None) -> None:
    with open_target(output) as stream:
        stream.write(header)
        for outcome in outcomes:
            if outcome.output is not None:
                outcome.output.copy(stream)
                outcome.output.close()


def _write_ledger(
    pieces: Iterable[Piece | Outcome], plan: Plan, header: str, output: Path, manifest: Path, report: Report
) -> None:
    from newsfacts.engines.ledger import Ledger
    from newsfacts.engines.manifest import make_stamp

    try:
        with Ledger(output, manifest, header, make_stamp(plan.work)) as ledger:
            items = ledger.recall(pieces, retry_failed=plan.retry_failed)
            for outcome in _run(items, plan, report):
                ledger.commit(outcome)
                if outcome.output is not None:
                    outcome.output.close()
            ledger.finish()
    except OSError as error:
        message = f"{error.filename or output}: cannot be written ({error.strerror}); what was done is kept"
        raise OutputError(f"{message}: make room and run again with --resume") from error
    except (KeyboardInterrupt, Terminated):
        report.say(f"{output}: stopped with {report.articles} articles done; run again with --resume to go on")
        raise


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
    with tempfile.TemporaryDirectory(prefix="newsfacts-") as folder:

        def place() -> str:
            path = Path(folder) / "standard-input"
            with path.open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
            return str(path)

        yield place
