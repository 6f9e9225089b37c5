"""An endpoint as the place where a build goes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Self

import pyoxigraph

from councilgraph.build.checks import CheckRow, run_checks
from councilgraph.build.progress import Progress
from councilgraph.build.sources import Source, SourceFolder
from councilgraph.build.targets import FromManifest, manifest_of, refuse_violations
from councilgraph.store.embedded import OxigraphReader
from councilgraph.store.newbuild import NewBuild


class EndpointTarget(FromManifest):
    """A SPARQL 1.1 endpoint: only graphs that differ are sent."""

    def __init__(self, address: str) -> None:
        from councilgraph.store.endpoint import Endpoint

        self.endpoint = Endpoint(address)
        self.manifest = {}
        self._held = ExitStack()
        self._folder = ""

    def __enter__(self) -> Self:
        self._folder = self._held.enter_context(tempfile.TemporaryDirectory(prefix="councilgraph-"))
        self.manifest = self.endpoint.manifest()
        return self

    def __exit__(self, *error: object) -> None:
        self._held.close()

    def folder(self) -> SourceFolder:
        """The N-Quads files, in a folder that goes when the work is done."""
        return SourceFolder(self._folder, self.sources())

    def looked(self) -> str:
        """Nowhere: the files are on this side, and this side keeps nothing."""
        return ""

    def damage(self) -> tuple[str, ...]:
        """Nothing that could be seen from here."""
        return ()

    def require_whole(self) -> None:
        """As ``Target.require_whole``."""
        self._require_records(self.endpoint.place)

    def put(
        self, sources: Sequence[Source], *, inputs: str, refused: int, progress: Progress
    ) -> tuple[CheckRow, ...]:
        """As ``Target.put``: what differs is sent beside the old and put in force by one request."""
        checks = self._checked(sources)
        held = self.endpoint.content_digests()
        changed = [s for s in sources if held.get(s.graph) != s.digest]
        progress.start("Sending graphs", len(changed) + 1)
        self.endpoint.publish(
            {s.graph: s.digest for s in sources},
            manifest_of(sources, inputs, refused) | {"sources": [s.to_json() for s in sources]},
            {s.graph: (s.triples, partial(self._lines, s)) for s in changed},
            progress.advance,
        )
        return checks

    def _lines(self, source: Source) -> Iterator[str]:
        """The N-Triples lines of a source, one by one: a graph may be larger than the memory."""
        end = f" <{source.graph}> .\n"
        with open(self.folder().path(source), encoding="utf-8") as file:
            for line in file:
                yield line.removesuffix(end) + " .\n"

    def _checked(self, sources: Sequence[Source]) -> tuple[CheckRow, ...]:
        """What the checks find, asked here and before anything is sent."""
        # On disk, and gone with the folder of the N-Quads files: it may be larger than the memory.
        build = NewBuild(self._folder, "checked")
        folder = self.folder()
        at_hand = [s for s in sources if os.path.exists(folder.path(s))]
        build.load_all(folder.path(s) for s in at_hand)
        assert build.graph is not None
        for source in sources:
            if not os.path.exists(folder.path(source)):  # as the endpoint holds it already
                build.graph.load(
                    self.endpoint.graph_ntriples(source.graph),
                    format=pyoxigraph.RdfFormat.N_TRIPLES,
                    to_graph=pyoxigraph.NamedNode(source.graph),
                    lenient=True,
                )
        checks = run_checks(OxigraphReader(build.graph, self.endpoint.place).select)
        build.abandon()
        refuse_violations(checks)
        return checks
