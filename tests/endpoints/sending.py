"""Publishes invented graphs, in a process of its own so that it can be killed.

python -m tests.endpoints.sending PLACE VALUE
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import partial

from councilgraph.iris import IRIS
from councilgraph.store import publishing
from councilgraph.store.endpoint import Endpoint

GRAPHS, STATEMENTS = 4, 440
# Statements in a chunk here: three chunks a graph. What is proved is the same as with a thousand, which
# the build that is published whole has, and Virtuoso takes a fifth of the time.
CHUNK = 200
CHUNKS = GRAPHS * 3 + 1  # and one of the graph that tells the contents


def graph(number: int) -> str:
    return IRIS.graph("reference", f"invented-{number}")


def lines(number: int, value: int) -> Iterator[str]:
    for n in range(STATEMENTS):
        yield f'<urn:invented:{number}:{n}> <urn:invented:value> "{value}" .\n'


def send(endpoint: Endpoint, value: int) -> None:
    """Make the server hold graphs whose statements all carry this value."""
    digests = {graph(n): hashlib.sha256(f"{n} {value}".encode()).hexdigest() for n in range(GRAPHS)}
    changed = {graph(n): (STATEMENTS, partial(lines, n, value)) for n in range(GRAPHS)}
    endpoint.publish(digests, {"value": value}, changed, lambda: None)


if __name__ == "__main__":
    publishing.STATEMENTS = CHUNK
    send(Endpoint(sys.argv[1]), int(sys.argv[2]))
