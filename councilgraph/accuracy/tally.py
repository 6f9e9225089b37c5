"""What was counted when evidence was compared, and the figures that follow from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

POLARITIES = ("strength", "improvement", "mixed", "context")
SHORTFALLS = ("improvement", "mixed")


@dataclass(slots=True)
class Score:
    """Right, expected and given, summed over pages."""

    right: int = 0
    expected: int = 0
    given: int = 0

    def add(self, right: int, expected: int, given: int) -> None:
        """Add one comparison."""
        self.right += right
        self.expected += expected
        self.given += given

    def add_sets(self, expected: set[str], given: set[str]) -> None:
        """Add the labels of one sentence."""
        self.add(len(expected & given), len(expected), len(given))

    @property
    def precision(self) -> float:
        """Of what was given, the part that is right; 1 where nothing was given or expected."""
        return self.right / self.given if self.given else float(not self.expected)

    @property
    def recall(self) -> float:
        """Of what was expected, the part that was given."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Tally:
    """Scores by name, ``polarity`` counted by (expected, given), scores by voice and by theme."""

    scores: dict[str, Score] = field(default_factory=dict)
    polarity: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    voices: dict[str, Score] = field(default_factory=dict)
    themes: dict[str, Score] = field(default_factory=dict)

    def score(self, name: str) -> Score:
        """The score of that name, made at its first use."""
        return self.scores.setdefault(name, Score())

    def add(self, other: Self) -> None:
        """Add what was counted elsewhere."""
        for name in ("scores", "voices", "themes"):
            mine = getattr(self, name)
            for key, score in getattr(other, name).items():
                mine.setdefault(key, Score()).add(score.right, score.expected, score.given)
        self.polarity += other.polarity

    @property
    def polarity_right(self) -> Score:
        """The sentences that were given the polarity that they have."""
        total = sum(self.polarity.values())
        return Score(sum(n for (e, g), n in self.polarity.items() if e == g), total, total)

    @property
    def polarity_f1(self) -> float:
        """The mean of the F1 of the polarities that occur, each rounded to three places."""
        values = [round(score.f1, 3) for p in POLARITIES if (score := self.of_polarity((p,))).expected]
        return sum(values) / len(values) if values else 0.0

    @property
    def shortfalls(self) -> Score:
        """Improvement and mixed taken as one: what a council must not miss."""
        return self.of_polarity(SHORTFALLS)

    def of_polarity(self, of: Sequence[str]) -> Score:
        """The score of these polarities taken as one."""
        count = self.polarity
        return Score(
            sum(n for (e, g), n in count.items() if e in of and g in of),
            sum(n for (e, _), n in count.items() if e in of),
            sum(n for (_, g), n in count.items() if g in of),
        )
