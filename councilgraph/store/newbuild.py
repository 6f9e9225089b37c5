"""Making a new build of the embedded store beside the one in force."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast

import pyoxigraph

from councilgraph.errors import StoreError
from councilgraph.faultpoints import faultpoint
from councilgraph.locking import BusyError, alone, command_now
from councilgraph.store.digests import listed
from councilgraph.store.embedded import FORMAT, SUMS, current_build, named_build
from councilgraph.store.holding import is_held
from councilgraph.store.pieces import Concatenated, pieces
from councilgraph.store.stamps import STAMPS
from councilgraph.store.sweeping import manifest_copy, names_in, remove_builds, remove_files
from councilgraph.store.wholefile import sync_folder, write_whole

# Above this share of changed statements a store made anew is quicker than one patched.
PATCH_LIMIT = 0.3


@contextmanager
def writing(place: str) -> Iterator[None]:
    """Hold the store for writing: one build at a time.

    Raises:
        StoreError: another build is running, or the folder cannot be written.
    """
    try:
        os.makedirs(os.path.join(place, "builds"), exist_ok=True)
        os.makedirs(os.path.join(place, "sources"), exist_ok=True)
        with alone(os.path.join(place, "lock"), command_now()):
            faultpoint("store.locked")
            yield
    except BusyError as busy:
        raise StoreError(
            busy.told("Another build is writing to this store"),
            where=os.path.abspath(place),
            cure=f"Wait until it is done, or build into another folder with --store. {busy.cure}",
        ) from None
    except OSError as error:
        if error.filename and not os.path.abspath(error.filename).startswith(os.path.abspath(place)):
            raise  # a report or a table that cannot be read says so itself
        raise not_writable(place, error) from None


def not_writable(place: str, error: OSError) -> StoreError:
    """The folder or the disk refuses: say which, and that nothing was lost."""
    why = error.strerror or re.sub(r".*\[Errno \d+\] ", "", str(error))
    return StoreError(
        f"The store cannot be written: {why}.",
        where=os.path.abspath(place),
        cure="Free some space, check your rights to the folder, or choose another one with --store; "
        "the store in force is as it was.",
    )


class NewBuild:
    """A build in the making. Nobody sees it before ``publish``."""

    def __init__(self, place: str, name: str) -> None:
        self.place = place
        self.old = current_build_or_none(place)
        if os.path.join(place, "builds", name) == self.old:
            raise ValueError("a build must not be made in the folder of the one in force")
        self.name = name = _free_name(place, name)
        self.folder = os.path.join(place, "builds", name)
        os.makedirs(self.folder)
        self.graph: pyoxigraph.Store | None = None
        # The build whose digests hold for the files that this one shares; None: none that is whole.
        self.sharing = self.old

    @property
    def graph_folder(self) -> str:
        """The folder of the database."""
        return os.path.join(self.folder, "graph")

    @property
    def search_index(self) -> str:
        """The file of the full-text index."""
        return os.path.join(self.folder, "search.sqlite")

    def load_all(self, files: Iterable[str]) -> None:
        """Fill an empty store from N-Quads files in one pass, a piece at a time."""
        store = pyoxigraph.Store(self.graph_folder)
        for piece in pieces(files):
            with Concatenated(piece) as quads:
                store.bulk_load(cast("IO[bytes]", quads), format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        store.flush()
        self.graph = store

    def patch(self, removed: Iterable[str], files: Iterable[str]) -> None:
        """Start from the store in force: drop graphs, then load files.

        The old files are shared, not copied (Oxigraph links what never changes), so the
        cost is that of the change.
        """
        assert self.old is not None
        pyoxigraph.Store.read_only(os.path.join(self.old, "graph")).backup(self.graph_folder)
        faultpoint("patch.copied")
        store = pyoxigraph.Store(self.graph_folder)
        for graph in removed:
            store.remove_graph(pyoxigraph.NamedNode(graph))
        faultpoint("patch.removed")
        for file in files:
            store.load(path=file, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        faultpoint("patch.loaded")
        store.flush()
        self.graph = store

    def publish(self, manifest: dict[str, Any]) -> None:
        """Put the build in force, in one step; the one before the old one is removed.

        ``sources`` of the manifest may be any iterable: of many reports only one's line is held
        at a time.
        """
        self.graph = None  # closes the database: its files must be complete before the step
        # Opened once more, it puts its log away; every reader would spend four times as long
        # on opening it otherwise.
        pyoxigraph.Store(self.graph_folder)
        for name in os.listdir(self.graph_folder):
            if name.startswith("LOG"):  # the engine's diary: as large as a report, and read by nobody
                os.remove(os.path.join(self.graph_folder, name))
        faultpoint("publish.closed")
        used: set[str] = set()
        written, copy = os.path.join(self.folder, "manifest.json"), manifest_copy(self.place, self.name)
        write_whole(written, _lines({"format": FORMAT, **manifest}, used))
        faultpoint("publish.manifest")
        # Beside the N-Quads files too: with it they alone are enough to make the store anew.
        with open(written, encoding="utf-8") as lines:
            write_whole(copy, lines)
        faultpoint("publish.copied")
        files = [*used, os.path.basename(copy)]
        digests, stamps = listed(self.folder, files, self.sharing)
        write_whole(os.path.join(self.folder, STAMPS), stamps)
        write_whole(os.path.join(self.folder, SUMS), digests)
        sync_folder(os.path.join(self.place, "builds"))
        faultpoint("publish.listed")
        write_whole(os.path.join(self.place, "CURRENT"), f"{FORMAT} {self.name}\n")
        faultpoint("publish.current")
        self._sweep(used)

    def abandon(self) -> None:
        """Remove what was begun; the store in force is untouched, also where this one is in force."""
        self.graph = None
        # Asked of the disk: whatever went wrong, or stopped us, came perhaps after that step.
        if current_build_or_none(self.place) == self.folder:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):
            os.remove(manifest_copy(self.place, self.name))

    def _sweep(self, used: set[str]) -> None:
        """Remove builds that nobody is reading, and source files that the one in force does not need."""
        keep = {self.name} | ({os.path.basename(self.old)} if self.old else set())
        builds = os.path.join(self.place, "builds")
        remove_builds(builds, (name for name in names_in(builds) if name not in keep))
        remove_files(self.place, self.name, used)


def _free_name(place: str, name: str) -> str:
    """A folder for the build that is not there: what a killed build left in it is removed.

    An earlier build of the same content that somebody still reads is left to them; readers who
    found another build under its name would mix two. That in force is left too, whatever version
    made it, and every one where nothing says which it is.
    """
    try:
        in_force = named_build(place)
        removable = True
    except StoreError:
        in_force, removable = None, False
    n = 1
    chosen = name
    while os.path.isdir(build := os.path.join(place, "builds", chosen)):
        if removable and (in_force is None or chosen != in_force[1]) and not is_held(build):
            shutil.rmtree(build)
            break
        n += 1
        chosen = f"{name}-{n}"
    return chosen


def current_build_or_none(place: str) -> str | None:
    """The build in force, or None where there is none that this version can read."""
    try:
        return current_build(place)
    except StoreError:
        return None


def _lines(manifest: dict[str, Any], used: set[str]) -> Iterator[str]:
    """The manifest as JSON with a line for each source; ``used`` gets the names of their files."""
    head = {name: value for name, value in manifest.items() if name != "sources"}
    yield json.dumps(head)[:-1] + ', "sources": ['
    mark = "\n"
    for source in manifest["sources"]:
        used.add(source["file"])
        yield mark + json.dumps(source)
        mark = ",\n"
    yield "\n]}\n"
