"""One thing of the graph as a page has it: what is said of it, and what leads to it."""

from __future__ import annotations

from typing import Any

from councilgraph.api import Graph
from councilgraph.errors import UsageError
from councilgraph.mcp import answers, quoting
from councilgraph.parameters import thing_of
from councilgraph.results.values import any_value
from councilgraph.terms import DCTERMS, RDFS, SKOS

# Looked through in this order: what goes by a code or the name of a council is a council.
KINDS = ("authority", "organisation", "statement", "theme", "region", "measure", "voice", "polarity", "kind")
MOST_VALUES, MOST_NAMED = 20, 5
_NAMES = f"<{SKOS}prefLabel>|<{RDFS}label>|<{DCTERMS}title>"
# What can be asked next about a thing of a kind: question and the name of its parameter.
_NEXT = {
    "authority": (("Q04", "authority"), ("Q03", "authority"), ("Q38", "authority"), ("Q32", "authority")),
    "organisation": (("Q29", "organisation"), ("Q28", "organisation")),
    "statement": (("Q10", "statement"), ("Q11", "statement")),
    "theme": (("Q12", "theme"), ("Q34", "theme")),
    "region": (("Q01", "region"),),
    "measure": (("Q35", "measure"), ("Q36", "measure")),
}


def show_thing(graph: Graph, thing: str, kind: str = "") -> dict[str, Any]:
    """What the graph says of a thing, given by name, code or IRI.

    Raises:
        UsageError: it is not known, or can mean several things.
    """
    iri, label, found = _found(graph, thing.strip(), kind.strip())
    facts = _grouped(_facts(graph, iri))
    incoming = [
        {"property": _own(name, by), "count": int(count), "some_of_them": _some(graph, iri, by)}
        for by, name, count in _incoming(graph, iri)
    ]
    if not facts and not incoming:
        raise UsageError(f"The graph says nothing of {iri}.", cure="Give a name, a code or another IRI.")
    key = _last(iri)
    questions = _NEXT.get(found, ())
    return {
        "iri": iri,
        "quoted": {"name": quoting.cleaned(label)},
        "says": facts,
        "led_to_by": incoming,
        "extent": {
            "note": f"At most {MOST_VALUES} values of a property and {MOST_NAMED} things that lead here are "
            "named; 'count' is the number of all of them."
        },
        "ask_next": [{"question": number, "parameters": {name: key}} for number, name in questions],
        "review": {"note": "Links to registers and all that was read from reports carry their own state."},
        "sources": {"note": "list_sources names the data sets; ask_next leads to the reports themselves."},
        **answers.frame(graph, ("scores", "findings", "links")),
    }


def _found(graph: Graph, thing: str, kind: str) -> tuple[str, str, str]:
    """IRI, label and kind."""
    if kind and kind not in KINDS:
        raise UsageError(f"There is no kind of thing {kind!r}.", cure=f"Kinds are: {', '.join(KINDS)}.")
    if not thing:
        raise UsageError("Nothing was named.", cure="Give a name, a code or an IRI.")
    if thing.startswith(("http://", "https://")):
        return _named(thing), _label(graph, thing), kind or _kind_of(thing)
    near: list[str] = []
    for one in (kind,) if kind else KINDS:
        try:
            node, label = thing_of(one, thing, lambda sparql: graph.store.select(sparql)[1])
        except UsageError as error:
            if kind:
                raise
            if "can mean" in error.what or error.cure.startswith("The nearest are"):
                near.append(f"{one}: {error.cure}")
        else:
            return node.value, label, one
    raise UsageError(f"{thing!r} is not known.", cure=" ".join(near[:3]) or "Give a name, a code or an IRI.")


def _kind_of(iri: str) -> str:
    part = iri.rsplit("/", 2)[-2] if iri.count("/") > 3 else ""
    return {"council": "authority", "quality-statement": "statement", "area": "region"}.get(part, part)


def _named(iri: str) -> str:
    """The IRI, checked: text that is none could be more than a name in a query."""
    from pyoxigraph import NamedNode

    try:
        return str(NamedNode(iri).value)
    except ValueError:
        raise UsageError(f"{iri!r} is not an IRI.", cure="Give a name, a code or an IRI.") from None


def _label(graph: Graph, iri: str) -> str:
    rows = _select(graph, f"SELECT ?name WHERE {{ {_node(iri)} {_NAMES} ?name }} ORDER BY ?name LIMIT 1")
    return str(rows[0][0].value) if rows else _last(iri)


def _facts(graph: Graph, iri: str) -> list[tuple[Any, ...]]:
    return _select(
        graph,
        f"""SELECT DISTINCT ?by ?name ?value ?label WHERE {{
          {_node(iri)} ?by ?value .
          OPTIONAL {{ ?by <{RDFS}label> ?name }}
          OPTIONAL {{ ?value {_NAMES} ?label }}
        }} ORDER BY ?by ?value ?label""",
    )


def _incoming(graph: Graph, iri: str) -> list[tuple[str, str, str]]:
    rows = _select(
        graph,
        f"""SELECT ?by (SAMPLE(?a_name) AS ?name) (COUNT(DISTINCT ?from) AS ?count) WHERE {{
          ?from ?by {_node(iri)} .
          OPTIONAL {{ ?by <{RDFS}label> ?a_name }}
        }} GROUP BY ?by ORDER BY DESC(?count) ?by""",
    )
    return [(by.value, name.value if name is not None else "", count.value) for by, name, count in rows]


def _some(graph: Graph, iri: str, by: str) -> list[dict[str, Any]]:
    rows = _select(
        graph,
        f"""SELECT ?from (SAMPLE(?a_label) AS ?label) WHERE {{
          {{ SELECT DISTINCT ?from WHERE {{ ?from {_node(by)} {_node(iri)} }} LIMIT {MOST_NAMED} }}
          OPTIONAL {{ ?from {_NAMES} ?a_label }}
        }} GROUP BY ?from ORDER BY ?from""",
    )
    return [_value(thing, label) for thing, label in rows]


def _grouped(rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Facts by property, each value once, though it may have several names."""
    by_property: dict[str, dict[str, Any]] = {}
    values: dict[str, dict[str, tuple[Any, Any]]] = {}
    for by, name, value, label in rows:
        own = _own(name.value if name is not None else "", by.value)
        by_property.setdefault(by.value, {"property": own})
        values.setdefault(by.value, {}).setdefault(str(value), (value, label))
    for by, told in by_property.items():
        told["values"] = [_value(*one) for one in list(values[by].values())[:MOST_VALUES]]
        told["count"] = len(values[by])
    return list(by_property.values())


def _value(term: Any, label: Any) -> dict[str, Any]:
    if term.__class__.__name__ == "NamedNode":
        name = label.value if label is not None else _last(term.value)
        return {"iri": term.value, "quoted": quoting.cleaned(name)}
    value = any_value(term)
    return {"quoted": quoting.cleaned(value)} if isinstance(value, str) else {"value": quoting.plain(value)}


def _own(name: str, iri: str) -> str:
    return name or _last(iri)


def _last(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def _node(iri: str) -> str:
    return f"<{_named(iri)}>"


def _select(graph: Graph, sparql: str) -> list[tuple[Any, ...]]:
    return list(graph.store.select(sparql)[1])
