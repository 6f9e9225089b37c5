"""Two to six councils side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from councilgraph.api import Graph
from councilgraph.errors import UsageError
from councilgraph.mcp import answers, quoting
from councilgraph.parameters import thing_of
from councilgraph.results.values import Value

FEWEST, MOST = 2, 6


def compare_councils(graph: Graph, councils: Sequence[str]) -> dict[str, Any]:
    """Rating, percentage and nine scores of each council's newest assessment, with England's averages.

    Raises:
        UsageError: too few or too many, or one is not known.
    """
    named: dict[str, str] = {}
    for given in councils:
        node, label = thing_of("authority", given, lambda sparql: graph.store.select(sparql)[1])
        named[label] = node.value
    if not FEWEST <= len(named) <= MOST:
        raise UsageError(
            f"{len(named)} different {'council was' if len(named) == 1 else 'councils were'} given.",
            cure=f"Give {FEWEST} to {MOST} councils.",
        )
    formal = _by_council(graph, "no")
    pilots = _by_council(graph, "yes")
    england = _england(graph, next(iter(named.values())))
    kept = {name: (formal.get(name) or pilots.get(name) or [])[:1] for name in named}
    told = [
        _told(name, iri, kept[name], len(formal.get(name, [])), name in formal) for name, iri in named.items()
    ]
    return {
        "councils": told,
        "england_average": england,
        "extent": {"complete": True, "note": "The newest formal assessment of each council, or its pilot."},
        "review": {"note": "These are published scores and ratings, not what a machine has read."},
        "sources": {"note": "Each council's scores come from the report named with it."},
        "ask_next": [
            {"question": "Q38", "parameters": {"authority": iri.rsplit("/", 1)[-1]}} for iri in named.values()
        ],
        **answers.frame(graph, ("scores",)),
    }


def _by_council(graph: Graph, pilots: str) -> dict[str, list[dict[str, Value]]]:
    """The assessments of every council, the newest first."""
    found: dict[str, list[dict[str, Value]]] = {}
    for record in graph.query("compare-scores", pilots=pilots):
        found.setdefault(str(record["authority"]), []).insert(0, record)
    return found


def _england(graph: Graph, iri: str) -> dict[str, object]:
    """The average of every statement over the councils that were assessed."""
    records = graph.query("compare-with-neighbours", authority=iri, pilots="yes")
    return {
        str(one["statement"]): quoting.plain(one["average"])
        for one in records
        if one["compared-with"] == "England"
    }


def _told(
    name: str, iri: str, records: list[dict[str, Value]], formal: int, is_formal: bool
) -> dict[str, Any]:
    told: dict[str, Any] = {"council": quoting.cleaned(name), "iri": iri}
    if not records:
        return {**told, "note": "No assessment of this council is in the store; it may have been assessed."}
    record = records[0]
    told |= {key: quoting.plain(value) for key, value in record.items() if value is not None}
    told.pop("authority")
    told["status"] = "formal" if is_formal else "indicative: a pilot"
    if formal > 1:
        told["earlier_formal_assessments"] = formal - 1
    return told
