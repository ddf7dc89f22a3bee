"""Batches: many processes and the same bytes, runs that are killed and taken up again, inputs that do harm.

`make test-batch` runs all of it over 20 000 articles in the place of 500.
"""

import hashlib
import json
import os
import pty
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsfacts import __version__
from newsfacts.cli.inputs import find_inputs
from newsfacts.document.article import Reading
from newsfacts.document.reading import read_closely, read_stretch
from newsfacts.document.source import MEBIBYTE, Options
from newsfacts.engines.pieces import cut
from newsfacts.errors import ReadError
from tests.archive import write_archive, write_article
from tests.batches import (
    ARTICLES,
    HARM,
    KILLS,
    LARGE,
    RECORD,
    ROOT,
    SENTENCE,
    entries,
    newsfacts,
    peak,
    sources,
    wait_until,
    write,
)
from tests.terminal import read_terminal


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder / "news", ARTICLES)
    return folder


@pytest.fixture(scope="module")
def clean(archive: Path) -> bytes:
    """What one clean run in one process gives."""
    done = newsfacts(archive, "extract", "news", "-o", "clean.jsonl", "-j", "1")
    assert done.returncode == 3
    return (archive / "clean.jsonl").read_bytes()


@pytest.mark.parametrize("jobs", [2, 7])
def test_every_number_of_processes_gives_the_same_bytes(archive: Path, clean: bytes, jobs: int) -> None:
    done = newsfacts(archive, "extract", "news", "-o", f"jobs-{jobs}.jsonl", "-j", jobs)
    assert done.returncode == 3
    assert (archive / f"jobs-{jobs}.jsonl").read_bytes() == clean


def resume(archive: Path, name: str, *arguments: object) -> bytes:
    """What a run gives that goes on with the output of this name."""
    done = newsfacts(archive, "extract", "news", "-o", name, "--resume", "-q", *arguments)
    assert done.returncode == 3, done.stderr
    return (archive / name).read_bytes()


class TestRunsThatEndEarly:
    def test_a_killed_run_is_taken_up_again(self, archive: Path, clean: bytes) -> None:
        arguments = ["extract", "news", "-o", "killed.jsonl", "--resume", "-q", "-j", "2"]
        seconds = 0.2 * ARTICLES / 500
        killing = [sys.executable, "-m", "tests.killing", str(KILLS), str(seconds), "5", *arguments]
        done = subprocess.run(killing, cwd=archive, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
        assert done.returncode == 3
        assert (archive / "killed.jsonl").read_bytes() == clean
        assert not (archive / "killed.jsonl.partial").exists()

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_a_signal_ends_it_in_order(self, archive: Path, clean: bytes, number: int, code: int) -> None:
        name = f"signal-{code}.jsonl"
        command = [sys.executable, "-m", "newsfacts", "extract", "news", "-o", name, "--resume", "-j", "2"]
        partial, manifest = archive / f"{name}.partial", archive / f"{name}.manifest.jsonl"
        with subprocess.Popen(command, cwd=archive, stderr=subprocess.PIPE, text=True) as process:
            wait_until(lambda: manifest.exists() and manifest.stat().st_size, process)
            process.send_signal(number)
            _, told = process.communicate()
        assert process.returncode == code
        assert "stopped; what is done is kept, run again with --resume" in told.splitlines()[-1]
        assert partial.read_bytes().endswith(b"\n")
        assert resume(archive, name) == clean

    def test_it_says_what_would_have_kept_it(self, tmp_path: Path) -> None:
        write(tmp_path, "endless.txt")
        command = [sys.executable, "-c", f"{HARM}\nfrom newsfacts.cli.app import main\nmain()"]
        with subprocess.Popen(
            [*command, "extract", "endless.txt", "-o", "facts.jsonl"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
        ) as process:
            wait_until(lambda: list(tmp_path.glob(".facts.jsonl.*.part")), process)
            process.send_signal(signal.SIGINT)
            _, told = process.communicate()
        assert process.returncode == 130
        assert told == "newsfacts: facts.jsonl: stopped and not written; with --resume a run can be taken up again\n"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["endless.txt"]

    def test_a_full_disk_is_one_line_and_loses_nothing(self, archive: Path, clean: bytes) -> None:
        full = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))"
        done = newsfacts(archive, "extract", "news", "-o", "full.jsonl", "--resume", "-q", before=full)
        assert done.returncode == 2
        assert "full.jsonl: cannot be written (File too large); make room" in done.stderr.splitlines()[-1]
        assert entries(archive / "full.jsonl.manifest.jsonl")
        assert resume(archive, "full.jsonl") == clean

    def test_half_a_line_is_cut_and_what_was_tampered_with_read_again(self, archive: Path, clean: bytes) -> None:
        full = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))"
        newsfacts(archive, "extract", "news", "-o", "torn.jsonl", "--resume", "-q", before=full)
        partial, manifest = archive / "torn.jsonl.partial", archive / "torn.jsonl.manifest.jsonl"
        data = partial.read_bytes()
        whole = manifest.read_bytes()
        for half in (whole[:-1], whole[:-20]):
            manifest.write_bytes(half)
            partial.write_bytes(data[:100] + b"0" + data[101:] + data[:70])
            assert resume(archive, "torn.jsonl") == clean

    def test_a_closed_pipe_ends_it_quietly(self, archive: Path) -> None:
        command = f"{sys.executable} -m newsfacts extract news -j 2 2> told | head -n 1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], cwd=archive, capture_output=True, check=False)
        assert (done.returncode, done.stdout.count(b"\n")) == (0, 1)
        assert "Error" not in (archive / "told").read_text()


