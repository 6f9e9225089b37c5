"""Find shapes that can never fire.

A misspelt target, property or `sh:` word makes a shape silent: SHACL then says "conforms", and
nobody sees that a rule is gone. Each function takes graphs and returns the faults as sorted text,
so that it can be proved on a bad shape file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyshacl
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from tests.shapes.case_files import CG, Expected

SCHEME = "https://w3id.org/councilgraph/scheme/"

# Terms of other vocabularies that the contract uses; anything else outside is a misspelling
# until it is written down here.
OUTSIDE_CLASSES = {
    "http://www.w3.org/ns/oa#TextQuoteSelector",
    *(f"http://www.w3.org/ns/dcat#{name}" for name in ("Catalog", "Dataset", "Distribution")),
    *(f"{SH}SPARQL{name}Executable" for name in ("", "Select", "Construct")),
    f"{SH}PrefixDeclaration",
}
OUTSIDE_PROPERTIES = {
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2002/07/owl#sameAs",
    *(f"http://www.w3.org/2004/02/skos/core#{name}" for name in ("altLabel", "notation")),
    *(f"http://www.w3.org/2004/02/skos/core#{name}" for name in ("exactMatch", "closeMatch")),
    *(f"http://purl.org/dc/terms/{name}" for name in ("title", "publisher", "license")),
    *(f"http://purl.org/dc/terms/{name}" for name in ("source", "format")),
    *(f"http://www.w3.org/ns/prov#{name}" for name in ("wasDerivedFrom", "wasGeneratedBy")),
    *(f"http://www.w3.org/ns/prov#{name}" for name in ("used", "wasAssociatedWith")),
    *(f"http://www.w3.org/ns/org#{name}Organization" for name in ("original", "resulting")),
    *(f"http://www.w3.org/ns/oa#{name}" for name in ("hasSource", "hasSelector")),
    *(f"http://www.w3.org/ns/oa#{name}" for name in ("exact", "start", "end")),
    "http://xmlns.com/foaf/0.1/homepage",
    "http://www.w3.org/2000/01/rdf-schema#comment",
    "http://www.w3.org/2002/07/owl#versionInfo",
    *(f"http://purl.org/dc/terms/{name}" for name in ("description", "accrualPeriodicity")),
    *(f"http://www.w3.org/ns/dcat#{name}" for name in ("dataset", "landingPage", "mediaType")),
    *(f"{SH}{name}" for name in ("select", "construct", "prefix", "prefixes", "namespace")),
    "http://rdfs.org/ns/void#triples",
    "https://schema.org/target",
}
PAIRS = (SH.lessThan, SH.lessThanOrEquals, SH.equals, SH.disjoint)


def read(files: Iterable[Path]) -> Graph:
    """Several Turtle files as one graph."""
    graph = Graph()
    for file in files:
        graph.parse(file, format="turtle")
    return graph


def shacl_words() -> set[str]:
    """The terms of the SHACL vocabulary, from the copy that pySHACL carries."""
    vocabulary = Graph().parse(Path(pyshacl.__file__).parent / "assets" / "shacl.ttl")
    return {str(term) for term in vocabulary.subjects() if str(term).startswith(str(SH))}


def unknown_shacl_words(shapes: Graph) -> list[str]:
    """Words in the `sh:` namespace that SHACL does not know, in any place of a triple."""
    used = {str(term) for triple in shapes for term in triple if str(term).startswith(str(SH))}
    return sorted(used - shacl_words())


def steps(shapes: Graph, path: Node) -> set[str]:
    """All properties in a path, compound ones included."""
    if isinstance(path, URIRef):
        return {str(path)}
    if (path, RDF.first, None) in shapes:
        return {step for part in Collection(shapes, path) for step in steps(shapes, part)}
    return {step for inner in shapes.objects(path) for step in steps(shapes, inner)}


def undeclared_terms(shapes: Graph, ontology: Graph) -> list[str]:
    """Classes and properties in shapes and their queries that no one declares."""
    classes = {str(c) for c in ontology.subjects(RDF.type, OWL.Class)} | OUTSIDE_CLASSES
    properties = {
        str(p)
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        for p in ontology.subjects(RDF.type, kind)
        if str(p).startswith(CG)
    } | OUTSIDE_PROPERTIES
    faults = {
        f"class {target}"
        for word in (SH.targetClass, SH["class"])
        for target in map(str, shapes.objects(None, word))
        if target not in classes
    }
    used = {step for path in shapes.objects(None, SH.path) for step in steps(shapes, path)}
    used |= {str(term) for word in PAIRS for term in shapes.objects(None, word)}
    used |= {str(t) for w in (SH.targetSubjectsOf, SH.targetObjectsOf) for t in shapes.objects(None, w)}
    faults |= {f"property {term}" for term in used - properties}
    for query in shapes.objects(None, SH.select):
        for local in re.findall(r"\bcg:(\w+)", str(query)):
            if CG + local not in properties | classes:
                faults.add(f"in a query: {CG}{local}")
    return sorted(faults)


def node_shapes(shapes: Graph) -> set[Node]:
    """Node shapes with a name of their own."""
    return {s for s in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)}


def property_shapes(shapes: Graph) -> set[Node]:
    """Property shapes with a name of their own."""
    return {s for s in shapes.subjects(RDF.type, SH.PropertyShape) if isinstance(s, URIRef)}


def unreachable(shapes: Graph) -> list[str]:
    """Node shapes without target, property shapes in no node shape, and names never described."""
    faults = {f"no target: {s}" for s in node_shapes(shapes) if (s, SH.targetClass, None) not in shapes}
    linked = {o for s in node_shapes(shapes) for o in shapes.objects(s, SH.property)}
    faults |= {f"in no node shape: {s}" for s in property_shapes(shapes) - linked}
    faults |= {
        f"never described: {o}"
        for word in (SH.property, SH.node, SH.sparql)
        for o in shapes.objects(None, word)
        if (o, RDF.type, None) not in shapes and isinstance(o, URIRef)
    }
    return sorted(faults)


def without_focus(shapes: Graph, cases: Graph) -> list[str]:
    """Node shapes whose target class has no instance in any case."""
    return sorted(
        str(shape)
        for shape in node_shapes(shapes)
        for target in shapes.objects(shape, SH.targetClass)
        if (None, RDF.type, target) not in cases
    )


def without_failing_case(shapes: Graph, expected: Iterable[Expected]) -> list[str]:
    """Shapes from which no case expects a result."""
    caught = {one.shape for one in expected}
    return sorted(str(s) for s in node_shapes(shapes) | property_shapes(shapes) if str(s) not in caught)


def without_texts(shapes: Graph) -> list[str]:
    """Shapes and constraints without message, name or severity, or with text not in English."""
    faults = []
    wanted = [
        (node_shapes(shapes), (RDFS.label, SH.message, SH.severity)),
        (property_shapes(shapes), (SH.name, SH.message, SH.severity)),
        (set(shapes.objects(None, SH.sparql)), (SH.message,)),
    ]
    for found, words in wanted:
        for shape in found:
            for word in words:
                texts = list(shapes.objects(shape, word))
                good = len(texts) == 1 and (not isinstance(texts[0], Literal) or texts[0].language == "en")
                if not good:
                    faults.append(f"{shape} {word.split('#')[-1]}")
    return sorted(faults)


def open_or_missing(shapes: Graph, ontology: Graph) -> list[str]:
    """Declared classes of ours that no closed shape targets."""
    closed = {
        target
        for shape in shapes.subjects(SH.closed, Literal(True))
        for target in shapes.objects(shape, SH.targetClass)
    }
    declared = {c for c in ontology.subjects(RDF.type, OWL.Class) if str(c).startswith(CG)}
    return sorted(map(str, declared - closed))


def out_of_step(shapes: Graph, schemes: Graph) -> list[str]:
    """Lists of concepts that differ from their scheme, and concepts or schemes that are not there.

    The lists stand in the shapes so that a report can be checked without the schemes; this is
    what keeps the two the same. A list inside a rule may name a part of a scheme.
    """
    faults = []
    concepts = {str(c) for c in schemes.subjects(RDF.type, SKOS.Concept)}
    named = property_shapes(shapes)
    for shape, head in shapes.subject_objects(SH["in"]):
        listed = {str(item) for item in Collection(shapes, head) if str(item).startswith(SCHEME)}
        folders = {item.rsplit("/", 1)[0] + "/" for item in listed}
        whole = {c for c in concepts if any(c.startswith(f) for f in folders)}
        faults += [f"{shape}: no concept {item}" for item in listed - concepts]
        if shape in named:
            faults += [f"{shape}: lacks {item}" for item in whole - listed]
    for value in map(str, shapes.objects(None, SH.hasValue)):
        if value.startswith(SCHEME) and value not in concepts:
            faults.append(f"no concept {value}")
    for pattern in map(str, shapes.objects(None, SH.pattern)):
        found = re.search(r"/scheme/([a-z-]+)/", pattern)
        if found and not any(c.startswith(f"{SCHEME}{found[1]}/") for c in concepts):
            faults.append(f"no scheme {found[1]}")
    return sorted(faults)


def beyond_an_engine(shapes: Graph) -> list[str]:
    """What one of the two engines does not do, does otherwise, or cannot name in a result."""
    faults = [
        f"look-around: {pattern}"
        for pattern in map(str, shapes.objects(None, SH.pattern))
        if re.search(r"\(\?<?[=!]", pattern)
    ]
    for shape in property_shapes(shapes):
        if isinstance(shapes.value(shape, SH.path), BNode):
            faults.append(f"compound path: {shape}")
        years = any("gYear" in str(d) for d in shapes.objects(shape, SH.datatype))
        if years and any((shape, word, None) in shapes for word in PAIRS):
            faults.append(f"years compared: {shape}")
        if years and (shape, SH.pattern, None) not in shapes:
            faults.append(f"year without pattern: {shape}")
    for query in map(str, shapes.objects(None, SH.select)):
        faults += [f"in a query: {word}" for word in ("VALUES", "MINUS", "SERVICE", "$PATH") if word in query]
    return sorted(faults)
