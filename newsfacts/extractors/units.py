"""Units: which word follows a number, and in which of its senses.

The longest word of the lexicon that stands behind the number is its unit; a word with several senses (分 of a clock, of a
score, of money) takes the first whose conditions hold. 多, 余 and 来 between number and unit bound the figure (1800多家).
"""

import re
from typing import NamedTuple

from newsfacts.lexicon import Sense, load
from newsfacts.model import Bound

BETWEEN = {"多": Bound.OVER, "余": Bound.OVER, "来": Bound.ABOUT}
_NEAR_BEFORE = 14
_NEAR_AFTER = 6
_BREAK = re.compile(r"[^\w]|$")
PLAIN_STRICT = 10
"""From this value on a single letter behind a number is a unit without further proof; 5G and 4K are not."""


class Unit(NamedTuple):
    """A unit word at its place behind a number: where the word begins and ends, and its sense."""

    start: int
    end: int
    sense: Sense


def match_unit(shadow: str, at: int, number: int, large: bool) -> Unit | None:
    """The unit word that begins at `at`, for a number that begins at `number`; `large` numbers prove a single letter.

    >>> match_unit("新增产能12万千瓦时", 6, 4, True).sense.unit
    'kWh'
    """
    lexicon = load()
    if at >= len(shadow):
        return None
    for length in lexicon.lengths.get(shadow[at], ()):
        end = at + length
        for sense in lexicon.senses.get(shadow[at:end], ()):
            if _holds(sense, shadow, end, number, large):
                return Unit(at, end, sense)
    return None


def _holds(sense: Sense, shadow: str, end: int, number: int, large: bool) -> bool:
    """Whether the conditions of a sense hold for a unit word that ends at `end`."""
    following = shadow[end : end + 1]
    if sense.word[-1].isascii() and sense.word[-1].isalpha() and following.isascii() and following.isalnum():
        return False
    if sense.not_before and shadow.startswith(sense.not_before, end):
        return False
    if sense.closing and not _BREAK.match(following) and following not in "多左以上内起的":
        return False
    if not sense.near:
        return not sense.strict or large
    window = shadow[max(0, number - _NEAR_BEFORE) : end + _NEAR_AFTER]
    return any(word in window for word in sense.near) or (sense.strict and large)
