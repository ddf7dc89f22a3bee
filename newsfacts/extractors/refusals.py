"""Refusals: why a candidate is no figure. Half of the work, since most numerals of an article are not.

`refuse` judges a candidate with what stands around it as soon as its unit is known; `refuse_bare` judges a number that is left
without a unit at the end. Both give the reason as `newsfacts explain` prints it, or None.
"""

import re

from newsfacts.extractors.draft import Draft
from newsfacts.extractors.money import sign_before
from newsfacts.lexicon import load
from newsfacts.model import Bound, Kind

_BREAKS = re.compile(r"[,，。;；、:!！?？\n“”「」]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED_YEAR = frozenset("款版级季届班型代")
_FIRST_N = frozenset("名位强大家个")
_NOT_FIRST = frozenset("此之目日年以先空提当")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*-$")
_QUOTED = re.compile(r"[^“”「」『』《》\n]{0,5}[”」』》]")
_AGE_OF_POST = re.compile(r"(?:分钟|小时|天|周|个月)前[ ]*(?:\n|$)")
_CODE_REACH = 6
_CLAUSE = 10
_CLASS_SIZE = 100
_LARGE = 10**4
_SAID = re.compile(r"[,，。;；]|$")
_ERAS = ("公元", "公元前", "西元", "西元前")
_LONE_DIGITS = frozenset("零一二三四五六七八九十")
_OPENERS = ("“", "「", "『", "《", "‘")


def refuse(shadow: str, draft: Draft, resume: int) -> str | None:
    """Why a candidate is no figure: glued to letters, inside a known word, an article, a class, a vague time."""
    return (
        _refuse_glued(shadow, draft)
        or _refuse_word(shadow, draft)
        or _refuse_article(shadow, draft)
        or _refuse_named(shadow, draft, resume)
    )


def _refuse_glued(shadow: str, draft: Draft) -> str | None:
    """Letters or further digits stuck to the number: A320, COVID-19, 3.0.1, 5G."""
    start = draft.start
    before = shadow[start - 1] if start else "\n"
    if not draft.arabic:
        return None
    if before.isascii() and (before.isalpha() or before in "_#.") and draft.kind is not Kind.PERCENT:
        if sign_before(shadow, start) is None:
            return "model name or code"
    if before == "-" and _CODE.search(shadow, max(0, start - 12), start):
        return "model name or code"
    after = shadow[draft.end : draft.end + 2]
    if after[:1] == "." and after[1:].isdigit():
        return "version or address"
    if draft.kind is None and after[:1].isascii() and after[:1].isalpha() and after[:1] not in "xXkbmt":
        return "model name or code"
    return None


def _refuse_word(shadow: str, draft: Draft) -> str | None:
    """Inside a word of the not-figures table; see the head of notfigures.toml for what covers what."""
    start = draft.start
    friends = load().friends
    for bigram in (shadow[start : start + 2], shadow[start - 1 : start + 1] if start else ""):
        for offset, word, reason in friends.get(bigram, ()):
            at = start - offset
            end = at + len(word)
            if at < 0 or not shadow.startswith(word, at):
                continue
            if end >= (draft.number_end if offset else draft.end):
                return f"{reason}: {word}"
    return None


def _refuse_article(shadow: str, draft: Draft) -> str | None:
    """一 before a classifier or a length of time, unless the clause counts."""
    if shadow[draft.start : draft.number_end] != "一" or draft.kind not in (Kind.COUNT, Kind.DURATION):
        return None
    context = load().context
    clause = _BREAKS.split(shadow[max(0, draft.start - _CLAUSE) : draft.start])[-1]
    if any(word in clause for word in context["article"]) or clause.endswith(context["article_touching"]):
        return None
    if draft.value != 1:
        return None
    if draft.bound is not Bound.EXACT:
        return None
    if draft.kind is Kind.DURATION and shadow.startswith(context["article_after"], draft.end):
        return None
    return "indefinite article"


def _refuse_named(shadow: str, draft: Draft, resume: int) -> str | None:
    """Numbers that name rather than count: 2025款, 前五名, 万亿级, 几年, a list's numbering."""
    start, number_end = draft.start, draft.number_end
    context = load().context
    run = shadow[start:number_end]
    if draft.word and draft.word[0] in _NAMED_YEAR and _YEAR.fullmatch(run):
        return "model year"
    if _is_first(shadow, start) and (draft.word in _FIRST_N or shadow[number_end : number_end + 1] in ("大", "强")):
        return "first N of a list"
    if draft.unit == "a" and shadow.endswith(_ERAS, 0, start):
        return "year"
    if draft.kind is Kind.COUNT and _YEAR.fullmatch(run) and shadow.startswith(" ", number_end):
        return "label"
    if draft.kind is Kind.DURATION and run in ("几", "数") and draft.word in context["vague_time"]:
        return "vague time"
    if (
        draft.label
        and (_YEAR.fullmatch(run) or (len(run) == 1 and run in _LONE_DIGITS))
        and not _is_counted(shadow, start)
    ):
        return "label"
    if (
        not draft.arabic
        and draft.kind is Kind.COUNT
        and shadow[start - 1 : start] in _OPENERS
        and _QUOTED.match(shadow, draft.end)
    ):
        return "name in quotes"
    if (
        draft.kind is Kind.DURATION
        and (start == 0 or shadow[start - 1] == "\n")
        and _AGE_OF_POST.match(shadow, draft.end - len(draft.word))
    ):
        return "age of a post"
    if shadow.startswith("每", start - 1) and start:
        return "denominator"
    large = draft.high is not None and draft.high >= _CLASS_SIZE
    if draft.kind is None and large and shadow.startswith(context["class_word"], number_end):
        return "class word"
    if draft.kind is Kind.COUNT and start == resume and "." in run and not draft.marks:
        return "numbering"
    return None


def _is_counted(shadow: str, start: int) -> bool:
    """Whether a counting word stands before a number that else would be a label."""
    return shadow[max(0, start - 4) : start].rstrip(" ").endswith(load().context["counting"])


def _is_first(shadow: str, start: int) -> bool:
    at = start - 1 if not shadow.endswith(" ", 0, start) else start - 2
    return at >= 0 and shadow[at] == "前" and (at == 0 or shadow[at - 1] not in _NOT_FIRST)


def refuse_bare(shadow: str, draft: Draft) -> str | None:
    """Why a number without a unit is no figure: only those with a magnitude, or announced as a value, are."""
    context = load().context
    end = draft.end
    if shadow.startswith(" ", end):
        end += 1
    compared = draft.bound_span is not None and draft.bound_span[0] >= draft.end
    if not compared and shadow.startswith(context["announce_not"], end):
        return "name or numbering"
    run = shadow[draft.number : draft.number_end]
    if any(word in shadow[max(0, draft.start - _CODE_REACH) : draft.start] for word in context["code_name"]):
        return "code"
    if (draft.is_large or (draft.high or 0) >= _LARGE) and not draft.bare and not draft.arabic:
        return None
    if draft.is_large and not draft.bare:
        return None
    if not draft.arabic and not draft.bare and len(run) > 1 and _SAID.match(shadow, draft.end):
        return None
    if draft.bound not in (Bound.EXACT, Bound.RANGE) and (draft.arabic or len(run) > 1) and not draft.bare:
        return None
    if draft.arabic and "," in run:
        return None
    before = shadow[max(0, draft.start - 4) : draft.start].rstrip(" ")
    if (draft.arabic or run == "零" or len(run) > 1) and before.endswith(context["announce"]):
        return None
    return "number without a unit"
