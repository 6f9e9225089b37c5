"""Which reviews belong to a report, and where their sentences stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from councilgraph.model import LoadWarning, Place, Report, Reviewed


@dataclass(frozen=True, slots=True)
class Joined:
    """Where reviewed sentences stand in a report.

    ``moved`` maps the place of a reviewed sentence to where it stands now. ``open`` are places
    of the report where another sentence was reviewed than the one that stands there.
    """

    moved: dict[Place, Place]
    open: frozenset[Place]
    warnings: tuple[LoadWarning, ...]


def reviews_of(
    reviews: Iterable[Reviewed], council: str, published: date | None, report: Report
) -> Reviewed | None:
    """What was reviewed of this report; None where nothing fits.

    ``council`` is the register code. A page alone has no date: the assessment of its council
    is the one whose reviewed sentences it holds most of, or a council's second assessment
    would be met with the warnings of its first.
    """
    if published:
        key = f"{council}-{published:%Y-%m}"
        return next((one for one in reviews if one.key == key), None)
    own = (one for one in reviews if one.key.partition("-")[0] == council)
    here = {(p.section, s.digest) for p in report.paragraphs for s in p.sentences}
    counted = [
        (
            len(find_again(one, report).moved)
            + sum((made.place.section, made.digest) in here for made in one.decisions),
            one.key,
            one,
        )
        for one in own
    ]
    joined, _, best = max(counted, key=lambda o: o[:2], default=(0, "", None))
    return best if joined else None


def find_again(reviewed: Reviewed, report: Report) -> Joined:
    """Where each reviewed sentence stands now, with a warning for each that is gone.

    Only sections that the report has are looked at: the page of one statement is a report.
    """
    here: dict[Place, str] = {}
    elsewhere: dict[tuple[str, str], list[Place]] = {}
    for paragraph in report.paragraphs:
        for sentence in paragraph.sentences:
            here[Place(paragraph.section, paragraph.n, sentence.n)] = sentence.digest
    moved = {place: place for place, digest in reviewed.digests.items() if here.get(place) == digest}
    for place, digest in here.items():
        if place not in moved:
            elsewhere.setdefault((place.section, digest), []).append(place)
    sections = {place.section for place in here}
    gone = []
    for place, digest in reviewed.digests.items():
        if place in moved or place.section not in sections:
            continue
        if now := elsewhere.get((place.section, digest)):
            moved[place] = now.pop(0)
        else:
            gone.append(place)
    taken = set(moved.values())
    changed = frozenset(place for place in gone if place in here and place not in taken)
    return Joined(moved, changed, tuple(_gone(reviewed, place, place in changed) for place in gone))


def _gone(reviewed: Reviewed, place: Place, changed: bool) -> LoadWarning:
    return LoadWarning(
        "review-open",
        "The sentence has changed since it was reviewed; review it again."
        if changed
        else "The sentence that was reviewed is no longer there; look whether it was reworded.",
        f"{reviewed.path.name}: {place.section} {place.paragraph}.{place.sentence}",
    )
