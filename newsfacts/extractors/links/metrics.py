"""What a figure measures, read from the words around it.

The words are on the figure's left (客单价在40元左右) or on its right (2.3万家服务商). Which side counts depends on the
kind of figure and on what stands between; when neither does, the clause goes on with the metric before
(净利润3亿元,同比增长5%).
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newsfacts.extractors.cues import any_of
from newsfacts.extractors.links.groups import (
    Group,
    Left,
    Right,
    counted_owner,
    counts_itself,
    find_name,
    left_group,
    right_nouns,
    split_group,
    walk_left,
)
from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.wordclasses import endings_of, words_of
from newsfacts.lexicon import read_table
from newsfacts.model import Figure, Kind


class Metric(NamedTuple):
    """What the words around a figure say of it.

    `words` name the metric and `owner` whose it is (`named` when by name). `series`: all as the figure before.
    `carried`: the metric is the one before. `before` is the word before which the clause's subject stands; `agent`
    says that it does something (推出3款车型) rather than has a quantity; `changed` that the figure is a change, `rate`
    that it is one in percent. `whole`: the words are the whole that it is a share of. `aside`: the figure belongs to
    nobody (三天后). `passing`: the clause does not go on with the owner (拥有600万元的家庭达5万户).
    """

    words: Range | None = None
    owner: Range | None = None
    named: bool = False
    series: bool = False
    carried: bool = False
    before: int = 0
    agent: bool = False
    changed: bool = False
    rate: bool = False
    whole: bool = False
    aside: bool = False
    passing: bool = False


_SERIES = re.compile(r"[c/dm×\-T]*D?")  # 5寸|和更大的|7寸
_PART_OF = re.compile(r"[avwWnNgOEAQhlmkz]*fD[dma=]*")  # 9座|水库中的|4座


def read_metric(line: Line, figures: Sequence[Figure], k: int) -> Metric:
    """What figure k measures, and what the same words say of whose it is.

    >>> from newsfacts.document.words import load_segmenter
    >>> from newsfacts.extractors.figures import find_figures
    >>> from newsfacts.extractors.links.phrases import read_line
    >>> text = "远山集团的客单价达到40元"
    >>> figures = find_figures(text)
    >>> line = read_line(text, 0, len(text), [(f.start, f.end) for f in figures], load_segmenter())
    >>> line.span(read_metric(line, figures, 0).words)
    (5, 8)
    """
    at, figure = line.figures[k], figures[k]
    right = right_nouns(line, figures, k)
    if k and _goes_on(line, figures, k, right):
        return Metric(series=True, before=at)
    if items := _ITEMS.match(line.back, len(line.code) - at):
        return _read_item(line, items)
    left = walk_left(line, at)
    reader = _READERS.get(figure.kind)
    return reader(line, at, left, right) if reader else _read_quantity(line, figures, k, left, right)


def _goes_on(line: Line, figures: Sequence[Figure], k: int, right: Right | None) -> bool:
    """Whether a figure is of the same as the one before: 5寸和7寸, 3000万美元(约合2亿元)."""
    kinds = figures[k - 1].kind, figures[k].kind
    between = line.code[line.figures[k - 1] + 1 : line.figures[k]]
    if right is not None:
        return not between and kinds == (Kind.MONEY, Kind.MONEY)
    if kinds[1] is Kind.DURATION and kinds[0] is not Kind.DURATION:
        return False
    return bool(_SERIES.fullmatch(between) or ("fD" in between and _PART_OF.fullmatch(between)))


# Backwards from a figure: 产能|为|纸尿裤|63亿片|、|湿巾|93亿片.
_ITEMS = re.compile(r"(?P<item>[nwahgkOQE]+)(?:[/c]F[nwahgkOQE]+)*=[du]*(?=N)")


def _read_item(line: Line, items: re.Match[str]) -> Metric:
    """An item of a list of what makes up a quantity: the quantity stands before the list, the item owns its figure."""
    count = len(line.code)
    quantity = left_group(line, count - items.end())[1]
    parts = split_group(line, quantity)
    item = count - items.end("item"), count - items.start("item")
    return Metric(parts.metric if parts else None, item, named=True, before=quantity[0])


def _read_quantity(line: Line, figures: Sequence[Figure], k: int, left: Left, right: Right | None) -> Metric:
    """Money, percentages, counts, measures: a quantity on the left or the things on the right."""
    at, figure = line.figures[k], figures[k]
    leading, joined = left.leading, right is not None and right.joined
    if "j" in leading and figure.kind is Kind.MONEY and not _GIVEN.match(line.code, at):
        return _read_exchange(line, at, left)
    if (
        left.parts
        and left.parts.metric
        and _ends(line, left.parts.metric, "w")
        and not leading.strip("du")
        and not joined
    ):
        return _read_verb(line, figure, left.parts, right)
    left = counted_owner(line, figures, k, left)
    parts = left.parts
    changed = "^" in leading or "r" in leading
    if right and parts and parts.metric and figure.kind is not Kind.COUNT and _is_purpose(line, right):
        right = None
    counted = figure.kind in (Kind.COUNT, Kind.NUMBER)
    measured = parts is not None and _ends(line, parts.metric, "Nr")
    if right and left.parts is None and _is_price(line, figure, right):
        return Metric(None, right.words, named=True, before=at)
    if right and figure.kind is Kind.MONEY and (holder := _wealthy(line, at, right)):
        return Metric(holder[0], holder[1], named=True, before=at, passing=True)
    if right and not (measured and _claims(figure, leading, joined)) and not (changed and (measured or not counted)):
        owner, named = _owner_of_right(line, at, right, left)
        return Metric(right.words, owner, named, before=left.words[0] if owner else at, agent=True)
    if counts_itself(figure) and not measured and _ACTS.match(line.code, at):
        return Metric(before=at)
    if parts is None:
        return _read_without_group(line, at, left, figure, figures[k - 1] if k else None)
    if figure.kind is Kind.PERCENT and _is_quoted(line, at, left):
        return Metric(None, left.words, named=True, before=left.words[0])
    if parts.metric is None:
        return _read_owner(line, figures, k, left, parts)
    if (
        measured
        and right
        and right.joined
        and not right.described
        and figure.kind is Kind.MONEY
        and leading in ("", "=")
    ):
        return Metric(parts.metric, right.words, before=left.words[0])  # 价值1万元的|音响
    return _read_left(line, figure, left, parts, k > 0)


def _wealthy(line: Line, at: int, right: Right) -> tuple[Range | None, Range] | None:
    """Who has a sum: 拥有600万元的|家庭, 600万元|资产|家庭."""
    start, end = right.words
    if right.joined and right.described is None and line.word(at - 1) in words_of("having"):
        return None, right.words
    if line.word(end - 1) in words_of("holder") and end - start > 1 and line.code[end - 2] == "N":
        return (start, end - 1), (end - 1, end)
    return None


_DEAREST = 100_000  # what is worth more has no price tag but an amount: 1100亿美元的法案
_GOODS = frozenset("nOQkhE")


def _is_price(line: Line, figure: Figure, right: Right) -> bool:
    """Whether a sum is the price of the goods it stands before: 79元的|密度板, but not 2000元的|奖金."""
    return (
        figure.kind is Kind.MONEY
        and right.joined
        and right.described is None
        and figure.value is not None
        and figure.value < _DEAREST
        and line.code[right.words[1] - 1] in _GOODS
        and line.word(right.words[1] - 1) not in words_of("sum")
    )


_ACTS = re.compile("Fd*[vVwp]")  # 18人|丧生


def _ends(line: Line, words: Range | None, letters: str) -> bool:
    return words is not None and line.code[words[1] - 1] in letters


def _is_purpose(line: Line, right: Right) -> bool:
    """Whether the noun behind only says what the figure is for: 装机容量|20GW|目标."""
    return line.word(right.words[1] - 1) in words_of("purpose")


def _claims(figure: Figure, leading: str, joined: bool) -> bool:
    """Whether nouns on the left that name a quantity keep the figure although nouns follow it."""
    if figure.kind is Kind.COUNT or (joined and leading[:1] == "j"):
        return False  # 以3元的|价格
    return figure.kind not in (Kind.MEASURE, Kind.NUMBER) or "=" in leading or (joined and not leading)


def _read_verb(line: Line, figure: Figure, parts: Group, right: Right | None) -> Metric:
    """A verb right before the figure: it counts what follows, or names itself what is measured (投资200亿美元)."""
    verb = parts.metric[1] - 1 if parts.metric else 0
    words: Range | None = None
    if right:
        words = right.words
    elif line.word(verb) in words_of("nominal"):
        words = (verb, verb + 1)
    return Metric(words, parts.owner, parts.named, before=verb, agent=True)


def _read_owner(line: Line, figures: Sequence[Figure], k: int, left: Left, parts: Group) -> Metric:
    """The group is a name and nothing else: the metric is the one before, or, of a price, none."""
    figure, start = figures[k], left.words[0]
    counted = figure.kind is Kind.COUNT and parts.owner and not set(line.letters(parts.owner)) & set("OEAPQx")
    if counted:
        return Metric(parts.owner, before=start)  # 预增公司|108家
    index = parts.owner is not None and line.shadow.endswith("指数", 0, line.ends[parts.owner[1] - 1])
    if "r" in left.leading and index:
        return Metric(None, parts.owner, parts.named, before=start)
    changed = "^" in left.leading or "r" in left.leading
    alike = k > 0 and (changed or figures[k - 1].kind is figure.kind)
    alike = alike or (figure.kind is Kind.PERCENT and not left.leading)  # 远山(25%)
    return Metric(None, parts.owner, parts.named, carried=alike or "r" in left.leading or not parts.owner, before=start)


def _read_left(line: Line, figure: Figure, left: Left, parts: Group, follows: bool) -> Metric:
    """The group on the left names the metric."""
    start, leading = left.words[0], left.leading
    changed = "^" in leading or "r" in leading
    words = parts.metric or left.words
    if figure.kind is Kind.COUNT and "e" in leading:
        return Metric(before=start)  # 甲厂、乙厂等|4处
    if changed and _is_quoted_index(line, words):
        return Metric(None, (parts.owner or words)[:1] + words[1:], named=True, before=start)  # 某某指数|涨1%
    letters = set(line.letters(words))
    priced = changed or figure.kind is Kind.MONEY
    if priced and parts.owner is None and "k" in letters and letters <= set("kamnc"):
        return Metric(None, words, named=True, carried=follows, before=start)  # 期铜|跌2%: a price has no other name
    trimmed = _trim(line, _object(line, words) if figure.kind in (Kind.COUNT, Kind.MEASURE) else words)
    if trimmed is None:
        return Metric(None, parts.owner, parts.named, carried=True, before=start)
    return Metric(trimmed, parts.owner, parts.named, before=start, changed=changed, whole=left.whole)


def _is_quoted(line: Line, at: int, left: Left) -> bool:
    """Whether a share is quoted, whatever its name: 比特小鹿|涨|14%. A price or a sale would have a quantity's name."""
    if left.leading.strip("du=") != "^" or line.word(line.code.rfind("^", 0, at)) not in words_of("market_move"):
        return False
    return _NO_SHARE.isdisjoint(line.letters(left.words))


