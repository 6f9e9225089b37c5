"""The findings of a build, found by council, statement, theme, polarity and voice without a query.

Pages filter and count tens of thousands of findings and show twenty-five. What is filtered by
is held in memory, once for each build; words and addresses are read for those shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph

from councilgraph.explorer.entries import Entry, iri_of, read_entries
from councilgraph.explorer.filters import page_of
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import DEF
from councilgraph.terms import DCTERMS, OA, SKOS

_STATES = {
    "machine": "Read by machine, not yet reviewed",
    "accepted": "Reviewed: accepted",
    "corrected": "Reviewed: corrected",
    "open": "Reviewed: left open",
    "rejected": "Reviewed: rejected",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by what it is called: its key or slug, label and the address of its page."""

    iri: str
    slug: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with its sentence and place, ready to be shown (templates/parts/finding.html).

    ``sentence`` is "" where the report is not at hand, ``source`` the page that it stands on.
    """

    entry: Entry
    council: Named
    published: str
    section: str
    statement: Named | None
    polarity: Named | None
    themes: tuple[Named, ...]
    voices: tuple[Named, ...]
    sentence: str
    summary: str
    source: str
    confidence: str

    @property
    def iri(self) -> str:
        """The IRI of the finding."""
        return self.entry.iri

    @property
    def paragraph(self) -> int:
        """Number of the paragraph in its section, 0 where unknown."""
        return self.entry.paragraph

    @property
    def number(self) -> int:
        """Number of the sentence in its paragraph."""
        return self.entry.number

    @property
    def reviewed(self) -> bool:
        """Has it been reviewed?"""
        return self.entry.state not in ("", "machine")

    @property
    def state_words(self) -> str:
        """Its review state in words."""
        return _STATES.get(self.entry.state, "Not yet reviewed")


class Findings:
    """All findings of a build, in the order of councils, reports, statements and sentences."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._graph: Any = snapshot.graph.store.graph
        self._named: dict[str, Named] = {}
        self._below = _narrower(self._graph)
        # What a reviewer rejected is kept in the graph and told of nobody.
        self.entries = tuple(entry for entry in read_entries(snapshot) if entry.state != "rejected")
        self._by_iri = {entry.iri: entry for entry in self.entries}
        self._by: dict[str, dict[str, list[Entry]]] = {
            name: defaultdict(list) for name in ("council", "statement", "theme")
        }
        for entry in self.entries:
            self._by["council"][entry.council].append(entry)
            self._by["statement"][entry.statement].append(entry)
            for theme in entry.themes:
                self._by["theme"][theme].append(entry)

    def get(self, iri: str) -> Entry | None:
        """The finding with that IRI."""
        return self._by_iri.get(iri)

    def select(
        self,
        *,
        council: str = "",
        statement: str = "",
        theme: str = "",
        polarity: str = "",
        voice: str = "",
        section: str = "",
        state: str = "",
    ) -> list[Entry]:
        """The findings that fit all that is given, by code and slug; a theme with those below it."""
        themes = {theme, *self._below.get(theme, ())} if theme else set()
        if council:
            found: Iterable[Entry] = self._by["council"].get(council, ())
        elif theme and len(themes) == 1:
            found = self._by["theme"].get(theme, ())
        elif statement:
            found = self._by["statement"].get(statement, ())
        else:
            found = self.entries
        return [
            entry
            for entry in found
            if (not statement or entry.statement == statement)
            and (not polarity or entry.polarity == polarity)
            and (not section or entry.section == section)
            and (not state or entry.state == state)
            and (not voice or voice in entry.voices)
            and (not themes or not themes.isdisjoint(entry.themes))
        ]

    def below(self, theme: str) -> frozenset[str]:
        """The themes below a theme or a group of them."""
        return frozenset(self._below.get(theme, ()))

    def count(self, entries: Iterable[Entry], by: str) -> list[tuple[Named, int]]:
        """How many findings there are of each council, statement, section, polarity, state, theme or voice.

        Most frequent first; a finding with two themes counts for both.
        """
        counted: Counter[str] = Counter()
        for entry in entries:
            if by in ("theme", "voice"):
                counted.update(entry.themes if by == "theme" else entry.voices)
            elif one := str(getattr(entry, by)):
                counted[one] += 1
        pairs = [(self.named(by, slug), n) for slug, n in counted.items()]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0].label))

    def show(self, entries: Iterable[Entry]) -> list[Finding]:
        """These findings with their sentences and places."""
        return [self._shown(entry) for entry in entries]

    def named(self, kind: str, slug: str) -> Named:
        """A council (by code), statement, section, polarity, state, theme or voice (by slug)."""
        iri = iri_of(kind, slug)
        if iri not in self._named:
            self._named[iri] = Named(iri, slug, self._snapshot.label(iri), page_of(iri))
        return self._named[iri]

    def _shown(self, entry: Entry) -> Finding:
        finding, assessment = pyoxigraph.NamedNode(entry.iri), pyoxigraph.NamedNode(entry.assessment)
        passage = self._one(finding, DEF + "passage")
        selector = self._one(passage, OA + "hasSelector")
        document = self._one(passage, OA + "hasSource")
        source = self._one(document, DCTERMS + "source") or self._one(assessment, DEF + "reportPage")
        published = self._one(assessment, DEF + "publishedOn") or self._one(
            assessment, DEF + "publishedMonth"
        )
        return Finding(
            entry,
            self.named("council", entry.council),
            _text(published),
            self.named("section", entry.section).label if entry.section else "",
            self.named("statement", entry.statement) if entry.statement else None,
            self.named("polarity", entry.polarity) if entry.polarity else None,
            tuple(self.named("theme", slug) for slug in entry.themes),
            tuple(self.named("voice", slug) for slug in entry.voices),
            _text(self._one(selector, OA + "exact")),
            _text(self._one(finding, DEF + "summary")),
            _text(source),
            _text(self._one(finding, DEF + "confidence")),
        )

    def _one(self, thing: Any, property: str) -> Any:
        """The value of a property, the first in order where there are several."""
        if not isinstance(thing, pyoxigraph.NamedNode):
            return None
        quads = self._graph.quads_for_pattern(thing, pyoxigraph.NamedNode(property), None, None)
        return min((quad.object for quad in quads), key=str, default=None)


def findings(snapshot: Snapshot) -> Findings:
    """The findings of a build, read once."""
    return snapshot.once("findings", Findings)


def _narrower(graph: Any) -> dict[str, set[str]]:
    """Each theme with all those below it, as slugs."""
    above: dict[str, set[str]] = defaultdict(set)
    for quad in graph.quads_for_pattern(None, pyoxigraph.NamedNode(SKOS + "broader"), None, None):
        if "/scheme/theme/" in quad.subject.value:
            above[quad.subject.value.rsplit("/", 1)[-1]].add(quad.object.value.rsplit("/", 1)[-1])
    below: dict[str, set[str]] = defaultdict(set)
    for theme, broader in above.items():
        seen, todo = set(), list(broader)
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                below[one].add(theme)
                todo.extend(above.get(one, ()))
    return dict(below)


def _text(term: Any) -> str:
    return "" if term is None else str(term.value)


__all__: Sequence[str] = ("Entry", "Finding", "Findings", "Named", "findings")
