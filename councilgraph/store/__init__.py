"""Where the graph lives: an embedded store in a folder, or a SPARQL 1.1 endpoint.

Both are read through the same four calls (``select``, ``ask``, ``construct``,
``manifest``), and every named graph counts as one graph for a query.
"""

from __future__ import annotations

import os

DEFAULT = ".councilgraph"


def location(store: str | None) -> str:
    """The store that is meant: what was given, ``COUNCILGRAPH_STORE``, or the one here."""
    return store or os.environ.get("COUNCILGRAPH_STORE") or DEFAULT


def is_address(store: str) -> bool:
    """Is this the address of an endpoint, not a folder?"""
    return store.startswith(("http://", "https://"))
