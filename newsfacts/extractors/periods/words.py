"""The words of `periods.toml`, compiled: the time words in one pattern, and one pattern for each role of cue."""

import re
from functools import cache
from typing import Any, NamedTuple

from newsfacts.lexicon import read_table


class TimeWord(NamedTuple):
    """What a time word says.

    `sort` is `relative` (so many `unit`s off, counted from the article's date, or from the time `told`), `last` or
    `main` (the time told last, or last of a month or longer), or `now`, `vague`, `opening`, which no date resolves.
    """

    sort: str
    unit: str = ""
    offset: int = 0
    told: bool = False


@cache
def load_rows() -> dict[str, list[dict[str, Any]]]:
    """The rows of periods.toml by array."""
    return read_table("periods")


@cache
def load_words() -> dict[str, TimeWord]:
    """Every time word.

    >>> load_words()["去年"]
    TimeWord(sort='relative', unit='year', offset=-1, told=False)
    """
    rows = load_rows()
    words = {word: TimeWord(row["sort"]) for row in rows["vague"] for word in row["words"]}
    words |= {word: TimeWord(row["of"]) for row in rows["told"] for word in row["words"]}
    for row in rows["relative"]:
        meaning = TimeWord("relative", row["unit"], row["offset"], row.get("of") == "told")
        words |= dict.fromkeys(row["words"], meaning)
    return words


def all_words() -> str:
    """A pattern of all time words that prefers the longer one."""
    return _join([row for array in ("relative", "told", "vague") for row in load_rows()[array]])


@cache
def cue_words(role: str) -> str:
    """A pattern of the cue words of a role."""
    return _join([row for row in load_rows()["cue"] if row["role"] == role])


@cache
def cue_list(role: str) -> tuple[str, ...]:
    """The cue words of a role."""
    return tuple(word for row in load_rows()["cue"] if row["role"] == role for word in row["words"])


@cache
def cue_ends(*roles: str) -> frozenset[str]:
    """The characters that end the cue words of some roles.

    >>> "于" in cue_ends("compare")
    True
    """
    return frozenset(word[-1] for role in roles for word in cue_list(role))


def word_characters(index: int) -> str:
    """The characters that stand first (0) or second (1) in the time words."""
    return "".join(sorted({word[index] for word in load_words()}))


def _join(rows: list[dict[str, Any]]) -> str:
    """The words of the rows as a tree of characters, so that a scan tests each character once."""
    tree: dict[str, Any] = {}
    for row in rows:
        for word in row["words"]:
            node = tree
            for character in word:
                node = node.setdefault(character, {})
            node[""] = _guard(word, row)
    return _write(tree)


def _guard(word: str, row: dict[str, Any]) -> str:
    """The row's conditions, to stand behind the word: `not_after`, `not_before` are characters that make it another."""
    before = f"(?<![{row['not_after']}]{re.escape(word)})" if "not_after" in row else ""
    return before + (f"(?![{row['not_before']}])" if "not_before" in row else "")


def _write(tree: dict[str, Any]) -> str:
    branches = [re.escape(head) + _write(rest) for head, rest in tree.items() if head]
    if "" in tree:
        branches.append(tree[""])
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
