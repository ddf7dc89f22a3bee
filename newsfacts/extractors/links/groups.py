"""Groups of nouns beside a figure, and what they say.

A group holds the metric at its end and often its owner at its start: 远山集团|的|客单价, 中国|4月|汽车销量.
To the left of a figure it stands before the words that lead to the figure (客单价|达到); to the right it follows at
once (服务商 behind 2.3万家). All patterns run over the letters of wordclasses.py.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.wordclasses import endings_of, words_of
from newsfacts.model import Figure, Kind


class Group(NamedTuple):
    """A group of nouns taken apart. `named` says that the owner is a name and not just a noun."""

    owner: Range | None
    metric: Range | None
    named: bool


class Left(NamedTuple):
    """What stands before a figure: the letters that lead to it, the words of the group before them, and its parts.

    `whole`: the group is what the figure is a share of.
    """

    leading: str
    words: Range
    parts: Group | None
    whole: bool = False


class Right(NamedTuple):
    """The nouns behind a figure, what they in turn describe (600万元资产的|家庭), and whether a 的 stands between."""

    words: Range
    described: Range | None
    joined: bool


# From the figure to the left, over the reversed letters: what leads to it, and the group before that.
_LEADING = re.compile(r'[dbT=umpRKFcfy"×e\-Zji]*(?:r[dbTyumaZ]*|(?:[\^dbT=umpRKFcfy"×e\-Zji]++|(?<=T)B)*)')
_GROUP = re.compile(r'[nNOEAPghlawWQxTDmcyrb/"tekzi]{1,20}')
_EMPTY = frozenset("ri")  # name no quantity: 住宅均价的|预估中值, 销量的|降幅
_OF_WHOLE = re.compile("[ud]*K")  # 占|了|总收入
_NAME = re.compile(
    r"""
    a? (?: E*[nwah]{0,3}[gnt] (?=[OE]) )?                       # 美国芯片制造商 before the name itself
    ( [OEA]+ (?: n?h+ )? (?: a?kg? | -?[nwak]{0,3}g | n?l+ )?             # 远山|科技|集团, 青岚|汽车, 布伦特|原油|期货
    | [nP]?l+ | k+g | P | Q | n{0,2}g | x(?:n(?=[aNWw]))? )
    """,
    re.VERBOSE,
)
_CONTRACT = re.compile(r"[OEk]+g?T[nwk]*g")  # 美油|9月|合约
_PRICED = re.compile(r"E?k+(?:ck+)?")  # 黄金|价格, 欧元|兑|美元|汇率
_QUOTED = re.compile(r"[OEA]*(?P<name>Q)(?=[awn]*N$)")


def find_name(code: str, start: int, end: int) -> Range | None:
    """The first name among some words."""
    name = _NAME.search(code, start, end)
    return name.span(1) if name else None


def left_group(line: Line, at: int) -> tuple[str, Range]:
    """The letters that lead to the word `at`, and the group of nouns before them (empty when none stands there)."""
    count = len(line.code)
    leading = _LEADING.match(line.back, count - at)
    pos = leading.end() if leading else count - at
    group = _GROUP.match(line.back, pos)
    return leading[0] if leading else "", (count - (group.end() if group else pos), count - pos)


def walk_left(line: Line, at: int) -> Left:
    """The nearest group on the left that is no standard of comparison, with all letters on the way to it."""
    leading, pos, words = "", at, (at, at)
    if line.code[at - 1 : at] == "/":
        return Left("", words, None)  # 3人死亡、12人受伤: what stands before is the other figure's
    for _ in range(4):
        more, words = left_group(line, pos)
        leading += more
        start, end = words
        before = line.code[start - 1 : start]
        if start == end:
            break
        if _OF_WHOLE.match(line.back, len(line.code) - start):
            return Left(leading, words, _split_share(line, start, end), whole=True)
        parts = split_group(line, (start, end - (line.code[end - 1] == "D" and not _EMPTY.isdisjoint(leading))))
        compared = before == "B" and (parts is None or "T" not in line.letters(words))
        if start and line.code[start] == "D" and line.word(start - 1)[0] in "较比相":
            compared = True  # 较2月|的|调查
        if before == "p" and parts and "=" in leading and _is_where(line, words, parts):
            pos = start - 1  # 在中国市场|达到0.1%: only where
            continue
        if parts is not None and before == "p" and parts.metric:
            parts = Group(None, parts.metric, False)  # 在|东岭|投资: the place is not the owner
        if parts is not None and not compared:
            return Left(leading, words, parts)
        pos = start - compared
    return Left(leading, words, None)


def _is_where(line: Line, words: Range, parts: Group) -> bool:
    """Whether a group behind a preposition is a place or a field, and no quantity."""
    if parts.metric is None:
        return line.code[words[1] - 1] == "h"
    return line.code[parts.metric[1] - 1] != "N"


def _split_share(line: Line, start: int, end: int) -> Group:
    """The quantity that a share is of: 占|全国产量|三成; none when it is of a whole country."""
    code = line.code
    end -= code[end - 1] == "D"
    cut = code.rfind("D", start, end)
    if cut < 0 and set(code[start:end]) <= set("AE"):
        return Group(None, None, False)
    start = cut + 1 if cut >= 0 else start
    name = _NAME.match(code, start, end)
    if name and code[name.start(1)] == "O" and name.end() < end:
        start = name.end()
    return Group(None, (start, end), False)


def split_group(line: Line, words: Range) -> Group | None:
    """Owner and metric of a group of nouns; None for a standard of comparison (大店的|3折), which is neither.

    A 的 or a time parts the two, else a name at the start is the owner and the rest the metric.
    """
    i, j = words
    code = line.code
    while i < j and code[j - 1] in "Tc/u":
        j -= 1
    while i < j and code[i] in '/c"':
        i += 1
    if i == j or code[j - 1] == "D":
        return None if i < j else Group(None, None, False)
    if special := _split_special(line, i, j):
        return special
    cut = max(code.rfind("D", i, j), code.rfind("T", i, j))
    if code[cut - 1 : cut + 1] == "bT":
        cut = code.rfind("D", i, j)  # 权益持有人|应占|年内|亏损
    start = max(cut + 1, i)
    name = _NAME.match(code, start, j)
    if cut < i:
        if name and _leads(line, name.span(1), j):
            end = _end_of_list(code, name.end(), j)
            return Group((name.start(1), end), _rest(end, j), True)
        return Group(None, (max(start, code.rfind("/", start, j) + 1), j), False)
    if name and code[cut] == "D" and name.end() == j and _is_abbreviation(line.word(j - 1)):
        name = None  # 新芯片的|IPC
    owned = code[cut] == "D" and (find_name(code, i, cut) or (code[start] in "Qg" and name and name.end() == j))
    if name and not (owned and (name.end() < j or code[name.start(1)] in "Qg")):
        return Group(name.span(1), _rest(name.end(), j), True)
    return _split_owned(line, (i, cut), (start, j))


def _split_special(line: Line, i: int, j: int) -> Group | None:
    """A group that no 的 parts: a commodity and its price, a title in quotes, a contract by its month."""
    code, last = line.code, line.word(j - 1)
    if code[i] in "Ek" and last.endswith(endings_of("price_noun")) and (priced := _PRICED.match(code, i, j)):
        return Group(priced.span(), (priced.end(), j), True)
    if "Q" in code and (quoted := _QUOTED.match(code, i, j)):
        start, end = quoted.span("name")
        if last.endswith(endings_of("count_noun")):
            return Group(_rest(i, start), (start, j), True)  # 「远山会员」|数量
        return Group((start, end), (end, j), True)  # 中国|「远山会员」|总消费
    if code[i] in "OEk" and (contract := _CONTRACT.match(code, i, j)):
        return Group(contract.span(), _rest(contract.end(), j), True)
    return None


def _end_of_list(code: str, end: int, stop: int) -> int:
    """Where a list of names ends that goes on at `end`: 北京|和|深圳|房价."""
    while end < stop and code[end] in "/c" and (name := _NAME.match(code, end + 1, stop)):
        end = name.end()
    return end


def _rest(start: int, end: int) -> Range | None:
    return (start, end) if start < end else None


def _is_abbreviation(word: str) -> bool:
    return word.isascii() and word.isupper() and word.isalpha() and 1 < len(word) <= 6


def _leads(line: Line, name: Range, end: int) -> bool:
    """Whether a name that opens a group owns the rest: 企业贷款 has no owner, 公司贷款 has the company."""
    i, j = name
    return j == end or line.code[i] not in "ng" or (j - i == 1 and line.word(i) in words_of("generic"))


_GROWN = re.compile(r"[nwaghklo]*[nghkl]")


def _split_owned(line: Line, left: Range, metric: Range) -> Group:
    """The owner in what stands before 的 or a time; a clause there (拥有房产的家庭) owns nothing."""
    code = line.code
    i, cut = left
    before = code[i - 1 : i]
    owner = None if before in ("p", "B") else find_name(code, i, cut)
    while i < cut and code[i] == "T":
        i += 1
    possessive = code[cut] == "D"
    if possessive and code[i] == "b" and line.word(i)[0] in "归应扣":
        return Group(None, (i, metric[1]), False)  # 归属于股东的净利润 is one metric
    if possessive and i and line.word(i - 1) in words_of("partner") and code[metric[1] - 1] == "N":
        return Group(None, (i - 1, metric[1]), False)  # 来自海外的|收入, 对东岭的|出口额
    started = owner[1] if owner else i
    if possessive and started < cut and _is_one_of(line, metric, "bare"):
        return Group(owner, (started, metric[1]), owner is not None)  # 累计质押的|数量
    if possessive and _is_told_by_verb(line, i, cut):
        return Group((i - 1, cut), metric, False)  # 上榜|公司|的|营收
    of_verb = code[cut - 1] in "vV" or before in tuple("vVF=^K") or (before in ("S", "U") and not owner)
    if possessive and of_verb:
        return Group(None, metric, False)
    if possessive and line.letters(metric) in ("r", "N") and code[cut - 1] == "N":
        return Group(owner, (owner[1] if owner else i, metric[1]), owner is not None)  # 产量的|增幅
    if owner:
        if possessive and _GROWN.fullmatch(code, owner[1], cut):
            owner = (owner[0], cut)  # 北岭|居民|的|存款
        return Group(owner, metric, True)
    while i < cut and code[i] in "mb":
        i += 1  # 每公斤|牛奶|的|成本
    owns = possessive and code[i:cut].strip("a")  # but not 复杂|的|文件
    return Group((i, cut) if owns else None, metric, False)


def _is_told_by_verb(line: Line, i: int, cut: int) -> bool:
    """Whether a single verb at the start of a clause only tells which bodies are meant: 上榜|公司."""
    if line.code[i - 1 : i] != "v" or line.code[max(i - 2, 0) : i - 1] not in ("", "T", ",", ";", ":"):
        return False
    return i + 1 == cut and line.word(i) in words_of("described_body")


_RIGHT = re.compile(
    r"""
    F u? (?: b (?=[^D]) )? (?P<more> (?:[c/×\-=]*F)* )                     # 2元|/度|补贴
    (?P<joined> [abvwVdpT][avwWnNgOEAQhlmdpVkzT]{0,10}D | D )?           # 参与评选的, 的
    (?P<words> [awWmbEA"]* (?P<verbs> v* ) (?P<nouns> [awh]* [nNghlOEAQwWt"kz]+ (?: an+ (?![nNwWagh]) )? ) )
    (?P<event> (?: [vw]{1,2}[na]*n )+ (?=[,;:/"]|$) )?                    # 起火|意外 behind 车辆
    (?P<described> D[avwWmnNghlOEAQ"kz]+ )?
    """,
    re.VERBOSE,
)
_OWN_QUANTITY = re.compile("(?<!W)[NW]")  # 30款车型|售价: of the things counted
_EVENT = re.compile(r"F(?P<joined>D?)(?P<event>[an]*[vwV])(?=[,;:/=^c]|$)")  # 207次|发射, 两天的|讨论
_CLAUSE_ENDS = frozenset(("", ",", ";", ":"))


def _is_one_of(line: Line, words: Range, table: str) -> bool:
    return words[1] - words[0] == 1 and line.word(words[0]) in words_of(table)


def right_nouns(line: Line, figures: Sequence[Figure], k: int) -> Right | None:
    """The nouns behind figure k that it counts or measures."""
    figure, at = figures[k], line.figures[k]
    if line.code[at + 1 : at + 2] in _CLAUSE_ENDS:
        return None
    if fate := _read_fate(line, figure, at):
        return fate
    if served := _read_served(line, at):
        return served
    if told := _read_told(line, figure, at):
        return told
    event = _EVENT.match(line.code, at)
    if event and _is_counted(line, figure, event):
        return Right(event.span("event"), None, False)
    match = _RIGHT.match(line.code, at)
    if match is None or not _belongs(line, figures, k, match):
        return None
    end = match.end("words")
    recorded = figure.kind in (Kind.COUNT, Kind.NUMBER) and line.word(end - 1) in words_of("record")
    if not recorded and not words_of("milestone").isdisjoint((line.word(end - 1), line.word_after(end))):
        return None  # 3万点|关口, 3万点的|历史|新高
    described = (match.start("described") + 1, match.end("described")) if match["described"] else None
    if described and figure.kind is Kind.COUNT and _is_one_of(line, match.span("words"), "nominal"):
        return Right(described, None, True)  # 10家|投资的|公司
    return Right(_own_words(line, figure, match), described, bool(match["joined"]))


_FATE = re.compile("Fd*(?P<fate>.)(?P<noun>[nNgh]?)")


def _read_fate(line: Line, figure: Figure, at: int) -> Right | None:
    """What befell the people counted, which is what their number tells: 3人|死亡."""
    fate = _FATE.match(line.code, at)
    if fate is None or not (counts_itself(figure) or (figure.kind is Kind.NUMBER and not fate["noun"])):
        return None
    words = fate.span("fate")
    return Right(words, None, False) if line.word(words[0]) in words_of("casualty") else None


_SERVED = re.compile("F[Vv](?P<what>[anwgh]*(?:[nNg]|v(?=[,;:]|$)))")


def _read_served(line: Line, at: int) -> Right | None:
    """What a sum or a share serves as: 车费的三成|作为|平台抽成."""
    served = _SERVED.match(line.code, at)
    if served is None or line.word(at + 1) not in words_of("serving"):
        return None
    return Right(served.span("what"), None, False)


_TOLD = re.compile("F(?![,;:])[^,;:F]{1,14}D(?P<who>[aEAOPnwghm]*[nNght])")


def _read_told(line: Line, figure: Figure, at: int) -> Right | None:
    """The people behind a clause that tells which of them: 4名|正要回国的|员工."""
    told = _TOLD.match(line.code, at) if figure.unit in words_of("people_unit") else None
    if told is None or line.word(told.end("who") - 1) not in words_of("holder"):
        return None
    return Right(told.span("who"), None, True)


def _own_words(line: Line, figure: Figure, match: re.Match[str]) -> Range:
    """Of the nouns behind a figure those that it counts or measures."""
    start, end = match.span("words")
    if match["event"] and figure.unit in words_of("event_unit"):
        end = match.end("event")
    if figure.kind is Kind.COUNT and not match["joined"]:
        quantity = _OWN_QUANTITY.search(line.code, start + 1, end)
        end = quantity.start() if quantity else end
    if figure.unit in words_of("people_unit"):
        holders = (n + 1 for n in reversed(range(start, end)) if line.word(n) in words_of("holder"))
        end = next(holders, end)  # 608组|消费者|入场
    while start < end - 1 and line.code[start] in 'EA"':
        start += 1
    while start < end - 1 and line.code[end - 2 : end] in ("NQ", "nQ", "wQ"):
        end -= 1  # 贷款|「青岚一号」
    while start < end - 1 and line.code[end - 1] == "w" and line.word_after(end) in ("了", "过", "着"):
        end -= 1  # 病人|捐赠|了
    return start, end


def _is_counted(line: Line, figure: Figure, event: re.Match[str]) -> bool:
    """Whether a verb behind a figure is what it counts (5个创意) and not what the counted do (5辆车接力)."""
    if figure.kind is Kind.DURATION:
        return bool(event["joined"]) or line.code[event.start() - 1 : event.start()] == "V"  # 历经|5年|孕育
    if figure.unit in words_of("event_unit"):
        return True
    return figure.kind is Kind.COUNT and not counts_itself(figure) and {"n", "V"}.isdisjoint(event["event"])


def _belongs(line: Line, figures: Sequence[Figure], k: int, match: re.Match[str]) -> bool:
    """Whether the nouns that follow a figure are its own and not the next clause's."""
    figure, more = figures[k], match["more"]
    if more and "=" not in more and not _alike(figures, k, more.count("F")):
        return False
    if figure.kind is Kind.DURATION and not _is_filled(line, figure, match):
        return False
    if counts_itself(figure):
        return False  # 80人的|活动
    if match["joined"]:
        return True
    at = match.start()
    if line.code[at - 1 : at] == ":" and line.code.startswith(":", match.end("words")):
        return False  # 片长:125分钟 语言:国语
    return not (match["verbs"] and figure.kind in (Kind.MONEY, Kind.PERCENT, Kind.MULTIPLE))


def _is_filled(line: Line, figure: Figure, match: re.Match[str]) -> bool:
    """Whether a length of time is one of what follows it (两天的评审) and does not just date that (三年内投资)."""
    if line.shadow[figure.end - 1] == "内" or line.word(match.start("nouns")) in words_of("time_noun"):
        return False
    if match["nouns"][-1] == "t":
        return False  # 上任一年的|主席
    if match["joined"]:
        return True
    at = match.start()
    if match["verbs"] or line.code[at - 1 : at] == "R":
        return False  # 这两年|市场
    over = "N" in match["nouns"] and line.word(match.end("nouns") - 1)[-1] not in "期限命"
    return not over or line.word(at - 1) == "连续"  # 两年|平均增速 is a rate over that time


def _alike(figures: Sequence[Figure], k: int, more: int) -> bool:
    return all(figure.kind is figures[k].kind for figure in figures[k : k + more + 1])


def counted_owner(line: Line, figures: Sequence[Figure], k: int, left: Left) -> Left:
    """The things counted right before a metric own it: 70个大中城市|房价, 33城|均价."""
    start, end = left.words
    if not k or left.parts is None or figures[k - 1].kind is not Kind.COUNT or start - 1 != line.figures[k - 1]:
        return left
    counted = right_nouns(line, figures, k - 1)
    cut = counted.words[1] if counted and not counts_itself(figures[k - 1]) else start
    if cut >= end or (left.parts.owner and left.parts.owner[1] != cut):
        return left
    return left._replace(parts=Group((start - 1, cut), (cut, end), False))


def counts_itself(figure: Figure) -> bool:
    """Whether the unit is itself the thing counted: 6万人."""
    return figure.unit in words_of("noun_unit")
