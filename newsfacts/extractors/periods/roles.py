"""What a time expression dates: the figures behind it, one of them, or something else.

`judge` looks at the words around the expression. A time of a speech verb (8日表示), of a dateline (8日电), in the
title of a work (《2020年度报告》), of a superlative (为2020年以来最多), or of a noun's own date (生产日期在2013年)
dates no figure.
"""

import re
from dataclasses import dataclass, replace

from newsfacts.extractors.periods.moments import Moment
from newsfacts.extractors.periods.words import cue_ends, cue_words
from newsfacts.model import Figure, Kind, Sentence


@dataclass(slots=True)
class Hold:
    """How far a time holds: for the figures before `stop`, None for all that follow.

    `first`: only for the first of them. `still`: not behind a verb of change (较2019年增长5%). `topic`: the time is
    set off by a comma (2021年,…). `checked` and `turned` remember how far the text behind has been searched for a turn,
    and whether there is one. `after` takes over for the figures behind its end. `past`: a day or week that is over.
    """

    moment: Moment
    stop: int | None = None
    first: bool = False
    still: bool = False
    topic: bool = False
    checked: int = 0
    turned: bool = False
    after: Moment | None = None
    past: bool = False


BRIEF = ("day", "week")
VAGUE = ("vague", "now", "opening")
_REACH = 100
_STOP = re.compile(r"[，。；！？,;\n]")
_SAID = cue_words("said")
_RELEASED = rf"(?:{cue_words('release')})(?:了|的)?(?:[^，。；,;]{{0,30}}?(?:{cue_words('document')})|(?=[，,:的]))"
_REPORT = r"[ ]?(?:\)|综合外)?(?:电(?![动力子影商话器网视池脑])|讯|消息|报道|报导|综合|获悉|丨|\||│|[ ]-{1,2}[ ]|\))"
_REPORTS = re.compile(_REPORT)
DATELINE = re.compile(rf"日{_REPORT}")
"""Where a dateline may be: `is_dateline` makes sure."""
_SAYS = re.compile(_SAID)
_SAYS_OR_REPORTS = re.compile(rf"{_SAID}|{cue_words('report')}|{_RELEASED}")
_ANSWERS = re.compile(r"，?[对就](?=[^，。；,;]{2,30}?(?:一事|事件|事故|问题|情况|消息|传闻))")
"""What a statement is about stands before its verb: 8日就3人死亡一事致歉."""
_ANSWER_HEADS = frozenset("，对就")
_RELEASES = re.compile(_RELEASED)
_MEETING = re.compile(rf"的[^，。；,;的]{{0,8}}?(?:{cue_words('meeting')})[上中里]")
_SUPERLATIVE = re.compile(r"[^，。；,;]{0,8}?(?:最|新高|新低|首|次高|次低|纪录|高位|低位|低点|高点)")
_LABEL = re.compile(rf"[ ]?(?:{cue_words('label')}|第[0-9一二三四五六七八九十]{{1,3}}(?:批|次|轮|届|场))")
_ESTIMATED = re.compile(rf"[ ]?(?:{cue_words('estimate')})(?:的|值)")
_VALUE = re.compile(rf"(?:{cue_words('value')})[ ]?$")
_COMPARE = re.compile(rf"(?<!占)(?:{cue_words('compare')})(?:于|了|过)?[ ]?$")
_PAIR = re.compile(rf"(?:{cue_words('pair')})[ ]?$")
_PAIR_END = re.compile(cue_words("pair_end"))
_LEAVE = re.compile(rf"(?:{cue_words('leave')})[ ]?$")
_EVENT = re.compile(cue_words("event"))
_EVENT_OF = re.compile(rf"(?:{cue_words('event')})[^，。；、,;]{{0,12}}?的")
_MOST_OF = re.compile(r"最[受具令热被值][^，。；、,;]{1,8}?的")
_COUNTED_IN = re.compile(r"[0-9一二三四五六七八九十两几数][ ]?[\u4e00-\u9fff]{1,2}[在于][ ]?$")
_ANY_OF = re.compile(r"[^，。；,;]{2,}?的")
_LED_ENDS = cue_ends("compare", "pair", "leave") | frozenset("于了过")
_VALUE_ENDS = cue_ends("value")
_PAST_ENDS = frozenset("后来前")
_PAST = re.compile(r"(?<![午今前随最落先此盘赛])(?<!开出)(?:之|以)?后$|以来$|[之以]前$|(?<!目)前$")


