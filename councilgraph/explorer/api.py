"""Stored questions for programs: ``/api/questions/{id}`` with typed parameters, and their OpenAPI.

The form of an answer is chosen by suffix (``/api/questions/Q01.csv``) or by Accept. An
answer is whole or an error: what would pass a limit of the server says which one.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from fastapi import APIRouter, Request
from fastapi.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse

from councilgraph import results
from councilgraph.catalogue import Query
from councilgraph.errors import UsageError
from councilgraph.explorer import asking, description, openapi, rendering, responses
from councilgraph.explorer.negotiation import JSON, XLSX, Form, choose
from councilgraph.explorer.page import NotFoundError, Page, Table
from councilgraph.explorer.settings import Limits
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.notice import LICENCE
from councilgraph.results import Result, json_records
from councilgraph.version import __version__

router = APIRouter(prefix="/api", include_in_schema=False)

CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
_METHODS = ["GET", "HEAD"]
_WRITERS = {"csv": "csv", "tsv": "tsv", "xlsx": "xlsx", "srj": "sparql-json"}
_IN_MEMORY = 1024 * 1024  # bytes of an answer; a longer one waits on disk until it is sent
_CHUNK = 64 * 1024


@router.api_route("", methods=_METHODS)
@router.api_route("/", methods=_METHODS)
def start(request: Request) -> Response:
    """Where the interface is described."""
    return RedirectResponse(f"{request.app.state.settings.root_path}/api/docs", 303)


@router.options("/openapi.json")
@router.options("/questions")
@router.options("/questions/{name}")
def preflight() -> Response:
    """What programs of other sites may send: questions, no changes."""
    allowed = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Headers": "Accept"}
    return Response(status_code=204, headers={**CORS, **allowed, "Access-Control-Max-Age": "86400"})


@router.api_route("/openapi.json", methods=_METHODS)
def description_of_api(request: Request) -> Response:
    """The interface as OpenAPI."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    address = request.app.state.settings.address
    made = snapshot.once(f"openapi {address}", lambda held: _json(openapi.document(held, address)))
    return responses.cached(request, Response(made, headers=CORS, media_type=JSON.media), made)


