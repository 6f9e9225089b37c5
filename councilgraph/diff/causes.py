"""Why a graph is not as it was: what of that which it is made from has changed.

The manifest tells what each graph was made from, part by part (``councilgraph.build.sources.Made``),
and two builds are compared by it. An N-Quads file has no manifest; what its statements themselves
say (checksums of documents, versions of rules, decisions, tables) is taken then, and what they do
not say is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields

from councilgraph.build.sources import Made, Source
from councilgraph.diff.changes import CAUSES, Cause
from councilgraph.diff.sides import Lines, Side
from councilgraph.iris import DEF, IRIS

# What each part of ``Made`` is for a graph whose name begins so; a part that is not named can
# change without changing the graph.
_PARTS: tuple[tuple[str, dict[str, Cause]], ...] = (
    ("report/", {"rules": "rule", "tables": "table", "documents": "source", "reviews": "review"}),
    ("reviewed/", {"rules": "rule", "tables": "table", "reviews": "review"}),
    ("scores/", {"rules": "rule", "tables": "table", "documents": "table", "rest": "other-graphs"}),
    ("observations/", {"rules": "rule", "tables": "table", "documents": "table", "rest": "table"}),
    ("ontology", {"rules": "rule"}),
    # The registry file stands where other graphs have their documents.
    (
        "links",
        {
            "rules": "rule",
            "tables": "table",
            "documents": "table",
            "reviews": "review",
            "rest": "other-graphs",
        },
    ),
    (
        "reference/linked-bodies",
        {
            "rules": "rule",
            "tables": "table",
            "documents": "table",
            "reviews": "review",
            "rest": "other-graphs",
        },
    ),
    ("reference/act-sections", {"rules": "rule", "tables": "table", "rest": "other-graphs"}),
    ("reference/", {"rules": "rule", "tables": "table"}),
    ("provenance", {"rules": "rule", "rest": "other-graphs"}),
    ("catalog", {"rules": "rule", "rest": "other-graphs"}),
)
_OF_REPORTS = ("links", "reference/linked-bodies", "reference/act-sections", "provenance", "scores/")
_ADDED: dict[str, Cause] = {"report/": "source", "reviewed/": "review"}
_SHA = re.compile(rb"<" + re.escape(f"{DEF}sha256".encode()) + rb'> "([0-9a-f]{64})"')
_RULES = re.compile(rb"/run/[^ ]* <" + re.escape(f"{DEF}rulesVersion".encode()) + rb'> "([^"]*)"')


def ordered(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """Each once, in the order of ``CAUSES``; of a known one and an unknown one the known."""
    found = set(causes)
    if len(found) > 1:
        found.discard("unknown")
    return tuple(cause for cause in CAUSES if cause in found)


def made_causes(name: str, old: Source | None, new: Source | None) -> tuple[Cause, ...]:
    """The causes of a graph by the manifests; ``None`` where a side lacks the graph."""
    if old is None or new is None:
        return (next((cause for start, cause in _ADDED.items() if name.startswith(start)), "table"),)
    return ordered(
        cause for part, cause in parts_of(name).items() if _part(old.made, part) != _part(new.made, part)
    ) or ("unknown",)


def told_causes(name: str, old: Lines, new: Lines, *, tables: bool) -> tuple[Cause, ...]:
    """The causes of a graph by its statements alone; ``tables``: a reference table has changed."""
    if not old or not new:
        return made_causes(name, None, None)
    possible = parts_of(name)
    found: set[Cause] = set()
    if _all(_SHA, old) != _all(_SHA, new) and (cause := possible.get("documents")):
        found.add(cause)
    if _all(_RULES, old) != _all(_RULES, new):
        found.add("rule")
    review = f"<{IRIS.id}review/".encode()
    if "reviews" in possible and {x for x in old if x.startswith(review)} != {
        x for x in new if x.startswith(review)
    }:
        found.add("review")
    if tables and "tables" in possible:
        found.add("table")
    # The ontology and the tables are the inputs themselves.
    if name == "ontology":
        found.add("rule")
    if name.startswith("reference/") and "rest" not in possible:
        found.add("table")
    return ordered(found) or ("unknown",)


def moved_between(old: Mapping[str, Source], new: Mapping[str, Source]) -> tuple[Cause, ...]:
    """The causes where an assessment's evidence stood alone and now has its report, or the reverse.

    The two graphs have different names; their reviews can be compared, rules and tables by those
    of the ontology, which every build has.
    """
    before, after = (next(iter(side.values()), None) for side in (old, new))
    causes: set[Cause] = {"source"}
    if before and after and before.made.reviews != after.made.reviews:
        causes.add("review")
    return ordered(causes)


def whole_build(old: Side, new: Side) -> tuple[Cause, ...]:
    """Of rules and tables those that differ between two builds as a whole."""
    graph = IRIS.graph("ontology")
    before, after = old.sources.get(graph), new.sources.get(graph)
    if before is None or after is None:
        return ()
    pairs: dict[str, Cause] = {"rules": "rule", "tables": "table"}
    return ordered(c for part, c in pairs.items() if _part(before.made, part) != _part(after.made, part))


def follows_reports(name: str) -> bool:
    """Whether what a graph has of other graphs is what the reports state or name."""
    return name.startswith(_OF_REPORTS)


def parts_of(name: str) -> dict[str, Cause]:
    """What each part of ``Made`` means for a graph."""
    return next(
        (parts for start, parts in _PARTS if name.startswith(start)),
        {f.name: "unknown" for f in fields(Made)},
    )


def _part(made: Made, part: str) -> str:
    return str(getattr(made, part))


def _all(pattern: re.Pattern[bytes], lines: Lines) -> set[bytes]:
    return {found[1] for line in lines if (found := pattern.search(line))}
