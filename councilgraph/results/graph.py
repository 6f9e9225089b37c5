"""Answers of a CONSTRUCT as Turtle, N-Triples and JSON-LD, sorted and without repeats."""

from __future__ import annotations

from councilgraph.results import Triples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

PREFIXES = {
    "cg": "https://w3id.org/councilgraph/def#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": "https://w3id.org/councilgraph/id/",
    "net": "https://w3id.org/councilgraph/network#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "scheme": "https://w3id.org/councilgraph/scheme/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def write(answer: Triples, out: BinaryIO, *, form: str = "turtle") -> int:
    """Writes the triples and returns their number.

    Sorted: Turtle then groups by subject, and two answers can be compared line by line.
    Without repeats: the union of named graphs gives a triple once for each graph it is in.
    """
    import pyoxigraph

    formats = {
        "turtle": pyoxigraph.RdfFormat.TURTLE,
        "nt": pyoxigraph.RdfFormat.N_TRIPLES,
        "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }
    triples = sorted(set(answer.triples), key=str)
    # JSON-LD writes a prefix "id" as a context entry that reads like the keyword @id.
    prefixes = PREFIXES if form == "turtle" else {k: v for k, v in PREFIXES.items() if k != "id"}
    pyoxigraph.serialize(triples, out, formats[form], prefixes=prefixes)
    return len(triples)
