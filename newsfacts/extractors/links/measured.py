"""What the words around a figure say of it, and how the words of a metric are cut to size."""

from typing import NamedTuple

from newsfacts.extractors.links.phrases import Line, Range
from newsfacts.extractors.links.wordclasses import words_of


class Metric(NamedTuple):
    """What the words around a figure say of it.

    `words` name the metric and `owner` whose it is (`named` when by name). `series`: all as the figure before.
    `carried`: the metric is the one before; `divided`: it is what is divided into so many; `part`: some of the things
    counted before, and theirs. `before` is the word before which the clause's subject stands; `agent` says that it does
    something (推出3款车型) rather than has a quantity; `changed` that the figure is a change, `rate` that it is one in
    percent. `whole`: the words are the whole that it is a share of. `aside`: the figure belongs to nobody (三天后).
    `passing`: the clause does not go on with the owner (拥有300万元的家庭达5万户).
    """

    words: Range | None = None
    owner: Range | None = None
    named: bool = False
    series: bool = False
    carried: bool = False
    divided: bool = False
    part: bool = False
    before: int = 0
    agent: bool = False
    changed: bool = False
    rate: bool = False
    whole: bool = False
    aside: bool = False
    passing: bool = False


def ends_in(line: Line, words: Range | None, letters: str) -> bool:
    """Whether the last of some words is of one of these classes."""
    return words is not None and line.code[words[1] - 1] in letters


def trim(line: Line, words: Range) -> Range | None:
    """A metric without the field, determiner and attributes at its head; None when nothing names a quantity."""
    i, j = words
    code = line.code
    if "a" in code[i:j]:
        i = max((n + 1 for n in range(i, j - 1) if line.word(n) in words_of("determiner")), default=i)
    field = code.rfind("z", i, j)
    if i <= field < j - 1 and code[field + 1] != "D":
        i = field + 1
    amount = code.rfind("m", i + 1, j - 1)
    if amount > 0 and len(line.word(amount)) > 1:
        i = amount + 1  # 采购|一批|价值
    average = code.rfind("b", i + 1, j - 1)
    if average > 0 and code[j - 1] == "N" and line.word(average)[0] in "平每实" and line.word(average) != "每股":
        i = average  # 纸尿裤|每片|售价
        return i, j
    while i < j and code[i] in 'mcet/"y':
        i += 1
    while i < j - 1 and code[i] == "b" and line.word(i)[0] == "每" and line.word(i) != "每股":
        i += 1
    return (i, j) if code[i:j].strip("abmi") else None
