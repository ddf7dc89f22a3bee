"""SQL over files of facts: what comes back is what was written, and nothing else can be reached."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import newsfacts
from newsfacts.cli import query, rows, stats
from newsfacts.errors import QueryError
from newsfacts.model import Document
from newsfacts.output import FORMATS, write_results
from newsfacts.output.database import check_reads, connect, create_table, execute, fetch, insert
from newsfacts.output.encode import to_json
from newsfacts.output.schema import DOCUMENTS, FACTS, TABLES, to_ddl
from newsfacts.output.table import View
from newsfacts.output.views import open_facts
from tests.formats import RESULTS

FORMS = ("jsonl", "parquet", "duckdb")
VIEW = View(width=100)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the same facts in each form that can be queried."""
    folder = tmp_path_factory.mktemp("query")
    for form in FORMS:
        write_results(FORMATS[form], iter(RESULTS), folder / f"facts.{form}")
    return folder


def ask(sql: str, *files: Path, form: str = "json") -> str:
    """What the query writes in the form."""
    with open_facts([str(file) for file in files]) as connection:
        stream = io.StringIO()
        rows.choose_show(form, None, VIEW)(*fetch(connection, sql), stream)
        return stream.getvalue()


def answer(sql: str, *files: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ask(sql, *files), parse_float=Decimal, parse_int=Decimal)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_back_the_very_lines_that_were_written(folder: Path, form: str) -> None:
    lines = (folder / "facts.jsonl").read_text(encoding="utf-8")
    assert ask("FROM facts", folder / f"facts.{form}", form="jsonl") == lines


def test_json_lines_to_parquet_to_duckdb_to_json_lines_loses_nothing(folder: Path, tmp_path: Path) -> None:
    names = [column.name for column in FACTS]
    source = folder / "facts.jsonl"
    for number, statement in enumerate(["COPY facts TO '{}' (FORMAT parquet)", "CREATE TABLE documents ({})"]):
        with open_facts([str(source)]) as views, connect(tmp_path / f"{number}.duckdb") as connection:
            create_table(connection, "facts", FACTS, "")
            insert(
                connection,
                "facts",
                FACTS,
                [dict(zip(names, row, strict=True)) for row in fetch(views, "FROM facts")[1]],
            )
            source = tmp_path / ("0.parquet" if number == 0 else "1.duckdb")
            execute(connection, statement.format(source if number == 0 else to_ddl(DOCUMENTS)))
    assert ask("FROM facts", source, form="jsonl") == (folder / "facts.jsonl").read_text(encoding="utf-8")


def test_numbers_are_compared_as_decimals(folder: Path) -> None:
    for form in FORMS:
        [big] = answer(
            "SELECT value, exact, value_double FROM facts WHERE value_double > 1e29", folder / f"facts.{form}"
        )
        assert (big["value"], big["exact"][:14], float(big["value_double"])) == (None, '{"value": 9999', 1e30)
        [row] = answer("SELECT sum(value) AS total FROM facts WHERE kind = 'percent'", folder / f"facts.{form}")
        assert row["total"] == Decimal("7.5")


def test_any_mix_of_files_is_one_view(folder: Path, tmp_path: Path) -> None:
    files = [folder / f"facts.{form}" for form in FORMS]
    [row] = answer("SELECT count(*) AS facts, count(DISTINCT source) AS sources FROM facts", *files)
    assert row == {"facts": 18, "sources": 2}
    assert answer("SELECT count(*) AS facts FROM facts", folder) == [{"facts": 18}]
    shutil.copytree(folder, tmp_path / "spark" / "month=2024-02")
    (tmp_path / "spark" / "_temporary").mkdir()
    (tmp_path / "spark" / "_temporary" / "part-0.parquet").write_text("unfinished")
    (tmp_path / "spark" / ".part.parquet.crc").write_text("checksum")
    assert answer("SELECT count(*) AS facts FROM facts", tmp_path / "spark") == [{"facts": 18}]


