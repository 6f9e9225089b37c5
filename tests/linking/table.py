"""The truth table: names as people write them, and who is meant.

    python -m tests.linking.table

prints how often matching is right, on either half.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from councilgraph.linking.candidates import Memory, Source
from councilgraph.linking.entry import Entry
from councilgraph.linking.matching import LIMITS, match
from councilgraph.linking.result import Limits, Match
from loaders.registers import tables

TABLE = Path(__file__).with_name("names.csv")
NONE = "none"
HALVES = ("development", "held-out")


@dataclass(frozen=True, slots=True)
class Known:
    """A row: ``code`` is "none" where no entry is meant, ``area`` a GSS code or None."""

    name: str
    kind: str | None
    area: str | None
    on: date | None
    register: str
    code: str
    state: str

    def ask(self, source: Source, limits: Limits = LIMITS) -> Match:
        return match(self.name, kind=self.kind, area=self.area, on=self.on, source=source, limits=limits)

    def right(self, found: Match) -> bool:
        if found.entry is None:
            return self.code == NONE
        return (found.entry.register, found.entry.code) == (self.register, self.code)


def rows(half: str, areas: dict[str, str]) -> list[Known]:
    """The rows of one half; ``areas`` gives the GSS code of a council's short name."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Known(
                row["name"],
                row["kind"] or None,
                areas[row["area"]] if row["area"] else None,
                date.fromisoformat(row["date"]) if row["date"] else None,
                row["register"],
                row["code"],
                row["state"],
            )
            for row in csv.DictReader(file)
            if row["half"] == half
        ]


def halves(entries: list[Entry]) -> dict[str, list[Known]]:
    """All rows by half; councils' names as the entries have them."""
    areas = {n.text: e.areas[0] for e in entries if e.kind == "local-authority" for n in e.names}
    return {half: rows(half, areas) for half in HALVES}


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares of 1, and the rows that went wrong."""

    precision: float
    recall: float
    states: float
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    other_state: tuple[str, ...]


def measure(known: list[Known], source: Source, limits: Limits = LIMITS) -> Measured:
    """Precision over the names that were linked, recall over those that have a right answer."""
    wrong, missed, other = [], [], []
    linked = right = 0
    for row in known:
        found = row.ask(source, limits)
        told = f"{row.name!r} {row.area or ''} {row.on or ''} -> {found.state} "
        told += f"{found.entry.code if found.entry else ''} by {found.rule}, not {row.code} {row.state}"
        linked += found.entry is not None
        if found.entry is not None and row.right(found):
            right += 1
        elif found.entry is not None:
            wrong.append(told)
        elif row.code != NONE:
            missed.append(told)
        if found.state != row.state:
            other.append(told)
    meant = sum(row.code != NONE for row in known)
    return Measured(
        right / linked,
        right / meant,
        1 - len(other) / len(known),
        tuple(wrong),
        tuple(missed),
        tuple(other),
    )


def main() -> None:
    """Print the figures of both halves."""
    entries = list(tables(Path(__file__).parents[2] / "data"))
    source = Memory(entries)
    for half, known in halves(entries).items():
        found = measure(known, source)
        print(f"{half}: {len(known)} names, precision {found.precision:.3f}, recall {found.recall:.3f}")


if __name__ == "__main__":
    main()
