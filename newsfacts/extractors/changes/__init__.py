"""Changes: which figures tell how much something grew or fell, or where it arrived, and against what.

Each gap between two figures is scanned once for words of change, names of changes and of rates, and words of
comparison (`bases`). The last word of change before a figure governs it when only linking words stand between; 至 or 到
among them makes it the place where the change arrives. A figure without such a word may go on from the figure before:
it shares its verb (分别增长3%和5%), restates it (3%(约2亿元)), or is where it led (下降3%至20亿元). 同比 holds for all
later changes of its sentence, but not for a change of a growth rate, to whose name it belongs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsfacts.extractors.changes import bases, words
from newsfacts.extractors.changes.bases import Basis
from newsfacts.extractors.changes.course import Course, FoundChange, Verb
from newsfacts.extractors.changes.words import ChangeWord
from newsfacts.model import Change, Direction, Figure, Kind, Mode, Sentence, Span

_FAR = 30  # a word of change farther than this from a figure does not govern it
_SHARED = 60  # 分别 farther than this before a figure no longer shares out its verb
_AND = ("、", "和", "及", "与", "以及")
_RELATIVE = frozenset((Kind.PERCENT, Kind.POINT, Kind.MULTIPLE, Kind.RATIO))


def read_changes(
    shadow: str, sentence: Sentence, figures: list[Figure], text: str | None = None
) -> list[FoundChange | None]:
    """The change that each figure of a sentence tells, or None.

    `text` is the unfolded document, from which a basis in its own words is cut; without it they come from the shadow.

    >>> from newsfacts.extractors.figures import find_figures
    >>> shadow = "营收12亿元，同比增长8%；毛利率下降2个百分点至31%。"
    >>> figures = find_figures(shadow)
    >>> changes = read_changes(shadow, Sentence(0, len(shadow), True), figures)
    >>> [found and (str(found.change.direction), str(found.change.mode), found.change.basis) for found in changes]
    [None, ('up', 'by', 'yoy'), ('down', 'by', 'yoy'), ('down', 'to', 'yoy')]
    """
    changes: list[FoundChange | None] = []
    course = Course(sentence.start)
    reader = _Reader(shadow, text or shadow, sentence, course)
    previous: Figure | None = None
    for figure in figures:
        last = changes[-1] if changes else None
        changes.append(reader.read(figure, previous, last))
        previous = figure
    return changes


@dataclass(slots=True)
class _Reader:
    """Reads the figures of one sentence in order."""

    shadow: str
    text: str
    sentence: Sentence
    course: Course

    def read(self, figure: Figure, previous: Figure | None, last: FoundChange | None) -> FoundChange | None:
        """The change that the next figure tells; `last` is what the figure before it told."""
        at = self.sentence.start if previous is None else previous.end
        if previous is not None and previous.unit == "a" and self.shadow.startswith(words.AVERAGED, at):
            self.course.carried, self.course.averaged = None, True
        verb = self._scan(at, figure.start)
        found = None if verb is None else self._governed(figure, verb, previous)
        if found is None and previous is not None and figure.start - at <= 14:
            found = self._postponed(figure, previous) or self._gone_on(figure, previous, last)
        if found is None:
            found = self._ranked(figure) or self._told_by_itself(figure)
        return found

    def _scan(self, at: int, end: int) -> Verb | None:
        """Reads the words of a gap into the course; the last word of change in it, if one is."""
        shadow, course = self.shadow, self.course
        verb: Verb | None = None
        if course.origin is not None:
            course.own, course.origin = course.origin, None
        for match, word in self._words(at, end):
            role = word.role
            if role == "mark":
                self._end_clause(match)
            elif role in ("verb", "noun", "against", "flat"):
                verb = self._verb(match, word)
                if role == "noun":
                    course.rate = match.end()
                    course.ranking = verb if words.RANKING.match(shadow, match.end()) else None
            elif role == "rate":
                course.rate = match.end()
                verb = verb if verb is not None and verb.word.object else None
            elif role == "stop":
                course.carried = None
            elif role != "not":
                self._read_basis(match, word, end)
            elif match[0] in bases.NOT_UNLESS and shadow.startswith(bases.NOT_UNLESS[match[0]], match.end()):
                course.own = bases.read_before(shadow, match.start(), match.start() + 1, self.sentence)
        if verb is not None:
            course.origin = None
        return verb

    def _words(self, at: int, end: int) -> Iterator[tuple[re.Match[str], ChangeWord]]:
        """The table's words in a stretch, each with its row."""
        while True:
            for match in words.SCAN.finditer(self.shadow, at, end):
                row = words.WORDS[match[0]]
                if row.timed and (rest := self._without_time(match)) is not match:
                    at = rest.end()
                    yield rest, words.WORDS[rest[0]]
                    break
                yield match, row
            else:
                return

    def _end_clause(self, match: re.Match[str]) -> None:
        """The end of a clause; what it was only about (相比2019年，…) holds for those behind it."""
        course = self.course
        if match[0] in "；;":
            course.compared = None
        if course.own is None:
            course.rate, course.clause = -1, match.end()
            return
        if not course.own.whole and course.own.span[0] - course.clause <= 1:
            basis = bases.close(self.shadow, course.own, match.start(), self.sentence)
            if basis is not None and basis.span[1] == match.start():
                course.own = basis
        course.end_clause(match.end())

    def _without_time(self, match: re.Match[str]) -> re.Match[str]:
        """The word without a 年 or 月 that belongs to a time before it: 增加 in 2021年增加."""
        before = self.shadow[max(0, match.start() - 2) : match.start()].rstrip()[-1:]
        if before.isdigit() or (before and before in words.OF_A_TIME):
            return words.SCAN.match(self.shadow, match.start() + 1) or match
        return match

    def _verb(self, match: re.Match[str], word: ChangeWord) -> Verb:
        basis = self.course.basis() if word.basis is None else Basis(word.basis, match.span())
        return Verb(*match.span(), word, basis, self.course.rate >= 0)

    def _read_basis(self, match: re.Match[str], word: ChangeWord, end: int) -> None:
        """A word of comparison sets the clause's basis."""
        shadow, course = self.shadow, self.course
        if word.role == "basis":
            course.averaged = False
            basis = Basis(word.basis, match.span())
            joined = course.own is not None and shadow[course.own.span[1] : match.start()] in _AND
            course.pair = (course.own, basis) if course.own is not None and joined else None
            course.own = course.own if joined else basis
        elif word.role == "from":
            origin = bases.read_from(shadow, *match.span(), self.sentence)
            course.origin = origin if origin is not None and end - origin.span[1] <= 10 else None
        else:
            closed = None
            if match[0] in bases.CLOSING:
                closed = bases.read_closed(shadow, course.clause, *match.span(), self.sentence)
            if closed is not None:
                course.own = closed
            elif word.role == "before":
                course.own = bases.read_before(shadow, *match.span(), self.sentence)

    def _governed(self, figure: Figure, verb: Verb, previous: Figure | None) -> FoundChange | None:
        """The change by the word of change before the figure, if that governs it."""
        word = verb.word
        if figure.start - verb.end > _FAR:
            return None
        if word.role == "against" or (word.against and verb.end < figure.start and figure.kind is Kind.POINT):
            return self._against(figure, verb)
        if word.compared and verb.basis is None and figure.kind in _RELATIVE:
            verb = verb._replace(basis=self.course.compared)
        if word.compared and verb.basis in (None, self.course.carried) and not self._is_times(figure, verb):
            return None
        reach = self._reach(figure, verb)
        if reach is None:
            return None
        mode, end = reach
        if word.role == "flat":
            return self._flat(figure, verb)
        if word.role == "noun" and self._moves_on(figure):
            return None
        if not _admits(verb, figure, mode) or self._is_offer(verb, previous):
            return None
        direction = word.direction
        if direction == "compare":
            compared = self._compared(figure, previous)
            if compared is None:
                return None
            direction = compared
        found = self._found(Direction(direction), mode, (verb.start, end), verb.basis)
        if word.compared and found is not None and found.basis_span is not None:
            self.course.compared = Basis(None, found.basis_span)
        if figure.kind is Kind.DURATION and words.EXTREME.match(self.shadow, figure.end):
            self.course.postponed = found  # 升至两年高点35元: the figure behind it is where the change arrives
            return None
        return found

    def _is_times(self, figure: Figure, verb: Verb) -> bool:
        """Whether the adjective alone compares: 贵一倍."""
        return figure.kind is Kind.MULTIPLE and self.shadow[verb.end : figure.start] in words.TIMES

    def _moves_on(self, figure: Figure) -> bool:
        """Whether a verb directly behind the figure takes it as its start: 涨幅3%扩大至5%."""
        match = words.SCAN.match(self.shadow, figure.end, self.sentence.end)
        return (
            match is not None
            and words.WORDS[match[0]].role == "verb"
            and words.ARRIVES.match(self.shadow, match.end()) is not None
        )

    def _reach(self, figure: Figure, verb: Verb) -> tuple[Mode, int] | None:
        """How the word of change reaches the figure, and where its words end; None when other words stand between."""
        if verb.end == figure.start:
            return Mode.BY, verb.end
        tail = words.BEHIND.fullmatch(self.shadow, verb.end, figure.start)
        if tail is None and verb.word.object and figure.kind is not Kind.AGE:
            tail = words.OBJECT.fullmatch(self.shadow, verb.end, figure.start)
            if tail is not None and tail["to"] is None and not _is_amount_of(tail[0], figure):
                return None
        if tail is None or (tail["to"] in words.BECOMES and verb.word.direction != "compare"):
            return None
        if tail["to"] == "为" and figure.kind is Kind.COUNT and not verb.word.counts:
            return None  # 下跌为12个
        if tail["to"] is None or verb.word.role == "noun":
            arrives = "，" in tail[0] and figure.kind not in _RELATIVE
            return (Mode.TO if arrives else Mode.BY), verb.end
        return Mode.TO, (tail.end("to") if tail.start("to") == verb.end else verb.end)

    def _is_offer(self, verb: Verb, previous: Figure | None) -> bool:
        """Whether the words pair two amounts: 满300元减50元."""
        if previous is None or verb.start != previous.end or self.shadow[verb.start : verb.end] not in words.OFFERED:
            return False
        return words.OFFER.search(self.shadow, max(self.sentence.start, previous.start - 3), previous.start) is not None

    def _compared(self, figure: Figure, previous: Figure | None) -> str | None:
        """The direction from the figure before, which 从 or 由 must open, to this one."""
        if previous is None or previous.unit != figure.unit or previous.value is None or figure.value is None:
            return None
        if words.ORIGIN.search(self.shadow, max(self.sentence.start, previous.start - 16), previous.start) is None:
            return None
        if previous.value == figure.value:
            return "flat"
        return "up" if previous.value < figure.value else "down"

    def _against(self, figure: Figure, verb: Verb) -> FoundChange | None:
        """A distance in percentage points from something named: 高于全市平均2个百分点."""
        words = self.shadow[verb.end : figure.start]
        if figure.kind is not Kind.POINT or not words.strip() or "，" in words or len(words) > 20:
            return None
        time = bases.read_time(self.shadow, verb.end, self.sentence, named="own")
        if time is not None and time.value is not None:
            basis = Basis(time.value, (verb.start, time.span[1]))
        else:
            open_basis = Basis(None, (verb.start, verb.end), whole=False)
            basis = bases.close(self.shadow, open_basis, figure.start, self.sentence) or open_basis
        return self._found(Direction(verb.word.direction), Mode.BY, (verb.start, verb.end), basis)

    def _flat(self, figure: Figure, verb: Verb) -> FoundChange | None:
        """A level that stays: 维持在3%不变, 与上月持平于3%."""
        alone = self.shadow[verb.start : verb.end] in words.ALONE
        if words.ARRIVES.match(self.shadow, verb.end):
            return None  # 从持平至3%
        if not alone and not self.shadow.startswith(words.CLOSING, words.skip_denominator(self.shadow, figure.end)):
            return None
        return self._found(Direction.FLAT, Mode.TO, (verb.start, verb.end), verb.basis)

    def _ranked(self, figure: Figure) -> FoundChange | None:
        """The change of one in a ranking: 涨幅居前的有甲市(1.2%)、乙市(1%)."""
        ranking, shadow = self.course.ranking, self.shadow
        if ranking is None or figure.kind is not Kind.PERCENT:
            return None
        if shadow[figure.start - 1] != "(" or not shadow.startswith(")", figure.end):
            return None
        return self._found(Direction(ranking.word.direction), Mode.BY, (ranking.start, ranking.end), ranking.basis)

    def _postponed(self, figure: Figure, previous: Figure) -> FoundChange | None:
        """The change that arrives here: 升至两年高点35元."""
        found, self.course.postponed = self.course.postponed, None
        if found is None or words.EXTREME.fullmatch(self.shadow, previous.end, figure.start) is None:
            return None
        return found

    def _gone_on(self, figure: Figure, previous: Figure, last: FoundChange | None) -> FoundChange | None:
        """The change that goes on from the figure before."""
        if last is None or (match := words.ON.fullmatch(self.shadow, previous.end, figure.start)) is None:
            return None
        way = match.lastgroup
        change = last.change
        if way in ("to", "reach"):
            doubled = words.FIXED_HEAD.match(self.shadow, previous.start, previous.end)
            if (change.mode is Mode.TO and not doubled) or change.direction is Direction.FLAT:
                return None
            if way == "reach" and (previous.kind not in _RELATIVE or figure.kind is previous.kind):
                return None
            return FoundChange(Change(change.direction, Mode.TO, change.basis), last.span, last.basis_span)
        if way == "same":
            return last if change.mode is Mode.BY or figure.kind is previous.kind else None
        if figure.kind is not previous.kind:
            return None
        if way == "former":
            return last if change.mode is Mode.BY and figure.kind in _RELATIVE else None
        if (
            way == "series"
            and words.SPREAD.search(self.shadow, max(self.course.clause, previous.start - _SHARED), previous.start)
            is None
        ):
            return None
        return self._of_other_basis(last)

    def _of_other_basis(self, last: FoundChange) -> FoundChange:
        """The change with the second of two bases when the one before has the first: 同比、环比分别增长3%和1%."""
        pair = self.course.pair
        if pair is None or last.basis_span != pair[0].span:
            return last
        return FoundChange(replace(last.change, basis=pair[1].value), last.span, pair[1].span)

    def _told_by_itself(self, figure: Figure) -> FoundChange | None:
        """The change that the figure tells (翻番), or the words behind it do (8%的涨幅; 5%，与上月持平)."""
        shadow, end = self.shadow, figure.end
        head = shadow[figure.start] in words.FIXED_HEADS
        if head and (fixed := words.FIXED_HEAD.match(shadow, figure.start, end)) is not None:
            row = words.FIXED[fixed[0]]
            span = (figure.start, end)
            return self._found(Direction(row["direction"]), Mode(row["mode"]), span, self.course.basis())
        told = words.TOLD_AFTER.match(shadow, end, self.sentence.end) if figure.kind in _RELATIVE else None
        if told and (found := self._told_behind(told)):
            return found
        even = words.EVEN.match(shadow, end, self.sentence.end)
        if even is None:
            return None
        basis: Basis | None = Basis(bases.WORDS.get(even["basis"]), even.span("basis"))
        if even["with"]:
            basis = bases.read_before(shadow, *even.span("with"), self.sentence)
        return self._found(Direction.FLAT, Mode.TO, even.span("even"), basis)

    def _told_behind(self, told: re.Match[str]) -> FoundChange | None:
        """A word of change behind the figure and 的, with 同比 or the like before it; a name of change needs no 的."""
        basis = self.course.basis()
        match = words.SCAN.match(self.shadow, told.end(), self.sentence.end)
        if match is not None and words.WORDS[match[0]].role == "basis":
            basis = Basis(words.WORDS[match[0]].basis, match.span())
            match = words.SCAN.match(self.shadow, match.end(), self.sentence.end)
        if match is None:
            return None
        word = words.WORDS[match[0]]
        verb = told["of"] and word.role == "verb" and len(match[0]) > 1 and not word.only and not word.compared
        if word.role != "noun" and not verb:
            return None
        return self._found(Direction(word.direction), Mode.BY, match.span(), basis)

    def _found(self, direction: Direction, mode: Mode, span: Span, basis: Basis | None) -> FoundChange | None:
        closed = None if basis is None else bases.close(self.shadow, basis, span[0], self.sentence)
        if closed is None:
            return FoundChange(Change(direction, mode), span, None)
        if closed.value is not None and not self.course.averaged:
            self.course.carried = closed
        return FoundChange(Change(direction, mode, closed.value or self.text[slice(*closed.span)]), span, closed.span)


def _admits(verb: Verb, figure: Figure, mode: Mode) -> bool:
    """Whether such a figure can be the amount, or the end, of such a change."""
    word = verb.word
    if word.only and mode is Mode.BY:
        return False
    if word.rate and not verb.of_rate:
        return False
    if mode is Mode.TO:
        return True
    if figure.kind is Kind.DURATION:
        return word.durations
    if figure.kind is Kind.COUNT:
        return word.counts or figure.unit in ("位", "名", "分")
    return figure.kind is not Kind.AGE or word.compared


def _is_amount_of(words: str, figure: Figure) -> bool:
    """Whether the figure behind a verb and its object is by how much the verb changes the object."""
    return figure.kind not in (Kind.DURATION, Kind.RANK) and ("的" not in words or figure.kind in _RELATIVE)
