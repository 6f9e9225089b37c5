"""Stored questions and full text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from councilgraph.api import Graph
from councilgraph.catalogue import Column, Query
from councilgraph.errors import UsageError
from councilgraph.iris import DEF
from councilgraph.mcp import answers
from councilgraph.parameters import choices, thing_of
from councilgraph.results import Triples
from councilgraph.search.find import ranked
from councilgraph.terms import SKOS

_LISTED = ("region", "type", "statement", "theme", "polarity", "voice")
MOST_HITS = 1_000
_FEW = 5  # so many questions are described in full
_HIT_COLUMNS = (
    *(Column("authority", "string"), Column("published", "month"), Column("section", "string")),
    *(Column("place", "string"), Column("polarity", "string"), Column("sentence", "string")),
    *(Column("report", "iri"), Column("finding", "iri"), Column("review-state", "string")),
)


def list_questions(graph: Graph, words: str = "") -> dict[str, Any]:
    """The stored questions that hold all the words; of a few, all that is known."""
    found = graph.catalogue.search(words, "question")
    if not found:
        return {
            "questions": [],
            "note": "No stored question holds all these words. Ask without words for all of them, "
            "or look for the words in the reports with search_findings.",
        }
    told: dict[str, Any] = {"questions": [_described(query, len(found) <= _FEW) for query in found]}
    given = {parameter.name: parameter for query in found for parameter in query.parameters}
    told["parameters"] = {
        name: f"{parameter.type}: {parameter.help}" for name, parameter in sorted(given.items())
    }
    told["values"] = {
        type: choices(type, lambda sparql: graph.store.select(sparql)[1])
        for type in sorted({one.type for one in given.values()})
        if type in _LISTED
    }
    told["note"] = (
        "A council is given by name, short name, GSS code or register code; a body by name or code; "
        "a month as 2025, 2025-03 or 2025-03-20; yes or no. Run a question with ask_question."
    )
    return told


def ask_question(
    graph: Graph, question: str, parameters: Mapping[str, Any] | None, rows: int, first_row: int
) -> dict[str, Any]:
    """The answer of a stored question.

    Raises:
        UsageError: no such question or parameter, an unknown or missing value.
    """
    query = graph.catalogue.get(question)
    if query.kind != "question":
        raise UsageError(
            f"{query.id or query.name} is a {query.kind}, not a question.", cure="Use list_questions."
        )
    given = {name: _typed(value) for name, value in (parameters or {}).items() if value is not None}
    answer = graph.ask(query.name, given)
    if isinstance(answer, Triples):
        raise UsageError(f"{query.id} gives a graph, not a table.", cure="Use list_questions.")
    return {
        "question": f"{query.id} {query.question}",
        "asked_with": given,
        "columns": _columns(query),
        **answers.table(graph, answer.columns, answer.rows, first=first_row, most=rows, tags=query.tags),
    }


def search_findings(
    graph: Graph,
    words: str,
    *,
    filters: Mapping[str, str | None],
    rows: int,
    first_row: int,
) -> dict[str, Any]:
    """The sentences that hold all the words, best first; ``filters`` as ``Graph.search`` has them.

    Raises:
        UsageError: no word to look for, or an unknown value.
    """
    answers.check(first_row, rows)
    last = first_row + rows - 1
    if last > MOST_HITS:
        raise UsageError(
            f"Only the first {MOST_HITS} findings are given.",
            cure="Narrow the search: more words, a council, a theme or a polarity.",
        )
    hits = graph.search(words, limit=last, **filters)
    states = _states(graph, [hit.finding for hit in hits[first_row - 1 :]])
    values = ((*hit, states.get(hit.finding)) for hit in hits)
    told = answers.table(graph, _HIT_COLUMNS, values, first=first_row, most=rows, tags=("findings",))
    told["review"]["rows_by_state"] = dict(sorted(Counter(states.values()).items()))
    told["extent"] = answers.extent(_count(graph, words, filters), first_row, len(told["rows"]))
    return {
        "searched_for": words,
        "only": {name: value for name, value in filters.items() if value},
        "place": "'place' is paragraph and sentence within the section",
        **told,
    }


def _described(query: Query, whole: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"id": query.id, "question": query.question}
    needed = [one.name for one in query.parameters if one.required]
    if needed:
        told["needs"] = needed
    told["takes"] = [one.name for one in query.parameters if not one.required]
    if whole:
        told |= {"why": query.why, "columns": _columns(query)}
    return told


def _columns(query: Query) -> dict[str, str]:
    return {column.name: column.help for column in query.columns}


def _typed(value: Any) -> str:
    """A value as it is typed on the command line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int)):
        return str(value)
    raise UsageError(f"{value!r} is no value of a parameter.", cure="Give text, a whole number, yes or no.")


def _count(graph: Graph, words: str, filters: Mapping[str, str | None]) -> int:
    """How many findings hold the words: counted by the index, without describing each."""
    terms = {
        name: thing_of(name, value, lambda sparql: graph.store.select(sparql)[1])[0].value
        for name, value in filters.items()
        if value
    }
    council, theme, polarity = (terms.get(name) for name in ("authority", "theme", "polarity"))
    return len(ranked(graph.store, words, council=council, theme=theme, polarity=polarity))


def _states(graph: Graph, findings: list[str]) -> dict[str, str]:
    """The review state of findings, by their IRI."""
    if not findings:
        return {}
    from pyoxigraph import NamedNode

    values = " ".join(str(NamedNode(finding)) for finding in findings)
    _, rows = graph.store.select(
        f"""PREFIX cg: <{DEF}> PREFIX skos: <{SKOS}>
        SELECT ?finding ?label WHERE {{
          VALUES ?finding {{ {values} }} ?finding cg:reviewState ?state . ?state skos:prefLabel ?label
        }}"""
    )
    return {finding.value: label.value for finding, label in rows}
