"""Making a new build of the embedded store beside the one in force."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph

from councilgraph.errors import StoreError
from councilgraph.faultpoints import faultpoint
from councilgraph.locking import BusyError, alone, command_now
from councilgraph.store.digests import digest_list
from councilgraph.store.embedded import FORMAT, SUMS, current_build, named_build
from councilgraph.store.holding import is_held

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
        """Fill an empty store from N-Quads files in one pass."""
        store = pyoxigraph.Store(self.graph_folder)
        with _Concatenated(files) as quads:
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
        """Put the build in force, in one step; the one before the old one is removed."""
        self.graph = None  # closes the database: its files must be complete before the step
        # Opened once more, it puts its log away; every reader would spend four times as long
        # on opening it otherwise.
        pyoxigraph.Store(self.graph_folder)
        for name in os.listdir(self.graph_folder):
            if name.startswith("LOG"):  # the engine's diary: as large as a report, and read by nobody
                os.remove(os.path.join(self.graph_folder, name))
        faultpoint("publish.closed")
        told = json.dumps({"format": FORMAT, **manifest}, indent=1)
        write_whole(os.path.join(self.folder, "manifest.json"), told)
        faultpoint("publish.manifest")
        # Beside the N-Quads files too: with it they alone are enough to make the store anew.
        write_whole(manifest_copy(self.place, self.name), told)
        faultpoint("publish.copied")
        files = [source["file"] for source in manifest["sources"]]
        files.append(os.path.basename(manifest_copy(self.place, self.name)))
        write_whole(os.path.join(self.folder, SUMS), digest_list(self.folder, files, self.sharing))
        sync_folder(os.path.join(self.place, "builds"))
        faultpoint("publish.listed")
        write_whole(os.path.join(self.place, "CURRENT"), f"{FORMAT} {self.name}\n")
        faultpoint("publish.current")
        self._sweep(manifest)

    def abandon(self) -> None:
        """Remove what was begun; the store in force is untouched, also where this one is in force."""
        self.graph = None
        # Asked of the disk: whatever went wrong, or stopped us, came perhaps after that step.
        if current_build_or_none(self.place) == self.folder:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):
            os.remove(manifest_copy(self.place, self.name))

    def _sweep(self, manifest: dict[str, Any]) -> None:
        """Remove builds that nobody is reading, and source files that the one in force does not need."""
        keep = {self.name} | ({os.path.basename(self.old)} if self.old else set())
        builds = os.path.join(self.place, "builds")
        _remove_builds(builds, (name for name in _names(builds) if name not in keep))
        _remove_files(self.place, self.name, manifest)


def sweep_killed(place: str, build: str, manifest: dict[str, Any]) -> None:
    """Remove what killed work has left beside ``build``, the one in force, which must be whole.

    Its files are in nobody's use, and where nothing has changed since no later build would
    come to remove them.
    """
    builds = os.path.join(place, "builds")
    own = os.path.basename(build)
    listed = {name: written for name in _names(builds) if (written := _listed_at(os.path.join(builds, name)))}
    # A whole build that is newer was killed before it came into force.
    earlier = [name for name in listed if name != own and listed[name] <= listed.get(own, 0)]
    before = max(earlier, key=lambda name: listed[name], default="")
    _remove_builds(builds, (name for name in _names(builds) if name not in (own, before)))
    _remove_files(place, own, manifest)


def _listed_at(build: str) -> int:
    """When the list of digests of a build was written, its last file; 0 where there is none."""
    try:
        return os.stat(os.path.join(build, SUMS)).st_mtime_ns
    except OSError:
        return 0


def _remove_builds(builds: str, names: Iterable[str]) -> None:
    for name in names:
        if not is_held(build := os.path.join(builds, name)):
            with suppress(OSError):  # what cannot be removed is in nobody's way; the next build tries again
                faultpoint("sweep.build")
                shutil.rmtree(build, ignore_errors=True)


def _remove_files(place: str, build: str, manifest: dict[str, Any]) -> None:
    sources = os.path.join(place, "sources")
    used = {source["file"] for source in manifest["sources"]}
    used.add(os.path.basename(manifest_copy(place, build)))
    gone = [os.path.join(sources, name) for name in _names(sources) if name not in used]
    for path in (*gone, *(os.path.join(place, name) for name in _names(place) if ".new-" in name)):
        with suppress(OSError):
            faultpoint("sweep.source")
            os.remove(path)


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def manifest_copy(place: str, name: str) -> str:
    """The second copy of a build's manifest, beside the N-Quads files."""
    return os.path.join(place, "sources", f"manifest-{name}.json")


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


def write_whole(path: str | Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or not at all, even when the power fails."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    new = f"{path}.new-{os.getpid()}"
    half = len(data) // 2
    try:
        with open(new, "wb") as file:
            faultpoint("write.open")
            file.write(memoryview(data)[:half])
            file.flush()
            faultpoint("write.half")
            file.write(memoryview(data)[half:])
            file.flush()
            os.fsync(file.fileno())
        faultpoint("write.synced")
        os.replace(new, path)
        faultpoint("write.replaced")
    except BaseException:
        with suppress(OSError):
            os.remove(new)
        raise
    sync_folder(os.path.dirname(path) or ".")


def sync_folder(folder: str) -> None:
    """Have the names in a folder on the disk."""
    if os.name != "posix":
        return  # Windows has no such call and needs none
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Concatenated:
    """Several files read as one, so that the store is filled in a single bulk load."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files = iter(files)
        self._open: Any = None

    def __enter__(self) -> _Concatenated:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open is not None:
            self._open.close()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, never across the end of a file; empty when all are read."""
        while True:
            if self._open is None:
                file = next(self._files, None)
                if file is None:
                    return b""
                faultpoint("load.file")
                self._open = open(file, "rb")  # noqa: SIM115  (closed when it is read to its end)
            data: bytes = self._open.read(size)
            if data:
                return data
            self._open.close()
            self._open = None
