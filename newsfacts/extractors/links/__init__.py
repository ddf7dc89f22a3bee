"""Whose figure it is: metric and subject of every figure, sentence after sentence.

A sentence becomes a line of word classes (phrases.py), reader.py reads its figures in order, and discourse.py remembers
from sentence to sentence what the document speaks of.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from os import PathLike, fspath

from newsfacts.document.words import Segmenter, load_segmenter
from newsfacts.extractors.changes.course import FoundChange
from newsfacts.extractors.links.discourse import Discourse
from newsfacts.extractors.links.names import learn_names
from newsfacts.extractors.links.phrases import Mask, read_line
from newsfacts.extractors.links.reader import Link, Reader
from newsfacts.extractors.links.topics import find_topics, is_proper
from newsfacts.extractors.links.wordclasses import countries, word_classes
from newsfacts.model import Figure, Found, Sentence, Span

_DATELINE = re.compile(
    r"""
    \([^()]{2,30}[电讯摄]\)
    | [^,。;:]{0,20}?\d{1,2}\s*月\s*\d{1,2}\s*日(?:电|讯|消息|丨|\s*-+|(?=\())\s*(?:\([^)]*\))?[,，]?
    | 本报[^\s]{0,6}?讯
    | [^,。;:\s]{0,20}(?:报道|(?<!度)电)\s
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[、.](?!\d)\s*")  # 3、 before an item of news
_DATELINE_REACH = 60
_GLANCE = 60  # characters of a sentence without figures that are looked at
_HEADLINE = 60  # characters of the longest headline
_CLOSED = frozenset("。！？!?」”")
_BEHIND = 48  # characters behind a figure that may tell what it is
_WINDOW = 600  # characters of a sentence that are read at once


class Linker:
    """Reads a document's sentences in order and says of each figure what it measures and of whom.

    `title_end` is where the title ends in the text, `userdict` a dictionary in jieba's format.

    >>> text = "远山集团发布财报。净利润达3亿元，同比增长5%。"
    >>> from newsfacts.document.fold import fold
    >>> from newsfacts.document.sentences import split_sentences
    >>> from newsfacts.extractors.figures import find_figures
    >>> first, second = split_sentences(fold(text))
    >>> linker = Linker(text, fold(text))
    >>> linker.read(first, [])
    []
    >>> links = linker.read(second, find_figures(fold(text)))
    >>> [(text[slice(*link.metric)], text[slice(*link.subject)]) for link in links]
    [('净利润', '远山集团'), ('净利润', '远山集团')]
    """

    def __init__(
        self,
        text: str,
        shadow: str,
        title_end: int | None = None,
        segmenter: str = "rjieba",
        userdict: str | PathLike[str] | None = None,
    ) -> None:
        self._text = text
        self._shadow = shadow
        self._segmenter = _segmenter(segmenter, None if userdict is None else fspath(userdict))
        self._names = learn_names(shadow, title_end or 0, self._segmenter, word_classes().words)
        self._discourse = Discourse(shadow, self._glance, self._is_place)

    def read(
        self,
        sentence: Sentence,
        figures: Sequence[Figure],
        changes: Iterable[FoundChange | None] | None = None,
        periods: Iterable[Found | None] | None = None,
        rates: Iterable[Found | None] | None = None,
    ) -> list[Link]:
        """The links of a sentence's figures, in their order. Call it for every sentence, also for one without figures.

        `changes`, `periods` and `rates` are what other stages found in it: their words are no names of metrics.
        """
        if sentence.opens and _ITEM.match(self._shadow, sentence.start):
            self._discourse.open_item()
        if not figures:
            self._discourse.pass_over(sentence)
            return []
        headline = sentence.end - sentence.start < _HEADLINE and self._shadow[sentence.end - 1] not in _CLOSED
        told = sorted(_told(self._shadow, changes or (), periods or (), rates or ()))
        links: list[Link] = []
        for start, end, own in _windows(self._shadow, sentence, figures):
            spans = [(figure.start, figure.end) for figure in own]
            begin = self._begin(sentence, spans[0][0]) if start == sentence.start else start
            stop = min(end, own[-1].end + _BEHIND)
            line = read_line(self._shadow, begin, stop, spans, self._segmenter, self._names, told, headline)
            links += Reader(self._discourse, line, own).read()
        return links

    def _begin(self, sentence: Sentence, before: int) -> int:
        """Where a sentence begins to speak: behind its dateline."""
        if not sentence.opens:
            return min(sentence.start, before)
        if item := _ITEM.match(self._shadow, sentence.start, before):
            return item.end()
        dateline = _DATELINE.match(self._shadow, sentence.start, min(before, sentence.start + _DATELINE_REACH))
        return dateline.end() if dateline else min(sentence.start, before)

    def _is_place(self, name: str) -> bool:
        """Whether a name is a place's, but no country's."""
        return name not in countries() and all(tag == "ns" for _, tag in self._segmenter.tag(name))

    def _glance(self, sentence: Sentence) -> Span | None:
        begin = self._begin(sentence, sentence.end)
        line = read_line(self._shadow, begin, min(sentence.end, begin + _GLANCE), [], self._segmenter, self._names)
        self._discourse.note_named(line)
        if not is_proper(line, (0, len(line.code))):
            return None
        for topic in find_topics(line):
            owner = topic.owner
            if owner and topic.verb != "S" and "x" not in line.letters(owner) and is_proper(line, owner):
                return line.span(owner)
        return None


