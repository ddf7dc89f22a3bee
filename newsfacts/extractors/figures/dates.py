"""Calendar expressions whose numerals are not figures: 2021年3月, 1-4月, 第三季度, 20:30, 周五, 20世纪90年代.

One compiled pattern reads the whole shadow in linear time. It matches the tokens that a calendar expression is made of
(2021年3月6日 is three spans), since only the numerals matter here; `moments` puts expressions together. What looks
like a date but measures a length of time (过去14年, 三个月, 6日均线, 10日内) is left alone: it is a figure.
"""

import re
from typing import Any

from newsfacts.extractors.cues import any_of
from newsfacts.lexicon import read_table
from newsfacts.model import Span

JOIN = r"[ ]?[-~至到、和及与][ ]?"
YEAR = r"(?:1[0-9]|2[01])[0-9]{2}"
MONTH = r"(?:1[0-2]|0?[1-9])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
HOUR = r"(?:2[0-4]|1[0-9]|0?[0-9])"
CN = "零一二三四五六七八九"
CN_MONTH = r"(?:十[一二]?|[一二三四五六七八九])"
CN_DAY = rf"(?:三十一?|(?:二十|廿|十)[{CN[1:]}]?|[{CN[1:]}])"

_TABLE = read_table("context")


def _not_before(array: str) -> str:
    """A pattern that holds where none of the words of an array follows, or what `unless` says does."""
    (row,) = _TABLE[array]
    unless = f"(?!{any_of(row['unless'])})" if "unless" in row else ""
    space = "[ ]?" if row.get("space") else ""
    return f"(?!{space}{unless}{any_of(row['words'])})"


def _not_after(row: dict[str, Any]) -> str:
    """A pattern that holds where none of a row's words, all of one length, stands before."""
    unless = f"(?<![{row['not_after']}])" if "not_after" in row else ""
    words = unless + any_of(row["words"])
    return f"(?<!{words})(?<!{words}[ ])" if row.get("space") else f"(?<!{words})"


NO_LENGTH, _NO_LENGTH_OF_HOURS = ("".join(map(_not_after, _TABLE[array])) for array in ("length_after", "hours_after"))
NOT_DAY, NOT_MONTH, NOT_HOUR, _NOT_CLOCK = map(_not_before, ("day_not", "month_not", "hour_not", "clock_not"))
_NOT_FIRST = any_of([word for row in _TABLE["first_after"] for word in row["words"]])
"""What makes 前 another word (目前, 此前) than the first ones of a year (前4个月)."""
_AFTER_DAY_PART = r"""
    (?:(?<=[晚午晨早夜日天号])|(?<=[晚午晨早夜日天号][ ])|(?<=[晚早]上)|(?<=[晚夜早午]间)|(?<=[时点][-至到]))
"""