@router.api_route("/docs", methods=_METHODS)
def docs(request: Request) -> Response:
    """The interface described for people."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    address = request.app.state.settings.address
    content = {
        "queries": asking.stored(snapshot),
        "api": address,
        "tables": openapi.TABLES,
        "graphs": openapi.GRAPHS,
    }
    page = Page(
        "api_docs.html",
        "The questions as an interface for programs",
        content,
        (),
        "How to ask the stored questions from a program: addresses, parameters, forms of answers.",
        "",
        (("Questions", "/questions"),),
    )
    text = rendering.render(page, snapshot, responses.links(request), True, address="/api/docs")
    return responses.cached(request, Response(text, media_type="text/html"), text.encode())


@router.api_route("/questions", methods=_METHODS)
@router.api_route("/questions.json", methods=_METHODS)
def questions(request: Request) -> Response:
    """Every question with its parameters and columns."""
    from councilgraph.explorer.app import queries

    snapshot: Snapshot = request.app.state.snapshots.current()
    words = " ".join(queries(request).get("q", ())).casefold().split()[:20]
    address = request.app.state.settings.address
    listed = [openapi.described(query, address) for query in asking.stored(snapshot)]
    if words:
        listed = [one for one in listed if all(word in json.dumps(one).casefold() for word in words)]
    body = _json(
        {"version": snapshot.version, "software": f"councilgraph {__version__}", "questions": listed}
    )
    return responses.cached(request, Response(body, headers=CORS, media_type=JSON.media), body)


@router.api_route("/questions/{name}", methods=_METHODS)
def question(request: Request, name: str) -> Response:
    """The answer of one question."""
    from councilgraph.explorer.app import queries

    snapshot: Snapshot = request.app.state.snapshots.current()
    query, form = _asked(request, snapshot, name)
    values = asking.given(query, queries(request))
    headers = {
        **CORS,
        "Cache-Control": "no-cache",
        "Vary": "Accept",
        "Link": f'<{LICENCE}>; rel="license"',
        "ETag": _tag(snapshot, query, values, form),
    }
    seen = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if headers["ETag"] in seen:
        return Response(status_code=304, headers=headers)
    if form in (XLSX, openapi.TSV) or form.suffix == "csv":
        headers["Content-Disposition"] = f'attachment; filename="{query.id}.{form.suffix}"'
    if form is openapi.SPARQL:
        return Response(asking.sparql(snapshot, query, values), 200, headers, form.content_type)
    limits: Limits = request.app.state.settings.limits
    written = _written(snapshot, query, values, form, limits)
    return StreamingResponse(_chunks(written), 200, headers, form.content_type)


def _asked(request: Request, snapshot: Snapshot, name: str) -> tuple[Query, Form]:
    """The question and the form of its answer, from the suffix or from Accept.

    Raises:
        NotFoundError: there is no such question, or not in the form of its suffix.
    """
    stem, dot, suffix = name.rpartition(".")
    query = asking.find(snapshot, stem if dot else name)
    forms = openapi.GRAPHS if query.form == "CONSTRUCT" else openapi.TABLES
    if dot:
        for form in forms:
            if form.suffix == suffix:
                return query, form
        listed = ", ".join(f".{form.suffix}" for form in forms)
        raise NotFoundError(
            f"The answer cannot be had as .{suffix[:20]}.", cure=f"It can be had as {listed}."
        )
    chosen = choose(request.headers.get("accept"), forms)
    if chosen is None:
        listed = ", ".join(form.media for form in forms)
        raise HTTPException(406, f"It cannot be had in that form; it can be had as {listed}.")
    return query, chosen


def _written(
    snapshot: Snapshot, query: Query, values: dict[str, str], form: Form, limits: Limits
) -> IO[bytes]:
    """The whole answer as a file at its start.

    Raises:
        UsageError: a value is wrong, or the answer passes a limit of the server.
    """
    if query.form == "CONSTRUCT":
        out = description.written(asking.graph(snapshot, query, values), form)
    else:
        table = asking.answer(snapshot, query, values)
        if len(table.rows) > limits.result_rows:
            raise _too_long(f"{len(table.rows):,} rows; this server gives at most {limits.result_rows:,}")
        out = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        if form is JSON:
            _write_json(out, snapshot, query, values, table)
        else:
            result = Result(table.columns, iter(table.rows), table.title)
            results.write(result, _WRITERS[form.suffix], out)  # type: ignore[arg-type]
    size = out.seek(0, io.SEEK_END)
    if size > limits.result_bytes:
        out.close()
        raise _too_long(f"{size:,} bytes; this server gives at most {limits.result_bytes:,}")
    out.seek(0)
    return out


def _write_json(
    out: IO[bytes], snapshot: Snapshot, query: Query, values: dict[str, str], table: Table
) -> None:
    """The answer with its question, its source and its count, one row a line."""
    head: dict[str, Any] = {
        "id": query.id,
        "question": query.question,
        "parameters": values,
        "version": snapshot.version,
        "software": f"councilgraph {__version__}",
        "licence": LICENCE,
        "note": openapi.NOTE,
        "count": len(table.rows),
    }
    out.write(_json(head).rstrip()[:-1] + b',\n"rows": [')
    names = [column.name for column in table.columns]
    for number, row in enumerate(table.rows):
        record = {name: json_records.plain(value) for name, value in zip(names, row, strict=True)}
        out.write((b",\n" if number else b"\n") + json.dumps(record, ensure_ascii=False).encode())
    out.write(b"\n]}\n")


def _too_long(what: str) -> UsageError:
    return UsageError(
        f"The answer has {what}.",
        cure="Narrow the question by council, region, type or date, give a limit, or use the command line.",
    )


def _tag(snapshot: Snapshot, query: Query, values: dict[str, str], form: Form) -> str:
    """A build never changes, so the question itself tells whether a reader has the answer already."""
    asked = json.dumps([__version__, snapshot.version, query.text, sorted(values.items()), form.suffix])
    return f'W/"{hashlib.blake2b(asked.encode(), digest_size=12).hexdigest()}"'


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()
