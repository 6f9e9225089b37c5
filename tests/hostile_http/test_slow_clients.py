"""Clients that take their time on purpose are let go, and others are served meanwhile."""

from __future__ import annotations

import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.serving import served

_SECONDS = 2.0
_PATIENCE = 30.0


@pytest.fixture(scope="module")
def address(healthy_store: Path) -> Iterator[str]:
    with served(healthy_store, impatient=_SECONDS) as at:
        yield at


def connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    assert parts.hostname and parts.port
    return socket.create_connection((parts.hostname, parts.port), timeout=_PATIENCE)


def is_let_go(one: socket.socket, drip: bytes) -> bool:
    """Does the server end the connection while we send drop after drop?"""
    end = time.monotonic() + _PATIENCE
    one.settimeout(0.5)
    while time.monotonic() < end:
        try:
            one.sendall(drip)
            if one.recv(4096) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_headers_that_never_end_do_not_hold_a_connection(address: str) -> None:
    with connect(address) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        assert is_let_go(one, b"X-Slow: 1\r\n")


def test_silence_does_not_hold_a_connection(address: str) -> None:
    with connect(address) as one:
        one.settimeout(_PATIENCE)
        try:
            one.recv(4096)
        except TimeoutError:
            pytest.fail("the connection was held though nothing was asked")


def test_a_body_that_never_ends_does_not_hold_a_connection(address: str) -> None:
    with connect(address) as one:
        one.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100000\r\n\r\n"
        )
        assert is_let_go(one, b"#")


def test_others_are_served_while_many_are_slow(address: str) -> None:
    slow = [connect(address) for _ in range(150)]
    try:
        for one in slow:
            one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-")
        for _ in range(5):
            with urllib.request.urlopen(f"{address}/councils", timeout=_PATIENCE) as answer:
                assert answer.status == 200
    finally:
        for one in slow:
            one.close()


def test_what_is_no_http_is_refused(address: str) -> None:
    greeting = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"  # of TLS
    hosts = b"GET / HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\n\r\n"
    name = b"GET / HTTP/1.1\r\nHost: a.example\r\nX Y: z\r\n\r\n"
    for sent in (greeting, b"GET\r\n\r\n", b"A" * 200_000, hosts, name):
        with connect(address) as one:
            one.settimeout(_PATIENCE)
            try:
                one.sendall(sent + b"\r\n\r\n")
                answer = one.recv(4096)
            except OSError:
                continue  # the connection was ended before all was sent
            assert answer == b"" or b" 4" in answer.split(b"\r\n")[0], answer[:100]


def test_two_requests_in_one_are_not_read_as_two(address: str) -> None:
    """A length that is given twice is how a request is smuggled past a web server in front."""
    with connect(address) as one:
        one.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        )
        one.settimeout(2.0)
        received = b""
        try:
            while piece := one.recv(4096):
                received += piece
        except TimeoutError:
            pass
    assert received.count(b"HTTP/1.1 ") <= 1, received[:200]
