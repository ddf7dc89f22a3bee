"""What holds for every text and for any bytes. `make test` tries a few of them, `make fuzz` tries for minutes."""

import csv
import html
import io
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import newsfacts
from newsfacts.document.fields import mend
from newsfacts.document.fold import fold
from newsfacts.document.reading import read_documents
from newsfacts.document.source import MEBIBYTE, Options
from newsfacts.extractors.figures import find_figures
from newsfacts.model import Bound, Document, Fact, Figure
from newsfacts.output import FORMATS, write_text
from newsfacts.output.writers import File
from tests.corpus_cases import WIDE, converter
from tests.strategies import NAMES, files, texts

NEUTRAL = "记者走访了当地市场。\n"


def check_facts(text: str, facts: Sequence[Fact]) -> None:
    """In order, apart, and each with its very words."""
    end = 0
    for fact in facts:
        assert end <= fact.start < fact.end <= len(text)
        end = fact.end
        assert text[fact.start : fact.end] == fact.text
        assert fact.sentence in text
        check_evidence(text, fact)
        check_value(fact)


def check_evidence(text: str, fact: Fact) -> None:
    for start, end in fact.evidence.values():
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    quoted = {"metric": fact.metric, "subject": fact.subject, "period": fact.period and fact.period.text}
    for name, words in quoted.items():
        assert words is None or words == text[slice(*fact.evidence[name])]


def check_value(fact: Fact) -> None:
    numbers = [number for number in (fact.low, fact.value, fact.high) if number is not None]
    assert numbers or len(fact.parts or ()) > 2  # 1.1:50.3:48.6 is no one number
    assert all(number.is_finite() for number in numbers)
    assert numbers == sorted(numbers)
    if fact.bound is Bound.EXACT:
        assert fact.value == fact.low == fact.high


@given(files(), st.sampled_from(NAMES))
def test_any_bytes_give_documents_or_read_errors(data: bytes, name: str) -> None:
    for result in read_documents(data, name=name, options=Options(largest=MEBIBYTE, unpacked=4 * MEBIBYTE)):
        if isinstance(result, Document):
            check_facts(result.text, newsfacts.extract_document(result))
        else:
            assert str(result).startswith(name)
            assert "\n" not in str(result)


@given(files())
def test_reading_bytes_gives_a_document_or_a_read_error(data: bytes) -> None:
    try:
        document = newsfacts.read(data)
    except newsfacts.ReadError as error:
        assert str(error).startswith("-: ")
    else:
        assert document.text.strip()


@given(texts())
def test_facts_stand_in_order_and_cut_their_words(text: str) -> None:
    check_facts(text, newsfacts.extract(text))


def read_figures(text: str) -> list[Figure]:
    return find_figures(fold(text))


def shifted(figures: Sequence[Figure], by: int) -> list[Figure]:
    """The figures as they are after `by` more characters."""
    return [
        figure._replace(
            start=figure.start + by,
            end=figure.end + by,
            bound_span=figure.bound_span and (figure.bound_span[0] + by, figure.bound_span[1] + by),
        )
        for figure in figures
    ]


def read_facts(text: str, behind: int = 0) -> list[dict[str, Any]]:
    """The facts as plain data, their offsets counted from the character `behind`."""
    rows = [fact.to_dict() for fact in newsfacts.extract(text)]
    for row in rows:
        row["start"], row["end"] = row["start"] - behind, row["end"] - behind
        row["evidence"] = {name: [start - behind, end - behind] for name, (start, end) in row["evidence"].items()}
    return rows


@given(texts(clean=True), st.sampled_from(["\n", "\n\n  \n", "\u3000\n"]))
def test_empty_lines_before_a_text_shift_its_facts(text: str, prefix: str) -> None:
    assert read_facts(prefix + text, len(prefix)) == read_facts(text)


@given(texts(clean=True))
def test_a_paragraph_before_a_text_shifts_its_figures(text: str) -> None:
    assert read_figures(NEUTRAL + text) == shifted(read_figures(text), len(NEUTRAL))


@given(texts(clean=True), texts(clean=True))
def test_two_paragraphs_have_the_figures_of_each(first: str, second: str) -> None:
    both = read_figures(first) + shifted(read_figures(second), len(first) + 1)
    assert read_figures(f"{first}\n{second}") == both


@given(texts(clean=True))
def test_both_scripts_have_the_same_figures(text: str) -> None:
    simplified = converter("t2s")(text)
    traditional = converter("s2t")(simplified)
    if len(simplified) == len(traditional):
        assert read_figures(simplified) == read_figures(traditional)


@given(texts(clean=True))
def test_both_widths_have_the_same_figures(text: str) -> None:
    assume(not re.search("[0-9０-９]，[0-9０-９]", text))  # which groups thousands in full width alone
    assert read_figures(text) == read_figures(text.translate(WIDE))


@given(texts(clean=True))
def test_markup_around_a_text_changes_no_fact(text: str) -> None:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    plain = "\n".join(filter(None, lines))
    markup = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    for document in read_documents(f"<article>{markup}</article>".encode()):
        # Some of the cut lines are furniture, which reading leaves out.
        if isinstance(document, Document) and document.text == plain:
            assert [fact.to_dict() for fact in newsfacts.extract_document(document)] == read_facts(plain)


def write(form: str, document: Document, facts: Sequence[Fact]) -> str:
    writer, stream = FORMATS[form], io.StringIO()
    assert not isinstance(writer, File)
    write_text(writer, [(document, facts)], stream)
    return stream.getvalue().encode().decode()


@given(texts().map(mend))
def test_every_format_reads_back(text: str) -> None:
    document, facts = Document(text, source="a\nb"), newsfacts.extract(text)
    head = {"source": "a\nb", "title": None, "published": None}
    lines = write("jsonl", document, facts).splitlines()
    assert [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines] == [
        head | fact.to_dict() for fact in facts
    ]
    [record] = json.loads(write("json", document, facts))
    assert (record["text"], len(record["facts"])) == (text, len(facts))
    rows = list(csv.DictReader(io.StringIO(write("csv", document, facts), newline="")))
    assert [row["value"] and Decimal(row["value"]) for row in rows] == [
        "" if fact.value is None else fact.value for fact in facts
    ]


@given(texts())
def test_a_table_holds_no_control_character(text: str) -> None:
    shown = write("table", Document(text, title=text, source=text), newsfacts.extract(text))
    assert not [
        character for character in shown if (character < " " and character != "\n") or "\x7f" <= character < "\xa0"
    ]
