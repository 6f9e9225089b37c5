"""The JSON-LD context: current, complete, and true both ways."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.compare import isomorphic, to_isomorphic
from rdflib.namespace import RDF, XSD

from councilgraph.context import text
from councilgraph.terms import CLASSES, PROPERTIES

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "ontology" / "context.jsonld"
CONTEXT: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
CG = "https://w3id.org/councilgraph/def#"
ID = "https://w3id.org/councilgraph/id/"
EXAMPLES = sorted((ROOT / "ontology" / "examples").glob("*.ttl"))


def read(document: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps({**CONTEXT, **document}), format="json-ld")


def test_the_file_is_what_the_ontology_gives() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), (
        "run: python -m councilgraph.context > ontology/context.jsonld"
    )


def test_every_term_of_ours_is_a_key() -> None:
    terms = CONTEXT["@context"]
    named = {
        name: one if isinstance(one, str) else one["@id"] for name, one in terms.items() if name[0] != "@"
    }
    assert {name for name, one in named.items() if one.startswith("cg:")} == CLASSES | PROPERTIES
    assert all(named[name] == f"cg:{name}" for name in CLASSES | PROPERTIES)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_from_json_as_it_was(path: Path) -> None:
    graph = Graph().parse(path)
    written = graph.serialize(format="json-ld", context=CONTEXT["@context"], auto_compact=False)
    document = json.loads(written)
    assert "@context" in document and CG not in json.dumps({**document, "@context": None}), "keys are short"
    again = Graph().parse(data=written, format="json-ld")
    assert isomorphic(to_isomorphic(graph), to_isomorphic(again))


def test_plain_json_becomes_typed_statements() -> None:
    graph = read(
        {
            "id": f"{ID}assessment/NMR-2025-05",
            "type": "Assessment",
            "label": "Northmoor, May 2025",
            "assessedCouncil": f"{ID}council/NMR",
            "publishedMonth": "2025-05",
            "publishedOn": "2025-05-16",
            "percentage": 75,
            "indicative": False,
        }
    )
    subject = URIRef(f"{ID}assessment/NMR-2025-05")
    values = {str(p).rpartition("#")[2]: o for p, o in graph.predicate_objects(subject)}
    assert values["type"] == URIRef(f"{CG}Assessment")
    assert values["label"] == Literal("Northmoor, May 2025", lang="en")
    assert values["assessedCouncil"] == URIRef(f"{ID}council/NMR")
    assert values["publishedMonth"].datatype == XSD.gYearMonth
    assert values["publishedOn"].datatype == XSD.date
    assert values["percentage"] == Literal(75)
    assert values["indicative"] == Literal(False)
    assert len(values) == len(graph) == 7


def test_a_key_that_is_no_term_states_nothing() -> None:
    graph = read({"id": f"{ID}council/NMR", "type": "Council", "shortname": "Northmoor"})
    assert list(graph) == [(URIRef(f"{ID}council/NMR"), RDF.type, URIRef(f"{CG}Council"))]