class TestRunsThatGoOn:
    def test_only_what_changed_is_read_again(self, tmp_path: Path) -> None:
        write(tmp_path, *(f"news/{name}.txt" for name in "abcdefghij"))
        newsfacts(tmp_path, "extract", "news", "-o", "facts.jsonl", "--resume")
        write(tmp_path, "news/bb.txt")
        os.utime(tmp_path / "news/a.txt", (1, 1))
        (tmp_path / "news/c.txt").write_text(f"又有{SENTENCE}", encoding="utf-8")
        (tmp_path / "news/d.txt").unlink()
        for _ in range(2):
            assert (
                newsfacts(tmp_path, "extract", "news", "-o", "facts.jsonl", "--resume", before=RECORD).returncode == 0
            )
        assert sorted((tmp_path / "read").read_text().split()) == ["news/bb.txt", "news/c.txt"]
        newsfacts(tmp_path, "extract", "news", "-o", "clean.jsonl")
        assert (tmp_path / "facts.jsonl").read_bytes() == (tmp_path / "clean.jsonl").read_bytes()
        assert [entry["input"] for entry in entries(tmp_path / "facts.jsonl.manifest.jsonl")] == [
            f"news/{name}.txt" for name in ("a", "b", "bb", "c", "e", "f", "g", "h", "i", "j")
        ]

    def test_the_manifest_tells_what_was_read(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt")
        newsfacts(tmp_path, "extract", "a.txt", "b.txt", "-o", "facts.csv", "--manifest", "run.jsonl")
        good, bad = entries(tmp_path / "run.jsonl")
        data = (tmp_path / "a.txt").read_bytes()
        assert (good["size"], good["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert good["mtime_ns"] == (tmp_path / "a.txt").stat().st_mtime_ns
        assert (good["status"], good["articles"], good["facts"]) == ("done", 1, 2)
        assert good["version"] == __version__
        assert len(good["lexicon"]) == 16
        assert (bad["status"], bad["failures"][0]["message"]) == ("failed", "no such file")

    def test_other_settings_are_another_run(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", "b.txt")
        newsfacts(tmp_path, "extract", "a.txt", "b.txt", "-o", "facts.jsonl", "--resume")
        newsfacts(tmp_path, "extract", "a.txt", "b.txt", "-o", "facts.jsonl", "--resume", "--kind", "percent")
        facts = (tmp_path / "facts.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(fact)["kind"] for fact in facts] == ["percent", "percent"]

    def test_what_failed_is_read_again_when_asked(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", "poison.txt")
        names = ("extract", "a.txt", "poison.txt", "-o", "facts.jsonl", "--resume")
        assert newsfacts(tmp_path, *names, "-j", "2", before=HARM).returncode == 3
        assert newsfacts(tmp_path, *names).returncode == 3
        assert newsfacts(tmp_path, *names, "--retry-failed").returncode == 0
        assert sources((tmp_path / "facts.jsonl").read_text(encoding="utf-8")) == ["a.txt", "poison.txt"]

    @pytest.mark.parametrize(
        ("arguments", "what"),
        [
            (["--resume"], "name a file with -o"),
            (["--resume", "-o", "facts.json"], "choose one of jsonl, csv"),
            (["--resume", "-o", "none/facts.jsonl"], "does not exist"),
            (["--manifest", "a.txt", "-o", "facts.jsonl"], "a.txt: is no manifest"),
            (["--split-by", "input"], "name a file with -o"),
            (["--split-by", "day", "-o", "facts.jsonl"], "choose --split-by input"),
            (["--progress", "loud"], "choose from auto, json"),
            (["--errors", "none/errors.jsonl"], "does not exist"),
        ],
    )
    def test_what_cannot_be_is_one_line(self, tmp_path: Path, arguments: list[str], what: str) -> None:
        write(tmp_path, "a.txt")
        done = newsfacts(tmp_path, "extract", "a.txt", *arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert what in done.stderr


class TestInputsThatDoHarm:
    NAMES = ("a.txt", "b.txt", "poison.txt", "c.txt", "endless.txt", "d.txt")

    def test_they_fail_alone(self, tmp_path: Path) -> None:
        write(tmp_path, *self.NAMES)
        done = newsfacts(tmp_path, "extract", *self.NAMES, "-j", "2", "--timeout", "1", before=HARM)
        assert done.returncode == 3
        crashed, hung = done.stderr.splitlines()
        assert crashed.startswith("newsfacts: poison.txt: its process was ended by SIGABRT; ")
        assert hung == "newsfacts: endless.txt: took over 1 s; leave it out, or raise --timeout"
        assert sources(done.stdout) == ["a.txt", "b.txt", "c.txt", "d.txt"]

    def test_a_process_that_is_killed_fails_what_it_was_at(self, tmp_path: Path) -> None:
        write(tmp_path, *self.NAMES[3:])
        start = [sys.executable, "-c", f"{HARM}\nfrom newsfacts.cli.app import main\nmain()"]
        with subprocess.Popen(
            [*start, "extract", *self.NAMES[3:], "-j", "1", "-o", "facts.jsonl", "--errors", "errors.jsonl"],
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            wait_until(lambda: (tmp_path / "endless.txt").stat().st_mtime == 0, process)
            os.kill(int(children.read_text()), signal.SIGKILL)
            _, told = process.communicate()
        assert process.returncode == 3
        assert told == "newsfacts: 4 facts from 2 of 3 inputs; 1 failed, see errors.jsonl\n"
        [failure] = entries(tmp_path / "errors.jsonl")
        assert (failure["source"], failure["stage"]) == ("endless.txt", "process")
        assert sources((tmp_path / "facts.jsonl").read_text(encoding="utf-8")) == ["c.txt", "d.txt"]

    def test_every_broken_input_is_named(self, archive: Path, clean: bytes) -> None:
        done = newsfacts(archive, "extract", "news", "-o", "facts.csv", "--errors", "errors.jsonl")
        failures = entries(archive / "errors.jsonl")
        assert len(failures) == ARTICLES // 100
        assert all(failure["message"] and failure["advice"] for failure in failures)
        assert {failure["stage"] for failure in failures} == {"read"}
        [summary] = done.stderr.splitlines()
        assert summary.endswith(f"; {len(failures)} failed, see errors.jsonl")
        read = f"{len(set(sources(clean.decode()))):,}".replace(",", " ")
        assert f" facts from {read} of " in summary


class TestManyInputs:
    def test_names_are_read_as_they_come(self, tmp_path: Path) -> None:
        write(tmp_path, *(f"{number}.txt" for number in range(300)))
        command = [sys.executable, "-m", "newsfacts", "extract", "--files-from", "-", "-j", "1"]
        with subprocess.Popen(
            command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("".join(f"{number}.txt\n" for number in range(300)))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["source"] == "0.txt"
            process.stdin.close()
            assert process.stdout.read().count("\n") == 599

    def test_a_walk_begins_before_it_has_seen_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, *(f"{folder}/{name}.txt" for folder in range(20) for name in "ba"))
        seen: list[str] = []
        scan = os.scandir

        def look(path: str) -> Any:
            seen.append(path)
            return scan(path)

        monkeypatch.setattr(os, "scandir", look)
        assert next(find_inputs([str(tmp_path)])) == str(tmp_path / "0" / "a.txt")
        assert len(seen) == 2

    def test_a_large_file_of_records_is_cut_without_a_trace(self, tmp_path: Path) -> None:
        rng = random.Random(3)
        lines = [json.dumps({"text": write_article(rng) * 40}, ensure_ascii=False) for _ in range(800)]
        lines[77] = "{broken"
        for encoding in ("utf-8-sig", "gb18030"):
            (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding=encoding)
            path = str(tmp_path / "news.jsonl")
            stretches = [piece.stretch for piece in cut(path, Options())]
            assert len(stretches) > 1
            cut_up = [str_of(result) for stretch in stretches if stretch for result in read_stretch(path, stretch)]
            assert cut_up == [str_of(result) for result in read_closely(path)]
            assert "news.jsonl#78: is not valid JSON" in cut_up[77]

    def test_memory_does_not_grow_with_a_file(self, tmp_path: Path) -> None:
        record = (
            json.dumps({"text": "这座老城迎来了新的发展机会，许多年轻人选择回到家乡创业。" * 900}, ensure_ascii=False)
            + "\n"
        )
        with (tmp_path / "large.jsonl").open("w", encoding="utf-8") as file:
            for _ in range(LARGE * MEBIBYTE // len(record.encode())):
                file.write(record)
        assert peak(tmp_path, "extract", "large.jsonl", "-j", "2") < 150

    def test_memory_does_not_grow_with_their_number(self, archive: Path) -> None:
        assert peak(archive, "extract", "news", "-j", "2", "-o", "peak.jsonl", "--resume", "-q") < 150

    def test_copies_count_once(self, tmp_path: Path) -> None:
        write(tmp_path, *(f"news/{name}.txt" for name in "abc"))
        text = (tmp_path / "news/b.txt").read_text(encoding="utf-8")
        record = {"id": "r", "text": text.replace("：", "：\n")}
        (tmp_path / "news/d.jsonl").write_text(
            json.dumps(record) + "\n" + json.dumps({"text": SENTENCE}), encoding="utf-8"
        )
        kept = ["news/a.txt", "news/b.txt", "news/c.txt", "news/d.jsonl#2"]
        for arguments in ([], ["-j", "2"], ["-o", "facts.jsonl", "--resume"], ["-o", "facts.jsonl", "--resume"]):
            done = newsfacts(tmp_path, "extract", "news", "--dedupe", "-v", *arguments)
            output = (tmp_path / "facts.jsonl").read_text(encoding="utf-8") if "-o" in arguments else done.stdout
            assert sources(output) == kept
            assert "1 duplicate left out" in done.stderr
        *_, last = entries(tmp_path / "facts.jsonl.manifest.jsonl")
        assert last["duplicates"] == [["news/d.jsonl#r", "news/b.txt"]]
        (tmp_path / "news/b.txt").unlink()
        newsfacts(tmp_path, "extract", "news", "--dedupe", "-o", "facts.jsonl", "--resume")
        assert sources((tmp_path / "facts.jsonl").read_text(encoding="utf-8")) == [
            kept[0],
            kept[2],
            "news/d.jsonl#r",
            kept[3],
        ]


class TestSeveralOutputs:
    def test_by_size_they_are_the_one_in_parts(self, archive: Path, clean: bytes) -> None:
        (archive / "part-00099.jsonl").touch()
        newsfacts(archive, "extract", "news", "-o", "part.jsonl", "--split-size", "1", "-q")
        parts = sorted(archive.glob("part-*.jsonl"))
        assert b"".join(part.read_bytes() for part in parts if part.name != "part-00099.jsonl") == clean
        assert all(part.read_bytes().endswith(b"\n") for part in parts[:-1])

    def test_by_input_each_has_its_own(self, tmp_path: Path) -> None:
        write(tmp_path, "news/a.txt", "news/x/b.txt")
        for _ in range(2):
            newsfacts(tmp_path, "extract", "news", "-o", "facts.csv", "--split-by", "input", "--resume")
        assert sorted(path.name for path in tmp_path.glob("facts/**/*.csv")) == ["a.txt.csv", "b.txt.csv"]
        text = (tmp_path / "facts/news/x/b.txt.csv").read_text(encoding="utf-8")
        assert text.startswith("source,title,")
        assert text.count("\nnews/x/b.txt,") == 2


class TestProgress:
    def test_a_program_gets_lines_of_json(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", "endless.txt", "b.txt")
        names = ["a.txt", "endless.txt", "b.txt"]
        arguments = ["--progress", "json", "--timeout", "1.5", "--errors", "errors.jsonl"]
        done = newsfacts(tmp_path, "extract", *names, *arguments, before=HARM)
        *states, summary = done.stderr.splitlines()
        *_, before_last, last = map(json.loads, states)
        assert (before_last["event"], before_last["total_inputs"]) == ("progress", 3)
        assert (last["event"], last["articles"], last["facts"], last["failures"]) == ("end", 2, 4, 1)
        assert last["bytes"] == last["total_bytes"] == sum((tmp_path / name).stat().st_size for name in names)
        assert summary == "newsfacts: 4 facts from 2 of 3 inputs; 1 failed, see errors.jsonl"

    @pytest.mark.parametrize(("environment", "bar"), [({}, True), ({"NO_COLOR": "1"}, False)])
    def test_a_person_sees_a_line(self, tmp_path: Path, environment: dict[str, str], bar: bool) -> None:
        write(tmp_path, "a.txt", "endless.txt")
        terminal, inside = pty.openpty()
        command = [sys.executable, "-c", f"{HARM}\nfrom newsfacts.cli.app import main\nmain()"]
        with subprocess.Popen(
            [*command, "extract", "a.txt", "endless.txt", "--timeout", "1.5", "-o", "facts.jsonl"],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stderr=inside,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "120"} | environment,
        ):
            os.close(inside)
            seen = read_terminal(terminal)
        assert "1 articles of 2 inputs" in seen
        assert "newsfacts: endless.txt: took over 1.5 s" in seen
        assert ("\x1b" in seen) == bar


def str_of(result: Reading | ReadError) -> str:
    return str(result) if isinstance(result, ReadError) else repr(result)
