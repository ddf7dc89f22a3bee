"""What a document speaks of: the name last spoken of, and the name it keeps to.

Sentences without figures are not read when they pass but only when a later figure lacks a subject, and then only their
beginning.
"""

from collections.abc import Callable

from newsfacts.extractors.links.phrases import Line
from newsfacts.extractors.links.wordclasses import agencies, countries, is_person, press, words_of
from newsfacts.model import Sentence, Span

_SCAN = 20_000  # characters in which the first name is counted
_BEGINNING = 20  # a place named in so many characters is what a document is about
_FADING = 300  # characters without a mention of a name after which the document speaks of other things
_OFTEN = 4  # times named make it what the document keeps to


class Discourse:
    """The names of a document so far.

    `glance` finds the name that a sentence without figures opens with, `is_place` tells a lesser place's name.

    `metric` is the last figure's metric, `person` and `place` the person and the place last named.
    """

    def __init__(self, shadow: str, glance: Callable[[Sentence], Span | None], is_place: Callable[[str], bool]) -> None:
        self._shadow = shadow
        self._glance = glance
        self._is_place = is_place
        self._beginning = len(shadow) - len(shadow.lstrip()) + _BEGINNING
        self._passed: list[Sentence] = []
        self._named: Span | None = None
        self._focus: Span | None = None
        self._first: Span | None = None
        self._kept: bool | None = None
        self._items = self._of_item = False
        self._asides: dict[Span, bool] = {}
        self.metric: Span | None = None
        self._person: Span | None = None
        self._place: Span | None = None

    def pass_over(self, sentence: Sentence) -> None:
        """Take note of a sentence without figures; the last two count."""
        self._passed = [*self._passed[-1:], sentence]

    def open_item(self) -> None:
        """Begin a numbered item: it goes on with no name but one that stands before all items."""
        self._passed = []
        self._named = self._focus = self.metric = None
        self._person = self._place = None
        if self._of_item:
            self._first, self._kept = None, None
        self._items = True

    def note_named(self, line: Line) -> None:
        """Note the last person and the last place of a line."""
        self._person = line.find_last("P") or self._person
        self._place = line.find_last("E") or self._place

    def name(self, span: Span) -> None:
        """Speak of a name from now on; of an agency's country in its place, and of no newspaper."""
        self._passed = []
        if span == self._named:
            return
        self._named = span
        if self._shadow[slice(*span)] in press():
            return
        if country := agencies().match(self._shadow[slice(*span)]):
            span = (span[0], span[0] + country.end(1))
        self._focus = span
        if self._first is not None and self._extends(span, self._first):
            self._first = span
        if self._first is None and not is_person(self._shadow[slice(*span)]):
            self._first, self._of_item = span, self._items

    def _extends(self, span: Span, first: Span) -> bool:
        """Whether a name tells in full whose place the first name is: 山城电车公司 behind 山城电车."""
        name, place = self._shadow[slice(*span)], self._shadow[slice(*first)]
        return len(name) > len(place) and name.startswith(place) and self._is_place(place)

    @property
    def focus(self) -> Span | None:
        """The name last spoken of."""
        self._catch_up()
        return self._focus

    @property
    def person(self) -> Span | None:
        """The person last named."""
        self._catch_up()
        return self._person

    @property
    def place(self) -> Span | None:
        """The place last named."""
        self._catch_up()
        return self._place

    def _catch_up(self) -> None:
        passed, self._passed = self._passed, []
        for sentence in passed:
            if span := self._glance(sentence):
                self.name(span)

    def find_country(self, name: str) -> Span | None:
        """Where the document first names a country."""
        at = self._shadow.find(name, 0, _SCAN)
        return (at, at + len(name)) if at >= 0 else None

    def theme_at(self, at: int) -> Span | None:
        """What a figure at `at` without a subject is about; a name that has long not been mentioned has faded."""
        theme = self._theme
        if theme is None or at < _FADING:
            return theme
        name = self._shadow[slice(*theme)]
        if name in countries() or any(
            self._shadow.rfind(word, at - _FADING, at) >= 0 for word in (name, *words_of("self"))
        ):
            return theme
        return None

    def company_at(self, at: int) -> Span | None:
        """The theme if it is neither a country nor a place."""
        theme = self.theme_at(at)
        if theme is None:
            return None
        name = self._shadow[slice(*theme)]
        return None if name in countries() or self._is_place(name) else theme

    @property
    def _theme(self) -> Span | None:
        """The first name if the document keeps to it, else the last."""
        focus = self.focus
        if focus is not None and self._is_aside(focus):
            focus = None
        if self._first is None or self._is_aside(self._first):
            return focus
        if self._kept is None:
            self._kept = self._shadow.count(self._shadow[slice(*self._first)], 0, _SCAN) >= _OFTEN
        return self._first if self._kept else focus

    def _is_aside(self, span: Span) -> bool:
        """Whether a name is a place that the document does not begin with: only where things happen."""
        if span[0] <= self._beginning:
            return False
        if span not in self._asides:
            self._asides[span] = self._is_place(self._shadow[slice(*span)])
        return self._asides[span]