_YEARS = rf"""
    (?:19|20)[0-9]{{2}}(?P<sep>[-/.])(?:1[0-2]|0?[1-9])(?P=sep){DAY}(?![0-9])         # 2021-05-10T08:10:28Z, 2021.5.10
        (?:[T ]{HOUR}:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?:Z|[+-][0-9:]{{4,5}})?)?
  | 20[0-9]{{2}}-(?:0[1-9]|1[0-2])(?![0-9])                                            # 2021-05
  | {YEAR}[ ]?年?[底末初]?{JOIN}(?:{YEAR}|[0-9]{{2}})[ ]?(?:年(?!期)|赛季|财|学年|季)  # 2013-2017年, 2020-21赛季
  | {YEAR}/(?:{YEAR}|[0-9]{{2}})(?=[ ]?(?:赛季|财|年|学年|榨季))                       # 2020/21财年
  | (?:(?<!距今)(?<!超过)(?<![近约逾达])|(?![0-9]{{2}}00)){YEAR}[ ]?年(?!历史|之久|的历史|树龄|以上)            # 2021年
  | {YEAR}[ ]?(?:财年|财政|赛季|学年|会计)                                             # 2021财年
  | {YEAR}[ ]?(?:[QH][1-4]|E(?![A-Za-z])|(?=第[一二三四1-4]季|[上下]半年))              # 2021Q3, 2022E
  | (?<=[(]){YEAR}(?:[-/]{YEAR})?(?=[)])                                            # (1997)
  | 0[0-9][ ]?年 | (?<=['’])[0-9]{{2}}[ ]?年                                           # 08年
  | (?:1[01][0-9]|[0-9]{{2}})[ ]?年                                                    # 21年3月, 110年度
        (?=度|[ ]?{MONTH}[ ]?[月-]|[ ]?[上下]半年|[ ]?第?[一二三四1-4]季|[底末]|[QH][1-4])
  | (?<=[)])1[01][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?=\s|\Z)             # (编辑:…)1100408
  | (?<=[「『“《])1[01][0-9][ ]?年(?![前后来内间以之多余半历])                               # 「109年…计划」
  | [0-9]{{1,2}}[ ]?世纪(?:[ ]?[0-9]0[ ]?年代)? | (?:1[0-9]|20)?[0-9]0[ ]?年代          # 20世纪90年代
"""
_MONTHS = rf"""
    (?<=[前首头])(?<!{_NOT_FIRST}前){MONTH}[ ]?个月 | (?<=[前首头][ ]){MONTH}[ ]?个月     # 前4个月, but not 目前4个月
  | {MONTH}(?:{JOIN}{MONTH}){{0,3}}[ ]?月份?{NOT_MONTH}                             # 3月, 1-4月, 5、6月份
"""
_DAYS = rf"""
    (?:(?<=月)|(?<=月[ ])){DAY}(?:{JOIN}{DAY}){{0,3}}[ ]?[日号]                       # (1月)6日, (1月)3-5日
  | {NO_LENGTH}(?<![前后第]){DAY}[ ]?日{NOT_DAY}                                      # 6日
  | {DAY}[ ]?号(?=[上下]午|[早晚]|凌晨|中午|当|开始|起|[至到])                            # 15号起
"""
_CLOCKS = rf"""
    (?<![以为比按:])(?<!比分){HOUR}:[0-5][0-9](?::[0-5][0-9])?(?![0-9:%])               # 20:30, but not 21:15战胜
        {_NOT_CLOCK}
  | {_NO_LENGTH_OF_HOURS}{HOUR}[ ]?[时点][ ]?[0-5]?[0-9][ ]?分(?![之钟])              # 20时30分, but not 用时2时30分
        (?:[ ]?[0-5]?[0-9][ ]?秒)?
  | {HOUR}[ ]?[时点](?:半|整|钟|许|一刻|三刻)                                           # 8点半
  | {_AFTER_DAY_PART}{HOUR}[ ]?[时点]{NOT_HOUR}                                       # 晚上7点
  | {_NO_LENGTH_OF_HOURS}{HOUR}[ ]?时{NOT_HOUR}                                      # 20时
"""
_QUARTERS = r"""
    (?<!连续)(?<!过去)[1-4](?:[ ]?[-~至到、和][ ]?[1-4])?[ ]?季度 | (?<=年)[1-4][ ]?季
  | [1-4]Q(?:(?:20)?[0-9]{2})?(?![0-9A-Za-z]) | [12]H(?:20)?[0-9]{2}(?![0-9A-Za-z])    # 3Q21, 1H2021
  | [0-9]{2}Q[1-4](?![0-9A-Za-z])
"""
_IN_CHINESE = rf"""
    [一二][{CN}]{{3}}[ ]?(?=年|[-至到][一二][{CN}]{{3}}年)年? | 零[{CN}]年 | 九[零一二三四五六七]年   # 二零二一年
  | [一二]?十?[{CN[1:]}十]世纪(?:[{CN[1:]}]十年代)? | [{CN[1:]}]十年代                       # 九十年代
  | [{CN[1:]}]?十[{CN[1:]}]?年(?=元旦|{CN_MONTH}月)                                     # 九十五年一月
  | (?<=[前首头])(?<!{_NOT_FIRST}前)(?:[二三四五六七八九]|十一?)个月
  | (?:{CN_MONTH}[-至到、和]|[二三四五六七八](?=[三四五六七八九]月))?{CN_MONTH}月份?{NOT_MONTH} # 三月, 七八月份
  | (?<=月){CN_DAY}[日号] | (?<=[{CN[1:]}十]月)(?:二?十|廿)[{CN[1:]}]?                 # 八月十五
  | (?!一日){NO_LENGTH}(?<![前后第]){CN_DAY}日{NOT_DAY}                              # 二十三日
  | (?<!连续)(?<!过去)[一二三四](?:[-至到、和][一二三四])?季度 | [一二三四]季报 | (?<=[前首头年])[一二三四]季
  | (?:十[{CN}]?|二十[一二三四]?|[{CN}])[时点](?:半|钟|许|一刻|三刻|[{CN}十]{{1,3}}分)   # 七点半
  | {_AFTER_DAY_PART}(?:十[一二]?|二十[一二三四]?|[{CN}])[时点]{NOT_HOUR}
"""
_WORDS = rf"""
    第[ ]?(?:[0-9]+|[一二三四五六七八九十百]+)[ ]?
        (?:个?(?:季度?|财季|财年|会计年度|交易日|工作日|月|年度?|周|星期|天|日|小时|分钟))     # 第三季度, 第13个月
  | [上下前后]半(?:年|月|财年) | [前后上下同][ ]?一个?(?:交易|工作)?(?:日|天|晚|周|年度?|月|季度?|财[年季])(?!月|季|度)
  | (?<!{_NOT_FIRST})前[ ]?两个?月(?![球饼亮])                                           # 前两个月
  | Q[1-4](?![0-9A-Za-z]) | H[12](?![0-9A-Za-z]) | FY[ ]?(?:20)?[0-9]{{2}}(?![0-9])
  | (?:周|星期|礼拜)[一二三四五六日天](?![ ]?[次个场项条])
  | 民国[ ]?(?:[0-9]{{1,3}}|[{CN}十百]+)[ ]?年
  | (?<![年月周盘末纪])初[{CN[1:]}十](?![中级期步次])
  | (?:正|腊|冬)月(?:初[{CN[1:]}十]|{CN_DAY})? | 大年(?:三十|初[{CN[1:]}十])
"""

