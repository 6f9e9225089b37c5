"""The SPARQL 1.1 Protocol at ``/sparql``, read-only, for any client and any web page."""

from __future__ import annotations

import asyncio
import functools
import json
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from councilgraph.errors import CouncilgraphError, QueryError, StoreError
from councilgraph.explorer import responses
from councilgraph.explorer.negotiation import HTML, Form, choose
from councilgraph.explorer.settings import Settings
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.explorer.sparql_description import description, written
from councilgraph.explorer.sparql_request import (
    GRAPHS,
    TABLES,
    Asked,
    MediaTypeError,
    media_type,
    preferred,
    read,
)
from councilgraph.service.failures import BusyError, LimitError, RefusedError, StoppedError
from councilgraph.service.pool import Answer, Pool, Ticket
from councilgraph.service.process import Bounds, Question

router = APIRouter()

QUEUE = 200  # requests that wait while all workers are busy
PIECE = 256 * 1024  # bytes of an answer that are read and sent at a time
LOOK_SECONDS = 0.5  # how often it is looked whether the client is still there
_PROBLEM = Form("problem", responses.PROBLEM, "problem", ("application/json",))
_TEXT = Form("txt", "text/plain", "text")
# The graph is public and nothing here can be changed: every web page may ask.
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
_PREFLIGHT = {
    **_CORS,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, User-Agent, X-Requested-With",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, POST, OPTIONS",
}


@dataclass(frozen=True)
class Desk:
    """The pool of an application, and the threads that wait for its answers."""

    pool: Pool
    threads: ThreadPoolExecutor

    def close(self) -> None:
        """End all queries and workers."""
        self.pool.close()
        self.threads.shutdown(wait=False, cancel_futures=True)


@router.api_route("/sparql", methods=["GET", "HEAD", "POST"], include_in_schema=False)
async def sparql(request: Request) -> Response:
    """Answer a query, describe the service, or lead a browser to the editor."""
    try:
        asked = read(
            request.method,
            request.scope.get("query_string", b""),
            request.headers.get("content-type", ""),
            await _body(request),
        )
        accept = request.headers.get("accept")
        if request.method != "POST" and not asked.format and _from_browser(accept):
            return _to_editor(request, asked)
        if asked.query is None:
            return await asyncio.to_thread(_describe, request, accept)
        return await _answered(request, asked, asked.query, accept)
    except CouncilgraphError as error:
        return problem(error, request.headers.get("accept"))


@router.options("/sparql", include_in_schema=False)
async def preflight() -> Response:
    """Tell a browser that pages of other sites may ask."""
    return Response(status_code=204, headers=_PREFLIGHT)


def desk(request: Request) -> Desk:
    """The pool of this application; made, and its workers started, when first asked for."""
    state = request.app.state
    if not hasattr(state, "sparql"):
        settings: Settings = state.settings
        limits = settings.limits
        bounds = Bounds(
            limits.query_seconds,
            limits.query_memory,
            limits.result_bytes,
            limits.result_rows,
            settings.service_hosts,
        )
        pool = Pool(settings.store, bounds, workers=settings.workers, queue=QUEUE)
        # Threads only wait; those beyond the queue let the pool say that it is full.
        threads = ThreadPoolExecutor(settings.workers + QUEUE + 4, thread_name_prefix="sparql")
        state.sparql = Desk(pool, threads)
        weakref.finalize(request.app, state.sparql.close)
        if hasattr(state, "closing"):
            state.closing.append(state.sparql.close)
        pool.warm_beside()
    found: Desk = state.sparql
    return found


