"""The pipeline: from a Document to its Facts, stage by stage.

fold → sentences → figures → facts. Each stage is a plain function on plain data; this file holds their order.
"""

from newsfacts.document.fold import fold
from newsfacts.document.sentences import split_sentences
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.places import local_currency
from newsfacts.model import Document, Fact, Figure, Sentence, Status


def extract_document(document: Document) -> list[Fact]:
    """All facts of a document in the order of the text.

    >>> [fact.text for fact in extract_document(Document("门店增至300家，同比增长12%。"))]
    ['300家', '12%']
    """
    text = document.text
    shadow = fold(text)
    figures = find_figures(shadow, local_currency(text, shadow))
    facts: list[Fact] = []
    for sentence, own in _group(split_sentences(shadow), figures):
        facts += [_fact(text, sentence, figure) for figure in own]
    return facts


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


def _fact(text: str, sentence: Sentence, figure: Figure) -> Fact:
    evidence = {"bound": figure.bound_span} if figure.bound_span else {}
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
        change=None,
        period=None,
        per=None,
        status=Status.ACTUAL,
        negated=False,
        sentence=text[sentence.start : sentence.end],
        evidence=evidence,
    )
