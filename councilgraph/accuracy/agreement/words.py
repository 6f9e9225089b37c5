"""What each reader said last of each thing, out of review files.

A reader is a role: review files hold no names. Two people who decide in one role are one reader
here, unless each has a folder of their own. Records of whole sentences have no role and are a
reader of their own; they were made without sight of what the machine said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from councilgraph.model import SETTLING, Decision, Place, Reviewed
from councilgraph.plain import label
from councilgraph.reviews.deciding import LISTS
from councilgraph.reviews.readings import fields_of, identity, place_of

RECORDS: Final = "records of sentences"
Spot = tuple[str, str, str, str, str]
"""Assessment, kind, section, digest of the sentence, what the thing is known by in it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reader's last word about a thing.

    ``settled`` is the whole reading after it, by field; None where the thing was rejected.
    ``decision`` is None for a record of a sentence: then the machine's word is not known.
    """

    reader: str
    settled: Mapping[str, Any] | None
    decision: Decision | None = None


@dataclass(slots=True)
class Thing:
    """One thing that people looked at, with what each said, the last in time at the end.

    ``missed`` tells that the machine had not read it, and a person put it in.
    """

    assessment: str
    kind: str
    said: dict[str, Said] = field(default_factory=dict)
    last: Decision | None = None
    missed: bool = False

    @property
    def council(self) -> str:
        """The register code of the council."""
        return self.assessment.partition("-")[0]

    @property
    def open(self) -> bool:
        """Whether somebody left it to be looked at again."""
        return self.last is not None and self.last.decision not in SETTLING

    def pair(self, one: str, other: str) -> tuple[Said, Said] | None:
        """What two readers said of it; None where either said nothing."""
        return (self.said[one], self.said[other]) if one in self.said and other in self.said else None


def collect(sources: Iterable[tuple[str, Sequence[Reviewed]]]) -> list[Thing]:
    """The things of all sources, each with every reader's last word.

    A source is a folder of review files; its name stands before the roles of its readers, "" for
    none. Folders are not joined first: two may settle the same sentence, and that is the point.
    """
    made: dict[Spot, dict[Place, list[tuple[str, Decision]]]] = {}
    told: dict[Spot, dict[Place, list[Said]]] = {}
    for name, reviews in sources:
        for one in reviews:
            for decision in one.decisions:
                spot = _spot(one.key, decision.of, decision.place, decision.digest, decision.known_by)
                there = made.setdefault(spot, {}).setdefault(decision.place, [])
                there.append((_named(name, decision.role), decision))
            for spot, place, said in _records(one, _named(name, RECORDS)):
                told.setdefault(spot, {}).setdefault(place, []).append(said)
    things = []
    for spot in sorted(made.keys() | told.keys()):
        places = {**dict.fromkeys(made.get(spot, ())), **dict.fromkeys(told.get(spot, ()))}
        for group in _groups(places, made.get(spot, {}), told.get(spot, {})):
            thing = Thing(spot[0], spot[1])
            for place in group:
                for said in told.get(spot, {}).get(place, ()):
                    thing.said[said.reader] = said
            _decide(thing, [one for place in group for one in made.get(spot, {}).get(place, ())])
            if thing.said or thing.last:
                things.append(thing)
    return things


def _groups(
    places: Iterable[Place],
    made: Mapping[Place, Sequence[tuple[str, Decision]]],
    told: Mapping[Place, Sequence[Said]],
) -> Iterator[list[Place]]:
    """The places of one and the same thing.

    A sentence that moved between two readings stands at two places, one reader at each. Where one
    reader spoke of both, the report says the same sentence twice, and each place is its own thing.
    """
    places = sorted(places, key=lambda p: (p.paragraph, p.sentence))
    readers = [
        {*(who for who, _ in made.get(place, ())), *(said.reader for said in told.get(place, ()))}
        for place in places
    ]
    if sum(map(len, readers)) == len(set().union(*readers)):
        yield places
    else:
        yield from ([place] for place in places)


def _decide(thing: Thing, decisions: list[tuple[str, Decision]]) -> None:
    """Put decisions about one thing in force, by day and then as they stand in their files."""
    stacks: dict[str, list[Decision]] = {}
    order: list[tuple[str, Decision]] = []
    for who, one in sorted(decisions, key=lambda pair: pair[1].on):
        stack = stacks.setdefault(who, [])
        if one.decision != "withdrawn":
            stack.append(one)
            order.append((who, one))
        elif stack:
            order.remove((who, stack.pop()))
    for who, one in order:
        thing.said.pop(who, None)
        if one.decision in SETTLING:
            settled = None if one.decision == "rejected" else one.settled
            thing.said[who] = Said(who, settled, one)
    thing.last = order[-1][1] if order else None
    thing.missed = any(not one.machine for _, one in order)


def _records(one: Reviewed, reader: str) -> Iterator[tuple[Spot, Place, Said]]:
    for kind, name in LISTS.items():
        for item in getattr(one, name):
            place, fields = place_of(item), fields_of(item)
            spot = _spot(one.key, kind, place, one.digests[place], fields)
            yield spot, place, Said(reader, fields)


def _spot(assessment: str, kind: str, place: Place, digest: str, fields: Mapping[str, Any]) -> Spot:
    return assessment, kind, place.section, digest, identity(kind, fields)


def _named(source: str, role: str) -> str:
    # A role is what somebody typed: no line break and no sign that a terminal obeys.
    return label(f"{source}: {role}" if source else role)


def day_of(said: Said) -> date | None:
    """The day of a word; None for a record."""
    return said.decision.on if said.decision else None
