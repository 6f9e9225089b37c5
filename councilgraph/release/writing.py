"""Make a release: check, write the graphs, read them back, and lay beside them what belongs to them."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from councilgraph import resources, workbook
from councilgraph.api import Graph, open_graph
from councilgraph.build.loadreport import load_report
from councilgraph.build.progress import Progress, Silent
from councilgraph.build.sources import Source, key_of
from councilgraph.errors import UsageError
from councilgraph.release.citation import citation
from councilgraph.release.description import description
from councilgraph.release.facts import Facts, facts
from councilgraph.release.folder import MANIFEST, Folder, must_be_free, release_folder
from councilgraph.release.given import Before, Measured, measured_accuracy, release_before
from councilgraph.release.graphs import write_graphs
from councilgraph.release.reading import newest_day, read_back
from councilgraph.release.sums import files_of
from councilgraph.release.texts import attribution, licence, readme
from councilgraph.release.wanted import Wanted
from councilgraph.release.whole import finished_sources, must_conform
from councilgraph.store.embedded import FORMAT
from councilgraph.version import __version__

_ONTOLOGY = (".ttl", ".jsonld", ".md")


@dataclass(frozen=True, slots=True)
class Release:
    """What was made; ``unchanged`` says that this very release was there already.

    ``files`` are all of the folder, ``size`` their bytes, ``statements`` those of all graphs.
    """

    folder: str
    version: str
    day: date
    statements: int
    graphs: int
    files: int
    size: int
    unchanged: bool


def write_release(
    store: str | None, place: str, wanted: Wanted | None = None, progress: Progress | None = None
) -> Release:
    """Release the build in force of a store (folder or endpoint) into the folder ``place``.

    Raises:
        StoreError: there is no store, or it is not whole. ValidationError: the graph breaks a rule.
        InputError: the folder cannot be written or holds something else, or a file that was given
        cannot be used. UsageError: there is no day, or the version is that of the release before.
    """
    wanted, progress = wanted or Wanted(), progress or Silent()
    measured = measured_accuracy(wanted.accuracy)
    before = release_before(wanted.previous)
    if wanted.previous and (before is None or before.sentences) != wanted.sentences:
        raise UsageError(
            "One of the two releases has the words of the reports and the other has not; the notes would "
            "tell that and nothing else.",
            cure="Name a release before that was made like this one, or leave --previous out.",
        )
    with open_graph(store) as graph, release_folder(place) as out:
        held = finished_sources(graph.store)
        build = key_of(*sorted(f"{source.name} {source.digest}" for source in held))[:16]
        progress.start("Writing graphs", 1)
        sources = write_graphs(graph.store, held, out, sentences=wanted.sentences)
        progress.advance()
        with read_back(out.new, sources, build) as reader:
            released = Graph(reader)
            told = _facts(released, sources, wanted, before)
            release = _record(told, before, measured)
            must_be_free(place, release)
            must_conform(reader, sources, progress, reviewed_only=wanted.reviewed_only)
            manifest = {"format": FORMAT, "councilgraph": __version__, "build": build, "release": release}
            out.write_json(MANIFEST, {**manifest, "sources": [one.to_json() for one in sources]})
            progress.start("Writing tables", 1)
            _tables(released, out)
            progress.advance()
        _beside(out, told, sources, measured)
    names = list(files_of(out.place))
    size = sum(os.path.getsize(os.path.join(out.place, name)) for name in names)
    return Release(
        out.place, told.version, told.day, told.statements, len(sources), len(names), size, out.unchanged
    )


def _facts(released: Graph, sources: Sequence[Source], wanted: Wanted, before: Before | None) -> Facts:
    day = wanted.day or newest_day(released.store)
    if day is None:
        raise UsageError(
            "Nothing in this build says when it was published.", cure="Give the day with --date."
        )
    told = facts(released, sources, wanted, day=day, previous=before.version if before else "")
    if before and told.version == before.version:
        raise UsageError(
            f"The release before is called {told.version} too.",
            cure="Give this one a name of its own with --release-version.",
        )
    return told


def _record(told: Facts, before: Before | None, measured: Measured) -> dict[str, Any]:
    """What makes this release this one and no other; two are the same where it is."""
    wanted = told.wanted
    return {
        "version": told.version,
        "date": told.day.isoformat(),
        "build": told.build,
        "rules": list(told.rules),
        "statements": told.statements,
        "sentences": wanted.sentences,
        "reviewed_only": wanted.reviewed_only,
        "base": wanted.base,
        "doi": wanted.doi,
        "accuracy": hashlib.sha256(measured.data).hexdigest(),
        "previous": asdict(before) if before else None,
    }


def _tables(released: Graph, out: Folder) -> None:
    about = workbook.about(released)
    workbook.write_folder(workbook.sheets(released), about, out.path("tables"))
    with out.open("tables.xlsx") as file:
        workbook.write_book(workbook.sheets(released), about, file)  # type: ignore[arg-type]


def _beside(out: Folder, told: Facts, sources: Sequence[Source], measured: Measured) -> None:
    """All that is no data: what it means, where it comes from, how right it is, how to use it."""
    _ontology(out)
    reports = tuple(source for source in sources if source.name.startswith("report/"))
    out.write_json("load-report.json", load_report(reports, ()))
    out.write("accuracy.json", measured.data)
    out.write("ACCURACY.md", f"# How right the machine is\n\n{measured.page}")
    out.write("CITATION.cff", citation(told))
    out.write("LICENCE.md", licence(told))
    out.write("ATTRIBUTION.md", attribution(told))
    data = [name for name in files_of(out.new) if name.endswith((".nq.gz", ".csv", ".xlsx"))]
    out.write("dcat.ttl", description(told, out.new, data))
    if previous := told.wanted.previous:
        from councilgraph.diff import compared, opened_side
        from councilgraph.diff.forms import written

        with opened_side(previous) as old, opened_side(out.new) as new:
            out.write("NOTES.md", written(compared(old, new), "notes", day=told.day))
    out.write("README.md", readme(told, sources, rules_measured=measured.rules))


def _ontology(out: Folder) -> None:
    root = resources.path("ontology")
    for name in files_of(root):
        if name.endswith(_ONTOLOGY):
            with open(os.path.join(root, name), "rb") as file, out.open(f"ontology/{name}") as copy:
                shutil.copyfileobj(file, copy)
