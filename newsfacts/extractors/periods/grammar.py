"""The grammar of time expressions: what may begin one, what a year may be followed by, and what may stand behind it.

`START` finds the beginning of an expression; the name of its outer group says of which sort. `PART` reads the part of a
year that follows, `RANGE` what joins two expressions, `TAIL` what closes one.
"""

import re

from newsfacts.extractors.figures.dates import (
    CN,
    CN_DAY,
    CN_MONTH,
    DAY,
    HOUR,
    JOIN,
    MONTH,
    NO_LENGTH,
    NOT_DAY,
    NOT_MONTH,
    YEAR,
)
from newsfacts.extractors.periods.words import all_words, cue_words, word_characters

_NUMBER = rf"(?:[0-9]{{1,3}}(?:\.[0-9]+)?|[{CN[1:]}十百两几数半]{{1,4}})"
_UNIT = r"(?:年|个月|个季度|季|周|个?星期|天|日|个?小时|分钟|个?世纪|个?财年|个?交易日)"
_NOT_EDGE = r"(?![特部层盘气蕴薪线级次步中衷代创选赛端期审])"
_NO_WEEKDAY = "(?![1-6一二三四五六日天末])"
_ANY_MONTH = rf"(?:{MONTH}|{CN_MONTH})"
_ANY_DAY = rf"(?:{DAY}|{CN_DAY})"
_QUARTER_JOIN = rf"[ ]?季?度?{JOIN}第?[ ]?"

