"""Words that stand for a name given before: 该公司, 其, 他, 全市, 前者."""

import re
from collections.abc import Sequence

from newsfacts.extractors.links.discourse import Discourse
from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.topics import Topic, is_proper
from newsfacts.extractors.links.wordclasses import words_of
from newsfacts.model import Span

_PAIR = re.compile(r'(?P<second>[OEnAghklQNa"]+)[c/](?P<first>[OEnAghklQNa"]+)')  # backwards: 亚洲|和|北美


def resolve(
    line: Line, words: Range, topics: Sequence[Topic], previous: Span | None, discourse: Discourse
) -> Span | None:
    """The words' own place, or that of the name they stand for.

    `topics` are the line's, `previous` is the subject of the figure before.
    """
    i, j = words
    if not _stands_for_name(line, i, j):
        return line.span(words)
    if line.shadow[line.starts[i]] in "他她":
        return line.find_last("P", i) or discourse.person or discourse.focus
    if line.word(i) in words_of("one_of_two") and (one := _one_of_two(line, i)):
        return one
    if line.word(i) in words_of("that_place") and (place := line.find_last("E", i) or discourse.place):
        return place
    for topic in reversed(topics):
        owner = topic.owner
        if owner and topic.end <= i and line.code[owner[0]] not in "xP" and is_proper(line, owner):
            return line.span(owner)
    return previous or discourse.focus or (line.span(words) if j - i > 1 else None)


def _stands_for_name(line: Line, i: int, j: int) -> bool:
    if line.code[i] == "x":
        return True
    before = line.code[max(i - 1, 0) : i]
    if before == "R" and line.word(j - 1) in words_of("described_body"):
        return True  # 这家|山城|科技|企业
    word = line.word(i) if j - i == 1 else ""
    if word in words_of("generic"):
        return before not in set("vnwahg")
    return word in words_of("whole_area")


def _one_of_two(line: Line, i: int) -> Span | None:
    """The first or the second of the last two things named together before the word i: 前者, 后者."""
    count = len(line.code)
    pair = _PAIR.search(line.back, count - i)
    if pair is None:
        return None
    one = "first" if line.word(i)[0] == "前" else "second"
    return line.span((count - pair.end(one), count - pair.start(one)))
