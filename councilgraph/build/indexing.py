"""The rows of the index of findings, read from the N-Quads files on every core.

Each file is asked in a store of its own, in memory: the database of all graphs takes eight
times as long to answer for one of them, and answers on one core.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph

from councilgraph.build.ahead import ahead
from councilgraph.search.index import Row, rows
from councilgraph.store.embedded import OxigraphReader

# Files of fewer bytes in all are read before a worker has started.
WORTH_WORKERS = 8 * 1024 * 1024
_AT_ONCE = 16

File = tuple[str, str]
"""The IRI of a graph and the path of its file."""


def rows_of(files: Iterable[File], workers: int) -> Iterator[tuple[str, list[Row]]]:
    """Each graph with its rows, in the order of the files."""
    given = list(files)
    if workers <= 1 or sum(os.path.getsize(path) for _, path in given) < WORTH_WORKERS:
        yield from map(_rows, given)
        return
    some = (given[n : n + _AT_ONCE] for n in range(0, len(given), _AT_ONCE))
    for found in ahead(_rows_of_some, some, workers):
        yield from found


def _rows_of_some(files: Sequence[File]) -> list[tuple[str, list[Row]]]:
    return [_rows(file) for file in files]


def _rows(file: File) -> tuple[str, list[Row]]:
    graph, path = file
    alone = pyoxigraph.Store()
    alone.load(path=path, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    return graph, list(rows(OxigraphReader(alone, path).select, graph))
