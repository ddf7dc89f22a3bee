"""Sums as prices: of goods, of shares and indices in quotations, of what is bought; and who has a sum."""

import re

from newsfacts.extractors.links.groups import Group, Left, Right
from newsfacts.extractors.links.measured import Metric
from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.wordclasses import words_of
from newsfacts.model import Figure, Kind

_DEAREST = 100_000  # what is worth more has no price tag but an amount: 1100亿美元的法案
_GOODS = frozenset("nOQkhE")
_NO_SHARE = frozenset("NrwWDvT/c")
_QUOTING_REACH = 6
_BOUGHT = re.compile(r"F[Vv]+u?(?:[v=a]*[nO]*D)?(?P<thing>[avwWmnNghlOEQkz\"]*[nNghlOEQk\"])")


def read_sum(line: Line, figure: Figure, at: int, left: Left, right: Right) -> Metric | None:
    """A sum before what it is the price of (39元的|手电筒) or before who has it (拥有600万元的|家庭), else None."""
    if figure.kind is not Kind.MONEY:
        return None
    if left.parts is None and _is_price(line, figure, right):
        return Metric(None, right.words, named=True, before=at)
    start, end = right.words
    if right.joined and right.described is None and line.word(at - 1) in words_of("having"):
        return Metric(None, right.words, named=True, before=at, passing=True)
    if line.word(end - 1) in words_of("holder") and end - start > 1 and line.code[end - 2] == "N":
        return Metric((start, end - 1), (end - 1, end), named=True, before=at, passing=True)  # 600万元|资产|家庭
    return None


def _is_price(line: Line, figure: Figure, right: Right) -> bool:
    """Whether a sum is the price of the goods it stands before, and no amount of money: 2000元的|奖金."""
    return (
        right.joined
        and right.described is None
        and figure.value is not None
        and figure.value < _DEAREST
        and line.code[right.words[1] - 1] in _GOODS
        and line.word(right.words[1] - 1) not in words_of("sum")
    )


def is_quoted(line: Line, at: int, left: Left) -> bool:
    """Whether a share is quoted, whatever its name: 小鹿买菜|涨|14%. A price or a sale would have a quantity's name."""
    if left.leading.strip("du=") != "^" or line.word(line.code.rfind("^", 0, at)) not in words_of("market_move"):
        return False
    return _NO_SHARE.isdisjoint(line.letters(left.words))


def is_quoted_index(line: Line, words: Range) -> bool:
    """Whether a group is an index of a market, which itself rises (科技指数|涨1%); a statistic rises 同比."""
    end = line.ends[words[1] - 1]
    if not line.shadow.endswith("指数", 0, end):
        return False
    behind = line.shadow[end : end + _QUOTING_REACH]
    return not words_of("market_move").isdisjoint(behind) and words_of("statistic_sign").isdisjoint(behind)


def read_exchange(line: Line, at: int, left: Left) -> Metric:
    """A price paid (以300万元买下画作): it is that of the thing bought, else of what stands before."""
    bought = _BOUGHT.match(line.code, at)
    if bought:
        start, end = bought.span("thing")
        start = end - 1 if line.code[end - 1] in "OQ" else start  # 化石|Stan
        return Metric(None, (start, end), named=True, before=at)
    parts = left.parts or Group(None, None, False)
    if parts.metric and not parts.owner:
        return Metric(None, parts.metric, before=at)
    return Metric(None, parts.owner, parts.named, before=at, agent=True)
