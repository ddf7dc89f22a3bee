"""From bytes to characters, and how the encoding was settled.

A byte order mark is believed, then a label inside the file, then UTF-8 when the bytes allow it, and what is left is
told apart by how common the characters are that each encoding would give: GB18030 read as Big5 comes out as rare
characters, and the other way round. A label is believed only when its decoding looks like Chinese: pages re-saved as
UTF-8 keep their old `charset=gb2312`. `common.txt` ranks the characters; `scripts/make_common_table.py` generates it.
"""

import codecs
import re
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

from newsfacts.document.fold import fold
from newsfacts.errors import ReadError


class Decoded(NamedTuple):
    """A decoded text, the encoding's name, and the reason for choosing it."""

    text: str
    encoding: str
    reason: str


_MARKS = (  # UTF-32 before UTF-16, whose mark begins alike
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    # A label that can be read as ASCII is not UTF-16 or UTF-32, whatever it says.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
    "utf-32-le": "utf-8",
    "utf-32-be": "utf-8",
    "ascii": "utf-8",
}
_ALIASES = {
    "x-gbk": "gbk",
    "gb_2312": "gb2312",
    "gb_2312-80": "gb2312",
    "gb18030-2000": "gb18030",
    "x-x-big5": "big5",
    "cn-big5": "big5",
    "utf8mb4": "utf-8",
    "unicode": "utf-8",
}
_NOT_OF_TEXTS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7"})
"""Codecs that Python has but no article is written in."""

_LABEL = re.compile(
    rb"""
    <meta [^>]{0,200}? charset \s* = \s* ["']? \s* (?P<meta> [\w.:-]+ )
  | ^\s* <\?xml [^>]{0,200}? encoding \s* = \s* ["'] (?P<xml> [\w.:-]+ )
    """,
    re.VERBOSE,
)
_LABEL_WORDS = (b"charset", b"encoding")
_LABEL_WITHIN = 4096

_BINARY_STARTS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a sound, film or WebP image",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"\x1f\x8b": "a gzip file",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7z file",
    b"Rar!": "a RAR file",
}
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])
_CONTROL_SHARE = 0.02

_HEAD = 1 << 16
"""Encodings are told apart by this much of a file."""

_SAMPLE = 3000
_ASCII = re.compile(r"[\x00-\x7f]+")
_RARE = 12_000
"""The rank that a character outside of the table counts as having."""

_ALIEN = 400_000
"""The rank of a character that no Chinese text has: private use, or a replacement for broken bytes."""

_PLAUSIBLE = -8.4
"""An unlabelled text whose best reading weighs less is not Chinese. Articles weigh -5 to -6, a few rare names -8."""

_LABEL_BONUS = 1.5
_WIDE = ("utf-16-le", "utf-16-be")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UNLABELLED = ("utf-8", "gb18030", "big5hkscs", *_WIDE)


def decode(data: bytes, encoding: str | None = None, *, label: str | None = None) -> Decoded:
    """The text of a file's bytes; `encoding` overrules what the file says, `label` is what came with it (HTTP).

    Raises ReadError for binary data, for an unknown `encoding`, and when the bytes fit no encoding.

    >>> decode("港口吞吐量达３．２亿吨".encode("gbk"))
    Decoded(text='港口吞吐量达３．２亿吨', encoding='gb18030', reason='its characters are common')
    >>> decode(b"<meta charset=gb2312>" + "出口增长8%".encode("gbk")).reason
    'declared as gb2312'
    """
    if encoding is not None:
        return _decode_as_told(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name, "byte order mark")
    head = data[:_HEAD]
    if _has_controls(head):
        wide = _decode_wide(data)
        if wide is not None:
            return wide
        _refuse_binary(head)
    label = label or declared_label(head)
    declared = label and encoding_of_label(label)
    if declared in (None, "utf-8") and (text := _decode_whole(data, "utf-8")) is not None:
        return Decoded(text, "utf-8", "valid UTF-8")
    name, score = _best_encoding(head, declared)
    if name == declared:
        return Decoded(_decode(data, name), name, f"declared as {label}")
    wrongly = f", though declared as {label}" if label else ""
    if score >= _PLAUSIBLE:
        return Decoded(_decode(data, name), name, f"its characters are common{wrongly}")
    if len(_ASCII.sub("", head.decode("latin-1"))) < len(head) * 0.05:
        return Decoded(data.decode("cp1252", "replace"), "cp1252", f"nearly all ASCII{wrongly}")
    raise ReadError("its encoding cannot be told; name it with --encoding, for example --encoding gb18030")


