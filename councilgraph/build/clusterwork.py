"""What a worker of a Dask cluster does for a build."""

from __future__ import annotations

import platform
import threading
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from distributed import WorkerPlugin, get_worker

from councilgraph.build.reports import Job, Refusal, Sent, Workshop
from councilgraph.build.rules import rules_version
from councilgraph.build.sources import Source

# Beside our own code these decide what a report becomes.
_DECIDING = ("pyoxigraph", "rdflib", "pyshacl", "shacl", "sentencex", "lxml", "pypdfium2")

_BENCHES: dict[str, Workshop] = {}  # of this worker process, by the token of the build
# PDFium and the extractor are not made for two threads; a worker with several takes turns.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Done:
    """A source and its N-Triples, compressed: on its way it takes a tenth of the room."""

    source: Source
    ntriples: bytes


@dataclass(frozen=True, slots=True)
class Stranger:
    """The worker is another version than the build, so it made nothing."""

    worker: str
    identity: str


class Bench(WorkerPlugin):
    """A Dask worker plugin: what all jobs of a build need, laid out on each worker, late ones too."""

    def __init__(self, token: str, workshop: Workshop) -> None:
        self.name = self._token = token
        self._workshop = workshop

    def setup(self, worker: Any) -> None:
        """Called when the build begins or the worker starts."""
        _BENCHES[self._token] = self._workshop

    def teardown(self, worker: Any) -> None:
        """Called when the build is over."""
        _BENCHES.pop(self._token, None)


@cache
def identity() -> str:
    """All versions that decide what a report becomes."""
    packages = ", ".join(f"{name} {version(name)}" for name in _DECIDING)
    python = ".".join(platform.python_version_tuple()[:2])
    return f"councilgraph {rules_version()} on Python {python} with {packages}"


def do(token: str, expected: tuple[str, str], job: Job, sent: Sent) -> Done | Stranger | Refusal:
    """One report on a worker; ``expected`` are identity and rules of who asks."""
    with _ONE_AT_A_TIME:
        workshop = _BENCHES[token]
        if (ours := (identity(), workshop.rules)) != expected:
            return Stranger(str(get_worker().address), " and ".join(ours))
        made = workshop.make(job, sent)
    if isinstance(made, Refusal):
        return made
    source, ntriples = made
    return Done(source, zlib.compress(ntriples.encode("utf-8"), 1))
