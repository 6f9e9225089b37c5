"""Two builds side by side: graph by graph, then thing by thing, then by council.

Only graphs whose digests differ are read. The evidence of one report is compared at a time, so
the memory that it takes is that of the largest graph and of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.build.progress import Progress, Silent
from councilgraph.diff.causes import (
    follows_reports,
    made_causes,
    moved_between,
    ordered,
    told_causes,
    whole_build,
)
from councilgraph.diff.changes import Cause, Change, Comparison, CouncilChanges, GraphChange, How
from councilgraph.diff.evidence import report_changes
from councilgraph.diff.pool import Pool
from councilgraph.diff.sides import Lines, Side
from councilgraph.diff.things import Teller, in_order
from councilgraph.diff.words import Words
from councilgraph.iris import IRIS

_OF_ASSESSMENTS = ("report/", "reviewed/")


def compared(old: Side, new: Side, progress: Progress | None = None) -> Comparison:
    """All that differs between two builds, and why; ``progress`` is told of each graph.

    Raises:
        StoreError: one of them cannot be read. QueryError: an endpoint refuses to answer.
    """
    words = Words(old, new)
    work = _Work(old, new, words)
    names = sorted({graph.removeprefix(IRIS.graph("")) for graph in old.graphs | new.graphs})
    keys = sorted({name.partition("/")[2] for name in names if name.startswith(_OF_ASSESSMENTS)})
    others = [name for name in names if not name.startswith(_OF_ASSESSMENTS)]
    progress = progress or Silent()
    progress.start("Comparing", len(keys) + len(others))
    for key in keys:
        work.assessment(key)
        progress.advance()
    for name in others:
        work.other(name)
        progress.advance()
    changes = [*work.changes, *work.pool.changes(Teller(words, _nothing, _nothing), work.instead)]
    return Comparison(old.told(), new.told(), _by_council(changes, words), work.resolved())


class _Work:
    """What has been found so far."""

    def __init__(self, old: Side, new: Side, words: Words) -> None:
        self.old, self.new, self.words = old, new, words
        self.changes: list[Change] = []
        self.graphs: list[GraphChange] = []
        self.pool = Pool()
        self._of_key: dict[str, tuple[Cause, ...]] = {}
        self._tables: bool | None = None

    def assessment(self, key: str) -> None:
        """The evidence of one assessment: its report's graph, or the reviewed evidence alone."""
        names = [f"{start}{key}" for start in _OF_ASSESSMENTS]
        pairs = {name: pair for name in names if (pair := self._pair(name))}
        if not pairs:
            return
        causes = self._causes_of_assessment(pairs)
        self._of_key[key] = causes
        for name, (before, after) in pairs.items():
            self._note(name, before, after, causes)
        sides: list[Lines] = [frozenset().union(*(pair[n] for pair in pairs.values())) for n in (0, 1)]
        self.changes += report_changes(key, sides[0], sides[1], causes, self.words, self.pool)

    def other(self, name: str) -> None:
        """Any other graph."""
        if pair := self._pair(name):
            causes = self._causes(name, *pair)
            self._note(name, *pair, causes)
            self.pool.take(*pair, causes)

    def instead(self, causes: tuple[Cause, ...], key: str) -> tuple[Cause, ...]:
        """Causes with what other graphs say replaced by why those say something else.

        ``key`` is the assessment that a thing is about; of one that is about none it is
        whatever changed a report.
        """
        if "other-graphs" not in causes:
            return causes
        behind = self._of_key.get(key) or tuple(c for found in self._of_key.values() for c in found)
        return ordered([*(c for c in causes if c != "other-graphs"), *behind]) if behind else causes

    def resolved(self) -> tuple[GraphChange, ...]:
        """The graphs that differ, those that follow the reports with the reports' causes."""
        return tuple(
            GraphChange(g.name, g.how, g.added, g.removed, self.instead(g.causes, ""), g.documents)
            if follows_reports(g.name)
            else g
            for g in self.graphs
        )

    def _pair(self, name: str) -> tuple[Lines, Lines] | None:
        """Both sides of a graph; None where they are the same."""
        graph = IRIS.graph(*name.split("/"))
        one, two = self.old.sources.get(graph), self.new.sources.get(graph)
        if one and two and one.digest == two.digest:
            return None
        before, after = self.old.written(graph), self.new.written(graph)
        if before is None or after is None:
            before, after = self.old.lines(graph), self.new.lines(graph)
        return (before, after) if before != after else None

    def _causes(self, name: str, before: Lines, after: Lines) -> tuple[Cause, ...]:
        graph = IRIS.graph(*name.split("/"))
        if self.old.sources and self.new.sources:
            return made_causes(name, self.old.sources.get(graph), self.new.sources.get(graph))
        return told_causes(name, before, after, tables=self._tables_differ())

    def _causes_of_assessment(self, pairs: dict[str, tuple[Lines, Lines]]) -> tuple[Cause, ...]:
        if len(pairs) == 1:
            ((name, pair),) = pairs.items()
            return self._causes(name, *pair)
        held = [
            {name: source for name in pairs if (source := side.sources.get(IRIS.graph(*name.split("/"))))}
            for side in (self.old, self.new)
        ]
        return ordered([*moved_between(*held), *whole_build(self.old, self.new)])

    def _tables_differ(self) -> bool:
        """Whether any reference table differs, for builds without a manifest."""
        if self._tables is None:
            start = IRIS.graph("reference", "")
            graphs = sorted(g for g in self.old.graphs | self.new.graphs if g.startswith(start))
            own = (g for g in graphs if not follows_reports(g.removeprefix(IRIS.graph(""))))
            self._tables = any(self.old.lines(g) != self.new.lines(g) for g in own)
        return self._tables

    def _note(self, name: str, before: Lines, after: Lines, causes: tuple[Cause, ...]) -> None:
        how: How = "changed" if before and after else "added" if after else "removed"
        graph = IRIS.graph(*name.split("/"))
        files = [
            {d.name: d.sha256 for d in source.documents} if (source := side.sources.get(graph)) else {}
            for side in (self.old, self.new)
        ]
        documents = tuple(
            (file, files[0].get(file, ""), files[1].get(file, ""))
            for file in sorted({*files[0], *files[1]})
            if files[0].get(file) != files[1].get(file)
        )
        self.graphs.append(
            GraphChange(name, how, len(after - before), len(before - after), causes, documents)
        )


def _by_council(changes: Iterable[Change], words: Words) -> tuple[CouncilChanges, ...]:
    held: dict[str, list[Change]] = {}
    for change in changes:
        held.setdefault(change.council if change.council in words.councils else "", []).append(change)
    found = [
        CouncilChanges(code, *words.councils.get(code, ("", "")), changes=in_order(own))
        for code, own in held.items()
    ]
    return tuple(sorted(found, key=lambda one: (not one.code, one.name)))


def _nothing(_: object) -> None:
    """The sentences of no report at all."""
    return
