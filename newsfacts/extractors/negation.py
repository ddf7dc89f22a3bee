"""Denial: the word that says that a figure is not so (没有一家, 未造成3人死亡)."""

import re

from newsfacts.extractors.cues import any_of
from newsfacts.extractors.status import TABLE, listed
from newsfacts.model import Figure, Found, Sentence

_NEGATORS = frozenset(listed("negator"))
_NEGATOR = re.compile(
    rf"(?<![{TABLE['negator'][0]['not_after']}])(?>{any_of(_NEGATORS)})(?![{TABLE['negator'][0]['not_before']}])"
)
_DENIAL = re.compile(any_of(_NEGATORS))
"""Where a negator may be; unlike `_NEGATOR` it begins with a character that a scan can look for."""
_BARRIER = re.compile(any_of(listed("barrier")))
_DENIED = 9
"""A negator and the figure it denies are at most this far apart."""


def read_negations(shadow: str, sentence: Sentence, figures: list[Figure]) -> list[Found | None]:
    """For each figure of a sentence the word that denies it (没有一家), as `Found(True, span)`, or None.

    >>> from newsfacts.extractors.figures import find_figures
    >>> shadow = "事故未造成3人死亡，未来3年将投资5亿元。"
    >>> figures = find_figures(shadow)
    >>> [found and shadow[slice(*found.span)] for found in read_negations(shadow, Sentence(0, 22, True), figures)]
    ['未', None, None]
    """
    found: list[Found | None] = [None] * len(figures)
    if (
        not figures
        or _DENIAL.search(shadow, max(sentence.start, figures[0].start - _DENIED), figures[-1].start) is None
    ):
        return found
    at = sentence.start
    for index, figure in enumerate(figures):
        found[index] = _read_negation(shadow, max(at, figure.start - _DENIED), figure.start)
        at = figure.end
    return found


def _read_negation(shadow: str, at: int, end: int) -> Found | None:
    last = None
    for match in _NEGATOR.finditer(shadow, at, end):
        last = match
    if last is None or _BARRIER.search(shadow, last.end(), end):
        return None
    return Found(True, last.span())
