"""Runs that keep what is done: to be taken up again, or to be cut into several files when all is known."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from newsfacts.cli.batch import Plan, running
from newsfacts.cli.options import Split
from newsfacts.cli.report import Report
from newsfacts.engines.ledger import Ledger
from newsfacts.engines.manifest import make_stamp
from newsfacts.engines.pieces import Piece
from newsfacts.engines.shards import write_by_input, write_by_size
from newsfacts.engines.work import Outcome
from newsfacts.errors import OutputError
from newsfacts.output.target import check_target


def write_ledger(pieces: Iterable[Piece | Outcome], plan: Plan, header: str, output: Path, report: Report) -> None:
    """Write what comes of the pieces to a log, and turn it into the output at the end."""
    output = output.resolve()
    try:
        with _ledger_files(output, plan.manifest) as (log, manifest):
            finished = None if plan.split else output
            with Ledger(log, manifest, header, make_stamp(plan.work), finished) as ledger:
                items = ledger.recall(pieces, retry_failed=plan.retry_failed)
                with running(items, plan, report) as outcomes:
                    for outcome in outcomes:
                        ledger.commit(outcome)
                _finish(ledger, output, header, plan.split)
    except OSError as error:
        name = error.filename or output
        advice = "make room, and run again with --resume to go on" if plan.manifest else "name another file with -o"
        raise OutputError(f"{name}: cannot be written ({error.strerror}); {advice}") from error


def _finish(ledger: Ledger, output: Path, header: str, split: Split | None) -> None:
    if split is None:
        ledger.finish(output)
    elif split.size is None:
        write_by_input(output, header.encode(), ledger.parts())
    else:
        write_by_size(output, header.encode(), ledger.parts(), split.size)


@contextmanager
def _ledger_files(output: Path, manifest: Path | None) -> Iterator[tuple[Path, Path]]:
    """The paths of a log and a manifest: such as stay, or in a folder that goes with the context."""
    if manifest is not None:
        yield output.with_name(f"{output.name}.partial"), manifest
        return
    check_target(output)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}.", suffix=".part", dir=output.parent) as folder:
        yield Path(folder) / "log", Path(folder) / "manifest"