_NO_SHARE = frozenset("NrwWDvT/c")
_QUOTING_REACH = 6


def _is_quoted_index(line: Line, words: Range) -> bool:
    """Whether a group is an index of a market, which itself rises (科技指数|涨1%); a statistic rises 同比."""
    end = line.ends[words[1] - 1]
    if not line.shadow.endswith("指数", 0, end):
        return False
    behind = line.shadow[end : end + _QUOTING_REACH]
    return not words_of("market_move").isdisjoint(behind) and words_of("statistic_sign").isdisjoint(behind)


def _object(line: Line, words: Range) -> Range:
    """Of a verb as noun with its object, at the start of what is said, the object: 交付|新车."""
    start, end = words
    if line.code[end - 1] in "Nw" or line.code[start - 1 : start] in ("V", "v", "="):
        return words
    verb = max((n for n in range(start, end - 1) if line.code[n] == "w"), default=None)
    return (verb + 1, end) if verb is not None and line.word(verb) in words_of("handling") else words


def _trim(line: Line, words: Range) -> Range | None:
    """A metric without the field, determiner and attributes at its head; None when nothing names a quantity."""
    i, j = words
    code = line.code
    if "a" in code[i:j]:
        i = max((n + 1 for n in range(i, j - 1) if line.word(n) in words_of("determiner")), default=i)
    field = code.rfind("z", i, j)
    if i <= field < j - 1 and code[field + 1] != "D":
        i = field + 1
    amount = code.rfind("m", i + 1, j - 1)
    if amount > 0 and len(line.word(amount)) > 1:
        i = amount + 1  # 采购|一批|价值
    average = code.rfind("b", i + 1, j - 1)
    if average > 0 and code[j - 1] == "N" and line.word(average)[0] in "平每实" and line.word(average) != "每股":
        i = average  # 纸尿裤|每片|售价
        return i, j
    while i < j and code[i] in 'mcet/"y':
        i += 1
    while i < j - 1 and code[i] == "b" and line.word(i)[0] == "每" and line.word(i) != "每股":
        i += 1
    return (i, j) if code[i:j].strip("abmi") else None


