"""The desk of a reviewer: the queue of a store, and the review files that decisions go to.

The command line and the pages of the explorer work through this one object, so a decision is
the same wherever it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from councilgraph import resources
from councilgraph.errors import InputError, UsageError
from councilgraph.model import ADDED, Act, Decision, Reviewed
from councilgraph.reviews.given import Given
from councilgraph.reviews.queue import Select, Waiting, Wanted, decided, waiting
from councilgraph.reviews.recording import ReviewFiles
from councilgraph.reviews.taking import add, checked_role, take
from councilgraph.reviews.things import Thing, Things

_ADD = ("add", ADDED)


def writing_folder(data: Path, own: Path | None) -> Path:
    """Where decisions are written: the user's own folder, or that of the data folder.

    Raises:
        UsageError: the data folder is the one inside the installed package, whose next version
            would take the decisions away.
    """
    if own is not None:
        return own
    from loaders import review_folder

    if "_files" in data.resolve().parts and data.resolve() == Path(resources.path("data")).resolve():
        raise UsageError(
            "Where should decisions be kept? The tables that came with the package are replaced with it.",
            cure="Give a folder of your own with --reviews, here and to build, or set COUNCILGRAPH_REVIEWS.",
        )
    return review_folder(data)


@dataclass(slots=True)
class Desk:
    """``select`` asks the store, ``reviews`` is all that was reviewed, ``files`` takes what is decided.

    ``role`` and ``on`` stand in each decision; with ``again`` the queue is what other roles have
    settled, for a second reading.
    """

    select: Select
    files: ReviewFiles
    reviews: tuple[Reviewed, ...]
    role: str
    on: date
    again: bool = False

    @classmethod
    def at(
        cls, select: Select, data: Path, acts: Iterable[Act], own: Path | None, role: str, on: date
    ) -> Desk:
        """The desk over a data folder and the user's own folder of review files.

        Raises:
            UsageError: no role, or no place to write to. InputError: a review file is damaged.
        """
        from loaders import read_reviews

        acts = tuple(acts)
        folder = writing_folder(data, own)
        more = [folder] if folder.is_dir() else []
        return cls(
            select, ReviewFiles(folder, acts), tuple(read_reviews(data, acts, more)), checked_role(role), on
        )

    def queue(self, wanted: Wanted) -> list[Waiting]:
        """What waits, least sure first."""
        return waiting(self.select, wanted, self.reviews, again=self.role if self.again else "")

    def things(self) -> Things:
        """The reader of single things, as of now."""
        return Things(self.select, decided(self.reviews) if self.again else None)

    def decide(
        self, thing: Thing, decision: str, correction: str | Mapping[str, Any] = "", note: str = ""
    ) -> Decision:
        """Take one decision and write it; when this returns it is on the disk.

        Raises: as ``take`` and ``ReviewFiles.record``; nothing is written then.
        """
        made = take(thing, decision, role=self.role, on=self.on, correction=correction, note=note)
        self.files.record({thing.assessment: [made]})
        return made

    def add(self, thing: Thing, of: str, given: str | Mapping[str, Any], note: str = "") -> Decision:
        """Put in what the machine missed in the sentence of a thing, a ``mention`` say, and write it.

        Raises: as ``taking.add`` and ``ReviewFiles.record``; nothing is written then.
        """
        made = add(thing, of, given, role=self.role, on=self.on, note=note, acts=self.files.acts)
        self.files.record({thing.assessment: [made]})
        return made

    def take_back(self, thing: Thing, made: Decision) -> None:
        """Write that a decision of this role is taken back."""
        # What was put in is known by what the person said of it.
        back = replace(made, decision="withdrawn", machine=made.known_by, person={}, note="", on=self.on)
        self.files.record({thing.assessment: [back]})

    def decide_all(self, given: Iterable[Given]) -> tuple[int, int]:
        """Take the decisions of a list: how many there were, and how many were new.

        All are looked at before the first is written.

        Raises:
            InputError: with the place of each line that cannot be taken; nothing is written then.
        """
        things = self.things()
        made: dict[str, list[Decision]] = {}
        wrong: list[str] = []
        count = 0
        for one in given:
            try:
                thing = things.read(one.iri)
                if one.digest and one.digest != thing.digest:
                    raise UsageError("Its sentence has changed since the list was made.")
                made.setdefault(thing.assessment, []).append(self._taken(thing, one))
                count += 1
            except UsageError as error:
                wrong.append(f"{one.where}: {error.what} {error.cure}".rstrip())
        if wrong:
            shown = "\n".join(f"  - {line}" for line in wrong[:20])
            more = f"\n  and {len(wrong) - 20} more" if len(wrong) > 20 else ""
            raise InputError(
                f"{len(wrong)} decisions cannot be taken, and so none was:\n{shown}{more}",
                cure="Correct these lines, or make the list anew, and give it again.",
            )
        return count, self.files.record(made)

    def _taken(self, thing: Thing, one: Given) -> Decision:
        role, on = one.role or self.role, one.on or self.on
        if one.decision.strip().casefold() in _ADD:
            acts = self.files.acts
            return add(thing, one.of, one.correction, role=role, on=on, note=one.note, acts=acts)
        return take(thing, one.decision, role=role, on=on, correction=one.correction, note=one.note)
