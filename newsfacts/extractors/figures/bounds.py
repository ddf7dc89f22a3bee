"""Bounds: how a figure relates to the true quantity, from the words around it.

A bounding word stands directly before the number and outside the figure (超过97%, 至少有10人), or directly behind the
unit and inside it (80亿元左右, 5000元以上). A comparison with another named figure (高于一季度的8.4%) bounds nothing,
because the words do not touch.
"""

import re
from functools import cache

from newsfacts.extractors.figures.draft import Draft
from newsfacts.lexicon import Cue, load
from newsfacts.model import Bound, Kind, Span

_MOST_LINKS = 2
_FAR = 8
_WHOLE = 16
_COMPARED_WITH = 12
_BEHIND_PER = re.compile(r"/[ ]?[^\W\d]{1,4}?(或更多|以上|以下|左右|上下)")
_PER = re.compile(r"每[\u4e00-\u9fff]{1,2}$")
_VERB = re.compile(r"[\u4e00-\u9fff ]{1,5}")
_LAST_CUE = re.compile(r"(?:过|过了|到|足|于|近|约|占|占了|占到|逾)(?P<whole>[^，,。;；、的]{1,12})$")
_SHARES = frozenset((Kind.PERCENT, Kind.RATIO, Kind.MULTIPLE))
_COMPARED = {
    "大": Bound.OVER,
    "多": Bound.OVER,
    "高": Bound.OVER,
    "小": Bound.UNDER,
    "少": Bound.UNDER,
    "低": Bound.UNDER,
}
_RANK = Kind.RANK
_OPEN = frozenset((Bound.EXACT, Bound.ABOUT))
_LIMITS = frozenset((Bound.OVER, Bound.AT_LEAST, Bound.UNDER, Bound.AT_MOST))
"""What says more of a vague figure than that it is one: 不止几十人."""


def read_after(shadow: str, draft: Draft) -> None:
    """Take a bounding suffix into the draft: 多, 左右, 以上, 以内, 起, +."""
    at = draft.end
    following = shadow[at : at + 1]
    if following == " ":
        at += 1
        following = shadow[at : at + 1]
    if following == "/" and (per := _BEHIND_PER.match(shadow, at)):
        cue = next(cue for cue in load().after[per[1][0]] if cue.word == per[1])
        draft.bound, draft.bound_span = cue.bound, per.span(1)  # 100万桶/日或更多
        return
    for cue in load().after.get(following, ()):
        end = at + len(cue.word)
        if not shadow.startswith(cue.word, at) or (shadow[end : end + 1] and shadow[end] in cue.not_before):
            continue
        if len(cue.word) == 1 and (at > draft.end or (cue.word in "内起" and draft.kind in (None, Kind.COUNT))):
            continue
        if not cue.apart:
            draft.end = end
        if draft.bound is not Bound.RANGE:
            draft.bound = cue.bound
        draft.bound_span = (at, end)
        return


def read_before(shadow: str, draft: Draft) -> None:
    """Read the bounding word before the draft, which stays outside: 超过, 约, 近, 不到, 至少有."""
    at = draft.start
    if not at or draft.bound not in _OPEN or draft.high is None or draft.kind is _RANK:
        return
    before = shadow[at - 1]
    if before == "比" and _read_comparison(shadow, draft):
        return
    near = at - 3 if at > 3 else 0
    if "每" in shadow[near:at] and (per := _PER.search(shadow, near, at)):
        at = per.start()  # 不低于每亩100元
    elif before == "的" and draft.kind in _SHARES:
        at = _before_whole(shadow, at)
    touching = at > 0 and shadow[at - 1] in _ends_of_cues()
    cue = (_touching_cue(shadow, at, draft) if touching else None) or _far_cue(shadow, draft.start)
    if cue is not None and (draft.value is not None or cue[0] in _LIMITS):
        draft.bound, draft.bound_span = cue


@cache
def _ends_of_cues() -> frozenset[str]:
    """The characters that a cue, a linking word or a currency's name ends in."""
    return frozenset((*(edge[-1] for edge in load().before), *_links(), " "))


@cache
def _links() -> dict[str, tuple[str, ...]]:
    """By their last character, the words that may stand between cue and number: linking words, or a currency's name."""
    lexicon = load()
    links: dict[str, list[str]] = {}
    for word in (*sorted(lexicon.context["linker"], key=len), *sorted(lexicon.names, key=len, reverse=True)):
        links.setdefault(word[-1], []).append(word)
    return {last: tuple(words) for last, words in links.items()}


def _touching_cue(shadow: str, at: int, draft: Draft) -> tuple[Bound, Span] | None:
    """The cue that ends at `at`, or before a linking word or two that do."""
    for _ in range(_MOST_LINKS + 1):
        if shadow.endswith(" ", 0, at):
            at -= 1
        cue = _cue_before(shadow, at, draft)
        if cue is not None:
            return cue.bound, (at - len(cue.word), at)
        length = _link_before(shadow, at)
        if not length:
            return None
        at -= length
    return None


def _far_cue(shadow: str, at: int) -> tuple[Bound, Span] | None:
    """An adverb of the clause, at most a short verb away: 至少造成3人受伤."""
    match = _far_pattern().search(shadow, at - _FAR if at > _FAR else 0, at)
    if match is None or not _VERB.fullmatch(shadow, match.end(), at):
        return None
    return load().far[match[0]], match.span()


@cache
def _far_pattern() -> re.Pattern[str]:
    return re.compile("|".join(load().far))


def _before_whole(shadow: str, at: int) -> int:
    """Where the whole that a share is of begins (超过了总预算的一半), unless it is of a time or a forecast."""
    clause = shadow[max(0, at - _WHOLE) : at - 1]
    whole = _LAST_CUE.search(clause)
    if whole is None or whole["whole"].endswith(load().context["named_time"]):
        return at
    return at - 1 - len(whole["whole"])


def _read_comparison(shadow: str, draft: Draft) -> bool:
    """比 before a number and 大, 多, 小, 少 behind it bound it: 比三十大."""
    bound = _COMPARED.get(shadow[draft.end : draft.end + 1])
    if bound is None:
        return False
    draft.bound, draft.bound_span = bound, (draft.end, draft.end + 1)
    return True


def _cue_before(shadow: str, at: int, draft: Draft) -> Cue | None:
    before = load().before
    for edge in (shadow[at - 2 : at], shadow[at - 1 : at]):
        for cue in before.get(edge, ()):
            start = at - len(cue.word)
            if not shadow.endswith(cue.word, 0, at) or (cue.bare and not draft.bare):
                continue
            if cue.compares and "比" in shadow[max(0, start - _COMPARED_WITH) : start]:
                return None
            return None if start and shadow[start - 1] in cue.not_after else cue
    return None


def _link_before(shadow: str, at: int) -> int:
    """The length of a linking word, or of a currency's name, that ends at `at`; 0 when there is none."""
    for word in _links().get(shadow[at - 1 : at], ()):
        if shadow.endswith(word, 0, at):
            return len(word)
    return 0
