"""The names that a document itself shows: by what its headline opens with, by stock codes, by suffixes, by repetition.

A name that the segmenter does not know is cut to pieces and tagged as anything; told beforehand it stays one word.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

from newsfacts.document.words import Segmenter
from newsfacts.extractors.cues import any_of
from newsfacts.extractors.links.products import repeated_products
from newsfacts.extractors.links.wordclasses import classifiers
from newsfacts.lexicon import read_table
from newsfacts.model import Span

_SCAN = 3_000  # characters of a document that are looked at
_MOST = 40  # marks of each sort that are looked at

_HEAD = re.compile(r"(?:^|\s)([一-鿿A-Za-z0-9 ]{2,12}):")
_CODE = re.compile(
    r"""
    \( (?: \d{4,6}(?:[.-][A-Za-z]{1,3})?(?=[),]) | [A-Z]{1,5}\.[A-Z]{1,2}
       | (?:NYSE|NASDAQ|SH|SZ|HK):?\s?\w+ | 以?下?简?称 ) [^)]{0,20} \)
    """,
    re.VERBOSE,
)
_SHORT = re.compile(r"简称[为:]?[\"“「]?([一-鿿A-Za-z]{2,10})")
# Patterns that start with a set of characters, not with a look-around, are searched for at several times the speed.
_LATIN = re.compile(r"[A-Za-z](?<![A-Za-z0-9].)[A-Za-z0-9]*(?:[-& ][A-Z0-9][A-Za-z0-9]*)*")

_Knows = Callable[[str], bool]
_NO_NAME = frozenset(("v", "vd", "ad", "a", "d", "c", "p"))
"""Tags of words of two characters or more that begin no name."""


def learn_names(shadow: str, title_end: int, segmenter: Segmenter, letters: Mapping[str, str]) -> tuple[str, ...]:
    """The names that a folded document shows, in no order; `letters` are the classes of our own words.

    >>> from newsfacts.document.words import load_segmenter
    >>> text = "青岚集团:营收增长\\n青岚集团昨日发布财报。青岚的门店达300家,青岚称将再开20家。"
    >>> sorted(learn_names(text, 9, load_segmenter(), {}))
    ['青岚', '青岚集团']
    """
    text, knows = shadow[:_SCAN], segmenter.knows
    found = {
        *_repeated_openings(text, knows, letters),
        *(match[1] for match in _HEAD.finditer(text, 0, title_end) if text.count(match[1]) > 1),
        *(match[1] for match in islice(_SHORT.finditer(text), _MOST)),
        *_before_codes(text),
        *_latin_names(text, letters),
        *repeated_products(text),
    }
    stems: set[str] = set()
    for name, stem in _suffixed(text, knows, letters):
        found.add(name)
        if stem and stem not in letters:
            stems.add(stem)
    kept = {
        name
        for name in found
        if letters.get(name, "O") == "O"
        and not (knows(name) or _is_counted(name, knows) or _is_phrase(name, segmenter))
    }
    return tuple(kept | stems)


def find_names(text: str, names: Iterable[str]) -> list[Span]:
    """Where names stand in a text, none overlapping another: the first of all, and the longest at a place.

    >>> find_names("青岚集团与青岚", ("青岚", "青岚集团"))
    [(0, 4), (5, 7)]
    """
    places: list[tuple[int, int]] = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            places.append((at, -len(name)))
            at = text.find(name, at + 1)
    found: list[Span] = []
    end = 0
    for start, size in sorted(places):
        if start >= end:
            end = start - size
            found.append((start, end))
    return found


def _is_phrase(name: str, segmenter: Segmenter) -> bool:
    """Whether a name begins with a verb or the like and is but a phrase: 提升|理想|i8, 恶意|做空, 如果|某家|银行."""
    word, tag = segmenter.tag(name)[0]
    return 1 < len(word) < len(name) and tag in _NO_NAME and segmenter.knows(word)


def _is_counted(name: str, knows: _Knows) -> bool:
    """Whether a name is but a word with a classifier or a prefix before it: 辆电动汽车, 非制造业."""
    rest = name[1:]
    set_before = name[0] in _characters("prefix") or name[0] in classifiers()
    return len(name) > 2 and set_before and (knows(rest) or rest.isascii())


def _grow(text: str, stem: int, end: int, most: int, least: int) -> str | None:
    """The longest stretch that ends at `end`, begins `least` to `most` characters left of `stem` and is repeated."""
    longest = None
    at = stem - 1 if text[stem - 1 : stem] == " " else stem
    for start in range(at - 1, max(at - most, 0) - 1, -1):
        if text[start] in _characters("never") or not "一" <= text[start] <= "鿿":
            break
        if at - start < least:
            continue
        name = text[start:end]
        if text.count(name) < 2 or (
            text[start : start + 2] in _words_of("role") and text[start + 2 : start + 4] != "有限"
        ):
            break
        longest = name
    return longest


def _before_codes(text: str) -> Iterator[str]:
    for match in islice(_CODE.finditer(text), _MOST):
        end = match.start() - (text[match.start() - 1 : match.start()] == " ")
        if name := _grow(text, end, end, 8, 2):
            yield name


@cache
def _characters(place: str) -> frozenset[str]:
    """The characters that names do not hold, do not begin with, or have before them as a prefix."""
    return frozenset(c for row in read_table("names")["character"] if row["place"] == place for c in row["characters"])


@cache
def _opening() -> re.Pattern[str]:
    """What opens a clause, where a name may: its first two characters are such as names hold."""
    never = "".join(_characters("never"))
    first = "".join(_characters("never_first"))
    held = rf"[^{never}\x00-\u4dff\ua000-\U0010ffff]"  # not what is ruled out, and nothing but Chinese
    return re.compile(rf"[,，。;；:、\n(]((?![{first}]){held}{{2}}[一-鿿]{{0,6}})")


@cache
def _words_of(table: str) -> frozenset[str]:
    return frozenset(word for row in read_table("names")[table] for word in row["words"])


@cache
def _suffix() -> re.Pattern[str]:
    """What ends the names of companies, and does not just begin another such end (科技 of 科技公司)."""
    ends = any_of(word for row in read_table("names")["suffix"] if row.get("learn") for word in row["words"])
    return re.compile(f"{ends}(?!有限|工业|{ends})")


def _suffixed(text: str, knows: _Knows, letters: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Names that end as companies do, with the short form the text also uses: 青岚集团, 青岚."""
    for match in islice(_suffix().finditer(text), _MOST):
        name = _grow(text, match.start(), match.end(), 6, 2)
        if name is None or knows(name):
            continue
        stem = name[: -len(match[0])]
        if match[0] in _words_of("company") and not (match[0] == "公司" and knows(stem)):
            yield name, stem if len(stem) > 1 and text.count(stem) > text.count(name) else None
        elif match[0] not in _words_of("company") and _is_unusual(stem, knows, letters):
            yield name, None


