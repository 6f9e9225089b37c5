"""What the pages of the review show: the queue, and one thing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from councilgraph.errors import UsageError
from councilgraph.explorer.choosing import concepts
from councilgraph.explorer.directory import directory
from councilgraph.explorer.filters import day
from councilgraph.explorer.page import Asked, NotFoundError, Page
from councilgraph.explorer.paging import paging
from councilgraph.explorer.review.board import (
    KINDS,
    STATES,
    Board,
    Choice,
    Queue,
    chosen,
    put_in,
    seen,
    standing,
    thing_of,
)
from councilgraph.explorer.review.fields import blank, controls, label_of, told
from councilgraph.explorer.review.form import Sent
from councilgraph.explorer.review.highlight import highlighted, line_in_source
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import IRIS
from councilgraph.model import Decision
from councilgraph.reviews.correcting import NEEDED
from councilgraph.reviews.desk import Desk
from councilgraph.reviews.taking import LONGEST_NOTE

SIZE = 25  # things of the queue on one page; each is read from the build
ONE = {
    "finding": "Finding",
    "mention": "Mention of a body",
    "partnership": "Arrangement",
    "strategy": "Strategy",
    "statistic": "Figure",
    "citation": "Citation of law",
}
DECIDED = {
    "accepted": "Accepted",
    "corrected": "Corrected",
    "rejected": "Rejected",
    "open": "Left open with a note",
    "added": "Put in: the machine had missed it",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as a page tells it."""

    words: str
    day: str
    role: str
    note: str
    corrected: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing was written: what was wrong with what was ``sent``, or ``late``: somebody was faster."""

    error: UsageError
    sent: Sent
    late: bool = False


def queue_page(snapshot: Snapshot, board: Board, asked: Asked, *, end: bool = False) -> Page:
    """The queue with its filters; ``end``: whoever asks has come to its end.

    Raises:
        NotFoundError: no such filter or page. InputError: a review file is damaged.
    """
    choice = chosen(snapshot, asked)
    desk = board.desk(snapshot, again=choice.again)
    queue = Queue(board.listed(snapshot, choice), choice, desk)
    turned = paging(asked, len(queue.waiting), SIZE)
    things, rows = desk.things(), []
    listed = turned.of(queue.waiting)
    found = things.read_all(one.iri for one in listed)
    for n, (one, thing) in enumerate(zip(listed, found, strict=True), start=turned.first):
        rows.append(
            {
                "n": n,
                "address": choice.address("item", thing=_key(one.iri)),
                "thing": thing,
                "sure": one.confidence,
                "kind": ONE[thing.kind],
                "told": told(snapshot, thing.kind, thing.reading),
            }
        )
    councils = [(one.code, one.name) for one in directory(snapshot).all if one.assessments]
    content = {
        "choice": choice,
        "queue": queue,
        "paging": turned,
        "rows": rows,
        "options": {
            "council": councils,
            "theme": sorted(concepts(snapshot, "theme").items(), key=lambda pair: pair[1].casefold()),
            "kind": list(KINDS.items()),
            "state": list(STATES.items()),
        },
        "counts": [(choice.address(kind=kind), label, n) for kind, label, n in queue.counts],
        "end": end,
        "desk": desk,
    }
    return Page("review/queue.html", "Review", content, description="What waits for a person to look at it.")


def item_page(snapshot: Snapshot, board: Board, asked: Asked, *, trouble: Trouble | None = None) -> Page:
    """One thing, with the forms to decide about it.

    Raises:
        NotFoundError: the build holds no such thing. InputError: a review file is damaged.
    """
    choice = chosen(snapshot, asked)
    desk = board.desk(snapshot, again=choice.again)
    thing = thing_of(desk, asked.one("thing"))
    queue = Queue(board.listed(snapshot, choice), choice, desk)
    made = standing(desk, thing)
    sent = trouble.sent if trouble else None
    said = (sent or {}).get("decision", ("",))[-1]
    key = _key(thing.iri)
    of = asked.one("of")
    if of and of not in NEEDED:
        raise NotFoundError(f"A {of[:40]!r} cannot be put in.", cure=f"There are: {', '.join(NEEDED)}.")
    content = {
        "choice": choice,
        "thing": thing,
        "key": key,
        "kind": ONE[thing.kind],
        "place": queue.place(thing.iri),
        "left": len(queue.waiting),
        "sentences": highlighted(thing),
        "told": told(snapshot, thing.kind, thing.reading),
        "controls": controls(snapshot, thing, sent if said == "correct" else None),
        "correcting": said == "correct",
        "missed": [(of, ONE[of], choice.address("item", thing=key, of=of)) for of in NEEDED],
        "adding": (of, ONE[of], blank(snapshot, of, sent if said == "add" else None)) if of else None,
        "put_in": [(told_decision(snapshot, one), ONE[one.of]) for one in put_in(desk, thing)],
        # A second reader is not to be led by the first.
        "made": [] if choice.again and not trouble else [told_decision(snapshot, one) for one in made],
        "seen": seen(desk, thing),
        "token": board.token,
        "source": line_in_source(thing),
        "record": "/id/" + key,
        "skip": choice.address("next", after=key),
        "note": (sent or {}).get("note", ("",))[-1],
        "longest": LONGEST_NOTE,
        "trouble": trouble,
        "before": _before(snapshot, desk, asked),
        "desk": desk,
        "own": bool(made) and made[-1].role == desk.role,
    }
    title = f"{ONE[thing.kind]}: {thing.authority}, {thing.section}"
    return Page("review/item.html", title, content, crumbs=(("Review", choice.address()),))


def told_decision(snapshot: Snapshot, one: Decision) -> Told:
    """A decision in words."""
    labels = dict(told(snapshot, one.of, one.person))
    person = [name for name in one.person if name not in ("start", "end")]
    rows = [(label_of(name), labels.get(label_of(name), "nothing")) for name in person]
    return Told(DECIDED[one.decision], day(one.on.isoformat()), one.role, one.note, tuple(rows))


def _before(snapshot: Snapshot, desk: Desk, asked: Asked) -> dict[str, Any] | None:
    """What this role decided last, so that it can be undone; read from the file, not from the address."""
    key = asked.one("made")
    if not key:
        return None
    try:
        thing = thing_of(desk, key)
    except UsageError:
        return None
    made = standing(desk, thing)
    own = [one for one in made if one.role == desk.role]
    return {
        "key": key,
        "told": told_decision(snapshot, own[-1]) if own else None,
        "what": f"{ONE[thing.kind]}, {thing.authority}, {thing.section}, paragraph {thing.place.paragraph}, "
        f"sentence {thing.place.sentence}",
        "digest": thing.digest,
        "seen": seen(desk, thing),
    }


def next_address(snapshot: Snapshot, board: Board, choice: Choice, after: str, made: str = "") -> str:
    """The address of what follows a thing in the queue, and of the queue itself at its end.

    ``made`` is a thing that was just decided about; its key goes along, so that it can be undone.
    """
    desk = board.desk(snapshot, again=choice.again)
    queue = Queue(board.listed(snapshot, choice), choice, desk)
    found = queue.after(IRIS.id + after) if after else queue.waiting[0].iri if queue.waiting else ""
    if not found:
        return choice.address(end="yes", made=made)
    return choice.address("item", thing=_key(found), made=made)


def _key(iri: str) -> str:
    return iri.removeprefix(IRIS.id)
