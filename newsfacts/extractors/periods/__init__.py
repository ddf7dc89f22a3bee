"""Which time a figure holds for.

The time may stand anywhere before the figure in its sentence, and the nearest counts; or it heads the paragraph (opens
its first sentence) and holds until another replaces it. Not every time on the way is the figure's: `roles` knows
which are of a speech, a comparison or an event.
"""

import datetime
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from newsfacts.extractors.periods.calendar import day_of, format_edtf
from newsfacts.extractors.periods.grammar import AHEAD, MAY_START, START
from newsfacts.extractors.periods.moments import Moment, find_year_end, scan_moments
from newsfacts.extractors.periods.openings import find_head, find_issue_day, opens_paragraph, split_stretch
from newsfacts.extractors.periods.outlook import Context, remember
from newsfacts.extractors.periods.roles import BRIEF, DATELINE, VAGUE, Hold, dates_event, is_dateline, judge
from newsfacts.extractors.periods.rows import AND, pair_rows
from newsfacts.extractors.periods.words import cue_list, cue_words
from newsfacts.model import Figure, Found, Kind, Period, Sentence

_WHOLE_DATE = re.compile(
    r"((?:19|20)[0-9]{2})(?:[ ]?年[ ]?[01]?[0-9][ ]?月[ ]?[0-3]?[0-9][ ]?日|-[01][0-9]-[0-3][0-9])"
)
_MOVE = re.compile(rf"{cue_words('move')}|(?:{cue_words('differ')})[出了约近逾超]?过?[ ]?$")
_TURN = re.compile(cue_words("turn"))
_TURNS = cue_list("turn")
_DELAYED = re.compile(r"(?:(?:将|已|拟|可|会|都|均|全部|要)[在于]|于)[ ]?$")
_CLAUSE = re.compile(r"[，。；！？,;:()\n]")
_OPENING_LENGTH = 400
_OF = ("的", "最")
_STOP = re.compile(r"[，。；,;]")
_NO_TIME_OF = frozenset("对较比从由自的")
_BREAKS = frozenset("，。；！？!?;:\n ")
_LENGTH = re.compile(
    r"(?:[为达至是共]|(?<!不)到|缩短|延长|减少|增加|压缩|提前|推迟|持续|历时|耗时|用时)了?[约近超]?过?[ ]?$"
)
_ATTRIBUTE = re.compile(r"的?(?=\w)")
_EXTREME = re.compile(r"(?:以?来)?的?[新最历]?[高低](?:点|位|水平|谷|峰)?")
_PARTS = ("half", "quarter", "month", "span")
_NAME = re.compile(r"[^，。；,;:、的()“”\n]{1,16}")
_NEAR = 14
_REACH = 120
_GOES_ON = cue_list("resume")
_TOTAL = re.compile(r"[，,；]累计")
_ESTIMATE = re.compile(cue_words("estimate"))
_LEFT = frozenset("从由")
_LEFT_EACH = ("从每", "由每")
_ARRIVES = re.compile(r"[^，。；,;]{0,8}?[至到为成]")
_LATER = cue_list("later")
_CLAUSE_ENDS = frozenset("，,；;")
_PASSING = ("day", "week", "month")