_IN_MONTH = rf"""
    [ ]?
    (?: (?P<day>{_ANY_DAY})(?:{JOIN}(?P<day2>{_ANY_DAY}))?[ ]?[日号]
      | 第?(?P<week>[1-5一二三四五])[ ]?(?:周|星期|礼拜){_NO_WEEKDAY}
      | (?P<ten>[上中下])旬 | (?P<tail>[底末初]){_NOT_EDGE} )
"""
_PART = rf"""
    [ ]?(?:的(?![底末初终中]))? (?=[0-9{CN}十上下前首末第QH头春夏秋冬年底初终中])
    (?: (?P<opening>首月)
      | (?P<half>[上下])半(?:年度?|财年)
      | 前[ ]?(?P<quarters>[二三两23])[ ]?个?季度?
      | (?P<outer>[首末])季度?
      | 第?[ ]?(?P<quarter>[一二三四1-4])(?:{_QUARTER_JOIN}(?P<quarter2>[一二三四1-4]))?[ ]?(?P<fiscal>财)?季度?
      | Q(?P<q>[1-4])(?![0-9A-Za-z]) | H(?P<h>[12])(?![0-9A-Za-z])
      | [前首头][ ]?(?P<months>{_ANY_MONTH}|两)[ ]?个?月份?
      | (?P<month>{_ANY_MONTH})(?:{JOIN}(?P<month2>{_ANY_MONTH}))?[ ]?月(?:份|间)?{NOT_MONTH}(?:{_IN_MONTH})?
      | (?P<season>[春夏秋冬])[季天]
      | 年?(?P<edge>[底末初终]){_NOT_EDGE} | (?P<middle>年中|中(?=[，,]))
    )
"""
# A year in four digits; one of which the 年 comes later; two or three digits before a part of the year.
_YEARS = rf"""
    (?P<y>{YEAR}|[一二][{CN}]{{3}})[ ]?年(?:度|份)?(?!期)
  | (?P<bare>{YEAR})
      (?=[ ]?(?:[QH][1-4]|第[一二三四1-4]季|[上下]半年|(?:[和、与及至到-][ ]?{YEAR}){{1,8}}[ ]?(?:年|[上下]半|Q[1-4])))
  | (?P<zero>0[0-9])[ ]?年
  | (?<![.])(?P<short>1[01][0-9]|[0-9]{{2}})[ ]?年度?
      (?=[ ]?(?:{MONTH}[ ]?[月-]|[上下]半年|第?[一二三四1-4]季|前[二三][个季]|[底末]|[QH][1-4]))
"""
_SEVERAL_YEARS = rf"(?P<from>{YEAR})[ ]?[-~/至到][ ]?(?P<to>{YEAR}|[0-9]{{2}})[ ]?(?:年度?|财年|赛季|学年)(?:间|期间)?"
_ISO = r"(?:19|20)[0-9]{2}(?P<sep>[-/.])[01]?[0-9](?P=sep)[0-3]?[0-9](?![0-9])"
# A length of time dates with a word before it (过去三年) or behind it (三年来).
_LENGTHS = rf"""
    (?<![.第])(?P<count>{_NUMBER})[多余]?(?P<unit>{_UNIT})(?:半|多)?(?:时间)?
    (?:以来|来(?![自到源])|之?内|以内|里|期间|(?P<later>之?后|以后)|(?P<ago>之?前|以前)(?![一二三四0-9])|时间)
"""
_SPANS = rf"""
    (?:过去|最近|未来|今后|往后|此后|随后|(?<![附邻靠])近)的?[近约]?
    {_NUMBER}[多余]?个?{_UNIT}[多半]?(?:以?来|之?内|里|间|中)?
"""
_WEEKDAYS = r"""
    (?P<which>上上|上个?|本|这个?|下个?)?(?:(?<![每两几一二三四五六七八九十0-9])(?<!(?<!指)数)|(?<=上一))
    (?:周|星期|礼拜)(?P<wd>[一二三四五六日天末])(?![次个场]|均)
"""
_DECADES = rf"""
    (?:(?P<century>[12][0-9])[ ]?世纪)?(?P<tens>[1-9]0|(?:19|20)[0-9]0|[{CN[1:]}]十)[ ]?年代[初中末]?期?
"""
# What `_PART` may read without a year before it.
_BARE_PARTS = rf"""
    (?<![0-9.第年])(?<![0-9][,、])
    (?= 第[ ]?[一二三四1-4][ ]?财?季
      | (?<!连续)(?<!个)[一二三四1-4](?:{_QUARTER_JOIN}[一二三四1-4])?[ ]?财?季度
      | [首末]季 | (?<![此之以目提])[前首头][ ]?(?:{_ANY_MONTH}|两)[ ]?个?[月季]
      | (?<![A-Za-z])[QH][1-4](?![0-9A-Za-z]) | [上下]半年 | 年[底末终]{_NOT_EDGE}
      | (?<![{CN}十百千万两几数每近满个])(?:(?<!\n)|(?![0-9]、)){_ANY_MONTH}(?:{JOIN}{_ANY_MONTH})?[ ]?月{NOT_MONTH} )
"""
_DAYS = rf"""
    (?<![0-9.,第前后{CN}十百千万两几数])(?<![0-9][ ]){NO_LENGTH}
    (?:(?P<d0>{DAY})[ ]?[、和及与至到][ ]?)?
    (?P<d>{DAY}|(?!一日){CN_DAY})[ ]?(?:日{NOT_DAY}|号(?=[上下晚早凌]|当晚|当天))
"""
_HOURS = rf"{HOUR}[ ]?[时点](?:[ ]?[0-5]?[0-9][ ]?分|半|许)?(?![0-9钟半])"
_CLOCK_TIME = rf"(?<![0-9.:]){HOUR}[ ]?时[ ]?[0-5]?[0-9][ ]?分(?!钟)"
_PLAN = r"(?P<nth>十[一二三四五])五[”\"]?(?:规划|计划)?(?:期间|时期|期)"
_DIGITS = f"0123456789{CN}十两几数半"
_FOLLOWERS = "年月日号时季度周天个多余小分世财会赛学交星第上下QH至到、和与及~-"
_HEADS = f"{_DIGITS}民凌早晚傍中过最未今往此随近上下本这周星礼同第首末前头年QHF{word_characters(0)}"
_JOINTS = "一Y~/.至到、和与及"
_SECONDS = (
    f"{_DIGITS} 廿年月日号时午晨晚季周天个多余小分世财交星礼拜"
    f"期国去近来后的约上下半底末终{_JOINTS}{word_characters(1)}-"
)

