"""Where the graph lives: an embedded store in a folder, or a SPARQL 1.1 endpoint.

Both are read through the same four calls (``select``, ``ask``, ``construct``,
``manifest``), and every named graph counts as one graph for a query.
"""

from __future__ import annotations

import os

DEFAULT = ".councilgraph"


def location(store: str | None) -> str:
    """The store that is meant: what was given, ``COUNCILGRAPH_STORE``, or the one here.

    Raises:
        UsageError: it is an address with a login in it.
    """
    place = store or os.environ.get("COUNCILGRAPH_STORE") or DEFAULT
    return without_login(place) if is_address(place) else place


def is_address(store: str) -> bool:
    """Is this the address of an endpoint, not a folder?"""
    return store.startswith(("http://", "https://"))


def without_login(address: str) -> str:
    """The address, if it has no user and password in it.

    An address stands in messages, in manifests, and in the list of processes that everybody on
    a machine can read.

    Raises:
        UsageError: it has; the message does not repeat it.
    """
    scheme, _, rest = address.partition("//")
    # A password with a slash in it has its @ in what looks like the path.
    if "@" not in rest.partition("?")[0]:
        return address
    from councilgraph.errors import UsageError

    raise UsageError(
        "The address of the store has a login in it, which would stand in messages and be seen by others.",
        where=f"{scheme}//{rest.partition('?')[0].rpartition('@')[2]}",
        cure="Leave out what stands before the @, and set COUNCILGRAPH_USER and COUNCILGRAPH_PASSWORD.",
    )
