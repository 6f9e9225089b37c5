"""The JSON-LD context: our terms as plain JSON keys, with the type of each value.

Written by ``python -m councilgraph.context > ontology/context.jsonld``; a test keeps it current.
A JSON file that names the context is RDF, and whoever reads it as JSON sees
``"assessedCouncil": "https://..."`` and no machinery.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph

from councilgraph import resources
from councilgraph.terms import CLASSES, DCTERMS, FOAF, OA, ORG, OWL, PREFIXES, PROV, RDF, RDFS, SKOS, XSD

RANGE = "https://schema.org/rangeIncludes"
# Terms of other vocabularies in the graph, by the kind of their values.
_TEXTS = {
    "label": RDFS + "label",
    "prefLabel": SKOS + "prefLabel",
    "altLabel": SKOS + "altLabel",
    "definition": SKOS + "definition",
    "title": DCTERMS + "title",
    "exact": OA + "exact",
}
_THINGS = {
    "sameAs": OWL + "sameAs",
    "exactMatch": SKOS + "exactMatch",
    "closeMatch": SKOS + "closeMatch",
    "broader": SKOS + "broader",
    "inScheme": SKOS + "inScheme",
    "publisher": DCTERMS + "publisher",
    "license": DCTERMS + "license",
    "source": DCTERMS + "source",
    "hasSource": OA + "hasSource",
    "hasSelector": OA + "hasSelector",
    "wasDerivedFrom": PROV + "wasDerivedFrom",
    "wasGeneratedBy": PROV + "wasGeneratedBy",
    "wasAssociatedWith": PROV + "wasAssociatedWith",
    "used": PROV + "used",
    "homepage": FOAF + "homepage",
    "originalOrganization": ORG + "originalOrganization",
    "resultingOrganization": ORG + "resultingOrganization",
}
_OTHERS = {
    "notation": (SKOS + "notation", None),
    "format": (DCTERMS + "format", None),
    "start": (OA + "start", "integer"),
    "end": (OA + "end", "integer"),
    "TextQuoteSelector": (OA + "TextQuoteSelector", None),
    "SoftwareAgent": (PROV + "SoftwareAgent", None),
}


def context() -> dict[str, Any]:
    """The whole context document.

    A property with one datatype gets it, English text its language, a property that leads to
    things the type "@id"; one with several datatypes is left plain, so that each value says its
    own.
    """
    terms: dict[str, Any] = {name: f"cg:{name}" for name in CLASSES}
    for name, (is_thing, ranges) in _properties().items():
        terms[name] = _term(f"cg:{name}", is_thing, ranges)
    terms |= {name: _term(_short(one), False, {RDF + "langString"}) for name, one in _TEXTS.items()}
    terms |= {name: _term(_short(one), True, set()) for name, one in _THINGS.items()}
    for name, (one, datatype) in _OTHERS.items():
        terms[name] = _term(_short(one), False, {XSD + datatype} if datatype else set())
    prefixes = {prefix: {"@id": namespace, "@prefix": True} for prefix, namespace in PREFIXES.items()}
    return {
        "@context": {
            "@version": 1.1,
            **dict(sorted(prefixes.items())),
            "id": "@id",
            "type": "@type",
            **dict(sorted(terms.items())),
        }
    }


def _term(name: str, is_thing: bool, ranges: set[str]) -> str | dict[str, str]:
    if is_thing:
        return {"@id": name, "@type": "@id"}
    if ranges == {RDF + "langString"}:
        return {"@id": name, "@language": "en"}
    datatype = next(iter(ranges)) if len(ranges) == 1 else ""
    if datatype.startswith(XSD) and datatype != XSD + "string":
        return {"@id": name, "@type": _short(datatype)}
    return name


def _properties() -> dict[str, tuple[bool, set[str]]]:
    """Each property of ours: whether it leads to things, and its ranges."""
    things: dict[str, bool] = {}
    ranges: dict[str, set[str]] = {}
    for file in sorted(Path(resources.path("ontology")).glob("*.ttl")):
        for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, pyoxigraph.NamedNode) or not isinstance(value, pyoxigraph.NamedNode):
                continue
            name = subject.value.removeprefix(PREFIXES["cg"])
            if name == subject.value:
                continue
            if quad.predicate.value == RDF + "type" and value.value.startswith(OWL):
                if value.value.endswith("Property"):
                    things[name] = value.value == OWL + "ObjectProperty"
            elif quad.predicate.value == RANGE:
                ranges.setdefault(name, set()).add(value.value)
    return {name: (is_thing, ranges.get(name, set())) for name, is_thing in things.items()}


def _short(one: str) -> str:
    """An IRI with its prefix."""
    prefix, namespace = max(
        ((p, n) for p, n in PREFIXES.items() if one.startswith(n)), key=lambda pair: len(pair[1])
    )
    return f"{prefix}:{one.removeprefix(namespace)}"


def text() -> str:
    """The context as it stands in ``ontology/context.jsonld``."""
    return json.dumps(context(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(text(), end="")
