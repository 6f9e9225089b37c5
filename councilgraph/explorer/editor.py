"""The SPARQL editor at ``/editor``: a plain form for everybody, and Yasgui where a script can run.

Yasgui comes out of the ``oxigraph`` program (`councilgraph.service.bundled`). It asks other
hosts for prefixes and terms by itself; here it is given ours, and the page's
Content-Security-Policy lets it reach nobody else.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from councilgraph.catalogue import Query
from councilgraph.errors import UsageError
from councilgraph.explorer import responses
from councilgraph.explorer.page import NotFoundError, Page
from councilgraph.explorer.rendering import render
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.explorer.sparql_request import GRAPHS, TABLES
from councilgraph.iris import DEF, SCHEME
from councilgraph.results.graph import PREFIXES as SHORT
from councilgraph.service.bundled import FILES, editor_files
from councilgraph.terms import CLASSES, PREFIXES, PROPERTIES

router = APIRouter(prefix="/editor", include_in_schema=False)

# As that of every page, and the hash of the one ``<style>`` that Yasgui's table writes, for
# widening columns. Another version of it may need another hash; columns then keep their width.
POLICY = (
    "default-src 'none'; style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; "
    "script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
MOST_SHOWN = 100_000  # characters of a query that a link may bring along
_TYPES = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
FIRST = """\
# The quality statements of each council, best first
SELECT ?council ?statement ?score
WHERE {
  ?judgement a cg:Judgement ;
    cg:inAssessment/cg:assessedCouncil/rdfs:label ?council ;
    cg:qualityStatement/skos:prefLabel ?statement ;
    cg:score ?score .
}
ORDER BY DESC(?score) ?council ?statement
LIMIT 50
"""


@router.get("")
def editor(request: Request) -> Response:
    """The page; ``query`` or ``question`` (the id of a stored one) fill it, ``plain`` keeps the form."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    plain = request.query_params.get("plain", "") == "1"
    yasgui = not plain and bool(editor_files())
    content = {
        "query": _query(snapshot, request),
        "groups": snapshot.once("editor-queries", _groups),
        "formats": [(form.suffix, form.name) for form in (*TABLES, *GRAPHS)],
        "yasgui": yasgui,
        "plain": plain,
        "prefixes": sorted(prefixes().items()),
        "seconds": request.app.state.settings.limits.query_seconds,
        "megabytes": request.app.state.settings.limits.result_bytes >> 20,
    }
    page = Page(
        "editor.html",
        "SPARQL editor",
        content,
        description="Ask the graph with your own SPARQL, or begin with a stored question.",
        crumbs=(("Home", "/"),),
    )
    text = render(page, snapshot, responses.links(request), True, address="/editor")
    response = Response(text.encode(), media_type=responses.HTML)
    if yasgui:
        response.headers["Content-Security-Policy"] = POLICY
    return responses.cached(request, response, text.encode())


@router.get("/prefixes.json")
def prefix_list(request: Request) -> Response:
    """Prefix to namespace, as editors of SPARQL take them."""
    return _json(request, prefixes())


@router.get("/terms.json")
def term_list(request: Request) -> Response:
    """Our classes and properties as whole IRIs, for completion."""
    return _json(
        request,
        {
            "classes": sorted(DEF + name for name in CLASSES),
            "properties": sorted(DEF + name for name in PROPERTIES),
        },
    )


@router.get("/queries.json")
def query_list(request: Request) -> Response:
    """The stored queries: id, question, kind and text."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    found = [
        {
            "id": one.id or one.name,
            "question": one.question or one.summary,
            "kind": one.kind,
            "query": _readable(one),
        }
        for one in snapshot.graph.catalogue
    ]
    return _json(request, found)


@router.get("/{name}")
def bundled_file(request: Request, name: str) -> Response:
    """A file of Yasgui."""
    data = editor_files().get(name) if name in FILES else None
    if data is None:
        raise NotFoundError("There is no such file.", where=f"/editor/{name}", cure="Go to /editor.")
    return responses.cached(request, Response(data, media_type=_TYPES[name.rsplit(".", 1)[1]]), data)


def prefixes() -> dict[str, str]:
    """The prefixes that are offered: those of the ontology, and short ones for our own things."""
    return {**PREFIXES, "id": SHORT["id"], "scheme": SCHEME}


def _query(snapshot: Snapshot, request: Request) -> str:
    given = request.query_params.get("query", "")
    if len(given) > MOST_SHOWN:
        raise UsageError("The query is too long for a link.", cure="Send it to /sparql with POST.")
    if given:
        return given
    wanted = request.query_params.get("question", "")
    if wanted:
        return _readable(snapshot.graph.catalogue.get(wanted))
    used = ("cg", "rdfs", "skos")
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + FIRST


def _readable(query: Query) -> str:
    """A stored query with a short comment in the place of its header, which fills a screen."""
    lines = [f"# {query.id or query.name}: {query.question or query.summary}"]
    held = [one for one in query.parameters if f"?_{one.name}" in query.text]
    if held:
        lines.append("# Parameters: put a value in the place of UNDEF.")
        lines += [f"#   ?_{one.name}: {one.help}" for one in held]
    body = [line for line in query.text.split("\n") if not line.startswith("#+")]
    return "\n".join([*lines, *body])


def _groups(snapshot: Snapshot) -> list[tuple[str, list[tuple[str, str]]]]:
    """The stored queries as lists of (id, question), under a heading each."""
    headings = {"question": "Questions", "view": "Networks and views", "check": "Checks of the data"}
    return [
        (
            heading,
            [(one.id or one.name, one.question or one.summary) for one in snapshot.graph.catalogue.all(kind)],
        )
        for kind, heading in headings.items()
    ]


def _json(request: Request, content: Any) -> Response:
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return responses.cached(request, Response(body, media_type="application/json"), body)
