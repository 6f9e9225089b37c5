"""Writing to a server: whole or not at all for who reads, and resumed where it was cut off."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from benchmarks.servers import ENGINES, Server, settings_for
from councilgraph.errors import StoreError
from councilgraph.store import publishing
from councilgraph.store.embedded import open_embedded
from councilgraph.store.endpoint import Endpoint
from councilgraph.store.publishing import JOURNAL, Publication
from tests.conftest import PATHS, ROOT
from tests.endpoints.sending import CHUNK, CHUNKS, GRAPHS, STATEMENTS, graph, send
from tests.endpoints.stalling import Stalling

HOW_MANY = "SELECT ?v (COUNT(*) AS ?n) { ?s <urn:invented:value> ?v } GROUP BY ?v"
ACROSS = (
    f"SELECT ?a ?b {{ GRAPH <{graph(0)}> {{ <urn:invented:0:0> <urn:invented:value> ?a }} "
    f"GRAPH <{graph(GRAPHS - 1)}> "
    f"{{ <urn:invented:{GRAPHS - 1}:{STATEMENTS - 1}> <urn:invented:value> ?b }} }}"
)


@pytest.fixture(scope="module", params=list(ENGINES))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    one = ENGINES[request.param](tmp_path_factory.mktemp(request.param))
    one.start()
    try:
        yield one
    finally:
        one.stop()


@pytest.fixture
def endpoint(server: Server, monkeypatch: pytest.MonkeyPatch) -> Endpoint:
    for name, value in server.settings.items():
        monkeypatch.setenv(name, value)
    return Endpoint(server.place)


@pytest.fixture
def in_small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the senders in processes of their own send."""
    monkeypatch.setattr(publishing, "STATEMENTS", CHUNK)


def values(endpoint: Endpoint, sparql: str) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(tuple(term.value for term in row) for row in endpoint.select_patiently(sparql)))


def whole(value: int) -> tuple[tuple[str, ...], ...]:
    return ((str(value), str(GRAPHS * STATEMENTS)),)


def left_over(endpoint: Endpoint) -> int:
    staged = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{JOURNAL}')) }}"
    return int(values(endpoint, staged)[0][0])


def sender(server: Server, proxy: Stalling, value: int) -> subprocess.Popen[bytes]:
    environment = settings_for(server) | {"COUNCILGRAPH_UPDATE": proxy.address, "PYTHONPATH": PATHS}
    command = [sys.executable, "-m", "tests.endpoints.sending", server.place, str(value)]
    return subprocess.Popen(command, env=environment, cwd=ROOT)


def proxy_of(server: Server, stall_after: int) -> Stalling:
    return Stalling(Endpoint(server.place).transport.update_address, stall_after)


def test_the_server_holds_the_very_statements_of_the_embedded_store(endpoint: Endpoint, store: Path) -> None:
    built = open_embedded(str(store))
    sources = built.manifest()["sources"]
    iris = {s["name"]: f"https://w3id.org/councilgraph/graph/{s['name']}" for s in sources}

    def lines(name: str) -> list[str]:
        return built.graph_ntriples(iris[name]).decode().splitlines(keepends=True)

    endpoint.publish(
        {iris[s["name"]]: s["digest"] for s in sources},
        built.manifest(),
        {iris[s["name"]]: (s["triples"], lambda s=s: iter(lines(s["name"]))) for s in sources},
        lambda: None,
    )
    assert endpoint.manifest() == built.manifest()
    for name, iri in iris.items():
        here, there = (
            {str(quad.triple) for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES)}
            for data in (built.graph_ntriples(iri), endpoint.graph_ntriples(iri))
        )
        assert there == here, name
    assert left_over(endpoint) == 0