_GIVEN = re.compile("F+b?D")  # 以3亿元的|营收
_BOUGHT = re.compile(r"F[Vv]+u?(?:v*[nO]*D)?(?P<thing>[avwWmnNghlOEQkz\"]*[nNghlOEQk\"])")


def _read_exchange(line: Line, at: int, left: Left) -> Metric:
    """A price paid (以300万元买下画作): it is that of the thing bought, else of what stands before."""
    bought = _BOUGHT.match(line.code, at)
    if bought:
        return Metric(None, bought.span("thing"), named=True, before=at)
    parts = left.parts or Group(None, None, False)
    if parts.metric and not parts.owner:
        return Metric(None, parts.metric, before=at)
    return Metric(None, parts.owner, parts.named, before=at, agent=True)


def _owner_of_right(line: Line, at: int, right: Right, left: Left) -> tuple[Range | None, bool]:
    """Who has or does what stands on the right: 北岭市|在建的|9座水库, 300万元存款的|住户, 冷空气|有两成的可能."""
    if right.described is not None:
        return right.described, False
    near = left_group(line, at)[1]
    if near[0] < near[1] and line.code[near[1] - 1] == "D":
        owner = find_name(line.code, *near)
        return owner, owner is not None
    parts, words = left.parts, left.words
    before = line.code[words[0] - 1 : words[0]]
    if parts is None or "e" in left.leading or before in ("p", "B"):
        return None, False
    if before in ("V", "v") and line.code[words[0]] != "D":
        return None, False  # 持有|北辰电力|51%股权: the name is the object
    if not left.leading and set("/c") & set(line.letters(words)):
        return None, False  # 日本和韩国|两个市场 are the things themselves
    if parts.owner is not None:
        return parts.owner, parts.named
    return (parts.metric, False) if "=" in left.leading else (None, False)