def declared_label(head: bytes) -> str | None:
    """The encoding that a file's `<meta charset>` or XML declaration names, as written there."""
    head = head[:_LABEL_WITHIN].lower()
    match = _LABEL.search(head) if any(word in head for word in _LABEL_WORDS) else None
    return None if match is None else (match["meta"] or match["xml"]).decode("ascii")


def encoding_of_label(label: str) -> str | None:
    """The codec to read a label with, or None for a label that names none: gb2312 means gb18030.

    >>> encoding_of_label("GBK"), encoding_of_label("x-none")
    ('gb18030', None)
    """
    try:
        "".encode(label := _ALIASES.get(label.lower(), label))
    except (LookupError, ValueError):
        return None
    name = codecs.lookup(label).name
    return None if name in _NOT_OF_TEXTS else _SUPERSETS.get(name, name)


def commonness(text: str) -> float:
    """The mean of -log(rank) over the first characters beyond ASCII; 0 when there are none."""
    sample = _ASCII.sub("", fold(text))[:_SAMPLE]
    if not sample:
        return 0.0
    weights = _weights()
    return sum(weights.get(character) or _weight_of_unlisted(character) for character in sample) / len(sample)


@cache
def _weights() -> dict[str, float]:
    table = Path(__file__).with_name("common.txt").read_text(encoding="utf-8")
    return {character: -log(rank + 2) for rank, character in enumerate(table.replace("\n", ""))}


def _weight_of_unlisted(character: str) -> float:
    alien = "\ue000" <= character <= "\uf8ff" or character >= "\ufff0" or "\x80" <= character <= "\x9f"
    return -log(_ALIEN if alien else _RARE)


def _decode_as_told(data: bytes, encoding: str) -> Decoded:
    name = _wide_encoding(encoding, data) or encoding_of_label(encoding)
    if name is None:
        raise ReadError(f"unknown encoding {encoding!r}; try utf-8, gb18030, big5 or utf-16")
    if _decode_whole(data[:_HEAD], name) is None and commonness(data[:_HEAD].decode(name, "replace")) < _PLAUSIBLE:
        raise ReadError(f"its bytes are not {encoding}; leave --encoding out to have the encoding detected")
    return Decoded(_decode(data, name).removeprefix("\ufeff"), name, "as told")


def _wide_encoding(encoding: str, data: bytes) -> str | None:
    """The codec of UTF-16 or UTF-32 in the byte order that is told, or marked, or else usual; None for any other."""
    name = encoding.lower().replace("_", "-")
    name = {"utf16": "utf-16", "utf32": "utf-32"}.get(name, name)
    if name in ("utf-16", "utf-32"):
        return name if data.startswith(_WIDE_MARKS) else f"{name}-le"
    return name if name.startswith(("utf-16-", "utf-32-")) and encoding_of_label(name) else None


def _has_controls(head: bytes) -> bool:
    return len(head) - len(head.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(head)


def _decode_wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte order mark: what looks binary byte by byte but reads as Chinese two by two."""
    for name in _WIDE:
        text = _decode(data[:_HEAD], name)
        if not _has_controls(text.encode("utf-8", "replace")) and commonness(text) >= _PLAUSIBLE:
            return Decoded(_decode(data, name), name, "its characters are common")
    return None


def _refuse_binary(head: bytes) -> None:
    """Refuse what is no text; a text padded with NULs is one."""
    text = head.replace(b"\0", b"")
    if len(text) > len(head) / 2 and not _has_controls(text) and _best_encoding(text, None)[1] >= _PLAUSIBLE:
        return
    kind = next((kind for start, kind in _BINARY_STARTS.items() if head.startswith(start)), "binary data")
    raise ReadError(f"is {kind}, not text; convert it to text or HTML first")


def _best_encoding(head: bytes, declared: str | None) -> tuple[str, float]:
    """The encoding that gives the commonest characters, the declared one with a start, and its score."""
    scores = {name: commonness(_decode(head, name)) for name in dict.fromkeys((declared, *_UNLABELLED)) if name}
    if declared:
        scores[declared] += _LABEL_BONUS
    name = max(scores, key=scores.__getitem__)
    return name, scores[name]


def _decode_whole(data: bytes, name: str) -> str | None:
    """The text of bytes that are valid, but for a last character that is cut off."""
    try:
        return codecs.getincrementaldecoder(name)().decode(data)
    except UnicodeDecodeError:
        return None


def _decode(data: bytes, name: str) -> str:
    """Decode, dropping a cut-off last character and marking broken bytes with U+FFFD."""
    return codecs.getincrementaldecoder(name)("replace").decode(data)