def test_documents_are_whole_in_databases_and_named_by_facts_elsewhere(folder: Path) -> None:
    whole = answer("SELECT source, text FROM documents ORDER BY source", folder / "facts.duckdb")
    assert [row["source"] for row in whole] == ["+b'c\".html#*_[1]", "a.txt", "空.txt"]
    assert whole[2]["text"] == "本页没有数字。"
    named = answer("SELECT source, published, text FROM documents ORDER BY source", folder / "facts.parquet")
    assert named[1] == {"source": "a.txt", "published": "2024-02-01", "text": None}
    assert len(named) == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_file_may_have_any_name(folder: Path, tmp_path: Path, form: str) -> None:
    odd = tmp_path / f'it\'s; DROP "x" [1]*?{{a,b}} %s 数.{form}'
    shutil.copy(folder / f"facts.{form}", odd)
    assert answer("SELECT count(*) AS facts FROM facts", odd) == [{"facts": 6}]


ODD = st.one_of(
    st.sampled_from(["'", '"', ";", "--", "$$", "*", "?", "[", "]", "{a,b}", "%s", "\\", "\n", "..", ":", "数", " "]),
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=3),
)
"""Parts of file names that mean something to SQL, to patterns, or to nobody."""


@settings(max_examples=30, phases=[Phase.generate])
@given(st.lists(ODD, min_size=1, max_size=8).map("".join), st.sampled_from(FORMS))
def test_any_name_is_written_and_read(name: str, form: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, f"a{name}.{form}")
        write_results(FORMATS[form], iter(RESULTS), path)
        assert answer("SELECT count(*) AS facts FROM facts", path) == [{"facts": 6}]


def test_text_that_looks_like_sql_is_text(folder: Path) -> None:
    [row] = answer(
        "SELECT subject FROM facts WHERE subject LIKE '%DROP%'", *(folder / f"facts.{form}" for form in FORMS[:1])
    )
    assert row == {"subject": "'); DROP TABLE facts; --"}


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_text('/etc/passwd')",
        "FROM read_csv('{folder}/facts.jsonl')",
        "FROM '{folder}/facts.parquet'",
        "FROM glob('/*')",
        "FROM read_parquet('http://127.0.0.1:9/x.parquet')",
    ],
)
def test_a_query_reaches_no_other_file(folder: Path, tmp_path: Path, sql: str) -> None:
    shutil.copy(folder / "facts.duckdb", tmp_path / "own.duckdb")
    with pytest.raises(QueryError, match=r"disabled by configuration|does not exist"):
        ask(sql.format(folder=folder), tmp_path / "own.duckdb")


