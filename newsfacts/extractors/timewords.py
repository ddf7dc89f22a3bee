"""The words of `periods.toml`, compiled: relative times by word, and one pattern for each role of cue."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from newsfacts.lexicon import read_table


class Relative(NamedTuple):
    """A word that names a time by its distance: so many `unit`s from the article's date, or from the time `told`."""

    unit: str
    offset: int
    told: bool


@cache
def load_rows() -> dict[str, list[dict[str, Any]]]:
    """The rows of periods.toml by array."""
    return read_table("periods")


def join_words(words: Iterable[str]) -> str:
    """An alternation that prefers the longer word."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


@cache
def load_relatives() -> dict[str, Relative]:
    """Every relative word.

    >>> load_relatives()["去年"]
    Relative(unit='year', offset=-1, told=False)
    """
    return {
        word: Relative(row["unit"], row["offset"], row.get("of") == "told")
        for row in load_rows()["relative"]
        for word in row["words"]
    }


def guarded_words(array: str, **wanted: object) -> str:
    """The alternation of the words of the rows that have the `wanted` values, each with the row's guards.

    `not_after` and `not_before` are the characters that make it another word.
    """
    found = [row for row in load_rows()[array] if all(row.get(key, False) == value for key, value in wanted.items())]
    pairs = [(word, _guard(word, row)) for row in found for word in row["words"]]
    return "|".join(pattern for _, pattern in sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _guard(word: str, row: dict[str, Any]) -> str:
    before = f"(?<![{row['not_after']}])" if "not_after" in row else ""
    after = f"(?![{row['not_before']}])" if "not_before" in row else ""
    return f"{before}{re.escape(word)}{after}"


@cache
def cue_words(role: str) -> str:
    """The alternation of the cue words of a role."""
    return guarded_words("cue", role=role)


def first_characters() -> str:
    """The characters that the relative, vague and told words begin with."""
    rows = load_rows()
    return "".join(
        sorted({word[0] for array in ("relative", "vague", "told") for row in rows[array] for word in row["words"]})
    )
