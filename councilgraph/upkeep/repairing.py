"""Making a store anew from its own files: no report is read, and no statement changes.

The N-Quads files are what the database, the index and the lists are made from. One that is damaged
itself is written again from the database, if that is whole. A new build is made beside the old
one and put in force in one step, as every build is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from councilgraph.build.intofolder import FolderTarget
from councilgraph.build.progress import Progress, Silent
from councilgraph.build.sources import Source, SourceFolder
from councilgraph.errors import CouncilgraphError, StoreError
from councilgraph.store.digests import changed_files
from councilgraph.store.embedded import EmbeddedStore
from councilgraph.upkeep.checking import Checked
from councilgraph.upkeep.records import records


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done: how many graphs the store has been made from, and which came from the database.

    ``bare``: what its reports were read from is no more known, and the next build reads them anew.
    """

    graphs: int = 0
    restored: tuple[str, ...] = ()
    answers: int = 0
    bare: bool = False


def repair(checked: Checked, progress: Progress | None = None) -> Repaired:
    """Make the store of that folder whole.

    Raises:
        StoreError: a graph can be had from no file any more, another build is running, or the
            folder cannot be written. The store is as it was.
    """
    if all(damage.answer for damage in checked.damage):
        for damage in checked.damage:
            os.remove(damage.where)
        return Repaired(answers=len(checked.damage))
    with FolderTarget(checked.place) as target:
        told = records(checked.place)
        folder = target.folder()
        sources, restored = _whole_sources(told.sources, folder, checked.place, told.build)
        target.make_anew(bare=told.bare)
        target.put(sources, inputs=told.inputs, refused=told.refused, progress=progress or Silent())
    return Repaired(len(sources), restored, bare=told.bare)


def _whole_sources(
    sources: tuple[Source, ...], folder: SourceFolder, place: str, build: str
) -> tuple[list[Source], tuple[str, ...]]:
    """Each source with a file that is whole; the names of those that came from the database."""
    whole = [source for source in sources if folder.is_whole(source)]
    if len(whole) == len(sources):
        return whole, ()
    store = _whole_database(place, build)
    made, restored, lost = [], [], []
    for source in sources:
        found = source if source in whole else _from_database(source, folder, store)
        if found is None:
            lost.append(source)
            continue
        made.append(found)
        if found is not source:
            restored.append(source.name)
    if lost:
        raise StoreError(
            f"{len(lost)} graphs can be had neither from their N-Quads files nor from the database: "
            f"{', '.join(source.name for source in lost[:5])}{' and others' if len(lost) > 5 else ''}.",
            where=", ".join(folder.path(source) for source in lost[:5]),
            cure="Run 'councilgraph build' with your reports: it makes these anew and keeps the others. "
            "The store is as it was.",
        )
    return made, tuple(restored)


def _whole_database(place: str, build: str) -> EmbeddedStore | None:
    """The database of a build, if none of its files is damaged."""
    if not build or not os.path.isdir(os.path.join(build, "graph")):
        return None
    inside = os.path.join(os.path.normpath(build), "graph") + os.sep
    if any(path.startswith(inside) for path, _ in changed_files(build, sources=False)):
        return None
    return EmbeddedStore(place, build)


def _from_database(source: Source, folder: SourceFolder, store: EmbeddedStore | None) -> Source | None:
    if store is None:
        return None
    try:
        lines = sorted(store.graph_ntriples(source.graph).decode("utf-8").splitlines(keepends=True))
    except CouncilgraphError:
        return None
    if len(lines) != source.triples:
        return None
    written, _ = folder.write(source.name, source.made, "".join(lines))
    return replace(source, file=written.file, digest=written.digest)
