"""From statements to things: what belongs together, and what a reader would call a change.

A finding, the passage that it stands in and the selector with the words are one thing here.
Nothing is known of a kind but which of its properties are plumbing, which only tell a place and
which tell how it was read; all others are content, so that a property that the ontology gains
is compared from the first day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph

from councilgraph.iris import AREA, BASE, DEF, IRIS, LAW, SCHEME
from councilgraph.terms import DCTERMS, OA, OWL, PROV, RDF, RDFS, SKOS

Name = tuple[str, str]
"""Kind in the IRI and the rest of it: ("finding", "STS-2025-05/equity/05545d435f"); of an IRI
of another base ("", the IRI)."""

KIND_OF = {
    "assessment": "assessment",
    "judgement": "score",
    "finding": "finding",
    "mention": "mention",
    "partnership": "partnership",
    "strategy": "strategy",
    "statistic": "statistic",
    "citation": "citation",
    "fact": "fact",
    "review": "decision",
    "link": "link",
    "council": "register entry",
    "organisation": "register entry",
    "identifier": "register entry",
    "coverage": "register entry",
    "succession": "register entry",
    "observation": "figure",
    "neighbour": "figure",
    "recommendation": "figure",
    "measure": "figure",
    "unit": "figure",
}
"""Kinds of things by the first part of their IRI."""
BOOKKEEPING = frozenset(
    [
        "agent",
        "catalog",
        "dataset",
        "distribution",
        "document",
        "frequency",
        "linkset",
        "prefix",
        "prefixes",
        "publisher",
        "query",
        "run",
        "table",
    ]
)
"""Kinds that are counted graph by graph and told no further: files stand beside their graph."""
SHARED = frozenset({"assessment", "judgement"})
"""Kinds that stand in a report's graph and in that of a score table."""
_FOLDED = {"passage": "finding", "selector": "finding"}
_ABROAD = (
    (AREA, "register entry"),
    (LAW, "register entry"),
    (DEF, "term"),
    (SCHEME, "term"),
    (f"{BASE}ontology", "term"),
)

TYPE = f"{RDF}type"
SENTENCE = f"{OA}exact"
DIGEST = f"{DEF}textDigest"
SECTION = f"{DEF}section"
_PLUMBING = frozenset(
    [
        f"{RDF}type",
        f"{PROV}wasGeneratedBy",
        f"{PROV}wasDerivedFrom",
        f"{DEF}inAssessment",
        f"{DEF}passage",
        f"{OA}hasSource",
        f"{OA}hasSelector",
        f"{OA}start",
        f"{OA}end",
        DIGEST,
        # Links say so themselves, with method and state.
        f"{OWL}sameAs",
        f"{SKOS}exactMatch",
        f"{SKOS}closeMatch",
    ]
)
_PLACE = frozenset(
    f"{DEF}{name}"
    for name in ("section", "paragraphNumber", "sentenceNumber", "pageNumber", "startOffset", "endOffset")
)
_HOW_READ = frozenset(f"{DEF}{name}" for name in ("givenBy", "confidence"))
_NAMES = (f"{RDFS}label", f"{DCTERMS}title", f"{SKOS}prefLabel", f"{DEF}fullName", f"{DEF}exactText")


@dataclass(frozen=True, slots=True)
class Record:
    """One thing on one side: its properties with their values."""

    name: Name
    said: Mapping[str, tuple[Any, ...]]

    @property
    def exists(self) -> bool:
        """Whether it is described here, and not only spoken of."""
        return TYPE in self.said

    def one(self, predicate: str) -> str:
        """The first value of a property, or ""."""
        values = self.said.get(predicate, ())
        return str(values[0].value) if values else ""

    def content(self, *, words: bool) -> dict[str, tuple[Any, ...]]:
        """What a change of is a change of the thing; ``words``: the sentence too.

        A score does not name the findings that it rests on: they tell of themselves.
        """
        left_out = _PLUMBING | _PLACE | _HOW_READ
        if not words:
            left_out |= {SENTENCE}
        if self.name[0] in SHARED:
            left_out |= {f"{DEF}evidence"}
        return {p: values for p, values in self.said.items() if p not in left_out}

    def of(self, properties: frozenset[str]) -> dict[str, tuple[Any, ...]]:
        """Its values of these properties."""
        return {p: values for p, values in self.said.items() if p in properties}


def name_of(iri: str) -> Name:
    """What an IRI names; parts of one thing have one name."""
    if not iri.startswith(IRIS.id):
        return "", iri
    kind, _, rest = iri.removeprefix(IRIS.id).partition("/")
    return _FOLDED.get(kind, kind), rest


def iri_of(name: Name) -> str:
    """The opposite of ``name_of``."""
    return f"{IRIS.id}{name[0]}/{name[1]}" if name[0] else name[1]


def kind_of(name: Name) -> str:
    """What people call it (a key of ``changes.KINDS``), or "" for bookkeeping."""
    kind, rest = name
    if kind:
        return "body" if kind == "organisation" and rest.startswith("local-") else KIND_OF.get(kind, "")
    return next((told for base, told in _ABROAD if rest.startswith(base)), "")


def record_of(name: Name, lines: Iterable[bytes]) -> Record:
    """A thing out of its statements."""
    said: dict[str, set[Any]] = {}
    for quad in pyoxigraph.parse(b"\n".join([*lines, b""]), format=pyoxigraph.RdfFormat.N_TRIPLES):
        said.setdefault(quad.predicate.value, set()).add(quad.object)
    return Record(name, {p: tuple(sorted(values, key=str)) for p, values in sorted(said.items())})


def only_moved(old: Record, new: Record) -> bool:
    """Whether nothing but its place differs."""
    return old.of(_PLACE) != new.of(_PLACE) and old.of(_HOW_READ) == new.of(_HOW_READ)


def regraded(old: Record, new: Record) -> bool:
    """Whether another rule gives the same reading, or the machine is more or less sure of it."""
    return old.of(_HOW_READ) != new.of(_HOW_READ)


def label_of(record: Record) -> str:
    """What the statements themselves call it, or ""."""
    return next((found for name in _NAMES if (found := record.one(name))), "")


def in_words(predicate: str) -> str:
    """A property as words: "quality statement", "co produced"."""
    if predicate == SENTENCE:
        return "sentence"
    local = re.split(r"[#/]", predicate)[-1]
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: " " + found[1].lower(), local)
