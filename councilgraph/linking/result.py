"""What matching answers: who is meant, how sure that is, and every step on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from councilgraph.linking.entry import Entry

State = Literal["certain", "probable", "unresolved"]
BY_IDENTIFIER, BY_NAME, BY_AREA = "register-identifier", "name-match", "area-and-date"


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as near enough. Set on the development half of ``tests/linking/names.csv``.

    ``spelling`` is the least score of a misspelt name, ``margin`` what the best must be ahead of
    the next body, ``candidates`` how many entries are compared letter by letter.
    """

    spelling: float = 0.78
    margin: float = 0.03
    candidates: int = 100


# How much a name of each sort says, 0 to 1. Only the first two can be certain.
SCORES = {
    "official": 1.0,
    "short": 0.98,
    "other": 0.94,
    "former": 0.9,
    "abbreviation": 0.9,
    "form": 0.9,
    "area": 0.85,
    "initials": 0.8,
    "code": 0.8,
}
# Why a name of a sort is not certain, whoever else has it.
DOUBTS = {
    "other": "that is not its official name",
    "former": "that is a former name",
    "abbreviation": "abbreviations are no proof",
    "form": "the name is not written in full",
    "area": "it is inferred from the area",
    "initials": "initials are no proof",
    "code": "a code where a name belongs is no proof",
    "spelling": "the name is written otherwise",
}
# Taken from the score where the area speaks against, where words were left out, where the kind
# is a neighbouring one, and where the body had ended and its successor is meant.
LESS = 0.05


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a rule puts forward; ``text`` is the name of it that fitted.

    ``rule`` is a key of ``SCORES``, "identifier" or "spelling". ``doubt`` says why it is not
    certain, as the end of a sentence; empty if only other candidates could speak against it.
    """

    entry: Entry
    text: str
    rule: str
    score: float
    doubt: str


@dataclass(frozen=True, slots=True)
class Step:
    """One rule that was tried and, in a sentence, what came of it."""

    rule: str
    said: str


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant by a name.

    ``entry`` is None exactly if ``state`` is "unresolved". ``method`` is a slug of the scheme
    ``link-method``, None if unresolved. ``score`` is 0 to 1; of an unresolved name it is that of
    the best candidate. ``rivals`` are the other candidates, best first (of an unresolved name:
    all), ``successors`` the bodies that took over from ``entry``. ``rule`` is the rule that
    decided.
    """

    state: State
    entry: Entry | None
    method: str | None
    score: float
    rule: str
    steps: tuple[Step, ...]
    rivals: tuple[Candidate, ...] = ()
    successors: tuple[Entry, ...] = ()

    @property
    def runner_up(self) -> Entry | None:
        """The best of the other candidates."""
        return self.rivals[0].entry if self.rivals else None

    @property
    def successor(self) -> Entry | None:
        """The one body that took over; None if none or several did."""
        return self.successors[0] if len(self.successors) == 1 else None
