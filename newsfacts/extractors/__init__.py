"""The pipeline: from a Document to its Facts, stage by stage.

fold → sentences → figures → facts. Each stage is a plain function on plain data; this file holds their order.
"""

from os import PathLike
from typing import NamedTuple

from newsfacts.document.fold import fold
from newsfacts.document.invisible import without_invisible
from newsfacts.document.sentences import split_sentences
from newsfacts.extractors.changes import read_changes
from newsfacts.extractors.changes.course import FoundChange
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.links import Linker
from newsfacts.extractors.links.reader import Link
from newsfacts.extractors.negation import read_negations
from newsfacts.extractors.periods import Timeline
from newsfacts.extractors.places import local_currency
from newsfacts.extractors.rates import read_rates
from newsfacts.extractors.status import read_statuses
from newsfacts.extractors.tables import link_cells, read_tables
from newsfacts.model import Document, Fact, Figure, Found, Sentence, Span, Status


class Attributes(NamedTuple):
    """What the stages found about one figure, each with its words."""

    change: FoundChange | None
    period: Found | None
    per: Found | None
    status: Found | None
    negated: Found | None
    links: Link


def extract_document(
    document: Document, *, segmenter: str = "rjieba", userdict: str | PathLike[str] | None = None
) -> list[Fact]:
    """All facts of a document in the order of the text.

    `segmenter` is `rjieba` or `jieba`; `userdict` names a dictionary in jieba's format for either.

    >>> [fact.text for fact in extract_document(Document("门店增至300家，同比增长12%。"))]
    ['300家', '12%']
    """
    seen = without_invisible(document)
    facts = _extract(seen.document, segmenter, userdict)
    return facts if seen.document is document else [seen.lay_back(fact, document.text) for fact in facts]


def _extract(document: Document, segmenter: str, userdict: str | PathLike[str] | None) -> list[Fact]:
    text = document.text
    shadow = fold(text)
    currency = local_currency(text, shadow)
    figures, cells, heads = read_tables(document, shadow, find_figures(shadow, currency), currency)
    if not figures:
        return []
    timeline = Timeline(document.published)
    linker = Linker(text, shadow, _title_end(document), segmenter, userdict)
    facts: list[Fact] = []
    for sentence, own in _group(split_sentences(shadow), figures):
        periods = timeline.read(shadow, text, sentence, own)
        changes = read_changes(shadow, sentence, own, text) if own else []
        rates = read_rates(shadow, sentence, own) if own else []
        links = linker.read(sentence, own, changes, periods, rates) if own or sentence.start not in heads else []
        if not own:
            continue
        statuses = read_statuses(shadow, sentence, own)
        negations = read_negations(shadow, sentence, own)
        found = map(Attributes, changes, periods, rates, statuses, negations, links)
        words = text[sentence.start : sentence.end]
        facts += [_fact(text, words, figure, attributes) for figure, attributes in zip(own, found, strict=True)]
    return link_cells(text, facts, cells)


def _title_end(document: Document) -> int:
    """Where the title ends in the text; 0 when the text has none."""
    title = document.title
    return len(title) if title and document.text.startswith(title) else 0


def _group(sentences: list[Sentence], figures: list[Figure]) -> list[tuple[Sentence, list[Figure]]]:
    """Each sentence with its figures; a figure that reaches over a sentence's end belongs where it begins."""
    groups: list[tuple[Sentence, list[Figure]]] = []
    at = 0
    for sentence in sentences:
        own = []
        while at < len(figures) and figures[at].start < sentence.end:
            own.append(figures[at])
            at += 1
        groups.append((sentence, own))
    return groups


def _fact(text: str, sentence: str, figure: Figure, found: Attributes) -> Fact:
    """The fact of a figure and of what was found about it."""
    change, period, per, status, _, (metric, subject) = found
    return Fact(
        start=figure.start,
        end=figure.end,
        text=text[figure.start : figure.end],
        kind=figure.kind,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        unit=figure.unit,
        parts=figure.parts,
        metric=metric and text[slice(*metric)],
        subject=subject and text[slice(*subject)],
        change=change and change.change,
        period=period and period.value,
        per=per and per.value,
        status=status.value if status else Status.ACTUAL,
        negated=found.negated is not None,
        sentence=sentence,
        evidence=_evidence(figure, found),
    )


def _evidence(figure: Figure, found: Attributes) -> dict[str, Span]:
    """The spans of the words that told each field."""
    spans = {
        "bound": figure.bound_span,
        "metric": found.links.metric,
        "subject": found.links.subject,
        "change": found.change and found.change.span,
        "basis": found.change and found.change.basis_span,
        "period": found.period and found.period.span,
        "per": found.per and found.per.span,
        "status": found.status and found.status.span,
        "negated": found.negated and found.negated.span,
    }
    return {name: span for name, span in spans.items() if span}
