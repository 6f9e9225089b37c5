"""Things that are told in several graphs, or in graphs that belong to no report.

A score stands in the graph of a score table until the report is at hand, and in that of the
report from then on. What two graphs say is put together before it is compared, or it would be
told as lost and found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from councilgraph.diff.causes import ordered
from councilgraph.diff.changes import Cause, Change
from councilgraph.diff.records import Name, kind_of, record_of
from councilgraph.diff.sides import Lines
from councilgraph.diff.statements import subject_of
from councilgraph.diff.things import Teller

Instead = Callable[[tuple[Cause, ...], str], tuple[Cause, ...]]


class Pool:
    """The statements about things that differ somewhere, from all graphs that differ."""

    def __init__(self) -> None:
        self._held: dict[Name, tuple[set[bytes], set[bytes]]] = {}
        self._causes: dict[Name, set[Cause]] = {}

    def take(
        self, old: Lines, new: Lines, causes: tuple[Cause, ...], kinds: Collection[str] | None = None
    ) -> None:
        """Keep what both sides of a graph say of the things that differ in it.

        ``kinds`` narrows it to things of these kinds (the first part of their IRI).
        """
        names = {subject_of(line) for line in old ^ new}
        wanted = {n for n in names if kind_of(n) and (kinds is None or n[0] in kinds)}
        if not wanted:
            return
        for name in wanted:
            self._causes.setdefault(name, set()).update(causes)
        for n, lines in enumerate((old, new)):
            for line in lines:
                if (name := subject_of(line)) in wanted:
                    self._held.setdefault(name, (set(), set()))[n].add(line)

    def changes(self, teller: Teller, instead: Instead) -> Iterator[Change]:
        """What has changed of them; ``instead`` puts known causes in the place of "other graphs"."""
        for name, (old, new) in sorted(self._held.items()):
            if old == new:
                continue  # it only stands in another graph now
            before, after = (record_of(name, lines) if lines else None for lines in (old, new))
            change = teller.change(before, after, ordered(self._causes[name]))
            if change is not None:
                yield replace(change, causes=instead(change.causes, change.assessment))
