"""Stores for a part of its own, and servers that hold the same graph: there only as long as needed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import builds, prepare
from benchmarks.generator import FOLDER, TABLES
from benchmarks.measure import NotMeasuredError
from benchmarks.servers import Oxigraph, Server, ServerError, Virtuoso
from councilgraph.store.embedded import open_embedded

# Virtuoso as its makers advise for 2 GB of memory, and as many threads as Debian gives a query.
BUFFERS, THREADS = 170_000, 4


@dataclass(frozen=True, slots=True)
class Built:
    """A store of generated reports."""

    place: Path
    reports: int
    triples: int

    def files(self) -> list[Path]:
        """Its graph as N-Quads."""
        manifest = open_embedded(str(self.place)).manifest()
        return [self.place / "sources" / one["file"] for one in manifest["sources"]]


@contextmanager
def built(folder: Path, reports: int, seed: int) -> Iterator[Built]:
    """A store of so many full reports, built in a process of its own; gone with the block.

    Raises:
        NotMeasuredError: it cannot be built.
    """
    try:
        texts = folder / "texts"
        prepare.generate(texts, reports, prepare.SENTENCES, seed)
        data = texts / TABLES
        sample = builds.build(folder / "store", texts / FOLDER, data if data.is_dir() else None)
        shutil.rmtree(texts)
        yield Built(folder / "store", reports, sample.told["triples"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def served(engine: str, folder: Path, store: Built) -> Iterator[Server]:
    """A server of that name that holds the graph of the store, filled by its own bulk loader.

    Raises:
        NotMeasuredError: it cannot be started or filled.
    """
    try:
        server = (
            Virtuoso(folder, buffers=BUFFERS, threads=THREADS) if engine == "virtuoso" else Oxigraph(folder)
        )
        try:
            try:
                server.start_with(store.files())
            except (ServerError, OSError) as error:
                raise NotMeasuredError(f"{engine}: {error}") from error
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
