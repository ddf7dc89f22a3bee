"""What the words of a sentence have said so far about the next change: the state of its reader."""

from dataclasses import dataclass
from typing import NamedTuple

from newsfacts.extractors.changes.bases import Basis
from newsfacts.extractors.changes.words import ChangeWord
from newsfacts.model import Change, Span


class FoundChange(NamedTuple):
    """A change with the words that told it: the verb or name of change, and the basis."""

    change: Change
    span: Span
    basis_span: Span | None


class Verb(NamedTuple):
    """A word of change in the text, with what was known where it stood."""

    start: int
    end: int
    word: ChangeWord
    basis: Basis | None
    of_rate: bool


@dataclass(slots=True)
class Course:
    """The state that the gaps between a sentence's figures hand on to each other.

    `own` is the clause's basis, `carried` an earlier one that still holds, `rate` the end of the rate's name in the
    clause (-1 without one), `clause` its start, `origin` the basis that 从 … gives to the next change, `postponed` a
    change that arrives at the next figure, `pair` two bases that the next two figures share out, `averaged` whether the
    sentence tells averages of several years, `ranking` the name of a change that ranks a list (涨幅居前的有…),
    `compared` what the sentence compares with by an adjective (比旧款贵5%).
    """

    clause: int
    own: Basis | None = None
    carried: Basis | None = None
    rate: int = -1
    origin: Basis | None = None
    postponed: FoundChange | None = None
    pair: tuple[Basis, Basis] | None = None
    averaged: bool = False
    ranking: Verb | None = None
    compared: Basis | None = None

    def end_clause(self, start: int) -> None:
        """A basis that nothing but a rate's name stands on stays in its clause; so do unfinished words."""
        own = self.own
        if own is not None and own.whole and self.rate <= own.span[0]:
            self.carried = own
        self.own, self.rate, self.clause = None, -1, start

    def basis(self) -> Basis | None:
        """The basis of a change told here."""
        if self.rate < 0:
            return self.own or self.carried
        return self.own if self.own is not None and self.own.span[0] >= self.rate else None
