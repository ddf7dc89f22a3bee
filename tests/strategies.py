"""What the property tests feed: sentences of the corpus, cut up, glued together and sprinkled with what breaks readers,
and files of every form, broken at a few places."""

import functools
import tomllib
from pathlib import Path

from hypothesis import strategies as st

from tests.corpus_cases import CORPUS, load_folder

SAMPLES = Path(__file__).parent.parent / "samples"
PIECES = tomllib.loads(Path(__file__).with_name("pieces.toml").read_text(encoding="utf-8"))
NAMES = PIECES["names"].split()
BREAKS = [b"\xff\xfe", b"\x1f\x8b", *(token.encode() for token in PIECES["tokens"])]
HALVES = ["\ud83d", "\udc00"]


@functools.cache
def sentences() -> tuple[str, ...]:
    """Every sentence of the corpus."""
    return tuple(case.whole for cases in load_folder(CORPUS).values() for case in cases)


@st.composite
def cuts(draw: st.DrawFn) -> str:
    """A stretch of a sentence of the corpus."""
    text = draw(st.sampled_from(sentences()))
    start = draw(st.integers(0, len(text)))
    return text[start : start + draw(st.integers(1, 40))]


def texts(*, clean: bool = False) -> st.SearchStrategy[str]:
    """Texts that look like news to different degrees; `clean` ones hold no controls, marks or halves of characters."""
    pieces = [
        st.deferred(lambda: st.sampled_from(sentences())),
        cuts(),
        st.sampled_from(PIECES["words"].split()),
        st.text(PIECES["numerals"], max_size=12),
    ]
    if not clean:
        pieces += [st.sampled_from([*PIECES["controls"], *PIECES["marks"], *HALVES])]
        pieces += [st.text(st.characters(codec=None), max_size=5)]
    return st.lists(st.one_of(pieces), min_size=1, max_size=12).map("".join)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A sample, a text or bytes of any kind, broken at a few places."""
    data = draw(
        st.sampled_from(samples())
        | texts().map(lambda text: text.encode("utf-8", "surrogatepass"))
        | st.binary(max_size=200)
    )
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 60))
        put = draw(st.sampled_from(BREAKS) | st.binary(max_size=6) | st.just(data[start:end] * 2))
        data = data[:start] + put + data[end:]
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 3)) == 0 else data


@functools.cache
def samples() -> tuple[bytes, ...]:
    """The bytes of the small samples."""
    paths = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    return tuple(path.read_bytes() for path in paths if path.stat().st_size < 20_000)
