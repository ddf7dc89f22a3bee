"""Topics: the group of nouns that opens each clause, which later figures of the sentence may belong to."""

import re
from typing import NamedTuple

from newsfacts.extractors.groups import Group, find_name, split_group
from newsfacts.extractors.phrases import Line, Range


class Topic(NamedTuple):
    """An opening group: its words, the owner and metric it names, and the letter of the next word that counts."""

    start: int
    end: int
    owner: Range | None
    metric: Range | None
    verb: str

    @property
    def speaks(self) -> bool:
        """Whether the topic only says what follows."""
        return self.verb in ("S", "U")


_OPENING = re.compile(
    r"""
    (?P<mark> ^ | [,;:SU] )
    [TdcumRe"\-fb]* (?: FD? )?      # 450克的|牛肉卷
    (?: [pB][nNOEAPghlawWQTDmvVc/"btkzi]* (?: f | (?=,) ) ,? [TdcumR"b]* )?   # 在新能源车方面,
    (?P<group> [nNOEAPghlawWQxmDcTb/"trkz]+ )
    [dTubmfypRi]*
    (?= (?P<verb> .? ) )
    """,
    re.VERBOSE,
)
_INVERTED = re.compile(r"(?P<metric>[Qnwa]*[QnN])d*(?:=D)?d*=(?P<owner>[EO]+)(?=d*[=^,])")  # 店铺最多的也是北京


def find_topics(line: Line) -> list[Topic]:
    """The topics of a line, in order.

    >>> from newsfacts.document.words import load_segmenter
    >>> from newsfacts.extractors.phrases import read_line
    >>> text = "远山集团发布财报,净利润同比增长"
    >>> line = read_line(text, 0, len(text), [], load_segmenter())
    >>> [(topic.owner, topic.metric, topic.verb) for topic in find_topics(line)]
    [((0, 2), None, 'U'), (None, (5, 6), '^')]
    """
    return [
        _read(line, *match.span("group"), match["verb"])
        for match in _OPENING.finditer(line.code)
        if not (match["mark"] in ("S", "U") and match["verb"] == ",")  # 发布|财报 opens no clause
    ]


def _read(line: Line, start: int, end: int, verb: str) -> Topic:
    while end > start + 1 and line.code[end - 1] in "bm":
        end -= 1  # 核电站|每个
    parts = split_group(line, (start, end))
    if parts is None:
        name = find_name(line.code, start, end)
        parts = Group(name, None, name is not None)
    if verb not in ("S", "U") and line.code[end - 1] == "P":
        parts = Group((end - 1, end), None, True)  # 远山集团董事长|林知远: not the company acts
    if inverted := _INVERTED.match(line.code, start):
        parts = Group(inverted.span("owner"), inverted.span("metric"), True)
    return Topic(start, end, parts.owner, parts.metric, verb)


def is_proper(line: Line, words: Range) -> bool:
    """Whether these words hold a name that later sentences may go on with."""
    return not set("OExl").isdisjoint(line.letters(words))


def is_plain(line: Line, topic: Topic) -> bool:
    """Whether a topic is a noun that is neither a name nor a quantity: it may itself act or be measured."""
    return topic.owner is None and topic.metric is not None and line.code[topic.metric[1] - 1] in "nghkQ"
