"""Which body is meant: by its registered name, or as the only one of its kind in the area."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from councilgraph.extraction.bodies.found import Found
from councilgraph.extraction.register import Name, Register, identifier
from councilgraph.model import Council, Mention, Organisation, Place

BY_NAME, BY_AREA = "name-match", "area-and-date"
# Every council with social care duties has one of each; no register lists them.
_OF_COUNCIL = {
    "health-and-wellbeing-board": "{} Health and Wellbeing Board",
    "safeguarding-adults-board": "{} Safeguarding Adults Board",
    "healthwatch": "Healthwatch {}",
}
_BY_COVERAGE = ("integrated-care-board", "police")
# More than one, or another area's: "ICBs", "police forces", "boards".
_SEVERAL = re.compile(r"(?:s|services|forces|partners|colleagues|commissioner)$", re.I)
_CCG = re.compile(r"CCG|commissioning group", re.I)


class Resolver:
    """Resolves what one report found. ``found`` is all of it: a report's own full names count."""

    def __init__(
        self, register: Register, council: Council | None, day: date | None, found: Iterable[Found]
    ) -> None:
        found = tuple(found)
        self._register, self._council, self._day = register, council, day
        own: dict[str, set[str]] = {}
        for one in found:
            if one.named and one.kind in _OF_COUNCIL and " " in one.text:
                own.setdefault(one.kind, set()).add(one.text)
        trusts = {n.full: n for one in found for n in one.names[:1] if _kind_of(n) == "nhs-trust"}
        self._trust = next(iter(trusts.values())) if len(trusts) == 1 else None
        self._own = {kind: next(iter(names)) for kind, names in own.items() if len(names) == 1}

    def mention(self, place: Place, one: Found) -> Mention:
        """The mention with all that is known of the body."""
        meant = one.stands_for or one
        if meant.names:
            name = self._register.meant(meant.names, self._day)
            if name:
                return self._of(place, one, name.body, name.full, BY_NAME)
            # Two bodies share the name: it is named, and nobody can say which is meant.
            return self._plain(place, one, _kind_of(meant.names[0]), meant.text)
        if meant.named and meant.text != "Healthwatch":
            return self._plain(place, one, meant.kind, meant.text)
        return self._generic(place, one, meant)

    def _generic(self, place: Place, one: Found, meant: Found) -> Mention:
        kind, council = meant.kind, self._council
        if council is None or _SEVERAL.search(meant.text) or _CCG.search(meant.text):
            return self._plain(place, one, kind, None, named=meant.named)
        if meant.text == "Trust" and self._trust:
            # "the Trust" is the one that the report names, as long as it names no other.
            return self._of(place, one, self._trust.body, self._trust.full, BY_AREA)
        if kind in _BY_COVERAGE:
            if body := self._register.serving(kind, council.area, self._day):
                return self._of(place, one, body, body.name, BY_AREA)
        elif kind in _OF_COUNCIL:
            full = self._own.get(kind) or _OF_COUNCIL[kind].format(council.short_name)
            return Mention(
                place, one.start, one.end, one.text, kind, meant.named, full_name=full, method=BY_AREA
            )
        return self._plain(place, one, kind, None, named=False)

    @staticmethod
    def _plain(place: Place, one: Found, kind: str, full: str | None, *, named: bool = True) -> Mention:
        return Mention(place, one.start, one.end, one.text, kind, named, full_name=full)

    @staticmethod
    def _of(place: Place, one: Found, body: Organisation | Council, full: str, method: str) -> Mention:
        return Mention(
            place,
            one.start,
            one.end,
            one.text,
            "local-authority" if isinstance(body, Council) else body.kind,
            method == BY_NAME,
            full_name=full,
            organisation=None if isinstance(body, Council) else body.key,
            council=body.code if isinstance(body, Council) else None,
            identifier=identifier(body),
            method=method,
        )


def _kind_of(name: Name) -> str:
    return "local-authority" if isinstance(name.body, Council) else name.body.kind
