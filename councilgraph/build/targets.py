"""Where a build goes: a folder with the embedded store, or an endpoint.

A target knows what it holds already, keeps the N-Quads files, and puts the new sources in
force.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any, Protocol, Self

from councilgraph.build.checks import CheckRow, run_checks
from councilgraph.build.progress import Progress
from councilgraph.build.sources import Source, SourceFolder, key_of
from councilgraph.errors import StoreError, ValidationError
from councilgraph.search.index import usable, write_index
from councilgraph.store.embedded import OxigraphReader, read_manifest
from councilgraph.store.newbuild import (
    PATCH_LIMIT,
    NewBuild,
    current_build_or_none,
    not_writable,
    writing,
)
from councilgraph.version import __version__


class Target(Protocol):
    """A store that can be written. Use it in a ``with`` statement."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def folder(self) -> SourceFolder:
        """The N-Quads files."""

    def sources(self) -> list[Source]:
        """What the store holds now."""

    def inputs(self) -> str:
        """The digest of the inputs that it was built from; empty where it is not known."""

    def refused_before(self) -> int:
        """How many reports the last build refused: they are tried again."""

    def put(
        self, sources: Sequence[Source], *, inputs: str, refused: int, progress: Progress
    ) -> tuple[CheckRow, ...]:
        """Put the sources in force and return what the checks found.

        Raises:
            ValidationError: a check of severity error has rows; nothing is changed.
        """


class _FromManifest:
    """What all targets read from the manifest of the build in force."""

    manifest: dict[str, Any]

    def sources(self) -> list[Source]:
        """What the store holds now."""
        return [Source.from_json(s) for s in self.manifest.get("sources", [])]

    def inputs(self) -> str:
        """The digest of the inputs of the last build."""
        return str(self.manifest.get("inputs", ""))

    def refused_before(self) -> int:
        """How many reports the last build refused."""
        return int(self.manifest.get("refused", 0))


class FolderTarget(_FromManifest):
    """A folder with the embedded store; it is locked while it is open for writing."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.manifest = {}
        self._held = ExitStack()

    def __enter__(self) -> Self:
        self._held.enter_context(writing(self.place))
        build = current_build_or_none(self.place)
        if build:
            try:
                self.manifest = read_manifest(build)
            except StoreError:
                self.manifest = {}  # damaged: everything is made anew from the files
        return self

    def __exit__(self, *error: object) -> None:
        self._held.close()

    def folder(self) -> SourceFolder:
        """The N-Quads files, kept beside the builds."""
        return SourceFolder(os.path.join(self.place, "sources"), self.sources())

    def put(
        self, sources: Sequence[Source], *, inputs: str, refused: int, progress: Progress
    ) -> tuple[CheckRow, ...]:
        """As ``Target.put``: a new build beside the old one, put in force in one step."""
        folder = self.folder()
        name = key_of(*(f"{s.name} {s.digest}" for s in sources))[:16]
        old = current_build_or_none(self.place)
        if old and os.path.basename(old) == name:
            name += "-again"
        build = NewBuild(self.place, name)
        try:
            progress.start("Filling the store", 3)
            changed, gone = _changes(self.sources() if old else [], sources)
            if old and _worth_patching(changed, sources, old):
                graphs = [*gone, *(s.graph for s in changed)]
                build.patch(graphs, (folder.path(s) for s in changed))
            else:
                graphs = None
                build.load_all(folder.path(s) for s in sources)
            progress.advance()
            assert build.graph is not None
            reader = OxigraphReader(build.graph, self.place)
            checks = run_checks(reader.select)
            _refuse_violations(checks)
            progress.advance()
            write_index(
                build.search_index,
                reader.select,
                sorted(s.graph for s in (changed if graphs is not None else sources)),
                start_from=os.path.join(old, "search.sqlite") if old and graphs is not None else None,
                without=graphs or [],
            )
            del reader
            build.publish(_manifest(sources, inputs, refused))
            progress.advance()
        except OSError as error:
            build.abandon()
            raise not_writable(self.place, error) from None
        except BaseException:
            build.abandon()
            raise
        return checks


class EndpointTarget(_FromManifest):
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

    def put(
        self, sources: Sequence[Source], *, inputs: str, refused: int, progress: Progress
    ) -> tuple[CheckRow, ...]:
        """As ``Target.put``: graph by graph, the manifest last."""
        held = self.endpoint.content_digests()
        wanted = {s.graph: s for s in sources}
        self.endpoint.remove_graphs(sorted(held.keys() - wanted.keys()))
        changed = [s for g, s in wanted.items() if held.get(g) != s.digest]
        progress.start("Sending graphs", len(changed))
        for source in changed:
            path = self.folder().path(source)
            with open(path, encoding="utf-8") as file:
                ntriples = file.read().replace(f" <{source.graph}> .\n", " .\n")
            self.endpoint.replace_graph(source.graph, ntriples, source.digest)
            progress.advance()
        self.endpoint.write_manifest(_manifest(sources, inputs, refused))
        checks = run_checks(self.endpoint.select)
        _refuse_violations(checks)
        return checks


def _manifest(sources: Iterable[Source], inputs: str, refused: int) -> dict[str, Any]:
    return {
        "councilgraph": __version__,
        "inputs": inputs,
        "refused": refused,
        "sources": [s.to_json() for s in sources],
    }


def _changes(old: Iterable[Source], new: Sequence[Source]) -> tuple[list[Source], list[str]]:
    """The sources whose statements are new or other, and the graphs that are gone."""
    before = {s.graph: s.digest for s in old}
    changed = [s for s in new if before.get(s.graph) != s.digest]
    return changed, sorted(before.keys() - {s.graph for s in new})


def _worth_patching(changed: Sequence[Source], sources: Sequence[Source], old: str) -> bool:
    total = sum(s.triples for s in sources)
    return (
        sum(s.triples for s in changed) <= PATCH_LIMIT * total
        and os.path.exists(os.path.join(old, "graph"))
        and usable(os.path.join(old, "search.sqlite"))
    )


def _refuse_violations(checks: Sequence[CheckRow]) -> None:
    broken = [row for row in checks if row.severity == "error"]
    if broken:
        shown = "\n".join(f"  - {row.entity}: {row.problem}" for row in broken[:5])
        raise ValidationError(
            f"{len(broken)} problems between the graphs:\n{shown}",
            cure=f"{broken[0].solution} The store in force is as it was.",
        )
