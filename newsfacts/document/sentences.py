"""Sentences: the stretches between full stops, question marks, exclamation marks and line ends.

A line is a paragraph (or a list item, a table cell), so a sentence never crosses a line. Semicolons and commas end
clauses only. Closing quotes and brackets behind the full stop belong to the sentence that they close.
"""

import re

from newsfacts.model import Sentence

_SENTENCE = re.compile(
    r"""
    [^\s。！？!?]           # begins at the first word; spaces and stray marks between sentences are nobody's
    [^。！？!?\n]*
    (?: [。！？!?]+ [”’"'」』】》〉〗)\]}]* )?
    """,
    re.VERBOSE,
)


def split_sentences(shadow: str) -> list[Sentence]:
    """The sentences of a folded text, in order; `opens` marks the first of each line.

    >>> shadow = "门店增至300家。“年内再开50家！”他说。\\n明年呢？"
    >>> [shadow[sentence.start:sentence.end] for sentence in split_sentences(shadow)]
    ['门店增至300家。', '“年内再开50家！”', '他说。', '明年呢？']
    >>> [sentence.opens for sentence in split_sentences(shadow)]
    [True, False, False, True]
    """
    sentences: list[Sentence] = []
    end = -1
    for match in _SENTENCE.finditer(shadow):
        start, close = match.span()
        opens = end < 0 or (start > end and shadow.find("\n", end, start) >= 0)
        end = start + len(match[0].rstrip()) if shadow[close - 1].isspace() else close
        sentences.append(Sentence(start, end, opens))
    return sentences
