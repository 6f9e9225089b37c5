"""What the SPARQL service says of itself: a SPARQL 1.1 Service Description."""

from __future__ import annotations

import io

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from councilgraph.explorer.sparql_request import GRAPHS, TABLES
from councilgraph.iris import IRIS
from councilgraph.service import forms
from councilgraph.terms import DCTERMS, PREFIXES, RDF, RDFS
from councilgraph.version import __version__

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
# The names that W3C gives to the forms.
_FORMAT_NAMES = {
    **{"json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML"},
    **{"csv": "SPARQL_Results_CSV", "tsv": "SPARQL_Results_TSV"},
    **{"turtle": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD"},
    **{"rdfxml": "RDF_XML", "nq": "N-Quads", "trig": "TriG"},
}


def description(endpoint: str, graphs: list[str], *, asks_others: bool) -> list[Triple]:
    """The triples about the service at the address ``endpoint``.

    ``graphs`` are the IRIs of the named graphs; ``asks_others`` says whether SERVICE is
    possible at all. Nothing is a blank node, so that others can point at each part.
    """
    service, dataset = NamedNode(endpoint), NamedNode(endpoint + "#dataset")
    union = NamedNode(endpoint + "#all-graphs")
    found = [
        _link(service, RDF + "type", SD + "Service"),
        Triple(service, NamedNode(SD + "endpoint"), service),
        Triple(service, NamedNode(RDFS + "label"), Literal("councilgraph: SPARQL service", language="en")),
        _link(service, SD + "supportedLanguage", SD + "SPARQL10Query"),
        _link(service, SD + "supportedLanguage", SD + "SPARQL11Query"),
        _link(service, SD + "feature", SD + "UnionDefaultGraph"),
        *(
            _link(service, SD + "resultFormat", FORMATS + _FORMAT_NAMES[form.suffix])
            for form in (*TABLES, *GRAPHS)
        ),
        Triple(service, NamedNode(SD + "defaultDataset"), dataset),
        _link(dataset, RDF + "type", SD + "Dataset"),
        _link(dataset, DCTERMS + "isVersionOf", IRIS.thing("dataset", "councilgraph")),
        Triple(dataset, NamedNode(DCTERMS + "hasVersion"), Literal(__version__)),
        Triple(dataset, NamedNode(SD + "defaultGraph"), union),
        _link(union, RDF + "type", SD + "Graph"),
        Triple(union, NamedNode(DCTERMS + "description"), Literal("All named graphs as one.", language="en")),
    ]
    if asks_others:
        found.append(_link(service, SD + "feature", SD + "BasicFederatedQuery"))
    for number, graph in enumerate(sorted(graphs), 1):
        entry = NamedNode(f"{endpoint}#graph-{number}")
        found += [
            Triple(dataset, NamedNode(SD + "namedGraph"), entry),
            _link(entry, RDF + "type", SD + "NamedGraph"),
            _link(entry, SD + "name", graph),
        ]
    return found


def written(triples: list[Triple], form: str) -> bytes:
    """The triples in one of the forms of a graph."""
    out = io.BytesIO()
    pyoxigraph.serialize(triples, out, forms.GRAPHS[form], prefixes={**PREFIXES, "sd": SD, "void": VOID})
    return out.getvalue()


def _link(subject: NamedNode, predicate: str, thing: str) -> Triple:
    return Triple(subject, NamedNode(predicate), NamedNode(thing))
