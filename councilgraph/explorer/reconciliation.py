"""The W3C Reconciliation Service API 0.2 at ``/reconcile``, for OpenRefine and its like.

Answers may be read from any site (CORS). JSONP is refused: it would run our answer as a
script in somebody else's page.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from councilgraph.errors import CouncilgraphError, UsageError
from councilgraph.explorer import responses
from councilgraph.explorer.entity import known
from councilgraph.explorer.page import NotFoundError
from councilgraph.explorer.rendering import environment
from councilgraph.iris import IRIS
from councilgraph.linking.joined import registry_of
from councilgraph.reconciliation.batch import TooManyError, parse
from councilgraph.reconciliation.service import Reconciler, suggest_properties
from councilgraph.resources import data_folder

router = APIRouter(prefix="/reconcile", include_in_schema=False)

CORS = {"Access-Control-Allow-Origin": "*"}
# A client shows the preview in a frame of its own page.
_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_FORM = "application/x-www-form-urlencoded"
_METHODS = ["GET", "HEAD"]
_opening = threading.Lock()


@router.options("")
@router.options("/{rest:path}")
def preflight() -> Response:
    """What programs of other sites may send."""
    allowed = {
        "Access-Control-Allow-Methods": "GET, HEAD, POST",
        "Access-Control-Allow-Headers": "Accept, Content-Type",
    }
    return Response(status_code=204, headers={**CORS, **allowed, "Access-Control-Max-Age": "86400"})


@router.api_route("", methods=_METHODS)
def asked(request: Request) -> Response:
    """The manifest, or the answers to a batch in the address."""
    _no_script(request.query_params.get("callback"))
    batch = request.query_params.get("queries")
    if batch is None:
        return _json(_reconciler(request).manifest(request.app.state.settings.address))
    return _answered(request, batch)


@router.post("")
async def posted(request: Request) -> Response:
    """The answers to a batch."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        error = UsageError(
            "The batch is not sent as a form.", cure=f"Send it as {_FORM}, in the field 'queries'."
        )
        return _failed(request, error, 415)
    body = await request.body()
    try:
        form = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20)
    except (UnicodeDecodeError, ValueError):
        return _failed(request, UsageError("The form cannot be read.", cure="Send it in UTF-8."), 400)
    _no_script(*form.get("callback", ()))
    if "queries" not in form:
        error = UsageError("The form has no field 'queries'.", cure="Put the batch there, as JSON.")
        return _failed(request, error, 400)
    return await run_in_threadpool(_answered, request, form["queries"][-1])


@router.api_route("/suggest/{what}", methods=_METHODS)
def suggest(request: Request, what: str) -> Response:
    """Bodies, kinds of bodies or properties whose names begin as ``prefix``."""
    _no_script(request.query_params.get("callback"))
    prefix = request.query_params.get("prefix", "")[:200]
    given = request.query_params.get("cursor", "") or "0"
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        return _failed(request, UsageError("The cursor is no whole number.", cure="Leave it out."), 400)
    cursor = int(given)
    if what == "entity":
        found = _reconciler(request).suggest(prefix, cursor)
    elif what == "type":
        found = _reconciler(request).suggest_types(prefix)[cursor:]
    elif what == "property":
        found = suggest_properties(prefix)[cursor:]
    else:
        raise NotFoundError(f"Nothing suggests {what[:40]!r}.", cure="Ask for entity, type or property.")
    return _json({"result": found})


@router.api_route("/view", methods=_METHODS)
def view(request: Request) -> Response:
    """From a body's id to its page; a body that only a register knows has its preview."""
    snapshot = request.app.state.snapshots.current()
    id = request.query_params.get("id", "")
    entry = _entry(request, id)
    key = id.removeprefix(IRIS.id)
    root = request.app.state.settings.root_path
    if known(snapshot, IRIS.id + key):
        return RedirectResponse(f"{root}/id/{key}", 303, CORS)
    return _preview(request, entry, key)


@router.api_route("/preview", methods=_METHODS)
def preview(request: Request) -> Response:
    """A small page about a body, to be shown in a frame."""
    id = request.query_params.get("id", "")
    return _preview(request, _entry(request, id), id.removeprefix(IRIS.id))


def _entry(request: Request, id: str) -> Any:
    try:
        return _reconciler(request).entry(id)
    except UsageError as error:
        raise NotFoundError(error.what, cure=error.cure) from None


def _preview(request: Request, entry: Any, key: str) -> Response:
    snapshot = request.app.state.snapshots.current()
    text = (
        environment()
        .get_template("reconcile_preview.html")
        .render(
            name=entry.names[0].text,
            facts=_reconciler(request).facts(entry),
            address=f"/id/{key}" if known(snapshot, IRIS.id + key) else "",
            link=responses.links(request).to,
        )
    )
    return Response(text, headers={**CORS, "Content-Security-Policy": _FRAMED}, media_type="text/html")


def _answered(request: Request, batch: str) -> Response:
    try:
        questions = parse(batch)
    except TooManyError as error:
        return _failed(request, error, 413)
    reconciler = _reconciler(request)
    return _json({key: {"result": reconciler.candidates(one)} for key, one in questions.items()})


def _reconciler(request: Request) -> Reconciler:
    """The tables and the registry of the store, opened anew when the registry has changed."""
    state = request.app.state
    registry, data = registry_of(state.settings.store), Path(data_folder())
    sign = (str(data), str(registry), _sign(registry))
    held = getattr(state, "reconciler", None)
    if held is not None and held[0] == sign:
        found: Reconciler = held[1]
        return found
    with _opening:
        held = getattr(state, "reconciler", None)
        if held is None or held[0] != sign:
            # The one before is not closed here: another thread may be asking it. It ends with its last user.
            held = (sign, Reconciler(data, registry))
            state.reconciler = held
    made: Reconciler = held[1]
    return made


def _sign(registry: Path | None) -> tuple[int, int, int] | None:
    if registry is None:
        return None
    try:
        found = os.stat(registry)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _no_script(*callbacks: str | None) -> None:
    if any(one is not None for one in callbacks):
        raise UsageError(
            "JSONP is not offered: it runs answers as scripts.",
            cure="Leave 'callback' out; answers may be read from any site (CORS).",
        )


def _failed(request: Request, error: CouncilgraphError, status: int) -> Response:
    return responses.respond_error(request, error, status)


def _json(value: Any) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(body, headers={**CORS, "Cache-Control": "no-cache"}, media_type="application/json")
