"""A sentence as a string of word classes.

The segmenter's words are classed by wordclasses.py, one letter a word. Constructions are then regular expressions over
the letters (`[aw]*n+` is a group of nouns) instead of walks over words. What must stay whole is masked before
segmenting: figures, times, names that the document has shown, quoted titles, and what other stages have read already.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from newsfacts.document.words import Segmenter
from newsfacts.extractors.links.names import find_names
from newsfacts.extractors.links.wordclasses import (
    class_latin,
    classifiers,
    is_person,
    letters_of,
    mixed_words,
    settle_classes,
    split_words,
    word_classes,
    words_of,
)
from newsfacts.model import Span

Range = tuple[int, int]
"""Words `[i, j)` of a Line."""

Mask = tuple[int, int, str]
"""A stretch of the text and the letter it stands for; no letter leaves it out."""

_MASK = "\x01"
_EDGE = frozenset('"/cDT,-;:ue')


class Line:
    """The words of a stretch of text: letters, the letters backwards, starts, ends, and which words are the figures."""

    # No named tuple: what follows reads these fields again and again, and slots are read faster, compiled or not.
    __slots__ = ("back", "code", "ends", "figures", "shadow", "starts")

    def __init__(self, code: str, starts: list[int], ends: list[int], figures: list[int], shadow: str) -> None:
        self.code = code
        self.back = code[::-1]
        self.starts = starts
        self.ends = ends
        self.figures = figures
        self.shadow = shadow

    def word(self, i: int) -> str:
        """The i-th word, folded."""
        return self.shadow[self.starts[i] : self.ends[i]]

    def word_after(self, i: int) -> str:
        """The i-th word, or nothing when the line ends before it."""
        return self.word(i) if i < len(self.starts) else ""

    def letters(self, words: Range) -> str:
        """The letters of a range of words."""
        return self.code[words[0] : words[1]]

    def span(self, words: Range | None) -> Span | None:
        """The text of a range of words without the marks and particles at its edges; None when nothing is left."""
        if words is None:
            return None
        i, j = words
        while i < j and self.code[i] in _EDGE:
            i += 1
        while i < j and self.code[j - 1] in _EDGE:
            j -= 1
        return (self.starts[i], self.ends[j - 1]) if i < j else None

    def find_last(self, letter: str, before: int | None = None) -> Span | None:
        """The last word of a class, in the line or before a word of it."""
        i = self.code.rfind(letter, 0, before)
        return self.span((i, i + 1)) if i >= 0 else None


_TIME = re.compile(
    r"""
    (?=[0-9一二三四五六七八九零第首上下今去前明后同当全年期本周星财止目现如此近日昨早盘午尾截收隔过未以])
    (?: (?:\d{2,4}|[一二三四五六七八九零]{4})\s?年(?:度|底|末|初|中)?
        (?:\s?\d{1,2}\s?(?:[-至到]\s?\d{1,2}\s?)?月(?:份|底|末|初|[上中下]旬)?(?:\s?\d{1,2}\s?[日号])?
          |第?[一二三四1-4]季度?|[上下]半年|前[一二三四五六七八九十]+(?:个月|季度?|月))?
    | \d{1,2}\s?月?[-至到]\s?\d{1,2}\s?月(?:份)?
    | \d{1,2}\s?月(?:份|底|末|初|[上中下]旬)?(?:\s?\d{1,2}\s?[日号])?(?!期)
    | \d{1,2}\s?[日号](?:\d{1,2}[时点])?(?![元均])
    | 第?[一二三四]季度?|第\s?[1-4]\s?季度?|[首上下]季度?|前[一二三四五六七八九]个?(?:季度?|月)|[上下]半年
    | [今去前明后上同当全]年|[年期]内|本(?:期|季度?|年度?|[月周])|[上下]个?月|[当前]月
    | 周[一二三四五六日]|星期[一二三四五六日]|[上下当]周|(?:财政)?年度|止|(?:上年|去年)?同期|\d{2,4}\s?财年
    | 上日|[上本下]一?财年|[前上]一?(?:交易日|季度?|年度?)
    | 首\d{1,2}个?月|目前|现在|如今|此前|近[期日]|日前|[今昨明当]天|[今昨明当]日|早盘|盘[中后前]|午[后间]|尾盘
    | 截至(?:发稿)?|收盘(?![价指])|期间|隔夜|过去|未来|以来
    | \d{1,2}:\d{2}(?::\d{2})?|\d{4}[-/]\d{1,2}[-/]\d{1,2}\S{0,10}
    )
    """,
    re.VERBOSE,
)
_PER = re.compile(
    r"每\s?[0-9百千万]{0,4}(?:平方米|平方公尺|公斤|千克|吨|桶|股|人|年|个?月|天|日|周|个?小时|分钟|户|台|辆|张|套|件|次|手|盎司"
    r"|磅|升|亩|份|节|瓶|箱|度电?|千瓦时|只|单|位|名|家|所|英亩|蒲式耳|立方米|公里|平|斤|例|宗|笔|期|季度?|集|场|局|个|片|程)"
)
_BEHIND = {**dict.fromkeys("内中后前里间处时起期", "f"), **dict.fromkeys("为是有", "="), "的": "D", "在": "p"}
_DOUBTFUL = frozenset(";N")
_LEADS = frozenset("=^dyrZKHXJYij")
_SET_OFF = frozenset("=^dB")
_LATIN = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.+%'&-]*[0-9A-Za-z+%])?")
_TICKER = re.compile(r"\.(?<=[一-鿿].)[A-Z]{2,6}(?![A-Za-z0-9])")  # 恒生指数.HSI
_QUOTE = re.compile(r"[“「『《〈]([^“”「」『』《》〈〉\x01，、]{1,16})[”」』》〉]")
_OPENING_QUOTES = frozenset("“「『")
_BRACKET = re.compile(r"\(([^()]{0,60})\)")
_MASKED = re.compile(_MASK + "+")


class _Masks:
    """What the segmenter must not see of a stretch of text, found layer by layer, none covering another."""

    __slots__ = ("found", "left")

    def __init__(self, text: str) -> None:
        self.left = text
        self.found: list[Mask] = []

    def add(self, masks: Iterable[Mask]) -> None:
        """Masks that cover nothing masked already."""
        left = self.left
        for mask in masks:
            start, end, _ = mask
            left = left[:start] + _MASK * (end - start) + left[end:]
            self.found.append(mask)
        self.left = left

    def add_matches(self, pattern: re.Pattern[str], letter: str) -> None:
        """What a pattern finds in the text that is left."""

        def mask(match: re.Match[str]) -> str:
            start, end = match.span()
            self.found.append((start, end, letter))
            return _MASK * (end - start)

        self.left = pattern.sub(mask, self.left)

    def add_free(self, masks: Iterable[Mask]) -> None:
        """Those of the masks that cover nothing masked already."""
        left = self.left
        for mask in masks:
            start, end, _ = mask
            if 0 <= start < end <= len(left) and _MASK not in left[start:end]:
                left = left[:start] + _MASK * (end - start) + left[end:]
                self.found.append(mask)
        self.left = left


def _find_masks(
    text: str, figures: Sequence[Mask], segmenter: Segmenter, names: Iterable[str], told: Iterable[Mask]
) -> list[Mask]:
    masks = _Masks(text)
    masks.add(figures)
    if "(" in text:
        masks.add([mask for match in _BRACKET.finditer(masks.left) for mask in _read_bracket(match)])
    if "." in text:
        masks.add_matches(_TICKER, "")
    masks.add_free(told)
    masks.add_free(_find_leads(text, figures, segmenter))
    masks.add((*match.span(), _quoted_letter(match[1])) for match in _QUOTE.finditer(masks.left))
    masks.add([(*span, "P" if is_person(text[slice(*span)]) else "O") for span in find_names(masks.left, names)])
    if "先生" in text or "女士" in text:
        masks.add_matches(_addressed(), "P")
    masks.add_matches(_TIME, "T")
    masks.add_matches(_this(), "R")
    if "每" in text:
        masks.add_matches(_PER, "b")
    if _LATIN.search(masks.left):
        words = word_classes().words
        masks.add([(*match.span(), words[match[0]]) for match in mixed_words().finditer(masks.left)])
        masks.add([(*match.span(), class_latin(match[0])) for match in _LATIN.finditer(masks.left)])
    return sorted(masks.found)


def _quoted_letter(quoted: str) -> str:
    """A quoted title's letter, or that of a word that is only set off: 「高达」|50%."""
    letter = word_classes().words.get(quoted, "Q")
    return letter if letter in _SET_OFF else "Q"


