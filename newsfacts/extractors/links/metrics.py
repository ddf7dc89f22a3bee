"""What a figure measures, read from the words around it.

The words are on the figure's left (客单价在40元左右) or on its right (2.3万家服务商). Which side counts depends on the
kind of figure and on what stands between; when neither does, the clause goes on with the metric before
(净利润3亿元,同比增长5%).
"""

import re
from collections.abc import Sequence

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
from newsfacts.extractors.links.measured import Metric, ends_in, trim
from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.prices import is_quoted, is_quoted_index, read_exchange, read_sum
from newsfacts.extractors.links.times import read_age, read_duration, read_rank
from newsfacts.extractors.links.wordclasses import words_of
from newsfacts.model import Figure, Kind

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
    if figure.kind not in _TIMES and (items := _ITEMS.match(line.back, len(line.code) - at)):
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
    if kinds.count(Kind.DURATION) == 1:
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
    if settled := _read_settled(line, figures, k, left, right):
        return settled
    left = counted_owner(line, figures, k, _without_standard(line, figure, left))
    leading, parts = left.leading, left.parts
    changed = "^" in leading or "r" in leading
    if right and parts and parts.metric and figure.kind is not Kind.COUNT and _is_purpose(line, right):
        right = None
    counted = figure.kind in (Kind.COUNT, Kind.NUMBER)
    measured = parts is not None and ends_in(line, parts.metric, "Nr")
    if right and (sum_of := read_sum(line, figure, at, left, right)):
        return sum_of
    kept = measured and _claims(figure, leading, right is not None and right.joined)
    if right and not kept and not (changed and (measured or not counted)):
        if figure.kind is Kind.COUNT and "e" in leading and _opens(line, left):
            return Metric(right.words, aside=True, before=at)  # 甲厂、乙厂等|5家|公司|接待
        owner, named = _owner_of_right(line, at, figure, right, left)
        return Metric(right.words, owner, named, before=left.words[0] if owner else at, agent=True)
    if counts_itself(figure) and not measured and _ACTS.match(line.code, at):
        return Metric(before=at)
    if changed and (verb := _self_named(line, at, left)):
        return Metric(verb, parts and parts.owner, bool(parts and parts.named), before=verb[0], changed=True)
    if parts is None:
        return _read_without_group(line, at, left, figure, figures[k - 1] if k else None)
    if figure.kind is Kind.PERCENT and is_quoted(line, at, left):
        return Metric(None, left.words, named=True, before=left.words[0])
    if parts.metric is None:
        return _read_owner(line, figures, k, left, parts)
    valued = measured and figure.kind is Kind.MONEY and leading in ("", "=")
    if valued and right and right.joined and not right.described:
        told = line.code[left.words[0] - 1 : left.words[0]] == "R" or line.code[left.words[0]] == "m"
        return Metric(parts.metric, right.words, named=not told, before=left.words[0])  # 价值1万元的|音响
    return _read_left(line, figure, left, parts, k > 0)


def _read_settled(line: Line, figures: Sequence[Figure], k: int, left: Left, right: Right | None) -> Metric | None:
    """What needs no weighing of left against right: prices paid, verbs right before a figure, parts of a count."""
    at, figure, leading = line.figures[k], figures[k], left.leading
    if "j" in leading and figure.kind is Kind.MONEY and not _GIVEN.match(line.code, at):
        return read_exchange(line, at, left)
    by_verb = left.parts and ends_in(line, left.parts.metric, "w") and not leading.strip("du")
    if left.parts and by_verb and not (right and right.joined):
        return _read_verb(line, figure, left.parts, right)
    if right is None and _is_part(line, figures, k):
        return Metric(part=True, before=at)
    return None


def _without_standard(line: Line, figure: Figure, left: Left) -> Left:
    """What stands before the standard that a multiple is of: 强度达|钛合金|两倍."""
    start = left.words[0]
    if figure.kind in _TIMES and line.code[start - 1 : start] == "=" and not left.leading.strip("D"):
        return walk_left(line, start)
    return left


_TIMES = frozenset((Kind.MULTIPLE, Kind.RATIO))
_ACTS = re.compile("Fd*[vVwp]")  # 18人|丧生


def _self_named(line: Line, at: int, left: Left) -> Range | None:
    """A verb of change that is itself the name of what changes: 央行|降息|25个基点, 北岭|降温|8℃."""
    verb = line.code.rfind("^", 0, at)
    if verb < 0 or line.word(verb) not in words_of("self_named"):
        return None
    return (verb, verb + 1) if left.parts is None or left.parts.metric is None else None


