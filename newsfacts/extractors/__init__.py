"""The pipeline: from a Document to its Facts, stage by stage.

fold → sentences → figures → facts. Each stage is a plain function on plain data; this file holds their order.
"""

from typing import NamedTuple

from newsfacts.document.fold import fold
from newsfacts.document.sentences import split_sentences
from newsfacts.extractors.changes import FoundChange, read_changes
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.periods import Timeline
from newsfacts.extractors.places import local_currency
from newsfacts.extractors.rates import read_rates
from newsfacts.extractors.status import read_negations, read_statuses
from newsfacts.model import Document, Fact, Figure, Found, Sentence, Span, Status


class Attributes(NamedTuple):
    """What the stages found about one figure, each with its words."""

    period: Found | None
    per: Found | None
    status: Found | None
    negated: Found | None


def extract_document(document: Document) -> list[Fact]:
    """All facts of a document in the order of the text.

    >>> [fact.text for fact in extract_document(Document("门店增至300家，同比增长12%。"))]
    ['300家', '12%']
    """
    text = document.text
    shadow = fold(text)
    figures = find_figures(shadow, local_currency(text, shadow))
    if not figures:
        return []
    timeline = Timeline(document.published)
    facts: list[Fact] = []
    for sentence, own in _group(split_sentences(shadow), figures):
        periods = timeline.read(shadow, text, sentence, own)
        if own:
            facts += _read_sentence(text, shadow, sentence, own, periods)
    return facts


def _read_sentence(
    text: str, shadow: str, sentence: Sentence, figures: list[Figure], periods: list[Found | None]
) -> list[Fact]:
    """The facts of one sentence."""
    changes = read_changes(shadow, sentence, figures, text)
    rates = read_rates(shadow, sentence, figures)
    statuses = read_statuses(shadow, sentence, figures)
    negations = read_negations(shadow, sentence, figures)
    words = text[sentence.start : sentence.end]
    return [
        _fact(text, words, figure, change, Attributes(period, per, status, negated))
        for figure, change, period, per, status, negated in zip(
            figures, changes, periods, rates, statuses, negations, strict=True
        )
    ]


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


def _fact(text: str, sentence: str, figure: Figure, change: FoundChange | None, found: Attributes) -> Fact:
    """The fact of a figure and of what was found about it, with the spans of the words that told it."""
    evidence: dict[str, Span] = {}
    if figure.bound_span:
        evidence["bound"] = figure.bound_span
    if change:
        evidence["change"] = change.span
        if change.basis_span:
            evidence["basis"] = change.basis_span
    for name, attribute in found._asdict().items():
        if attribute:
            evidence[name] = attribute.span
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
        metric=None,
        subject=None,
        change=change and change.change,
        period=found.period and found.period.value,
        per=found.per and found.per.value,
        status=found.status.value if found.status else Status.ACTUAL,
        negated=found.negated is not None,
        sentence=sentence,
        evidence=evidence,
    )
