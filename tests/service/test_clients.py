"""The clients that people use, as they come, against the service over real sockets."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.conftest import ROOT
from tests.service.conftest import ENDLESS

CG = "https://w3id.org/councilgraph/def#"
COUNCILS = f"SELECT ?council WHERE {{ ?council a <{CG}Council> }} ORDER BY ?council"
TRIPLES = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } ORDER BY ?s LIMIT 5"
# Comunica 4.5.0, the last that runs on the Node.js of Debian 12 and 13 alike.
LOCK = ROOT / "requirements" / "comunica" / "package-lock.json"


@pytest.fixture
def councils(endpoint: str) -> list[str]:
    return wrapped(endpoint, COUNCILS, JSON)


def wrapped(endpoint: str, query: str, form: str, *, method: str = GET, sent: str = URLENCODED) -> Any:
    wrapper = Wrapper(endpoint)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(sent)
    answer = wrapper.query().convert()
    if form == JSON and isinstance(answer, dict) and "results" in answer:
        return [row["council"]["value"] for row in answer["results"]["bindings"]]
    return answer


@pytest.mark.parametrize(("method", "sent"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_reads_every_form(endpoint: str, councils: list[str], method: str, sent: str) -> None:
    assert len(councils) >= 3
    options = {"method": method, "sent": sent}
    assert wrapped(endpoint, COUNCILS, JSON, **options) == councils
    assert wrapped(endpoint, COUNCILS, CSV, **options).decode().split() == ["council", *councils]
    assert councils[0] in wrapped(endpoint, COUNCILS, TSV, **options).decode()
    assert len(wrapped(endpoint, COUNCILS, XML, **options).getElementsByTagName("result")) == len(councils)
    assert wrapped(endpoint, "ASK { ?s ?p ?o }", JSON, **options) == {"head": {}, "boolean": True}
    assert len(Graph().parse(data=wrapped(endpoint, TRIPLES, TURTLE, **options), format="turtle")) == 5
    assert len(wrapped(endpoint, TRIPLES, RDFXML, **options)) == 5
    assert len(wrapped(endpoint, f"DESCRIBE <{councils[0]}>", JSONLD, **options)) > 3


def test_sparqlwrapper_shows_what_is_wrong(endpoint: str, narrow: str) -> None:
    with pytest.raises(QueryBadFormed, match="The query is not valid SPARQL"):
        wrapped(endpoint, "SELECT nothing", JSON)
    with pytest.raises(QueryBadFormed, match="time limit of 2 seconds"):
        wrapped(narrow, ENDLESS, JSON, method=POST)


@pytest.mark.parametrize(
    "options",
    [{}, {"method": "POST"}, {"method": "POST_FORM"}, {"returnFormat": "json"}, {"returnFormat": "csv"}],
)
def test_an_rdflib_graph_stands_on_the_service(
    endpoint: str, councils: list[str], options: dict[str, str]
) -> None:
    graph = Graph(SPARQLStore(endpoint, **options))  # type: ignore[arg-type]
    assert [str(row[0]) for row in graph.query(COUNCILS)] == councils  # type: ignore[index]
    assert bool(graph.query("ASK { ?s ?p ?o }"))
    assert len(graph.query(TRIPLES).graph or ()) == 5
    council = URIRef(councils[0])
    assert (council, RDF.type, URIRef(CG + "Council")) in graph
    assert len(list(graph.predicate_objects(council))) > 3


def test_an_rdflib_graph_of_one_named_graph_holds_that_graph_only(endpoint: str) -> None:
    catalogue = "https://w3id.org/councilgraph/graph/catalog"
    one = Graph(SPARQLStore(endpoint, context_aware=True), identifier=URIRef(catalogue))
    everything = Graph(SPARQLStore(endpoint))
    assert 0 < len(one) < len(everything)


@pytest.fixture(scope="session")
def comunica() -> list[str]:
    """The command of Comunica, installed once from npm, by digest, into the user's cache folder."""
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node and npm, "install Node.js with npm (Debian: nodejs npm): Comunica runs on it"
    pinned = [LOCK.with_name("package.json"), LOCK]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in pinned)).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "councilgraph-tests"
    folder = cache / f"comunica-{digest}"
    program = folder / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two runs of the tests at a time
        if not (folder / "whole").exists():
            for path in pinned:
                shutil.copy(path, folder)
            command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder)]
            subprocess.run(command, check=True, capture_output=True)
            (folder / "whole").touch()
    return [node, str(program)]


def comunica_says(comunica: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*comunica, *arguments], capture_output=True, text=True, check=False, timeout=300)


def test_comunica_asks_the_service(comunica: list[str], endpoint: str, councils: list[str]) -> None:
    done = comunica_says(comunica, f"sparql@{endpoint}", COUNCILS, "-t", "application/sparql-results+json")
    assert done.returncode == 0, done.stderr
    bindings = json.loads(done.stdout)["results"]["bindings"]
    assert [row["council"]["value"] for row in bindings] == councils


def test_comunica_finds_out_by_itself_that_it_is_a_service(
    comunica: list[str], endpoint: str, councils: list[str]
) -> None:
    done = comunica_says(comunica, endpoint, COUNCILS, "-t", "application/sparql-results+json")
    assert done.returncode == 0, done.stderr
    bindings = json.loads(done.stdout)["results"]["bindings"]
    assert sorted(row["council"]["value"] for row in bindings) == councils


def test_comunica_reads_graphs_and_counts(comunica: list[str], endpoint: str) -> None:
    graph = comunica_says(comunica, f"sparql@{endpoint}", TRIPLES, "-t", "application/n-triples")
    assert graph.returncode == 0 and len(Graph().parse(data=graph.stdout, format="nt")) == 5, graph.stderr
    counted = comunica_says(
        comunica, f"sparql@{endpoint}", f"SELECT (COUNT(?c) AS ?n) {{ ?c a <{CG}Council> }}", "-t", "text/csv"
    )
    assert counted.returncode == 0 and int(counted.stdout.split()[1]) >= 3, counted.stderr
