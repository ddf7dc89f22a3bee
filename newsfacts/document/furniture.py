"""What stands around an article's text and is none of it: credits, notices, tag lists, runs of related headlines.

`furniture.toml` holds the lines that give themselves away by their words. Lists of headlines have no words of their
own; they are lines that are links from end to end, several in a row.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsfacts.document.fold import fold
from newsfacts.document.html import Block

LONGEST = 500
"""A longer line is text, whatever it begins with."""

_RUN = 3
"""So many lines in a row that are nothing but links are a list of headlines."""

_LINKED_SHARE = 0.85


class Row(NamedTuple):
    """A row of the table: what a line must look like, and how much goes with it."""

    why: str
    drops: str
    pattern: re.Pattern[str]


def split_furniture(blocks: Sequence[Block]) -> tuple[list[str], list[str]]:
    """The lines of the article, and those that are furniture, both in order.

    >>> lines = ["全天成交3.2亿元。", "责任编辑：林小满"]
    >>> split_furniture([Block(line, "p", 0) for line in lines])
    (['全天成交3.2亿元。'], ['责任编辑：林小满'])
    """
    dropped = [False] * len(blocks)
    _drop_by_words(blocks, dropped)
    _drop_link_runs(blocks, dropped)
    kept = [block.text for block, gone in zip(blocks, dropped, strict=True) if not gone]
    return kept, [block.text for block, gone in zip(blocks, dropped, strict=True) if gone]


def find_row(line: str) -> Row | None:
    """The row that names a line as furniture."""
    if len(line) > LONGEST:
        return None
    shadow = fold(line)
    return next((row for row in rows() if row.pattern.fullmatch(shadow)), None)


@cache
def rows() -> tuple[Row, ...]:
    """The table of furniture."""
    table = tomllib.loads(Path(__file__).with_name("furniture.toml").read_text(encoding="utf-8"))
    return tuple(
        Row(row["why"], row["drops"], re.compile(row["pattern"], re.IGNORECASE | re.DOTALL))
        for row in table["furniture"]
    )


def _drop_by_words(blocks: Sequence[Block], dropped: list[bool]) -> None:
    links_go = rest_goes = False
    for i, block in enumerate(blocks):
        if rest_goes or (links_go and _is_link(block)):
            dropped[i] = True
            continue
        row = find_row(block.text)
        dropped[i] = row is not None
        links_go = row is not None and row.drops == "links"
        rest_goes = row is not None and row.drops == "rest"


def _drop_link_runs(blocks: Sequence[Block], dropped: list[bool]) -> None:
    start = 0
    for i in range(len(blocks) + 1):
        if i < len(blocks) and _is_link(blocks[i]):
            continue
        if i - start >= _RUN:
            dropped[start:i] = [True] * (i - start)
        start = i + 1


def _is_link(block: Block) -> bool:
    return block.linked >= _LINKED_SHARE * len(block.text) and block.tag != "h1"
