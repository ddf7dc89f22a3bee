"""Refusals: why a candidate is no figure. Half of the work, since most numerals of an article are not.

`refuse` judges a candidate with what stands around it as soon as its unit is known; `refuse_bare` judges a number that
is left without a unit at the end. Both give the reason as `newsfacts explain` prints it, or None.
"""

import re
from string import ascii_letters

from newsfacts.extractors.figures import compounds, forms
from newsfacts.extractors.figures.draft import Draft
from newsfacts.extractors.figures.money import sign_before
from newsfacts.extractors.figures.ranges import TWO_BOUNDS
from newsfacts.lexicon import context_pattern, load
from newsfacts.model import Bound, Kind

_BREAKS = re.compile(r"[,，。;；、:!！?？\n“”「」]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMES = re.compile(r"(?:19|20)\d\d|0\d+")
_NUMBERED = re.compile(r"0\d")
_TIMES = re.compile(r"\d[ ]?[xX]$")
_STICKING = frozenset(f"{ascii_letters}_#.")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*-$")
_QUOTED = re.compile(r"[^“”「」『』《》\n]{0,5}[”」』》]")
_AGE_OF_POST = re.compile(rf"(?:{context_pattern('post_age').pattern})前[ ]*(?:\n|$)")
_LISTED = re.compile(r"(?:[、/和及与][0-9]{1,4}(?![0-9.,])){1,6}")
"""The other numbers of a list, behind which the word may stand that says what they all are: 70、80后."""
_NAME = re.compile(r" (?:[^\W\d_]{1,8} ){1,2}")
_CROSSES = frozenset("×xX*")
_SIZE_REACH = 16
_CODE_REACH = 6
_CLAUSE = 10
_CLASS_SIZE = 100
_LARGE = 10**4
_SAID = re.compile(r"[,，。;；\n]|$")
_LONE_DIGITS = frozenset("零一二三四五六七八九十")
_QUOTED_NAME = re.compile(r"[“「『][^“”「」『』\n]+[”」』]$")
_LONGEST_NAME = 24
_CLOSERS = ("”", "」", "』")
_OPENERS = ("“", "「", "『", "《", "‘")


def refuse(shadow: str, draft: Draft, resume: int) -> str | None:
    """Why a candidate is no figure: glued to letters, inside a known word, an article, a class, a vague time."""
    start = draft.start
    run = shadow[start : draft.number_end]
    before = shadow[start - 1] if start else "\n"
    return (
        (_refuse_glued(shadow, draft, before) if draft.arabic else None)
        or (_refuse_word(shadow, draft) if _may_be_word(shadow, start) else None)
        or (_refuse_article(shadow, draft) if run == "一" else None)
        or _refuse_touching(shadow, draft, run, before, resume)
        or _REFUSE_KIND.get(draft.kind, _refuse_nothing)(shadow, draft, run, resume)
    )


def _refuse_glued(shadow: str, draft: Draft, before: str) -> str | None:
    """Letters or further digits stuck to the number: A320, COVID-19, 3.0.1, 5G."""
    start, end = draft.start, draft.end
    if before == "-":
        if _CODE.search(shadow, max(0, start - 12), start):
            return "model name or code"
    elif (
        before in _STICKING
        and not _TIMES.search(shadow, max(0, start - 3), start)
        and draft.kind is not Kind.PERCENT
        and sign_before(shadow, start) is None
    ):
        return "model name or code"
    after = shadow[end : end + 1]
    if after == "." and shadow[end + 1 : end + 2].isdigit():
        return "version or address"
    if draft.kind is None and after.isascii() and after.isalpha() and after not in "xXkbmt":
        return "model name or code"
    return None


def _may_be_word(shadow: str, start: int) -> bool:
    """Whether the characters about the first one of a numeral are those of some word of the not-figures table."""
    around = load().around
    at = start + 1
    return (
        shadow[start : at + 1] in around
        or shadow[start : at + 2] in around
        or shadow[start - 1 : at] in around
        or shadow[start - 2 : at] in around
    )


def _refuse_word(shadow: str, draft: Draft) -> str | None:
    """Inside a word of the not-figures table; see the head of notfigures.toml for what covers what."""
    start = draft.start
    friends = load().friends
    for bigram in (shadow[start : start + 2], shadow[start - 1 : start + 1] if start else ""):
        for offset, length, words in friends.get(bigram, ()):
            at = start - offset
            reason = words.get(shadow[at : at + length]) if at >= 0 else None
            if reason is not None and at + length >= (draft.number_end if offset else draft.end):
                return f"{reason}: {shadow[at : at + length]}"
    return None


def _refuse_article(shadow: str, draft: Draft) -> str | None:
    """一 before a classifier or a length of time, unless the clause counts."""
    if draft.kind not in (Kind.COUNT, Kind.DURATION) or draft.value != 1 or draft.bound is not Bound.EXACT:
        return None
    context = load().context
    clause = _clause_before(shadow, draft.start)
    if context_pattern("article").search(clause) or clause.endswith(context["article_touching"]):
        return None
    if draft.kind is Kind.DURATION and _is_length(shadow, draft, clause):
        return None
    if draft.kind is Kind.COUNT and clause.endswith("了") and _SAID.match(shadow, draft.end):
        return None  # the noun is understood: 五个孔钻坏了一个
    return "indefinite article"


def _clause_before(shadow: str, start: int) -> str:
    """The end of the clause before a number; of what touches it, a quoted name is set aside (只剩“远山”一家)."""
    closed = shadow[start - 1 : start] in _CLOSERS
    if closed and (name := _QUOTED_NAME.search(shadow, max(0, start - _LONGEST_NAME), start)):
        start = name.start()
    clause = _BREAKS.split(shadow[max(0, start - _CLAUSE) : start])[-1]
    return context_pattern("article_not").sub("", clause)


def _is_length(shadow: str, draft: Draft, clause: str) -> bool:
    """Whether 一 and a unit of time are a definite length: 一年后, 一整天, 一年六个月, 禁赛一年."""
    context = load().context
    return (
        shadow.startswith(context["article_after"], draft.end)
        or shadow[draft.number_end] == "整"
        or clause.removesuffix("了").endswith(context["article_lasting"])
        or compounds.continues(shadow, draft)
    )


def _refuse_touching(shadow: str, draft: Draft, run: str, before: str, resume: int) -> str | None:
    """What the characters before and the unit say: 前五名, 每百斤, 2025款, 三区."""
    start, number_end = draft.start, draft.number_end
    if before == "每" or (before == "/" and start - 1 == resume > 0 and not _is_slashed(shadow, draft)):
        return "denominator"
    if before == "前" or (before == " " and shadow.endswith("前 ", 0, start)):
        named = draft.kind is Kind.COUNT or shadow[number_end : number_end + 1] in ("大", "强")
        if named and not shadow[: start - 1].rstrip("前").endswith(load().context["top_not"]):
            return "first N of a list"
    if len(run) == 4 and draft.word and draft.word[0] in load().context["model_year"] and _YEAR.fullmatch(run):
        return "model year"
    doubtful = draft.label and (run in _LONE_DIGITS or _YEAR.fullmatch(run))
    return "label" if doubtful and not _is_counted(shadow, start) else None


def _is_slashed(shadow: str, draft: Draft) -> bool:
    """Whether a slash parts the number from another one of its unit: 128/256GB, 8GB/12GB, but not 5人/10万人."""
    before = draft.start - 1
    if draft.word and shadow.endswith(draft.word, 0, before):
        return not draft.is_large
    return shadow[before - 1 : before].isdigit() and forms.is_slashed(shadow, draft.number_end)


def _refuse_count(shadow: str, draft: Draft, run: str, resume: int) -> str | None:
    start = draft.start
    if draft.unit == "级" and (draft.high or 0) >= _CLASS_SIZE and draft.is_large:
        return "class word"
    if draft.arabic:
        numbered = "." in run and not draft.marks and (start == resume or shadow[start - 1] in "。\n")
        return "numbering" if numbered or _NUMBERED.fullmatch(run) else None
    quoted = start and shadow[start - 1] in _OPENERS and _QUOTED.match(shadow, draft.end)
    return "name in quotes" if quoted else None


def _refuse_duration(shadow: str, draft: Draft, run: str, resume: int) -> str | None:
    start = draft.start
    if run in ("几", "数") and draft.word in load().context["vague_time"]:
        return "vague time"
    if draft.unit == "a" and shadow.endswith(load().context["era"], 0, start):
        return "year"
    heads_line = start == 0 or shadow[start - 1] == "\n"
    return "age of a post" if heads_line and _AGE_OF_POST.match(shadow, draft.end - len(draft.word)) else None


def _refuse_without_unit(shadow: str, draft: Draft, run: str, resume: int) -> str | None:
    large = draft.high is not None and draft.high >= _CLASS_SIZE
    return "class word" if large and shadow.startswith(load().context["class_word"], draft.number_end) else None


def _refuse_nothing(shadow: str, draft: Draft, run: str, resume: int) -> str | None:
    return None


_REFUSE_KIND = {Kind.COUNT: _refuse_count, Kind.DURATION: _refuse_duration, None: _refuse_without_unit}


def _is_counted(shadow: str, start: int) -> bool:
    """Whether a counting word stands before a number that else would be a label."""
    return shadow[max(0, start - 4) : start].rstrip(" ").endswith(load().context["counting"])


def counts_noun(shadow: str, draft: Draft) -> bool:
    """Whether a noun follows that is counted without a classifier (1200员工), unless the number is of a year or a class
    (2021学生运动会, 大三学生)."""
    end = draft.end
    if not shadow.startswith(load().context["countable"], end + shadow.startswith(" ", end)) and not _of_name(
        shadow, end
    ):
        return False
    run = shadow[draft.number : draft.number_end]
    if draft.arabic:
        return run == "2000" or not _NAMES.fullmatch(run)
    return run != "一" and shadow[draft.start - 1 : draft.start] not in load().context["grade"]


def _of_name(shadow: str, end: int) -> bool:
    """Whether a name parts the number from what it counts: 3000 远山 App 积分."""
    name = _NAME.match(shadow, end) if shadow.startswith(" ", end) else None
    return name is not None and shadow.startswith(load().context["countable_of"], name.end())


def _is_crossed(shadow: str, draft: Draft) -> bool:
    """Whether the number is one of two that tell a picture's size: 2088×1422."""
    if shadow[draft.start - 1 : draft.start] not in _CROSSES and shadow[draft.end : draft.end + 1] not in _CROSSES:
        return False
    return context_pattern("crossed").search(shadow, max(0, draft.start - _SIZE_REACH), draft.start) is not None


def refuse_bare(shadow: str, draft: Draft) -> str | None:
    """Why a number without a unit is no figure: only those with a magnitude, or announced as a value, are."""
    if counts_noun(shadow, draft) or (draft.arabic and _is_crossed(shadow, draft)):
        return None
    context = load().context
    end = draft.end
    if shadow.startswith(" ", end):
        end += 1
    if listed := _LISTED.match(shadow, end):
        end = listed.end()
    compared = draft.bound_span is not None and draft.bound_span[0] >= draft.end
    counts = draft.is_large and shadow[end : end + 1] == "大"  # 八十万大军, but not 三大
    if not compared and not counts and shadow.startswith(context["announce_not"], end):
        return "name or numbering"
    run = shadow[draft.number : draft.number_end]
    if draft.arabic and draft.bound is not Bound.RANGE and _NAMES.fullmatch(run):
        return "year or code"
    if context_pattern("code_name").search(shadow, max(0, draft.start - _CODE_REACH), draft.start):
        return "code"
    if (draft.is_large or (draft.high or 0) >= _LARGE) and not draft.bare and not draft.arabic:
        return None
    if draft.is_large and not draft.bare:
        return None
    if not draft.arabic and not draft.bare and len(run) > 1 and _SAID.match(shadow, draft.end):
        return None
    if draft.bound not in (Bound.EXACT, Bound.RANGE) and (draft.arabic or len(run) > 1) and not draft.bare:
        return None
    if draft.rule == TWO_BOUNDS or (draft.arabic and "," in run):
        return None
    before = shadow[max(0, draft.start - 4) : draft.start].rstrip(" ")
    if before.endswith("的") and not (_SAID.match(shadow, draft.end) or shadow.startswith(context["step"], end)):
        return "number without a unit"  # 的 announces 上月的51.5, not 经典的9.11问题
    if (draft.arabic or run == "零" or len(run) > 1) and before.endswith(context["announce"]):
        return None
    return "number without a unit"