class Timeline:
    """Reads the periods of a document's figures, sentence by sentence in order, and remembers what the text has told.

    `published` is the article's date; without it only what the text fixes is resolved.

    >>> shadow = "今年一季度出口4亿吨,去年同期为3亿吨。"
    >>> from newsfacts.extractors.figures import find_figures
    >>> figures = find_figures(shadow, (0, len(shadow)))
    >>> timeline = Timeline(datetime.date(2022, 5, 1))
    >>> [found.value.iso for found in timeline.read(shadow, shadow, Sentence(0, len(shadow), True), figures)]
    ['2022-01/2022-03', '2021-01/2021-03']
    """

    def __init__(self, published: datetime.date | None) -> None:
        self._context = Context(published)
        self._published = published
        self._shadow: str | None = None
        self._heading: Moment | None = None
        self._opening: tuple[int, Moment] | None = None
        self._lapsed = False
        self._line = 0
        self._position = 0

    def read(self, shadow: str, text: str, sentence: Sentence, figures: Sequence[Figure]) -> list[Found | None]:
        """The period of each figure of a sentence: a `Period` with the span of its words, or None.

        Sentences without figures may be left out: what they tell is read when a later one with figures comes.
        """
        if not figures:
            return []
        self._enter(shadow, sentence)
        if opens_paragraph(shadow, sentence.start, sentence.end):
            self._begin_line(sentence.start)
        holds = self._read_holds(shadow, sentence, figures)
        moments = _assign(
            shadow, holds, figures, None if self._lapsed else self._heading or self._resumed(shadow, sentence)
        )
        self._position = sentence.end
        return _to_found(text, moments)

    def _enter(self, shadow: str, sentence: Sentence) -> None:
        """Take up the document; then read how the sentences open that lie before this one in its line and the last."""
        if shadow is not self._shadow:
            self._shadow = shadow
            self._survey(shadow)
        line = shadow.rfind("\n", self._position, sentence.start)
        position = max(self._position, shadow.rfind("\n", self._position, line) + 1) if line >= 0 else self._position
        if position > self._position:
            self._begin_line(position)
        for start, end in split_stretch(shadow, position, sentence.start):
            if opens_paragraph(shadow, start, end):
                self._begin_line(start)
            head = find_head(shadow, start, end)
            if MAY_START.match(shadow, head, end) and START.match(shadow, head, end):
                self._read_holds(shadow, Sentence(start, end, start == self._line), [])
            if shadow[end - 1] == "\n":
                self._begin_line(end)

    def _survey(self, shadow: str) -> None:
        """Look for what the whole document tells: its fiscal year, its dateline, or its year where it has no date."""
        self._context.year_end = find_year_end(shadow)
        if self._published is None:
            self._context.published = find_issue_day(shadow)
            years = set(_WHOLE_DATE.findall(shadow))
            self._context.era = int(years.pop()) if len(years) == 1 else None
            return
        found = DATELINE.search(shadow, 0, _OPENING_LENGTH)
        if found is None:
            return
        for moment in scan_moments(shadow, max(0, found.start() - 12), found.end(), self._context):
            if is_dateline(shadow, moment, len(shadow)):
                self._read_dateline(moment)
                return

    def _begin_line(self, start: int) -> None:
        self._line, self._heading = start, None
        self._context.year = self._context.month = self._context.day = None

    def _read_holds(self, shadow: str, sentence: Sentence, figures: Sequence[Figure]) -> list[Hold]:
        """The times of a sentence that may be a figure's, and with them the heading of the paragraph."""
        head = find_head(shadow, sentence.start, sentence.end)
        if shadow.startswith(_TURNS, head):
            self._heading = None
        self._context.named, self._lapsed = None, False
        holds: list[Hold] = []
        for moment in scan_moments(shadow, sentence.start, sentence.end, self._context):
            if is_dateline(shadow, moment, sentence.end):
                self._read_dateline(moment)
                continue
            index = bisect_left(figures, moment.end, key=_start)
            hold = judge(shadow, moment, sentence, figures[index] if index < len(figures) else None)
            if hold is None and moment.grain in BRIEF and not moment.since:
                self._lapsed = True
            if hold is None or (moment.grain == "opening" and not _opens(shadow, moment, head)):
                continue
            hold.past = self._is_past(moment) and AHEAD.search(shadow, max(0, moment.start - 4), moment.start) is None
            if holds and holds[-1].still and shadow[holds[-1].moment.end : moment.start].strip() in AND:
                hold = replace(holds[-1], moment=moment)
            if moment.start <= head <= moment.end and not hold.first and hold.stop is None:
                self._opening = sentence.end, hold.after or moment
                self._head(shadow, sentence, hold)
            elif figures and self._follows_subject(shadow, sentence, hold, head, figures[0]):
                self._heading = hold.after or moment
            holds.append(hold)
            if hold.stop is None and moment.grain not in VAGUE and not (moment.since and moment.grain == "year"):
                remember(self._context, moment.interval, brief=moment.grain in BRIEF)
                self._context.named = self._context.named if shadow[moment.start] in "上前" else moment.interval
        return holds

    def _is_past(self, moment: Moment) -> bool:
        """Whether a day or week is over by the article's date, and nothing goes on since."""
        if moment.grain not in BRIEF or moment.interval is None or self._context.published is None:
            return False
        return not moment.since and moment.interval.last <= day_of(self._context.published).last

    def _read_dateline(self, moment: Moment) -> None:
        """Count 今天 and 本周 from the day of the dateline where it is the article's own."""
        if self._published is None or moment.interval is None:
            return
        day = datetime.date(*moment.interval.last[:3])
        if -5 <= (day - self._published).days <= 1:
            self._context.published = day

    def _head(self, shadow: str, sentence: Sentence, hold: Hold) -> None:
        """Take a time that opens its sentence for the heading; behind the first sentence it wants its comma."""
        if shadow.startswith(_OF, hold.moment.end):
            return
        if sentence.start == self._line or self._heading is not None or hold.topic:
            self._heading = None if dates_event(shadow, hold, sentence.end) else hold.after or hold.moment

    def _resumed(self, shadow: str, sentence: Sentence) -> Moment | None:
        """The time that opened the sentence before, where this one goes on with 而 or 其中."""
        if (
            self._opening is None
            or self._opening[0] != sentence.start
            or not shadow.startswith(_GOES_ON, sentence.start)
        ):
            return None
        return self._opening[1]

    def _follows_subject(self, shadow: str, sentence: Sentence, hold: Hold, head: int, first: Figure) -> bool:
        """Whether only a name parts the time from the head of the paragraph, and the first figure is the time's own:
        长兴汽车8月销量3万辆."""
        moment = hold.moment
        if sentence.start != self._line or self._heading is not None or hold.first or hold.stop is not None:
            return False
        if moment.grain not in _PARTS or moment.since or not 0 < first.start - moment.end <= _NEAR:
            return False
        if not _NAME.fullmatch(shadow, head, moment.start) or _CLAUSE.search(shadow, moment.end, first.start):
            return False
        return not dates_event(shadow, hold, sentence.end)


