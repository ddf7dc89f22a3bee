"""Word classes: one letter for what a word does in a clause that holds a figure.

The words of `metrics.toml` and `names.toml` have their letter there; for all others the segmenter's tag decides, and
for a few the words beside them (计划 is a noun behind a noun, else the auxiliary of an intention).

The letters: F figure, T time, D 的, n noun, N noun that names a quantity, r rate of change (跌幅), i empty noun
(数据), O name, E place, A area (全国), P person, g what ends a name (公司), h what may (汽车), l what ends a
place's name (水库), k commodity, z field (业务), t title of a person, Q quoted name, w verb as noun, W verb inside
a quantity's name, v verb, V verb that takes an object, S verb of speech, U of announcement, = what leads to a
figure (达到), ^ change, y 同比, a attribute, b 每股, d adverb, u 了, p preposition, B 较, K 占, Z 分别, j 以,
x anaphor (该公司), R pronoun, m number, f 中, c 和, e 等; `, ; : / " - ×` stand for marks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from newsfacts.document.words import Segmenter
from newsfacts.lexicon import read_table

_BY_TAG = {
    **dict.fromkeys(("n", "ng", "nz", "l", "i", "j", "s", "o", "zg", "g", "k", "q"), "n"),
    **dict.fromkeys(("nr", "nrt", "nrfg", "nt", "eng"), "O"),
    **dict.fromkeys(("vn", "an"), "w"),
    **dict.fromkeys(("v", "vg", "vq"), "v"),
    **dict.fromkeys(("vd", "ad", "d", "z", "dg", "df"), "d"),
    **dict.fromkeys(("a", "b", "ag", "h"), "a"),
    **dict.fromkeys(("m", "mq"), "m"),
    **dict.fromkeys(("t", "tg"), "T"),
    **dict.fromkeys(("ul", "uz", "ug", "uv", "ud", "y", "e"), "u"),
    **dict.fromkeys(("r", "rr", "rz", "rg"), "R"),
    "ns": "E",
    "f": "f",
    "p": "p",
    "c": "c",
    "uj": "D",
    "u": "e",
}
_MARKS = {
    **dict.fromkeys("，(),", ","),
    **dict.fromkeys("；！？。;…|", ";"),
    **dict.fromkeys("“”「」『』《》", '"'),
    **dict.fromkeys("-~+—·", "-"),
    "、": "/",
    ":": ":",
    "×": "×",
    "*": "×",
    "/": "-",
}
_KNOWN_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class WordClasses:
    """The tables: letters of `words` and of the `endings` of names, surnames, and last characters of quantities."""

    words: dict[str, str]
    endings: dict[str, str]
    surnames: frozenset[str]
    quantity_ends: frozenset[str]


@cache
def word_classes() -> WordClasses:
    """The tables of `metrics.toml` and `names.toml`, read on first use; a word's last row wins."""
    metrics, names = read_table("metrics"), read_table("names")
    return WordClasses(
        {word: "n" for row in names["common"] for word in row["words"]}
        | {word: "w" for row in metrics["nominal"] for word in row["words"]}
        | {word: row["code"] for row in metrics["words"] for word in row["words"]}
        | {word: "O" for row in names["name"] for word in row["words"]},
        {word: row["code"] for row in names["suffix"] for word in row["words"]},
        frozenset("".join(row["characters"] for row in names["surname"])),
        frozenset("".join(row["characters"] for row in metrics["quantity_end"])),
    )


@cache
def split_words() -> dict[str, tuple[str, str]]:
    """Words of the segmenter's dictionary that are two here, with both halves."""
    pairs = (word.split("|") for row in read_table("metrics")["split"] for word in row["words"])
    return {first + second: (first, second) for first, second in pairs}


def class_latin(word: str) -> str:
    """The letter of a run of Latin letters and digits, which segmenters cut each in its own way.

    >>> class_latin("GDP"), class_latin("X9"), class_latin("5G"), class_latin("600519")
    ('N', 'O', 'n', 'm')
    """
    known = word_classes().words.get(word)
    if known or not word[0].isalpha():
        return known or ("m" if word.strip("0123456789.,%-") == "" else "n")
    return "O" if len(word) > 1 and not word.islower() else "n"


@cache
def mixed_words() -> re.Pattern[str]:
    """Our words that hold Latin letters or digits beside Chinese characters: 标普500指数, A股."""
    words = (word for word in word_classes().words if not word.isascii() and re.search("[0-9A-Za-z]", word))
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@cache
def classifiers() -> frozenset[str]:
    """The classifiers of one character: 辆, 家."""
    return frozenset(row["word"] for row in read_table("classifiers")["classifier"] if len(row["word"]) == 1)


@cache
def countries() -> frozenset[str]:
    """The names of countries and the like."""
    return frozenset(word for row in read_table("names")["country"] for word in row["words"])


@cache
def press() -> frozenset[str]:
    """Newspapers, agencies and sites that report: no figure is theirs."""
    return frozenset(word for row in read_table("names")["press"] for word in row["words"])


@cache
def reporters() -> dict[str, str]:
    """Bodies that count for a country, with its name."""
    return {word: row["country"] for row in read_table("names")["reporter"] for word in row["words"]}


@cache
def agencies() -> re.Pattern[str]:
    """A country's name at the start of its agency's: 美国 of 美国劳工部."""
    (row,) = read_table("names")["country"]
    return re.compile(f"({'|'.join(row['words'])}).*[{row['agency_ends']}]$")


@cache
def words_of(table: str) -> frozenset[str]:
    """The words of one of the further lists of `metrics.toml`."""
    return frozenset(word for row in read_table("metrics")[table] for word in row["words"])