def _read_without_group(line: Line, at: int, left: Left, figure: Figure, previous: Figure | None) -> Metric:
    """No group on the left: the clause goes on with the metric before, or a verb has taken its object away."""
    stop = left.words[0]
    if line.code[stop - 1 : stop] in ("V", "v"):
        if line.word(stop - 1) in words_of("division"):
            return Metric(carried=True, before=stop - 1)  # 货源|分为|两种
        if figure.unit == "次" and line.code[stop - 1] == "v":
            return Metric((stop - 1, stop), before=stop, agent=True)  # 放电|10次
        same = previous is not None and previous.unit == figure.unit
        same = same and figure.kind in (Kind.COUNT, Kind.MEASURE)
        return Metric(carried=same or not set("ri").isdisjoint(left.leading), before=stop, agent=True)
    among = "其中" in line.shadow[line.starts[stop] : line.starts[at]]
    if counts_itself(figure) and (among or not left.leading.strip("d")):
        return Metric(before=at)
    changed = "^" in left.leading
    return Metric(carried=True, before=at, changed=changed, rate=changed and figure.kind in (Kind.PERCENT, Kind.POINT))


_LASTING = re.compile(r"u?[Vv](?P<what>N[nwa]*)(?=[aRd]*(?:[,;:]|$))")  # 跳高|纪录|保持了|八年
_SPENT = re.compile(r"(?P<what>v)u?F(?=[,;:]|$)")  # 放电|三个月,
_KEPT_UP = re.compile(r"F[\^V][an]{0,2}(?P<what>[Nr])")  # 连续|5个月|收窄|跌幅


