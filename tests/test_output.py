"""The writers: exact numbers, order of keys, and text that cannot break a line or steer a terminal."""

import csv
import io
import json
import os
import stat
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import newsfacts
from newsfacts.errors import OutputError
from newsfacts.lexicon import read_table
from newsfacts.model import Bound, Change, Direction, Document, Fact, Kind, Mode, Per, Period, Status
from newsfacts.output import FORMATS, SUFFIXES, table, write_results, write_text
from newsfacts.output.encode import plain, to_json
from newsfacts.output.reading import read_change, read_figure
from newsfacts.output.records import days, document_record, flat_record, typed_record
from newsfacts.output.schema import DOCUMENTS, FACTS, FLAT, fits
from newsfacts.output.target import open_target
from newsfacts.output.visible import visible
from newsfacts.output.writers import File

TEXT = "绿洲物流年报\n2023年，绿洲物流完成快递业务量1.5亿件，同比增长12.5%。"
DOCUMENT = Document(TEXT, source="a.txt", title="绿洲物流年报", published=date(2024, 2, 1), encoding="utf-8")


KEYS = (
    "source title published start end text kind value low high bound unit parts metric subject change period per "
    "status negated sentence evidence"
)


def make_fact(**changes: Any) -> Fact:
    value = Decimal("150000000")
    fact = Fact(
        start=24,
        end=29,
        text="1.5亿件",
        kind=Kind.COUNT,
        value=value,
        low=value,
        high=value,
        bound=Bound.EXACT,
        unit="件",
        parts=None,
        metric="快递业务量",
        subject="绿洲物流",
        change=None,
        period=Period("2023年", "2023"),
        per=None,
        status=Status.ACTUAL,
        negated=False,
        sentence=TEXT[7:],
        evidence={"metric": (19, 24), "subject": (13, 17), "period": (7, 12)},
    )
    return replace(fact, **changes)


def make_percent(**changes: Any) -> Fact:
    value = Decimal("12.5")
    change = Change(Direction.UP, Mode.BY, "yoy")
    fact = make_fact(start=34, end=39, text="12.5%", kind=Kind.PERCENT, value=value, low=value, high=value, unit="%")
    return replace(fact, change=change, **changes)


def write(name: str, *results: tuple[Document, list[Fact]]) -> str:
    writer, stream = FORMATS[name], io.StringIO()
    assert not isinstance(writer, File)
    write_text(writer, iter(results), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("2.29E+10", "22900000000"),
        ("0.1", "0.1"),
        ("3.10", "3.1"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
        ("-0.0", "0"),
        ("-4.790", "-4.79"),
        ("12345678901234567890.123456789", "12345678901234567890.123456789"),
    ],
)
def test_numbers_are_written_in_plain_exact_digits(number: str, digits: str) -> None:
    assert plain(Decimal(number)) == digits
    assert json.loads(to_json({"n": Decimal(number)}), parse_float=Decimal, parse_int=Decimal)["n"] == Decimal(number)


def test_every_fact_is_a_line_of_json_lines_in_the_order_of_keys() -> None:
    lines = write("jsonl", (DOCUMENT, [make_fact(), make_percent()])).splitlines()
    first = json.loads(lines[0])
    assert " ".join(first) == KEYS
    assert (first["source"], first["title"], first["published"]) == ("a.txt", "绿洲物流年报", "2024-02-01")
    assert '"value": 150000000,' in lines[0]
    assert first["evidence"]["metric"] == [19, 24]
    assert json.loads(lines[1])["change"] == {"direction": "up", "mode": "by", "basis": "yoy"}
    assert "绿洲物流" in lines[0]


def test_json_is_an_array_of_articles() -> None:
    articles = json.loads(write("json", (DOCUMENT, [make_fact()]), (replace(DOCUMENT, source="b.txt"), [])))
    keys = "source title author origin site published url language encoding form text facts"
    assert [" ".join(article) for article in articles] == [keys, keys]
    assert articles[0]["text"] == TEXT
    assert articles[0]["facts"][0]["value"] == 150000000
    assert articles[1]["facts"] == []
    assert json.loads(write("json")) == []


def test_csv_has_a_column_for_every_field() -> None:
    fact = make_percent(per=Per(Decimal(1), "月"), parts=(Decimal(3), Decimal(2)))
    [row] = csv.DictReader(io.StringIO(write("csv", (DOCUMENT, [fact]))))
    assert list(row) == [column.name for column in FLAT]
    assert row["value"] == "12.5"
    assert row["negated"] == "false"
    assert row["parts"] == "[3, 2]"
    assert (row["change_direction"], row["change_mode"], row["change_basis"]) == ("up", "by", "yoy")
    assert (row["period_iso"], row["period_start"], row["period_end"]) == ("2023", "2023-01-01", "2023-12-31")
    assert (row["per_value"], row["per_unit"], row["published"]) == ("1", "月", "2024-02-01")


