"""The councils of a build with their assessments, by register code."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import NotFoundError
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import concept
from councilgraph.results.values import Value
from councilgraph.statements import STATEMENTS

# What a table of nine columns has room for, with places where a word may be broken; the full
# names stand in the pages of the statements.
SHORT_STATEMENTS = {
    "assessing-needs": "Needs",
    "healthier-lives": "Healthier lives",
    "equity": "Equity",
    "care-provision": "Care provision",
    "partnerships": "Partner\u00adships",
    "safe-pathways": "Safe pathways",
    "safeguarding": "Safe\u00adguarding",
    "governance": "Govern\u00adance",
    "learning": "Learning",
}
ASSESSED, PILOT, NONE, ENDED = "Assessed", "Pilot only", "No report found", "Council has ended"
STATES = (ASSESSED, PILOT, NONE, ENDED)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment of a council; ``percentage`` and ``scores`` (by statement) may be missing."""

    published: str  # day or month
    indicative: bool
    rating: str
    percentage: int | None
    scores: Mapping[str, int | None]
    report: str


@dataclass(frozen=True, slots=True)
class Council:
    """A council; ``assessments`` are newest first, those of the pilots after the formal ones."""

    code: str
    iri: str
    name: str
    short: str
    gss: str
    region: str
    type: str
    website: str
    ended: str
    assessments: tuple[Assessment, ...]

    @property
    def address(self) -> str:
        """The address of its page."""
        return address_of("councils", self.code)

    @property
    def latest(self) -> Assessment | None:
        """Its latest formal assessment, otherwise its pilot."""
        return self.assessments[0] if self.assessments else None

    @property
    def state(self) -> str:
        """Whether a report of it is in the graph."""
        if not self.assessments:
            return ENDED if self.ended else NONE
        return PILOT if self.assessments[0].indicative else ASSESSED

    @property
    def rating(self) -> str:
        """The published rating of the latest assessment, "" where there is none."""
        return self.latest.rating if self.latest else ""


class Directory:
    """All councils, by short name."""

    def __init__(self, snapshot: Snapshot) -> None:
        held: dict[str, list[Assessment]] = {}
        for row in snapshot.records("scores-of-councils", pilots="yes"):
            held.setdefault(str(row["authority-iri"]), []).append(_assessment(row))
        rows = snapshot.records("councils")
        found = [_council(row, held.get(str(row["authority-iri"]), ())) for row in rows]
        self.all = tuple(sorted(found, key=lambda council: (council.short.casefold(), council.code)))
        self._by_code = {council.code: council for council in self.all}
        self.statements = {slug: snapshot.label(concept("quality-statement", slug)) for slug in STATEMENTS}

    def get(self, code: str) -> Council:
        """The council with that register code.

        Raises:
            NotFoundError: there is none; the cure names the nearest.
        """
        found = self._by_code.get(code) or self._by_code.get(code.upper())
        if found:
            return found
        names: dict[str, Council] = {}
        for council in self.all:
            names.update({council.code.lower(): council, council.short.lower(): council})
            names[council.name.lower()] = council
        near = difflib.get_close_matches(code.lower().replace("-", " "), names, 3, 0.5)
        listed = dict.fromkeys(f"{names[one].name} ({names[one].code})" for one in near)
        hint = f"The nearest are: {'; '.join(listed)}. " if listed else ""
        raise NotFoundError(
            f"There is no council with the code {code!r}.", cure=f"{hint}The page Councils lists all."
        )

    def regions(self) -> list[str]:
        """The regions, by name."""
        return sorted({council.region for council in self.all if council.region})

    def types(self) -> list[str]:
        """The types of council, by name."""
        return sorted({council.type for council in self.all if council.type})

    def ratings(self) -> list[str]:
        """The ratings of the latest assessments, best first."""
        order = ("Outstanding", "Good", "Requires improvement", "Inadequate")
        return sorted(
            {council.rating for council in self.all if council.rating},
            key=lambda rating: (
                "indicative" in rating,
                next((at for at, one in enumerate(order) if rating.startswith(one)), len(order)),
                rating,
            ),
        )


def directory(snapshot: Snapshot) -> Directory:
    """The councils of a build, read once."""
    return snapshot.once("directory", Directory)


def _assessment(row: Mapping[str, Value]) -> Assessment:
    percentage = row["percentage"]
    return Assessment(
        str(row["published"] or ""),
        str(row["status"] or "") == "indicative",
        str(row["rating"] or ""),
        int(percentage) if percentage is not None else None,
        {slug: _score(row[slug]) for slug in STATEMENTS},
        str(row["report"] or ""),
    )


def _score(value: Value) -> int | None:
    return int(value) if value is not None else None


def _council(row: Mapping[str, Value], assessments: Iterable[Assessment]) -> Council:
    newest = sorted(assessments, key=lambda one: one.published, reverse=True)
    newest.sort(key=lambda one: one.indicative)
    iri = str(row["authority-iri"])
    return Council(
        code=str(row["code"] or iri.rsplit("/", 1)[-1]),
        iri=iri,
        name=str(row["authority"] or ""),
        short=str(row["short-name"] or ""),
        gss=str(row["gss"] or ""),
        region=str(row["region"] or ""),
        type=str(row["type"] or ""),
        website=str(row["website"] or ""),
        ended=str(row["ended"] or ""),
        assessments=tuple(newest),
    )