@pytest.mark.usefixtures("in_small_chunks")
def test_a_reader_never_sees_a_part_of_a_change(endpoint: Endpoint) -> None:
    send(endpoint, 1)
    asked = (HOW_MANY, ACROSS)
    seen: list[Counter[object]] = [Counter() for _ in asked]
    stop = threading.Event()

    def read(n: int) -> None:
        own = Endpoint(endpoint.place)
        while not stop.is_set():
            seen[n][values(own, asked[n])] += 1

    readers = [threading.Thread(target=read, args=(n,)) for n in range(len(asked))]
    for reader in readers:
        reader.start()
    for value in (2, 3):
        send(endpoint, value)
    stop.set()
    for reader in readers:
        reader.join()
    counted, across = seen
    assert sum(counted.values()) > 5 and sum(across.values()) > 5
    assert set(across) <= {((str(v), str(v)),) for v in (1, 2, 3)}, across
    assert set(counted) <= {whole(v) for v in (1, 2, 3)}, counted
    assert values(endpoint, HOW_MANY) == whole(3)
    assert endpoint.manifest() == {"value": 3} and left_over(endpoint) == 0


@pytest.mark.usefixtures("in_small_chunks")
def test_a_killed_build_sends_only_the_rest_when_it_is_run_again(server: Server, endpoint: Endpoint) -> None:
    send(endpoint, 10)
    before = proxy_of(server, stall_after=6)  # one that begins, and five chunks
    client = sender(server, before, 11)
    assert before.stalled.wait(60)
    client.kill()
    client.wait(20)
    before.end()
    assert values(endpoint, HOW_MANY) == whole(10), "what is in force is as it was"
    after = proxy_of(server, stall_after=10_000)
    assert sender(server, after, 11).wait(120) == 0
    after.end()
    assert after.chunks == CHUNKS - 5
    assert values(endpoint, HOW_MANY) == whole(11) and left_over(endpoint) == 0


@pytest.mark.usefixtures("in_small_chunks")
def test_a_build_outlives_a_server_that_is_killed_and_restarted(server: Server, endpoint: Endpoint) -> None:
    send(endpoint, 20)
    proxy = proxy_of(server, stall_after=6)
    client = sender(server, proxy, 21)
    assert proxy.stalled.wait(60)
    server.kill()
    proxy.left = 10_000
    proxy.go_on.set()  # what is held back is refused: nobody is there
    server.start()
    assert client.wait(120) == 0
    proxy.end()
    assert proxy.chunks <= CHUNKS + 3, "what had arrived is not sent again, but for what was under way"
    assert values(endpoint, HOW_MANY) == whole(21) and left_over(endpoint) == 0


@pytest.mark.usefixtures("in_small_chunks")
def test_what_a_server_has_lost_is_sent_again(endpoint: Endpoint) -> None:
    send(endpoint, 30)
    ours = Publication(endpoint)
    ours.begin(["a" * 64])
    ours.stage(graph(0), "a" * 64, 2, lambda: iter(['<urn:x:1> <urn:x:p> "1" .\n']))
    assert ours.short() == [graph(0)], "two statements were told of, one is there"
    assert left_over(endpoint) == 1, "only the name of the writer is left"


@pytest.mark.usefixtures("in_small_chunks")
def test_a_build_that_another_one_took_over_says_so_and_changes_nothing(endpoint: Endpoint) -> None:
    send(endpoint, 40)
    first = Publication(endpoint)
    first.begin(["b" * 64])
    first.stage(graph(0), "b" * 64, 1, lambda: iter(['<urn:x:1> <urn:invented:value> "41" .\n']))
    second = Publication(endpoint)
    second.begin(["b" * 64])
    first.commit([graph(n) for n in range(1, GRAPHS)])
    assert values(endpoint, HOW_MANY) == whole(40)
    send(endpoint, 42)
    assert values(endpoint, HOW_MANY) == whole(42) and left_over(endpoint) == 0


def test_a_server_that_lets_nobody_write_says_what_to_set(
    server: Server, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not server.settings:
        monkeypatch.setenv("COUNCILGRAPH_UPDATE", server.place)  # the query address takes no updates
        wanted = "refuses|does not answer"
    else:
        monkeypatch.setenv("COUNCILGRAPH_PASSWORD", "another")
        wanted = "COUNCILGRAPH_PASSWORD"
    with pytest.raises(Exception, match=wanted) as caught:
        send(Endpoint(server.place), 50)
    assert isinstance(caught.value, StoreError) or "refuses" in str(caught.value)
    assert os.environ.get("COUNCILGRAPH_USER", "") in ("", "dba")