@cache
def _this() -> re.Pattern[str]:
    """Words that point at something named: 这家, 该款, 本届."""
    counts = "".join(sorted(classifiers()))
    pointed = "".join(sorted(words_of("pointed_unit")))
    return re.compile(
        rf"""
        [这那该今本上下前]  # one set of first characters, for which `re` skips over a text fast
        (?: (?<=[这那])(?:[{counts}组些](?!分)|届) | (?<=该)[{pointed}] | (?<=[今本上下])届
          | (?<=前)[一二三四五六七八九十0-9]+大 )
        """,
        re.VERBOSE,
    )


@cache
def _addressed() -> re.Pattern[str]:
    """A person called by the surname: 林先生."""
    return re.compile(f"[{''.join(sorted(word_classes().surnames))}](?:先生|女士)")


def _find_leads(text: str, figures: Iterable[Mask], segmenter: Segmenter) -> list[Mask]:
    """The words of ours beside each figure, which a segmenter may join to what stands beyond (产梨|约, 处|退赛)."""
    leads, _ = _leads()
    found: list[Mask] = []
    for start, end, _ in figures:
        at = start
        for _ in range(3):
            if text[at - 1 : at] == " ":
                at -= 1
            if not (size := _measure_lead(text, at, segmenter)):
                break
            found.append((at - size, at, leads[text[at - size : at]]))
            at -= size
        behind = text[end : end + 1]
        if behind == "前" and text[end - 1] in words_of("office_unit"):
            found.append((end, end + 1, "a"))  # 七位|前|外相
        elif behind in _BEHIND and not segmenter.knows(text[end : end + 2]):
            found.append((end, end + 1, _BEHIND[behind]))
    return found


