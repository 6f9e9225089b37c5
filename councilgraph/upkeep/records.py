"""What a damaged store still knows of the files that it was made from.

The manifest of the build in force says it; where that is damaged, its copy beside the N-Quads
files; where nothing says which build is in force, the newest manifest whose files are all there;
and where none is left, the N-Quads files themselves, which name their graphs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from councilgraph.build.sources import (
    DocumentRef,
    EarlierDocument,
    Made,
    Source,
    statements_digest,
)
from councilgraph.errors import StoreError
from councilgraph.iris import IRIS
from councilgraph.model import LoadWarning, NamedBody
from councilgraph.store.digests import is_as_written
from councilgraph.store.embedded import FORMAT, named_build
from councilgraph.store.sweeping import manifest_copy
from councilgraph.validation.results import ValidationResult

T = TypeVar("T")
_PARTS: dict[str, type[Any]] = {
    "documents": DocumentRef,
    "bodies": NamedBody,
    "earlier": EarlierDocument,
    "warnings": LoadWarning,
    "results": ValidationResult,
}


@dataclass(frozen=True, slots=True)
class Records:
    """The sources of a store, and its build's folder ("" where that is not known).

    ``inputs`` and ``refused`` are as the manifest tells them; ``bare`` says that nothing but the
    statements is known of the sources.
    """

    sources: tuple[Source, ...]
    build: str = ""
    inputs: str = ""
    refused: int = 0
    bare: bool = False


def records(place: str) -> Records:
    """The best account of what the store holds.

    Raises:
        StoreError: there is none, or two files are of one graph and nothing says which is in force.
    """
    try:
        named = named_build(place)
    except StoreError:
        named = None
    builds = [os.path.join(place, "builds", named[1])] if named else []
    for build in builds or _by_age(place):
        for path in (os.path.join(build, "manifest.json"), manifest_copy(place, os.path.basename(build))):
            told = _read(path)
            if told and _is_kept(build, path) and (named or _all_there(place, told)):
                return told_by(told, build if os.path.isdir(build) else "")
    return Records(tuple(_named_by_files(place)), bare=True)


def told_by(manifest: Mapping[str, Any], build: str) -> Records:
    """The records of a manifest of this format or another."""
    sources = [source_of(one) for one in manifest["sources"]]
    bare = bool(manifest.get("bare")) or any(
        s.name.startswith("report/") and not (s.header and s.documents) for s in sources
    )
    ours = manifest.get("format") == FORMAT
    inputs = str(manifest.get("inputs", "")) if ours else ""  # another version: made anew at the next build
    return Records(tuple(sources), build, inputs, int(manifest.get("refused", 0)), bare)


def source_of(stored: Mapping[str, Any]) -> Source:
    """A source as any version told it; what this one does not know is left out.

    Raises:
        KeyError, TypeError, ValueError: it lacks its name, its file, its digest or its count.
    """
    told = {f.name: stored[f.name] for f in fields(Source) if f.name in stored}
    for name, kind in _PARTS.items():
        told[name] = tuple(_known(kind, one) for one in told.get(name) or ())
    told["cited"] = tuple(told.get("cited") or ())
    made = told.get("made")
    told["made"] = _known(Made, made) if isinstance(made, Mapping) else Made()
    if not (isinstance(told["triples"], int) and os.path.basename(told["file"]) == told["file"]):
        raise ValueError("a record of the manifest is damaged")
    return Source(**told)


def _known(kind: type[T], stored: Mapping[str, Any]) -> T:
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in stored.items() if name in names})


def _read(path: str) -> dict[str, Any]:
    """A manifest of any format; empty where it cannot be read."""
    try:
        with open(path, encoding="utf-8") as file:
            manifest = dict(json.load(file))
        told_by(manifest, "")
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return manifest if manifest["sources"] else {}


def _is_kept(build: str, path: str) -> bool:
    """Whether a manifest is as it was written; a copy that came later is taken as it is."""
    with open(path, "rb") as file:
        return is_as_written(build, "manifest.json", file.read())


def _by_age(place: str) -> Iterator[str]:
    """Every build that left a manifest, the newest first."""
    paths = {name: os.path.join(place, "builds", name, "manifest.json") for name in _names(place, "builds")}
    copies = {
        name[len("manifest-") : -len(".json")]: os.path.join(place, "sources", name)
        for name in _names(place, "sources")
        if name.startswith("manifest-") and name.endswith(".json")
    }
    found: dict[str, float] = {}
    for name, path in (*paths.items(), *copies.items()):
        if os.path.isfile(path):
            found[name] = max(found.get(name, 0.0), os.stat(path).st_mtime)
    for name in sorted(found, key=lambda one: (-found[one], one)):
        yield os.path.join(place, "builds", name)


def _names(place: str, part: str) -> list[str]:
    folder = os.path.join(place, part)
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


def _all_there(place: str, manifest: Mapping[str, Any]) -> bool:
    return all(os.path.exists(os.path.join(place, "sources", one["file"])) for one in manifest["sources"])


def _named_by_files(place: str) -> Iterator[Source]:
    """A source for each N-Quads file whose name fits what it says."""
    folder, seen = os.path.join(place, "sources"), dict[str, str]()
    for file in (name for name in _names(place, "sources") if name.endswith(".nq")):
        path = os.path.join(folder, file)
        source = _of_file(path, file)
        if source is None:
            continue
        if source.name in seen:
            raise StoreError(
                f"Two N-Quads files are of the graph '{source.name}', and nothing says which is in force.",
                where=f"{seen[source.name]} and {path}",
                cure="Move the one away that you do not want, or run 'councilgraph build' with your reports.",
            )
        seen[source.name] = path
        yield source
    if not seen:
        raise StoreError(
            "There are no N-Quads files here from which a store could be made.",
            where=os.path.abspath(folder),
            cure="Run 'councilgraph build' with your reports.",
        )


def _of_file(path: str, file: str) -> Source | None:
    with open(path, "rb") as lines:
        first = lines.readline()
    if not first:
        return None  # a graph without statements
    graph = first.rstrip(b" .\n").rpartition(b"<")[2].rstrip(b">").decode("utf-8", "replace")
    name = graph.removeprefix(IRIS.graph(""))
    digest = statements_digest(path, graph)
    if name == graph or file != f"{name.replace('/', '_')}-{digest[:12]}.nq":
        raise StoreError(
            "An N-Quads file is not as it was written, and nothing else is left of its graph.",
            where=path,
            cure="Put it back from a copy, or run 'councilgraph build' with your reports.",
        )
    with open(path, "rb") as lines:
        count = sum(1 for _ in lines)
    return Source(name=name, made=Made(), file=file, digest=digest, triples=count)
