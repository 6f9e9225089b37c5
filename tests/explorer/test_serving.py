"""The server itself: slow clients, and the command as people run it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from councilgraph.errors import UsageError
from councilgraph.explorer.serving import listen, server
from councilgraph.explorer.settings import Limits, Settings
from tests.conftest import PATHS, Run
from tests.support.serving import free_port

QUICK = Limits(header_seconds=0.5, body_seconds=0.5, send_seconds=0.5)
PATIENCE = 60.0  # far beyond the limits above: a server without them keeps the connection
LARGE = 64 * 1024 * 1024  # more than the buffers of the system hold


async def small_app(scope: Any, receive: Any, send: Any) -> None:
    """Reads the whole request, then answers: at once, late or at length."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    while (await receive()).get("more_body"):
        pass
    if scope["path"] == "/late":
        import asyncio

        await asyncio.sleep(3 * QUICK.header_seconds)
    size = LARGE if scope["path"] == "/large" else 2
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % size)]})
    for at in range(0, size, 1 << 20):
        part = b"x" * min(1 << 20, size - at)
        await send({"type": "http.response.body", "body": part, "more_body": at + len(part) < size})


@contextmanager
def running(limits: Limits) -> Iterator[int]:
    """The port of a server with that app and those limits."""
    settings = Settings(store="none", port=0, limits=limits)
    with listen(settings) as listening:
        made = server(small_app, settings)
        thread = threading.Thread(target=made.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            made.should_exit = True
            thread.join(30)
            assert not thread.is_alive()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def ended(one: socket.socket) -> bool:
    """Has the server ended the connection? Waits for it as long as `PATIENCE`."""
    try:
        while one.recv(65536):
            pass
    except ConnectionResetError:
        return True
    return True


def feed(one: socket.socket, text: bytes) -> None:
    """Sends a letter now and then, as a client does that wants to be kept."""
    with one:
        try:
            for letter in text * 1000:
                one.sendall(bytes([letter]))
                time.sleep(0.1)
        except OSError:
            return
        raise AssertionError("the server took everything")


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
    ids=["nothing", "headers", "body", "chunk"],
)
def test_a_client_that_stops_halfway_is_let_go(begun: bytes) -> None:
    with running(QUICK) as port, connect(port) as one:
        one.sendall(begun)
        assert ended(one)


@pytest.mark.parametrize(
    "begun",
    [b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"],
    ids=["headers", "body"],
)
def test_a_client_that_sends_letter_by_letter_is_let_go(begun: bytes) -> None:
    with running(QUICK) as port:
        one = connect(port)
        one.sendall(begun)
        feed(one, b"a")


def test_a_client_that_takes_nothing_is_let_go() -> None:
    with running(QUICK) as port, connect(port) as one:
        one.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        assert one.recv(1)
        time.sleep(4 * QUICK.send_seconds)
        taken = 1
        try:
            while data := one.recv(1 << 20):
                taken += len(data)
        except ConnectionResetError:
            pass
        assert taken < LARGE


def test_the_time_that_an_answer_takes_is_not_the_client_s() -> None:
    with running(QUICK) as port, connect(port) as one:
        for _ in range(2):
            one.sendall(b"GET /late HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while not answer.endswith(b"xx"):
                data = one.recv(4096)
                assert data, "the connection was ended before the answer"
                answer += data
            assert answer.startswith(b"HTTP/1.1 200")


def test_a_taken_port_is_said_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--store", tmp_path, "--port", port)
        assert done.returncode == 2
        assert f"port {port}" in done.stderr
        assert "--port" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_port_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="no port"):
        Settings(store="none", port=99_999)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot listen"):
        listen(Settings(store="none", host="192.0.2.1", port=0))


def test_no_store_is_said_and_nothing_is_served(run: Run, tmp_path: Path) -> None:
    done = run("serve", "--store", tmp_path, "--port", free_port())
    assert done.returncode == 2
    assert "councilgraph build" in done.stderr


@pytest.mark.parametrize(
    "option", [("--root-path", "evil"), ("--base", "ftp://x"), ("--query-seconds", "0"), ("--workers", "-1")]
)
def test_a_setting_that_cannot_be_is_refused(run: Run, tmp_path: Path, option: tuple[str, str]) -> None:
    done = run("serve", "--store", tmp_path, *option)
    assert done.returncode == 2
    assert "what to do" in done.stderr


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_where_it_is_and_stops_in_good_order(
    explorer_store: Path, told: signal.Signals
) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "councilgraph",
        "serve",
        "--store",
        str(explorer_store),
        "--port",
        str(port),
    ]
    environment = {**os.environ, "PYTHONPATH": PATHS, "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr
        try:
            line = next(one for one in process.stderr if "The explorer is at" in one)
            assert f"http://127.0.0.1:{port}/" in line
            _until(lambda: b"200" in _asked(port))
            process.send_signal(told)
            assert process.wait(PATIENCE) == 0
            assert "Traceback" not in process.stderr.read()
        finally:
            process.kill()


def _asked(port: int) -> bytes:
    with connect(port) as one:
        one.sendall(b"GET /councils HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return one.recv(64)


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if done():
                return
        except OSError:
            pass
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)
