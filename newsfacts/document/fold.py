"""The shadow of a text: same length, one script, one width.

All matching runs on the shadow, every span is cut from the real text, so one character always folds to one character.
Traditional characters become simplified, full-width letters, digits and signs become half-width, odd spaces become a
space, and every line end a newline. Chinese punctuation (，。、；！？ and quotes) stays: it ends clauses where ASCII
look-alikes do not.

`fold.txt` holds the pairs of ideographs; `scripts/make_fold_table.py` generates it.
"""

import re
from pathlib import Path

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；！？"}
_SIGNS = str.maketrans(
    # One line per target: yen and other signs of FFE0-FFE6, small forms, dashes, tildes, colons, slashes.
    "￠￡￥￦﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹩﹪﹫–—−〜∼∶︰∕⁄｡､｢｣〇",
    "¢£¥₩，、.；:？！(){}()#&*+-<>=$%@---~~:://。、「」零",
)
_SPACES = dict.fromkeys(
    [0xA0, 0xAD, 0x1680, *range(0x2000, 0x200E), 0x202F, 0x205F, 0x2060, 0x3000, 0x3164, 0xFEFF, 0xFFA0], " "
)
_LINE_ENDS = dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # halves of pairs, which no segmenter takes


def _load_ideographs() -> dict[int, str]:
    table = Path(__file__).with_name("fold.txt").read_text(encoding="utf-8")
    return {ord(pair[0]): pair[1] for pair in table.split()}


_TABLE: dict[int, int | str] = {**_load_ideographs(), **_FULL_WIDTH, **_SIGNS, **_SPACES, **_LINE_ENDS, **_SURROGATES}

# A full-width comma between full-width digits groups thousands (４，５６５); between half-width ones it ends a clause.
_WIDE_THOUSANDS = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")

# A circle is a zero only beside a Chinese digit (二○二二年); elsewhere it is a list mark.
_CIRCLE_ZERO = re.compile(r"(?<=[零一二三四五六七八九])[○◯]+|(?<![○◯])[○◯]++(?=[一二三四五六七八九])")


_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, _TABLE.keys() - _SURROGATES.keys())))}\ud800-\udfff]")
_SAMPLE = 100
_LITTLE = 15


def _fold_character(match: re.Match[str]) -> str:
    folded = _TABLE[ord(match[0])]
    return folded if isinstance(folded, str) else chr(folded)


def folded_characters(text: str, end: int) -> list[str]:
    """Those of the first characters of a text that fold to others.

    >>> folded_characters("營收22.9億圓", 8)
    ['營', '億', '圓']
    """
    return _FOLDED.findall(text, 0, end)


def fold(text: str) -> str:
    """The shadow of a text, character for character.

    >>> fold("１－３月營收為２２．９億圓，較去年同期成長３％。")
    '1-3月营收为22.9亿圆，较去年同期成长3%。'
    >>> fold("二○二二年")
    '二零二二年'
    """
    text = _WIDE_THOUSANDS.sub(",", text)
    # Seeking the characters that fold is faster than looking every one up, where they are few.
    few = len(folded_characters(text, _SAMPLE)) < _LITTLE
    shadow = _FOLDED.sub(_fold_character, text) if few else text.translate(_TABLE)
    if "○" in shadow or "◯" in shadow:
        return _CIRCLE_ZERO.sub(lambda circles: "零" * len(circles[0]), shadow)
    return shadow
