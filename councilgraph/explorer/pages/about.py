"""The page about the data: sources and licences, what a score is not, how right the machine is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from councilgraph import resources
from councilgraph.accuracy.record import TARGETS
from councilgraph.catalogue import Column
from councilgraph.explorer.directory import ASSESSED, directory
from councilgraph.explorer.findings import findings
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import BASE
from councilgraph.results.values import Value
from councilgraph.version import __version__

_SOURCES = (
    Column("source", "string", "title of the source"),
    Column("source-iri", "iri", "its data set"),
    Column("publisher", "string", "who publishes it"),
    Column("licence", "iri", "the licence"),
    Column("address", "iri", "where it is published"),
    Column("cadence", "string", "how often it is issued"),
    Column("description", "string", "what it is and how we read it"),
)
_ACCURACY = (
    Column(
        "part", "string", "held out: pages nobody looked at; development: pages the rules were written with"
    ),
    Column("label", "string", "what was read"),
    Column("to-reach", "string", "what the project set out to reach on held-out pages"),
    Column("precision", "decimal", "share of what the machine gave that was right"),
    Column("recall", "decimal", "share of what people gave that the machine found"),
    Column("f1", "decimal", "the two together"),
    Column("right", "integer", "how many were right"),
    Column("expected", "integer", "how many people gave"),
    Column("given", "integer", "how many the machine gave"),
)
_PARTS = {"held-out": "held out", "development": "development"}
# The words of the vocabulary that a reader of the page may not know.
_LICENCES = {
    "open-government-licence/version/3": "Open Government Licence v3.0",
    "publicdomain/zero/1.0": "CC0 1.0",
    "licenses/by/4.0": "Creative Commons Attribution 4.0",
    "licenses/by-sa/4.0": "Creative Commons Attribution-ShareAlike 4.0",
}


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """The page."""
    sources = snapshot.records("sources-of-data")
    measured = snapshot.once("accuracy", _measured)
    councils = directory(snapshot)
    rows = list(_accuracy(measured))
    tables = (
        Table("sources", "Sources", _SOURCES, [tuple(row[c.name] for c in _SOURCES) for row in sources]),
        Table("accuracy", "How right the machine is", _ACCURACY, rows),
    )
    content = {
        "sources": [{**row, "licence-name": licence_name(str(row["licence"] or ""))} for row in sources],
        "accuracy": [row for row in rows if row[0] == _PARTS["held-out"]],
        "measured": _counted(measured),
        "rules": str(measured.get("rules", "")),
        "councils": len(councils.all),
        "assessed": sum(council.state == ASSESSED for council in councils.all),
        "findings": len(findings(snapshot).entries),
        "reports": len({entry.assessment for entry in findings(snapshot).entries}),
        "citation": f"The councilgraph contributors: councilgraph, version {__version__}. {BASE}",
        "build": snapshot.version,
        "tables": {table.name: table for table in tables},
    }
    return Page(
        "about.html",
        "About the data",
        content,
        tables,
        "Where the data come from, under which licences, what a score is not, and how right the machine is.",
        crumbs=(("Home", "/"),),
    )


def licence_name(address: str) -> str:
    """A licence as people call it; its address where it is not known."""
    return next((name for part, name in _LICENCES.items() if part in address), address)


def _measured(snapshot: Snapshot) -> Mapping[str, Any]:
    """The measurement that comes with the software; empty where it did not come along."""
    path = resources.path("docs", "accuracy.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def _accuracy(measured: Mapping[str, Any]) -> Iterable[tuple[Value, ...]]:
    for part, held in measured.get("parts", {}).items():
        for row in held["labels"]:
            figures = (_decimal(row[name]) for name in ("precision", "recall", "f1"))
            counts = (row[name] for name in ("right", "expected", "given"))
            yield (_PARTS.get(part, part), row["label"], _target(row["label"]), *figures, *counts)


def _decimal(value: float | None) -> Value:
    from decimal import Decimal

    return None if value is None else Decimal(str(value))


def _target(label: str) -> str | None:
    if label not in TARGETS:
        return None
    figure, value = TARGETS[label]
    return f"{'F1' if figure == 'f1' else figure} {value:.2f}"


def _counted(measured: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Parts with their annotated sentences and the number of councils they are from."""
    pages: Sequence[Mapping[str, Any]] = measured.get("measured_on", ())
    return [
        (
            name,
            sum(int(page["sentences"]) for page in pages if page["part"] == part),
            len({page["authority"] for page in pages if page["part"] == part}),
        )
        for part, name in _PARTS.items()
        if part in measured.get("parts", {})
    ]


KINDS = (Kind("about", "/about", make, lambda snapshot: ["/about"], "About"),)