def problem(error: CouncilgraphError, accept: str | None = None) -> Response:
    """An error as a JSON problem (RFC 9457), or as text for a client that says it would read that."""
    status = _status(error)
    headers = {**_CORS, "Cache-Control": "no-store", "Vary": "Accept"}
    if status == 503:
        headers["Retry-After"] = str(error.seconds if isinstance(error, BusyError) else 30)
    if choose(accept, (_PROBLEM, _TEXT)) is _TEXT:
        return Response(f"{error}\n".encode(), status, headers, _TEXT.content_type)
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": _title(error),
        "status": status,
        "detail": error.what,
    }
    content |= {name: text for name, text in (("where", error.where), ("cure", error.cure)) if text}
    if isinstance(error, LimitError):
        content["limit"] = error.limit
    body = json.dumps(content, ensure_ascii=False).encode()
    return Response(body, status, headers, _PROBLEM.media)


class WholeAnswer(Response):
    """Sends an answer that is complete already, with its length: a cut can never look like an end."""

    def __init__(self, answer: Answer, headers: dict[str, str]) -> None:
        super().__init__(headers={**headers, "Content-Length": str(answer.size)})
        self._answer: Answer | None = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it piece by piece."""
        assert self._answer is not None
        answer, self._answer = self._answer, None
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        with answer.file as file:
            left = answer.size if scope["method"] != "HEAD" else 0
            while left > 0:
                piece = file.read(min(PIECE, left))
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _answered(request: Request, asked: Asked, query: str, accept: str | None) -> Response:
    question = Question(query, asked.forms(accept), asked.default_graphs, asked.named_graphs)
    here, ticket = desk(request), Ticket()
    work = asyncio.get_running_loop().run_in_executor(
        here.threads, functools.partial(here.pool.answer, question, ticket)
    )
    try:
        while not (await asyncio.wait({work}, timeout=LOOK_SECONDS))[0]:
            if await request.is_disconnected():
                ticket.stop()
        answer = await work
    except asyncio.CancelledError:
        ticket.stop()  # the server is ending
        raise
    return WholeAnswer(
        answer,
        {**_CORS, "Content-Type": media_type(answer.form), "Vary": "Accept", "Cache-Control": "no-cache"},
    )


async def _body(request: Request) -> bytes:
    """The body of the request, which the guard before the routes has limited in length."""
    return await request.body() if request.method == "POST" else b""


def _from_browser(accept: str | None) -> bool:
    """Does it want a page? No client of SPARQL asks for HTML before all else."""
    return choose(accept, (TABLES[0], GRAPHS[0], HTML)) is HTML


def _to_editor(request: Request, asked: Asked) -> Response:
    query = f"?query={quote(asked.query, safe='')}" if asked.query is not None else ""
    address = responses.links(request).to(f"/editor{query}")
    return RedirectResponse(address, 303, {**_CORS, "Vary": "Accept"})


def _describe(request: Request, accept: str | None) -> Response:
    form = preferred(accept, GRAPHS)
    settings: Settings = request.app.state.settings
    snapshot: Snapshot = request.app.state.snapshots.current()
    graphs = snapshot.once("sparql-graphs", _named_graphs)
    triples = description(f"{settings.address}/sparql", graphs, asks_others=bool(settings.service_hosts))
    headers = {**_CORS, "Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(written(triples, form.suffix), 200, headers, media_type(form.suffix))


def _named_graphs(snapshot: Snapshot) -> list[str]:
    return [str(graph.value) for graph in snapshot.graph.store.graph.named_graphs()]


def _status(error: CouncilgraphError) -> int:
    if isinstance(error, (BusyError, StoreError, StoppedError)):
        return 503
    if isinstance(error, MediaTypeError):
        return 415
    if isinstance(error, RefusedError):
        return 403
    # A limit is an error of the request: the same query will reach it again, and a client
    # that tries again after a 5xx would only make the service slower.
    return 400 if isinstance(error, QueryError) else 500


def _title(error: CouncilgraphError) -> str:
    if isinstance(error, LimitError):
        return "The query reached a limit"
    titles = {
        400: "The query cannot be answered",
        403: "Refused",
        415: "Not a way to send a query",
        503: "Not ready just now",
    }
    return titles.get(_status(error), "Something went wrong")