_COUNTED_AS = re.compile(r"=+d*D[u=]*[\^vVna]")  # backwards: 上涨|的|有


def _is_part(line: Line, figures: Sequence[Figure], k: int) -> bool:
    """Whether a count is of those among the things counted before that do so: 70个城市中,上涨的有|56个."""
    figure = figures[k]
    if figure.kind is not Kind.COUNT or not _COUNTED_AS.match(line.back, len(line.code) - line.figures[k]):
        return False
    return any(other.kind is Kind.COUNT and other.unit == figure.unit for other in figures[:k])


def _opens(line: Line, left: Left) -> bool:
    """Whether a group opens a clause."""
    return line.code[max(left.words[0] - 1, 0) : left.words[0]] in ("", ",", ";", ":")


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
    elif figure.unit == "次" or line.word(verb) in words_of("nominal"):
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
    if changed and is_quoted_index(line, words):
        return Metric(None, (parts.owner or words)[:1] + words[1:], named=True, before=start)  # 某某指数|涨1%
    letters = set(line.letters(words))
    priced = changed or figure.kind is Kind.MONEY
    if priced and parts.owner is None and "k" in letters and letters <= set("kamnc"):
        return Metric(None, words, named=True, carried=follows, before=start)  # 期铜|跌2%: a price has no other name
    trimmed = trim(line, _object(line, words) if figure.kind in (Kind.COUNT, Kind.MEASURE) else words)
    if trimmed is None:
        return Metric(None, parts.owner, parts.named, carried=True, before=start)
    return Metric(trimmed, parts.owner, parts.named, before=start, changed=changed, whole=left.whole)


def _object(line: Line, words: Range) -> Range:
    """Of a verb as noun with its object, at the start of what is said, the object: 交付|新车."""
    start, end = words
    if line.code[end - 1] in "Nw" or line.code[start - 1 : start] in ("V", "v", "="):
        return words
    verb = max((n for n in range(start, end - 1) if line.code[n] == "w"), default=None)
    return (verb + 1, end) if verb is not None and line.word(verb) in words_of("handling") else words


_GIVEN = re.compile("F+b?D")  # 以3亿元的|营收


def _without_quantity(line: Line, described: Range, figure: Figure) -> Range | None:
    """What the nouns behind a figure describe, without the quantity that belongs to it: 600万元资产的|家庭|数量."""
    start, end = described
    if line.code[end - 1] == "N" and figure.kind is Kind.COUNT:
        return None  # 500家公司的|总营收
    things = len(line.code[start:end].rstrip("N"))
    return (start, start + things) if things else described


def _is_place(line: Line, group: Range) -> bool:
    """Whether a group before 的 only tells where: 青岚|在|东洲的|两家公司."""
    return group[0] > 0 and line.word(group[0] - 1) in words_of("located")


def _owner_of_right(line: Line, at: int, figure: Figure, right: Right, left: Left) -> tuple[Range | None, bool]:
    """Who has or does what stands on the right: 北岭市|在建的|9座水库, 300万元存款的|住户, 冷空气|有两成的可能."""
    if right.described and (owner := _without_quantity(line, right.described, figure)):
        return owner, False
    near = left_group(line, at)[1]
    if near[0] < near[1] and line.code[near[1] - 1] == "D" and not _is_place(line, near):
        made = near[1] - near[0] == 1 and line.code[near[0] - 1 : near[0]] in ("U", "V", "v")
        owner = find_name(line.code, *(left_group(line, near[0] - 1)[1] if made else near))  # 财政部|公布的|1份文件
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
        if reached := _read_reached(line, stop - 1, left):
            return reached
        if line.word(stop - 1) in words_of("division"):
            return Metric(carried=True, divided=True, before=stop - 1)  # 货源|分为|两种
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


def _read_reached(line: Line, verb: int, left: Left) -> Metric | None:
    """A quantity before a verb that says how far it got: 固定资产投资|完成|246亿元."""
    if line.word(verb) not in words_of("reaching") or line.code[verb - 1 : verb] != "N":
        return None
    words = left_group(line, verb)[1]
    parts = split_group(line, words)
    if parts is None or parts.metric is None:
        return None
    return Metric(trim(line, parts.metric), parts.owner, parts.named, before=words[0], changed="^" in left.leading)


_READERS = {Kind.DURATION: read_duration, Kind.AGE: read_age, Kind.RANK: read_rank}
