"""How often unlabelled bytes are read in the encoding that they were written in, and how long that takes.

Usage: python benchmarks/encodings.py FILE.txt ...

The files are UTF-8 articles; pieces of 6, 12, 30 and 200 characters are cut from them, encoded, and told again. It
compares newsfacts with charset-normalizer and chardet where these are installed, and prints the weights on both sides
of the bar that newsfacts sets between a Chinese text and a misread one.
"""

import random
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from newsfacts.document.decode import commonness, decode
from newsfacts.errors import ReadError

ENCODINGS = ("gb18030", "big5", "utf-8", "utf-16-le")
LENGTHS = (6, 12, 30, 200)
PIECES = 300
SEED = 20230405


def read_with_newsfacts(data: bytes) -> str:
    """The text as newsfacts decodes it."""
    try:
        return decode(data).text
    except ReadError:
        return ""


def read_with_charset_normalizer(data: bytes) -> str:
    """The text as charset-normalizer decodes it."""
    from charset_normalizer import from_bytes

    return str(from_bytes(data).best() or "")


def read_with_chardet(data: bytes) -> str:
    """The text in the encoding that chardet names."""
    import chardet

    return data.decode(chardet.detect(data)["encoding"] or "ascii", "replace")


READERS: dict[str, Callable[[bytes], str]] = {
    "newsfacts": read_with_newsfacts,
    "charset_normalizer": read_with_charset_normalizer,
    "chardet": read_with_chardet,
}


def cut_pieces(texts: list[str], length: int, encoding: str) -> list[str]:
    """Random pieces of the texts that the encoding can write, mostly ideographs."""
    pieces = []
    for _ in range(PIECES):
        text = random.choice(texts)
        start = random.randrange(max(len(text) - length, 1))
        piece = text[start : start + length]
        ideographs = sum("\u4e00" <= character <= "\u9fff" for character in piece)
        if ideographs > len(piece) / 2 and piece == piece.encode(encoding, "ignore").decode(encoding):
            pieces.append(piece)
    return pieces


def measure(name: str, pieces: list[str], encoding: str) -> str:
    """The share read right and the time of one call."""
    encoded = [piece.encode(encoding) for piece in pieces]
    started = time.perf_counter()
    right = sum(READERS[name](data) == piece for data, piece in zip(encoded, pieces, strict=True))
    each = (time.perf_counter() - started) / max(len(pieces), 1)
    return f"{name} {100 * right / max(len(pieces), 1):5.1f} % {each * 1e6:6.0f} µs"


def main() -> None:
    """Print a line for each length and encoding."""
    random.seed(SEED)
    texts = ["".join(Path(name).read_text(encoding="utf-8").split()) for name in sys.argv[1:]]
    readers = [name for name in READERS if name == "newsfacts" or find_spec(name)]
    for length in LENGTHS:
        for encoding in ENCODINGS:
            pieces = cut_pieces(texts, length, encoding)
            print(f"{length:4} {encoding:10}", " · ".join(measure(name, pieces, encoding) for name in readers))
    pieces = cut_pieces(texts, 30, "gb18030")
    misread = [piece.encode("gb18030").decode("big5", "replace") for piece in pieces]
    print(f"least of Chinese {min(map(commonness, pieces)):.2f}, most of misread {max(map(commonness, misread)):.2f}")


if __name__ == "__main__":
    main()
