"""Whose figure it is: metric and subject of every figure, sentence after sentence.

The words around the figure may name the owner of its metric (metrics.py). Else the clause's topic is the subject, else
that of the figure before, else a name of the same sentence, else the document goes on with the name it spoke of last.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from os import PathLike, fspath
from typing import NamedTuple

from newsfacts.document.words import Segmenter, load_segmenter
from newsfacts.extractors.changes import FoundChange
from newsfacts.extractors.links.discourse import Discourse
from newsfacts.extractors.links.groups import GENERIC, left_group, split_group
from newsfacts.extractors.links.metrics import Metric, read_metric
from newsfacts.extractors.links.names import learn_names
from newsfacts.extractors.links.parallels import Pair, find_pairs
from newsfacts.extractors.links.phrases import Line, Mask, Range, read_line
from newsfacts.extractors.links.topics import Topic, find_topics, is_plain, is_proper
from newsfacts.extractors.links.wordclasses import agencies, countries, word_classes, words_of
from newsfacts.model import Figure, Found, Kind, Sentence, Span


class Link(NamedTuple):
    """The words of a figure's metric and subject, in document offsets; None where the text does not say."""

    metric: Span | None
    subject: Span | None


class _State(NamedTuple):
    """A link, and whether its subject is a name that later sentences may go on with."""

    metric: Span | None
    subject: Span | None
    named: bool


_DATELINE = re.compile(
    r"""
    \([^()]{2,30}[电讯摄]\)
    | [^,。;:]{0,20}?\d{1,2}\s*月\s*\d{1,2}\s*日(?:电|讯|消息|丨|\s*-+|(?=\())\s*(?:\([^)]*\))?[,，]?
    | 本报[^\s]{0,6}?讯
    | [^,。;:\s]{0,20}(?:报道|电)\s
    """,
    re.VERBOSE,
)
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
        self._names = learn_names(shadow, title_end or 0, self._segmenter.knows, word_classes().words)
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
            links += _Reader(self._discourse, line, own).read()
        return links

    def _begin(self, sentence: Sentence, before: int) -> int:
        """Where a sentence begins to speak: behind its dateline."""
        if not sentence.opens:
            return min(sentence.start, before)
        dateline = _DATELINE.match(self._shadow, sentence.start, min(before, sentence.start + _DATELINE_REACH))
        return dateline.end() if dateline else min(sentence.start, before)

    def _is_place(self, name: str) -> bool:
        """Whether a name is a place's, but no country's."""
        return name not in countries() and all(tag == "ns" for _, tag in self._segmenter.tag(name))

    def _glance(self, sentence: Sentence) -> Span | None:
        begin = self._begin(sentence, sentence.end)
        line = read_line(self._shadow, begin, min(sentence.end, begin + _GLANCE), [], self._segmenter, self._names)
        if (person := line.code.find("P")) >= 0:
            self._discourse.person = line.span((person, person + 1))
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
    told.update((*rate.span, "b") for rate in rates if rate and shadow[rate.span[0]] in "每/")
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


_NAME_BACK = re.compile(r"h*O+E*(?![OE])(?![nwahDPOEgtkQxz]*p)")  # not 与|巨子|青岚
_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.DURATION))
_QUANTITY = frozenset("nNQg")
_NOUNS = frozenset("nNwkgQ")
_VERBAL = frozenset("vwb")
_PRICED_NEXT = frozenset("nwav")
_DOES = re.compile(r"[dTubmpRiVv=^]*")


