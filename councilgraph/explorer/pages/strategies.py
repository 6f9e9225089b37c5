"""The pages of the strategies that reports name by their titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from councilgraph.explorer.choosing import group, known, words_of
from councilgraph.explorer.directory import directory
from councilgraph.explorer.findings import Named, findings
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, NotFoundError, Page, Table
from councilgraph.explorer.paging import paging
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import DEF, IRIS

_LISTED = 50
# What Q32 says of a strategy, in the order in which a reader asks.
STATES = {
    "in-force": "in force",
    "out-of-date": "out of date",
    "in-development": "in development",
    "superseded": "superseded",
}
_IN_LIST = (
    "strategy",
    "strategy-iri",
    "authority",
    "authority-iri",
    "state",
    "start",
    "end",
    "co-produced",
    "topics",
)


def make_list(snapshot: Snapshot, asked: Asked) -> Page:
    """All titled strategies, or those of some councils, of a state, or with words in the title.

    Raises:
        NotFoundError: there is no such region, type, state or page.
    """
    chosen = group(snapshot, asked)
    state = known("state", asked.one("state"), STATES) if asked.one("state") else ""
    words = words_of(asked.one("q"))
    full = snapshot.table("Q32")
    names = [column.name for column in full.columns]
    councils = {council.iri: council for council in directory(snapshot).all}
    rows = []
    for row in full.rows:
        told = dict(zip(names, row, strict=True))
        council = councils.get(str(told["authority-iri"]))
        if council and not chosen.holds(council):
            continue
        if state and told["state"] != STATES[state]:
            continue
        if all(word in words_of(str(told["strategy"] or "")) for word in words):
            rows.append(row)
    said = ", ".join(part for part in (chosen.said, STATES.get(state, "")) if part)
    table = Table("strategies", f"Strategies{f': {said}' if said else ''}", full.columns, rows)
    turn = paging(asked, len(rows), _LISTED)
    order = [names.index(name) for name in _IN_LIST]
    shown = Table(
        table.name,
        table.title,
        tuple(full.columns[at] for at in order),
        [tuple(row[at] for at in order) for row in turn.of(rows)],
    )
    return Page(
        "strategies.html",
        "Strategies",
        {
            "group": chosen,
            "states": STATES,
            "state": state,
            "words": asked.one("q"),
            "paging": turn,
            "shown": shown,
            "all": len(full.rows),
        },
        (table,),
        "Titled strategies that the reports name: in force, out of date, in development or superseded.",
        crumbs=(("Home", "/"),),
    )


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """One strategy: its years, state and parties, the sentence that names it, and like titles elsewhere.

    Raises:
        NotFoundError: there is no such strategy.
    """
    key = f"{asked.path['assessment']}/{asked.path['title']}"
    iri = IRIS.thing("strategy", asked.path["assessment"], asked.path["title"])
    full = snapshot.table("Q32")
    rows = [row for row in full.records() if row["strategy-iri"] == iri]
    if not rows:
        raise _unknown(snapshot, key)
    first = rows[0]
    found = findings(snapshot)
    entries = [entry for row in rows if (entry := found.get(str(row["finding"] or "")))]
    title = str(first["strategy"])
    # Also what has the same title in another report: two councils may share it, or share only its name.
    same = [
        row
        for row in full.records()
        if row["strategy-iri"] != iri and words_of(str(row["strategy"])) == words_of(title)
    ]
    own = [
        row
        for row in full.records()
        if row["authority-iri"] == first["authority-iri"] and row["strategy-iri"] != iri
    ]
    names = [column.name for column in full.columns]
    table = Table("strategy", title, full.columns, [tuple(row[name] for name in names) for row in rows])
    return Page(
        "strategy.html",
        title,
        {
            "strategy": first,
            "parties": _parties(snapshot, iri),
            "findings": found.show(entries),
            "same": _once(same),
            "own": _once(own),
            "data": address_of("id", "strategy", *key.split("/")),
        },
        (table,),
        f"{title}: what the assessment of {first['authority']} says of it.",
        iri,
        (("Home", "/"), ("Strategies", "/strategies")),
    )


def _parties(snapshot: Snapshot, iri: str) -> list[Named]:
    from pyoxigraph import NamedNode

    from councilgraph.explorer.filters import page_of

    graph: Any = snapshot.graph.store.graph
    quads = graph.quads_for_pattern(NamedNode(iri), NamedNode(DEF + "party"), None, None)
    return [
        Named(one, one.rsplit("/", 1)[-1], snapshot.label(one), page_of(one))
        for one in sorted({quad.object.value for quad in quads})
    ]


def _once(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """One row for each strategy: one that two sentences name has two."""
    return list({row["strategy-iri"]: row for row in rows}.values())


def _unknown(snapshot: Snapshot, key: str) -> NotFoundError:
    from rapidfuzz import process

    held = {str(row["strategy-iri"]): row for row in snapshot.records("Q32")}
    keys = {iri: iri.removeprefix(IRIS.id + "strategy/") for iri in held}
    near = process.extract(key[:120], keys, limit=3, score_cutoff=60)
    listed = "; ".join(
        f"{held[iri]['strategy']} of {held[iri]['authority']} ({keys[iri]})" for _, _, iri in near
    )
    cure = f"The nearest are: {listed}." if listed else "The page Strategies lists all."
    return NotFoundError(f"There is no strategy with the key {key[:80]!r}.", cure=cure)


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each strategy."""
    for iri in dict.fromkeys(str(row["strategy-iri"]) for row in snapshot.records("Q32")):
        yield "/strategies/" + iri.removeprefix(IRIS.id + "strategy/")


KINDS = (
    Kind("strategies", "/strategies", make_list, lambda snapshot: ["/strategies"], "Strategies"),
    Kind("strategy", "/strategies/{assessment}/{title}", make, addresses),
)
