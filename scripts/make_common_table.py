"""Write newsfacts/document/common.txt: the characters of simplified Chinese, the commonest first.

Usage: python scripts/make_common_table.py

The counts are those of the words in jieba's dictionary. Punctuation, which a dictionary of words does not count,
stands near the top, where running text has it. Reading unlabelled bytes uses the ranks to tell encodings apart.
"""

from collections import Counter
from pathlib import Path

import jieba

TARGET = Path(__file__).parents[1] / "newsfacts" / "document" / "common.txt"
PUNCTUATION = "，。、：“”！？《》（）；…—·「」『』"
PUNCTUATION_RANK = 5
KEPT_CHARACTERS = 4000
CHARACTERS_PER_LINE = 60


def count_characters() -> Counter[str]:
    """How often each Chinese character occurs, by the words it occurs in."""
    counts: Counter[str] = Counter()
    with jieba.get_dict_file() as dictionary:
        for line in dictionary:
            word, frequency, *_ = line.decode("utf-8").split()
            for character in word:
                if "\u4e00" <= character <= "\u9fff":
                    counts[character] += int(frequency)
    return counts


def main() -> None:
    """Generate the table."""
    ranked = [character for character, _ in count_characters().most_common(KEPT_CHARACTERS)]
    ranked[PUNCTUATION_RANK:PUNCTUATION_RANK] = PUNCTUATION
    text = "".join(ranked)
    lines = [text[i : i + CHARACTERS_PER_LINE] for i in range(0, len(text), CHARACTERS_PER_LINE)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