def _is_unusual(stem: str, knows: _Knows, letters: Mapping[str, str]) -> bool:
    """Whether a stem is no common word, so that 青岚汽车 is a name and 新能源汽车 is none."""
    if len(stem) > 4 or knows(stem) or stem in letters:
        return False
    return not any(knows(stem[:n]) and knows(stem[n:]) for n in range(2, len(stem) - 1))


def _latin_names(text: str, letters: Mapping[str, str]) -> Iterator[str]:
    """Names in Latin letters with the Chinese before them, where both are repeated: 青岚 X9 Pro."""
    for match in islice(_LATIN.finditer(text), _MOST):
        if letters.get(match[0]):
            continue
        name = _grow(text, match.start(), match.end(), 4, 1)
        if name and letters.get(name[: -len(match[0])].strip(), "O") == "O":
            yield name
        elif name is None and " " in match[0] and text.count(match[0]) > 1:
            yield match[0]


def _repeated_openings(text: str, knows: _Knows, letters: Mapping[str, str]) -> Iterator[str]:
    """Unknown words that open clauses again and again."""
    openings: dict[str, list[str]] = {}
    for run in _opening().findall(f"\n{text}"):
        openings.setdefault(run[:2], []).append(run)
    for stem, runs in openings.items():
        if len(runs) == 1 or text.count(stem) < 3:
            continue
        name = _lengthen(stem, runs, text, letters)
        if name not in letters and not knows(name) and not _is_known_in_parts(name, knows):
            yield name


def _lengthen(stem: str, openings: Iterable[str], text: str, letters: Mapping[str, str]) -> str:
    """The stem with the characters that nearly always follow it."""
    size = len(stem) + 1
    longer = [run[:size] for run in openings if len(run) >= size and run.startswith(stem)]
    for word in dict.fromkeys(longer):
        if longer.count(word) == 1 or word[-1] in _characters("never") or letters.get(word[-2:]):
            continue
        if text.count(word) >= 0.7 * text.count(stem):
            return _lengthen(word, openings, text, letters)
    return stem


def _is_known_in_parts(name: str, knows: _Knows) -> bool:
    return any(knows(name[:n]) and (knows(name[n:]) or len(name) - n == 1) for n in range(2, len(name)))
