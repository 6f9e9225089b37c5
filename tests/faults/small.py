"""A store that is small enough to be damaged a hundred times, and ways to ask it in this process."""

from __future__ import annotations

import io
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from councilgraph.build.intofolder import FolderTarget
from councilgraph.build.progress import Silent
from councilgraph.build.sources import Made, Source, SourceFolder
from councilgraph.cli import main
from councilgraph.store.embedded import open_embedded, read_manifest

# Enough for a stored question, a search and a check; the ontology is nine tenths of a whole store.
PARTS = ("report/SLM", "reference/local-authorities", "reference/regions", "scores/pilots", "provenance")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: bytes
    error: str

    @property
    def explained(self) -> bool:
        """An error with what is wrong, where, and what to do; no trace of the program."""
        parts = ("councilgraph: ", "\n  where: ", "\n  what to do: ")
        foreseen = "not foreseen" not in self.error and "Traceback" not in self.error
        return self.code == 2 and foreseen and all(part in self.error for part in parts)


def small_store(store: Path, place: Path) -> Path:
    """Some graphs of another store, as a store of their own."""
    manifest = read_manifest(open_embedded(str(store)).build)
    sources = [Source.from_json(one) for one in manifest["sources"] if one["name"].startswith(PARTS)]
    (place / "sources").mkdir(parents=True)
    for source in sources:
        shutil.copy(store / "sources" / source.file, place / "sources" / source.file)
    with FolderTarget(str(place)) as target:
        sources.append(_labels(store, target.folder()))
        target.put(sources, inputs="of a test", refused=0, progress=Silent())
    return place


def _labels(store: Path, folder: SourceFolder) -> Source:
    """Of the ontology what a hit of a search is shown with."""
    file = next((store / "sources").glob("ontology-*.nq"))
    lines = [line for line in file.read_text().splitlines() if "prefLabel" in line and "-section/" in line]
    text = "".join(f"{line.rpartition(' <')[0]} .\n" for line in lines)
    return folder.write("ontology", Made(), text)[0]


def call(*arguments: object) -> Said:
    """Run a command in this process."""
    out, error = io.BytesIO(), io.StringIO()
    stream = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    with redirect_stdout(stream), redirect_stderr(error):
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
    assert sys.stdout is not stream
    return Said(code, out.getvalue(), error.getvalue())


def canonical(store: Path) -> str:
    """The graph of a store in its canonical form: the same for the same statements."""
    graph = pyoxigraph.Dataset(open_embedded(str(store)).quads())
    graph.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(str(quad) for quad in graph))


def in_force(store: Path) -> Path:
    """The folder of the build in force."""
    return store / "builds" / (store / "CURRENT").read_text().split()[1]
