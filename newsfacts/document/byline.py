"""The names of an article's authors, in the lines that print them. `byline.toml` holds the words that tell them."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsfacts.document.fold import fold

_SEPARATORS = re.compile(r"[\s、,/&]+")
_SPACED_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_LONG = 260
_NAME_LIKE = re.compile(r"[^\W\d][\w·.\- ,、&]{1,29}")


class _Patterns(NamedTuple):
    bylines: tuple[re.Pattern[str], ...]
    signature: re.Pattern[str]
    house: re.Pattern[str]


def find_byline(line: str) -> str | None:
    """The authors that a line names, joined by spaces.

    >>> find_byline("2023-04-05 10:00 来源：海湾日报 作者：林一 陈二"), find_byline("（本报记者周三 吴四）夜市开张。")
    ('林一 陈二', '周三 吴四')
    """
    if len(line) > _LONG:
        line = f"{line[:_LONG]}\n{line[-40:]}"
    line = _SPACED_NAME.sub(r"\1\2", line)
    shadow = fold(line)
    for byline in _patterns().bylines:
        match = byline.search(shadow)
        if match:
            return _join(line, match.span("names"))
    return None


def find_signature(line: str) -> str | None:
    """The authors in a bracket that ends an article's last line.

    >>> find_signature("夜市今晚收官。（林小满）"), find_signature("全年成交3亿元。（完）")
    ('林小满', None)
    """
    match = _patterns().signature.search(fold(line[-40:]))
    return match and _join(line[-40:], match.span("names"))


def is_person(name: str) -> bool:
    """Whether a declared author is a person's name or a pen name, and not a house.

    >>> is_person("林小满"), is_person("海湾新闻网")
    (True, False)
    """
    shadow = fold(name)
    return _NAME_LIKE.fullmatch(shadow) is not None and _patterns().house.search(shadow) is None


def is_house(name: str) -> bool:
    """Whether a name is a site's or a paper's: 海湾新闻网."""
    return _patterns().house.search(fold(name)) is not None


def _join(line: str, span: tuple[int, int]) -> str:
    return " ".join(filter(None, _SEPARATORS.split(line[span[0] : span[1]])))


@cache
def _patterns() -> _Patterns:
    words = tomllib.loads(Path(__file__).with_name("byline.toml").read_text(encoding="utf-8"))
    no_name = "|".join(words["not_names"])
    name = rf"(?!(?:{no_name}))[\u4e00-\u9fff·]{{2,4}}(?![\u4e00-\u9fff·])"
    names = rf"{name}(?:(?:[ ]{{1,3}}|[ ]?[、,/&][ ]?){name})*"
    pen_name = rf"(?!(?:{no_name}))(?:(?!{no_name})[\w·.\-]){{2,16}}"
    signed = rf"[{words['family_names']}][\u4e00-\u9fff·]{{1,3}}"
    labelled = rf"""
        (?: (?: 作者 | 撰文 | 撰稿 人? | 执笔 人? | 主笔 | 编译 ) (?: \s* [:/丨|] \s* | \s{{1,3}} (?= {name} ) )
          | (?: ^ | [\s|(\[【·] ) (?: 采写 | 文字? ) \s* [:/丨|] \s* )
        (?: 本[报刊网台] | 记者 | \s )*
        (?P<names> {names} | {pen_name} (?: [ ]? [、&] [ ]? {pen_name} )* )
    """
    reporter = rf"记者 \s* [:/]? \s* (?P<names> {names} ) (?! \s* (?: 摄 | 供图 | 制图 ) )"
    dateline = r"""
        记者 \s* (?P<names> (?: [\u4e00-\u9fff]{2,3} 、 )* [\u4e00-\u9fff]{2,3} ) \s*
        (?: [\u4e00-\u9fff]{2,4} \s* )? \d{1,2} (?: 月 \d{1,2} )? 日 (?: 专? 电 | 报道 | 讯 )
    """
    taipei = r"记者 \s* (?P<names> [\u4e00-\u9fff]{2,4} ) [/／] [\u4e00-\u9fff]{2,6} 报[道导]"
    agency = rf"日 \s* [电讯] \s* \( \s* (?: 记者 \s* )? (?P<names> {names} ) \s* \)"
    return _Patterns(
        tuple(re.compile(pattern, re.VERBOSE) for pattern in (labelled, taipei, dateline, agency, reporter)),
        re.compile(rf"\(\s*(?P<names>{signed}(?:[ 、]{{1,2}}{signed})*)\s*\)\s*$"),
        re.compile(
            rf"(?:{'|'.join(words['houses'])})$|\.(?:com|cn|net)|^(?:admin|editor)|{no_name}|文章", re.IGNORECASE
        ),
    )
