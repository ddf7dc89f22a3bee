"""Status: whether a figure has happened, is expected, or is intended.

Words of expectation (预计, 有望) and of intention (拟, 计划) hold from where they stand: some to the end of the
sentence, until a word tells facts again (目前, 已), some for their clause and those that go on with it. 将 is read by
its neighbours, since it is a preposition too (将价格从…): as a modal it is a plan, or a forecast when nobody decides
what it tells (将导致). The figure that a change starts from is a fact even in a plan, and so is 去年的5亿元.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from functools import cache

from newsfacts.extractors.cues import any_of
from newsfacts.lexicon import read_table
from newsfacts.model import Figure, Found, Kind, Sentence, Span, Status

TABLE = read_table("status")
"""The rows of status.toml, which `negation` reads as well."""
_NEAR = 8
"""A subject stands at most this far before its modal."""
_MEMBERS = 12
"""So many figures of a clause, the last ones, can take their status from a word behind them."""
_ABOUT = 40
"""How far before 将 the word is looked for that says what acts."""
_DECIDES = 26
"""How far behind 将 the word is looked for that decides what it is."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """A row of status.toml; `role` is its table or, for the words of status, what reading they need."""

    role: str
    status: Status = Status.ACTUAL
    reach: str = ""
    back: bool = False
    not_after: frozenset[str] = frozenset()
    not_before: tuple[str, ...] = ()


def listed(table: str) -> list[str]:
    """The words of all rows of an array of status.toml."""
    return [word for row in TABLE[table] for word in row["words"]]


def _cues(table: str, status: Status) -> dict[str, _Cue]:
    return {
        word: _Cue(
            "noun" if row.get("noun") else "chance" if row.get("chance") else "cue",
            status,
            row["reach"],
            row.get("back", False),
            frozenset(row.get("not_after", "")),
            tuple(row.get("not_before", "")),
        )
        for row in TABLE[table]
        for word in row["words"]
    }


_AIM = TABLE["aim"][0]
_CUES: dict[str, _Cue] = {
    **{word: _Cue("actual", reach=row["for"]) for row in TABLE["actual"] for word in row["words"]},
    **_cues("forecast", Status.FORECAST),
    **_cues("plan", Status.PLAN),
    **{word: _Cue("will", Status.PLAN, "clause", back=True) for word in listed("will")},
    **{word: _Cue("aim", Status.PLAN, "clause", not_before=tuple(_AIM["not_before"])) for word in _AIM["words"]},
    **{word: _Cue("none") for word in listed("none")},
    **{mark: _Cue("mark") for mark in "，,；;…"},
    " ": _Cue("gap"),
    ":": _Cue("colon"),
    "(": _Cue("open"),
    ")": _Cue("close"),
}
_GAP = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""A space between two characters parts the clauses of a headline."""
_SCAN = re.compile(any_of(_CUES))
_HINT = re.compile(any_of(word for word, cue in _CUES.items() if cue.status is not Status.ACTUAL))
_OUTCOME = frozenset(listed("outcome"))
_ADVERBS = frozenset(listed("adverb"))
_SERVED = frozenset(listed("served"))
_AMOUNT = re.compile(r"[约近超逾]?[ ]?[0-9零一二三四五六七八九十百千万亿几数两]")
_NATURE = re.compile(any_of(listed("nature")))
_DECIDED = re.compile(any_of(listed("decided")))
_MARK = re.compile(r"[，,；;。]")
_CLOSES = re.compile(r"[，,；;。、)” 及和]|$")
_OUTDONE = re.compile(any_of(listed("outdone")))
_NOUN = re.compile(
    r"[，,。；;、:的」”’』》)]|$|共|已|总额|总规模|总计|获|有|是|中|下|内|外|达成|遭|被|出炉|受阻|包括|涉及|显示|草案|方案|谈判|进行"
)
_CONTINUES = re.compile(rf" ?{any_of(listed('continue'))}")
_DONE = re.compile(rf"{any_of(word for row in TABLE['plan'] for word in row.get('met', ()))}[^，,后并的]{{0,6}}$")
_PAST = re.compile(rf"{any_of(listed('past'))}的?(?:约|近|逾|超过?|每.{{1,3}})?$")
_COMPARED = re.compile(
    r"(?:(?<![占环同对])比(?![例重率为达约较])|(?<!比)较|[高低多少大小]于)(?P<other>[^，；。的]{2,18})的[ ]?$"
)
_HOPED = re.compile(
    any_of([*(w for w, cue in _CUES.items() if cue.role in ("cue", "noun", "aim")), *listed("surveyed")])
)
_ORIGIN = re.compile(r"(?P<noun>(?:预测|预期|目标|预估|指引)[则值]?)?(?P<from>[从由自])[^，；。]{0,14}$")
_ARRIVES = re.compile(r"[^。；]{0,12}?[至到为]")
_AGO = re.compile(rf"{any_of(listed('ago'))}[^，]{{0,2}}$")
_WITHIN = re.compile(r"(?:的?.{0,6}(?:[内里中间]|期间|左右))?")
_BASE = re.compile(r"[比较](?![例重率分值价])[^，；。]{2,8}?(?=[增减升降涨跌提高下上扩缩多少])")
"""What something is compared with, before the word that decides what 将 is: 将比去年增加."""
_AHEAD = re.compile(rf"{any_of(listed('ahead'))}的?$")
_EXPECTED = re.compile(
    r"(?:的|中值|均值|值|中位数|为|是|增|升|降|跌|涨|约|:|\(| )*(?:增长|下降|上升|下跌|上涨|环比|同比)*"
)


