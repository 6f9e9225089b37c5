"""The queue of a build, kept as long as the build; a desk for each request; one decision at a time."""

from __future__ import annotations

import secrets
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

from councilgraph.datafolder import DataFolder
from councilgraph.errors import CouncilgraphError, UsageError
from councilgraph.explorer.choosing import concepts, known
from councilgraph.explorer.directory import directory
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, NotFoundError
from councilgraph.explorer.settings import Reviewing
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import IRIS, concept
from councilgraph.model import ADDED, EVIDENCE_KINDS, Decision
from councilgraph.reviews.desk import Desk
from councilgraph.reviews.queue import Known, Waiting, Wanted, candidates, decided, waits
from councilgraph.reviews.things import Thing

KINDS = {
    "finding": "Findings",
    "mention": "Mentions of bodies",
    "partnership": "Arrangements",
    "strategy": "Strategies",
    "statistic": "Figures",
    "citation": "Citations of law",
}
STATES = {
    "machine": "Nobody has looked at it",
    "open": "Left open, or its sentence has changed",
    "again": "Settled by others: a second reading",
}
_KEPT = 12  # lists of the queue; that of 153 councils takes 40 MB


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the queue is asked for: register code, slugs, one of ``STATES``; "" for all."""

    council: str = ""
    theme: str = ""
    kind: str = ""
    state: str = ""

    @property
    def again(self) -> bool:
        """Whether it is a second reading."""
        return self.state == "again"

    def address(self, *parts: str, **more: str) -> str:
        """An address of the review with this choice in it."""
        chosen = {"council": self.council, "theme": self.theme, "kind": self.kind, "state": self.state}
        return address_of("review", *parts, **{**chosen, **more})


def chosen(snapshot: Snapshot, asked: Asked) -> Choice:
    """The filters of an address or of a form.

    Raises:
        NotFoundError: there is no such council, theme, kind or state.
    """
    council, theme, kind, state = (asked.one(name) for name in ("council", "theme", "kind", "state"))
    return Choice(
        directory(snapshot).get(council).code if council else "",
        known("theme", theme, concepts(snapshot, "theme")) if theme else "",
        known("kind", kind, KINDS) if kind else "",
        known("state", state, STATES) if state else "",
    )


class Board:
    """What the pages share for as long as the server runs. Safe between threads."""

    def __init__(self, settings: Reviewing) -> None:
        self.settings = settings
        # Whoever can read it has a page of this server; a page of another site has not.
        self.token = secrets.token_urlsafe(32)
        self._lists: OrderedDict[tuple[str, Wanted, bool], list[Waiting]] = OrderedDict()
        self._lock = threading.Lock()
        self._deciding = threading.Lock()

    def desk(self, snapshot: Snapshot, *, again: bool = False) -> Desk:
        """A desk over the review files as they are now.

        Raises:
            InputError: a review file is damaged. UsageError: no place to write to.
        """
        data, own = Path(self.settings.data), self.settings.own
        desk = Desk.at(
            snapshot.graph.store.select,
            data,
            DataFolder(data).acts,
            Path(own) if own else None,
            self.settings.role,
            self.settings.on or date.today(),
        )
        desk.again = again
        return desk

    @contextmanager
    def alone(self, snapshot: Snapshot, *, again: bool = False) -> Iterator[Desk]:
        """A desk for a decision: no other tab, session or process decides until it is written.

        Raises: as ``desk`` and ``ReviewFiles.held``.
        """
        with self._deciding:
            files = self.desk(snapshot).files
            with files.held():
                desk = self.desk(snapshot, again=again)
                desk.files = files
                yield desk

    def listed(self, snapshot: Snapshot, choice: Choice) -> list[Waiting]:
        """All that the build holds of a choice, least sure first, decided since or not."""
        codes = {council.code: council.iri for council in directory(snapshot).all}
        wanted = Wanted(
            council=codes.get(choice.council, ""),
            theme=concept("theme", choice.theme) if choice.theme else "",
        )
        key = (snapshot.version, wanted, choice.again)
        with self._lock:
            found = self._lists.get(key)
            if found is None:
                found = candidates(snapshot.graph.store.select, wanted, settled=choice.again)
                for old in [one for one in self._lists if one[0] != snapshot.version]:
                    del self._lists[old]
                self._lists[key] = found
                while len(self._lists) > _KEPT:
                    self._lists.popitem(last=False)
            self._lists.move_to_end(key)
        return found

    def warm(self, snapshot: Snapshot) -> None:
        """Read the whole queue in a thread of its own: of 153 councils it takes some seconds."""

        def read() -> None:
            try:
                self.listed(snapshot, Choice())
            except CouncilgraphError:
                return  # the page says so

        threading.Thread(target=read, name="review queue", daemon=True).start()


class Queue:
    """What waits of a choice, by the decisions of a desk."""

    def __init__(self, listed: Sequence[Waiting], choice: Choice, desk: Desk) -> None:
        self._listed = listed
        made = decided(desk.reviews)
        role = desk.role if choice.again else ""
        spoken_of = {assessment for assessment, *_ in made}
        left = [
            one
            for one in listed
            if (waits(one, made, role) if one.assessment in spoken_of else not choice.again)
        ]
        if choice.state in ("machine", "open"):
            left = [one for one in left if _state(one, made) == choice.state]
        self.by_kind = Counter(one.kind for one in left)
        self.waiting = [one for one in left if choice.kind in ("", one.kind)]
        self._places = {one.iri: n for n, one in enumerate(self.waiting)}

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Kind, its name and how many wait."""
        return [(kind, KINDS[kind], self.by_kind[kind]) for kind in EVIDENCE_KINDS]

    def after(self, iri: str) -> str:
        """The thing that follows one which waits or has just been decided; "" at the end.

        After one that the list does not have, it begins at the beginning.
        """
        at = next((n for n, one in enumerate(self._listed) if one.iri == iri), -1)
        return next((one.iri for one in self._listed[at + 1 :] if one.iri in self._places), "")

    def place(self, iri: str) -> int:
        """Its number in the queue from 1; 0 for one that does not wait."""
        return self._places.get(iri, -1) + 1


