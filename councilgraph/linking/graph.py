"""Links of the graph: which bodies that reports name are which bodies of the registers.

A name is never proof, so what was matched by name is ``closeMatch``, however alike the names
are; and who could not be told apart is not linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from councilgraph.iris import IRIS
from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry
from councilgraph.linking.graph_iris import Naming
from councilgraph.linking.matching import match
from councilgraph.linking.result import Match
from councilgraph.model import Council, Link, NamedBody, Organisation, ReferenceTable

CERTAIN = Decimal("0.97")
"""A machine-made link with less confidence is probable: stored queries divide here too."""

_PROBABLE = Decimal("0.95")
# "register-identifier" stands for a name only where the name was an identifier.
_RELATIONS = {"register-identifier": "sameAs"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A body that a report names: ``area`` is that of the council (GSS code), ``on`` the report's day."""

    body: NamedBody
    council: str
    area: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Answered:
    """Who is meant by it."""

    asked: Asked
    found: Match


def answers(asked: Iterable[Asked], source: Source) -> Iterator[Answered]:
    """Who is meant by each name, on the day and in the area of its report."""
    for one in asked:
        body = one.body
        yield Answered(one, match(body.name, kind=body.kind, area=one.area, on=one.on, source=source))


def name_links(answered: Iterable[Answered], naming: Naming) -> Iterator[tuple[Link, Entry]]:
    """A link for each name that was resolved, with the entry that it leads to."""
    for one in answered:
        found = one.found
        if found.entry is None or found.method is None:
            continue
        confidence = Decimal(str(found.score))
        if found.state != "certain":
            # A doubt does not always lower the score: of two Carers Centres the names agree in full.
            confidence = min(confidence, _PROBABLE)
        link = Link(
            (one.asked.body.key, naming.key(found.entry)),
            IRIS.organisation(one.asked.body.key),
            "sameAs" if found.method in _RELATIONS else "closeMatch",
            naming.iri(found.entry),
            found.method,
            confidence,
            found.entry.register,
            *validity(found.entry),
        )
        yield link, found.entry


def published_links(tables: Iterable[ReferenceTable]) -> Iterator[Link]:
    """The links that publishers' own tables state: councils and forces elsewhere on the web."""
    for table in tables:
        bodies: list[tuple[str, str, Council | Organisation]] = [
            (IRIS.council(council.code), council.code, council) for council in table.councils
        ]
        bodies += [(IRIS.organisation(body.key), body.key, body) for body in table.organisations]
        for subject, key, body in bodies:
            seen: set[str] = set()
            for target in body.same_as:
                host = target.split("/")[2].removeprefix("www.")
                # Two of one host contradict each other; a check tells, and neither hides the other.
                tail = (target.rpartition("/")[2],) if host in seen else ()
                seen.add(host)
                yield Link(
                    (key, host, *tail),
                    subject,
                    "sameAs",
                    target,
                    "published-lookup",
                    Decimal(1),
                    host,
                    body.valid_from,
                    body.valid_until,
                )


def validity(*entries: Entry) -> tuple[date | None, date | None]:
    """The time in which all the bodies existed, as far as the registers say.

    Registers also err: an end before the beginning says nothing.
    """
    since = max((e.since for e in entries if e.since), default=None)
    until = min((e.until for e in entries if e.until), default=None)
    return (since, until) if not (since and until and until < since) else (None, None)