def _opens(shadow: str, moment: Moment, head: int) -> bool:
    """Whether a word that counts only so opens its sentence, or its clause where it goes on with the story (此后)."""
    if moment.start <= head:
        return True
    return shadow[moment.start - 1] in _CLAUSE_ENDS and shadow.startswith(_LATER, moment.start)


def _assign(shadow: str, holds: list[Hold], figures: Sequence[Figure], heading: Moment | None) -> list[Moment | None]:
    """The moment of each figure of a sentence."""
    if not holds:
        return [None if _is_undated(shadow, figure, None) else heading for figure in figures]
    paired = pair_rows(shadow, holds, figures)
    moments: list[Moment | None] = []
    narrow: Hold | None = None
    wide: Hold | None = None
    index = 0
    for number, figure in enumerate(figures):
        while index < len(holds) and holds[index].moment.end <= figure.start:
            narrow, wide = (holds[index], wide) if holds[index].stop is not None else (None, holds[index])
            index += 1
        following = holds[index] if index < len(holds) else None
        beyond = figures[number + 1].start if number + 1 < len(figures) else len(shadow)
        if _is_undated(shadow, figure, following) and not _is_level_of(shadow, narrow, figure):
            moments.append(None)
        elif number in paired:
            moments.append(paired[number])
        else:
            delayed = following if following is not None and following.moment.start < beyond else None
            moments.append(_choose(shadow, figure, (narrow, wide, delayed), heading))
    return moments


def _choose(
    shadow: str, figure: Figure, around: tuple[Hold | None, Hold | None, Hold | None], heading: Moment | None
) -> Moment | None:
    """The nearest time before the figure that holds so far, else one behind it in its clause, else the heading."""
    narrow, wide, following = around
    if narrow is not None and _takes(shadow, narrow, figure):
        return narrow.moment
    if following is not None and _is_delayed(shadow, figure, following, wide):
        return following.moment
    if wide is None:
        return heading
    if _is_turned(shadow, wide, figure.start) or _is_left(shadow, wide.moment.end, figure):
        return None
    if wide.past and _is_to_come(shadow, wide.moment.end, figure.start):
        return None
    if (
        wide.moment.grain in _PASSING
        and shadow[wide.moment.end - 1] not in "起始"
        and _TOTAL.search(shadow, max(wide.moment.end + 1, figure.start - _NEAR), figure.start)
    ):
        return None  # 8月交付4万辆，累计交付90万辆
    return wide.moment if wide.after is None or figure.start < wide.after.end else wide.after


def _takes(shadow: str, hold: Hold, figure: Figure) -> bool:
    """Whether a time of narrow hold still reaches the figure; one that holds for a single figure is then spent."""
    if hold.stop is None or figure.start > hold.stop:
        return False
    if hold.still and _is_difference(shadow, hold.moment.end, figure):
        hold.stop = -1
        return False
    if hold.first:
        hold.stop = -1
    return True


def _is_difference(shadow: str, start: int, figure: Figure) -> bool:
    """Whether a figure behind a compared time says by how much the two differ, not what was then."""
    if level := _LEVEL_NAME.search(shadow, start, figure.start):
        return _MOVE.search(shadow, level.end("name"), figure.start) is not None
    near = figure.start - start <= _NEAR and "的" not in shadow[start : figure.start]
    if near and figure.kind in _DIFFERENCES and not _LEVEL.match(shadow, figure.end):
        return True
    return _MOVE.search(shadow, start, figure.start) is not None


