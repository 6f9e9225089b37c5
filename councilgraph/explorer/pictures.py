"""Pictures over HTTP: /pictures/{name}.svg, .png and .html with the choices in the query string.

The pages around them, with their forms, are `pages.pictures`.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from councilgraph.explorer import responses
from councilgraph.explorer.kept import Kept
from councilgraph.explorer.page import Asked
from councilgraph.explorer.pages.pictures import choices_of, drawn, found, narrow
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.pictures import FORMATS
from councilgraph.pictures.writing import as_bytes

router = APIRouter()
_MIB = 1024 * 1024
_dots: Kept[bytes] = Kept(32 * _MIB, len)


def _file(request: Request, name: str, format: str) -> Response:
    from councilgraph.explorer.app import queries

    snapshot: Snapshot = request.app.state.snapshots.current()
    kind = found(name)
    chosen = choices_of(kind, Asked({"name": name}, queries(request)))
    # A page of its own is for a screen, the other two are for paper.
    picture = drawn(snapshot, kind, narrow(kind, chosen) if format == "html" else chosen)
    if format == "png":
        key = (snapshot.build, kind.name, tuple(sorted(chosen.items())))
        data = _dots.of(key, lambda: as_bytes(picture, format, apart=True))
    else:
        data = as_bytes(picture, format)
    response = Response(data, media_type=FORMATS[format])
    if format == "html":
        response.headers["Content-Security-Policy"] = f"{_own_policy()}; frame-ancestors 'none'"
    elif format == "svg":
        # On its own it is a document: it may draw itself and do nothing else.
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    response.headers["Content-Disposition"] = f'inline; filename="{kind.name}.{format}"'
    return responses.cached(request, response, data)


def _own_policy() -> str:
    """The policy of a page that brings its own style along."""
    from councilgraph.pictures.page import POLICY as own

    return own


@router.api_route("/pictures/{name}.svg", methods=["GET", "HEAD"], include_in_schema=False)
def as_svg(request: Request, name: str) -> Response:
    """The drawing."""
    return _file(request, name, "svg")


@router.api_route("/pictures/{name}.png", methods=["GET", "HEAD"], include_in_schema=False)
def as_png(request: Request, name: str) -> Response:
    """The drawing as dots."""
    return _file(request, name, "png")


@router.api_route("/pictures/{name}.html", methods=["GET", "HEAD"], include_in_schema=False)
def as_html(request: Request, name: str) -> Response:
    """The drawing and its table as one file."""
    return _file(request, name, "html")
