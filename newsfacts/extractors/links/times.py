"""What lengths of time, ages and places in a ranking measure."""

import re
from functools import cache

from newsfacts.extractors.cues import any_of
from newsfacts.extractors.links.groups import Group, Left, Right, walk_left
from newsfacts.extractors.links.measured import Metric, ends_in, trim
from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.wordclasses import endings_of, words_of
from newsfacts.lexicon import read_table

_LASTING = re.compile(r"u?[Vv](?P<what>N[nwa]*)(?=[aRd]*(?:[,;:]|$))")  # 跳高|纪录|保持了|八年
_LASTED = re.compile(r'(?P<after>[u=d]*?)[Vvd]d*(?P<who>[nwghNOkQ]+|v)(?=[,;:TRa"]|$)')  # backwards
_SPENT = re.compile(r"(?P<what>v)u?F(?=[,;:]|$)")  # 放电|三个月,
_KEPT_UP = re.compile(r"F[\^V][an]{0,2}(?P<what>[Nr])")  # 连续|5个月|收窄|跌幅


def read_duration(line: Line, at: int, left: Left, right: Right | None) -> Metric:
    """A length of time that only dates what is told (三天后) belongs to nobody, any other to what it is said of."""
    metric = _read_length(line, at, left, right)
    start, end = line.starts[at], line.ends[at]
    dates = _dated_after().match(line.shadow, end) or line.shadow.endswith(endings_of("dated_before"), 0, start)
    if dates and metric.named and line.shadow.startswith(endings_of("dated_since"), end):
        return metric  # 远山|三年|来
    return metric._replace(aside=True) if dates else metric


@cache
def _dated_after() -> re.Pattern[str]:
    """What behind a length of time makes it a date of what is told."""
    (row,) = read_table("metrics")["dated_after"]
    return re.compile(f"{any_of(row['words'])}(?![{row['not_before']}])")


def _read_length(line: Line, at: int, left: Left, right: Right | None) -> Metric:
    """A length of time measures what follows it (两天的评审), what it is said of (期限为91天), mostly nothing."""
    parts, start = left.parts or Group(None, None, False), left.words[0]
    owner, named = parts.owner, parts.named
    if right and line.code[at - 1 : at] != "T":
        return Metric(right.words, owner, named, before=at)
    if parts.metric and line.code.startswith("i", at + 1) and ends_in(line, parts.metric, "nkghoQ"):
        return Metric(None, owner or parts.metric, named, before=start)  # 英镑|触及|31个月|高点
    if kept_up := _KEPT_UP.match(line.code, at):
        return Metric(kept_up.span("what"), owner, named, before=at)
    if parts.metric and _lasts(line, at, left, parts.metric):
        return Metric(parts.metric, owner, named, before=start)
    if left.parts is None and ("^" in left.leading or line.code[:at].endswith(("uD", ":"))):
        return Metric(carried=True, before=at)  # 缩短了|2个月, 相比去年|的|30天, 片长:125分钟
    lasting = _LASTING.match(line.back, len(line.code) - at) if left.parts is None else None
    if lasting:
        end = len(line.code) - lasting.start("what")
        return Metric((end - len(lasting["what"]), end), before=at - len(lasting[0]))
    lasted = _LASTED.match(line.back, len(line.code) - at) if left.parts is None else None
    if lasted and line.word(at - 1 - len(lasted["after"])) in words_of("lasting"):
        count = len(line.code)
        who = count - lasted.end("who"), count - lasted.start("who")
        return Metric(None, who, before=who[0])  # 评选|已|延续|16年
    spent = _SPENT.search(line.code, max(at - 2, 0), at + 2) if left.parts is None else None
    if spent and len(line.word(spent.start())) > 1:
        return Metric(spent.span("what"), before=at, agent=True)
    if owner is None and parts.metric and set(left.leading) <= set("=dp"):
        owner = parts.metric  # 工程|历时5年
    return Metric(None, owner, named, before=start if left.parts else at, agent=True)


def _lasts(line: Line, at: int, left: Left, metric: Range) -> bool:
    """Whether the group on the left is what lasts so long."""
    if "F" in left.leading:
        return False
    if "^" in left.leading:
        return True
    return line.code[at - 1] in "nN" if not left.leading else "=" in left.leading and ends_in(line, metric, "Nw")


_PERSON = re.compile(r"FD?[naw]*(?P<who>[PO])")


def read_age(line: Line, at: int, left: Left, right: Right | None) -> Metric:
    """An age is a person's: the one named behind it (85岁的林知远) or last before it in the clause."""
    parts = left.parts or Group(None, None, False)
    if parts.metric and ends_in(line, parts.metric, "N") and line.shadow[line.ends[parts.metric[1] - 1] - 1] == "龄":
        return Metric(trim(line, parts.metric), parts.owner, parts.named, before=left.words[0])  # 平均年龄|35岁
    if person := _PERSON.match(line.code, at):
        return Metric(None, person.span("who"), named=True, before=at)
    nearest = line.code.rfind("P", 0, at)
    if nearest >= 0 and not set(",;:") & set(line.code[nearest:at]):
        return Metric(None, (nearest, nearest + 1), named=True, before=at)
    return Metric(None, parts.owner, parts.named, before=at, agent=True)


def _is_scope(line: Line, left: Left) -> bool:
    """Whether the group only tells among whom the place is, 位居|全国|第二, and is no ranking: 位居|富豪榜|第二."""
    start, end = left.words
    if line.code[start - 1 : start] != "=" or line.word(end - 1).endswith(endings_of("ranking")):
        return False
    return left.parts is not None and (left.parts.metric is None or "=" in left.leading)


_BEARER = re.compile(r"F[am](?P<what>[awvm]*[nNgh]+)(?P<who>O+[gh]*)(?=[^D/]|$)")  # 全球第三|大|玩具|公司|青岚
_GREAT = re.compile(r"F[am](?P<what>[awvmE]*[nNgOhl]+)")  # 全省第二|大|水泥厂


def read_rank(line: Line, at: int, left: Left, right: Right | None) -> Metric:
    """A place: among the things behind it, in the ranking or by the quantity before it."""
    if left.parts and _is_scope(line, left):
        left = walk_left(line, left.words[0])  # 增速|位居|全国|第二: the country is only the scope
    parts = left.parts or Group(None, None, False)
    before = left.words[0] if left.parts else at
    if bearer := _BEARER.match(line.code, at):
        return Metric(bearer.span("what"), bearer.span("who"), named=True, before=before)
    if great := _GREAT.match(line.code, at):
        return Metric(great.span("what"), parts.owner, parts.named, before=before)
    words = parts.metric
    if words and line.word(words[1] - 1).startswith("排名"):
        words = (words[1] - 1, words[1])
    return Metric(words, parts.owner, parts.named, carried=words is None, before=before)
