"""How each figure of a text came about: its rule, its lexicon row, the words behind it; and why others are none."""

import os
from collections.abc import Iterable, Iterator
from typing import TextIO

from newsfacts.cli.batch import read_all
from newsfacts.cli.options import Extract
from newsfacts.cli.report import Report
from newsfacts.document.article import Reading
from newsfacts.document.fold import fold
from newsfacts.document.invisible import without_invisible
from newsfacts.document.source import Options
from newsfacts.engines.pieces import STDIN
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.places import local_currency
from newsfacts.model import Document, Fact, Figure, Refusal
from newsfacts.output.encode import plain
from newsfacts.output.reading import read_amount, read_change
from newsfacts.output.visible import visible

_AROUND = 4


def find_readings(source: str, options: Options, report: Report) -> Iterator[Reading]:
    """The articles of a file that exists under this name, or else the argument itself as one."""
    if source == STDIN or os.path.exists(source):  # noqa: PTH110  # Path.exists raises for a text that is too long
        return read_all([source], options, report)
    return iter([Reading(Document(source, published=options.date))])


def write(readings: Iterable[Reading], extract: Extract, stream: TextIO) -> None:
    """Write the account of each article's figures."""
    for reading in readings:
        if reading.document.source:
            stream.write(visible(reading.document.source) + "\n")
        stream.writelines(visible(line) + "\n" for line in explain(reading.document, extract))


def explain(document: Document, extract: Extract) -> Iterator[str]:
    """The account of a document's figures and refused candidates, in the order of the text, a line at a time."""
    refused: list[Refusal] = []
    seen = without_invisible(document)
    shadow = fold(seen.document.text)
    found = find_figures(shadow, local_currency(seen.document.text, shadow), refused)
    figures = {seen.span((figure.start, figure.end)): figure for figure in found}
    refused = [Refusal(*seen.span((refusal.start, refusal.end)), refusal.reason) for refusal in refused]
    facts = extract(document)
    read = {fact.start for fact in facts}  # a number that is none in running text may be one in its table
    items: list[Fact | Refusal] = [*facts, *(refusal for refusal in refused if refusal.start not in read)]
    for item in sorted(items, key=lambda item: item.start):
        if isinstance(item, Refusal):
            yield f"{_place(document, item)}  refused: {item.reason}  (in {_around(document, item)})"
        else:
            yield from _explain_fact(document, item, figures.get((item.start, item.end)))


def _place(document: Document, found: Fact | Refusal) -> str:
    return f"{document.text[found.start : found.end]}  [{found.start}:{found.end}]"


def _around(document: Document, item: Refusal) -> str:
    """The candidate with a few characters of its line on either side."""
    before = document.text[max(0, item.start - _AROUND) : item.start].rpartition("\n")[2]
    after = document.text[item.end : item.end + _AROUND].partition("\n")[0]
    return f"{before}{document.text[item.start : item.end]}{after}"


def _explain_fact(document: Document, fact: Fact, figure: Figure | None) -> Iterator[str]:
    yield f"{_place(document, fact)}  {fact.kind}  {fact.bound} {read_amount(fact, raw=True)}"
    yield from _line("rule", figure.rule if figure else "cell of a table")
    yield from _line("lexicon", figure.row if figure else None)
    says = {
        "bound": fact.bound.value,
        "unit": fact.unit,
        "metric": fact.metric,
        "subject": fact.subject,
        "change": read_change(fact),
        "basis": fact.change and fact.change.basis,
        "period": fact.period and (fact.period.iso or "not resolved"),
        "per": fact.per and f"{plain(fact.per.value)} {fact.per.unit}",
        "status": fact.status.value,
        "negated": "yes" if fact.negated else None,
    }
    for name, words in fact.evidence.items():
        yield from _line(name, f"{says.get(name)}  ({document.text[slice(*words)]} [{words[0]}:{words[1]}])")


def _line(name: str, text: str | None) -> Iterator[str]:
    if text:
        yield f"    {name:<8} {text}"
