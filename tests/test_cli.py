"""The command line: what it prints, what it says when something is wrong, and the code that it ends with."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import newsfacts
from newsfacts.cli import options
from newsfacts.cli.ending import describe_bug
from newsfacts.cli.inputs import find_inputs
from newsfacts.document.source import Options
from newsfacts.errors import ReadError
from tests.terminal import SENTENCE

SAMPLES = Path(__file__).parent.parent / "samples"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `newsfacts` with these arguments in an empty folder."""

    def run(*arguments: object, stdin: str | bytes = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "newsfacts", *map(str, arguments)],
            input=data,
            capture_output=True,
            cwd=tmp_path,
            env=os.environ | {"COLUMNS": "120"} | environment,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def facts(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def complaint(done: "subprocess.CompletedProcess[str]", code: int) -> str:
    """The one line on standard error, of a run that ended with the code."""
    assert done.returncode == code, done.stderr
    [line] = done.stderr.splitlines()
    assert line.startswith("newsfacts: ")
    return line


def test_a_pipe_gets_json_lines(run: Run, article: Path) -> None:
    done = run("extract", "article.txt")
    assert (done.returncode, done.stderr) == (0, "")
    found = facts(done.stdout)
    assert [fact["text"] for fact in found] == ["229亿元", "12%", "1800多人"]
    assert found[0]["source"] == "article.txt"
    text = article.read_text(encoding="utf-8")
    for fact in found:
        assert text[fact["start"] : fact["end"]] == fact["text"]
        for start, end in fact["evidence"].values():
            assert text[start:end]


def test_standard_input_is_read_when_something_is_piped_in(run: Run) -> None:
    for arguments in (["extract"], ["extract", "-"]):
        [fact, *_] = facts(run(*arguments, stdin=SENTENCE.encode("gb18030")).stdout)
        assert (fact["source"], fact["text"]) == ("-", "229亿元")


def test_the_format_follows_the_option_then_the_suffix(run: Run, article: Path, tmp_path: Path) -> None:
    assert run("extract", article, "-f", "csv").stdout.startswith("source,title,published,start")
    assert run("extract", article, "-o", "facts.json").stdout == ""
    assert json.loads((tmp_path / "facts.json").read_text(encoding="utf-8"))[0]["facts"]
    run("extract", article, "-o", "facts.csv", "-f", "jsonl")
    assert (tmp_path / "facts.csv").read_text(encoding="utf-8").startswith("{")


def test_a_folder_is_walked_in_order(run: Run, tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/b/c.txt", ".hidden.txt", "picture.png"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SENTENCE, encoding="utf-8")
    sources = [fact["source"] for fact in facts(run("extract", "news").stdout)]
    assert list(dict.fromkeys(sources)) == ["news/b.txt", "news/a/z.html", "news/a/b/c.txt"]
    chosen = facts(run("extract", "news", "--glob", "a/*.html").stdout)
    assert {fact["source"] for fact in chosen} == {"news/a/z.html"}


def test_a_list_of_files_is_read(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"article.txt\r\n\r\narticle.txt\r\n")
    assert len(facts(run("extract", "--files-from", "list").stdout)) == 3
    assert len(facts(run("extract", "--files-from", "-", stdin="article.txt\0").stdout)) == 3
    assert "--files-from wants" in complaint(run("extract", "--files-from", "none"), 2)


def test_kinds_choose_facts(run: Run, article: Path) -> None:
    found = facts(run("extract", article, "--kind", "money", "--kind", "percent").stdout)
    assert [fact["kind"] for fact in found] == ["money", "percent"]
    assert "choose from money, percent" in complaint(run("extract", article, "--kind", "weight"), 2)


def test_the_date_is_for_articles_without_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dated.txt").write_text(f"---\ndate: 2024-02-01\n---\n{SENTENCE}", encoding="utf-8")
    (tmp_path / "undated.txt").write_text(SENTENCE, encoding="utf-8")
    found = facts(run("extract", "dated.txt", "undated.txt", "--date", "2022-01-06").stdout)
    assert {fact["source"]: fact["published"] for fact in found} == {
        "dated.txt": "2024-02-01",
        "undated.txt": "2022-01-06",
    }


@pytest.mark.parametrize("date", ["2022-13-01", "昨天", "2022-02-30"])
def test_a_bad_date_is_one_line(run: Run, article: Path, date: str) -> None:
    assert "write a day as 2022-01-06" in complaint(run("extract", article, "--date", date), 2)


def test_nothing_found_is_an_answer(run: Run) -> None:
    assert run("extract", stdin="今天天气很好。").returncode == 0
    assert run("extract", "-e", stdin="今天天气很好。").returncode == 4
    assert run("extract", "-e", stdin=SENTENCE).returncode == 0


BAD_INPUTS = {
    "missing.txt": None,
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "broken.md": "---\ntitle: 'open\ndate: [\n---\n正文\n".encode(),
    "records.jsonl": b'{"text": \n',
    "folder": (),
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_a_bad_input_is_one_line_and_stops_no_other(run: Run, article: Path, tmp_path: Path, name: str) -> None:
    content = BAD_INPUTS[name]
    if content == ():
        (tmp_path / name).mkdir()
    elif content is not None:
        (tmp_path / name).write_bytes(bytes(content))
    done = run("extract", name, article)
    line = complaint(done, 3)
    assert line.startswith(f"newsfacts: {name}")
    assert "; " in line
    assert len(facts(done.stdout)) == 3


def test_a_bad_record_stops_no_other(run: Run, tmp_path: Path) -> None:
    good = json.dumps({"id": "b7", "text": SENTENCE})
    (tmp_path / "records.jsonl").write_text(f'{good}\n{{"text": 5}}\n{good}\n', encoding="utf-8")
    done = run("extract", "records.jsonl")
    assert "records.jsonl#2: " in complaint(done, 3)
    assert [fact["source"] for fact in facts(done.stdout)] == ["records.jsonl#b7"] * 6


def test_fields_of_records_can_be_named(run: Run, tmp_path: Path) -> None:
    record = {"story": SENTENCE, "headline": "年报", "day": "2024-02-01", "key": "k1"}
    (tmp_path / "records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    names = ("--text-field", "story", "--title-field", "headline", "--date-field", "day", "--id-field", "key")
    [fact, *_] = facts(run("extract", "records.jsonl", *names).stdout)
    assert (fact["source"], fact["title"], fact["published"]) == ("records.jsonl#k1", "年报", "2024-02-01")


def test_an_encoding_can_be_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_bytes(SENTENCE.encode("utf-16-le"))
    assert len(facts(run("extract", "article.txt", "--encoding", "utf-16-le").stdout)) == 3
    assert "article.txt" in complaint(run("extract", "article.txt", "--encoding", "utf-99"), 3)


def test_the_output_must_not_be_an_input(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(article)
    for arguments in (["article.txt", "-o", "article.txt"], ["article.txt", "-o", "link.txt"], [".", "-o", "link.txt"]):
        assert "is an input as well" in complaint(run("extract", *arguments), 2)
    assert article.read_text(encoding="utf-8") == SENTENCE


@pytest.mark.parametrize(
    ("output", "what"), [("none/facts.jsonl", "does not exist"), (".", "suffix"), ("facts.odt", "suffix")]
)
def test_an_unwritable_output_is_one_line(run: Run, article: Path, output: str, what: str) -> None:
    done = run("extract", article, "-o", output)
    assert what in complaint(done, 2)
    assert done.stdout == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_standard_output_is_one_line(article: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "newsfacts", "extract", str(article)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"newsfacts: standard output: cannot be written")
    assert done.stderr.count(b"\n") == 1


def test_an_article_can_be_too_large(run: Run, tmp_path: Path, article: Path) -> None:
    (tmp_path / "large.txt").write_text(SENTENCE * 20_000, encoding="utf-8")
    assert "larger than 1 MiB" in complaint(run("extract", "large.txt", article, "--max-size", 1), 3)


@pytest.mark.parametrize(
    ("option", "value"), [("--format", "xml"), ("--color", "pink"), ("--date", "x"), ("--kind", "x")]
)
def test_a_wrong_choice_names_the_right_ones(run: Run, article: Path, option: str, value: str) -> None:
    assert option in complaint(run("extract", article, option, value), 2)


def test_an_unknown_option_is_usage(run: Run) -> None:
    done = run("extract", "--frobnicate")
    assert done.returncode == 2
    assert "--frobnicate" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_pipes_devices_and_loops_do_not_hang(run: Run, article: Path, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "good.txt").write_text(SENTENCE, encoding="utf-8")
    done = run("extract", "news", "/dev/zero")
    assert done.returncode == 3
    assert len(facts(done.stdout)) == 3
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["news/pipe.txt", "news/self.txt", "/dev/zero"]


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(SENTENCE * 3000, encoding="utf-8")
    command = f"{sys.executable} -m newsfacts extract long.txt | head -n 1; echo ${{PIPESTATUS[0]}} >&2"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert done.stderr == b"0\n"
    assert done.stdout.count(b"\n") == 1


def test_closed_streams_are_empty_ones(article: Path) -> None:
    command = f"{sys.executable} -m newsfacts extract"
    for rest, code in (("<&-", 3), (f"{article} >&-", 0), ("missing.txt 2>&-", 3), (f"- {article} <&- >&- 2>&-", 3)):
        done = subprocess.run(["bash", "-c", f"{command} {rest}"], capture_output=True, check=False)
        assert done.returncode == code, done.stderr
        assert b"Traceback" not in done.stderr


def test_a_bug_is_one_line_and_stops_no_other(
    article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from newsfacts import extractors
    from newsfacts.cli.app import main

    second = tmp_path / "second.txt"
    second.write_text(SENTENCE, encoding="utf-8")
    extract = extractors.extract_document

    def fail_on_first(document: newsfacts.Document, **_: Any) -> list[newsfacts.Fact]:
        if document.source == str(article):
            raise ZeroDivisionError("by zero")
        return extract(document)

    monkeypatch.setattr(extractors, "extract_document", fail_on_first)
    monkeypatch.setattr(sys, "argv", ["newsfacts", "extract", str(article), str(second)])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert ended.value.code == 1
    assert err == f"newsfacts: {article}: {describe_bug(ZeroDivisionError('by zero'))}\n"
    assert len(facts(out)) == 3


def test_debug_shows_where_an_error_came_from(run: Run) -> None:
    done = run("extract", "missing.txt", "--debug")
    assert done.stderr.startswith("newsfacts: missing.txt: no such file")
    assert "ReadError" in done.stderr


def test_verbose_tells_how_articles_were_read(run: Run, article: Path) -> None:
    lines = run("extract", "article.txt", "-v").stderr.splitlines()
    assert lines[0].startswith("newsfacts: article.txt: text, utf-8")
    assert lines[-1] == "newsfacts: 3 facts from 1 of 1 input; none failed"


def test_the_limits_are_those_of_the_library() -> None:
    assert options.reading(None, None) == Options()


def test_an_archive_can_hold_too_many_files(run: Run, tmp_path: Path, article: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, SENTENCE)
    assert len(facts(run("extract", "news.zip").stdout)) == 6
    assert "news.zip" in complaint(run("extract", "news.zip", article, "--max-files", 1), 3)


def test_every_sample_is_read(run: Run) -> None:
    done = run("extract", SAMPLES, "-v")
    assert done.returncode == 0
    forms = {line.split(": ")[2].split(",")[0] for line in done.stderr.splitlines()[:-1]}
    assert forms >= {"html", "text", "markdown", "record", "page", "feed"}


def test_text_prints_what_offsets_index(run: Run) -> None:
    done = run("text", SAMPLES / "ferry.html")
    [first, *_] = facts(run("extract", SAMPLES / "ferry.html").stdout)
    assert done.stdout[first["start"] : first["end"]] == first["text"]
    assert "10086" not in done.stdout
    whole = json.loads(run("text", SAMPLES / "ferry.html", "-f", "json").stdout)
    assert whole["text"] + "\n" == done.stdout
    assert (whole["form"], whole["author"], whole["published"]) == ("html", "海岸日报", "2022-01-11")
    assert "choose from text, json" in complaint(run("text", SAMPLES / "ferry.html", "-f", "csv"), 2)


def test_text_tells_what_it_left_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<p>{SENTENCE}</p><p>责任编辑：林小满</p>", encoding="utf-8")
    assert "newsfacts: left out: 责任编辑：林小满" in run("text", "page.html", "-v").stderr


def test_a_user_dictionary_is_honoured(run: Run, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("绿洲物流 900 nt\n", encoding="utf-8")
    for segmenter in ("rjieba", "jieba"):
        done = run("extract", "--segmenter", segmenter, "--userdict", "words.txt", stdin=SENTENCE)
        assert (done.stderr, len(facts(done.stdout))) == ("", 3)
    (tmp_path / "words.txt").write_text("绿洲 物流 公司\n", encoding="utf-8")
    assert "words.txt:1: " in complaint(run("extract", "--userdict", "words.txt", stdin=SENTENCE), 2)
    assert "none.txt" in complaint(run("extract", "--userdict", "none.txt", stdin=SENTENCE), 2)
    assert "choose from rjieba, jieba" in complaint(run("extract", "--segmenter", "cutter", stdin=SENTENCE), 2)


def test_explain_tells_rules_and_refusals(run: Run, article: Path) -> None:
    told = run("explain", "5G用户超过3亿户，同比增长12%").stdout
    assert "refused: model name" in told
    assert "3亿户  [6:9]  count  > 300000000 户" in told
    assert "classifiers: 户" in told
    assert "229亿元" in run("explain", article).stdout
    assert "229亿元" in run("explain", "-", stdin=SENTENCE).stdout


def test_units_can_be_searched(run: Run) -> None:
    [first, *_] = facts(run("units", "吨").stdout)
    assert (first["unit"], first["kind"], first["scale"], first["pint"]) == ("t", "measure", 1, "metric_ton")
    [cents] = [row for row in facts(run("units", "毛").stdout) if row["unit"] == "CNY"]
    assert cents["scale"] == 0.1
    assert "metric_ton" in run("units", "吨", "-f", "table").stdout
    assert len(facts(run("units").stdout)) > 500


@pytest.mark.parametrize("command", [[], ["extract"], ["text"], ["explain"], ["units"]])
def test_every_command_explains_itself_with_an_example(run: Run, command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Example" in done.stdout
    assert "newsfacts extract" in done.stdout or f"newsfacts {command[0]}" in done.stdout


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout == run("extract", "--version").stdout == f"newsfacts {newsfacts.__version__}\n"


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["extract", "--help"]])
def test_a_quick_answer_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from newsfacts.cli.app import main\n"
        f"sys.argv = ['newsfacts', *{arguments!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('bs4', 'lxml', 'rich', 'yaml', 'pint', 'jieba', 'rjieba', 'tomllib') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_table_is_all_that_imports_rich(article: Path) -> None:
    code = (
        "import sys; from newsfacts.cli.app import main\n"
        f"sys.argv = ['newsfacts', 'extract', {str(article)!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('bs4', 'rich', 'yaml', 'pint', 'jieba') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_each_input_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    names = [str(tmp_path / "a.txt"), str(tmp_path), "-"]
    assert list(find_inputs(names)) == [str(tmp_path / "a.txt"), "-"]
    [error] = find_inputs([str(tmp_path)], glob="*.md")
    assert isinstance(error, ReadError)
