"""The triples of a view as nodes and edges.

The rule, for everybody who writes a view:

- A resource with ``rdf:subject`` and ``rdf:object`` is an edge between these two, without
  direction; ``rdf:value`` is its weight (1 without), ``rdfs:label`` its label.
- Without any such resource every triple between two IRIs is an edge from subject to object,
  of weight 1, labelled by its predicate; types are none, nor are triples that lead to
  something of which nothing but a name is told (that name is then a value).
- What an edge joins is a node; so is every other resource with a label. ``rdfs:label``,
  ``skos:prefLabel`` or ``dcterms:title`` is its label, ``net:kind`` its kind.
- Every other value is a column, named after the end of its predicate. Several values of one
  column stand in one cell, sorted and parted by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from councilgraph.networks.model import Attribute, Edge, Network, Node
from councilgraph.results.values import Value, any_value, shown
from councilgraph.terms import DCTERMS, RDF, RDFS, SKOS

if TYPE_CHECKING:
    Facts = dict[str, set[Any]]

NET = "https://w3id.org/councilgraph/network#"
_LABELS = (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title")
_EDGE = (RDF + "subject", RDF + "object")
_TYPE, _VALUE, _PREDICATE, _KIND = RDF + "type", RDF + "value", RDF + "predicate", NET + "kind"
_NUMBERS = ("integer", "decimal")


def read(
    triples: Iterable[Any],
    *,
    name: str = "network",
    title: str = "",
    question: str = "",
    why: str = "",
    asked: Mapping[str, str] | None = None,
) -> Network:
    """The network that pyoxigraph triples make; they are read once.

    An edge that lacks an end, or whose weight is no number above 0, is left out, and a note
    says how many.
    """
    things: dict[str, Facts] = {}
    for triple in triples:
        facts = things.setdefault(_key(triple.subject), {})
        facts.setdefault(triple.predicate.value, set()).add(triple.object)
    statements = {key for key, facts in things.items() if all(part in facts for part in _EDGE)}
    half = {key for key, facts in things.items() if any(part in facts for part in _EDGE)} - statements
    weights = {key: _weight(things[key]) for key in statements}
    lost = len(half) + sum(weight is None for weight in weights.values())
    if statements or half:
        edges = [_edge(key, things[key], weight) for key, weight in weights.items() if weight is not None]
    else:
        edges = _direct(things)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    direct = not (statements or half)
    named = {k for k, facts in things.items() if k not in statements | half and _label(facts)}
    named -= _names_only(things) if direct else set()
    nodes = [_node(key, things.get(key, {}), things, ends if direct else set()) for key in ends | named]
    notes = [why] if why else []
    if lost:
        notes.append(f"{lost:,} links without two ends or without a weight above 0 were left out.")
    return Network(
        name=name,
        title=title,
        nodes=tuple(sorted(nodes, key=lambda one: one.id)),
        edges=tuple(sorted(edges, key=lambda one: (one.source, one.target, one.id))),
        node_columns=columns(one.values for one in nodes),
        edge_columns=columns(one.values for one in edges),
        question=question,
        asked=dict(asked or {}),
        notes=tuple(notes),
    )


def columns(values: Iterable[Mapping[str, Value]]) -> tuple[Attribute, ...]:
    """The columns that these values need, sorted by name; a column of mixed types is a string."""
    types: dict[str, set[str]] = {}
    for one in values:
        for name, value in one.items():
            types.setdefault(name, set()).add(_type(value))
    return tuple(
        Attribute(name, "decimal" if found == set(_NUMBERS) else found.pop() if len(found) == 1 else "string")
        for name, found in sorted(types.items())
    )


def _edge(key: str, facts: Facts, weight: int | float) -> Edge:
    skipped = {*_EDGE, _VALUE, _PREDICATE, _TYPE, *_LABELS}
    predicate = min((_key(one) for one in facts.get(_PREDICATE, ())), default="")
    return Edge(
        id=key,
        source=min(_key(one) for one in facts[_EDGE[0]]),
        target=min(_key(one) for one in facts[_EDGE[1]]),
        label=_label(facts) or _words(predicate),
        weight=weight,
        values=_values(facts, skipped),
    )


def _direct(things: Mapping[str, Facts]) -> list[Edge]:
    """Every triple between two things of which more than a name is told."""
    names_only = _names_only(things)
    edges = []
    for key, facts in things.items():
        for predicate, objects in facts.items():
            if predicate == _TYPE:
                continue
            for one in objects:
                other = _key(one)
                if one.__class__.__name__ == "Literal" or other not in things or other in names_only:
                    continue
                edges.append(
                    Edge(f"{key}|{predicate}|{other}", key, other, _words(predicate), 1, directed=True)
                )
    return edges


def _names_only(things: Mapping[str, Facts]) -> set[str]:
    return {key for key, facts in things.items() if not set(facts) - {*_LABELS, _TYPE}}


def _node(key: str, facts: Facts, things: Mapping[str, Facts], ends: set[str]) -> Node:
    """``ends``: links to these are edges already and no values."""
    told = {
        predicate: {one for one in objects if not (ends and _key(one) in ends)}
        for predicate, objects in facts.items()
    }
    kinds = sorted(shown(any_value(one)) for one in facts.get(_KIND, ()))
    if not kinds:
        kinds = sorted(_words(_key(one)) for one in facts.get(_TYPE, ()))
    values = _values(told, {*_LABELS, _TYPE, _KIND}, things)
    return Node(key, _label(facts) or _words(key), "; ".join(kinds), values)


def _values(
    facts: Mapping[str, set[Any]], skipped: set[str], things: Mapping[str, Facts] | None = None
) -> dict[str, Value]:
    found: dict[str, list[Value]] = {}
    for predicate, objects in facts.items():
        if predicate in skipped:
            continue
        for one in objects:
            facts_of_it = (things or {}).get(_key(one)) if one.__class__.__name__ != "Literal" else None
            name = _label(facts_of_it) if facts_of_it else ""
            found.setdefault(_column(predicate), []).append(name or any_value(one))
    made: dict[str, Value] = {}
    for column, values in sorted(found.items()):
        texts = sorted({shown(value) for value in values})
        if texts:
            made[column] = values[0] if len(texts) == 1 else "; ".join(texts)
    return made


def _weight(facts: Facts) -> int | float | None:
    """The weight of an edge; None where it cannot be one."""
    given = [any_value(one) for one in facts.get(_VALUE, ())]
    if not given:
        return 1
    if len(given) > 1 or isinstance(given[0], (str, bool)) or given[0] is None:
        return None
    weight = given[0] if isinstance(given[0], int) else float(given[0])
    return weight if 0 < weight < float("inf") else None


def _label(facts: Facts) -> str:
    for predicate in _LABELS:
        if facts.get(predicate):
            return str(min(one.value for one in facts[predicate]))
    return ""


def _type(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, str):
        return "iri" if value.__class__.__name__ == "Iri" else "string"
    return "decimal"


def _key(term: Any) -> str:
    """An IRI as it is; a blank node, which views of others may give, with its sign."""
    return str(term.value if term.__class__.__name__ == "NamedNode" else term)


def _end(iri: str) -> str:
    return re.split(r"[/#|]", iri.rstrip("/#"))[-1]


def _column(predicate: str) -> str:
    """ "reportPage" and "report-page" are the column "report-page"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", _end(predicate)).replace("_", "-").lower()


def _words(iri: str) -> str:
    return _column(iri).replace("-", " ") if "/" in iri or "#" in iri else iri
