"""What a request is answered with: a page in the form that was asked for, or an error in it."""

from __future__ import annotations

import hashlib
import json

from starlette.requests import Request
from starlette.responses import Response

from councilgraph.errors import CouncilgraphError, InputError, QueryError, StoreError, UsageError
from councilgraph.explorer import data, rendering
from councilgraph.explorer.links import SUFFIXES, LiveLinks
from councilgraph.explorer.page import NotFoundError, Page
from councilgraph.explorer.snapshot import Snapshot

HTML = "text/html; charset=utf-8"
PROBLEM = "application/problem+json"
_TITLES = {
    400: "This cannot be answered as it was asked",
    403: "This is refused",
    404: "There is no such page",
    405: "This page cannot be changed",
    406: "Not in this form",
    413: "Too much at once",
    414: "The address is too long",
    415: "Not in this form",
    431: "The address is too long",
    500: "Something went wrong",
    503: "Not ready just now",
}


def links(request: Request) -> LiveLinks:
    """Addresses as this server writes them."""
    settings = request.app.state.settings
    return LiveLinks(settings.root_path, review=settings.review is not None)


def wanted(request: Request, suffix: str = "") -> str:
    """The form that was asked for: by suffix, else by Accept; "html", "json", "csv" or "xlsx"."""
    if suffix:
        return suffix
    return accepted(request.headers.get("accept", ""), _OFFERED) or "html"


def accepted(accept: str, offered: dict[str, str]) -> str:
    """The name in ``offered`` (media type to name) that Accept likes best, "" for none.

    Among equals the first of ``offered`` wins; no header accepts everything.
    """
    ranges: list[tuple[str, float]] = []
    for part in accept.split(","):
        kind, *options = (piece.strip().lower() for piece in part.split(";"))
        quality = next((o[2:].strip() for o in options if o.startswith("q=")), "1")
        try:
            ranges.append((kind, max(0.0, min(1.0, float(quality)))))
        except ValueError:
            ranges.append((kind, 0.0))
    best, best_quality = "", 0.0
    for kind, name in offered.items():
        fits = [
            (0 if asked == "*/*" else len(asked), quality)
            for asked, quality in ranges
            if asked in (kind, "*/*") or (asked.endswith("/*") and kind.startswith(asked[:-1]))
        ]
        liked = max(fits)[1] if fits else (0.0 if accept.strip() else 1.0)
        if liked > best_quality:
            best, best_quality = name, liked
    return best


_OFFERED = {
    "text/html": "html",
    "application/json": "json",
    "text/csv": "csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


def respond(request: Request, page: Page, snapshot: Snapshot, suffix: str = "") -> Response:
    """A page in the form that was asked for.

    Raises:
        NotFoundError: a table was asked for that the page does not have.
    """
    form = wanted(request, suffix)
    address = asked_address(request, suffix)
    only = request.query_params.get("table", "")
    if form == "html":
        text = rendering.render(page, snapshot, links(request), True, address=address)
        body, media = text.encode(), HTML
    elif form == "json":
        tables = [data.table_of(page, only)] if only else None
        body, media = (
            data.as_json(page, address=address, version=snapshot.version, tables=tables),
            SUFFIXES["json"],
        )
    elif form == "csv":
        body, media = data.as_csv(data.table_of(page, only)), SUFFIXES["csv"]
    else:
        tables = [data.table_of(page, only)] if only else list(page.tables) or [data.table_of(page)]
        body, media = data.as_xlsx(tables), SUFFIXES["xlsx"]
    response = Response(body, media_type=media)
    if form in ("csv", "xlsx"):
        response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(request, only)}.{form}"'
    return cached(request, response, body)


def cached(request: Request, response: Response, body: bytes) -> Response:
    """The response with an ETag, or 304 where the reader has it already."""
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    given = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if tag in given:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def asked_address(request: Request, suffix: str = "") -> str:
    """The address of the page that was asked for, without root path and suffix, encoded as it came."""
    raw = request.scope.get("raw_path") or request.url.path.encode()
    path = raw.decode("ascii", "replace").partition("?")[0]
    root = request.app.state.settings.root_path
    if root and path.startswith(root + "/"):
        path = path[len(root) :]
    if suffix:
        path = path.removesuffix("." + suffix)
    path = "/" if path in ("/index", "") else path
    query = "&".join(part for part in request.url.query.split("&") if part and not part.startswith("table="))
    return path + (f"?{query}" if query else "")


def status_of(error: CouncilgraphError) -> int:
    """The HTTP status of an error."""
    if isinstance(error, NotFoundError):
        return 404
    if isinstance(error, StoreError):
        return 503
    return 400 if isinstance(error, (UsageError, QueryError, InputError)) else 500


def respond_error(request: Request, error: CouncilgraphError, status: int | None = None) -> Response:
    """An error as a page, or as a JSON problem for .json and the API."""
    status = status or status_of(error)
    title = _TITLES.get(status, _TITLES[400] if status < 500 else _TITLES[500])
    # A program of another site must be able to read why it got no answer.
    headers = {"Cache-Control": "no-store", "Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    if status == 503:
        headers["Retry-After"] = "30"
    if _wants_problem(request):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": error.what}
        problem.update({k: v for k, v in (("where", error.where), ("cure", error.cure)) if v})
        return Response(json.dumps(problem, ensure_ascii=False).encode(), status, headers, PROBLEM)
    text = rendering.render_error(error, title, links(request), status=status)
    return Response(text.encode(), status, headers, HTML)


def _wants_problem(request: Request) -> bool:
    path = request.url.path.removeprefix(request.app.state.settings.root_path)
    machine = path.startswith(("/api/", "/reconcile", "/sparql")) and path != "/api/docs"
    if machine or path.endswith((".json", ".csv", ".xlsx")):
        return True
    kinds = {
        "text/html": "html",
        "application/xhtml+xml": "html",
        PROBLEM: "json",
        "application/json": "json",
    }
    return accepted(request.headers.get("accept", ""), kinds) == "json"


def _file_name(request: Request, table: str) -> str:
    """A plain name out of the path: nothing of a request goes into a header as it came."""
    words = "".join(c if c.isalnum() and c.isascii() else "-" for c in request.url.path.rsplit(".", 1)[0])
    name = "-".join(part for part in words.split("-") if part)[:80] or "councilgraph"
    return name + (f"-{''.join(c for c in table if c.isalnum() or c == '-')[:40]}" if table else "")
