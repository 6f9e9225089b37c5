"""Making a new build of the embedded store beside the one in force."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph
from filelock import FileLock, Timeout

from councilgraph.errors import StoreError
from councilgraph.store.embedded import FORMAT, current_build

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
        lock = FileLock(os.path.join(place, "lock"), timeout=0)
        with lock:
            yield
    except Timeout:
        raise StoreError(
            "Another build is writing to this store.",
            where=os.path.abspath(place),
            cure="Wait until it is done, or build into another folder with --store.",
        ) from None
    except OSError as error:
        raise not_writable(place, error) from None


def not_writable(place: str, error: OSError) -> StoreError:
    """The folder or the disk refuses: say which, and that nothing was lost."""
    return StoreError(
        f"The store cannot be written: {error.strerror or error}.",
        where=os.path.abspath(place),
        cure="Free some space or choose another folder with --store; the store in force is as it was.",
    )


class NewBuild:
    """A build in the making. Nobody sees it before ``publish``."""

    def __init__(self, place: str, name: str) -> None:
        self.place = place
        self.name = name
        self.folder = os.path.join(place, "builds", name)
        self.old = current_build_or_none(place)
        if self.folder == self.old:
            raise ValueError("a build must not be made in the folder of the one in force")
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.graph: pyoxigraph.Store | None = None

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
        store = pyoxigraph.Store(self.graph_folder)
        for graph in removed:
            store.remove_graph(pyoxigraph.NamedNode(graph))
        for file in files:
            store.load(path=file, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
        store.flush()
        self.graph = store

    def publish(self, manifest: dict[str, Any]) -> None:
        """Put the build in force, in one step; the one before the old one is removed."""
        self.graph = None  # closes the database: its files must be complete before the step
        # Opened once more, it puts its log away; every reader would spend four times as long
        # on opening it otherwise.
        pyoxigraph.Store(self.graph_folder)
        write_whole(
            os.path.join(self.folder, "manifest.json"), json.dumps({"format": FORMAT, **manifest}, indent=1)
        )
        write_whole(os.path.join(self.place, "CURRENT"), f"{FORMAT} {self.name}\n")
        self._sweep(manifest)

    def abandon(self) -> None:
        """Remove what was begun; the store in force is untouched."""
        self.graph = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _sweep(self, manifest: dict[str, Any]) -> None:
        """Remove builds that nobody can be reading, and source files that none of them needs."""
        keep = {self.name} | ({os.path.basename(self.old)} if self.old else set())
        for name in os.listdir(os.path.join(self.place, "builds")):
            if name not in keep:
                shutil.rmtree(os.path.join(self.place, "builds", name), ignore_errors=True)
        for name in os.listdir(self.place):
            if ".new-" in name:  # of a build that was killed while it wrote
                os.remove(os.path.join(self.place, name))
        used = {source["file"] for source in manifest["sources"]}
        for name in os.listdir(os.path.join(self.place, "sources")):
            if name not in used:
                os.remove(os.path.join(self.place, "sources", name))


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
    try:
        with open(new, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, path)
    except BaseException:
        if os.path.exists(new):
            os.remove(new)
        raise
    _sync_folder(os.path.dirname(path) or ".")


def _sync_folder(folder: str) -> None:
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
                self._open = open(file, "rb")  # noqa: SIM115  (closed when it is read to its end)
            data: bytes = self._open.read(size)
            if data:
                return data
            self._open.close()
            self._open = None
