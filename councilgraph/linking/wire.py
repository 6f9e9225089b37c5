"""One request to a stranger's SPARQL endpoint: never elsewhere, never for long, never too much.

SPARQLWrapper builds the request. It is sent by an opener of our own, because the one that
SPARQLWrapper uses follows a redirect to any machine and reads an error of any length.
"""

from __future__ import annotations

import http.client
import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.error import HTTPError
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from SPARQLWrapper import POST, SPARQLWrapper

from councilgraph.version import AGENT

ACCEPT = "application/sparql-results+json"
CHUNK = 64 * 1024
EXPLANATION = 2_000  # bytes of an error's own words; some servers answer with their whole stack


class TooLarge(Exception):
    """The answer is longer than agreed."""


class TooSlow(Exception):
    """The answer was not there in time."""


class Reply:
    """What a server answered: ``data`` is cut at ``EXPLANATION`` unless the status is 200."""

    __slots__ = ("data", "headers", "status")

    def __init__(self, status: int, headers: http.client.HTTPMessage, data: bytes) -> None:
        self.status, self.headers, self.data = status, headers, data


def send(address: str, sparql: str, *, step: float, whole: float, largest: int) -> Reply:
    """A SELECT query by POST, in a form.

    ``step`` is the time in seconds for one answer of the network, ``whole`` that for
    everything, ``largest`` the length of the answer in bytes.

    Raises:
        TooSlow, TooLarge: as they say. OSError, http.client.HTTPException: the connection
        fails or breaks.
    """
    watch = _Watch()
    wrapper = _Wrapper(address, watch, step)
    with watch.running(whole):
        try:
            response = wrapper.ask(sparql)
        except HTTPError as error:
            response = error
        with response:
            if response.status != 200:
                return Reply(response.status, response.headers, response.read(EXPLANATION))
            data = bytearray()
            while piece := response.read1(CHUNK):
                data += piece
                if len(data) > largest:
                    raise TooLarge
            _refuse_half(response, len(data))
            return Reply(200, response.headers, bytes(data))


def _refuse_half(response: Any, length: int) -> None:
    """``read1`` ends without a word where a connection breaks; half an answer is none."""
    stated = response.headers.get("Content-Length", "")
    if stated.isascii() and stated.isdigit() and int(stated[:18]) != length:
        raise http.client.IncompleteRead(b"", int(stated[:18]) - length)


class _Wrapper(SPARQLWrapper):
    def __init__(self, address: str, watch: _Watch, step: float) -> None:
        super().__init__(address, agent=AGENT)
        self.setMethod(POST)
        self.addCustomHttpHeader("Accept", ACCEPT)
        self._opener = _opener(watch)
        self._step = step

    def ask(self, sparql: str) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns when its guess at the form fails
            self.setQuery(sparql)
        self.queryType = "SELECT"  # its guess takes a word in a comment for the form
        return self._query()[0]

    def _query(self) -> tuple[Any, str]:
        return self._opener.open(self._createRequest(), timeout=self._step), self.returnFormat


def _opener(watch: _Watch) -> OpenerDirector:
    class Connection(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.hold(self.sock)

    class SecureConnection(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch.hold(self.sock)

    class Plain(HTTPHandler):
        def http_open(self, request: Request) -> http.client.HTTPResponse:
            return self.do_open(Connection, request)

    class Secure(HTTPSHandler):
        def https_open(self, request: Request) -> http.client.HTTPResponse:
            return self.do_open(SecureConnection, request)

    return build_opener(_Stay, Plain, Secure)


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: the query would be lost on the way, or told to another machine."""

    def redirect_request(self, *_: Any) -> None: ...


class _Watch:
    """Ends a connection when its time is over, whatever it is doing then.

    A server that sends a byte now and then keeps every single step within its time.
    """

    def __init__(self) -> None:
        self.passed = False
        self._held: list[socket.socket] = []

    def hold(self, connection: socket.socket) -> None:
        """This connection is to be ended in time."""
        self._held.append(connection)
        if self.passed:
            self._end()

    @contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        """Within this block there are so many seconds.

        Raises:
            TooSlow: they were over before the block was.
        """
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, ValueError, http.client.HTTPException) as error:
            if self.passed or isinstance(error, TimeoutError):
                raise TooSlow from error
            raise
        finally:
            timer.cancel()
        if self.passed:
            raise TooSlow

    def _end(self) -> None:
        self.passed = True
        for connection in self._held:
            # The plain socket's own: that of a TLS socket would pull its state from under
            # the thread that reads.
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
