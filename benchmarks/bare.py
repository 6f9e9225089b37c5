"""The queries that a page asks, run bare: what its time is compared with."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import Any

import pyoxigraph

from councilgraph.explorer.page import Kind
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.explorer.warming import warm
from councilgraph.site import walking


def bare_seconds(snapshot: Snapshot, addresses: list[str]) -> float:
    """Seconds of the processor that the queries of a page take without the page; the median.

    The queries are noted while the page is made for the first time; then they run on the
    database alone, and their rows are read to the end. What the server reads before the first
    visitor comes (``warm``) is no page's own and is not counted.
    """
    warm(snapshot)
    taken = []
    for address in addresses:
        snapshot.forget()
        asked = _asked(snapshot, address)
        graph: pyoxigraph.Store = snapshot.graph.store.graph
        start = process_time()
        for text in asked:
            _read(graph.query(text, use_default_graph_as_union=True))
        taken.append(process_time() - start)
    return median(taken) if taken else 0.0


def _asked(snapshot: Snapshot, address: str) -> list[str]:
    found: list[str] = []
    reader = snapshot.graph.store
    query = reader.query

    def noted(text: str) -> Any:
        found.append(text)
        return query(text)

    reader.query = noted
    try:
        walking.make(_kind(address), address, snapshot)
    finally:
        del reader.query
    return found


def _kind(address: str) -> Kind:
    for kind in kinds():
        try:
            walking.asked(kind, address)
        except ValueError:
            continue
        return kind
    raise ValueError(f"no kind of page has the address {address}")


def _read(answer: Any) -> None:
    if isinstance(answer, pyoxigraph.QueryBoolean):
        return
    for _ in answer:
        pass
