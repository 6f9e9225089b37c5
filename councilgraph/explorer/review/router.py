"""The addresses of the review. Reading changes nothing; a decision is a POST from our own form."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from councilgraph.errors import CouncilgraphError, InputError, UsageError
from councilgraph.explorer import rendering, responses
from councilgraph.explorer.app import queries
from councilgraph.explorer.page import Asked, Page
from councilgraph.explorer.review import fence
from councilgraph.explorer.review.board import Board, chosen, put_in, seen, standing, thing_of
from councilgraph.explorer.review.fields import changed, given
from councilgraph.explorer.review.form import Sent, TooLongError, one, sent
from councilgraph.explorer.review.pages import DECIDED, Trouble, item_page, next_address, queue_page
from councilgraph.explorer.settings import Reviewing
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.reviews.correcting import NEEDED

router = APIRouter(prefix=fence.PATH, include_in_schema=False)

_READING = ["GET", "HEAD"]
_VERBS = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "note": "open"}


def add_to(app: FastAPI, settings: Reviewing) -> None:
    """Put the pages of the review into an explorer, and the fence round it."""
    app.state.board = Board(settings)
    app.add_middleware(fence.Fence, host=app.state.settings.host)
    app.include_router(router)


@router.api_route("", methods=_READING)
async def queue(request: Request) -> Response:
    """The queue."""
    asked = _asked(request)
    return await _threaded(
        request, lambda held, board: queue_page(held, board, asked, end=bool(asked.one("end")))
    )


@router.api_route("/item", methods=_READING)
async def item(request: Request) -> Response:
    """One thing."""
    asked = _asked(request)
    return await _threaded(request, lambda held, board: item_page(held, board, asked))


@router.api_route("/next", methods=_READING)
async def following(request: Request) -> Response:
    """What follows ``after`` in the queue, or its first thing."""
    asked = _asked(request)

    def find(held: Snapshot, board: Board) -> Response:
        choice = chosen(held, asked)
        return _to(request, next_address(held, board, choice, asked.one("after"), asked.one("made")))

    return await _threaded(request, find)


@router.post("/decide")
async def decide(request: Request) -> Response:
    """Take a decision, and go on to the next thing."""
    fields = await _fields(request)
    return (
        fields
        if isinstance(fields, Response)
        else await _threaded(request, lambda held, board: _decide(request, held, board, fields))
    )


@router.post("/undo")
async def undo(request: Request) -> Response:
    """Take back the last decision of this role about a thing, and go back to it."""
    fields = await _fields(request)
    return (
        fields
        if isinstance(fields, Response)
        else await _threaded(request, lambda held, board: _undo(request, held, board, fields))
    )


def _decide(request: Request, held: Snapshot, board: Board, fields: Sent) -> Response:
    asked = Asked({}, fields)
    choice, key, said = chosen(held, asked), one(fields, "thing"), one(fields, "decision")
    if said not in (*_VERBS, "add"):
        raise UsageError("The form has no decision.", cure="Press one of the buttons of the page.")
    try:
        with board.alone(held, again=choice.again) as desk:
            thing = thing_of(desk, key)
            _same(one(fields, "digest"), thing.digest, one(fields, "seen"), seen(desk, thing))
            if said == "add":
                of = one(fields, "of")
                desk.add(thing, of, given(of, fields) if of in NEEDED else {}, one(fields, "note"))
                return _to(request, choice.address("item", thing=key))
            correction = changed(thing, fields) if said == "correct" else {}
            if said == "correct" and not correction:
                raise UsageError(
                    "The correction changes nothing.", cure="Accept it, or change the field that is wrong."
                )
            desk.decide(thing, _VERBS[said], correction, one(fields, "note"))
    except _LateError as late:
        page = item_page(held, board, asked, trouble=Trouble(late, fields, late=True))
        return _shown(request, held, page, 409)
    except InputError:
        raise
    except UsageError as error:
        page = item_page(held, board, asked, trouble=Trouble(error, fields))
        return _shown(request, held, page, 400)
    return _to(request, next_address(held, board, choice, key, key))


def _undo(request: Request, held: Snapshot, board: Board, fields: Sent) -> Response:
    asked = Asked({}, fields)
    choice, key = chosen(held, asked), one(fields, "thing")
    try:
        with board.alone(held) as desk:
            thing = thing_of(desk, key)
            _same(one(fields, "digest"), thing.digest, one(fields, "seen"), seen(desk, thing))
            made = put_in(desk, thing) if one(fields, "what") == "added" else standing(desk, thing)
            own = [each for each in made if each.role == desk.role]
            if not own:
                raise _LateError("There is no decision of yours about it that could be taken back.")
            desk.take_back(thing, own[-1])
    except _LateError as late:
        page = item_page(held, board, asked, trouble=Trouble(late, fields, late=True))
        return _shown(request, held, page, 409)
    back = {} if one(fields, "what") == "added" else {"made": key}
    return _to(request, choice.address("item", thing=key, **back))


class _LateError(UsageError):
    """What the page showed is no longer so."""


def _same(digest: str, digest_now: str, seen: str, seen_now: str) -> None:
    if digest != digest_now:
        raise _LateError(
            "The sentence is not the one that you saw: there is a new build.", cure="Look at it again below."
        )
    if seen != seen_now:
        raise _LateError(
            "Somebody has decided about this since you opened the page.",
            cure="See below what stands. If you still see it otherwise, decide again.",
        )


async def _fields(request: Request) -> Sent | Response:
    """What a form sent, if it is one of ours."""
    try:
        fields = await sent(request)
        given = one(fields, "token")
    except TooLongError as error:
        return responses.respond_error(request, error, 413)
    if not secrets.compare_digest(given.encode(), request.app.state.board.token.encode()):
        return responses.respond_error(
            request,
            UsageError(
                "The form is of another start of the server. Nothing was written.",
                cure="Open the page again and decide anew.",
            ),
            403,
        )
    return fields


async def _threaded(request: Request, make: Callable[[Snapshot, Board], Page | Response]) -> Response:
    """The answer, made in a thread for pages."""

    def work() -> Response:
        held = request.app.state.snapshots.current()
        try:
            made = make(held, request.app.state.board)
            return made if isinstance(made, Response) else _shown(request, held, made, 200)
        except InputError as error:
            return _unreadable(request, error)

    limiter: CapacityLimiter | None = getattr(request.app.state, "page_threads", None)
    return await to_thread.run_sync(work, limiter=limiter)


def _shown(request: Request, held: Snapshot, page: Page, status: int) -> Response:
    links = responses.links(request)
    address = responses.asked_address(request)
    text = rendering.render(page, held, links, True, address=address)
    return Response(text.encode(), status, media_type=responses.HTML)


def _unreadable(request: Request, error: CouncilgraphError) -> Response:
    """A review file that is damaged, or a folder that cannot be written: what is there stays."""
    told = InputError(
        f"{error.what} Nothing was written, and no decision is lost.", where=error.where, cure=error.cure
    )
    text = rendering.render_error(
        told, "The review files need somebody’s hand", responses.links(request), status=500
    )
    return Response(text.encode(), 500, media_type=responses.HTML)


def _to(request: Request, address: str) -> Response:
    return RedirectResponse(responses.links(request).to(address), 303)


def _asked(request: Request) -> Asked:
    return Asked({}, queries(request))


assert set(_VERBS.values()) <= set(DECIDED)
