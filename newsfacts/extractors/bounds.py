"""Bounds: how a figure relates to the true quantity, from the words around it.

A bounding word stands directly before the number and outside the figure (超过97%, 至少有10人), or directly behind the unit and
inside it (80亿元左右, 5000元以上). A comparison with another named figure (高于一季度的8.4%) bounds nothing, because the words do not
touch.
"""

from newsfacts.extractors.draft import Draft
from newsfacts.lexicon import Cue, load
from newsfacts.model import Bound, Kind

_MOST_LINKS = 2
_OPEN = frozenset((Bound.EXACT, Bound.ABOUT))


def read_after(shadow: str, draft: Draft) -> None:
    """Take a bounding suffix into the draft: 多, 左右, 以上, 以内, 起, +."""
    at = draft.end
    if shadow.startswith(" ", at):
        at += 1
    for cue in load().after.get(shadow[at : at + 1], ()):
        end = at + len(cue.word)
        if not shadow.startswith(cue.word, at) or (shadow[end : end + 1] and shadow[end] in cue.not_before):
            continue
        if draft.kind in (None, Kind.COUNT) and len(cue.word) == 1 and cue.word in "内起":
            continue
        draft.end = end
        if draft.bound is not Bound.RANGE:
            draft.bound = cue.bound
        draft.bound_span = (at, end)
        return


def read_before(shadow: str, draft: Draft) -> None:
    """Read the bounding word before the draft, which stays outside: 超过, 约, 近, 不到, 至少有."""
    if draft.bound not in _OPEN or draft.value is None or draft.kind is Kind.RANK:
        return
    at = draft.start
    for _ in range(_MOST_LINKS + 1):
        if shadow.startswith(" ", at - 1):
            at -= 1
        cue = _cue_before(shadow, at, draft)
        if cue is not None:
            draft.bound, draft.bound_span = cue.bound, (at - len(cue.word), at)
            return
        length = _link_before(shadow, at)
        if not length:
            return
        at -= length


def _cue_before(shadow: str, at: int, draft: Draft) -> Cue | None:
    if at <= 0:
        return None
    for cue in load().before.get(shadow[at - 1], ()):
        start = at - len(cue.word)
        if start < 0 or not shadow.startswith(cue.word, start) or (cue.bare and not draft.bare):
            continue
        if start and shadow[start - 1] in cue.not_after:
            return None
        return cue
    return None


def _link_before(shadow: str, at: int) -> int:
    """The length of a linking word, or of a currency's name, that ends at `at`; 0 when there is none."""
    lexicon = load()
    for length in (3, 2, 1):
        word = shadow[max(0, at - length) : at]
        if word in lexicon.context["linker"] or word in lexicon.names:
            return length
    return 0
