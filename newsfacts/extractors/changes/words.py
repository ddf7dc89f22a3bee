"""The words of changes.toml as patterns: what `changes` scans a sentence for, and what may stand around it."""

import re
from dataclasses import dataclass

from newsfacts.extractors.changes import bases
from newsfacts.extractors.cues import any_of
from newsfacts.lexicon import read_table

_TABLE = read_table("changes")


@dataclass(frozen=True, slots=True)
class ChangeWord:
    """A row of changes.toml as the reader needs it; `role` is the table it stands in, or its role as a basis."""

    role: str
    direction: str = ""
    basis: str | None = None
    counts: bool = True
    durations: bool = False
    object: bool = False
    compared: bool = False
    against: bool = False
    only: bool = False
    rate: bool = False
    timed: bool = False
    """Whether the word begins with the time that is its basis: 年增."""


def _rows(table: str) -> dict[str, ChangeWord]:
    return {
        word: ChangeWord(
            table,
            row.get("direction", ""),
            row.get("basis"),
            row.get("counts", True),
            row.get("durations", False),
            row.get("object", False),
            row.get("compared", False),
            row.get("against", False),
            "only" in row,
            row.get("rate", False),
            "basis" in row,
        )
        for row in _TABLE[table]
        for word in row.get("words", ())
    }


def _listed(table: str, **having: object) -> list[str]:
    rows = (row for row in _TABLE[table] if all(row.get(name) == value for name, value in having.items()))
    return [word for row in rows for word in row["words"]]


WORDS: dict[str, ChangeWord] = {
    **{word: ChangeWord("not") for word in (*bases.NOT, *bases.NOT_UNLESS)},
    **_rows("verb"),
    **_rows("against"),
    **_rows("flat"),
    **_rows("noun"),
    **_rows("rate"),
    **_rows("not"),
    **_rows("stop"),
    **{word: ChangeWord("basis", basis=value) for word, value in bases.WORDS.items()},
    **{word: ChangeWord("before") for word in bases.BEFORE},
    **{word: ChangeWord("closing") for word in bases.CLOSING - bases.BEFORE},
    **{word: ChangeWord("from") for word in bases.FROM},
    **{mark: ChangeWord("mark") for mark in "，,；;"},
}
SCAN = re.compile(any_of(WORDS))
FIXED = {row_word: row for row in _TABLE["fixed"] for row_word in row["words"]}
FIXED_HEADS = frozenset(word[0] for word in FIXED)
FIXED_HEAD = re.compile(any_of(FIXED))
OFFER = re.compile(rf"{any_of(word for row in _TABLE['offer'] for word in row['before'])}$")
OFFERED = frozenset(_listed("offer"))
AVERAGED = tuple(_listed("averaged"))
CLOSING = tuple(word for row in _TABLE["flat"] for word in row.get("closing", ()))
ALONE = frozenset(_listed("flat", alone=True))

_TO = any_of(_listed("to"))
_EACH = r"每[0-9百千万]{0,4}[\u4e00-\u9fff]{1,3}"
_LINKS = rf"(?:{any_of(_listed('link'))}|{_EACH})*"
_PEAK = "[^，；、(0-9]{0,6}(?:[高低](?:峰|位|点|谷)|新[高低])，?"
BECOMES = frozenset(_listed("to", direction="compare"))
"""Words of arrival that only a verb of direction `compare` has: 改成."""

BEHIND = re.compile(rf"{_LINKS}(?:(?P<to>(?<!达){_TO})(?:[^，；、(]{{0,11}}的|{_PEAK})?{_LINKS})?")
"""What may stand between a word of change and its figure: `to` arrives, perhaps at 原来的 or the like."""
OBJECT = re.compile(
    rf"(?!了?{_TO}|[对给向与从由的])[^，。；、:后是有括()“”「」『』\"\s]{{2,14}}?(?P<to>{_TO})?{_LINKS}"
)
"""The same with the thing that changes before it."""
ON = re.compile(
    rf"""
    (?: / [^，、。(]{{1,4}}? )?                                  # 万桶/日
    (?: (?P<to> [，,]?[ ]?[并又再]? [至到](?!于) | {any_of(_listed("onward"))} )
      | (?P<reach> [，,]?[ ]?[已并则就也]? (?: 达到? | 达至 ) )
      | (?P<same> [ ]?[，,]?[ ]? (?: [(] (?: 约合? | 折合 | 合 | 或 | 即 | 相当于 )? | 或 | 约?合 | 折合 | 即 ) )
      | (?P<former> [ ]? [(] {bases.TIME} [为是:]?
                  | [，,] [也亦均]? {any_of(_listed("against"))} [^，；、。(]{{1,12}}? )  # (上月0.2%); ，高于上月的0.2%
      | (?P<list> [ ]? (?: 和 | 及 | 与 | 以及 | 、 ) )
      | (?P<series> [，,] ) )
    [ ]? {_LINKS}
    """,
    re.VERBOSE,
)
EXTREME = re.compile(rf"(?:以?来)?的?[新最]?[高低](?:点|位|水平|谷)?的?{_LINKS}")
ARRIVES = re.compile(r"[至到]")
TOLD_AFTER = re.compile(r"(?:左右|以上)?(?P<of>的)?(?:年均|平均)?(?:速度|幅度|比例|比率)?")
EVEN = re.compile(
    rf"[，,(]?(?P<basis>(?P<with>[与同和较比跟])[^，。；]{{1,10}}?|{any_of(bases.WORDS)})(?:基本|大致|大体)?(?P<even>{any_of(ALONE)})"
)
ORIGIN = re.compile(rf"{any_of(bases.FROM)}[^，；。]{{0,14}}$")
SPREAD = re.compile(r"分别|依次|各")


RANKING = re.compile(rf"[ ]?{any_of(_listed('ranking'))}")
TIMES = frozenset(("", *_listed("times")))
"""What may stand between a comparing adjective and a multiple that it compares by itself (贵一倍)."""
OF_A_TIME = frozenset(_listed("of_a_time"))
_DENOMINATOR = re.compile(r"/[^，。；、\s/]{1,3}?(?=不|，|。|；|$)")


def skip_denominator(shadow: str, at: int) -> int:
    """The place behind the 桶/日 or the like of a figure that ends at `at`."""
    match = _DENOMINATOR.match(shadow, at)
    return at if match is None else match.end()