@pytest.mark.parametrize(
    "sql",
    [
        "COPY facts TO '{folder}/facts.parquet'",
        "CREATE TABLE more (a int)",
        "DROP VIEW facts",
        "DELETE FROM file0.facts",
        "ATTACH '{folder}/facts.duckdb' AS other",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "PRAGMA threads = 1",
        "EXPLAIN ANALYZE COPY facts TO '{folder}/facts.parquet'",
        "SELECT 1; SELECT 2",
        "",
        "-- nothing",
    ],
)
def test_only_one_query_that_reads_is_run(folder: Path, sql: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with (
        open_facts([str(folder / "facts.parquet")]) as connection,
        pytest.raises(QueryError, match="one query that reads"),
    ):
        check_reads(connection, sql.format(folder=folder))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("sql", ["DESCRIBE facts", "SUMMARIZE facts", "WITH x AS (FROM facts) FROM x", "(SELECT 1)"])
def test_every_query_that_reads_is_run(folder: Path, sql: str) -> None:
    with open_facts([str(folder / "facts.parquet")]) as connection:
        check_reads(connection, sql)
        assert list(fetch(connection, sql)[1])


@pytest.mark.parametrize("statement", ["CREATE TABLE file0.facts (a int)", "COPY facts TO '{path}'", "LOAD httpfs"])
def test_even_a_statement_that_got_through_would_change_nothing(folder: Path, tmp_path: Path, statement: str) -> None:
    path = tmp_path / "out.csv"
    with open_facts([str(folder / "facts.duckdb")]) as connection, pytest.raises(QueryError):
        execute(connection, statement.format(path=path))
    assert not path.exists()


def test_a_query_that_needs_much_memory_spills(folder: Path) -> None:
    with open_facts([str(folder / "facts.parquet")]) as connection:
        sql = "SELECT count(*) FROM (SELECT repeat(sentence, 3), i FROM facts, range(100000) r(i) ORDER BY hash(i), 1)"
        assert list(fetch(connection, sql)[1]) == [[600_000]]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("none.jsonl", None, "no such file"),
        ("facts.csv", "a,b", "no file of facts by its name"),
        ("facts.jsonl", '{"a": 1}\n', "line 1 is no fact"),
        ("facts.jsonl", "\n[1]\n", "line 2 is no fact"),
        ("facts.jsonl", '{"value": NaN}', "line 1 is no JSON: NaN"),
        ("facts.jsonl", "{", "line 1 is no JSON"),
        ("facts.jsonl", "[" * 100_000, "line 1 is no JSON"),
        ("facts.jsonl", '{"value": 1e999999999}', "1e999999999 is no number that can be written out"),
        ("facts.jsonl", '{"start": 1, "end": 2, "text": "", "kind": "", "value": "x", "low": 1, "high": 1}', "no fact"),
        ("facts.jsonl", '{"start": "x", "end": 2, "text": "", "kind": "", "value": 1, "low": 1, "high": 1}', "INT32"),
        ("facts.parquet", "no parquet", "cannot be read"),
        ("facts.duckdb", "no database" * 1000, "cannot be read"),
    ],
)
def test_what_holds_no_facts_is_told_by_name(tmp_path: Path, name: str, content: str | None, what: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(QueryError, match=what) as told:
        ask("FROM facts", path)
    assert str(told.value).startswith(f"{path}: ")
    assert str(told.value).endswith("name .duckdb, .parquet or .jsonl files that newsfacts wrote")


def test_a_table_of_another_making_is_told_by_its_columns(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS start, 'a' AS text) TO '{tmp_path}/other.parquet'")
    with pytest.raises(QueryError, match=r"other.parquet: has no column bound, change_basis"):
        ask("FROM facts", tmp_path / "other.parquet")


def test_a_database_without_documents_is_told_by_name(tmp_path: Path) -> None:
    with connect(tmp_path / "half.duckdb") as connection:
        create_table(connection, "facts", FACTS, "")
    with pytest.raises(QueryError, match=r"half.duckdb: cannot be read .*documents"):
        ask("FROM facts", tmp_path / "half.duckdb")


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "markdown"])
def test_rows_come_in_every_form(folder: Path, form: str) -> None:
    odd = "value AS value, [1.5, NULL], {'a': DATE '2024-02-01'} AS o, TIME '08:00' AS t"
    sql = f"SELECT text, value, {odd} FROM facts LIMIT 1"
    written = ask(sql, folder / "facts.parquet", form=form)
    for word in ("1.5亿件", "150000000", "value_2", "2024-02-01", "08:00"):
        assert word in written.replace("\\", "")
    empty = ask("SELECT text FROM facts WHERE false", folder / "facts.parquet", form=form)
    assert empty.strip() in ("", "[]", "text", "| text |\n| --- |") or form == "table"


def test_a_table_too_narrow_for_its_columns_shows_row_by_row(folder: Path) -> None:
    written = ask("FROM facts LIMIT 2", folder / "facts.parquet", form="table")
    assert written.count("150000000") == 6
    assert ["period_iso", "2023"] in [line.split() for line in written.splitlines()]
    assert "per_unit" not in written


def test_hostile_text_in_a_table_of_rows_is_shown(folder: Path) -> None:
    written = ask("SELECT '\x1b[31m' || chr(8238) AS \"[red]\"", folder / "facts.parquet", form="table")
    assert "\x1b" not in written
    assert "[31m" in written
    assert "[red]" in written


@pytest.mark.parametrize("form", FORMS)
def test_statistics_count_what_there_is(folder: Path, form: str) -> None:
    counts = {count.name: count.rows for count in stats.count([str(folder / f"facts.{form}")], 2)}
    assert [row[0] for row in counts["total"]] == [6]
    assert counts["kinds"] == [["money", 2], ["percent", 2], ["count", 1], ["ratio", 1]]
    assert counts["units"] == [["%", "percent", 2], ["CNY", "money", 2]]
    assert counts["sources"] == [["a.txt", 4], ["+b'c\".html#*_[1]", 2]]
    assert counts["months"] == [["2024-02", 4], [None, 2]]
    assert [row[:2] for row in counts["largest"]] == [["%", "12.5%"], ["CNY", "9" * 30 + "元"]]


