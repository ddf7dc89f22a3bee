"""What each format makes of the same facts: its golden file, what other readers read there, and nothing lost."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import newsfacts
from newsfacts.errors import OutputError
from newsfacts.model import Document
from newsfacts.output import FORMATS, write_results
from newsfacts.output.csv import join_for_excel
from newsfacts.output.markdown import escape
from newsfacts.output.records import document_record, typed_record
from newsfacts.output.schema import DOCUMENTS, FACTS, VERSION, Column
from tests.formats import GOLDEN, RESULTS, TEXTS, TRAP, TRAPS, write

ROWS = [typed_record(document, fact) for document, facts in RESULTS for fact in facts]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the results as a Parquet file and as a database."""
    folder = tmp_path_factory.mktemp("formats")
    for name in ("facts.parquet", "facts.duckdb"):
        write_results(FORMATS[name.removeprefix("facts.")], iter(RESULTS), folder / name)
    return folder


def fetch(sql: str, *parameters: object, database: Path | str = ":memory:") -> list[dict[str, Any]]:
    with duckdb.connect(database) as connection:
        found = connection.execute(sql, parameters)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", list(TEXTS))
def test_a_format_writes_its_golden_file(name: str) -> None:
    golden = (GOLDEN / name).read_bytes().decode("utf-8")
    assert write(name) == golden, "python -m tests.formats writes the golden files anew"


@pytest.mark.parametrize("name", ["facts.csv", "excel.csv"])
def test_every_cell_of_csv_reads_back(name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(write(name).removeprefix("\ufeff"), newline="")))
    assert [Decimal(row["value"] or 0) for row in rows] == [fact.value or 0 for _, facts in RESULTS for fact in facts]
    assert rows[-1]["metric"].lstrip("'") == "@价格\n二"
    assert rows[-1]["subject"] == '"甲",乙'


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    written = write("excel.csv")
    assert written.startswith("\ufeff")
    cells = [cell for row in csv.reader(io.StringIO(written[1:], newline="")) for cell in row if len(cell) > 1]
    assert {cell for cell in cells if cell[0] in "=+-@\t"} == {"-5"}


@pytest.mark.parametrize("start", ["=1", "+1", "-a", "@a", "\ta", "\na", "＝1", "－a"])
def test_what_looks_like_a_formula_becomes_text(start: str) -> None:
    assert join_for_excel([[start]]).lstrip('"').startswith("'")


def test_every_row_of_tsv_is_a_line() -> None:
    head, *lines = write("facts.tsv").splitlines()
    assert len(lines) == len(ROWS)
    assert {line.count("\t") for line in lines} == {head.count("\t")}


def test_markdown_holds_no_markup_of_an_article() -> None:
    lines = write("facts.md").splitlines()
    assert {line.replace("\\|", "").count("|") for line in lines if line.startswith("|")} == {8}
    assert escape("a|b [x](javascript:y) <img> &lt; **z** # $ ~~") == (
        "a\\|b \\[x\\](javascript:y) \\<img\\> \\&lt; \\*\\*z\\*\\* \\# \\$ \\~\\~"
    )


def test_parquet_and_duckdb_hold_every_fact_exactly(folder: Path) -> None:
    assert fetch("FROM read_parquet(?)", str(folder / "facts.parquet")) == ROWS
    assert fetch("FROM facts", database=folder / "facts.duckdb") == ROWS


def test_a_database_joins_facts_with_documents(folder: Path) -> None:
    documents = fetch("FROM documents", database=folder / "facts.duckdb")
    assert documents == [document_record(document) for document, _ in RESULTS]
    join = "SELECT f.text, d.text[f.start + 1:f.end] AS cut FROM facts f JOIN documents d USING (source)"
    joined = fetch(join, database=folder / "facts.duckdb")
    assert len(joined) == len(ROWS)
    assert all(row["text"] == row["cut"] for row in joined)


def test_columns_have_the_types_of_the_schema_everywhere(folder: Path) -> None:
    def declared(columns: tuple[Column, ...]) -> dict[str, str]:
        return {column.name: column.type.upper().replace("STRING", "VARCHAR") for column in columns}

    def described(sql: str, database: Path | str = ":memory:") -> dict[str, str]:
        return {row["column_name"]: row["column_type"] for row in fetch(f"DESCRIBE {sql}", database=database)}

    assert described(f"FROM '{folder}/facts.parquet'") == declared(FACTS)
    assert described("FROM facts", folder / "facts.duckdb") == declared(FACTS)
    assert described("FROM documents", folder / "facts.duckdb") == declared(DOCUMENTS)