@dataclass(slots=True)
class _Reader:
    """Reads a sentence's figures in order; its state is what the words so far say about the next one.

    `now` holds as far as `reach`; `resumes` is what holds again behind a clause about the past; `outside` what held
    before a bracket. `clause` is where the clause begins, `members` are the figures in it.
    """

    shadow: str
    sentence: Sentence
    figures: list[Figure]
    found: list[Found | None]
    clause: int
    now: Found | None = None
    reach: str = ""
    resumes: Found | None = None
    outside: tuple[Found | None, str] = (None, "")
    members: deque[int] = field(default_factory=lambda: deque(maxlen=_MEMBERS))

    def scan(self, at: int, end: int) -> None:
        """Reads the words of a gap."""
        for match in _SCAN.finditer(self.shadow, at, end):
            cue = _CUES[match[0]]
            role = cue.role
            if role == "mark":
                self._end_clause(match)
            elif role == "gap":
                if _GAP.match(self.shadow, match.start()):
                    self._end_clause(match)
            elif role == "colon":
                self._spell_out(match.end())
            elif role == "open":
                self.outside = (self.now, self.reach)
            elif role == "close":
                self.now, self.reach = self.outside
            elif role == "actual":
                self._tell_facts(match, cue)
            elif role != "none" and not self._is_part(match, cue):
                self._read_cue(match, cue, end)

    def give(self, index: int, at: int) -> None:
        """Gives the next figure, behind the gap that starts at `at`, what holds for it."""
        self.members.append(index)
        figure = self.figures[index]
        if self.now is None or self._is_fact(figure, at):
            return
        if figure.kind is Kind.AGE and self.now.span[0] < self.clause:
            return
        if self.reach == "figure" and figure.unit in _EXPECTING:
            self.now = None  # 预增7家 counts who expects it
            return
        self.found[index] = self.now
        if self.reach == "figure":
            self.now = None

    def _is_part(self, match: re.Match[str], cue: _Cue) -> bool:
        """Whether the word is a part of another one."""
        before = self.shadow[match.start() - 1 : match.start()]
        if before and before in cue.not_after:
            return True
        if cue.not_before and self.shadow.startswith(cue.not_before, match.end()):
            return True
        if cue.reach not in ("through", "expect") or not _CLOSES.match(self.shadow, match.end()):
            return False
        return _OUTDONE.search(self.shadow, max(self.clause, match.start() - _NEAR), match.start()) is not None

    def _read_cue(self, match: re.Match[str], cue: _Cue, end: int) -> None:
        shadow, span = self.shadow, match.span()
        if cue.role == "noun" and (_NOUN.match(shadow, span[1]) or self._is_measure(span[0])):
            return
        if cue.role == "will":
            self._read_will(match)
        elif cue.role == "aim":
            self._read_aim(span)
        elif cue.reach in ("expect", "near"):
            self._read_expectation(Found(cue.status, span), cue, end)
        else:
            if cue.role == "chance":
                self._give_chance(Found(cue.status, span))
            self._open(Found(cue.status, span), cue.reach, back=cue.back)

    def _is_measure(self, at: int) -> bool:
        """Whether the plan that is named at `at` is what something is measured by: 完成年度计划82.3%."""
        return _DONE.search(self.shadow, max(self.clause, at - _NEAR), at) is not None

    def _read_expectation(self, status: Found, cue: _Cue, end: int) -> None:
        """预期 holds for the figure directly behind it; a verb with more to say, for the sentence."""
        close = status.span[1]
        if end != self.sentence.end and _EXPECTED.fullmatch(self.shadow, close, end):
            self._open(status, "figure")
        elif cue.reach == "expect" and not self.shadow[close : close + 1].isdigit():
            self._open(status, "clause" if self.shadow.startswith("的", close) else "sentence")

    def _open(self, status: Found, reach: str, back: bool = False) -> None:
        """Begins what the words of `status` say; durations earlier in the clause share it, and a subject may."""
        self.now, self.reach, self.resumes = status, reach, None
        for index in self.members:
            figure = self.figures[index]
            lasting = figure.kind is Kind.DURATION and not self._is_ago(figure)
            if lasting and self.found[index] is None:
                self.found[index] = status
        if back:
            self._reach_back(status, _NEAR)

    def _is_ago(self, figure: Figure) -> bool:
        """Whether a duration lies in the past: 过去3年, 3年前."""
        if self.shadow.startswith("前", figure.end):
            return True
        return _AGO.search(self.shadow, max(self.clause, figure.start - _NEAR), figure.start) is not None

    def _is_spent(self, figure: Figure) -> bool:
        """Whether a duration has gone by: 努力了五年, 历时四年的谈判."""
        if self.shadow[figure.start - 1] == "了":
            return True
        return self.shadow.startswith("的", figure.end) and self._is_ago(figure)

    def _give_chance(self, status: Found) -> None:
        """Gives the figure before it to 可能性: 40%的可能性."""
        if self.members and self.shadow[self.figures[self.members[-1]].end : status.span[0]] in ("", "的"):
            self.found[self.members[-1]] = status

    def _reach_back(self, status: Found, near: int) -> None:
        """Gives the figure just before the word its status."""
        if not self.members:
            return
        index = self.members[-1]
        between = self.shadow[self.figures[index].end : status.span[0]]
        if len(between) <= near and not _NO_SUBJECT.search(between) and self.found[index] is None:
            self.found[index] = status

    def _read_will(self, match: re.Match[str]) -> None:
        """将: nothing when it is a preposition, else a plan or a forecast by the words of its clause."""
        shadow, (start, end) = self.shadow, match.span()
        behind = end + (shadow[end : end + 1] == " ")
        if base := _BASE.match(shadow, behind):
            behind = base.end()
        if match[0] in _PREPOSITIONS and not _modal().match(shadow, behind):
            return
        about = max(self.clause, start - _ABOUT)
        decided = _DECIDED.search(shadow, about, start) is not None
        if not decided and (self._is_outcome(behind) or _NATURE.search(shadow, about, start)):
            status, reach = Found(Status.FORECAST, match.span()), "clause"
        else:
            status, reach = Found(Status.PLAN, match.span()), "clause" if match[0] in _SOON else "sentence"
        if self.now is not None and self.now.value in (Status.FORECAST, status.value):
            self._reach_back(self.now, _NEAR)
            return
        self._open(status, reach, back=True)

    def _is_outcome(self, at: int) -> bool:
        """Whether the first deciding word behind 将 in its clause tells an outcome.

        将为 with an amount does (将为5亿元) unless a verb behind it decides otherwise (将为30万人提供补贴).
        """
        end = min(at + _DECIDES, self.sentence.end)
        close = _MARK.search(self.shadow, at, end)
        serves = level = False
        for word in _modal().finditer(self.shadow, at, close.start() if close else end):
            if word[0] == "为":
                serves, level = True, _AMOUNT.match(self.shadow, word.end()) is not None
            elif serves and word[0] in _SERVED:
                continue
            elif word[0] in _OUTCOME:
                return True
            elif len(word[0]) > 1 and word[0] not in _ADVERBS:
                return False
        return level

    def _read_aim(self, span: Span) -> None:
        """目标: for the figures of its clause when it follows them, else for those behind it."""
        shadow, status = self.shadow, Found(Status.PLAN, span)
        if self.members:
            last = self.figures[self.members[-1]]
            between = shadow[last.end : span[0]]
            if len(between) <= 5 and (between or last.unit not in _AIMS) and not _NO_AIM.search(between):
                for index in self.members:
                    self.found[index] = self.found[index] or status
                return
        if shadow.startswith(_OPENS, span[1]):
            self._open(status, "sentence")
        elif not shadow[max(0, span[0] - _NEAR) : span[0]].endswith(_MET) and not _MARK.match(shadow, span[1]):
            self._open(status, "clause")

    def _tell_facts(self, match: re.Match[str], cue: _Cue) -> None:
        """A word that tells facts ends what an earlier clause began, unless something is only compared with it."""
        if self.now is None or self.now.span[0] >= self.clause or self.shadow[match.start() - 1] in _COMPARES:
            return
        if cue.reach == "clause":
            self.resumes = self.now
        self.now = None

    def _end_clause(self, match: re.Match[str]) -> None:
        ahead = [index for index in self.members if self.is_ahead(self.figures[index], match.start())]
        self.clause = match.end()
        self.members.clear()
        self.members.extend(ahead)
        if self.resumes is not None:
            self.now, self.resumes = self.resumes, None
        if self.now is None or self.reach == "through":
            return
        ends = match[0] in "；;" or self.reach == "figure"
        if ends or (self.reach == "clause" and not _CONTINUES.match(self.shadow, match.end())):
            self.now = None

    def is_ahead(self, figure: Figure, end: int) -> bool:
        """Whether a clause that ends at `end` is no more than a length of time to come: 未来一年，供应将…"""
        if figure.kind is not Kind.DURATION or not _WITHIN.fullmatch(self.shadow, figure.end, end):
            return False
        return _AHEAD.search(self.shadow, self.clause, figure.start) is not None

    def _spell_out(self, at: int) -> None:
        """What a colon behind a plan spells out is all planned; that of 9:30 spells out nothing."""
        if self.shadow[at : at + 1].isdigit():
            return
        if self.now is not None and self.now.value is Status.PLAN and self.now.span[0] >= self.clause:
            self.reach = "through"

    def _is_fact(self, figure: Figure, at: int) -> bool:
        """Whether the figure is where a change starts from, what is compared with, or of a time that is past or now."""
        assert self.now is not None
        if figure.kind is Kind.DURATION and self._is_spent(figure):
            return True
        begin = max(at, figure.start - 18)
        origin = _ORIGIN.search(self.shadow, begin, figure.start)
        if origin is not None:
            if origin["noun"]:
                return False
            if self.now.span[0] < origin.start("from") and _ARRIVES.match(self.shadow, figure.end):
                return True
        past = _PAST.search(self.shadow, begin, figure.start)
        if past is not None:
            return past.start() >= self.now.span[1]
        other = _COMPARED.search(self.shadow, max(at, figure.start - 26), figure.start)
        return other is not None and other.start() >= self.now.span[1] and not _HOPED.search(other["other"])


