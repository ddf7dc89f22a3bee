"""The figures of one line in order: what each measures, and whose it is.

The words around the figure may name the owner of its metric (metrics.py). Else the clause's topic is the subject, else
that of the figure before, else a name of the same sentence, else the document goes on with the name it spoke of last.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from newsfacts.extractors.links.anaphora import resolve
from newsfacts.extractors.links.discourse import Discourse
from newsfacts.extractors.links.doers import acts_itself, find_doer, holder_within, is_holder, own_noun, tells_size
from newsfacts.extractors.links.groups import left_group, split_group
from newsfacts.extractors.links.measured import Metric
from newsfacts.extractors.links.metrics import read_metric
from newsfacts.extractors.links.parallels import Pair, find_pairs, resume_pairs
from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.topics import Topic, find_topics, is_plain, is_proper
from newsfacts.extractors.links.wordclasses import agencies, countries, press, reporters, words_of
from newsfacts.model import Figure, Kind, Span


class Link(NamedTuple):
    """The words of a figure's metric and subject, in document offsets; None where the text does not say."""

    metric: Span | None
    subject: Span | None


class State(NamedTuple):
    """A link; whether later sentences may go on with its subject as a name, and whether not even its clause does."""

    metric: Span | None
    subject: Span | None
    named: bool
    passing: bool = False


_NAME_BACK = re.compile(r"h*O+E*(?![OE])(?![nwahDPOEgtkQxz]*p)")  # not 与|巨子|青岚
_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.DURATION))
_QUANTITIES = frozenset("NQ")
_THINGS = frozenset("NwkQng")
_GOODS = re.compile(r"[dTbmf]*,(?:[vn]V)?(?P<goods>[nwahgkOQx]+)u?[VvU]")  # backwards from a price
_PAUSES = frozenset(",;:")
_VERBAL = frozenset("vwb")
_PRICED_NEXT = frozenset("nwav")
_DOES = re.compile(r"[dTubmpRiVv=^]*")


