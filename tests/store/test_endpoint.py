"""The same commands on a real SPARQL 1.1 server, started for the test on loopback."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from councilgraph.store.endpoint import addresses
from tests.conftest import REPORTS, Run

QUERIES = (
    ("Q01",),
    ("Q02",),
    ("Q05",),
    ("Q09", "since=2024-01"),
    ("Q38", "authority=northmoor"),
    ("Q42",),
)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")


def oxigraph(*options: str) -> Iterator[str]:
    # Beside this Python: the environment of the tests need not be on the PATH.
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    assert program, "install the development tools: the package 'oxigraph' is the server"
    port = free_port()
    server = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def server() -> Iterator[str]:
    yield from oxigraph("--union-default-graph")


@pytest.fixture
def server_without_union() -> Iterator[str]:
    yield from oxigraph()


def test_a_server_gives_the_same_answers_as_the_embedded_store(
    server: str, store: Path, run: Run, invented_data: Path
) -> None:
    built = run("build", "--store", server, "--data", invented_data, "--reports", REPORTS)
    assert built.returncode == 0, built.stderr
    for query in QUERIES:
        here = run("query", *query, "--store", store, "--format", "json")
        there = run("query", *query, "--store", server, "--format", "json")
        assert here.returncode == there.returncode == 0, there.stderr
        assert there.stdout == here.stdout, query
        assert len(here.stdout) > 10, query
    asked = ("review", "--list", "--data", invented_data, "--format", "json", "--store")
    waits = [json.loads(run(*asked, place).stdout) for place in (store, server)]
    assert len(waits[0]) == 28 and waits[0] == waits[1]


def test_a_second_build_sends_only_what_has_changed(server: str, run: Run, data: Path, reports: Path) -> None:
    assert run("build", "--store", server, "--data", data, "--reports", reports).returncode == 0
    again = run("build", "--store", server, "--data", data, "--reports", reports)
    assert "Nothing has changed" in again.stderr
    page = reports / "northmoor" / "equity.txt"
    page.write_text(page.read_text() + "\nA new sentence came in.\n")
    assert run("load", reports / "northmoor", "--store", server, "--data", data).returncode == 0
    found = run("search", "new sentence", "--store", server, "--format", "csv")
    assert found.returncode == 0 and "A new sentence came in." in found.stdout
    gone = run("build", "--store", server, "--data", data, "--verbose")
    assert gone.returncode == 0 and "report/NMR-2025-05" in gone.stderr
    assert run("search", "new sentence", "--store", server).returncode == 1


def test_a_server_validates_and_exports(server: str, run: Run, invented_data: Path, tmp_path: Path) -> None:
    assert run("build", "--store", server, "--data", invented_data, "--reports", REPORTS).returncode == 0
    checked = run("validate", "--store", server)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.startswith("conforms, 0 violations")
    out = tmp_path / "graph.nq"
    assert run("export", "rdf", "-o", out, "--store", server).returncode == 0
    assert "Northmoor County Council" in out.read_text()


def test_a_server_that_keeps_its_graphs_apart_is_named_as_the_cause(
    server_without_union: str, run: Run, invented_data: Path
) -> None:
    done = run("build", "--store", server_without_union, "--data", invented_data)
    assert done.returncode == 2
    assert "--union-default-graph" in done.stderr and "Traceback" not in done.stderr


def test_an_address_where_nothing_answers_is_an_error_with_a_cure(run: Run) -> None:
    done = run("query", "Q01", "--store", f"http://127.0.0.1:{free_port()}/query")
    assert done.returncode == 2
    assert "does not answer" in done.stderr and "what to do" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "query", "update"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/update"),
        ("http://h:7878/", "http://h:7878/query", "http://h:7878/update"),
        ("http://h/repo/query", "http://h/repo/query", "http://h/repo/update"),
        ("http://h:8890/sparql", "http://h:8890/sparql", "http://h:8890/sparql"),
    ],
)
def test_the_update_address_follows_from_the_query_address(
    given: str, query: str, update: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COUNCILGRAPH_UPDATE", raising=False)
    assert addresses(given) == (query, update)
    monkeypatch.setenv("COUNCILGRAPH_UPDATE", "http://elsewhere/update")
    assert addresses(given) == (query, "http://elsewhere/update")


def test_a_store_and_a_server_with_the_same_graph_differ_in_nothing(
    server: str, store: Path, run: Run, invented_data: Path
) -> None:
    built = run("build", "--store", server, "--data", invented_data, "--reports", REPORTS)
    assert built.returncode == 0, built.stderr
    same = run("diff", store, server)
    assert same.returncode == 0, same.stdout + same.stderr
    assert run("build", "--store", server, "--data", invented_data).returncode == 0
    other = run("diff", store, server, "--format", "notes")
    assert other.returncode == 1 and "findings removed" in other.stdout