def test_files_tell_their_schema_and_how_they_are_packed(folder: Path) -> None:
    parquet, database = str(folder / "facts.parquet"), folder / "facts.duckdb"
    [told] = fetch("SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(?)", parquet)
    assert told == {"key": "newsfacts_schema", "value": str(VERSION)}
    assert fetch("SELECT DISTINCT compression FROM parquet_metadata(?)", parquet) == [{"compression": "ZSTD"}]
    comments = fetch(
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'facts'", database=folder / "facts.duckdb"
    )
    assert [row["comment"] for row in comments] == [column.description for column in FACTS]
    tables = fetch("SELECT comment FROM duckdb_tables()", database=database)
    assert {row["comment"] for row in tables} == {f"newsfacts, schema {VERSION}"}


def test_polars_and_pandas_read_parquet_alike(folder: Path) -> None:
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    assert polars.read_parquet(folder / "facts.parquet").to_dicts() == ROWS
    frame = pandas.read_parquet(folder / "facts.parquet")
    assert list(frame.columns) == [column.name for column in FACTS]
    assert frame["value_double"].sum() == pytest.approx(sum(row["value_double"] or 0 for row in ROWS))


def test_records_are_rows_for_data_frames(folder: Path) -> None:
    document, facts = RESULTS[0]
    assert newsfacts.to_records(facts, document) == ROWS[: len(facts)]
    assert newsfacts.to_records(facts)[0]["source"] is None
    polars = pytest.importorskip("polars")
    written = polars.read_parquet(folder / "facts.parquet")
    frame = polars.DataFrame(ROWS, infer_schema_length=None)
    assert {name: frame.schema[name] for name in ("value", "high", "value_double", "published", "period_end")} == {
        name: written.schema[name] for name in ("value", "high", "value_double", "published", "period_end")
    }


def test_batches_and_files_without_facts_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsfacts.output.columnar._FACTS", 3)
    monkeypatch.setattr("newsfacts.output.columnar._CHARACTERS", 20)
    write_results(FORMATS["duckdb"], [*RESULTS, *RESULTS], tmp_path / "twice.duckdb")
    assert fetch("FROM facts", database=tmp_path / "twice.duckdb") == ROWS * 2
    write_results(FORMATS["parquet"], [], tmp_path / "none.parquet")
    assert fetch(f"FROM '{tmp_path}/none.parquet'") == []
    assert names(tmp_path) == ["none.parquet", "twice.duckdb"]


def test_what_no_database_holds_is_replaced(tmp_path: Path) -> None:
    odd = replace(TRAPS[0], metric="a\ud800b", subject="\x00")
    write_results(FORMATS["duckdb"], [(Document(TRAP), [odd])], tmp_path / "odd.duckdb")
    assert fetch("SELECT metric, subject FROM facts", database=tmp_path / "odd.duckdb") == [
        {"metric": "a?b", "subject": "\x00"}
    ]


@pytest.mark.parametrize("name", ["parquet", "duckdb"])
def test_a_failure_while_writing_leaves_the_old_file_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"facts.{name}"
    path.write_text("old")

    def results() -> Iterator[Any]:
        yield RESULTS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_results(FORMATS[name], results(), path)
    assert path.read_text() == "old"
    assert names(tmp_path) == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize(("name", "limit"), [("parquet", 1_000), ("duckdb", 1_000), ("duckdb", 20_000)])
def test_a_full_disk_is_one_line(tmp_path: Path, name: str, limit: int) -> None:
    code = (
        "import resource, sys; from newsfacts.cli.app import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); main()"
    )
    arguments = ["extract", "-", "-o", f"facts.{name}"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input="营收3亿元。",
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith(f"newsfacts: facts.{name}: cannot be written (")
    assert line.endswith("name another file with -o")
    assert names(tmp_path) == []


def test_without_duckdb_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(OutputError, match=r"pip install 'newsfacts\[duckdb\]'"):
        write_results(FORMATS["parquet"], [], tmp_path / "facts.parquet")
    assert names(tmp_path) == []
