"""What the findings of a build are filtered, counted and ordered by, read once."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

import pyoxigraph

from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import DEF, IRIS, concept
from councilgraph.search.entries import labelled
from councilgraph.search.index import usable
from councilgraph.terms import RDF, SKOS

# So many things are asked for one by one; for more, all statements of a property are read.
_FEW = 5_000
_SCHEMES = {
    "statement": "quality-statement",
    "section": "report-section",
    "state": "review-state",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a finding is filtered, counted and ordered by; slugs and IRIs, "" for none."""

    iri: str
    assessment: str  # IRI
    council: str  # register code
    statement: str
    section: str
    paragraph: int
    number: int  # of the sentence in its paragraph
    polarity: str
    themes: tuple[str, ...]
    voices: tuple[str, ...]
    state: str


def read_entries(snapshot: Snapshot) -> tuple[Entry, ...]:
    """All findings, in the order of councils, reports, statements and sentences.

    They come from the index of the build, and where it has them not from the graph, which is
    eight times slower. The index holds what can be searched: a finding whose report is not at
    hand has no words there, but it has a place, themes and a review all the same.
    """
    path = os.path.join(snapshot.build, "search.sqlite")
    graph = snapshot.graph.store.graph
    found = _indexed(path) if usable(path) else []
    found += _scanned(graph, {entry.iri for entry in found})
    names = {code: snapshot.label(IRIS.council(code)) for code in {entry.council for entry in found}}
    order = {
        slug: _notation(graph, iri_of("statement", slug)) for slug in {e.statement for e in found} if slug
    }
    found.sort(
        key=lambda e: (
            *(names[e.council], e.assessment, order.get(e.statement, 0)),
            *(e.section, e.paragraph, e.number, e.iri),
        )
    )
    return tuple(found)


def iri_of(kind: str, slug: str) -> str:
    """The IRI of a council (by code), or of a statement, section, state, theme ... (by slug)."""
    return IRIS.council(slug) if kind == "council" else concept(_SCHEMES.get(kind, kind), slug)


def _indexed(path: str) -> list[Entry]:
    slugs: dict[str, str] = {}
    found = []
    for finding, paragraph, number, labels in labelled(path):
        own: dict[str, list[str]] = {}
        assessment = ""
        for kind, iri in labels:
            if kind == "assessment":
                assessment = iri
            # One string for all findings that have the label.
            own.setdefault(kind, []).append(slugs.setdefault(iri, iri.rsplit("/", 1)[-1]))
        only = {kind: values[0] for kind, values in own.items()}
        found.append(
            Entry(
                *(finding, assessment, only.get("council", ""), only.get("statement", "")),
                *(only.get("section", ""), paragraph or 0, number or 0, only.get("polarity", "")),
                *(tuple(sorted(own.get("theme", ()))), tuple(sorted(own.get("voice", ())))),
                only.get("state", ""),
            )
        )
    return found


def _scanned(graph: Any, known: Set[str] = frozenset()) -> list[Entry]:
    """The findings of the graph that are not known yet."""
    kind = pyoxigraph.NamedNode(DEF + "Finding")
    by = pyoxigraph.NamedNode(RDF + "type")
    iris = {quad.subject.value for quad in graph.quads_for_pattern(None, by, kind, None)} - known
    assessment, passage = _values(graph, "inAssessment", iris), _values(graph, "passage", iris)
    statement, polarity = _values(graph, "qualityStatement", iris), _values(graph, "polarity", iris)
    state, themes, voices = (_values(graph, name, iris) for name in ("reviewState", "theme", "voice"))
    passages = {one for values in passage.values() for one in values}
    section = _values(graph, "section", passages)
    paragraph, number = (_values(graph, name, passages) for name in ("paragraphNumber", "sentenceNumber"))
    council = _values(graph, "assessedCouncil", {one for values in assessment.values() for one in values})
    kept: dict[str, str] = {}

    def last(iri: str) -> str:
        """The last part of an IRI, one string for all that have it."""
        part = iri.rsplit("/", 1)[-1]
        return kept.setdefault(part, part)

    found = []
    for iri in iris:
        stands, report = _first(passage, iri), _first(assessment, iri)
        found.append(
            Entry(
                *(iri, kept.setdefault(report, report), last(_first(council, report))),
                *(last(_first(statement, iri)), last(_first(section, stands))),
                *(_whole(_first(paragraph, stands)), _whole(_first(number, stands))),
                last(_first(polarity, iri)),
                tuple(sorted(last(one) for one in themes.get(iri, ()))),
                tuple(sorted(last(one) for one in voices.get(iri, ()))),
                last(_first(state, iri)),
            )
        )
    return found


def _values(graph: Any, name: str, of: set[str]) -> dict[str, set[str]]:
    by = pyoxigraph.NamedNode(DEF + name)
    found: dict[str, set[str]] = defaultdict(set)
    if len(of) <= _FEW:
        for iri in of:
            for quad in graph.quads_for_pattern(pyoxigraph.NamedNode(iri), by, None, None):
                found[iri].add(quad.object.value)
        return dict(found)
    for quad in graph.quads_for_pattern(None, by, None, None):
        if quad.subject.value in of:
            found[quad.subject.value].add(quad.object.value)
    return dict(found)


def _first(values: dict[str, set[str]], iri: str) -> str:
    return min(values.get(iri, ()), default="")


def _notation(graph: Any, iri: str) -> int:
    by = pyoxigraph.NamedNode(SKOS + "notation")
    quads = graph.quads_for_pattern(pyoxigraph.NamedNode(iri), by, None, None)
    return min((_whole(quad.object.value) for quad in quads), default=0)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
