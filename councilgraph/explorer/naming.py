"""What a thing is called on a page: its label, or words made from what the graph says of it.

Findings, passages and figures have no label of their own, and a bare IRI tells a reader
nothing; so they are named by what they are, what they hold and the report they stand in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from councilgraph.iris import BASE, DEF, IRIS
from councilgraph.terms import DCTERMS, OA, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    import pyoxigraph

    from councilgraph.explorer.snapshot import Snapshot

_LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")
# The text that stands for a thing, the shortest first in use.
_TEXTS = (
    *(DEF + "exactText", DEF + "counts", SKOS + "notation"),
    *(OA + "exact", "http://www.w3.org/ns/shacl#prefix"),
)
# The thing that says most of what it is about.
_ABOUT = tuple(
    DEF + name
    for name in (
        *("polarity", "qualityStatement", "measure", "partnershipType", "linkSubject", "section"),
        *("coveringOrganisation", "coveredArea", "citedAct"),
    )
)
_REPORT = (DEF + "inAssessment", DEF + "assessedCouncil")
_PLACES = ((DEF + "paragraphNumber", "paragraph"), (DEF + "sentenceNumber", "sentence"))
_LONGEST = 90  # characters of a text that stands for a thing
_CLASSES = {
    OWL + "Class": "class",
    SKOS + "Concept": "concept",
    SKOS + "ConceptScheme": "concept scheme",
}


class Names:
    """Names of things in one snapshot, each looked up once; to be had from ``names_of``.

    Concepts, properties and classes are kept, since every page names the same ones; others
    are not, or a crawler would fill the memory with 40,000 sentences.
    """

    def __init__(self, graph: pyoxigraph.Store) -> None:
        self._graph = graph
        self._kept: dict[str, str] = {}

    def of(self, iri: str) -> str:
        """The name of a thing: never empty, never a whole IRI where anything is known of it."""
        if iri in self._kept:
            return self._kept[iri]
        name = self._label(iri) or self._described(iri) or _last_part(iri)
        if not iri.startswith(IRIS.id):
            self._kept[iri] = name
        return name

    def types(self, iri: str) -> list[tuple[str, str]]:
        """The classes of a thing: IRI and name."""
        found = sorted(self.values(iri, RDF + "type"))
        return [(one, _CLASSES.get(one) or self.of(one)) for one in found]

    def _label(self, iri: str) -> str:
        for by in _LABELS:
            if found := sorted(self.values(iri, by)):
                return found[0]
        return ""

    def _described(self, iri: str) -> str:
        types = self.types(iri)
        if not types:
            return ""
        parts = [self._text(iri), *self._about(iri), *self._place(iri), self._report(iri)]
        said = ", ".join(part for part in parts if part)
        kind = types[0][1]
        return f"{kind}: {said}" if said else f"{kind} {_key(iri)}"

    def _text(self, iri: str) -> str:
        for by in _TEXTS:
            if found := sorted(self.values(iri, by)):
                text = " ".join(found[0].split())
                return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rstrip() + "..."
        return ""

    def _about(self, iri: str) -> list[str]:
        # Two of them are enough to tell what it is; a third makes the name a sentence.
        return [self._label(found[0]) for by in _ABOUT if (found := sorted(self.values(iri, by)))][:2]

    def _place(self, iri: str) -> list[str]:
        return [f"{word} {found[0]}" for by, word in _PLACES if (found := self.values(iri, by))]

    def _report(self, iri: str) -> str:
        for by in _REPORT:
            if found := self.values(iri, by):
                return self._label(found[0])
        return ""

    def values(self, iri: str, by: str) -> list[str]:
        """What one property says of a thing, as text."""
        import pyoxigraph

        try:
            subject = pyoxigraph.NamedNode(iri)
        except ValueError:
            return []
        quads: Any = self._graph.quads_for_pattern(subject, pyoxigraph.NamedNode(by), None, None)
        return [str(quad.object.value) for quad in quads]


def names_of(snapshot: Snapshot) -> Names:
    """The names of a snapshot's things, kept with it."""
    return snapshot.once("names", lambda held: Names(held.graph.store.graph))


def _key(iri: str) -> str:
    """The key of one of our things, as words."""
    if iri.startswith(IRIS.id):
        return iri.removeprefix(IRIS.id).partition("/")[2] or _last_part(iri)
    return _last_part(iri)


def _last_part(iri: str) -> str:
    """The readable end of an IRI: "board" of <http://example.org/terms#board>."""
    if iri.startswith(BASE):
        return iri.removeprefix(BASE).removeprefix("id/") or iri
    last = iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    # Terms of other vocabularies are words run together: wasGeneratedBy.
    words = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", last) if last.isalpha() else last
    return words.lower() if " " in words else words or iri
