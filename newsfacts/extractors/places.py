"""The money of the place that an article comes from: what a plain 元 is in it.

Mainland articles mean CNY, Taiwan's TWD, Hong Kong's HKD; traditional script alone does not tell which. An article that
converts its amounts into local money (人民币600万元，约合新台币2600万元) tells them in the other currency, and one that
names the currency behind its first amount (2000元(港元，下同)) means it.
"""

import re
from functools import cache
from typing import NamedTuple

from newsfacts.document.fold import folded_characters
from newsfacts.lexicon import load, read_table

_SAMPLE = 600
_TOLD = re.compile(r"元\(([^,，(\n]+)[,，]")
"""What may be a currency told behind an amount: a pattern of all their names takes long to compile."""


class _Place(NamedTuple):
    currency: str
    least: int
    words: tuple[str, ...]


@cache
def _tables() -> tuple[tuple[_Place, ...], tuple[str, ...]]:
    tables = read_table("places")
    places = tuple(_Place(row["currency"], row["least"], tuple(row["words"])) for row in tables["place"])
    return places, tuple(word for row in tables["conversion"] for word in row["words"])


def _said(shadow: str) -> str | None:
    """The currency told behind an amount, for it and those that follow: 2000元(港元，下同)."""
    names = load().names
    return next((names[told[1]] for told in _TOLD.finditer(shadow) if told[1] in names), None)


def local_currency(text: str, shadow: str) -> str:
    """The ISO code of a plain 元 in an article, given as written and folded.

    >>> local_currency("立法會討論的士起表加價2元", "立法会讨论的士起表加价2元")
    'HKD'
    >>> local_currency("门店新增300家", "门店新增300家")
    'CNY'
    """
    if (said := _said(shadow)) is not None:
        return said
    if text == shadow or not _is_traditional(text):
        return "CNY"
    places, conversions = _tables()
    hits, place = max(
        ((sum(word in shadow for word in place.words), place) for place in places), key=lambda hit: hit[0]
    )
    if hits < place.least:
        return "CNY"
    if any(word in shadow for word in conversions) and "人民币" in shadow:
        return "CNY"
    return place.currency


def _is_traditional(text: str) -> bool:
    """Whether at least one character in thirty of the beginning is traditional; signs below the ideographs do not
    count."""
    traditional = [character for character in folded_characters(text, _SAMPLE) if character >= "一"]
    return len(traditional) * 30 >= min(len(text), _SAMPLE)