@cache
def _leads() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """The words that lead to a figure, and by their last two characters the lengths of those that end so."""
    leads = {word: letter for word, letter in word_classes().words.items() if letter in _LEADS and len(word) <= 5}
    sizes: dict[str, tuple[int, ...]] = {}
    for word in sorted(leads, key=len, reverse=True):
        sizes[word[-2:]] = (*sizes.get(word[-2:], ()), len(word))
    return leads, sizes


def _measure_lead(text: str, at: int, segmenter: Segmenter) -> int:
    """The length of the longest of the words that ends at `at`, unless it is the end of another word."""
    leads, sizes = _leads()
    for size in sizes.get(text[at - 2 : at], ()):
        if size <= at and text[at - size : at] in leads:
            return size
    return int(text[at - 1 : at] in leads and not (at > 1 and segmenter.knows(text[at - 2 : at])))


def _read_bracket(match: re.Match[str]) -> list[Mask]:
    """A bracket without a figure is left out; of a short one with a figure, (约合97亿美元), only the figure stays."""
    if _MASK not in match[1]:
        start, end = match.span()
        supplied = match.string[start - 1 : start] in _OPENING_QUOTES  # 「(北岭)有6亿人」: the editor's word
        return [(start, start + 1, ""), (end - 1, end, "")] if supplied else [(start, end, "")]
    named = word_classes().words.get(match[1].split(_MASK)[0][-2:]) == "N"  # (单价2元)
    if named or len(match[1].replace(_MASK, "")) > 9:
        return []
    masks, at = [], match.start()
    for figure in _MASKED.finditer(match.string, match.start(), match.end()):
        masks.append((at, figure.start(), ""))
        at = figure.end()
    return [mask for mask in (*masks, (at, match.end(), "")) if mask[0] < mask[1]]