class Reader:
    """Links the figures of one line, in order."""

    def __init__(self, discourse: Discourse, line: Line, figures: Sequence[Figure]) -> None:
        self._discourse = discourse
        self._line = line
        self._figures = figures
        self._states: list[State] = []
        self._found_topics: list[Topic] | None = None
        self._pairs: dict[int, Pair] = {}

    @property
    def _topics(self) -> list[Topic]:
        """The topics of the line, looked for once; a `cached_property` would do, but compiled it caches nothing."""
        if self._found_topics is None:
            self._found_topics = find_topics(self._line)
        return self._found_topics

    def read(self) -> list[Link]:
        """The links of all figures."""
        for k in range(len(self._figures)):
            if "Z" in self._line.code and k not in self._pairs:
                self._pairs |= find_pairs(
                    self._line, self._figures, k, lambda n: self._states[n].metric
                ) or resume_pairs(self._line, self._pairs, k)
            state = self._pair(k) or self._link(k)
            if state.metric is None:
                state = state._replace(metric=own_noun(self._line, self._figures[k]))
            if state.subject == state.metric or acts_itself(self._line, self._figures[k], self._line.figures[k]):
                state = state._replace(subject=None)  # 家庭达3万户: what is counted has no owner
            if state.subject and (country := reporters().get(self._line.shadow[slice(*state.subject)])):
                state = state._replace(subject=self._discourse.find_country(country))
            self._states.append(state)
            if state.subject and state.named:
                self._discourse.name(state.subject)
        self._discourse.metric = self._states[-1].metric
        self._discourse.note_named(self._line)
        return [Link(state.metric, state.subject) for state in self._states]

    def _pair(self, k: int) -> State | None:
        """A figure of a parallel series."""
        pair = self._pairs.get(k)
        if pair is None:
            return None
        if pair.like is not None:
            return self._states[pair.like]
        metric = Metric(pair.metric, before=self._line.figures[k])
        words = self._line.span(pair.metric) or self._carried(k, metric)
        if pair.owner:
            return State(words, self._resolve(pair.owner), is_proper(self._line, pair.owner))
        subject, named = self._subject(k, metric)
        return State(words, subject, named)

    def _link(self, k: int) -> State:
        metric = read_metric(self._line, self._figures, k)
        previous = self._states[-1] if self._states else None
        if metric.series and previous:
            return previous
        if metric.part:
            return self._whole_of(k)
        words = self._words(k, metric, previous)
        if metric.words and previous and self._is_next_price(metric, metric.words, previous):
            return State(None, words, previous.named)
        if metric.aside:
            return State(words, self._follower(k) if self._figures[k].kind is Kind.DURATION else None, False)
        if metric.owner:
            counted = self._line.code[metric.owner[0]] == "F"  # 33城|均价
            topic = None if metric.named or counted else self._named_topic(metric)
            if topic:
                return State(words, self._line.span(topic), True)
            if company := self._reaching(k, metric.owner):
                return State(words, company, True)
            if metric.agent and (actor := self._acting_there(metric.owner)):
                return State(words, self._resolve(actor), True)
            proper = is_proper(self._line, metric.owner)
            passing = metric.passing or self._is_each(metric.owner)
            return State(words, self._resolve(metric.owner), proper, passing)
        if goods := self._goods_before(metric):
            return State(words, self._line.span(goods), False)
        subject, named = self._subject(k, metric)
        if subject is None and self._figures[k].kind is Kind.DURATION:
            subject = self._follower(k)
        return State(words, subject, named)

    def _whole_of(self, k: int) -> State:
        """The link of the things that figure k counts some of."""
        unit = self._figures[k].unit
        whole = next(n for n in reversed(range(k)) if self._figures[n].unit == unit)
        return self._states[whole]

    def _is_next_price(self, metric: Metric, words: Range, previous: State) -> bool:
        """Whether among named prices one more is named by a noun: 台积电涨1%,远山涨2%."""
        priced = previous.subject is not None and previous.metric is None
        return priced and metric.changed and not metric.owner and set(self._line.letters(words)) <= _PRICED_NEXT

    def _words(self, k: int, metric: Metric, previous: State | None) -> Span | None:
        """The metric's words: its own, or those it carries on."""
        if metric.carried:
            alone = all(figure.kind is Kind.DURATION for figure in self._figures[:k])
            return self._carried(k, metric) or (self._discourse.metric if metric.rate and alone else None)
        words = self._line.span(metric.words)
        if metric.whole:
            return self._part(metric) or words
        if words and metric.words and previous and previous.metric and set(self._line.letters(metric.words)) <= _VERBAL:
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
        counted = (metric.changed or metric.divided) and self._figures[k].kind is Kind.COUNT
        names = _THINGS if counted else _QUANTITIES
        for topic in reversed(self._topics):
            fits = since < topic.start < metric.before and not topic.speaks
            parted = line.code.startswith(("f,", ":F"), topic.end)  # 农地储备当中,有三成
            if fits and topic.metric and (parted or line.code[topic.metric[1] - 1] in names):
                return line.span(topic.metric)
        for state, figure in zip(reversed(self._states), reversed(self._figures[: len(self._states)]), strict=True):
            if figure.kind is not Kind.DURATION or (self._figures[k].kind is Kind.DURATION and state.metric):
                return state.metric
        quantity = line.code.rfind("N", 0, metric.before)
        group = left_group(line, quantity + 1)[1] if quantity >= 0 else (0, 0)
        parts = split_group(line, group) if group[0] < group[1] else None
        return line.span(parts.metric) if parts else None

    def _subject(self, k: int, metric: Metric) -> tuple[Span | None, bool]:
        """Whose figure it is when its own group does not say, and whether that is a name to go on with."""
        previous = next((state for state in reversed(self._states) if not state.passing), None)
        previous = previous if previous and previous.subject else None
        since = self._line.figures[k - 1] if previous else -1
        if doer := find_doer(self._line, metric):
            return self._line.span(doer), False
        if k and tells_size(self._line, self._figures[k - 1], self._line.figures[k - 1], metric):
            return self._states[-1].metric, False
        topics = [topic.until(metric.before) for topic in self._topics if since <= topic.start < metric.before]
        if topic := next((topic for topic in reversed(topics) if self._owns(topic, metric)), None):
            owner = self._acting(topic, metric) or topic.owner or topic.metric or (topic.start, topic.end)
            return self._resolve(owner), topic.owner is not None and is_proper(self._line, owner)
        if previous:
            return previous.subject, previous.named
        return self._subject_elsewhere(
            k, metric, next((t for t in reversed(topics) if t.owner and self._speaks(t) and not self._reports(t)), None)
        )

    def _subject_elsewhere(self, k: int, metric: Metric, speaker: Topic | None) -> tuple[Span | None, bool]:
        line = self._line
        spoken = speaker.owner if speaker else None
        decides = speaker is not None and metric.agent and self._decides(speaker)
        if (
            spoken
            and not decides
            and (country := agencies().match(line.shadow[line.starts[spoken[0]] : line.ends[spoken[1] - 1]]))
        ):
            start = line.starts[spoken[0]]
            return (start, start + country.end(1)), True  # 美国|劳工部公布: the country's figure
        wanted = self._wants_owner(k, metric)
        if wanted and (name := self._last_name(metric.before)):
            return line.span(name), True
        if speaker and spoken and self._decides(speaker):
            return self._resolve(spoken), True
        if (topic := self._shown_topic(metric)) is not None:
            return line.span(topic.metric), False
        theme = self._discourse.theme_at(line.starts[line.figures[k]])
        if theme and wanted:
            whole = self._resolve(spoken) if spoken else None
            return (whole, True) if whole and self._holds(whole, theme) else (theme, True)
        if theme is None and (holder := holder_within(line, metric)):
            return line.span(holder), False
        for topic in reversed(self._topics):
            if topic.end < metric.before and is_plain(line, topic) and not self._tells(topic) and topic.verb != ",":
                return line.span(topic.metric), False
        if wanted and spoken and line.code[spoken[0]] != "P":
            return self._resolve(spoken), True
        return None, False

    def _holds(self, whole: Span, part: Span) -> bool:
        """Whether a name begins with another: 山城电车公司 with 山城."""
        shadow = self._line.shadow
        return shadow[slice(*whole)].startswith(shadow[slice(*part)])

    def _owns(self, topic: Topic, metric: Metric) -> bool:
        """Whether a topic may be the subject: a name that does not merely speak, or the noun that does it."""
        line = self._line
        between = line.code[topic.end : metric.before]
        if topic.owner:
            person = line.code[topic.owner[0]] == "P" and not metric.agent and not _PAUSES.isdisjoint(between)
            passed = self._is_each(topic.owner) and not _PAUSES.isdisjoint(between)
            brings = topic.verb == "U" and metric.agent and not between.strip("dTuU")  # 青岚|发布|两款新车
            return brings or not (self._tells(topic) or person or passed)
        if (
            topic.metric
            and is_plain(line, topic)
            and line.code[topic.start - 1 : topic.start] == "R"
            and topic.verb != ","
        ):
            return not self._speaks(topic)
        if topic.metric and is_plain(line, topic) and is_holder(line, topic.metric) and _PAUSES.isdisjoint(between):
            return not self._speaks(topic)
        if topic.metric and line.code[topic.metric[1] - 1] == "k" and self._is_priced(metric):
            return not self._speaks(topic)
        return bool(metric.agent and is_plain(line, topic) and topic.verb in "VF" and _DOES.fullmatch(between))

    def _is_each(self, owner: Range) -> bool:
        """Whether an owner is only the measure of a rate: 每公斤|牛奶|的|成本."""
        return self._line.code[owner[0] - 1 : owner[0]] == "b"

    def _is_priced(self, metric: Metric) -> bool:
        """Whether nothing names what is measured, as with prices: 英镑触及高点,周五报1.35美元."""
        return metric.words is None or self._line.code[metric.words[1] - 1] not in _THINGS

    def _speaks(self, topic: Topic) -> bool:
        quoted = topic.verb == ":" and topic.owner is not None and self._line.code[topic.owner[0]] == "P"
        return topic.speaks or quoted

    def _tells(self, topic: Topic) -> bool:
        return self._speaks(topic) or self._reports(topic)

    def _reports(self, topic: Topic) -> bool:
        """Whether a topic is a newspaper or an agency, which reports the figures of others."""
        who = self._line.span(topic.owner or topic.metric)
        return who is not None and self._line.shadow[slice(*who)] in press()

    def _acting(self, topic: Topic, metric: Metric) -> Range | None:
        """The whole group that does something: 南湾|航天员|完成两项任务 is not the place's doing."""
        line = self._line
        if not (metric.agent and topic.owner and topic.metric) or set(line.letters(topic.owner)) != {"E"}:
            return None
        acts = line.code[topic.metric[1] - 1] in "nghko" and topic.verb in ("V", "v")
        return (topic.owner[0], topic.metric[1]) if acts and topic.owner[1] == topic.metric[0] else None

    def _follower(self, k: int) -> Span | None:
        """Who the clause behind a length of time is about: 半年后,远山集团..., 过去一年里青岚..."""
        line, at = self._line, self._line.figures[k]
        topic = next((topic for topic in self._topics if topic.start > at), None)
        if topic is None or topic.owner is None or "x" in line.letters(topic.owner):
            return None
        return line.span(topic.owner) if is_proper(line, topic.owner) else None

    def _goods_before(self, metric: Metric) -> Range | None:
        """The goods that the clause before a price brings: 推出|儿童手表,售价399元."""
        line = self._line
        if metric.words is None or line.word(metric.words[1] - 1) not in words_of("goods_price"):
            return None
        count = len(line.code)
        goods = _GOODS.match(line.back, count - metric.words[0])
        if goods is None or line.word(count - goods.end()) not in words_of("offering"):
            return None
        return count - goods.end("goods"), count - goods.start("goods")

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
        return verb >= 0 and line.word(verb) in words_of("decision") and line.code[speaker.start] != "P"

    def _reaching(self, k: int, owner: Range) -> Span | None:
        """The company whose figure it is when the owner only tells how far it reaches: 全国|交付量."""
        line = self._line
        reaches = owner[1] - owner[0] == 1 and line.word(owner[0]) in words_of("scope")
        if not reaches or self._figures[k].kind is Kind.RANK:
            return None
        before = self._states[-1] if self._states else None
        if before and before.subject and before.named and line.shadow[slice(*before.subject)] not in countries():
            return before.subject
        return self._discourse.company_at(line.starts[owner[0]])

    def _acting_there(self, place: Range) -> Range | None:
        """Who does something in a place that stands before the verb: 公司|拟|全球|发售3亿股."""
        line = self._line
        if not set(line.letters(place)) <= set("AE"):
            return None
        topic = next((topic for topic in reversed(self._topics) if topic.owner and topic.end <= place[0]), None)
        if topic is None or topic.owner is None or topic.speaks or line.code[topic.end : place[0]].strip("dT"):
            return None
        return topic.owner if not set("OgxP").isdisjoint(line.letters(topic.owner)) else None

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
        previous = self._states[-1].subject if self._states else None
        return resolve(self._line, words, self._topics, previous, self._discourse)