def judge(shadow: str, moment: Moment, sentence: Sentence, following: Figure | None) -> Hold | None:
    """How far a time holds; None when it dates no figure. `following` is the next figure of the sentence."""
    figure = following.start if following else sentence.end
    clause = end_of_clause(shadow, moment.end, sentence.end)
    topic = clause == moment.end
    if _dates_no_figure(shadow, moment, sentence, clause) or (following and _is_unit(shadow, moment, following)):
        return None
    told = clause
    if topic and moment.grain in BRIEF:
        told = end_of_clause(shadow, end_of_clause(shadow, clause + 1, sentence.end) + 1, sentence.end)
    as_of = shadow.startswith("截", moment.start)
    answered = shadow[moment.end : moment.end + 1] in _ANSWER_HEADS and _ANSWERS.match(shadow, moment.end, told)
    if moment.grain not in VAGUE and not as_of and _is_framed(shadow, moment, told if answered else min(told, figure)):
        return None
    narrow = _narrow(shadow, moment, sentence, clause)
    if narrow is not None:
        return narrow
    return Hold(moment, topic=topic, after=_find_after(shadow, moment, sentence, clause))


def is_dateline(shadow: str, moment: Moment, end: int) -> bool:
    """Whether a day is that of the report itself: 8日电, 8月8日消息."""
    return moment.grain == "day" and _REPORTS.match(shadow, moment.end, end + 1) is not None


def end_of_clause(shadow: str, start: int, end: int) -> int:
    """Where the clause around `start` ends, within reach."""
    end = min(end, start + _REACH)
    stop = _STOP.search(shadow, start, end)
    return stop.start() if stop else end


def dates_event(shadow: str, hold: Hold, end: int) -> bool:
    """Whether a time dates a single event (8日上市): it heads no paragraph then."""
    start = hold.moment.end
    clause = end_of_clause(shadow, start + hold.topic, end)
    return _EVENT.search(shadow, start, clause) is not None


def _dates_no_figure(shadow: str, moment: Moment, sentence: Sentence, clause: int) -> bool:
    before = max(sentence.start, moment.start - 60)
    title = shadow.rfind("《", before, moment.start)
    if title >= 0 and shadow.find("》", title, moment.start) < 0:
        return True
    if moment.grain == "year" and shadow.startswith("》", moment.start - 1):
        return True
    if _LABEL.match(shadow, moment.end, clause) or _ESTIMATED.match(shadow, moment.end, clause):
        return True
    if (moment.since or moment.grain == "told") and _SUPERLATIVE.match(shadow, moment.end, clause):
        return True
    if _last_before(shadow, moment.start) not in _VALUE_ENDS:
        return False
    return _VALUE.search(shadow, max(sentence.start, moment.start - 6), moment.start) is not None


def _last_before(shadow: str, at: int) -> str:
    """The last character before a place, behind which a space may stand."""
    last = shadow[at - 1 : at]
    return shadow[at - 2 : at - 1] if last == " " else last


def _is_unit(shadow: str, moment: Moment, figure: Figure) -> bool:
    """Whether the figure says how many times what was then it is: 是2019年的3倍."""
    if figure.kind not in _UNITS or shadow[moment.start - 1 : moment.start] in _LED:
        return False
    between = shadow[moment.end : min(figure.start, moment.end + 9)].strip()
    return _OF_THEN.fullmatch(between) is not None


_OF_THEN = re.compile(r"的.{0,2}|(?:最?[高低][点位]|同期|水平)的.{0,2}")
_UNITS = (Kind.MULTIPLE, Kind.RATIO)
_LED = ("从", "由")


