"""Work in several processes: whatever the inputs, and however processes are started, it comes to the same."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from newsfacts.engines import local
from newsfacts.engines.failures import Failure
from newsfacts.engines.pieces import Piece
from newsfacts.engines.work import Outcome, Work, perform, render_of
from newsfacts.output import FORMATS
from tests.archive import write_archive
from tests.batches import newsfacts
from tests.strategies import NAMES, files

WORK = Work(render=render_of(FORMATS["jsonl"]))
Account = tuple[str, int, int, list[Failure], bytes]

DEFAULT = "import multiprocessing\nmultiprocessing.set_start_method({!r})"
"""Python that sets how processes start where nobody says how: forkserver is the default from Python 3.14 on."""

ALWAYS = """
import multiprocessing
get_context = multiprocessing.get_context
multiprocessing.get_context = lambda _: get_context({!r})
"""
"""Python that starts processes this way alone, as on a system that has no other."""


def account(outcome: Outcome, data: Iterable[bytes]) -> Account:
    return outcome.piece.name, outcome.articles, outcome.facts, outcome.failures, b"".join(data)


def do_here(names: list[str]) -> list[Account]:
    accounts = []
    for piece in local.find_pieces(names, WORK):
        assert isinstance(piece, Piece)
        data: list[bytes] = []
        accounts.append(account(perform(piece, WORK, data.append), data))
    return accounts


def do_apart(names: list[str], jobs: int) -> list[Account]:
    outcomes = local.run(local.find_pieces(names, WORK), WORK, jobs=jobs)
    return [account(outcome, outcome.output.blocks() if outcome.output else ()) for outcome in outcomes]


@settings(max_examples=6, phases=[Phase.generate])
@given(st.lists(st.tuples(files(), st.sampled_from(NAMES)), min_size=1, max_size=30), st.sampled_from([2, 3]))
def test_processes_change_nothing(inputs: list[tuple[bytes, str]], jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}-{name}") for number, (_, name) in enumerate(inputs)]
        for path, (data, _) in zip(paths, inputs, strict=True):
            path.write_bytes(data)
        names = [str(path) for path in paths]
        assert do_apart(names, jobs) == do_here(names)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder / "news", 80)
    newsfacts(folder, "extract", "news", "-o", "here.jsonl", "-j", "1")
    return folder


@pytest.mark.parametrize("how", [DEFAULT.format, ALWAYS.format], ids=["default", "always"])
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_every_way_to_start_processes_gives_the_same_bytes(
    archive: Path, tmp_path: Path, how: Callable[[str], str], method: str
) -> None:
    done = newsfacts(archive, "extract", "news", "-o", tmp_path / "facts.jsonl", "-j", "2", before=how(method))
    assert done.returncode == 3
    assert (tmp_path / "facts.jsonl").read_bytes() == (archive / "here.jsonl").read_bytes()
