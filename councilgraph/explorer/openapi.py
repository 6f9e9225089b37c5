"""What the interface for programs offers, as OpenAPI 3.1: one path for each stored question.

Made from the headers of the questions and from the data, so that it cannot lag behind them:
a client that is generated from it knows the councils, themes and columns by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from councilgraph.catalogue import Parameter, Query
from councilgraph.explorer import asking
from councilgraph.explorer.negotiation import CSV, JSON, JSON_LD, N_TRIPLES, TURTLE, XLSX, Form
from councilgraph.explorer.question_form import options
from councilgraph.version import __version__

if TYPE_CHECKING:
    from councilgraph.explorer.snapshot import Snapshot

TSV = Form("tsv", "text/tab-separated-values", "TSV")
SPARQL_JSON = Form("srj", "application/sparql-results+json", "SPARQL results")
SPARQL = Form("rq", "application/sparql-query", "the query as SPARQL")
TABLES = (JSON, CSV, XLSX, TSV, SPARQL_JSON, SPARQL)
GRAPHS = (TURTLE, JSON_LD, N_TRIPLES, SPARQL)

NOTE = (
    "Findings are read from the reports by machine and may be wrong unless their review state says that "
    "they were reviewed. What was not found in a report is not said to be missing in the council."
)
_ABOUT = (
    "Stored questions over the published assessments of English councils' adult social care. Each answer "
    f"states the build it was made from. {NOTE} Rows are never cut silently: an answer beyond a limit of the "
    "server is an error that names the limit."
)
_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": ["string", "null"]},
    "iri": {"type": ["string", "null"], "format": "uri"},
    "integer": {"type": ["integer", "null"]},
    "decimal": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "description": "YYYY-MM-DD"},
    "month": {"type": ["string", "null"], "description": "YYYY-MM-DD, or YYYY-MM where the day is not known"},
}
_PROBLEM = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong"},
        "where": {"type": "string"},
        "cure": {"type": "string", "description": "what to do about it"},
    },
}
_QUESTION = {
    "type": "object",
    "required": ["id", "name", "kind", "form", "question", "parameters", "columns"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "kind": {"enum": list(asking.KINDS)},
        "form": {"enum": ["table", "graph"]},
        "question": {"type": "string"},
        "summary": {"type": "string"},
        "why": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "parameters": {"type": "array", "items": {"type": "object"}},
        "columns": {"type": "array", "items": {"type": "object"}},
        "answer": {"type": "string", "format": "uri"},
        "page": {"type": "string", "format": "uri"},
    },
}


def document(snapshot: Snapshot, address: str) -> dict[str, Any]:
    """The OpenAPI document; ``address`` is where readers reach this server, without a slash at its end."""
    queries = asking.stored(snapshot)
    types = sorted({one.type for query in queries for one in query.parameters})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "councilgraph: stored questions",
            "version": __version__,
            "description": _ABOUT,
            "license": {
                "name": "MIT (software); data under the licences of their sources",
                "identifier": "MIT",
            },
        },
        "servers": [{"url": address}],
        "tags": [{"name": "question"}, {"name": "check"}, {"name": "view"}, {"name": "list"}],
        "paths": {
            "/api/questions": {"get": _list_operation()},
            **{f"/api/questions/{query.id}": {"get": _operation(query)} for query in queries},
        },
        "components": {
            "schemas": {
                "Problem": _PROBLEM,
                "Question": _QUESTION,
                **{f"parameter-{type}": _schema(snapshot, type) for type in types},
            },
            "responses": {
                "Problem": {
                    "description": "What is wrong, where, and what to do",
                    "content": {"application/problem+json": {"schema": _ref("schemas", "Problem")}},
                }
            },
        },
    }


def described(query: Query, address: str) -> dict[str, Any]:
    """A question as the list of questions holds it."""
    return {
        "id": query.id,
        "name": query.name,
        "kind": query.kind,
        "form": "graph" if query.form == "CONSTRUCT" else "table",
        "question": query.question,
        "summary": query.summary,
        "why": query.why,
        "tags": list(query.tags),
        "parameters": [
            {"name": p.name, "type": p.type, "required": p.required, "default": p.default, "help": p.help}
            for p in query.parameters
        ],
        "columns": [{"name": c.name, "type": c.type, "help": c.help} for c in query.columns],
        "answer": f"{address}/api/questions/{query.id}",
        "page": f"{address}/questions/{query.id}",
    }


def _list_operation() -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["version", "questions"],
        "properties": {
            "version": {"type": "string"},
            "software": {"type": "string"},
            "questions": {"type": "array", "items": _ref("schemas", "Question")},
        },
    }
    return {
        "operationId": "list-questions",
        "summary": "Every stored question with its parameters and columns",
        "tags": ["list"],
        "parameters": [
            {
                "name": "q",
                "in": "query",
                "description": "Only questions that hold all of these words",
                "schema": {"type": "string", "pattern": "^[^\\u0000-\\u001f]*$"},
            }
        ],
        "responses": {
            "200": {"description": "The questions", "content": {"application/json": {"schema": schema}}},
            **_errors(),
        },
    }


def _operation(query: Query) -> dict[str, Any]:
    forms = GRAPHS if query.form == "CONSTRUCT" else TABLES
    content: dict[str, Any] = {
        form.media: {"schema": {"type": "string"}} for form in forms if form is not XLSX
    }
    if query.form != "CONSTRUCT":
        content[JSON.media] = {"schema": _answer(query)}
        content[XLSX.media] = {"schema": {"type": "string", "format": "binary"}}
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": f"{query.question} {query.why}",
        "tags": [query.kind],
        "parameters": [_parameter(one) for one in query.parameters],
        "responses": {"200": {"description": "The answer", "content": content}, **_errors()},
    }


def _errors() -> dict[str, Any]:
    statuses = ("400", "404", "406", "414", "503")
    return {status: _ref("responses", "Problem") for status in statuses}


def _parameter(one: Parameter) -> dict[str, Any]:
    found: dict[str, Any] = {"name": one.name, "in": "query", "required": one.required}
    found["description"] = one.help
    if not one.required:
        found["allowEmptyValue"] = True  # forms send the fields that nobody filled
    schema = _ref("schemas", f"parameter-{one.type}")
    if one.default is not None:
        default = int(one.default) if one.type == "integer" else one.default
        return {**found, "schema": {"allOf": [schema], "default": default}}
    return {**found, "schema": schema}


def _schema(snapshot: Snapshot, type: str) -> dict[str, Any]:
    """What a parameter of a type can be; names and labels are taken too, but keys are lasting."""
    if type == "month":
        pattern = "^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
        return {"type": "string", "pattern": pattern, "examples": ["2025", "2025-03", "2025-03-20"]}
    if type == "integer":
        return {"type": "integer", "minimum": 1, "maximum": 999_999_999, "examples": [10]}
    if type == "boolean":
        return {"type": "string", "enum": ["yes", "no"]}
    listed = [option for group in options(snapshot, type) for option in group.options]
    if type == "organisation":
        text = "A body by name, other name, code or IRI"
        return {"type": "string", "minLength": 1, "description": text, "examples": [k for k, _ in listed[:3]]}
    named = "; ".join(f"{key}: {label}" for key, label in listed[:40])
    more = f"; and {len(listed) - 40} more" if len(listed) > 40 else ""
    about = f"Its label, another of its names or its IRI is taken too. {named}{more}"
    return {"type": "string", "enum": sorted({key for key, _ in listed}), "description": about}


def _answer(query: Query) -> dict[str, Any]:
    row = {
        "type": "object",
        "properties": {c.name: {**_TYPES[c.type], "title": c.help} for c in query.columns},
        "required": [c.name for c in query.columns],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "required": ["id", "question", "parameters", "version", "licence", "note", "count", "rows"],
        "properties": {
            "id": {"const": query.id},
            "question": {"type": "string"},
            "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
            "version": {"type": "string", "description": "the build of the data that answered"},
            "software": {"type": "string"},
            "licence": {"type": "string", "format": "uri"},
            "note": {"type": "string"},
            "count": {"type": "integer", "description": "number of rows; none is held back"},
            "rows": {"type": "array", "items": row},
        },
    }


def _ref(part: str, name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/{part}/{name}"}