_LEVEL_NAME = re.compile(rf"(?P<name>{cue_words('level')})[^，。；,;]{{0,6}}$")
_LEVEL = re.compile(r"的(?:[增涨升跌降]幅|增速|水平|占比)")
_DIFFERENCES = (Kind.PERCENT, Kind.POINT, Kind.MULTIPLE)


def _is_left(shadow: str, start: int, figure: Figure) -> bool:
    """Whether the figure is the one that a change leaves, of before the time told: 8月起票价由30元调为40元.

    Of a forecast the time is what both figures tell of: 今年的增速预测由9%降至8%.
    """
    led = shadow[figure.start - 1] in _LEFT or shadow.startswith(_LEFT_EACH, figure.start - 3)
    if not led or _ARRIVES.match(shadow, figure.end) is None:
        return False
    return _ESTIMATE.search(shadow, start, figure.start) is None


def _is_to_come(shadow: str, start: int, end: int) -> bool:
    """Whether a later clause looks ahead from a day that is past: 周三获批,项目将耗资2亿元."""
    start = max(start, end - _REACH)
    bracket = shadow.rfind("(", start, end)
    if bracket > shadow.rfind(")", start, end):
        end = bracket
    clause = max(shadow.rfind(mark, start, end) for mark in "，；")
    return clause > start and AHEAD.search(shadow, clause, end) is not None


def _is_turned(shadow: str, hold: Hold, start: int) -> bool:
    """Whether a turn (这意味着) parts the figure from a time before it."""
    if not hold.turned:
        hold.turned = _TURN.search(shadow, max(hold.checked, hold.moment.end), start) is not None
        hold.checked = start
    return hold.turned


def _is_level_of(shadow: str, narrow: Hold | None, figure: Figure) -> bool:
    """Whether a length of time is what was measured at a compared time: 较去年同期的12天缩短3天."""
    return narrow is not None and narrow.first and shadow[narrow.moment.end : figure.start] == "的"


def _is_undated(shadow: str, figure: Figure, following: Hold | None) -> bool:
    """Whether the figure is part of a time expression, or tells of no time.

    Such are a length of time that measures no metric, an age before its person (45岁的校长), and 连续8次.
    """
    if following is not None and following.moment.start <= figure.start:
        return True
    if figure.unit == "次" and shadow.startswith("连续", figure.start - 2):
        return True
    if figure.kind is Kind.AGE:
        return _ATTRIBUTE.match(shadow, figure.end) is not None
    if figure.kind is not Kind.DURATION:
        return False
    return (
        shadow.startswith("前", figure.end)
        or _EXTREME.match(shadow, figure.end) is not None
        or _LENGTH.search(shadow, max(0, figure.start - 6), figure.start) is None
    )


def _is_delayed(shadow: str, figure: Figure, following: Hold, wide: Hold | None) -> bool:
    """Whether the time stands behind the figure, its subject: 6个将在2030年退役."""
    start, end = figure.end, following.moment.start
    if end - start > 20 or following.stop is not None or _CLAUSE.search(shadow, start, end):
        return False
    free = wide is None or wide.moment.grain == "now"
    if not _DELAYED.search(shadow, start, end):
        return free and figure.kind is Kind.COUNT and _is_subject(shadow, figure, end)
    if free:
        return True
    assert wide is not None
    return _CLAUSE.search(shadow, wide.moment.end, figure.start) is not None


def _is_subject(shadow: str, figure: Figure, end: int) -> bool:
    """Whether a counted noun that opens the clause is what the time before `end` tells of: 108家公司2021年业绩预增."""
    if shadow[end - 1] in _NO_TIME_OF or end - figure.end > _NEAR:
        return False
    return figure.start == 0 or shadow[figure.start - 1] in _BREAKS or shadow.startswith("其中", figure.start - 2)


def _start(figure: Figure) -> int:
    return figure.start


def _to_found(text: str, moments: list[Moment | None]) -> list[Found | None]:
    """Each moment as a period with its span; figures in a row mostly share theirs."""
    founds: list[Found | None] = []
    last: Moment | None = None
    for moment in moments:
        if moment is None or moment.grain == "now":
            founds.append(None)
        elif moment is last:
            founds.append(founds[-1])
        else:
            iso = format_edtf(moment.interval) if moment.interval else None
            founds.append(Found(Period(text[moment.start : moment.end], iso), (moment.start, moment.end)))
        last = moment
    return founds
