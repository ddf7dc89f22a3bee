"""Cue words: one compiled scan for all words of a table.

A table's words become one pattern that branches on the first character, so that a scan skips every place where no word
begins, and that prefers the longest word at a place (上调 to 上). What is found is looked up in a dictionary.
"""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words, for use within a larger pattern.

    >>> re.findall(any_of(["上", "上调", "下"]), "上调或下行")
    ['上调', '下']
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words), key=len, reverse=True):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = (re.escape(head) + _branch(rest) for head, rest in tails.items())
    return f"(?:{'|'.join(branches)})"


def _branch(tails: list[str]) -> str:
    if len(tails) == 1:
        return tails[0]
    return f"(?:{'|'.join(tails)})"
