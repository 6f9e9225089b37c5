"""The guard over the whole suite: nothing that a test does, or starts, gets off this machine."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.conftest import PATHS, Run, WentOutsideError
from tests.support.server import Server
from tests.support.serving import served

Outside = Callable[[], list[str]]
NOBODY = "192.0.2.1"  # an address that was given to nobody (RFC 5737)
ASK = (
    "import contextlib, socket\n"
    f"with contextlib.suppress(Exception): socket.create_connection(('{NOBODY}', 9), 1)"
)


def ask_by_number() -> None:
    with socket.socket() as one:
        one.settimeout(1)
        one.connect((NOBODY, 9))


def ask_by_name() -> None:
    socket.getaddrinfo("www.cqc.org.uk", 443)


def ask_by_datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", (NOBODY, 9))


def ask_in_a_loop() -> None:
    asyncio.run(asyncio.wait_for(asyncio.open_connection(NOBODY, 9), 1))


def ask_by_httpx() -> None:
    httpx.get("https://www.cqc.org.uk/", timeout=1, trust_env=False)


@pytest.mark.parametrize("ask", [ask_by_number, ask_by_name, ask_by_datagram, ask_in_a_loop, ask_by_httpx])
def test_a_test_cannot_leave_this_machine(ask: Callable[[], None], outside: Outside) -> None:
    with pytest.raises(WentOutsideError):
        ask()
    assert len(outside()) == 1


def test_an_attempt_that_the_code_swallows_is_still_told(outside: Outside) -> None:
    with suppress(Exception):
        ask_by_number()
    assert [one.split()[:2] for one in outside()] == [["socket.connect", f"{NOBODY}:9"]]


def test_an_attempt_in_a_thread_is_told(outside: Outside) -> None:
    def ask() -> None:
        with pytest.raises(WentOutsideError):
            ask_by_number()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(outside()) == 1


def test_an_attempt_in_a_program_that_a_test_starts_is_told(outside: Outside) -> None:
    subprocess.run([sys.executable, "-c", ASK], check=True)
    assert len(outside()) == 1


def test_the_command_line_that_tests_run_is_guarded(run: Run, outside: Outside, tmp_path: Path) -> None:
    asked = ("query", "Q01", "--store", f"http://{NOBODY}:9/")
    assert run(*asked, cwd=tmp_path, http_proxy="", no_proxy="*").returncode == 2
    assert len(outside()) == 1


def test_names_that_belong_to_nobody_are_unknown_without_asking(outside: Outside) -> None:
    for name in ("councils.example", "a.invalid", "www.example.org"):
        with pytest.raises(socket.gaierror):
            socket.getaddrinfo(name, 80)
    assert outside() == []


def test_this_machine_is_reached_as_before(outside: Outside, tmp_path: Path) -> None:
    with Server({"/": b"<p>here</p>"}).running() as site:
        for host in ("127.0.0.1", "localhost"):
            address = f"http://{host}:{site.port}/"
            assert urllib.request.urlopen(address, timeout=20).status == 200
            assert httpx.get(address, trust_env=False).text == "<p>here</p>"
            reader, writer = asyncio.run(_opened(host, site.port))
            assert reader and writer
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listening, socket.socket(socket.AF_UNIX) as one:
        listening.bind(path)
        listening.listen()
        one.connect(path)
    assert outside() == []


async def _opened(host: str, port: int) -> tuple[bool, bool]:
    reader, writer = await asyncio.open_connection(host, port)
    writer.close()
    await writer.wait_closed()
    return reader is not None, writer is not None


def test_the_explorer_answers_without_asking_anybody(store: Path, outside: Outside) -> None:
    # Its process is guarded too: what it tried would be told here.
    assert PATHS.split(":")[0].endswith("guard")
    with served(store) as address, httpx.Client(base_url=address, trust_env=False, timeout=60) as visitor:
        for page in ("/", "/councils", "/search?q=equipment", "/questions", "/editor", "/api/openapi.json"):
            assert visitor.get(page, follow_redirects=True).status_code in (200, 404)
        asked = {"query": "SELECT * { SERVICE <http://192.0.2.1:9/sparql> { ?s ?p ?o } }"}
        assert visitor.get("/sparql", params=asked).status_code in (400, 403)
    assert outside() == []
