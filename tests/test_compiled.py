"""The compiled wheel beside the pure build: the same bytes, and nothing lost by compiling.

`make test-compiled` builds the wheel and names the Python that has it in NEWSFACTS_COMPILED; without that all of this
skips. Every command runs outside of the source tree, from where Python would import the sources.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus_cases import CORPUS, load_folder
from tests.gate import PROJECT, SHARED

COMPILED = os.environ.get("NEWSFACTS_COMPILED", "")
PURE = sys.executable
SENTENCE = "远山集团2022年净利润约3亿元，同比增长5%；全国门店增至300多家。"

pytestmark = pytest.mark.skipif(not COMPILED, reason="`make test-compiled` builds the wheel that this compares")


def run(python: str, folder: Path, *arguments: str, code: int = 0) -> bytes:
    """What a Python with these arguments prints, on standard error as well."""
    done = subprocess.run(
        [python, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    assert done.returncode == code, done.stdout.decode()
    return done.stdout


def assert_same(folder: Path, *arguments: str) -> bytes:
    """Run a command of newsfacts with both builds, and give what both print."""
    command = ("-m", "newsfacts", *arguments)
    compiled = run(COMPILED, folder, *command)
    assert compiled == run(PURE, folder, *command)
    return compiled


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The sentences of the corpus as a file of records."""
    path = tmp_path / "cases.jsonl"
    rows = [
        {"id": f"{case.file}:{case.line}", "title": case.title, "text": case.text, "date": case.date and str(case.date)}
        for cases in load_folder(CORPUS).values()
        for case in cases
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_wheel_is_compiled_and_holds_its_sources(tmp_path: Path) -> None:
    script = "from newsfacts.extractors.links import reader; print(reader.__file__)"
    module = Path(run(COMPILED, tmp_path, "-c", script).decode().strip())
    assert module.suffix in (".so", ".pyd")
    assert (module.parent / "reader.py").is_file()


def test_the_corpus_gives_the_same_bytes(cases: Path) -> None:
    assert assert_same(cases.parent, "extract", cases.name, "--quiet").count(b"\n") > 3000


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_samples_give_the_same_bytes_with_any_number_of_processes(tmp_path: Path, jobs: str) -> None:
    assert assert_same(tmp_path, "extract", str(PROJECT / "samples"), "--quiet", "-j", jobs).count(b"\n") > 50


@pytest.mark.skipif(not SHARED.is_dir(), reason="the articles beside the project are not part of it")
def test_articles_give_the_same_bytes(tmp_path: Path) -> None:
    assert assert_same(tmp_path, "extract", str(SHARED / "articles"), "--quiet", "-j", "2")


@pytest.mark.parametrize("options", [(), ("--segmenter", "jieba")])
def test_explain_tells_the_same(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert "净利润" in assert_same(tmp_path, "explain", *options, SENTENCE).decode()


def test_facts_are_pickled_from_one_build_to_the_other(tmp_path: Path) -> None:
    dump = f"import pickle, newsfacts; pickle.dump(newsfacts.extract({SENTENCE!r}), open('facts', 'wb'))"
    load = f"import pickle, newsfacts; assert pickle.load(open('facts', 'rb')) == newsfacts.extract({SENTENCE!r})"
    for writer, reader in ((COMPILED, PURE), (PURE, COMPILED), (COMPILED, COMPILED)):
        run(writer, tmp_path, "-c", dump)
        run(reader, tmp_path, "-c", load)


def test_doctests_of_the_public_functions_run(tmp_path: Path) -> None:
    script = "import doctest, newsfacts; failed, tried = doctest.testmod(newsfacts); assert tried > 5 and not failed"
    run(COMPILED, tmp_path, "-c", script)


def test_a_traceback_names_files_and_lines(tmp_path: Path) -> None:
    script = f"import newsfacts; newsfacts.extract_document(newsfacts.Document({SENTENCE!r}), userdict=3)"
    told = run(COMPILED, tmp_path, "-c", script, code=1).decode()
    assert re.search(r'File "newsfacts/extractors/__init__.py", line \d+, in _extract\n', told)
    assert told.rstrip().endswith("expected str, bytes or os.PathLike object, not int")


def test_without_a_compiler_the_build_says_what_to_do(tmp_path: Path) -> None:
    command = [PURE, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(PROJECT)]
    environment = os.environ | {"HATCH_BUILD_HOOKS_ENABLE": "1", "CC": "no-such-compiler"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "newsfacts: no C compiler" in done.stdout + done.stderr
    assert not list(tmp_path.iterdir())