@lru_cache(maxsize=8)
def _segmenter(name: str, userdict: str | None) -> Segmenter:
    """A segmenter that keeps our words whole too."""
    classes = word_classes()
    words = tuple((word, "n") for word in {**classes.words, **classes.endings} if len(word) > 1)
    return load_segmenter(name, userdict, words)


def _told(
    shadow: str,
    changes: Iterable[FoundChange | None],
    periods: Iterable[Found | None],
    rates: Iterable[Found | None],
) -> set[Mask]:
    """What other stages have read: verbs of change, times, denominators. A rate of change (跌幅) may be a metric."""
    told: set[Mask] = set()
    for change in changes:
        if change and _RATE_WORDS.isdisjoint(shadow[slice(*change.span)]):
            told.add((*change.span, "^"))
        if change and change.basis_span:
            told.add((*change.basis_span, "u"))
    told.update((*period.span, "T") for period in periods if period)
    told.update((*rate.span, "b") for rate in rates if rate and shadow[slice(*rate.span)].lstrip()[0] in "每/")
    return told


_RATE_WORDS = frozenset("幅率速")
_PAUSE = re.compile(r"[,，;；:、]")


def _windows(shadow: str, sentence: Sentence, figures: Sequence[Figure]) -> Iterable[tuple[int, int, Sequence[Figure]]]:
    """A long sentence in pieces that end at a pause, those with figures only: reading stays linear."""
    start, end = min(sentence.start, figures[0].start), max(sentence.end, figures[-1].end)
    if end - start <= _WINDOW:
        yield start, end, figures
        return
    k = 0
    while start < end and k < len(figures):
        stop = _stop(shadow, start, end, figures[k:])
        own = k
        while own < len(figures) and figures[own].start < stop:
            own += 1
        if own > k:
            yield start, stop, figures[k:own]
        k, start = own, stop


def _stop(shadow: str, start: int, end: int, figures: Sequence[Figure]) -> int:
    """Where the piece that begins at `start` ends: at its last pause if it has one, and in no figure."""
    if end - start <= _WINDOW:
        return end
    stop = start + _WINDOW
    pauses = [match.end() for match in _PAUSE.finditer(shadow, start + _WINDOW // 2, stop)]
    stop = pauses[-1] if pauses else stop
    for figure in figures:
        if figure.start < stop < figure.end:
            return figure.end
        if figure.start >= stop:
            break
    return stop
