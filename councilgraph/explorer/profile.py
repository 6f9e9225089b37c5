"""A council's scores beside those of England, its region, its type and its neighbours.

Counted from the directory, because a page must not wait for a query; a test keeps it equal to
the stored question Q03. A group is the other councils of it, by their latest formal
assessments; councils that have ended are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from councilgraph.explorer.directory import Council, directory
from councilgraph.explorer.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Beside:
    """One score beside those of a group; ``average`` has two places, None where nobody has a score."""

    assessed: int
    average: Decimal | None
    lower: int
    same: int
    higher: int


@dataclass(frozen=True, slots=True)
class Group:
    """The other councils of a group; ``kind`` is England, region, type or neighbours."""

    kind: str
    label: str
    others: tuple[Council, ...]

    def beside(self, statement: str, score: int | None) -> Beside:
        """The group's scores on a statement; lower, same and higher than ``score``."""
        scores = [
            found
            for other in self.others
            if other.latest and not other.latest.indicative
            if (found := other.latest.scores.get(statement)) is not None
        ]
        average = None
        if scores:
            average = (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if score is None:
            return Beside(len(scores), average, 0, 0, 0)
        lower, higher = sum(one < score for one in scores), sum(one > score for one in scores)
        return Beside(len(scores), average, lower, len(scores) - lower - higher, higher)


def groups(snapshot: Snapshot, council: Council) -> list[Group]:
    """The groups that a council is compared with; one for each list of neighbours."""
    going = [one for one in directory(snapshot).all if not one.ended and one.code != council.code]

    def where(kept: Iterable[Council]) -> tuple[Council, ...]:
        return tuple(kept)

    found = [Group("England", "England", where(going))]
    if council.region:
        found.append(
            Group("region", council.region, where(one for one in going if one.region == council.region))
        )
    if council.type:
        found.append(Group("type", council.type, where(one for one in going if one.type == council.type)))
    by_iri = {one.iri: one for one in going}
    for title, iris in snapshot.once("neighbours", _neighbours).get(council.iri, {}).items():
        found.append(Group("neighbours", title, where(by_iri[iri] for iri in iris if iri in by_iri)))
    return found


def _neighbours(snapshot: Snapshot) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in snapshot.records("neighbours-of-councils"):
        found[str(row["authority-iri"])][str(row["list"])].append(str(row["neighbour-iri"]))
    return found
