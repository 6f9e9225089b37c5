"""A comparison as JSON and as a table, one record a change."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from councilgraph.catalogue import Column
from councilgraph.diff.changes import Comparison, counted
from councilgraph.diff.plain import field_lines
from councilgraph.results import Result

VERSION = 1
_COLUMNS = (
    Column("authority", "string", "official name of the council, empty for what belongs to none"),
    Column("authority-iri", "iri", "the council"),
    Column("assessment", "string", "key of the assessment"),
    Column("kind", "string", "finding, score, mention, link ..."),
    Column("change", "string", "added, removed, changed, moved or regraded"),
    Column("what", "string", "what it is called"),
    Column("place", "string", "section, paragraph and sentence"),
    Column("details", "string", "the properties that differ"),
    Column("because-of", "string", "what changed: source, review, table, rule"),
    Column("sentence", "string", "the sentence that it rests on"),
    Column("iri", "iri", "the thing"),
    Column("was", "iri", "its IRI in the old build, where that is another"),
)


def as_json(found: Comparison) -> str:
    """All of it; the keys are those of the objects in ``councilgraph.diff.changes``."""
    told: dict[str, Any] = {
        "format": "councilgraph-diff",
        "version": VERSION,
        "same": found.same,
        "old": asdict(found.old),
        "new": asdict(found.new),
        "counts": counted(found.changes),
        "councils": [
            {
                "code": council.code,
                "name": council.name,
                "iri": council.iri,
                "counts": counted(council.changes),
                "causes": council.causes,
                "changes": [asdict(change) for change in council.changes],
            }
            for council in found.councils
        ],
        "graphs": [
            {
                **asdict(graph),
                "documents": [{"name": n, "old": o, "new": w} for n, o, w in graph.documents],
            }
            for graph in found.graphs
        ],
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def as_table(found: Comparison) -> Result:
    """One row a change, for spreadsheets; what only moved or was regraded too."""
    rows = (
        (
            council.name or None,
            council.iri or None,
            change.assessment or None,
            change.kind,
            change.how,
            change.label,
            change.place or None,
            "; ".join(field_lines(change)) or None,
            ", ".join(change.causes),
            change.sentence or None,
            change.iri,
            change.was or None,
        )
        for council in found.councils
        for change in council.changes
    )
    return Result(_COLUMNS, rows, "What changed between two builds")