def _is_framed(shadow: str, moment: Moment, stop: int) -> bool:
    """Whether a verb of saying or releasing follows, or an event that makes the time a noun's (去年上市的车型)."""
    frame = _SAYS_OR_REPORTS if moment.grain in BRIEF else _SAYS
    if frame.search(shadow, moment.end, stop):
        return True
    topic = shadow.startswith("，", moment.end)
    if not topic and shadow.find("的", moment.end, stop) >= 0 and _is_of_noun(shadow, moment, stop):
        return True
    if moment.grain in BRIEF:
        return _MEETING.match(shadow, moment.end, stop) is not None
    return _RELEASES.match(shadow, moment.end, stop) is not None


def _is_of_noun(shadow: str, moment: Moment, stop: int) -> bool:
    """Whether 的 makes the time a noun's.

    It does behind an event (去年上市的车型), a superlative (今年最受关注的车型), or after a number
    (三名在7月潜逃的嫌犯).
    """
    of = _EVENT_OF.search(shadow, moment.end, stop) or _MOST_OF.match(shadow, moment.end, stop)
    if of is None and _COUNTED_IN.search(shadow, max(0, moment.start - 5), moment.start):
        of = _ANY_OF.match(shadow, moment.end, stop)
    return of is not None and of.end() < stop


def _narrow(shadow: str, moment: Moment, sentence: Sentence, clause: int) -> Hold | None:
    """The hold of a time that stands in a comparison, in a bracket, or is left behind."""
    if _last_before(shadow, moment.start) in _LED_ENDS:
        low = max(sentence.start, moment.start - 6)
        if _COMPARE.search(shadow, low, moment.start):
            return Hold(moment, clause, first=True, still=True)
        if _PAIR.search(shadow, low, moment.start) and (end := _PAIR_END.search(shadow, moment.end, clause)):
            return Hold(moment, end.start(), still=True)
        seen = shadow.endswith("看", moment.end, clause)  # 从5月数据看
        if (
            not seen
            and _LEAVE.search(shadow, low, moment.start)
            and not moment.since
            and shadow[moment.end - 1] not in "起始"
        ):
            joined = moment.grain == "span" and ("到" in shadow[low : moment.end] or "至" in shadow[low : moment.end])
            return None if joined else Hold(moment, clause, first=True)
    if moment.grain == "same" or (
        shadow[moment.end - 1] in _DEADLINES and _is_deadline(shadow, moment, sentence, clause)
    ):
        return Hold(moment, clause)
    bracket = shadow.rfind("(", max(sentence.start, moment.start - 30), moment.start)
    if bracket > sentence.start and shadow.find(")", bracket, moment.start) < 0:
        closing = shadow.find(")", moment.end, moment.end + _REACH)
        return Hold(moment, closing if closing > 0 else clause)
    return None


def _is_deadline(shadow: str, moment: Moment, sentence: Sentence, clause: int) -> bool:
    """Whether a time ends a condition (若在9月底前接种,…) or what somebody must have done (在9月底前接种的员工,…)."""
    if moment.interval is None:
        return False
    if _DOER.match(shadow, moment.end, clause + 1):
        return True
    return _CONDITION.search(shadow, max(sentence.start, moment.start - _NEAR), moment.start) is not None


_DEADLINES = frozenset("前内")
_NEAR = 20
_CONDITION = re.compile(rf"(?:{cue_words('condition')})[^，。；,;]*$")
_DOER = re.compile(r"[^，。；、,;的]{2,16}的[^，。；、,;的]{1,6}[，,]")


def _find_after(shadow: str, moment: Moment, sentence: Sentence, clause: int) -> Moment | None:
    """The time behind an event of the moment (5月两家公司合并后,…): one without dates."""
    ends = (clause, end_of_clause(shadow, clause + 1, sentence.end)) if clause == moment.end else (clause,)
    for end in ends:
        if moment.end < end and shadow[end - 1] in _PAST_ENDS and _PAST.search(shadow, moment.end, end):
            return replace(moment, end=end, interval=None, grain="vague")
    return None
