"""Every IRI of ours answers: a page for people, RDF for programs, by suffix or by Accept.

- ``/id/...`` are things of the world (a council, a sentence's finding): 303 leads to a
  document about them, ``.html``, ``.ttl``, ``.jsonld``, ``.nt`` (or ``.json``, ``.csv``, ``.xlsx``).
- ``/scheme/...``: the page itself, or 303 to the RDF.
- ``/def`` has its terms behind a hash, and ``/graph/...`` are documents: answered directly.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from fastapi.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import compile_path

from councilgraph.explorer import description, responses, thing_page
from councilgraph.explorer.entity import known
from councilgraph.explorer.negotiation import CSV, HTML, JSON, XLSX, Form, choose
from councilgraph.explorer.page import Asked, NotFoundError, Page
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import BASE, IRIS

router = APIRouter(include_in_schema=False)

_PAGES = (HTML, JSON, CSV, XLSX)
FORMS = (HTML, *description.FORMS, JSON, CSV, XLSX)
_BY_SUFFIX = {form.suffix: form for form in FORMS}
# Programs of any site may read what is public anyway.
CORS = {"Access-Control-Allow-Origin": "*"}
_CHUNK = 64 * 1024
_METHODS = ["GET", "HEAD"]


@router.api_route("/id/{rest:path}", methods=_METHODS)
def thing(request: Request) -> Response:
    """A thing: a redirect to a document about it, or that document."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    path, form = _asked(request, snapshot)
    iri = IRIS.base + path[1:]
    if not known(snapshot, iri):
        raise thing_page.missing(iri)
    if form is None:
        return _see_other(request, path, _chosen(request, FORMS))
    if form in _PAGES:
        asked = Asked({}, _query(request), form.suffix)
        return _page(request, snapshot, thing_page.make(snapshot, iri, asked), form)
    return _rdf(request, snapshot, iri, path, form)


@router.api_route("/scheme/{rest:path}", methods=_METHODS)
def scheme(request: Request) -> Response:
    """A vocabulary or one of its concepts."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    path, form = _asked(request, snapshot)
    iri = BASE + path[1:]
    if not known(snapshot, iri):
        raise thing_page.missing(iri)
    if form is None:
        form = _chosen(request, FORMS)
        if form not in _PAGES:
            return _see_other(request, path, form)
    if form in _PAGES:
        asked = Asked({}, _query(request), form.suffix)
        # The vocabulary's own page shows no list of what uses a concept.
        own = None if asked.one("by") else _made_for(path, snapshot, asked)
        page = own or thing_page.make(snapshot, iri, asked)
        return _page(request, snapshot, page, form)
    parts = path.split("/")[2:]
    if len(parts) > 1:
        return _rdf(request, snapshot, iri, path, form)
    return _document(
        request, path, form, description.written(description.of_scheme(snapshot, parts[0]), form)
    )


@router.api_route("/def", methods=_METHODS)
@router.api_route("/ontology", methods=_METHODS)
@router.api_route("/def.{suffix}", methods=_METHODS)
@router.api_route("/ontology.{suffix}", methods=_METHODS)
def ontology(request: Request) -> Response:
    """The ontology: its terms are parts of this one document, so no redirect but to its page."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    path, form = _asked(request, snapshot)
    if form is None:
        form = _chosen(request, FORMS)
    if form in description.FORMS:
        return _document(request, path, form, description.written(description.of_ontology(snapshot), form))
    asked = Asked({}, _query(request), form.suffix)
    page = _made_for(path, snapshot, asked)
    if page is not None:
        return _page(request, snapshot, page, form)
    if path == "/def":
        # A browser carries "#Finding" over to the page.
        root = request.app.state.settings.root_path
        target = f"{root}/ontology" + ("" if form is HTML else f".{form.suffix}")
        return RedirectResponse(target, 303, {**CORS, "Vary": "Accept"})
    raise NotFoundError("There is no page of the ontology here.", cure="Ask for it as Turtle: /def.ttl")