START = re.compile(
    rf"""
    (?: (?=[{_DIGITS}])
        (?: (?<![0-9])
            (?: (?P<iso> {_ISO} )
              | (?P<years> {_SEVERAL_YEARS} )
              | (?P<fiscalyear> (?P<fy>{YEAR})[ ]?(?:财年|财政年度|会计年度) )
              | (?P<year> {_YEARS} )
              | (?P<length> {_LENGTHS} )
              | (?P<decade> {_DECADES} )
              | (?P<plan> {_PLAN} ) )
          | (?P<day> {_DAYS} )
          | (?P<clock> {_CLOCK_TIME} ) )
      | (?![{_DIGITS}])
        (?: (?=[过最未今往此随近]) (?P<span> {_SPANS} )
          | (?=[上下中凌早晚傍]) (?P<hour> (?:[上下中]午|凌晨|早上|晚上|傍晚)[ ]?{_HOURS} )
          | (?P<word> {all_words()} | 今(?=[ ]?\([0-9]) )
          | (?=[上本这下周星礼]) (?P<weekday> {_WEEKDAYS} )
          | (?=[上本这下周星礼]) (?P<week> (?P<which2>上上|上一?个?|本|这一?个?|下一?个?)(?:周|星期|礼拜)(?!期(?!货)) )
          | (?P<nthweek> 第[ ]?(?P<nth2>[1-5一二三四五])[ ]?周{_NO_WEEKDAY} )
          | (?P<era> 民国[ ]?(?P<roc>[0-9]{{1,3}})[ ]?年度? )
          | (?P<fiscalcode> FY[ ]?(?P<fy2>(?:20)?[0-9]{{2}}) ) )
      | (?P<part> (?=[{_DIGITS}第首末前头QH上下年]) {_BARE_PARTS} )
    )
    """,
    re.VERBOSE,
)
"""Where an expression begins. Group `part` is empty: `PART` reads it."""

MAY_START = re.compile(
    rf"""
    [{_HEADS}] (?=[{_SECONDS}])
    (?: (?<![{_DIGITS}])
      | (?<![0-9]) (?=[{CN}十百两几数半廿]{{0,4}}[ ]{{0,2}}[{_FOLLOWERS}])
      | (?<=十) (?=[一二三四五]五)
      | (?<=[0-9]) (?<![0-9].) (?=[0-9.]*[ ]{{0,2}}[/{_FOLLOWERS}]|[0-9]{{3}}[.]) )
    """,
    re.VERBOSE,
)
"""Where `START` may match. One set of first characters heads the pattern, for which `re` skips over a text fast."""

PART = re.compile(_PART, re.VERBOSE)
"""The part of a year: 上半年, 第三季度, 1-4月, 5月8日, 夏季, 底."""

IN_MONTH = re.compile(_IN_MONTH, re.VERBOSE)
"""The part of a month: 8日, 上旬, 底."""

RANGE = re.compile(r"-|[ ]?(?:起|开始)?(?:~|直?[至到])[ ]?")
"""What joins two expressions into a range."""

CLOCK = re.compile(
    rf"""
    (?:[ ]?(?:凌晨|清晨|早晨|早上|早间|上午|中午|午间|下午|傍晚|晚上|晚间|晚|深夜|午夜|午后|夜间|白天(?:[至到]夜间)?))?
    (?:[ ]?{HOUR}[ ]?[时点](?:[ ]?[0-9]{{1,2}}[ ]?分|半|许|整)?|[ ]?{HOUR}:[0-5][0-9])?
    (?:\([0-9]{{1,2}}日\))?
    (?:[ ]?周末(?!版))?
    """,
    re.VERBOSE,
)
"""What may follow a day: part of the day, the clock, the date in brackets, 周末."""

TAIL = re.compile(
    rf"""
    (?=[0-9{CN}十止的之第首末财会年全当那该底晚早稍以后月日季来至迄这期间为前左起开内])
    (?:
    (?P<months>止?[的之]?(?P<count>[0-9]{{1,2}}|十?[{CN[1:]}])个月)
  | (?P<quarter>止?[的之]?第?[一二三四首末1-4][ ]?财?季度?)
  | (?P<year>止?的?(?:财政|会计|财务)?(?:年度|财年)|止?的?(?:全年|一年))
  | (?P<week>止?的?(?:当|一|那|该)周)
  | (?P<edge>[底末]){_NOT_EDGE}
  | (?P<open>(?:晚些|早些|稍晚|稍早)时候|稍早|稍晚|稍后|之后|以后|后(?![续来期市半盾台备勤方者果疫两3三2二四]))
  | (?P<since>以来|[年月日季]?来(?![自到源看说临电访往])|至今|迄今)
  | (?P<kept>这一?(?:周|天|年|季度?)
      | 期间|间|为止|止|当日|当天|当晚|前后|左右|之前|以前|前(?![{CN}十0-9景沿往两述期端])|起|开始|内)
    )
    """,
    re.VERBOSE,
)
"""What closes an expression and changes what it names, or only goes with it (`kept`)."""

AHEAD = re.compile(cue_words("future"))
CLAUSE_END = re.compile(r"[，。；：！？,;:\n]")
