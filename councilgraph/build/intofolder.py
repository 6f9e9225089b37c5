"""A folder with the embedded store as the place where a build goes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import astuple
from typing import Any, Self

from councilgraph.build.catalog import queries_digest
from councilgraph.build.checks import CheckRow, run_checks, touched_by
from councilgraph.build.indexing import rows_of
from councilgraph.build.progress import Progress
from councilgraph.build.sources import Source, SourceFolder, key_of
from councilgraph.build.targets import FromManifest, manifest_of, refuse_violations
from councilgraph.errors import StoreError
from councilgraph.faultpoints import faultpoint
from councilgraph.search.index import fill_index, usable
from councilgraph.store.digests import changed_files, read_stamps
from councilgraph.store.embedded import OxigraphReader, current_build, damaged, read_manifest
from councilgraph.store.newbuild import (
    PATCH_LIMIT,
    NewBuild,
    current_build_or_none,
    not_writable,
    writing,
)
from councilgraph.store.sweeping import manifest_copy, sweep_killed

# Beside the builds: nothing rests on it, and what is wrong with it is thrown away (build.looked).
LOOKED = "looked.sqlite"


class FolderTarget(FromManifest):
    """A folder with the embedded store; it is locked while it is open for writing.

    What is there is compared with its stamps, or else with its digests, first: a build that shared
    damaged files would carry the damage on. ``bare`` says that nothing is known of ``put``'s sources but
    their statements.
    """

    bare = False

    def __init__(self, place: str, jobs: int = 1) -> None:
        self.place = place
        self.jobs = jobs
        self.manifest = {}
        self._held = ExitStack()
        self._trouble: StoreError | None = None
        self._build: str | None = None
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
                self._build = build
            if build and not self._damage:  # else a file that seems to be of no use may be all that is left
                sweep_killed(self.place, build, (source.file for source in self.sources()))
            faultpoint("store.swept")
            self._held = held.pop_all()
        return self

    def __exit__(self, *error: Any) -> None:
        self._held.__exit__(*error)  # who holds the folder says what the system refused

    def folder(self) -> SourceFolder:
        """The N-Quads files, kept beside the builds."""
        stamps = None if self._damage or not self._build else read_stamps(self._build)
        return SourceFolder(os.path.join(self.place, "sources"), self.sources(), stamps)

    def looked(self) -> str:
        """Beside the builds."""
        return os.path.join(self.place, LOOKED)

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
            progress.start("Filling the store", 4)
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
            checks = self._checked(build, changed, gone if graphs is not None else None)
            faultpoint("put.checked")
            progress.advance()
            anew = changed if graphs is not None else sources
            fill_index(
                build.search_index,
                rows_of(((s.graph, folder.path(s)) for s in sorted(anew, key=lambda s: s.graph)), self.jobs),
                start_from=os.path.join(old, "search.sqlite") if old and graphs is not None else None,
                without=graphs or [],
            )
            progress.advance()
            told = {"made": queries_digest(), "rows": [astuple(row) for row in checks]}
            bare = {"bare": True} if self.bare else {}
            build.publish(manifest_of(sources, inputs, refused) | bare | {"checks": told})
            progress.advance()
        except OSError as error:
            build.abandon()
            raise not_writable(self.place, error) from None
        except BaseException:
            build.abandon()
            raise
        return checks

    def _checked(
        self, build: NewBuild, changed: Sequence[Source], gone: Sequence[str] | None
    ) -> tuple[CheckRow, ...]:
        """What the checks find; ``gone`` is None where nothing is taken over from the build before.

        What that one found counts then no more: it may be damaged. In a function of its own: who still
        holds the database keeps it from being published.
        """
        assert build.graph is not None
        told = self.manifest.get("checks") or {}
        touched = None
        if gone is not None and told.get("made") == queries_digest():
            now, left = {s.name for s in changed}, set(gone)
            out = [s for s in self.sources() if s.name in now or s.graph in left]
            folder = self.folder()
            files = (folder.path(s) for s in (*changed, *out))
            touched = touched_by({s.name for s in (*changed, *out)}, files)
        reader = OxigraphReader(build.graph, self.place)
        before = [CheckRow(*row) for row in told.get("rows", ())]
        checks = run_checks(reader.select, touched=touched, before=before)
        refuse_violations(checks)
        return checks


def held_by(place: str, build: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The manifest of a build, and what of the build is damaged.

    A damaged manifest is read from its copy beside the N-Quads files; empty where that is
    damaged too.
    """
    changed = changed_files(build, sources=False, stamps=read_stamps(build))
    found = tuple(f"{path} {why}" for path, why in changed)
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
