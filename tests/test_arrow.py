"""The kernel of engines that hold tables: the facts are those of the local engine, whatever a column holds."""

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from benchmarks.corpus import make_articles
from newsfacts.document.reading import read_documents
from newsfacts.document.source import Options
from newsfacts.engines.arrow import SCHEMA, Columns, fact_batches
from newsfacts.extractors import extract_document
from newsfacts.model import Document, Fact
from newsfacts.output.records import typed_record
from newsfacts.output.schema import FACTS
from tests.engine_examples import run_example

SENTENCE = "远山集团净利润达3亿元，同比增长5%。"
NAMED = Columns("text", "id", "title", "date")


def run(table: pa.Table, columns: Columns = NAMED, **settings: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.Table.from_batches(
        fact_batches(table.to_batches(), columns, **settings), SCHEMA
    ).to_pylist()
    return rows


def run_texts(*texts: object, **settings: Any) -> list[dict[str, Any]]:
    return run(
        pa.table({"id": [f"a{number}" for number in range(len(texts))], "text": texts}),
        Columns("text", "id"),
        **settings,
    )


def make_records() -> list[dict[str, Any]]:
    """Articles as texts, as fragments and as pages, with and without what a record may know of them."""
    records: list[dict[str, Any]] = []
    for number, article in enumerate(make_articles(30_000)):
        title, _, body = article.partition("\n")
        fragment = "".join(f"<p>{line}</p>" for line in body.splitlines())
        page = f"<html><head><title>{title}_海湾网</title></head><body><h1>{title}</h1>{fragment}</body></html>"
        records.append(
            {
                "id": f"n{number}",
                "title": title if number % 3 else None,
                "date": datetime.date(2024, 1 + number % 12, 5) if number % 4 else None,
                "text": (article, fragment, page)[number % 3],
            }
        )
    return records


def test_the_facts_are_those_of_the_local_engine(tmp_path: Path) -> None:
    records = make_records()
    lines = (json.dumps(record, default=str, ensure_ascii=False) for record in records)
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    documents = [document for document in read_documents(path) if isinstance(document, Document)]
    local = [typed_record(document, fact) for document in documents for fact in extract_document(document)]
    expected = pa.Table.from_pylist(local, SCHEMA).to_pylist()
    for row in expected:
        row["source"] = row["source"].removeprefix(f"{path}#")
    assert len(documents) == len(records)
    assert run(pa.Table.from_pylist(records)) == expected


def test_the_columns_are_those_of_the_schema() -> None:
    names = [column.name for column in FACTS]
    assert [*names, "stage", "message", "advice"] == SCHEMA.names


def test_bytes_are_recognised() -> None:
    texts = [SENTENCE.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16")]
    assert [row["metric"] for row in run_texts(*texts) if row["kind"] == "money"] == ["净利润"] * 3


def test_a_list_of_paragraphs_is_a_text() -> None:
    assert [row["text"] for row in run_texts(["首日售票2万张。", SENTENCE])] == ["2万张", "3亿元", "5%"]


def test_markup_can_be_forced_and_forbidden() -> None:
    text = "若x<b且客流<b>2</b>万人次"
    assert run_texts(text, html=False)[0]["sentence"] == text
    assert run_texts("客流2\n万人次", html=True)[0]["text"] == "2 万人次"
    assert run_texts("<p>客流<b>2</b>万人次</p>")[0]["text"] == "2万人次"


def test_front_matter_is_read_where_no_column_stands_for_it() -> None:
    article = f"---\ntitle: 年报\ndate: 2024-03-01\n---\n{SENTENCE}"
    assert {(row["title"], row["published"]) for row in run_texts(article)} == {("年报", datetime.date(2024, 3, 1))}


def test_a_day_stands_in_for_a_missing_one() -> None:
    day = datetime.date(2024, 3, 1)
    assert {row["published"] for row in run_texts(SENTENCE, options=Options(date=day))} == {day}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "has no text in text", id="null"),
        pytest.param("  \n", "has no text in text", id="blank"),
        pytest.param(b"", "is empty", id="no bytes"),
        pytest.param(b"%PDF-1.7 \x00\x01", "is a PDF", id="another form"),
    ],
)
def test_a_bad_record_fails_by_itself(content: str | bytes | None, message: str) -> None:
    good = SENTENCE if content is None or isinstance(content, str) else SENTENCE.encode()
    first, second, failure, third, _ = run_texts(good, content, good)
    assert [row["source"] for row in (first, second, failure, third)] == ["a0", "a0", "a1", "a2"]
    assert failure["message"].startswith(message)
    assert failure["stage"] == "read"
    assert failure["advice"]
    assert failure["text"] is None


def test_an_article_that_breaks_the_extraction_fails_by_itself() -> None:
    def extract(document: Document) -> list[Fact]:
        if "停电" in document.text:
            raise ZeroDivisionError("of the test")
        return extract_document(document)

    first, _, failure, third, _ = run_texts(SENTENCE, "停电3小时", SENTENCE, extract=extract)
    assert (first["source"], failure["source"], third["source"]) == ("a0", "a1", "a2")
    assert (failure["stage"], failure["message"]) == ("extract", "ZeroDivisionError: of the test")


def test_batches_are_taken_one_at_a_time_and_given_in_bounded_ones() -> None:
    taken = 0

    def batches() -> Iterator[pa.RecordBatch]:
        nonlocal taken
        for _ in range(10):
            taken += 1
            yield pa.RecordBatch.from_pydict({"id": ["a"], "text": [SENTENCE * 400]})

    found = fact_batches(batches(), Columns("text", "id"))
    assert next(found).num_rows == 1024
    assert taken == 2
    assert max(batch.num_rows for batch in found) == 1024
    assert taken == 10


def test_an_empty_table_gives_no_batches() -> None:
    assert list(fact_batches([])) == []


@pytest.mark.parametrize(
    ("engine", "rows"),
    [
        pytest.param("dask", lambda facts: facts.compute().to_dict("records"), id="Dask"),
        pytest.param("ray", lambda facts: facts.take_all(), id="Ray Data"),
        pytest.param("daft", lambda facts: facts.to_pylist(), id="Daft"),
    ],
)
@pytest.mark.filterwarnings("default")  # theirs
def test_the_readme_shows_how_other_engines_run_it(
    engine: str, rows: Callable[[Any], list[dict[str, Any]]], tmp_path: Path
) -> None:
    pytest.importorskip(engine, reason=f"{engine} is not installed")
    found = rows(run_example(engine, tmp_path)["facts"])
    assert [(row["source"], row["value"]) for row in found[:3]] == [("a", 300_000_000), ("a", 5), ("b", 20_000)]
    assert (found[3]["source"], found[3]["message"]) == ("c", "has no text in content")