def _read_duration(line: Line, at: int, left: Left, right: Right | None) -> Metric:
    """A length of time that only dates what is told (三天后) belongs to nobody, any other to what it is said of."""
    metric = _read_length(line, at, left, right)
    start, end = line.starts[at], line.ends[at]
    dates = _dated_after().match(line.shadow, end) or line.shadow.endswith(endings_of("dated_before"), 0, start)
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
    if kept_up := _KEPT_UP.match(line.code, at):
        return Metric(kept_up.span("what"), owner, named, before=at)
    if parts.metric and _lasts(line, at, left, parts.metric):
        return Metric(parts.metric, owner, named, before=start)
    if left.parts is None and ("^" in left.leading or line.code[at - 2 : at] == "uD"):
        return Metric(carried=True, before=at)  # 缩短了|2个月, 相比去年|的|30天
    lasting = _LASTING.match(line.back, len(line.code) - at) if left.parts is None else None
    if lasting:
        end = len(line.code) - lasting.start("what")
        return Metric((end - len(lasting["what"]), end), before=at - len(lasting[0]))
    spent = _SPENT.search(line.code, max(at - 2, 0), at + 2) if left.parts is None else None
    if spent and len(line.word(spent.start())) > 1:
        return Metric(spent.span("what"), before=at, agent=True)
    if owner is None and parts.metric and set(left.leading) <= set("=d"):
        owner = parts.metric  # 工程|历时5年
    return Metric(None, owner, named, before=start if left.parts else at, agent=True)


def _lasts(line: Line, at: int, left: Left, metric: Range) -> bool:
    """Whether the group on the left is what lasts so long."""
    if "F" in left.leading:
        return False
    if "^" in left.leading:
        return True
    return line.code[at - 1] in "nN" if not left.leading else "=" in left.leading and _ends(line, metric, "Nw")


_PERSON = re.compile(r"FD?[naw]*(?P<who>[PO])")


def _read_age(line: Line, at: int, left: Left, right: Right | None) -> Metric:
    """An age is a person's: the one named behind it (85岁的林知远) or last before it in the clause."""
    parts = left.parts or Group(None, None, False)
    if parts.metric and _ends(line, parts.metric, "N") and line.shadow[line.ends[parts.metric[1] - 1] - 1] == "龄":
        return Metric(_trim(line, parts.metric), parts.owner, parts.named, before=left.words[0])  # 平均年龄|35岁
    if person := _PERSON.match(line.code, at):
        return Metric(None, person.span("who"), named=True, before=at)
    nearest = line.code.rfind("P", 0, at)
    if nearest >= 0 and not set(",;:") & set(line.code[nearest:at]):
        return Metric(None, (nearest, nearest + 1), named=True, before=at)
    return Metric(None, parts.owner, parts.named, before=at, agent=True)


_GREAT = re.compile(r"F[am](?P<what>[awvmE]*[nNgOhl]+)")  # 全省第二|大|水泥厂


def _read_rank(line: Line, at: int, left: Left, right: Right | None) -> Metric:
    """A place: among the things behind it, in the ranking or by the quantity before it."""
    if left.parts and left.parts.metric is None and line.code[left.words[0] - 1 : left.words[0]] == "=":
        left = walk_left(line, left.words[0])  # 增速|位居|全国|第二: the country is only the scope
    parts = left.parts or Group(None, None, False)
    before = left.words[0] if left.parts else at
    if great := _GREAT.match(line.code, at):
        return Metric(great.span("what"), parts.owner, parts.named, before=before)
    words = parts.metric
    if words and line.word(words[1] - 1).startswith("排名"):
        words = (words[1] - 1, words[1])
    return Metric(words, parts.owner, parts.named, carried=words is None, before=before)


_READERS = {Kind.DURATION: _read_duration, Kind.AGE: _read_age, Kind.RANK: _read_rank}