_TOKEN = re.compile(
    rf"""
    (?=[0-9]) (?: {_YEARS} | {_MONTHS} | {_DAYS} | {_CLOCKS} | {_QUARTERS} )
  | (?=[{CN}十廿]) (?: {_IN_CHINESE} )
  | (?![0-9{CN}十廿]) (?: {_WORDS} )
    """,
    re.VERBOSE,
)
"""One token of a calendar expression, in the shadow, where one may begin."""

_BEGINNING = re.compile(
    rf"""
    [0-9{CN}十廿第上下前后同QHF周星礼民初正腊冬大]
    (?: (?<=[0-9]) (?<![0-9].)(?<![0-9][.,].)
        (?= [0-9]{{0,3}}[ ]{{0,2}}[-~至到、和及与/:)年月日号时点世季财赛学会第上下个底末初QHE]
          | [0-9]{{3}} (?: [.] | [0-9]{{3}} ) )
      | (?<=[{CN}十廿]) (?<![{CN}十廿百千万亿两几].)
        (?=[{CN}十廿]{{0,4}}[ ]?[-至到、和个年月日号世季时点]|(?<=月.))
      | (?<![0-9{CN}十廿]) (?<![A-Za-z0-9每两].) (?=[ 0-9半{CN}两十百年月期拜国Y]) )
    """,
    re.VERBOSE,
)
"""Where a token may begin. One set of first characters heads the pattern, for which `re` skips over a text fast."""


def find_dates(shadow: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The spans of all calendar tokens between `start` and `end`, sorted, none overlapping another.

    >>> shadow = "2021年前三季度出口40万吨,过去14年首次,8日晚7点公布"
    >>> [shadow[s:e] for s, e in find_dates(shadow)]
    ['2021年', '三季度', '8日', '7点']
    """
    end = len(shadow) if end is None else end
    spans: list[Span] = []
    for beginning in _BEGINNING.finditer(shadow, start, end):
        at = beginning.start()
        if at >= start and (token := _TOKEN.match(shadow, at, end)):
            spans.append(token.span())
            start = token.end()
    return spans
