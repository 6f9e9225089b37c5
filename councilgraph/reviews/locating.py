"""Where the sentences of decisions stand in a report today, and what holds of each thing now."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from councilgraph.model import Decision, LoadWarning, Place, Report
from councilgraph.reviews.readings import identity

Key = tuple[str, Place, str]
"""A thing: its kind, the place of its sentence, and what it is known by there."""


@dataclass(frozen=True, slots=True)
class Located:
    """Decisions by thing, the earliest first, without those that were taken back.

    ``open`` are places where another sentence was decided about than the one that stands there.
    """

    things: Mapping[Key, tuple[Decision, ...]]
    open: frozenset[Place]
    warnings: tuple[LoadWarning, ...]


def locate(decisions: Iterable[Decision], report: Report, settled: Container[Place] = ()) -> Located:
    """Find each decision's sentence by its digest: where it stood, or elsewhere in its section.

    ``settled`` are places that were reviewed since in another way: an older decision about the
    sentence that stood there before is no reason to look again.
    """
    made = list(decisions)
    here: dict[Place, str] = {}
    elsewhere: dict[tuple[str, str], list[Place]] = {}
    for paragraph in report.paragraphs:
        for sentence in paragraph.sentences:
            here[Place(paragraph.section, paragraph.n, sentence.n)] = sentence.digest
    known = {(one.place, one.digest) for one in made}
    for place, digest in here.items():
        if (place, digest) not in known:
            elsewhere.setdefault((place.section, digest), []).append(place)
    now: dict[tuple[Place, str], Place | None] = {}
    for one in made:
        if (known_at := (one.place, one.digest)) not in now:
            same = elsewhere.get((one.place.section, one.digest), [])
            now[known_at] = one.place if here.get(one.place) == one.digest else same.pop(0) if same else None
    taken = {place for place in now.values() if place}
    sections = {place.section for place in here}
    changed: set[Place] = set()
    gone: dict[Place, Decision] = {}
    for one in made:
        missed = now[one.place, one.digest] is None and one.place.section in sections
        if missed and one.place not in taken and one.place not in settled:
            gone[one.place] = one
            changed |= {one.place} & here.keys()
    return Located(
        fold((one, spot) for one in made if (spot := now[one.place, one.digest])),
        frozenset(changed),
        tuple(_gone(one, one.place in changed) for one in gone.values()),
    )


def fold(decisions: Iterable[tuple[Decision, Place]]) -> dict[Key, tuple[Decision, ...]]:
    """Decisions by thing, each with the place of its sentence now.

    A withdrawal takes back the last decision of its role about the thing, and is not kept.
    """
    things: dict[Key, list[Decision]] = {}
    for one, place in decisions:
        stack = things.setdefault((one.of, place, identity(one.of, one.known_by)), [])
        if one.decision != "withdrawn":
            stack.append(one)
            continue
        last = next((n for n in range(len(stack) - 1, -1, -1) if stack[n].role == one.role), None)
        if last is not None:
            del stack[last]
    return {key: tuple(stack) for key, stack in things.items() if stack}


def _gone(one: Decision, changed: bool) -> LoadWarning:
    return LoadWarning(
        "review-open",
        "The sentence has changed since it was decided about; look at it again."
        if changed
        else "The sentence that was decided about is no longer there; look whether it was reworded.",
        f"{one.where.rpartition('/')[2]}: {one.place.section} {one.place.paragraph}.{one.place.sentence}",
    )
