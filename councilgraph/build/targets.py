"""Where a build goes: a folder with the embedded store, or an endpoint.

A target knows what it holds already, keeps the N-Quads files, and puts the new sources in
force.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any, Protocol, Self

from councilgraph.build.checks import CheckRow, run_checks
from councilgraph.build.progress import Progress
from councilgraph.build.sources import Source, SourceFolder, key_of
from councilgraph.errors import StoreError, ValidationError
from councilgraph.faultpoints import faultpoint
from councilgraph.search.index import usable, write_index
from councilgraph.store.digests import changed_files
from councilgraph.store.embedded import OxigraphReader, current_build, damaged, read_manifest
from councilgraph.store.newbuild import (
    PATCH_LIMIT,
    NewBuild,
    current_build_or_none,
    manifest_copy,
    not_writable,
    sweep_killed,
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

    def damage(self) -> tuple[str, ...]:
        """What of the store is not as it was written: it is made anew, whatever has changed."""

    def require_whole(self) -> None:
        """For work that goes on from what the store holds.

        Raises:
            StoreError: there is no store, or what it holds can no more be known.
        """

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

    def _require_records(self, place: str) -> None:
        if not self.manifest.get("sources"):
            raise StoreError(
                "There is no store here yet.",
                where=place,
                cure="Run 'councilgraph build --reports ...' first; it takes the same files.",
            )
        if self.manifest.get("bare"):
            raise StoreError(
                "The store was made anew from its N-Quads files alone: which files its reports were read "
                "from is no more known.",
                where=place,
                cure="Run 'councilgraph build --reports ...' with all your reports once.",
            )


class FolderTarget(_FromManifest):
    """A folder with the embedded store; it is locked while it is open for writing.

    What is there is compared with its digests first: a build that shared damaged files would
    carry the damage on. ``bare`` says that nothing is known of ``put``'s sources but their statements.
    """

    bare = False

    def __init__(self, place: str) -> None:
        self.place = place
        self.manifest = {}
        self._held = ExitStack()
        self._trouble: StoreError | None = None
        self._damage: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        with ExitStack() as held:
            held.enter_context(writing(self.place))
            try:
                build = current_build(self.place)
            except StoreError as error:
                self._trouble, build = error, None  # nothing of it is used: all is made anew
            if build:
                self.manifest, self._damage = held_by(self.place, build)
            if build and not self._damage:  # else a file that seems to be of no use may be all that is left
                sweep_killed(self.place, build, self.manifest)
            faultpoint("store.swept")
            self._held = held.pop_all()
        return self

    def __exit__(self, *error: Any) -> None:
        self._held.__exit__(*error)  # who holds the folder says what the system refused

    def folder(self) -> SourceFolder:
        """The N-Quads files, kept beside the builds."""
        return SourceFolder(os.path.join(self.place, "sources"), self.sources())

    def damage(self) -> tuple[str, ...]:
        """The files that are not as they were written, with what is wrong, and those that are gone."""
        folder = self.folder()
        gone = [p for s in self.sources() if not os.path.exists(p := folder.path(s))]
        return (*self._damage, *(f"{path} is not there" for path in gone))

    def make_anew(self, *, bare: bool = False) -> None:
        """Let ``put`` take nothing over from the build in force."""
        self.bare = bare
        self._damage = self._damage or ("the store is made anew",)

    def require_whole(self) -> None:
        """As ``Target.require_whole``; a database or an index that is damaged is made anew in ``put``."""
        if self._trouble:
            raise self._trouble
        self._require_records(self.place)
        folder = self.folder()
        for source in self.sources():
            path = folder.path(source)
            if not os.path.exists(path):
                raise damaged(path, "an N-Quads file is not there")
            if self._damage and not folder.is_whole(source):
                raise damaged(path, "an N-Quads file is not as it was written")

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
        if self._damage:
            build.sharing = None
        try:
            faultpoint("put.begin")
            progress.start("Filling the store", 3)
            changed, gone = _changes(self.sources() if old else [], sources)
            if old and not self._damage and _worth_patching(changed, sources, old):
                graphs = [*gone, *(s.graph for s in changed)]
                build.patch(graphs, (folder.path(s) for s in changed))
            else:
                graphs = None
                for source in sources:
                    if not folder.is_whole(source):
                        raise damaged(folder.path(source), "an N-Quads file is not as it was written")
                build.load_all(folder.path(s) for s in sources)
            faultpoint("put.filled")
            progress.advance()
            assert build.graph is not None
            reader = OxigraphReader(build.graph, self.place)
            checks = run_checks(reader.select)
            _refuse_violations(checks)
            faultpoint("put.checked")
            progress.advance()
            write_index(
                build.search_index,
                reader.select,
                sorted(s.graph for s in (changed if graphs is not None else sources)),
                start_from=os.path.join(old, "search.sqlite") if old and graphs is not None else None,
                without=graphs or [],
            )
            del reader
            build.publish(_manifest(sources, inputs, refused) | ({"bare": True} if self.bare else {}))
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

    def damage(self) -> tuple[str, ...]:
        """Nothing that could be seen from here."""
        return ()

    def require_whole(self) -> None:
        """As ``Target.require_whole``."""
        self._require_records(self.endpoint.place)

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


def held_by(place: str, build: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The manifest of a build, and what of the build is damaged.

    A damaged manifest is read from its copy beside the N-Quads files; empty where that is
    damaged too.
    """
    found = tuple(f"{path} {why}" for path, why in changed_files(build, sources=False))
    try:
        return read_manifest(build), found
    except StoreError as error:
        return read_copy(manifest_copy(place, os.path.basename(build))), found or (error.what,)


def read_copy(path: str) -> dict[str, Any]:
    """A manifest beside the N-Quads files; empty where there is none that can be read."""
    try:
        with open(path, encoding="utf-8") as file:
            manifest = json.load(file)
        for source in manifest["sources"]:
            Source.from_json(source)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return dict(manifest)


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
