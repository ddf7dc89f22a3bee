"""Words and their tags: jieba's dictionary and model, by default in its fast Rust edition (`rjieba`).

The only file that knows a segmenter. An engine is loaded at its first use, as a private instance whose added words no
other user of the library sees, and without a word on stderr. `jieba` itself is the reference; both engines read the
same dictionary, and a user's dictionary is read into whichever is chosen.
"""

import functools
import importlib.machinery
import importlib.util
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from newsfacts.errors import LexiconError


@dataclass(frozen=True, slots=True, eq=False)
class Segmenter:
    """An engine, equal to itself alone.

    `tag` cuts a text into (word, tag) pairs that join to it; `knows` tells the dictionary's words.
    """

    tag: Callable[[str], list[tuple[str, str]]]
    knows: Callable[[str], bool]


SEGMENTERS = ("rjieba", "jieba")

_Row = tuple[str, int | None, str]


def tag(text: str, segmenter: str = "rjieba") -> list[tuple[str, str]]:
    """The words of a text and their tags, by the dictionary as it comes.

    >>> tag("港口吞吐量增长")
    [('港口', 'n'), ('吞吐量', 'n'), ('增长', 'v')]
    """
    return load_segmenter(segmenter).tag(text)


def load_segmenter(
    name: str = "rjieba",
    userdict: str | os.PathLike[str] | None = None,
    words: tuple[tuple[str, str], ...] = (),
) -> Segmenter:
    """A segmenter of its own: `words` are (word, tag) pairs to add; `userdict` a file in jieba's format.

    Each line of the file is a word, then an optional frequency and an optional tag: `星河储能 300 nt`. Of `words` only
    those are added that neither the dictionary nor the file has. Loaded once for the same arguments. Raises
    LexiconError when the file cannot be read or a line is not of that form.

    >>> load_segmenter(words=(("星河储能", "nt"),)).tag("星河储能的订单")
    [('星河储能', 'nt'), ('的', 'uj'), ('订单', 'n')]
    """
    if name not in SEGMENTERS:
        raise ValueError(f"no segmenter is called {name!r}; choose one of {', '.join(SEGMENTERS)}")
    return _load(name, None if userdict is None else os.fspath(userdict), words)


@functools.lru_cache(maxsize=8)
def _load(name: str, userdict: str | None, words: tuple[tuple[str, str], ...]) -> Segmenter:
    own = read_userdict(userdict) if userdict is not None else []
    segmenter = _load_rust(own, words) if name == "rjieba" else _load_reference(own, words)
    flags = {word: flag for word, _, flag in own}
    if not flags:
        return segmenter

    def tagged(text: str) -> list[tuple[str, str]]:
        return [(word, flags.get(word, flag)) for word, flag in segmenter.tag(text)]

    return Segmenter(tagged, segmenter.knows)


def read_userdict(path: str | os.PathLike[str]) -> list[_Row]:
    """The rows of a dictionary file in jieba's format: word, frequency, tag; blank lines and a BOM are passed over."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not readable as a user dictionary ({error}); give a UTF-8 file") from error
    return [_read_row(line.split(), f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _read_row(parts: list[str], place: str) -> _Row:
    word, *rest = parts
    frequency = int(rest.pop(0)) if rest and rest[0].isdecimal() else None
    flag = rest.pop(0) if rest and rest[0].isascii() and rest[0].isalpha() else "n"
    if rest:
        raise LexiconError(f"{place}: {' '.join(parts)!r} is not `word frequency tag`; correct or remove the line")
    return word, frequency, flag


def _load_rust(own: Iterable[_Row], words: Iterable[tuple[str, str]]) -> Segmenter:
    engine = _rust_module().Jieba()
    for word, frequency, flag in chain(own, _missing(words, engine.has_word)):
        engine.add_word(word, frequency or _frequency(engine, word), flag)
    return Segmenter(engine.tag, engine.has_word)


def _missing(words: Iterable[tuple[str, str]], knows: Callable[[str], bool]) -> Iterator[_Row]:
    """Rows for the words that an engine lacks, looked up only when it has taken the rows before."""
    return ((word, None, flag) for word, flag in words if not knows(word))


def _rust_module() -> Any:
    """The compiled module of `rjieba` alone: the package's own __init__ builds a shared instance at double the cost."""
    name = "rjieba.rjieba"
    if name in sys.modules:
        return sys.modules[name]
    package = importlib.util.find_spec("rjieba")
    places = package.submodule_search_locations if package else None
    spec = importlib.machinery.PathFinder.find_spec(name, places)
    if spec is None or spec.loader is None:
        return importlib.import_module("rjieba")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _load_reference(own: Iterable[_Row], words: Iterable[tuple[str, str]]) -> Segmenter:
    with warnings.catch_warnings():
        # jieba 0.42 has invalid escapes and imports pkg_resources; both warn at import, neither matters here.
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg as posseg
    logging.getLogger("jieba").setLevel(logging.WARNING)
    engine = jieba.Tokenizer()
    engine.tmp_dir = str(_cache_folder())
    engine.initialize()
    tagger = posseg.POSTokenizer(engine)

    def tagged(text: str) -> list[tuple[str, str]]:
        return [(pair.word, pair.flag) for pair in tagger.cut(text)]

    def knows(word: str) -> bool:
        return bool(engine.FREQ.get(word))

    for word, frequency, flag in chain(own, _missing(words, knows)):
        tagger.add_word(word, frequency or _frequency(engine, word), flag)

    return Segmenter(tagged, knows)


def _frequency(engine: Any, word: str) -> int:
    """Just enough to keep a word whole against its own parts, without winning against its neighbours'."""
    return 2 * int(engine.suggest_freq(word))


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    folder = Path(base) / "newsfacts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())  # a read-only home costs a second at the next start, nothing else
    return folder