def read_line(
    shadow: str,
    start: int,
    end: int,
    figures: Sequence[Span],
    segmenter: Segmenter,
    names: Iterable[str] = (),
    told: Iterable[Mask] = (),
    headline: bool = False,
) -> Line:
    """The words of `shadow[start:end]`, each figure one word; `told` are stretches whose letter is known.

    In a `headline` a space may part two statements.

    >>> from newsfacts.document.words import load_segmenter
    >>> line = read_line("门店增至300家,同比增长5%", 0, 16, [(4, 8), (13, 15)], load_segmenter())
    >>> line.code, line.figures
    ('n^F,y^F', [2, 6])
    """
    text = shadow[start:end].replace(_MASK, " ")
    own = [(s - start, e - start, "F") for s, e in figures]
    masks = _find_masks(text, own, segmenter, names, [(s - start, e - start, letter) for s, e, letter in told])
    pieces, at = [], 0
    for s, e, _ in masks:
        pieces.append(text[at:s])
        at = e
    pieces.append(text[at:])
    letters, starts, ends = _cut(shadow, start, _MASK.join(pieces), masks, segmenter, headline)
    places = [place for place, letter in enumerate(letters) if letter == "F"]
    code = settle_classes("".join(letters))
    return Line(code, starts, ends, places, shadow)


def _cut(
    shadow: str, start: int, text: str, masks: list[Mask], segmenter: Segmenter, headline: bool
) -> tuple[list[str], list[int], list[int]]:
    """The segmenter's words with letters and places; a masked stretch is one word."""
    known = letters_of(segmenter)
    queue = iter(masks)
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    add_letter, add_start, add_end = letters.append, starts.append, ends.append
    at = start
    for pair in segmenter.tag(text):
        begin = at
        word = pair[0]
        if word == _MASK:
            s, e, letter = next(queue)
            begin, at = start + s, start + e
            if not letter:
                continue
        else:
            at += len(word)
            letter = known[pair]
            if letter in _DOUBTFUL or at - begin > 2:
                if letter == ";" and word[0] == " " and not _parts(shadow, begin, at, letters, headline):
                    continue
                if letter == "N" and at - begin == 1 and letters and letters[-1] in "Vv":
                    letters[-1] = "W"  # 回收|量: the verb is part of the noun
                if at - begin > 2 and (cut := _halve(word, letters[-1:])):
                    add_letter(known[cut[0], "n"])
                    add_start(begin)
                    begin += len(cut[0])
                    add_end(begin)
                    letter = known[cut[1], pair[1]]
        add_letter(letter)
        add_start(begin)
        add_end(at)
    return letters, starts, ends


def _halve(word: str, before: list[str]) -> tuple[str, str] | None:
    """The halves of a word that is two: 排名|第, and behind a name 汽车|销量."""
    if len(word) > 3 and before and before[0] in "Oo" and word[:2] in word_classes().endings:
        return word[:2], word[2:]
    return split_words().get(word)


def _parts(shadow: str, begin: int, at: int, letters: list[str], headline: bool) -> bool:
    """Whether a space parts two statements: when it is wide, or in a headline does not merely set off other letters."""
    before, after = shadow[begin - 1 : begin], shadow[at : at + 1]
    if after == " " or at - begin > 1:
        return True
    if not headline or not after or after.isascii():
        return False
    if letters and letters[-1] == "F":
        return after != "的" and shadow.rfind(" ", max(begin - 16, 0), begin) < 0
    return not before.isascii()