@router.api_route("/graph/{rest:path}", methods=_METHODS)
def graph(request: Request) -> Response:
    """A named graph, whole."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    path, form = _asked(request, snapshot, graph=True)
    iri = IRIS.base + path[1:]
    page = thing_page.graph(snapshot, iri)
    form = form or _chosen(request, FORMS)
    if form in _PAGES:
        return _page(request, snapshot, page, form)
    written = description.written(description.of_graph(snapshot, iri), form, whole=True)
    return _document(request, path, form, written)


def _asked(request: Request, snapshot: Snapshot, *, graph: bool = False) -> tuple[str, Form | None]:
    """The path as it stands in our IRIs, and the form that its suffix asks for.

    The path is put into the one spelling that our IRIs have, whatever a client encoded. A key
    that ends like a suffix is a key where such a thing exists.
    """
    raw = responses.asked_address(request).partition("?")[0]
    path = "/".join(quote(unquote(part), safe="-._~") for part in raw.split("/"))
    stem, dot, suffix = path.rpartition(".")
    if not dot or suffix not in _BY_SUFFIX or "/" in suffix:
        return path, None
    if not graph and known(snapshot, IRIS.base + path[1:]):
        return path, None
    return stem, _BY_SUFFIX[suffix]


def _chosen(request: Request, forms: tuple[Form, ...]) -> Form:
    form = choose(request.headers.get("accept"), forms)
    if form is None:
        listed = ", ".join(one.media for one in forms)
        raise HTTPException(406, f"It cannot be had in that form; it can be had as {listed}.")
    return form


def _see_other(request: Request, path: str, form: Form) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    target = f"{request.app.state.settings.root_path}{path}.{form.suffix}{query}"
    return RedirectResponse(target, 303, {**CORS, "Vary": "Accept", "Link": _alternates(request, path)})


def _page(request: Request, snapshot: Snapshot, page: Page, form: Form) -> Response:
    response = responses.respond(request, page, snapshot, form.suffix)
    response.headers.update(CORS)
    return response


def _rdf(request: Request, snapshot: Snapshot, iri: str, path: str, form: Form) -> Response:
    given = request.query_params.get("page", "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0
    last = description.pages(snapshot, iri)
    if not 1 <= number <= last:
        raise NotFoundError("There is no such page of its links.", cure=f"It has pages 1 to {last}.")
    document = f"{request.app.state.settings.address}{path}.{form.suffix}"
    triples = description.of_thing(snapshot, iri, document, number)
    return _document(request, path, form, description.written(triples, form))


def _document(request: Request, path: str, form: Form, written: IO[bytes]) -> Response:
    root = request.app.state.settings.root_path
    headers = {
        **CORS,
        "Vary": "Accept",
        "Link": _alternates(request, path),
        "Content-Location": f"{root}{path}.{form.suffix}",
        "Cache-Control": "no-cache",
    }
    return StreamingResponse(_chunks(written), 200, headers, form.content_type)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _alternates(request: Request, path: str) -> str:
    """The other forms, as a Link header; the path is encoded already."""
    root = request.app.state.settings.root_path
    return ", ".join(
        f'<{root}{path}.{form.suffix}>; rel="alternate"; type="{form.media}"'
        for form in (HTML, *description.FORMS)
    )


def _made_for(path: str, snapshot: Snapshot, asked: Asked) -> Page | None:
    """The page that the explorer has at this address; None where it has none."""
    for kind in kinds():
        pattern, _, convertors = compile_path(kind.path)
        if found := pattern.match(unquote(path)):
            given = {name: str(convertors[name].convert(part)) for name, part in found.groupdict().items()}
            return kind.make(snapshot, Asked(given, asked.query, asked.form))
    return None


def _query(request: Request) -> dict[str, tuple[str, ...]]:
    from councilgraph.explorer.app import queries

    return queries(request)
