"""Names of products that a document repeats: Chinese words grown around a model number (星河智能音箱3C标准版).

No dictionary holds them and no suffix marks them, but an article that is about one says it again and again: the words
that stand around the model number each time belong to the name.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

_MODEL = re.compile(
    r"""
    [A-Za-z0-9] (?<! [A-Za-z0-9.]. )  # one set of first characters, for which `re` skips over a text fast
    (?: (?<=[A-Za-z]) [A-Za-z]{0,5} \d{1,5} [A-Za-z]{0,4} | (?<=\d) \d{0,4} [A-Za-z]{1,6} )
    (?! [A-Za-z0-9%/] )
    """,
    re.VERBOSE,
)
_LABEL = re.compile(r"\d[Dd]|\d+[GgKkMTB]|[QqHh][1-4]|\d+[a-z]+|[A-Z]\d[A-Z]")
"""Generations, resolutions, quarters, quantities and trade terms (5G, 4K, Q2, 50kg, B2C) are no models."""
_WORD = re.compile(r"(?:(?![的了在是和与及对为从将被把让使该本此这那等由以已也都又并而或但就还])[A-Za-z0-9一-鿿])*")
_MOST = 12
_LONGEST = 10
_LEAST = 3
"""A name is said at least so often, and has so many Chinese characters at least."""


def repeated_products(text: str) -> Iterator[str]:
    """The names grown around the model numbers that a folded text repeats.

    >>> text = "星河音箱3C标准版今天上市。星河音箱3C标准版售价499元,星河音箱3C标准版续航20小时。"
    >>> list(repeated_products(text))
    ['星河音箱3C标准版']
    """
    models = {match[0]: match for match in _MODEL.finditer(text) if not _LABEL.fullmatch(match[0])}
    for model in islice(models, _MOST):
        if text.count(model) < _LEAST:
            continue
        places = [match.span() for match in re.finditer(rf"(?<![A-Za-z0-9]){model}(?![A-Za-z0-9])", text)]
        if len(places) < _LEAST:
            continue
        before = _shared(text[max(0, start - _LONGEST) : start][::-1] for start, _ in places)
        after = _shared(text[end : end + _LONGEST] for _, end in places)
        if sum(character >= "一" for character in before + after) >= _LEAST:
            yield before[::-1] + model + after


def _shared(contexts: Iterable[str]) -> str:
    """The longest run of word characters that most of the contexts begin with."""
    words = [match[0] for context in contexts if (match := _WORD.match(context))]
    shared = ""
    while True:
        grown = [word[: len(shared) + 1] for word in words if word.startswith(shared) and len(word) > len(shared)]
        best = max(grown, key=grown.count, default="")
        if not best or grown.count(best) * 2 <= len(words):
            return shared
        shared = best
