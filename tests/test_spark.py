"""On Spark the facts are those of the local engine, whatever the articles come from and whatever happens to a worker.

All tests share one session of `local[2]`, where a task may fail twice. The short form takes a hundred articles;
`make test-spark` takes two thousand, and also runs the jobs that start a Spark of their own.
"""

import datetime
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="no PySpark here: `make test-spark` installs it")
if shutil.which("java") is None:
    pytest.skip("no Java here: Spark needs Java 17 (Debian: openjdk-17-jre-headless)", allow_module_level=True)

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession

import newsfacts.engines.spark
from benchmarks.corpus import make_articles
from newsfacts.document import words
from newsfacts.document.reading import read, read_documents
from newsfacts.document.source import Options
from newsfacts.engines.arrow import Columns, fact_batches, fact_table
from newsfacts.engines.spark import facts, outcomes, register
from newsfacts.engines.spark.inputs import Search
from newsfacts.engines.spark.job import Job, Tally, open_session, run
from newsfacts.errors import OutputError, ReadError
from newsfacts.extractors import extract_document
from newsfacts.model import Document, Fact, Kind
from newsfacts.output.columnar import write_parquet
from newsfacts.output.records import typed_record
from newsfacts.output.schema import FACTS
from tests.engine_examples import run_example

pytestmark = pytest.mark.xdist_group("spark")

SAMPLES = Path(__file__).parent.parent / "samples"
SENTENCE = "远山集团净利润达3亿元，同比增长5%。"
BROKEN = [
    '{"id": "no-text", "title": "停电通知"}',
    '{"id": "not-text", "text": {"a": 1}}',
    '{"id": "cut-off", "text": "首日客流2万',
    "首日客流2万人次",
]
NAMES = [column.name for column in FACTS]

Row = dict[str, Any]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    folder = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # a short life: compile in haste
    }
    session = open_session("local[2,2]", settings)
    yield session
    session.stop()


