"""What of a store is damaged: its files against their digests, its parts against each other.

A flipped bit in a file of the database is met by the engine only when a query reads it, and one
in the index or in an N-Quads file by nobody: each file is compared with the digest that was
written with it. Beyond that, what the N-Quads files say is counted in the database.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from zlib import crc32

from councilgraph.build.intofolder import LOOKED, read_copy
from councilgraph.build.looked import read_looked
from councilgraph.build.progress import Progress, Silent
from councilgraph.build.sources import Source, SourceFolder
from councilgraph.errors import CouncilgraphError, StoreError
from councilgraph.store.digests import SOURCES, changed_files, read_digests
from councilgraph.store.embedded import (
    FORMAT,
    SUMS,
    EmbeddedStore,
    named_build,
    no_store,
    other_format,
    read_manifest,
)
from councilgraph.store.holding import hold
from councilgraph.store.sweeping import manifest_copy
from councilgraph.upkeep.contents import database_damage, index_damage

REPAIR = "Run 'councilgraph check --repair': the store is made anew from its N-Quads files."
_ANSWER = re.compile(r"[0-9a-f]{8}")
# A build that is put in force while a store is checked takes files with it; then it is checked again.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong; ``answer`` marks a kept answer, which is only thrown away."""

    what: str
    where: str
    cure: str = REPAIR
    answer: bool = False


@dataclass(slots=True)
class Checked:
    """What was found of a store; ``notes`` are things that harm nobody."""

    place: str
    build: str = ""
    graphs: int = 0
    statements: int = 0
    files: int = 0
    answers: int = 0
    damage: list[Damage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Nothing is damaged."""
        return not self.damage

    def add(self, what: str, where: str, cure: str = REPAIR, *, answer: bool = False) -> None:
        """Note a damage."""
        self.damage.append(Damage(what, where, cure, answer))


def check_store(place: str, progress: Progress | None = None) -> Checked:
    """Look at every file of a store folder. Nothing is changed.

    Raises:
        StoreError: there is no store.
    """
    progress = progress or Silent()
    for _ in range(_TRIES):
        before = _says(place)
        found = Checked(place)
        _examine(found, progress)
        if _says(place) == before:
            break
    return found


def _says(place: str) -> bytes:
    try:
        with open(os.path.join(place, "CURRENT"), "rb") as file:
            return file.read()
    except OSError:
        return b""


def _examine(found: Checked, progress: Progress) -> None:
    place, current = found.place, os.path.join(found.place, "CURRENT")
    try:
        named = named_build(place)
    except StoreError:
        found.add("The file CURRENT cannot be read: nothing says which build is in force.", current)
        return
    if named is None:
        if not _anything_in(place):
            raise no_store(place)
        found.add("The file CURRENT is not there: nothing says which build is in force.", current)
        return
    made_with, name = named
    build = os.path.join(place, "builds", name)
    if made_with != str(FORMAT):
        error = other_format(place, made_with)
        found.add(error.what, current, error.cure)
        return
    if not os.path.isdir(build):
        found.add("The build in force is not there.", build)
        return
    held = hold(build)
    try:
        found.build = name
        _examine_build(found, build, progress)
    finally:
        if held is not None:
            held.close()
    _left_over(found, name)


def _examine_build(found: Checked, build: str, progress: Progress) -> None:
    progress.start("Comparing files", 1)
    broken = dict(changed_files(build, sources=True))
    found.files = len(read_digests(build))
    for path, why in broken.items():
        found.add(f"The file {why}." if not why.startswith("the") else f"It {why[4:]}.", path)
    progress.advance()
    sources = _sources(found.place, build)
    if not sources:
        found.add("What the build was made from cannot be read.", os.path.join(build, "manifest.json"))
        return
    folder = SourceFolder(os.path.join(found.place, "sources"))
    listed = read_digests(build)
    progress.start("Counting statements", len(sources))
    for source in sources:
        path = os.path.normpath(folder.path(source))
        if path not in broken and not folder.is_whole(source):
            found.add("The file does not hold the statements that the manifest tells.", path)
        if listed and SOURCES + source.file not in listed:
            found.add(f"It says nothing of the file {source.file}.", os.path.join(build, SUMS))
    store = EmbeddedStore(found.place, build)
    for what in database_damage(store, sources, progress):
        found.add(what, os.path.join(build, "graph"))
    if os.path.join(build, "search.sqlite") not in broken:
        for what in index_damage(store):
            found.add(what, os.path.join(build, "search.sqlite"))
    found.graphs, found.statements = len(sources), sum(source.triples for source in sources)
    _examine_answers(found, build)


def _sources(place: str, build: str) -> list[Source]:
    try:
        manifest = read_manifest(build)
        return [Source.from_json(one) for one in manifest["sources"]]
    except (CouncilgraphError, TypeError, KeyError):
        copy = read_copy(manifest_copy(place, os.path.basename(build)))
        return [Source.from_json(one) for one in copy.get("sources", ())]


def _examine_answers(found: Checked, build: str) -> None:
    """Answers kept beside the build: a damaged one is asked anew by who needs it, and is in the way."""
    folder = os.path.join(build, "answers")
    cure = "Nothing is lost: it is not used. 'councilgraph check --repair' removes it."
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        path = os.path.join(folder, name)
        if not _ANSWER.fullmatch(name):
            found.notes.append(f"{path} was begun by a process that was ended.")
            continue
        try:
            with open(path, "rb") as file:
                whole = _is_answer(name, file.read())
        except OSError:
            whole = False
        found.answers += whole
        if not whole:
            found.add("An answer that was kept for later is damaged.", path, cure, answer=True)


def _is_answer(name: str, data: bytes) -> bool:
    text, zero, rest = data.partition(b"\0")
    return crc32(text + zero) == int(name, 16) and rest[:8] == b"%08x" % crc32(rest[8:])


def _left_over(found: Checked, name: str) -> None:
    for other in _names(os.path.join(found.place, "builds")):
        if other != name:
            found.notes.append(f"The earlier build {other} is still there; the next build removes it.")
    for left in (*_names(found.place), *_names(os.path.join(found.place, "sources"))):
        if ".new-" in left:
            found.notes.append(f"{left} was begun by a process that was ended; the next build removes it.")
    remembered = os.path.join(found.place, LOOKED)
    if os.path.exists(remembered):
        try:
            read_looked(remembered)
        except sqlite3.DatabaseError:
            # Nothing of the store rests on it, so that this is no damage of the store.
            found.notes.append(
                f"What {LOOKED} remembers of the reports' files is damaged; the next build throws it away "
                "and looks at all of them."
            )


def _anything_in(place: str) -> bool:
    """Whether there is anything from which a store could be made again."""
    return bool(_names(os.path.join(place, "builds")) or _names(os.path.join(place, "sources")))


def _names(folder: str) -> Iterator[str] | list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
