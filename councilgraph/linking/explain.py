"""A match as text for a person, and as one JSON object for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from councilgraph.linking.entry import Entry
from councilgraph.linking.identifiers import chief
from councilgraph.linking.result import Candidate, Match

_STATES = {
    "certain": "certain",
    "probable": "probable: to be looked at before it is relied on",
    "unresolved": "unresolved: nobody is linked",
}


def as_text(name: str, found: Match) -> str:
    """The steps, the result and the runner-up, in lines."""
    return "\n".join(_lines(name, found)) + "\n"


def _lines(name: str, found: Match) -> Iterator[str]:
    yield f"'{name.strip()}'"
    for place, step in enumerate(found.steps, start=1):
        yield f"  {place}. {step.rule}: {step.said}"
    yield f"result: {_STATES[found.state]}"
    if found.entry is not None:
        yield f"  {_told(found.entry)}"
        yield f"  method {found.method}, rule {found.rule}, score {found.score:.2f}"
        for heir in found.successors:
            yield f"  successor: {_told(heir)}"
    if found.entry is None and found.rivals:
        for rival in found.rivals:
            yield f"candidate: {_told(rival.entry)}, score {rival.score:.2f}"
    elif found.rivals:
        yield f"runner-up: {_told(found.rivals[0].entry)}, score {found.rivals[0].score:.2f}"
    else:
        yield "runner-up: none"


def _told(entry: Entry) -> str:
    life = ""
    if entry.since or entry.until:
        life = f", {entry.since or '...'} to {entry.until or 'now'}"
    return f"{entry.names[0].text} ({chief(entry)}, {entry.kind}, {entry.register}{life})"


def as_record(name: str, found: Match, asked: Mapping[str, str | None]) -> dict[str, Any]:
    """The match as JSON holds it; ``asked`` are the other things that were given."""
    return {
        "name": name,
        **{key: value for key, value in asked.items() if value is not None},
        "state": found.state,
        "method": found.method,
        "rule": found.rule,
        "score": round(found.score, 3),
        "entry": entry_record(found.entry) if found.entry else None,
        "successors": [entry_record(entry) for entry in found.successors],
        "runner_up": _rival(found.rivals[0]) if found.rivals else None,
        "rivals": [_rival(rival) for rival in found.rivals],
        "steps": [{"rule": step.rule, "said": step.said} for step in found.steps],
    }


def _rival(rival: Candidate) -> dict[str, Any]:
    return {**entry_record(rival.entry), "score": round(rival.score, 3), "rule": rival.rule}


def entry_record(entry: Entry) -> dict[str, Any]:
    """An entry as JSON holds it."""
    return {
        "identifier": chief(entry),
        "label": entry.names[0].text,
        "kind": entry.kind,
        "register": entry.register,
        "code": entry.code,
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in entry.identifiers],
        "valid_from": _day(entry.since),
        "valid_until": _day(entry.until),
        "homepage": entry.homepage,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
