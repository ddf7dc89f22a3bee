"""Money: the currency of an amount, from the words and signs around it.

A sign or code before the number belongs to the figure (US$3.2亿, EUR 40万). 人民币 and 新台币 beside an amount stay
outside and give its currency. A plain 元 is the currency of the place that the article comes from.
"""

from functools import cache

from newsfacts.extractors.figures.draft import Draft
from newsfacts.lexicon import load
from newsfacts.model import Kind, Span

_LONGEST_SIGN = 5
_LONGEST_NAME = 6
_WORDED = {" billion": 10**9, " million": 10**6, " trillion": 10**12, "billion": 10**9, "million": 10**6, "bn": 10**9}


def attach_currency(shadow: str, draft: Draft, currency: str, resume: int) -> None:
    """Set the currency of a money draft, and make money of a number without a unit that a currency stands beside.

    `resume` is where the figure before ends: its currency is not this one's.
    """
    if draft.kind is not None and not is_plain(draft):
        _leave_name_outside(draft)
        return
    sign = sign_before(shadow, draft.start)
    if sign is not None:
        draft.start = sign[0][0]
        _read_english(shadow, draft)
    code = sign[1] if sign else name_before(shadow, draft.start, resume) or name_after(shadow, draft.end)
    if code is None and draft.kind is None:
        return
    draft.kind = Kind.MONEY
    draft.unit = code or currency
    draft.word = draft.word or draft.unit
    draft.row = draft.row or f"currencies: {draft.word}"


def is_plain(draft: Draft) -> bool:
    """Whether an amount names no country's currency: 元, 块, 角 stand for the money of the place."""
    return draft.unit == "CNY" and draft.word not in load().names


def _leave_name_outside(draft: Draft) -> None:
    if draft.word in load().context["currency_outside"]:
        draft.end = draft.number_end


def _read_english(shadow: str, draft: Draft) -> None:
    for word, size in _WORDED.items():
        if draft.value is not None and shadow.startswith(word, draft.end):
            draft.value *= size
            draft.low = draft.high = draft.value
            draft.end += len(word)
            return


@cache
def _ends_of_signs() -> frozenset[str]:
    return frozenset(sign[-1] for sign in load().signs)


def sign_before(shadow: str, start: int) -> tuple[Span, str] | None:
    """The currency sign or code directly before a number, with its span: `$`, `US$`, `EUR `."""
    end = start - 1 if shadow.endswith(" ", 0, start) else start
    if shadow[end - 1 : end] not in _ends_of_signs():
        return None
    for length in range(min(_LONGEST_SIGN, end), 0, -1):
        at = end - length
        code = load().signs.get(shadow[at:end])
        if code is None:
            continue
        if shadow[at].isalpha() and at and shadow[at - 1].isascii() and shadow[at - 1].isalnum():
            return None
        return (at, end), code
    return None


@cache
def _edges_of_names() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that currencies' names begin with, and those that they end in."""
    names = load().names
    return frozenset(name[0] for name in names), frozenset(name[-1] for name in names)


def name_before(shadow: str, start: int, resume: int = 0) -> str | None:
    """The currency whose name stands directly before a number: 人民币50元, 新台币 177.1 亿元."""
    end = start - 1 if shadow.endswith(" ", 0, start) else start
    if shadow[end - 1 : end] not in _edges_of_names()[1]:
        return None
    names = load().names
    longest = min(_LONGEST_NAME, end - resume)
    return next((names[word] for n in range(longest, 1, -1) if (word := shadow[end - n : end]) in names), None)


def name_after(shadow: str, end: int) -> str | None:
    """The currency whose name stands directly behind an amount: 8亿元人民币, 9000元日币."""
    if shadow[end : end + 1] in ("(", " "):
        end += 1
    if shadow[end : end + 1] not in _edges_of_names()[0]:
        return None
    names = load().names
    return next((names[word] for n in range(_LONGEST_NAME, 1, -1) if (word := shadow[end : end + n]) in names), None)
