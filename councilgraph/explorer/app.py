"""The explorer behind HTTP: every kind of page, the other routers, errors and limits."""

from __future__ import annotations

import importlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from councilgraph.errors import CouncilgraphError, StoreError, UsageError
from councilgraph.explorer import responses
from councilgraph.explorer.links import SUFFIXES
from councilgraph.explorer.page import Asked, Kind, NotFoundError
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.rendering import STATIC
from councilgraph.explorer.security import Guard
from councilgraph.explorer.settings import Settings
from councilgraph.explorer.snapshot import Snapshots
from councilgraph.explorer.warming import warm
from councilgraph.version import __version__

_log = logging.getLogger("councilgraph.explorer")

# Modules with a ``router`` of their own; they come before the pages.
ROUTERS = (
    "councilgraph.explorer.pictures",
    "councilgraph.explorer.api",
    "councilgraph.explorer.linked_data",
    "councilgraph.explorer.reconciliation",
    "councilgraph.explorer.feeds",
    "councilgraph.explorer.sparql",
    "councilgraph.explorer.editor",
)


class _Ending(Convertor[str]):
    """The suffix of an address, only where it is one of ours: a key may hold a dot."""

    regex = "|".join(SUFFIXES)

    def convert(self, value: str) -> str:
        """The suffix."""
        return value

    def to_string(self, value: str) -> str:
        """The suffix."""
        return value


def create_app(settings: Settings) -> FastAPI:
    """The application.

    Its state holds ``settings`` and ``snapshots``; the store is opened at the first request,
    so that a server can be started before the first build.
    """
    register_url_convertor("ending", _Ending())
    app = FastAPI(
        title="councilgraph",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    # Uvicorn would put its own root path in front of paths that the web server passed on whole.
    app.root_path = settings.root_path
    app.state.settings = settings
    app.state.closing = []
    app.state.snapshots = Snapshots(
        settings.store, memory=settings.memory, warm=warm, previous=settings.previous or None
    )
    app.add_middleware(_Mounted, root=settings.root_path)
    if settings.review is not None:
        from councilgraph.explorer.review import router as review

        review.add_to(app, settings.review)
    app.add_middleware(Guard, limits=settings.limits, broken=_broken)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for name in ROUTERS:
        app.include_router(importlib.import_module(name).router)
    for kind in kinds():
        answer = _answer(kind)
        stem = "/index" if kind.path == "/" else kind.path
        app.add_api_route(stem + ".{ending:ending}", answer, include_in_schema=False, methods=["GET", "HEAD"])
        app.add_api_route(kind.path, answer, include_in_schema=False, methods=["GET", "HEAD"])
    app.add_exception_handler(CouncilgraphError, _failed)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    return app


class _Mounted:
    """Takes the root path in front of an address for known, whether the web server left it there or not."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self.app, self.root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.root and scope["type"] == "http":
            path, raw = scope["path"], scope.get("raw_path") or scope["path"].encode()
            if not path.startswith(self.root + "/"):
                path, raw = self.root + path, self.root.encode() + raw
            scope = {**scope, "root_path": self.root, "path": path, "raw_path": raw}
        await self.app(scope, receive, send)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Routers that hold processes leave a function in ``app.state.closing``."""
    # Threads of their own, so that neither long queries nor many readers hold up the other.
    app.state.page_threads = CapacityLimiter(app.state.settings.limits.page_threads)
    yield
    while app.state.closing:
        app.state.closing.pop()()


def _answer(kind: Kind) -> Callable[[Request], Awaitable[Response]]:
    def make(request: Request) -> Response:
        path = dict(request.path_params)
        suffix = str(path.pop("ending", ""))
        snapshot = request.app.state.snapshots.current()
        form = responses.wanted(request, suffix)
        page = kind.make(snapshot, Asked({k: str(v) for k, v in path.items()}, queries(request), form))
        return responses.respond(request, page, snapshot, suffix)

    async def answer(request: Request) -> Response:
        limiter: CapacityLimiter | None = getattr(request.app.state, "page_threads", None)
        return await to_thread.run_sync(make, request, limiter=limiter)

    answer.__name__ = kind.name.replace("-", "_")
    return answer


def queries(request: Request) -> dict[str, tuple[str, ...]]:
    """The query string: name to values.

    Raises:
        UsageError: it holds more names than any form of ours, or a control character.
    """
    pairs = request.query_params.multi_items()
    if len(pairs) > 100:
        raise UsageError("The address holds more than 100 values.", cure="Ask for less at once.")
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if any(ord(c) < 32 and c not in "\t\r\n" for c in value):
            raise UsageError(f"The value of {name!r} holds a control character.", cure="Type it again.")
        found[name] = (*found.get(name, ()), value)
    return found


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, CouncilgraphError)
    if isinstance(error, StoreError):
        _log.error("%s", error)
    return responses.respond_error(request, error)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        shown: CouncilgraphError = NotFoundError(
            "There is nothing at this address.",
            cure="Check the address, or begin at the home page.",
        )
    elif error.status_code == 405:
        shown = UsageError(f"{request.method} is not possible here: this page is read-only.", cure="Use GET.")
    else:
        shown = UsageError(str(error.detail))
    response = responses.respond_error(request, shown, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first: dict[str, Any] = dict(error.errors()[0]) if error.errors() else {}
    place = ".".join(str(part) for part in first.get("loc", ())[1:])
    return responses.respond_error(
        request, UsageError(f"{place}: {first.get('msg', 'this is not what was expected')}."), 400
    )


def _broken(request: Request, error: Exception) -> Response:
    _log.exception("no answer to %s", request.url.path, exc_info=error)
    shown = CouncilgraphError(
        "A case that was not foreseen.",
        cure="Try again; if it stays, tell those who run this site what you asked for.",
    )
    return responses.respond_error(request, shown, 500)
