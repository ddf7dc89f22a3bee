"""Write newsfacts/document/fold.txt: the characters that fold to another one, from OpenCC and from Unicode.

Usage: python scripts/make_fold_table.py

Each traditional character is paired with its simplified one, as OpenCC converts it when it stands alone: that leaves
a character alone that is at home in both scripts (著 of 显著, 瞭 of 瞭望, 藉 of 慰藉). Compatibility ideographs and
Kangxi radicals, which PDF readers and old fonts leave behind, are paired with the ideograph they stand for.
"""

import unicodedata
from pathlib import Path

from opencc import OpenCC

TARGET = Path(__file__).parents[1] / "newsfacts" / "document" / "fold.txt"
IDEOGRAPHS = range(0x3400, 0xA000)
LOOKALIKES = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00))
CONFIGURATIONS = ("t2s", "hk2s")
KEPT = frozenset("乾")
"""At home in both scripts although OpenCC converts it: 乾隆, 乾坤."""

PAIRS_PER_LINE = 38


def simplify(character: str) -> str:
    """The simplified form of a character that stands alone, by the first configuration that knows one."""
    for configuration in CONFIGURATIONS:
        simplified: str = CONVERTERS[configuration].convert(character)
        if simplified != character and len(simplified) == 1:
            return simplified
    return character


def fold_pairs() -> dict[str, str]:
    """Every character of the basic plane that folds, with what it folds to."""
    pairs = {chr(code): simplify(chr(code)) for code in IDEOGRAPHS if chr(code) not in KEPT}
    for code in (code for block in LOOKALIKES for code in block):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            pairs[chr(code)] = pairs.get(plain, plain)
    return {source: target for source, target in pairs.items() if source != target and ord(target) < 0x10000}


def main() -> None:
    """Generate the table."""
    words = [source + target for source, target in sorted(fold_pairs().items())]
    lines = [" ".join(words[i : i + PAIRS_PER_LINE]) for i in range(0, len(words), PAIRS_PER_LINE)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


CONVERTERS = {name: OpenCC(name) for name in CONFIGURATIONS}

if __name__ == "__main__":
    main()