@cache
def _modal() -> re.Pattern[str]:
    """The words that tell what 将 before them is: so many that only a text with 将 in it has them compiled."""
    return re.compile(any_of([*listed("modal"), *_OUTCOME]))


_PREPOSITIONS = frozenset(
    word for word in listed("will") if word.endswith("将") and word not in ("即将", "必将", "终将")
)
_SOON = frozenset(listed("soon"))
_NO_SUBJECT = re.compile(r"[的后前时了 ]|以[内上下]")
_NO_AIM = re.compile(r"[，、。；]|完成|实现|达成|超")
_OPENS = tuple(_AIM["opens"])
_AIMS = frozenset(listed("aim_unit"))
_EXPECTING = frozenset(listed("expecting_unit"))
_MET = tuple(_AIM["met"])
_COMPARES = frozenset("较比与同和于从由过是")


def read_statuses(shadow: str, sentence: Sentence, figures: list[Figure]) -> list[Found | None]:
    """The status of each figure of a sentence, `Status.FORECAST` or `Status.PLAN`; None for a fact.

    >>> from newsfacts.extractors.figures import find_figures
    >>> shadow = "公司现有员工800人，计划由目前的12家门店增至20家，预计年内投资3亿元。"
    >>> figures = find_figures(shadow)
    >>> statuses = read_statuses(shadow, Sentence(0, len(shadow), True), figures)
    >>> [found and str(found.value) for found in statuses]
    [None, None, 'plan', 'forecast']
    """
    found: list[Found | None] = [None] * len(figures)
    if not figures or _HINT.search(shadow, sentence.start, sentence.end) is None:
        return found
    reader = _Reader(shadow, sentence, figures, found, sentence.start)
    at = sentence.start
    for index, figure in enumerate(figures):
        reader.scan(at, figure.start)
        reader.give(index, at)
        at = figure.end
    close = _MARK.search(shadow, at, sentence.end)
    if close is not None and reader.is_ahead(figures[-1], close.start()):
        close = _MARK.search(shadow, close.end(), sentence.end)
    reader.scan(at, close.start() if close else min(at + _DECIDES, sentence.end))
    return found
