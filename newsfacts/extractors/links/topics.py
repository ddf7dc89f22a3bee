"""Topics: the group of nouns that opens each clause, which later figures of the sentence may belong to."""

import re

from newsfacts.extractors.links.groups import Group, find_name, split_group
from newsfacts.extractors.links.phrases import Line, Range


class Topic:
    """An opening group: its words, and the letter of the next word that counts; taken apart only when asked."""

    __slots__ = ("_line", "_parts", "end", "start", "verb")

    def __init__(self, line: Line, start: int, end: int, verb: str) -> None:
        self.start, self.end, self.verb = start, end, verb
        self._line = line
        self._parts: Group | None = None

    def until(self, before: int) -> "Topic":
        """The topic without the verb that its group reached over: 挂号类小程序 of 挂号类小程序|累计|服务."""
        if self.end <= before:
            return self
        end = before
        while end > self.start + 1 and self._line.code[end - 1] in "bm":
            end -= 1
        return Topic(self._line, self.start, end, "V")

    @property
    def speaks(self) -> bool:
        """Whether the topic only says what follows."""
        return self.verb in ("S", "U")

    @property
    def owner(self) -> Range | None:
        """The name, or the noun before 的, that owns what the clause says."""
        return self._read().owner

    @property
    def metric(self) -> Range | None:
        """The nouns that may name a metric."""
        return self._read().metric

    def _read(self) -> Group:
        if self._parts is None:
            self._parts = _read_opening(self._line, self.start, self.end, self.verb)
        return self._parts


_OPENING = re.compile(
    r"""
    (?P<mark> ^ | [,;:SU] )
    [TdcumRe"\-fb]* (?: =(?=n+[pvV]) | (?: [\^vwa]{1,2}D )? FD? )?      # 有|网友|反映, 450克的|牛肉卷, 新增的|24例|个案
    (?: p (?P<where> E+l? ) , [TdcumR"b]*                                     # 在浙江湖州,
      | [pB][nNOEAPghlawWQTDmvVc/"btkzi]* (?: f | (?=,) ) ,? [TdcumR"b]* )?   # 在新能源车方面,
    (?P<group> (?: [nNOEAPghlawWQxmDcTb/"trkz]++ | e(?=[nwah]) )+ )   # 文档|等|工具
    [dTubmfypRi]*
    (?= (?P<verb> .? ) )
    """,
    re.VERBOSE,
)
_INVERTED = re.compile(
    r"(?P<metric>(?:[gh](?=[^=,;]*=D))?[Qnwa]*[QnN])d*(?:=D)?d*=(?P<owner>[EO]+h*g?)(?=d*[=^,])"  # 店铺最多的也是北京
)


def find_topics(line: Line) -> list[Topic]:
    """The topics of a line, in order.

    >>> from newsfacts.document.words import load_segmenter
    >>> from newsfacts.extractors.links.phrases import read_line
    >>> text = "远山集团发布财报,净利润同比增长"
    >>> line = read_line(text, 0, len(text), [], load_segmenter())
    >>> [(topic.owner, topic.metric, topic.verb) for topic in find_topics(line)]
    [((0, 2), None, 'U'), (None, (5, 6), '^')]
    """
    topics = []
    for match in _OPENING.finditer(line.code):
        if match["where"]:
            topics.append(Topic(line, *match.span("where"), ","))
        if not (match["mark"] in ("S", "U") and match["verb"] == ","):  # 发布|财报 opens no clause
            topics.append(Topic(line, *match.span("group"), match["verb"]))
    return topics


def _read_opening(line: Line, start: int, end: int, verb: str) -> Group:
    code = line.code
    if "=" in code and (inverted := _INVERTED.match(code, start)):
        return Group(inverted.span("owner"), inverted.span("metric"), True)
    while end > start + 1 and code[end - 1] in "bm":
        end -= 1  # 泵站|每座
    if verb not in ("S", "U") and code[end - 1] == "P":
        return Group((end - 1, end), None, True)  # 远山集团董事长|林知远: not the company acts
    parts = split_group(line, (start, end))
    if parts is None:
        name = find_name(code, start, end)
        return Group(name, None, name is not None)
    return parts


def is_proper(line: Line, words: Range) -> bool:
    """Whether these words hold a name that later sentences may go on with."""
    return not set("OExl").isdisjoint(line.letters(words))


def is_plain(line: Line, topic: Topic) -> bool:
    """Whether a topic is a noun that is neither a name nor a quantity: it may itself act or be measured."""
    return topic.owner is None and topic.metric is not None and line.code[topic.metric[1] - 1] in "nghkQ"