def standing(desk: Desk, thing: Thing) -> tuple[Decision, ...]:
    """The decisions about a thing that stand, the earliest first."""
    return decided(desk.reviews).get(thing.known, ())


def put_in(desk: Desk, thing: Thing) -> tuple[Decision, ...]:
    """What people have put into the sentence of a thing because the machine had missed it."""
    found = decided(desk.reviews).items()
    return tuple(
        made[-1]
        for (assessment, _, digest, _), made in found
        if (assessment, digest) == (thing.assessment, thing.digest) and made[-1].decision == ADDED
    )


def seen(desk: Desk, thing: Thing) -> str:
    """What stands about a thing and its sentence: a form carries it, and tells if somebody was faster."""
    return _fingerprint((*standing(desk, thing), *put_in(desk, thing)))


def _fingerprint(made: Sequence[Decision]) -> str:
    """Decisions in a few letters."""
    told = [(d.decision, d.on.isoformat(), d.role, d.note, sorted(map(str, d.person.items()))) for d in made]
    return blake2b(repr(told).encode(), digest_size=9).hexdigest()


def _state(one: Waiting, made: Mapping[Known, tuple[Decision, ...]]) -> str:
    """Whether nobody has looked at it, or it was left open."""
    noted = any(made.get(known) for known in one.known)
    return "open" if noted or one.state == "open" else "machine"


def thing_of(desk: Desk, key: str) -> Thing:
    """The thing that an address names ("finding/NMR-2025-05/equity/c9a5870084").

    Raises:
        NotFoundError: the build holds no such thing.
    """
    try:
        return desk.things().read(IRIS.id + key)
    except UsageError:
        raise NotFoundError(
            "This build holds no such evidence.",
            where=key[:120],
            cure="A newer build may read the sentence otherwise. Go on with the queue.",
        ) from None