@pytest.fixture(scope="module", params=[100, pytest.param(2000, marks=pytest.mark.long)])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of so many articles, with broken records among them."""
    path = tmp_path_factory.mktemp("corpus") / "新闻 archive.jsonl"
    lines = []
    for number, article in enumerate(make_articles(request.param * 1000)[: request.param]):
        title, _, body = article.partition("\n")
        fragment = "".join(f"<p>{line}</p>" for line in body.splitlines())
        date = f"2024-{1 + number % 12:02}-05" if number % 5 else None
        record = {"id": f"n{number}", "title": title, "date": date, "text": (body, fragment)[number % 2]}
        lines.append(json.dumps(record, ensure_ascii=False))
    assert len(lines) == request.param
    lines[50:50] = BROKEN
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def rows_of(df: DataFrame) -> list[Row]:
    """The rows of a data frame in the order of their articles."""
    return in_order([row.asDict() for row in df.collect()])


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["source"], row["start"]))


def local_facts(*paths: Path) -> list[Row]:
    """What the local engine writes to Parquet."""
    documents = [document for path in paths for document in read_documents(path) if isinstance(document, Document)]
    found = [typed_record(document, fact) for document in documents for fact in extract_document(document)]
    return in_order(found)


def test_a_job_gives_the_facts_of_the_local_engine(spark: SparkSession, corpus: Path, tmp_path: Path) -> None:
    tally = run(spark, Job([str(corpus)], str(tmp_path / "out")))
    written = rows_of(spark.read.parquet(str(tmp_path / "out/facts")).select(NAMES))
    expected = local_facts(corpus)
    assert written == expected
    assert tally == Tally(len(expected), len(BROKEN))
    errors = spark.read.parquet(str(tmp_path / "out/errors")).collect()
    assert {row.source for row in errors} >= {f"{corpus}#no-text", f"{corpus}#not-text"}
    assert sorted(row.message.split("(")[0] for row in errors) == [
        "has no text in text, content, body",
        "has no text in text, content, body",
        "is not valid JSON ",
        "is not valid JSON ",
    ]


def test_a_job_reads_files_of_every_form_as_they_are_read_here(spark: SparkSession, tmp_path: Path) -> None:
    tally = run(spark, Job([str(SAMPLES)], str(tmp_path / "out")))
    written = rows_of(spark.read.parquet(str(tmp_path / "out/facts")).select(NAMES))
    expected = local_facts(*sorted(SAMPLES.iterdir()))
    assert written == expected
    assert any("crawl.warc.gz#" in row["source"] for row in written)
    assert tally == Tally(len(expected), 0)
    months = {folder.name for folder in (tmp_path / "out/facts").iterdir() if folder.is_dir()}
    assert {"month=2024-03", "month=__HIVE_DEFAULT_PARTITION__"} < months


@pytest.mark.parametrize("form", ["parquet", "json", "csv"])
def test_a_column_function_reads_what_spark_reads(spark: SparkSession, tmp_path: Path, form: str) -> None:
    texts = [SENTENCE, f'<p>引号“”与"引号"，{SENTENCE}</p>', f"首日客流2万人次。\n{SENTENCE}"]
    articles = [(f"a{number}", "今年3月净利润5亿元", f"202{number}-04-05", text) for number, text in enumerate(texts)]
    path = str(tmp_path / "articles")
    written = spark.createDataFrame(articles, "id string, title string, date string, text string").coalesce(1)
    written.write.format(form).option("header", True).option("escape", '"').save(path)
    reader = spark.read.option("header", True).option("escape", '"').option("multiLine", form == "csv")
    found = rows_of(facts(reader.format(form).load(path), "text", "id", "title", "date"))
    table = pa.table(dict(zip(("id", "title", "date", "text"), zip(*articles, strict=True), strict=True)))
    assert found == fact_table(table, Columns("text", "id", "title", "date")).select(NAMES).to_pylist()


def test_a_column_function_reads_pages_as_bytes_and_lines_of_text(spark: SparkSession, tmp_path: Path) -> None:
    pages = spark.read.format("binaryFile").load(str(SAMPLES / "*.html"))
    found = rows_of(facts(pages, "content", "path"))
    expected = local_facts(*SAMPLES.glob("*.html"))
    assert [row["text"] for row in found] == [row["text"] for row in expected]
    assert [row["published"] for row in found] == [row["published"] for row in expected]

    (tmp_path / "lines.txt").write_text(f"{SENTENCE}\n首日客流2万人次。\n", encoding="utf-8")
    lines = facts(spark.read.text(str(tmp_path / "lines.txt")), "value", None)
    assert sorted(row["text"] for row in lines.collect()) == ["2万人次", "3亿元", "5%"]


def test_the_schema_is_that_of_the_parquet_writer(spark: SparkSession, tmp_path: Path) -> None:
    inputs, local = tmp_path / "articles.txt", tmp_path / "facts.parquet"
    inputs.write_text(SENTENCE, encoding="utf-8")
    document = read(inputs)
    write_parquet([(document, extract_document(document))], local)
    run(spark, Job([str(inputs)], str(tmp_path / "out"), by_month=False))
    expected, written = pq.read_table(local), pq.read_table(tmp_path / "out/facts")
    assert [(field.name, field.type) for field in written.schema] == [(f.name, f.type) for f in expected.schema]
    assert written.to_pylist() == expected.to_pylist()


def test_a_column_that_is_not_there_is_told(spark: SparkSession) -> None:
    articles = spark.createDataFrame([("a", SENTENCE)], "id string, text string")
    with pytest.raises(ValueError, match="no column content, url; choose from id, text"):
        facts(articles)
    with pytest.raises(ValueError, match="html='maybe'"):
        facts(articles, "text", "id", html="maybe")


def test_sql_has_a_table_function(spark: SparkSession) -> None:
    register(spark)
    articles = [("a", SENTENCE, "2024-03-01"), ("b", None, None), ("c", "今年客流2万人次。", "2023-05-01")]
    spark.createDataFrame(articles, "url string, content string, date string").createOrReplaceTempView("articles")
    query = "SELECT url, f.* FROM articles, LATERAL newsfacts(content, date) f"
    found = {(row.url, row.text, row.period_iso, row.message) for row in spark.sql(query).collect()}
    assert found == {
        ("a", "3亿元", None, None),
        ("a", "5%", None, None),
        ("b", None, None, "has no text in content"),
        ("c", "2万人次", "2023", None),
    }
    named = "SELECT f.* FROM articles, LATERAL newsfacts(content, date, id => url) f WHERE f.message IS NULL"
    expected = outcomes(spark.table("articles"), date="date").where("message IS NULL")
    assert rows_of(spark.sql(named)) == rows_of(expected)


def test_a_crash_of_a_worker_is_retried(spark: SparkSession, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed"

    def crash_once(document: Document) -> list[Fact]:
        if "停电" in document.text and not crashed.exists():
            crashed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return extract_document(document)

    articles = [(f"a{number}", "停电3小时" if number == 30 else SENTENCE) for number in range(40)]
    df = spark.createDataFrame(articles, "url string, content string")
    found = sorted((row.source, row.text) for row in facts(df, extract=crash_once).collect())
    assert crashed.exists()
    assert found == sorted(
        (source, figure) for source, text in articles for figure in (["3小时"] if "停电" in text else ["3亿元", "5%"])
    )


def test_a_worker_loads_the_segmenter_once(spark: SparkSession) -> None:
    articles = spark.createDataFrame([(str(number), SENTENCE) for number in range(64)], "url string, content string")

    def account(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        found = sum(batch.num_rows for batch in fact_batches(batches))
        loads = words._load.cache_info().misses
        yield pa.RecordBatch.from_pydict({"found": [found], "pid": [os.getpid()], "loads": [loads]})

    tasks = articles.repartition(8).mapInArrow(account, "found long, pid long, loads long").collect()
    assert sum(task.found for task in tasks) == 128
    assert len(tasks) == 8
    assert len({task.pid for task in tasks}) <= 2
    assert {task.loads for task in tasks} == {1}


def test_append_adds_only_what_is_not_there(spark: SparkSession, tmp_path: Path) -> None:
    inputs, out = tmp_path / "articles.jsonl", tmp_path / "out"
    inputs.write_text(f'{{"id": "a", "text": "{SENTENCE}"}}\n{BROKEN[0]}', encoding="utf-8")
    job = Job([str(inputs)], str(out), mode="append", by_month=False)
    assert run(spark, job) == Tally(2, 1)
    assert run(spark, job) == Tally(0, 0)
    with inputs.open("a", encoding="utf-8") as file:
        file.write(f'\n{{"id": "b", "text": "{SENTENCE}"}}')
    assert run(spark, job) == Tally(2, 0)
    assert [row["source"] for row in rows_of(spark.read.parquet(f"{out}/facts"))] == [f"{inputs}#a"] * 2 + [
        f"{inputs}#b"
    ] * 2


def test_an_output_is_kept_unless_it_is_to_be_overwritten(spark: SparkSession, tmp_path: Path) -> None:
    inputs, out = tmp_path / "articles.jsonl", tmp_path / "out"
    inputs.write_text(f'{{"id": "a", "text": "{SENTENCE}"}}', encoding="utf-8")
    run(spark, Job([str(inputs)], str(out)))
    with pytest.raises(OutputError, match="exists; choose --mode overwrite"):
        run(spark, Job([str(inputs)], str(out)))
    assert run(spark, Job([str(inputs)], str(out), mode="overwrite")) == Tally(2, 0)
    assert spark.read.parquet(f"{out}/facts").count() == 2


def test_options_mean_what_they_mean_for_extract(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("星河储能 300 nt\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    record = {"编号": 7, "main": "星河储能净利润3亿元，同比增长5%。", "text": "不读这里的2万张"}
    (tmp_path / "in/a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    (tmp_path / "in/b.txt").write_text(SENTENCE, encoding="utf-8")
    options = Options(date=datetime.date(2024, 3, 1), names={"text": "main"})
    search = Search(options, frozenset({Kind.MONEY}), userdict=str(tmp_path / "words.txt"), glob="*.jsonl")
    run(spark, Job([str(tmp_path / "in")], str(tmp_path / "out"), search))
    (row,) = rows_of(spark.read.parquet(str(tmp_path / "out/facts")))
    assert row["source"] == f"{tmp_path}/in/a.jsonl#7"
    assert (row["text"], row["subject"], row["month"]) == ("3亿元", "星河储能", "2024-03")


def test_parquet_is_read_by_its_usual_columns(spark: SparkSession, tmp_path: Path) -> None:
    articles = [("a", SENTENCE, b"\x00"), ("b", None, b"\x01")]
    table = spark.createDataFrame(articles, "id string, Content string, picture binary")
    table.write.parquet(str(tmp_path / "articles.parquet"))
    assert run(spark, Job([str(tmp_path / "articles.parquet")], str(tmp_path / "out"))) == Tally(2, 1)
    with pytest.raises(ReadError, match="has no column main"):
        search = Search(Options(names={"text": "main"}))
        run(spark, Job([str(tmp_path / "articles.parquet")], str(tmp_path / "none"), search))


def test_lines_in_other_encodings_are_recognised(spark: SparkSession, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": name, "text": SENTENCE}, ensure_ascii=False).encode(name) for name in ("utf-8", "gb18030")
    ]
    (tmp_path / "mixed.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n\n".join(lines))
    run(spark, Job([str(tmp_path / "mixed.jsonl")], str(tmp_path / "out")))
    found = rows_of(spark.read.parquet(str(tmp_path / "out/facts")))
    assert [row["metric"] for row in found] == ["净利润"] * 4


def test_a_file_that_is_broken_fails_by_itself(spark: SparkSession, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(SAMPLES, folder)
    (folder / "cut off.jsonl.gz").write_bytes(gzip.compress(b'{"text": "2"}')[:-6])
    (folder / "年报 #2.html").write_bytes(b"%PDF-1.7 \x00\x01")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    tally = run(spark, Job([str(folder)], str(tmp_path / "out")))
    errors = {Path(row.source).name: row.message for row in spark.read.parquet(str(tmp_path / "out/errors")).collect()}
    assert errors.keys() == {"cut off.jsonl.gz", "年报 #2.html"}
    assert errors["年报 #2.html"] == "is a PDF, not text"
    assert tally == Tally(len(local_facts(*folder.iterdir())), 2)


def test_what_is_not_there_is_told(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file; check the name"):
        run(spark, Job([str(tmp_path / "nothing.jsonl")], str(tmp_path / "out")))


@pytest.mark.long
def test_spark_submit_runs_the_command(tmp_path: Path) -> None:
    main = Path(newsfacts.engines.spark.__file__).with_name("__main__.py")
    submit = [str(Path(sys.executable).with_name("spark-submit")), "--master", "local[1]", str(main), "--no-by-month"]
    environment = os.environ | {"PYSPARK_PYTHON": sys.executable}
    done = subprocess.run([*submit, str(SAMPLES / "dairy.txt"), str(tmp_path / "out")], env=environment, check=False)
    assert done.returncode == 0
    expected = local_facts(SAMPLES / "dairy.txt")
    assert len(pq.read_table(tmp_path / "out/facts")) == len(expected)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--mode", "merge"], "--mode merge: no such mode", id="mode"),
        pytest.param(["--input-format", "avro"], "--input-format avro: no such format", id="format"),
        pytest.param(["--conf", "spark.executor.memory"], "--conf spark.executor.memory: no value", id="setting"),
        pytest.param([], "no Java found; install Java 17", id="Java"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(tmp_path: Path, arguments: list[str], message: str) -> None:
    command = [sys.executable, "-m", "newsfacts", "spark", str(SAMPLES), str(tmp_path / "out"), *arguments]
    environment = os.environ | {"JAVA_HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"newsfacts: {message}")
    assert done.stderr.count("\n") == 1


def test_the_readme_shows_programs_that_run(spark: SparkSession, tmp_path: Path) -> None:
    named = run_example("spark", tmp_path, spark=spark)
    assert [row.value for row in named["largest"].collect()] == [300_000_000]
    assert [(row.source, row.message) for row in named["bad"].collect()] == [("c", "has no text in content")]
    assert named["listed"].count() == 3