def test_a_flat_record_has_the_same_columns_whatever_is_absent() -> None:
    bare = make_fact(period=None, metric=None, evidence={})
    assert list(flat_record(DOCUMENT, bare)) == [column.name for column in FLAT]
    assert flat_record(DOCUMENT, bare)["period_start"] is None


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2022-01-06", date(2022, 1, 6), date(2022, 1, 6)),
        ("2022-01/2022-06", date(2022, 1, 1), date(2022, 6, 30)),
        ("2022-05-16/2022-05-22", date(2022, 5, 16), date(2022, 5, 22)),
        ("2021/..", date(2021, 1, 1), None),
        ("2021-21", None, None),
        ("2021-02-30", None, None),
        (None, None, None),
    ],
)
def test_a_period_has_a_first_and_a_last_day(iso: str | None, first: date | None, last: date | None) -> None:
    assert days(iso) == (first, last)


def test_a_typed_record_has_the_columns_of_the_schema_and_loses_no_number() -> None:
    third = Decimal(1) / Decimal(3)
    fact = make_fact(value=third, low=third, high=Decimal("1E+29"), per=Per(Decimal(10), "股"))
    row = typed_record(DOCUMENT, fact)
    assert list(row) == [column.name for column in FACTS]
    assert (row["value"], row["low"], row["high"], row["per_value"]) == (None, None, None, 10)
    assert (row["value_double"], row["high_double"]) == (1 / 3, 1e29)
    exact = json.loads(row["exact"], parse_float=Decimal, parse_int=Decimal)
    assert exact == {"value": third, "low": third, "high": Decimal("1E+29")}
    assert typed_record(DOCUMENT, make_fact())["exact"] is None


@pytest.mark.parametrize(
    ("number", "whether"),
    [
        ("0.123456789", True),
        ("0.12345678900", True),
        ("0.1234567891", False),
        ("1E-20", False),
        ("0E-20", True),
        ("-99999999999999999999999999999.999999999", True),
        ("1E+28", True),
        ("1E+29", False),
    ],
)
def test_what_a_decimal_holds(number: str, whether: bool) -> None:
    assert fits(Decimal(number)) is whether


def test_the_schema_names_each_column_once() -> None:
    assert list(document_record(DOCUMENT)) == [column.name for column in DOCUMENTS]
    for columns in (FACTS, DOCUMENTS):
        assert len({column.name for column in columns}) == len(columns)
        assert all(column.description for column in columns)


HOSTILE = "涨\x1b[31m幅\x00\x9b\u2028\u202e[/red]:smile:\ud800"


@pytest.mark.parametrize("name", [name for name, writer in FORMATS.items() if not isinstance(writer, File)])
def test_hostile_text_reaches_no_reader_raw(name: str) -> None:
    fact = make_fact(text=HOSTILE, metric=HOSTILE, subject=HOSTILE, sentence=HOSTILE)
    document = Document(HOSTILE * 3, source=HOSTILE, title=HOSTILE)
    written = write(name, (document, [fact]))
    assert not set("\x1b\x00\x9b\u2028\u202e\ud800") & set(written) - ({"\u202e"} if name in ("csv", "tsv") else set())
    assert written.encode()


def test_hostile_text_reads_back_from_json_as_it_was() -> None:
    [line] = write("jsonl", (DOCUMENT, [make_fact(metric=HOSTILE)])).splitlines()
    assert json.loads(line)["metric"] == HOSTILE


def test_markup_and_emoji_codes_in_articles_stay_text() -> None:
    written = write("table", (replace(DOCUMENT, title="[/img] [bold]盘点[/bold] :rocket:"), [make_fact(metric="[/b]")]))
    assert "[/img] [bold]盘点[/bold] :rocket:" in written
    assert "[/b]" in written


def test_a_table_shows_a_fact_at_a_glance() -> None:
    written = write("table", (DOCUMENT, [make_fact(), make_percent()]))
    assert "a.txt · 2024-02-01 · 绿洲物流年报" in written
    for words in ("1.5亿件", "快递业务量", "绿洲物流", "↑12.5% yoy", "2023年"):
        assert words in written
    assert "\x1b" not in written


def test_a_table_is_coloured_on_demand_only() -> None:
    stream = io.StringIO()
    table.write([(DOCUMENT, [make_fact()])], stream, table.View(color=True, width=100))
    assert "\x1b[1m" in stream.getvalue()


