"""Reviews of an assessment whose report is not at hand: what they tell without it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from councilgraph.model import ADDED, Decision, Place, Reviewed
from councilgraph.model.evidence import Item
from councilgraph.reviews.deciding import LISTS
from councilgraph.reviews.locating import fold
from councilgraph.reviews.readings import fields_of, identity, place_of


def standing_alone(reviewed: Reviewed) -> Reviewed:
    """The reviews with the last decision about each thing in its list.

    A decision about a sentence tells its finding. One about anything else counts where the
    finding of its sentence is known too: without it nothing could be said of its place.
    """
    if not reviewed.decisions:
        return reviewed
    digests = dict(reviewed.digests)
    for one in reviewed.decisions:
        if one.of == "finding" and one.place not in reviewed.digests:
            digests[one.place] = one.digest
    current = [one for one in reviewed.decisions if digests.get(one.place) == one.digest]
    lists: dict[str, list[Any]] = {kind: list(getattr(reviewed, name)) for kind, name in LISTS.items()}
    decided: dict[Item, tuple[Decision, ...]] = {}
    for (kind, place, known_by), made in fold((one, one.place) for one in current).items():
        settled = lists[kind]
        at = next((n for n, one in enumerate(settled) if _is(one, kind, place, known_by)), None)
        now = _told(made[-1], settled[at] if at is not None else None)
        if at is None:
            settled.append(now)
        else:
            settled[at] = now
        decided[now] = made
    found = {finding.place for finding in lists["finding"]}
    ours: dict[str, Any] = {
        name: tuple(one for one in lists[kind] if _places(one) <= found) for kind, name in LISTS.items()
    }
    return replace(
        reviewed, **ours, digests={p: d for p, d in digests.items() if p in found}, decided=decided
    )


def _told(last: Decision, now: Any) -> Any:
    """The thing after its last decision; ``now`` is what the record of its sentence says."""
    if last.decision in ("open", "rejected"):
        return replace(now or last.reading, review_state=last.decision)
    kept = {"summary": last.reading.summary or now.summary} if last.of == "finding" and now else {}
    state = "corrected" if last.decision == ADDED else last.decision
    return replace(last.reading, review_state=state, **kept)


def _is(item: Item, kind: str, place: Place, known_by: str) -> bool:
    return place_of(item) == place and identity(kind, fields_of(item)) == known_by


def _places(item: Any) -> set[Place]:
    if hasattr(item, "sentences"):
        return {Place(item.section, item.paragraph, n) for n in item.sentences}
    return {item.place}
