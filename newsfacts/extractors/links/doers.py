"""People, bodies and things that have and do, though no name names them.

A figure may be theirs all the same: 司机|每月收入6000元, 入围的|用户|将获得3000积分, 建成|3座|水库,总面积5平方公里.
"""

import re

from newsfacts.extractors.links.measured import Metric
from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.wordclasses import endings_of, words_of
from newsfacts.model import Figure, Kind, Span

_ACTING = re.compile(r"Fd*[vVSUw=]")
_OPENS = re.compile(r'(?:[dTcm]*|R)(?=[,;:SU"]|$)')
_DOER = re.compile(r"[dTubmi=]*[Vv]+[dTbm]*(?P<who>[nghk][nghkaw]*)(?=[DV])")  # backwards


def is_holder(line: Line, words: Range) -> bool:
    """Whether a noun is one for people or bodies, which have and do: 救援团队, 司机."""
    end = words[1] - 1
    return line.code[end] in "gh" or line.word(end) in words_of("holder")


def holder_within(line: Line, metric: Metric) -> Range | None:
    """The people or body at the head of a quantity's name: 车主|充电次数."""
    if metric.words is None or line.code[metric.words[1] - 1] not in "Nr":
        return None
    start, end = metric.words
    at = next((n for n in range(start, end - 1) if line.word(n) in words_of("holder")), None)
    if at is None or (at + 2 == end and line.word(end - 1) in words_of("count_noun")):
        return None  # 游客|数 is how many they are
    return start, at + 1


def find_doer(line: Line, metric: Metric) -> Range | None:
    """The people or bodies right before the verb, behind a clause that tells which: 入围的|用户|将|获得."""
    count = len(line.code)
    doer = _DOER.match(line.back, count - metric.before) if metric.agent else None
    if doer is None:
        return None
    who = count - doer.end("who"), count - doer.start("who")
    return who if is_holder(line, who) else None


def acts_itself(line: Line, figure: Figure, at: int) -> bool:
    """Whether the counted themselves act, at the start of a clause: 四位表示会上升."""
    if figure.kind is not Kind.COUNT or not _ACTING.match(line.code, at):
        return False
    return _OPENS.match(line.back, len(line.code) - at) is not None


def own_noun(line: Line, figure: Figure) -> Span | None:
    """The noun that is a figure's unit and what it counts at once: 覆盖67|城."""
    if figure.kind is not Kind.COUNT or figure.unit not in words_of("place_unit"):
        return None
    start = figure.end - len(figure.unit)
    return (start, figure.end) if line.shadow[start : figure.end] == figure.unit else None


def tells_size(line: Line, counted: Figure, at: int, metric: Metric) -> bool:
    """Whether a metric is a size of the things counted in the clause before: 建成|3座|水库,总面积达5平方公里."""
    if counted.kind is not Kind.COUNT or metric.words is None:
        return False
    if not line.word(metric.words[1] - 1).endswith(endings_of("own_measure")):
        return False
    between = line.code[at : metric.words[0]]
    return between.count(",") == 1 and "n" in between
