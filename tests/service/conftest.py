"""What the tests of the SPARQL service share: the explorer on loopback, over real sockets."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from councilgraph.explorer.app import create_app
from councilgraph.explorer.settings import MIB, Limits, Settings

# The invented store has some ten thousand statements: three of them beside each other never end.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }"
# A text that is doubled until no machine can hold it.
_DOUBLED = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
HUNGRY = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('xxxxxxxx' AS ?x0) {_DOUBLED} }}"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address of an explorer that runs in this process, on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        end = time.monotonic() + 60
        while not server.started:
            assert thread.is_alive() and time.monotonic() < end, "the server did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)


@pytest.fixture(scope="package")
def site(store: Path) -> Iterator[str]:
    """An explorer with room enough for every query of a test."""
    with served(Settings(store=str(store), limits=Limits(query_seconds=60))) as address:
        yield address


@pytest.fixture(scope="package")
def endpoint(site: str) -> str:
    """The address of its SPARQL service."""
    return f"{site}/sparql"


@pytest.fixture(scope="package")
def narrow(store: Path) -> Iterator[str]:
    """A SPARQL service with little time, memory and room, and one worker."""
    limits = Limits(query_seconds=2, query_memory=32 * MIB, result_bytes=200_000, request_bytes=100_000)
    with served(Settings(store=str(store), workers=1, limits=limits)) as address:
        yield f"{address}/sparql"


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    """A client without proxies, which waits as long as a busy machine needs."""
    with httpx.Client(timeout=120, trust_env=False) as one:
        yield one


class Other:
    """Another SPARQL endpoint, which counts who comes."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.visits.append(self.path)
                if self.path.startswith("/away"):
                    self.send_response(302)
                    self.send_header("Location", f"http://{outer.host}/elsewhere")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                binding = {"o": {"type": "literal", "value": "other"}}
                body = json.dumps({"head": {"vars": ["o"]}, "results": {"bindings": [binding]}}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"


@pytest.fixture
def other() -> Iterator[Other]:
    """Another endpoint on loopback."""
    one = Other()
    thread = threading.Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield one
    finally:
        one.server.shutdown()
        thread.join(10)
        one.server.server_close()
