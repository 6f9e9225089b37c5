"""The ontology and its vocabularies as they stand in a build: terms, schemes, concepts.

Read from the graph of the ontology, so that what a page says of a term is what the data
of this build mean by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from councilgraph.explorer.page import NotFoundError
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import DEF, IRIS, SCHEME
from councilgraph.terms import DCTERMS, OWL, RDF, RDFS, SKOS

_SCHEMA = "https://schema.org/"
_CLASS, _SCHEME_CLASS = OWL + "Class", SKOS + "ConceptScheme"
_PROPERTIES = {OWL + "ObjectProperty": "link", OWL + "DatatypeProperty": "value"}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology; ``kind`` is class, link (to a thing) or value.

    ``domains`` and ``ranges`` are IRIs, ``module`` the file that declares it; ``aligned`` are
    terms of other vocabularies, each with the property that ties them.
    """

    iri: str
    name: str
    kind: str
    label: str
    definition: str
    notes: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    sources: tuple[str, ...]
    module: str
    parents: tuple[str, ...]
    aligned: tuple[tuple[str, str], ...]
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept; other labels are names people use, hidden ones words that reports are searched for."""

    iri: str
    slug: str
    scheme: str
    label: str
    notation: str
    definition: str
    other: tuple[str, ...]
    hidden: tuple[str, ...]
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme with its concepts, in the order of their notations or labels."""

    iri: str
    slug: str
    label: str
    definition: str
    version: str
    concepts: tuple[Concept, ...]