EXAMPLES = [part.strip().partition("\n") for part in query.EXAMPLES.read_text(encoding="utf-8").split("\n\n")]
REPORTS = [
    ("first.txt", "海塘集团2023年营业收入30亿元，同比增长45%。海塘集团计划2026年投资2亿元。", "2024-03-01"),
    ("second.txt", "海塘集团2023年营业收入31亿元。海塘集团2022年营业收入21亿元。", "2024-03-02"),
    ("third.txt", "海塘集团举行了开放日。", "2024-03-03"),
]
FOUND = [
    ["海塘集团", "营业收入", 3100000000],
    ["海塘集团", "营业收入", 45],
    ["海塘集团", "营业收入", "2022-01-01", 2100000000, "2023-01-01"],
    ["海塘集团", "营业收入", "2023", 3000000000, 3100000000, "first.txt", "second.txt"],
    ["2026-12-31", "plan", "海塘集团", "2亿元"],
    ["third.txt"],
]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of articles that give each example something to find."""
    documents = [Document(text, source=name, published=date.fromisoformat(day)) for name, text, day in REPORTS]
    path = tmp_path_factory.mktemp("reports") / "reports.duckdb"
    write_results(FORMATS["duckdb"], [(document, newsfacts.extract_document(document)) for document in documents], path)
    return path


@pytest.mark.parametrize(
    ("example", "found"), list(zip(EXAMPLES, FOUND, strict=True)), ids=[example[0] for example in EXAMPLES]
)
def test_every_example_finds_what_it_asks_for(
    reports: Path, folder: Path, example: tuple[str, str, str], found: list[object]
) -> None:
    comment, _, sql = example
    assert comment.startswith("-- ")
    written = ask(sql, reports)
    for value in found:
        assert to_json(value).strip("[]") in written
    ask(sql, folder)


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(folder: Path) -> Run:
    """Run `newsfacts` in the folder of facts."""

    def run(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "newsfacts", *arguments],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=folder,
            env=os.environ | {"COLUMNS": "100", "PYTHONUTF8": "1"},
            check=False,
        )

    return run


def test_a_query_on_the_command_line(run: Run, folder: Path, tmp_path: Path) -> None:
    lines = (folder / "facts.jsonl").read_text(encoding="utf-8")
    done = run("query", "FROM facts", "-", stdin=lines)
    assert (done.stdout, done.stderr, done.returncode) == (lines, "", 0)
    target = tmp_path / "top.csv"
    assert run("query", "SELECT text FROM facts ORDER BY start", "facts.parquet", "-o", str(target)).returncode == 0
    assert target.read_text(encoding="utf-8").splitlines()[:2] == ["text", "1.5亿件"]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["SELECT valeu FROM facts", "facts.jsonl"], 'Referenced column "valeu" not found'),
        (["SELCT 1", "facts.jsonl"], 'syntax error at or near "SELCT"'),
        (["SELECT value::TINYINT FROM facts", "facts.jsonl"], "Conversion Error"),
        (["DROP VIEW facts", "facts.jsonl"], "one query that reads"),
    ],
)
def test_a_bad_query_gets_the_message_of_duckdb_and_the_columns(run: Run, arguments: list[str], what: str) -> None:
    done = run("query", *arguments)
    [line] = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert what in line
    for name, columns in TABLES.items():
        assert f"of {name}: {', '.join(column.name for column in columns)}" in line


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["query"], "wants a query and files of facts"),
        (["query", "FROM facts"], "wants a query and files of facts"),
        (["query", "FROM facts", "facts.jsonl", "-o", "facts.jsonl"], "is an input as well"),
        (["query", "FROM facts", "facts.jsonl", "-f", "parquet"], "choose from json, jsonl, csv, tsv, markdown, table"),
        (["stats"], "wants files of facts"),
        (["stats", "facts.jsonl", "-f", "csv"], "choose from table, json"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(run: Run, arguments: list[str], what: str) -> None:
    done = run(*arguments)
    [line] = done.stderr.splitlines()
    assert done.returncode == 2
    assert what in line


def test_examples_and_columns_are_shown(run: Run) -> None:
    assert run("query", "--examples").stdout == query.EXAMPLES.read_text(encoding="utf-8")
    shown = list(csv.reader(io.StringIO(run("query", "--columns", "-f", "csv").stdout)))
    assert shown[1:] == [[table, *column] for table, columns in TABLES.items() for column in columns]


def test_statistics_on_the_command_line(run: Run) -> None:
    told = json.loads(run("stats", "facts.parquet", "--top", "1").stdout)
    assert list(told) == ["total", "kinds", "units", "sources", "months", "largest"]
    assert told["units"] == [{"unit": "%", "kind": "percent", "facts": 2}]
    assert "Largest\n" in run("stats", "facts.parquet", "-f", "table").stdout