def test_raw_tables_keep_digits_and_symbols() -> None:
    stream = io.StringIO()
    money = make_fact(kind=Kind.MONEY, unit="CNY", value=Decimal("22900000000"))
    table.write([(DOCUMENT, [money])], stream, table.View(raw=True, width=120))
    assert "22900000000 CNY" in stream.getvalue()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": Decimal("22900000000"), "unit": "CNY"}, "229亿元"),
        ({"value": Decimal("2500000000000"), "unit": "USD"}, "2.5万亿美元"),
        ({"value": Decimal("9999")}, "9999件"),
        ({"value": Decimal("-479000000"), "unit": "HKD"}, "-4.79亿港元"),
        ({"bound": Bound.OVER}, ">1.5亿件"),
        ({"bound": Bound.ABOUT}, "~1.5亿件"),
        ({"value": None, "low": Decimal(350000000), "high": Decimal(420000000), "bound": Bound.RANGE}, "3.5亿-4.2亿件"),
        ({"value": None, "low": None, "high": Decimal(50000), "bound": Bound.AT_MOST}, "<=5万件"),
        ({"value": Decimal("1.5"), "unit": None, "parts": (Decimal(3), Decimal(2))}, "3:2"),
        ({"value": Decimal(1) / Decimal(3), "unit": None}, "0.3333"),
        ({"per": Per(Decimal(1), "月")}, "1.5亿件/月"),
        ({"per": Per(Decimal(1), "mo")}, "1.5亿件/月"),
        ({"value": Decimal("2.5"), "unit": "CNY", "per": Per(Decimal(10), "股")}, "2.5元/10股"),
        ({"status": Status.PLAN}, "1.5亿件 (plan)"),
        ({"negated": True}, "not 1.5亿件"),
        ({"value": Decimal(18), "unit": "mo"}, "18个月"),
    ],
)
def test_figures_read_as_people_write_them(changes: dict[str, Any], words: str) -> None:
    assert read_figure(make_fact(**changes)) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(Direction.UP, Mode.BY, "yoy"), "↑1.5亿件 yoy"),
        (Change(Direction.DOWN, Mode.TO), "↓ to 1.5亿件"),
        (Change(Direction.FLAT, Mode.TO, "较2019年同期"), "→ to 1.5亿件 较2019年同期"),
        (None, ""),
    ],
)
def test_changes_read_as_arrows(change: Change | None, words: str) -> None:
    assert read_change(make_fact(change=change)) == words


@pytest.mark.parametrize("row", read_table("readings")["reading"], ids=lambda row: row["unit"])
def test_every_reading_of_a_unit_has_its_example(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        [found] = [fact for fact in newsfacts.extract(example) if fact.unit == row["unit"]]
        assert row["word"] in read_figure(found)


def test_controls_become_visible_signs() -> None:
    assert visible("a\x1bb\n\x7f\ud800") == "a␛b␊␡?"
    assert visible("a\nb\tc", lines=True) == "a\nb\tc"


def test_every_suffix_names_a_format() -> None:
    assert set(SUFFIXES.values()) == set(FORMATS)


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(RuntimeError), open_target(path) as stream:
        stream.write("half")
        raise RuntimeError
    assert path.read_text() == "old"
    with open_target(path) as stream:
        stream.write("new\n")
        stream.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["facts.jsonl"]


def test_a_file_that_a_library_writes_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "facts.bin"
    path.write_text("old")
    path.chmod(0o640)

    def write_half(_: object, temporary: Path) -> None:
        temporary.write_text("half")
        temporary.with_suffix(".log").write_text("scratch")
        raise RuntimeError

    def write_whole(_: object, temporary: Path) -> None:
        temporary.write_text("new")

    with pytest.raises(RuntimeError):
        write_results(File(write_half), [], path)
    assert path.read_text() == "old"
    write_results(File(write_whole), [], path)
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["facts.bin"]


@pytest.mark.parametrize(("path", "what"), [(None, "name one with -o"), (Path(os.devnull), "no ordinary file")])
def test_a_file_that_a_library_writes_needs_a_place(path: Path | None, what: str) -> None:
    with pytest.raises(OutputError, match=what):
        write_results(File(lambda *_: pytest.fail("written")), [], path)


def test_a_link_is_written_through(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    with open_target(link) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize(("name", "what"), [("", "is a folder"), ("no/such/facts.csv", "mkdir -p")])
def test_an_impossible_target_is_told_before_the_work(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(OutputError, match=what), open_target(tmp_path / name):
        pytest.fail("opened")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_is_one_error() -> None:
    with pytest.raises(OutputError, match="cannot be written"), open_target(Path("/dev/full")) as stream:
        stream.write("x" * 100_000)
        stream.flush()


@pytest.mark.skipif(os.name == "nt", reason="needs pipes with names")
def test_devices_are_written_to_as_they_are() -> None:
    with open_target(Path(os.devnull)) as stream:
        stream.write("nothing\n")
    assert not Path(os.devnull).is_file()
