"""One record of a review file to one plain object."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from councilgraph.model import (
    Act,
    Citation,
    Doubt,
    Finding,
    Mention,
    Partnership,
    Party,
    Place,
    Statistic,
    Strategy,
)

Record = dict[str, Any]
SECTION_75 = "ukpga/2006/41/section/75"
# The labels of a finding that may be close calls; an item has one mark for the whole of it.
LABELS = ("polarity", "voices", "themes")


def place_of(record: Record) -> Place:
    """Where the sentence of a record stands."""
    return Place(str(record["section"]), int(record["paragraph"]), int(record["sentence"]))


def places_of(record: Record) -> list[Place]:
    """The sentences that an item rests on."""
    numbers = record["sentences"] if "sentences" in record else [record["sentence"]]
    return [Place(str(record["section"]), int(record["paragraph"]), int(n)) for n in numbers]


def doubt_of(record: Record) -> Doubt | None:
    """What the reviewer was unsure of; None where nothing.

    Raises:
        ValueError: a mark that the kind of record cannot have.
    """
    close, other = record.get("close") or (), record.get("alt") or {}
    labels: tuple[str, ...] = ()
    if record["kind"] == "finding":
        labels = tuple(str(label) for label in close)
        if unknown := [label for label in labels if label not in LABELS]:
            raise ValueError(f"'close': '{unknown[0]}' is none of {', '.join(LABELS)}")
    elif close not in ((), True):
        raise ValueError("'close': an item is close as a whole, true or left out")
    alternatives = tuple(
        (str(name), tuple(map(str, values if isinstance(values, list) else [values])))
        for name, values in other.items()
    )
    optional = close is True
    return Doubt(labels, optional, alternatives) if labels or optional or alternatives else None


def finding(record: Record) -> Finding:
    """The finding of a record."""
    place = place_of(record)
    other = record.get("illustrates")
    return Finding(
        place=place,
        polarity=record["polarity"],
        voices=tuple(record["voices"]),
        themes=tuple(record["themes"]),
        illustrates=Place(place.section, int(other[0]), int(other[1])) if other else None,
        summary=record["summary"],
        review_state="accepted",
    )


def mention(record: Record) -> Mention:
    """The mention of a record."""
    return Mention(
        place=place_of(record),
        start=int(record["start"]),
        end=int(record["end"]),
        text=record["text"],
        kind=record["type"],
        named=bool(record["named"]),
        full_name=record["full_name"],
        review_state="accepted",
    )


def partnership(record: Record) -> Partnership:
    """The partnership of a record."""
    parties = tuple(Party(name) for name in record["parties"])
    name = record["name"]
    known = name or ", ".join(sorted(party.name.lower() for party in parties))
    since = record.get("since")
    return Partnership(
        type=record["type"],
        key=f"{record['type']} {known}",
        section=record["section"],
        paragraph=int(record["paragraph"]),
        sentences=tuple(int(n) for n in record["sentences"]),
        parties=parties,
        name=name,
        law=SECTION_75 if record["type"] == "section-75-agreement" else None,
        since=int(str(since)[:4]) if since else None,
        covers=record["covers"],
        review_state="accepted",
    )


def strategy(record: Record) -> Strategy:
    """The strategy of a record."""
    return Strategy(
        title=record["title"],
        place=place_of(record),
        start=str(record["start"]) if record["start"] else None,
        end=str(record["end"]) if record["end"] else None,
        co_produced=bool(record["co_produced"]),
        status=record["status"],
        parties=tuple(Party(name) for name in record.get("parties") or ()),
        review_state="accepted",
    )


def statistic(record: Record) -> Statistic:
    """The statistic of a record."""
    return Statistic(
        value=Decimal(str(record["value"])),
        unit=record["unit"],
        counts=record["counts"],
        place=place_of(record),
        text=str(record["value"]),
        qualifier=record["qualifier"],
        period=record["period"],
        comparison=record["comparison"],
        verdict=record["verdict"],
        voices=tuple(record["voices"]),
        review_state="accepted",
    )


def citation(record: Record, acts: Mapping[str, Act]) -> Citation | None:
    """The citation of a record; None for an Act of no table, which has no address to cite."""
    title = str(record["act"])
    act = acts.get(title.lower()) or acts.get(f"{title} {record['year']}".lower())
    if act is None:
        return None
    section = record["law_section"]
    return Citation(
        act=act.path,
        title=title,
        year=act.year,
        place=place_of(record),
        text=f"{title}{f' section {section}' if section else ''}",
        section=str(section) if section else None,
        review_state="accepted",
    )
