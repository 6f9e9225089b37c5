"""One of the two builds that are compared: a store, a build, an endpoint or a release as N-Quads."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import pyoxigraph

from councilgraph.build.sources import Source
from councilgraph.diff.changes import SideTold
from councilgraph.diff.files import filled, rdf_files
from councilgraph.errors import InputError, StoreError
from councilgraph.iris import IRIS
from councilgraph.store import is_address
from councilgraph.store.embedded import FORMAT, EmbeddedStore, OxigraphReader, open_embedded, read_manifest
from councilgraph.terms import DCTERMS, OWL, PROV, RDFS, SKOS, cg

Lines = frozenset[bytes]
_CURE = (
    "Name the folder of a store or a release, one of its 'builds', an N-Quads or TriG file, or an endpoint."
)


class Side:
    """One build, open for reading.

    ``sources`` are what its manifest says of its graphs, by their IRIs; empty where it has
    none. ``folder`` is that of the N-Quads files it was filled from, where these are at hand.
    """

    def __init__(self, place: str, reader: Any, manifest: Mapping[str, Any], folder: str = "") -> None:
        self.place, self.reader, self._folder = place, reader, folder
        self.version = str(manifest.get("councilgraph", ""))
        sources = [Source.from_json(one) for one in manifest.get("sources", ())]
        self.sources: dict[str, Source] = {source.graph: source for source in sources}
        named = self.sources or self._named()
        self.graphs = frozenset(graph for graph in named if graph.startswith(_graphs()))
        if named and not self.graphs:
            raise InputError(
                "None of its graphs is named as ours are; its statements cannot be told apart.",
                where=place,
                cure="If it was built with another COUNCILGRAPH_BASE, set that variable.",
            )

    def lines(self, graph: str) -> Lines:
        """The statements of a graph as lines of N-Triples, each written in one way only."""
        if graph not in self.graphs:
            return frozenset()
        data = self.reader.graph_ntriples(graph)
        if not isinstance(self.reader, OxigraphReader):
            # Servers escape and sort in their own ways.
            parsed = pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
            data = pyoxigraph.serialize(
                (quad.triple for quad in parsed), format=pyoxigraph.RdfFormat.N_TRIPLES
            )
        return frozenset(line for line in data.split(b"\n") if line)

    def written(self, graph: str) -> Lines | None:
        """As ``lines``, out of the file that the graph was filled from: ten times as fast.

        None where the file is not there any more or is not what the manifest says. The lines
        are as our writer wrote them, so they compare with those of another file only.
        """
        source = self.sources.get(graph)
        if graph not in self.graphs:
            return frozenset()
        if source is None or not self._folder:
            return None
        try:
            with open(os.path.join(self._folder, source.file), "rb") as file:
                data = file.read().replace(f" <{graph}> .\n".encode(), b" .\n")
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != source.digest:
            return None
        return frozenset(line for line in data.split(b"\n") if line)

    def labels(self, iri: str) -> list[str]:
        """What a thing is called: its labels and titles, in order."""
        names = f"<{RDFS}label>|<{SKOS}prefLabel>|<{DCTERMS}title>"
        return sorted({row[0].value for row in self.rows(f"SELECT ?l {{ <{iri}> {names} ?l }}")})

    def councils(self) -> list[tuple[str, str, str]]:
        """IRI, name and area of each council."""
        asked = f"SELECT ?c ?l ?a {{ ?c a {cg('Council')} ; <{RDFS}label> ?l ; {cg('area')} ?a }}"
        return sorted((row[0].value, row[1].value, row[2].value) for row in self.rows(asked))

    def told(self) -> SideTold:
        """What it says of itself."""
        days = f"SELECT (MAX(STR(?d)) AS ?m) {{ ?a {cg('publishedOn')}|{cg('lastUpdatedOn')} ?d }}"
        rules = f"SELECT DISTINCT ?r {{ ?run a {cg('ExtractionRun')} ; {cg('rulesVersion')} ?r }}"
        agent = f"SELECT ?v {{ ?agent a <{PROV}SoftwareAgent> ; <{OWL}versionInfo> ?v }}"
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        newest = [row[0].value for row in self.rows(days) if row[0] is not None]
        versions = [row[0].value for row in self.rows(agent)]
        return SideTold(
            self.place,
            self.version or (versions[0] if versions else ""),
            tuple(sorted(row[0].value for row in self.rows(rules))),
            newest[0] if newest else "",
            sum(s.triples for s in self.sources.values()) or int(next(self.rows(count))[0].value),
            sum(graph.startswith(f"{_graphs()}report/") for graph in self.graphs),
            bool(self.sources),
        )

    def rows(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT query."""
        rows: Iterator[tuple[Any, ...]] = self.reader.select(sparql)[1]
        return rows

    def _named(self) -> list[str]:
        asked = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
        return [row[0].value for row in self.rows(asked)]


def _graphs() -> str:
    return IRIS.graph("")


@contextmanager
def opened_side(place: str) -> Iterator[Side]:
    """Open a store folder, a build of one, a release folder, an N-Quads or TriG file, or an endpoint.

    Raises:
        StoreError: there is none, it is damaged or of another version. InputError: a file that
        is no N-Quads or TriG, or a graph that is not ours.
    """
    with ExitStack() as held:
        if is_address(place):
            from councilgraph.store.endpoint import Endpoint

            endpoint = Endpoint(place)
            yield Side(place, endpoint, endpoint.manifest())
        elif os.path.isfile(os.path.join(place, "CURRENT")):
            store = open_embedded(place)
            yield Side(place, store, store.manifest(), os.path.join(place, "sources"))
        elif os.path.isdir(os.path.join(place, "graph")):
            sources = os.path.join(place, "..", "..", "sources")
            yield Side(place, EmbeddedStore(place, place), _manifest_of(place), sources)
        elif files := rdf_files(place):
            graph = held.enter_context(filled(files))
            yield Side(place, OxigraphReader(graph, place), _told_beside(place))
        else:
            what = "There is nothing here to compare." if os.path.exists(place) else "There is no such place."
            raise StoreError(what, where=os.path.abspath(place), cure=_CURE)


def _manifest_of(build: str) -> dict[str, Any]:
    manifest = read_manifest(build)
    if manifest.get("format") != FORMAT:
        raise StoreError(
            f"The build was made by another version of councilgraph (format {manifest.get('format')}, "
            f"here {FORMAT}).",
            where=os.path.abspath(build),
            cure="Write it as N-Quads with that version ('councilgraph export rdf') and compare the files.",
        )
    return manifest


def _told_beside(place: str) -> dict[str, Any]:
    """What a release says its graphs were made from; nothing where it does not say it."""
    path = os.path.join(place, "manifest.json")
    if not os.path.isfile(path):
        return {}
    try:
        with open(path, encoding="utf-8") as file:
            manifest = dict(json.load(file))
        for one in manifest.get("sources", ()):
            Source.from_json(one)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"The manifest of the release cannot be read: {error}.",
            where=path,
            cure="Fetch the release again, or compare its N-Quads file alone.",
        ) from None
    return manifest
