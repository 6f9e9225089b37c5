"""How the triples of a view become nodes and edges."""

from __future__ import annotations

from typing import Any

import pyoxigraph

from councilgraph.networks import Network, read

PREFIXES = """@prefix ex: <https://example.org/> . @prefix net: <https://w3id.org/councilgraph/network#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def of(turtle: str) -> Network:
    quads: Any = pyoxigraph.parse((PREFIXES + turtle).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    return read(quad.triple for quad in quads)


def test_a_statement_is_an_edge_with_weight_label_and_columns() -> None:
    made = of(
        "ex:a rdfs:label 'A' ; net:kind 'Council' . ex:b rdfs:label 'B' . "
        "ex:ab rdf:subject ex:a ; rdf:object ex:b ; rdf:value 3 ; rdfs:label 'names' ; net:strengths 2 ."
    )
    assert [(node.id, node.label, node.kind) for node in made.nodes] == [
        ("https://example.org/a", "A", "Council"),
        ("https://example.org/b", "B", ""),
    ]
    (edge,) = made.edges
    assert (edge.label, edge.weight, edge.directed, edge.values) == ("names", 3, False, {"strengths": 2})
    assert [(one.name, one.type) for one in made.edge_columns] == [("strengths", "integer")]


def test_links_between_nodes_are_no_edges_where_there_are_statements() -> None:
    made = of(
        "ex:a rdfs:label 'A' ; ex:area ex:b . ex:b rdfs:label 'B' . "
        "ex:ab rdf:subject ex:a ; rdf:object ex:b ."
    )
    assert len(made.edges) == 1
    assert made.nodes[0].values == {"area": "B"}, "the name of what is linked, not its address"


def test_a_thing_with_a_label_is_a_node_though_nothing_is_linked_to_it() -> None:
    made = of("ex:a rdfs:label 'A' . ex:b rdfs:label 'B' . ex:c rdfs:label 'C' . "
              "ex:ab rdf:subject ex:a ; rdf:object ex:b .")  # fmt: skip
    assert [node.label for node in made.nodes] == ["A", "B", "C"]


def test_without_statements_every_link_is_an_edge_with_direction() -> None:
    made = of(
        "ex:a rdfs:label 'A' ; ex:inArea ex:b ; ex:sort ex:t . ex:b rdfs:label 'B' ; ex:code 'E1' . "
        "ex:t skos:prefLabel 'County' ."
    )
    (edge,) = made.edges
    assert (edge.source, edge.target, edge.label, edge.directed) == (
        "https://example.org/a",
        "https://example.org/b",
        "in area",
        True,
    )
    assert made.nodes[0].values == {"sort": "County"}, "what has nothing but a name is a value"
    assert [node.label for node in made.nodes] == ["A", "B"]


def test_several_values_stand_sorted_in_one_cell() -> None:
    made = of("ex:a rdfs:label 'A' . ex:ab rdf:subject ex:a ; rdf:object ex:a ; net:sorts 'z', 'b', 'k' .")
    assert made.edges[0].values == {"sorts": "b; k; z"}


def test_an_edge_without_end_or_with_a_weight_that_is_none_is_left_out_and_told() -> None:
    made = of(
        "ex:a rdfs:label 'A' . ex:x rdf:subject ex:a . ex:y rdf:object ex:a . "
        + " ".join(
            f"ex:w{n} rdf:subject ex:a ; rdf:object ex:a ; rdf:value {value} ."
            for n, value in enumerate(("0", "-1", "'many'", "true", "1e400", "1, 2"))
        )
        + " ex:good rdf:subject ex:a ; rdf:object ex:a ; rdf:value 0.5 ."
    )
    assert [edge.id for edge in made.edges] == ["https://example.org/good"]
    assert any(note.startswith("8 links") for note in made.notes)


def test_the_order_of_the_triples_changes_nothing() -> None:
    lines = [
        "ex:b rdfs:label 'B', 'Beta' .",
        "ex:a rdfs:label 'A' ; ex:size 2, 3.5 .",
        "ex:ab rdf:subject ex:a ; rdf:object ex:b ; net:sorts 'z', 'b' .",
        "ex:ba rdf:subject ex:b ; rdf:object ex:a .",
    ]
    assert of(" ".join(lines)) == of(" ".join(reversed(lines)))


def test_nothing_makes_an_empty_network() -> None:
    made = read([])
    assert (made.nodes, made.edges, made.node_columns) == ((), (), ())