@cache
def endings_of(table: str) -> tuple[str, ...]:
    """The same as `str.endswith` takes them."""
    return tuple(words_of(table))


def class_word(word: str, tag: str, knows: Callable[[str], bool] = bool) -> str:
    """The letter of a word; `knows` tells the words of the segmenter's dictionary.

    >>> class_word("达到", "v"), class_word("出货量", "n"), class_word("分公司", "n")
    ('=', 'N', 'g')
    """
    classes = word_classes()
    return classes.words.get(word) or _MARKS.get(word) or _class_by_form(word, tag, classes, knows)


def _class_by_form(word: str, tag: str, classes: WordClasses, knows: Callable[[str], bool]) -> str:
    if tag == "x":
        return ";" if word.isspace() else "-"
    letter = _BY_TAG.get(tag) or _BY_TAG.get(tag[:1], "n")
    if letter == "O":
        return _class_name(word, tag, knows)
    if letter in "nwvEd" and (ending := _ending(word, classes, knows)):
        return ending
    if letter in "nwv" and word[-1] in classes.quantity_ends:
        return "N"
    return "o" if letter == "n" and len(word) > 1 and not knows(word) else letter


def _class_name(word: str, tag: str, knows: Callable[[str], bool]) -> str:
    """Names as tagged, but for the common words that the dictionary lists among persons (修正, 太阳)."""
    if tag[:2] != "nr":
        return "O" if len(word) > 1 or tag != "eng" else "n"
    if is_person(word):
        return "P"
    if len(word) > 1 and (tag == "nrt" or not knows(word)):
        return "O"
    return _ending(word, word_classes(), knows) or "o"


def _ending(word: str, classes: WordClasses, knows: Callable[[str], bool]) -> str | None:
    for length in (4, 3, 2):
        letter = classes.endings.get(word[-length:]) if len(word) >= length else None
        if letter and (letter == "g" or len(word) == length):
            return letter
        if letter == "l":
            return "n" if word[0] in words_of("place_count") else "E"  # 三县, 白石水库 in one word
    if len(word) == 1:
        return "s" if classes.endings.get(word) == "l" else classes.endings.get(word)
    return classes.endings.get(word[-1]) if len(word) == 3 and not knows(word) else None


def is_person(word: str) -> bool:
    """Whether a name looks like a Chinese person's: a surname and one or two characters more.

    >>> is_person("林知远"), is_person("远山集团")
    (True, False)
    """
    classes = word_classes()
    return 2 <= len(word) <= 3 and word[0] in classes.surnames and word not in classes.words


class Letters(dict[tuple[str, str], str]):
    """The letters of (word, tag) pairs, worked out once each."""

    def __init__(self, knows: Callable[[str], bool]) -> None:
        super().__init__()
        self._knows = knows

    def __missing__(self, pair: tuple[str, str]) -> str:
        if len(self) > _KNOWN_LIMIT:
            self.clear()
        letter = self[pair] = class_word(*pair, self._knows)
        return letter


@lru_cache(maxsize=8)
def letters_of(segmenter: Segmenter) -> Letters:
    """The letters given so far to a segmenter's words."""
    return Letters(segmenter.knows)


# Words whose class hangs on their place: letter, place, class there, class elsewhere.
_BY_PLACE = (
    ("Y", re.compile(r"Y(?=[=d]*F)|(?<=F)Y"), "u", "k"),
    ("I", re.compile(r"(?<=[Ox-])I|(?<=Oh)I|(?<=[OE]m)I"), "g", "N"),
    ("X", re.compile(r"X(?=u?[d=]*F)"), "^", "a"),
    ("o", re.compile(r"o(?=h*[gh])"), "O", "n"),
    ("s", re.compile(r"(?<=[nPEOol])s"), "l", "n"),  # 清石|湖, but not 县 alone
    ("J", re.compile(r"J(?=[,;:D/=]|$)|(?<=[FD])J"), "n", "d"),
    ("H", re.compile(r"H(?=[=d]*F)"), "N", "a"),
    ("G", re.compile(r"G(?=[ngNw])"), "w", "S"),  # 分析|机构
    ("M", re.compile(r"(?<=F)M"), "w", "S"),
    ("C", re.compile(r"(?<=[Nr])C"), "n", "d"),
    ("B", re.compile(r"(?<=[nNwa])B(?=[d=]*=F)"), "N", "B"),  # 现金短债|比|不小于1
    ("q", re.compile(r"(?<=d)q(?=d*\^)"), "i", "n"),
)
_REACHING = re.compile(r"(?<=[Nr])H(?==)")  # 成本|高|达
_SORTED = re.compile(r"v(?=L)")  # 挂号|类|小程序
# A verb close before a quantity is part of its name: 挂牌|房源|量, 占|到|打车|费用.
_MODIFIER = re.compile(r"v(?:(?<![F/^=dpuSU].)|(?<=K[du].))v*(?=[nwkaW]{0,2}N)")


def settle_classes(code: str) -> str:
    """The letters of a line once every word sees its neighbours.

    >>> settle_classes("Y=F"), settle_classes("nvnN")
    ('u=F', 'nWnN')
    """
    if "H" in code:
        code = code.replace("H", "^") if "B" in code else _REACHING.sub("d", code)
    if "L" in code:
        code = _SORTED.sub("w", code).replace("L", "a")
    code = _MODIFIER.sub(lambda verbs: "W" * len(verbs[0]), code)
    for letter, place, there, elsewhere in _BY_PLACE:
        if letter in code:
            code = place.sub(there, code).replace(letter, elsewhere)
    return code