class _Reader:
    """Links the figures of one line, in order."""

    def __init__(self, discourse: Discourse, line: Line, figures: Sequence[Figure]) -> None:
        self._discourse = discourse
        self._line = line
        self._figures = figures
        self._states: list[_State] = []
        self._pairs: dict[int, Pair] = {}

    @cached_property
    def _topics(self) -> list[Topic]:
        return find_topics(self._line)

    def read(self) -> list[Link]:
        """The links of all figures."""
        for k in range(len(self._figures)):
            if "Z" in self._line.code and k not in self._pairs:
                self._pairs |= find_pairs(self._line, self._figures, k, lambda n: self._states[n].metric)
            state = self._pair(k) or self._link(k)
            if state.subject == state.metric:
                state = state._replace(subject=None)  # 家庭达3万户: what is counted has no owner
            self._states.append(state)
            if state.subject and state.named:
                self._discourse.name(state.subject)
        self._discourse.metric = self._states[-1].metric
        if (person := self._line.code.rfind("P")) >= 0:
            self._discourse.person = self._line.span((person, person + 1))
        return [Link(state.metric, state.subject) for state in self._states]

    def _pair(self, k: int) -> _State | None:
        """A figure of a parallel series."""
        pair = self._pairs.get(k)
        if pair is None:
            return None
        if pair.like is not None:
            return self._states[pair.like]
        metric = Metric(pair.metric, before=self._line.figures[k])
        words = self._line.span(pair.metric) or self._carried(k, metric)
        if pair.owner:
            return _State(words, self._resolve(pair.owner), is_proper(self._line, pair.owner))
        subject, named = self._subject(k, metric)
        return _State(words, subject, named)

    def _link(self, k: int) -> _State:
        metric = read_metric(self._line, self._figures, k)
        previous = self._states[-1] if self._states else None
        if metric.series and previous:
            return previous
        words = self._words(k, metric, previous)
        if metric.words and previous and self._is_next_price(metric, metric.words, previous):
            return _State(None, words, previous.named)
        if metric.aside:
            return _State(words, self._follower(k), False)
        if metric.owner:
            topic = None if metric.named else self._named_topic(metric)
            if topic:
                return _State(words, self._line.span(topic), True)
            return _State(words, self._resolve(metric.owner), is_proper(self._line, metric.owner))
        subject, named = self._subject(k, metric)
        if subject is None and self._figures[k].kind is Kind.DURATION:
            subject = self._follower(k)
        return _State(words, subject, named)

    def _is_next_price(self, metric: Metric, words: Range, previous: _State) -> bool:
        """Whether among named prices one more is named by a noun: 台积电涨1%,远山涨2%."""
        priced = previous.subject is not None and previous.metric is None
        return priced and metric.changed and not metric.owner and set(self._line.letters(words)) <= _PRICED_NEXT

    def _words(self, k: int, metric: Metric, previous: _State | None) -> Span | None:
        """The metric's words: its own, or those it carries on."""
        if metric.carried:
            alone = all(figure.kind is Kind.DURATION for figure in self._figures[:k])
            return self._carried(k, metric) or (self._discourse.metric if metric.rate and alone else None)
        words = self._line.span(metric.words)
        if metric.whole:
            return self._part(metric) or words
        if (
            words
            and metric.words
            and previous
            and previous.metric
            and set(self._line.letters(metric.words)) <= set("vwb")
        ):
            shadow = self._line.shadow
            if not set(shadow[slice(*words)]).isdisjoint(shadow[slice(*previous.metric)]):
                return previous.metric  # 销量20万辆;累计销售70万辆
        return words

    def _part(self, metric: Metric) -> Span | None:
        """The quantity whose share of a whole is told: 司机收入|占车费的七成, 收入10亿元,占总收入的38%."""
        since = self._line.figures[len(self._states) - 1] if self._states else -1
        topic = next((topic for topic in reversed(self._topics) if since < topic.start < metric.before), None)
        if topic is None:
            return self._states[-1].metric if self._states else None
        names_quantity = topic.metric and self._line.code[topic.metric[1] - 1] == "N"
        return self._line.span(topic.metric) if names_quantity else None

    def _carried(self, k: int, metric: Metric) -> Span | None:
        """The metric before: of a newer topic, of the figure before, or of a clause that has no figure."""
        line, since = self._line, self._line.figures[k - 1] if k else -1
        for topic in reversed(self._topics):
            fits = since < topic.start < metric.before and not topic.speaks
            names = _QUANTITY if k == 0 else _NOUNS
            if fits and topic.metric and not names.isdisjoint(line.letters(topic.metric)):
                return line.span(topic.metric)
        for state, figure in zip(reversed(self._states), reversed(self._figures[: len(self._states)]), strict=True):
            if figure.kind is not Kind.DURATION:
                return state.metric
        quantity = line.code.rfind("N", 0, metric.before)
        group = left_group(line, quantity + 1)[1] if quantity >= 0 else (0, 0)
        parts = split_group(line, group) if group[0] < group[1] else None
        return line.span(parts.metric) if parts else None

    def _subject(self, k: int, metric: Metric) -> tuple[Span | None, bool]:
        """Whose figure it is when its own group does not say, and whether that is a name to go on with."""
        previous = self._states[-1] if self._states and self._states[-1].subject else None
        since = self._line.figures[k - 1] if previous else -1
        topics = [topic.until(metric.before) for topic in self._topics if since <= topic.start < metric.before]
        if topic := next((topic for topic in reversed(topics) if self._owns(topic, metric)), None):
            owner = self._acting(topic, metric) or topic.owner or topic.metric or (topic.start, topic.end)
            return self._resolve(owner), topic.owner is not None and is_proper(self._line, owner)
        if previous:
            return previous.subject, previous.named
        return self._subject_elsewhere(
            k, metric, next((t for t in reversed(topics) if t.owner and self._speaks(t)), None)
        )

    def _subject_elsewhere(self, k: int, metric: Metric, speaker: Topic | None) -> tuple[Span | None, bool]:
        line = self._line
        spoken = speaker.owner if speaker else None
        if spoken and (country := agencies().match(line.shadow[line.starts[spoken[0]] : line.ends[spoken[1] - 1]])):
            start = line.starts[spoken[0]]
            return (start, start + country.end(1)), True  # 美国|劳工部公布: the country's figure
        if name := self._last_name(metric.before):
            return line.span(name), True
        if speaker and spoken and self._decides(speaker):
            return self._resolve(spoken), True
        if (topic := self._shown_topic(metric)) is not None:
            return line.span(topic.metric), False
        theme = self._discourse.theme
        if theme and self._wants_owner(k, metric):
            return theme, True
        for topic in reversed(self._topics):
            if topic.end < metric.before and is_plain(line, topic) and not self._speaks(topic) and topic.verb != ",":
                return line.span(topic.metric), False
        if spoken and line.code[spoken[0]] != "P":
            return self._resolve(spoken), True
        return None, False

    def _owns(self, topic: Topic, metric: Metric) -> bool:
        """Whether a topic may be the subject: a name that does not merely speak, or the noun that does it."""
        line = self._line
        between = line.code[topic.end : metric.before]
        if topic.owner:
            person = line.code[topic.owner[0]] == "P" and not metric.agent and not set(",;:").isdisjoint(between)
            return not self._speaks(topic) and not person
        return bool(metric.agent and is_plain(line, topic) and topic.verb in "VvF=" and _DOES.fullmatch(between))

    def _speaks(self, topic: Topic) -> bool:
        quoted = topic.verb == ":" and topic.owner is not None and self._line.code[topic.owner[0]] == "P"
        return topic.speaks or quoted

    def _acting(self, topic: Topic, metric: Metric) -> Range | None:
        """The whole group that does something: 南湾|航天员|完成两项任务 is not the place's doing."""
        line = self._line
        if not (metric.agent and topic.owner and topic.metric) or set(line.letters(topic.owner)) != {"E"}:
            return None
        acts = line.code[topic.metric[1] - 1] in "nghko" and topic.verb in "Vv" and topic.verb != ""
        return (topic.owner[0], topic.metric[1]) if acts and topic.owner[1] == topic.metric[0] else None

    def _follower(self, k: int) -> Span | None:
        """Who the clause behind a length of time is about: 半年后,远山集团..., 过去一年里青岚..."""
        line, at = self._line, self._line.figures[k]
        topic = next((topic for topic in self._topics if topic.start > at), None)
        if topic is None or topic.owner is None or "x" in line.letters(topic.owner):
            return None
        return line.span(topic.owner) if is_proper(line, topic.owner) else None

    def _wants_owner(self, k: int, metric: Metric) -> bool:
        """Whether a figure is of somebody the document spoke of before: a quantity's, or what an unnamed one does.

        Things that are just counted, lengths and times are nobody's: 三名航天员返回, 一段11公里的行程.
        """
        line = self._line
        if self._figures[k].kind not in _COUNTED or metric.carried:
            return True
        at = line.figures[k]
        if metric.words and (line.code[metric.words[1] - 1] in "Nr" or metric.words[1] <= at):
            return True
        clause = max(line.code.rfind(mark, 0, metric.before) for mark in ",;:SU") + 1
        return line.code[at - 1 : at] != "D" and not set("Vv").isdisjoint(line.code[clause:at])

    def _shown_topic(self, metric: Metric) -> Topic | None:
        """A thing that the sentence has pointed at: 这只幼猫上月出生,体重75克."""
        line = self._line
        shown = (topic for topic in reversed(self._topics) if topic.end < metric.before and is_plain(line, topic))
        return next((topic for topic in shown if line.code[topic.start - 1 : topic.start] == "R"), None)

    def _decides(self, speaker: Topic) -> bool:
        """Whether who speaks tells what it does itself (远山集团宣布,将投资3亿元) and not what others do."""
        line, verb = self._line, self._line.code.find("U", speaker.end)
        return verb >= 0 and line.word(verb) == "宣布" and line.code[speaker.start] != "P"

    def _named_topic(self, metric: Metric) -> Range | None:
        """A name that opens a clause before owns more surely than a noun does: 失业补贴的总人数 is the country's.

        One that merely speaks comes second, and only a company's.
        """
        line = self._line
        topics = [topic for topic in reversed(self._topics) if topic.owner and topic.end <= metric.before]
        for speaks, letters in ((False, "OEl"), (True, "O")):
            for topic in topics:
                if topic.speaks is speaks and topic.owner and not set(letters).isdisjoint(line.letters(topic.owner)):
                    return topic.owner
        return None

    def _last_name(self, before: int) -> Range | None:
        """The last name before a word, behind the last verb of speech."""
        count = len(self._line.code)
        said = max(self._line.code.rfind(speech, 0, before) for speech in "SU") + 1
        name = _NAME_BACK.search(self._line.back, count - before, count - said)
        return (count - name.end(), count - name.start()) if name else None

    def _resolve(self, words: Range) -> Span | None:
        """The owner's words; for 该公司, 其, 全市 and the like the name that they stand for."""
        line, (i, j) = self._line, words
        if not self._stands_for_name(i, j):
            return line.span(words)
        if line.shadow[line.starts[i]] in "他她":
            nearest = line.code.rfind("P", 0, i)
            return (
                line.span((nearest, nearest + 1)) if nearest >= 0 else self._discourse.person or self._discourse.focus
            )
        for topic in reversed(self._topics):
            if (
                topic.owner
                and topic.end <= i
                and line.code[topic.owner[0]] not in "xP"
                and is_proper(line, topic.owner)
            ):
                return line.span(topic.owner)
        if self._states and self._states[-1].subject:
            return self._states[-1].subject
        return self._discourse.focus or (line.span(words) if j - i > 1 else None)

    def _stands_for_name(self, i: int, j: int) -> bool:
        line = self._line
        if line.code[i] == "x":
            return True
        word = line.word(i) if j - i == 1 else ""
        if word in GENERIC:
            return line.code[max(i - 1, 0) : i] not in set("vnwahg")
        return word in words_of("whole_area")