class Vocabulary:
    """The ontology of a build."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._told = _told(snapshot)
        told = self._told
        kinds: dict[str, str] = {}
        for iri, facts in told.items():
            types = facts.get(RDF + "type", ())
            if iri.startswith(DEF) and _CLASS in types:
                kinds[iri] = "class"
            elif iri.startswith(DEF) and (held := [k for type, k in _PROPERTIES.items() if type in types]):
                kinds[iri] = held[0]
        self.terms = {
            term.name: term for term in sorted((self._term(i, k) for i, k in kinds.items()), key=_by_name)
        }
        self._narrower: dict[str, list[str]] = defaultdict(list)
        for iri, facts in told.items():
            for above in facts.get(SKOS + "broader", ()):
                self._narrower[above].append(iri)
        self.schemes = {
            scheme.slug: scheme
            for scheme in sorted(
                (
                    self._scheme(iri)
                    for iri, facts in told.items()
                    if iri.startswith(SCHEME) and _SCHEME_CLASS in facts.get(RDF + "type", ())
                ),
                key=lambda one: one.label.casefold(),
            )
        }
        ontology = SCHEME.removesuffix("scheme/") + "ontology"
        self.version = self._one(ontology, OWL + "versionInfo") or next(
            (one.version for one in self.schemes.values() if one.version), ""
        )

    def term(self, name: str) -> Term:
        """The class or property of that name.

        Raises:
            NotFoundError: there is none; the cure names the nearest.
        """
        if name in self.terms:
            return self.terms[name]
        raise _unknown("class or property", name, self.terms)

    def scheme(self, slug: str) -> Scheme:
        """The scheme of that slug.

        Raises:
            NotFoundError: there is none; the cure names the nearest.
        """
        if slug in self.schemes:
            return self.schemes[slug]
        raise _unknown("vocabulary", slug, self.schemes)

    def concept(self, scheme: str, slug: str) -> Concept:
        """A concept of a scheme.

        Raises:
            NotFoundError: there is no such scheme or concept; the cure names the nearest.
        """
        held = self.scheme(scheme)
        for one in held.concepts:
            if one.slug == slug:
                return one
        raise _unknown(f"concept in '{held.label}'", slug, [one.slug for one in held.concepts])

    def label(self, iri: str) -> str:
        """What a term, scheme or concept is called; a term of another vocabulary by its short name."""
        for by in (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title"):
            if found := self._one(iri, by):
                return found
        return short(iri)

    def _term(self, iri: str, kind: str) -> Term:
        aligned = [
            (by, other)
            for by in (
                *(RDFS + "subClassOf", RDFS + "subPropertyOf", OWL + "equivalentClass"),
                *(OWL + "equivalentProperty", SKOS + "closeMatch", SKOS + "exactMatch"),
                *(SKOS + "broadMatch", SKOS + "narrowMatch", SKOS + "relatedMatch", RDFS + "seeAlso"),
            )
            for other in self._all(iri, by)
            if not other.startswith(DEF)
        ]
        return Term(
            *(iri, iri.removeprefix(DEF), kind, self.label(iri), self._one(iri, SKOS + "definition")),
            self._notes(iri),
            self._all(iri, _SCHEMA + "domainIncludes", RDFS + "domain"),
            self._all(iri, _SCHEMA + "rangeIncludes", RDFS + "range"),
            self._all(iri, DCTERMS + "source"),
            (self._one(iri, RDFS + "isDefinedBy")).rsplit("/", 1)[-1],
            tuple(
                one
                for one in self._all(iri, RDFS + "subClassOf", RDFS + "subPropertyOf")
                if one.startswith(DEF)
            ),
            tuple(aligned),
            self._all(iri, DCTERMS + "isReplacedBy"),
        )

    def _scheme(self, iri: str) -> Scheme:
        held = [
            self._concept(one, iri)
            for one, facts in self._told.items()
            if iri in facts.get(SKOS + "inScheme", ())
        ]
        held.sort(key=lambda one: (_number(one.notation), one.label.casefold(), one.iri))
        definition = self._one(iri, DCTERMS + "description") or self._one(iri, SKOS + "definition")
        label, version = self.label(iri), self._one(iri, OWL + "versionInfo")
        return Scheme(iri, iri.removeprefix(SCHEME), label, definition, version, tuple(held))

    def _concept(self, iri: str, scheme: str) -> Concept:
        return Concept(
            *(iri, iri.removeprefix(scheme + "/"), scheme.removeprefix(SCHEME), self.label(iri)),
            *(self._one(iri, SKOS + "notation"), self._one(iri, SKOS + "definition")),
            *(self._all(iri, SKOS + "altLabel"), self._all(iri, SKOS + "hiddenLabel")),
            self._all(iri, SKOS + "broader"),
            tuple(sorted(self._narrower.get(iri, ()), key=lambda one: self.label(one).casefold())),
            *(self._all(iri, SKOS + "related"), self._notes(iri), self._all(iri, DCTERMS + "source")),
            self._all(iri, DCTERMS + "isReplacedBy"),
        )

    def _notes(self, iri: str) -> tuple[str, ...]:
        return self._all(
            iri, *(SKOS + name for name in ("scopeNote", "note", "example", "editorialNote", "changeNote"))
        )

    def _all(self, iri: str, *by: str) -> tuple[str, ...]:
        facts = self._told.get(iri, {})
        return tuple(
            dict.fromkeys(value for one in by for value in sorted(facts.get(one, ()), key=str.casefold))
        )

    def _one(self, iri: str, by: str) -> str:
        return next(iter(self._all(iri, by)), "")


def vocabulary(snapshot: Snapshot) -> Vocabulary:
    """The ontology of a build, read once."""
    return snapshot.once("vocabulary", Vocabulary)


def short(iri: str) -> str:
    """A term as people write it: "xsd:date" for that of XML Schema, else the last part of its IRI."""
    from councilgraph.terms import PREFIXES

    for prefix, namespace in {
        **PREFIXES,
        "schema": _SCHEMA,
        "qb": "http://purl.org/linked-data/cube#",
    }.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def _told(snapshot: Snapshot) -> Mapping[str, Mapping[str, list[str]]]:
    """All that the graph of the ontology says: subject to property to values."""
    from pyoxigraph import NamedNode

    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    graph: Any = snapshot.graph.store.graph
    for quad in graph.quads_for_pattern(None, None, None, NamedNode(IRIS.graph("ontology"))):
        told[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return {iri: dict(facts) for iri, facts in told.items()}


def _unknown(kind: str, given: str, names: Iterable[str]) -> NotFoundError:
    import difflib

    lower = {name.casefold(): name for name in names}
    near = [lower[one] for one in difflib.get_close_matches(given.casefold(), lower, 3, 0.4)]
    cure = f"The nearest are: {', '.join(near)}." if near else "The page Ontology lists all."
    return NotFoundError(f"There is no {kind} {given[:80]!r}.", cure=cure)


def _by_name(term: Term) -> tuple[bool, str]:
    return term.kind != "class", term.name.casefold()


def _number(notation: str) -> int:
    return int(notation) if notation.isascii() and notation.isdigit() else 0
