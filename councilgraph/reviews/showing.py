"""A thing as a reviewer sees it: a row of the list, or some lines on a screen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from councilgraph.reviews.correcting import FIELDS
from councilgraph.reviews.things import Thing

Cell = str | int | Decimal | None
# Column -> type, as stored queries have them; the first three are for the person to fill in.
COLUMNS: Final = {
    "decision": "string",
    "correction": "string",
    "note": "string",
    "authority": "string",
    "published": "month",
    "kind": "string",
    "reading": "string",
    "confidence": "decimal",
    "sentence": "string",
    "section": "string",
    "paragraph": "integer",
    "sentence-number": "integer",
    "why": "string",
    "rules": "string",
    "review-state": "string",
    "page": "iri",
    "digest": "string",
    "evidence-iri": "iri",
}


def row_of(thing: Thing) -> tuple[Cell, ...]:
    """The row of a thing in the list, in the order of ``COLUMNS``."""
    return (
        "",
        "",
        "",
        thing.authority,
        thing.published,
        thing.kind,
        written(thing.kind, thing.reading),
        thing.confidence,
        thing.sentence or None,
        thing.section,
        thing.place.paragraph,
        thing.place.sentence,
        "; ".join(thing.why),
        thing.rules,
        thing.state,
        thing.page or None,
        thing.digest,
        thing.iri,
    )


def written(kind: str, reading: Mapping[str, Any]) -> str:
    """A reading as a correction is written: what is to be another can be changed in place."""
    shown = {"text": reading["text"]} if kind == "mention" else {}
    shown |= {name: reading.get(name) for name in FIELDS[kind]}
    return "; ".join(f"{name}={_text(value)}" for name, value in shown.items() if value not in (None, []))


def lines_of(thing: Thing) -> list[tuple[str, str]]:
    """What a screen tells beside the paragraph: what the machine said, why, and how sure."""
    told = {
        "place": f"{thing.section}, paragraph {thing.place.paragraph}, sentence "
        + ", ".join(map(str, thing.sentences)),
        f"the machine read a {thing.kind}": written(thing.kind, thing.reading),
        "why" if thing.kind == "finding" else "why the sentence was read so": "; ".join(thing.why),
        "how sure": _sure(thing),
        "rules": thing.rules,
        "page": thing.page,
    }
    return [(name, value) for name, value in told.items() if value]


def _sure(thing: Thing) -> str:
    if thing.confidence is None:
        return "not known"
    beside = "" if thing.kind == "finding" else " of the sentence"
    state = ", open: the sentence has changed or was left open" if thing.state == "open" else ""
    return f"{thing.confidence}{beside}{state}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
