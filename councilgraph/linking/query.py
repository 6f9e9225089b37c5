"""What is asked of matching, and what a text behind a name says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from councilgraph.linking.entry import Entry
from councilgraph.linking.forms import ELSEWHERE
from councilgraph.linking.indexing import initials
from councilgraph.linking.names import Reading, readings, words
from councilgraph.linking.result import Limits


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a name as written, and what is known of the place where it stands."""

    name: str
    kind: str | None
    area: str | None
    on: date | None
    limits: Limits
    readings: tuple[Reading, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "readings", readings(self.name))

    def away(self, entry: Entry) -> bool:
        """Whether the entry is known to serve other areas than the one asked for."""
        return self.area is not None and bool(entry.areas) and self.area not in entry.areas


def initials_of(aside: str, entry: Entry) -> bool:
    """Whether what stands aside of a name is the abbreviation or the initials of the entry."""
    letters = "".join(words(aside))
    listed = (n for n in entry.names if n.kind == "abbreviation")
    return any(letters == "".join(words(n.text)) for n in listed) or any(
        letters == found for name in entry.names for _, found in initials(name.text)
    )


def harmless(aside: str, entry: Entry) -> bool:
    """Whether what was left out of a name can be: not "Newcastle City Council (Australia)"."""
    return not aside or initials_of(aside, entry) or not ELSEWHERE.intersection(words(aside))
