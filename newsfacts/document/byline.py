"""The names of an article's authors and of the outlet it comes from, in the lines that print them.

`byline.toml` holds the words that tell them.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsfacts.document.fold import fold

_SEPARATORS = re.compile(r"[\s、,/&]+")
_SPACED_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_LONG = 260
_BETWEEN_WORDS = re.compile(r"[\s|｜()（）\[\]【】]+")
_ORIGIN_WORD = re.compile("[来來稿][源自]|出[处處]|[转轉]自")
_COUNTED = re.compile(r"\s\d+\s")
_NAME_LIKE = re.compile(r"[^\W\d][\w·.\- ,、&]{1,29}")


class _Patterns(NamedTuple):
    bylines: tuple[re.Pattern[str], ...]
    signature: re.Pattern[str]
    house: re.Pattern[str]
    origin: re.Pattern[str]
    outlet: re.Pattern[str]


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


def find_origin(line: str) -> str | None:
    """The outlet that a line says the article comes from, as printed there.

    >>> find_origin("2023-04-05 10:00 来源：海湾日报 作者：林一"), find_origin("文章来源：公司公告显示，营收3亿元。")
    ('海湾日报', None)
    """
    if len(line) > _LONG:
        return None
    match = _patterns().origin.search(fold(line))
    return match and line[match.start("outlet") : match.end("outlet")].strip()


def first_origin(lines: Iterable[str]) -> str | None:
    """The first outlet that one of the lines names."""
    return next(filter(None, (find_origin(line) for line in lines if _ORIGIN_WORD.search(line))), None)


def is_person(name: str) -> bool:
    """Whether a declared author is a person's name or a pen name, and not a house.

    >>> is_person("林小满"), is_person("海湾新闻网")
    (True, False)
    """
    shadow = fold(name)
    return (
        _NAME_LIKE.fullmatch(shadow) is not None
        and not _COUNTED.search(shadow)
        and _patterns().house.search(shadow) is None
    )


def is_house(name: str) -> bool:
    """Whether a name is a site's or a paper's: 海湾新闻网."""
    return _patterns().house.search(fold(name)) is not None


def find_outlets(line: str) -> Iterator[str]:
    """The words of a line that are the name of an outlet and nothing else.

    >>> list(find_outlets("2023-04-05 10:00 海湾日报 (33人参与) 更新时间"))
    ['海湾日报']
    """
    return (word for word in _BETWEEN_WORDS.split(line) if _patterns().outlet.fullmatch(fold(word)))


def _join(line: str, span: tuple[int, int]) -> str:
    return " ".join(filter(None, _SEPARATORS.split(line[span[0] : span[1]])))


@cache
def _patterns() -> _Patterns:
    words = tomllib.loads(Path(__file__).with_name("byline.toml").read_text(encoding="utf-8"))
    no_name = "|".join(words["not_names"])
    name = rf"(?!(?:{no_name}))(?:(?!报[道导])[\u4e00-\u9fff·]){{2,4}}(?:(?=报[道导])|(?![\u4e00-\u9fff·]))"
    names = rf"{name}(?:(?:[ ]{{1,3}}|[ ]?[、,/&][ ]?){name})*"
    pen_name = rf"(?!(?:{no_name}))(?:(?!{no_name})[\w·.\-]){{2,16}}"
    signed = rf"[{words['family_names']}][\u4e00-\u9fff·]{{1,3}}"
    labelled = rf"""
        (?: (?: (?<!该) 作者 | 撰文 | 撰稿 人? | 执笔 人? | 主笔 | 编译 ) (?: \s* [:/丨|] \s* | \s{{1,3}} (?= {name} ) )
          | (?: ^ | [\s|(\[【·] ) (?: 采写 | 文字? ) \s* [:/丨|] \s* )
        (?: 本[报刊网台] | 记者 | \s )*
        (?P<names> {names} | {pen_name} (?: [ ]? [、&] [ ]? {pen_name} )* )
    """
    poster = rf"(?:^|[\s|])(?:由|by:?)\s*(?P<names>{name})(?:\s*(?:发[表布]|撰写|提交)|\s*[|]|\s*$)"
    reporter = rf"记者 \s* [:/]? \s* (?P<names> {names} ) (?! \s* (?: 摄 | 供图 | 制图 ) )"
    dateline = r"""
        记者 \s* (?P<names> (?: [\u4e00-\u9fff]{2,3} 、 )* [\u4e00-\u9fff]{2,3} ) \s*
        (?: [\u4e00-\u9fff]{2,4} \s* )? \d{1,2} (?: 月 \d{1,2} )? 日 (?: 专? 电 | 报道 | 讯 )
    """
    taipei = r"记者 \s* (?P<names> [\u4e00-\u9fff]{2,4} ) [/／] [\u4e00-\u9fff]{2,6} 报[道导]"
    agency = rf"日 \s* [电讯] \s* \( \s* (?: 记者 \s* )? (?P<names> {names} ) \s* \)"
    not_articles = "".join(rf"(?<!{word}\s)(?<!{word})" for word in words["not_articles"])
    origin = rf"""
        {not_articles} (?: 来源 | 稿源 | 出处 | 转载?自 ) (?: 于 | 自 )? \s* [:/丨|] \s*
        (?! (?: {"|".join(words["not_outlets"])} ) (?![^\s|()\[\]]) | {no_name} )
        (?P<outlet> (?: (?! {no_name} | \d{{4}} [-年/.] ) [^\s|，。；,;:?!？！()\[\]【】<>/“”] ) {{2,24}}? )
        (?= [\s|()\[\]【】<>“”] | $ | {no_name} | \d{{4}} [-年/.] )
    """
    return _Patterns(
        tuple(re.compile(pattern, re.VERBOSE) for pattern in (labelled, taipei, dateline, agency, reporter, poster)),
        re.compile(rf"\(\s*(?P<names>{signed}(?:[ 、]{{1,2}}{signed})*)\s*\)\s*$"),
        re.compile(
            rf"(?:{'|'.join(words['houses'])})$|\.(?:com|cn|net)|^(?:admin|editor)|{no_name}|文章", re.IGNORECASE
        ),
        re.compile(origin, re.VERBOSE),
        re.compile(rf"(?!.*(?:{no_name}))[^\s\d:,，。]{{1,16}}(?:{'|'.join(words['houses'])})"),
    )
