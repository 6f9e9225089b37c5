"""The explorer as a server of its own: uvicorn, with time limits for slow clients.

Uvicorn has a time limit for a connection that waits between requests, but none for one that
sends its request letter by letter, or takes the answer so: a few hundred of them would keep
everybody else out. It lets the protocol class be given, so the limits are put there.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from councilgraph.errors import UsageError
from councilgraph.explorer.settings import Limits, Settings

# Path, query string and headers together; the limit of the address is checked again later.
_HEAD_BYTES = 32 * 1024


class TimedProtocol(H11Protocol):
    """HTTP/1.1 that ends a connection whose client is too slow.

    The headers of a request, and then its body, must each be here within a time; an answer
    must be taken on within a time whenever it has to wait for the client.
    """

    limits = Limits()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._awaited = ""
        self._incoming: asyncio.TimerHandle | None = None
        self._outgoing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first request must begin and end its headers in time."""
        super().connection_made(transport)
        # asyncio does this for connections of its own sockets only. Without it the body of every
        # answer waits 40 ms until the client has confirmed its headers.
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._await("headers")

    def data_received(self, data: bytes) -> None:
        """More of a request: a new time for each part of it, never for each piece."""
        super().data_received(data)
        state = self.conn.their_state
        self._await("headers" if state is h11.IDLE else "body" if state is h11.SEND_BODY else "")

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._await("")
        self._stop_outgoing()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """The next request's time begins with its first letter; until then uvicorn counts."""
        self._await("")
        super().on_response_complete()

    def pause_writing(self) -> None:
        """The client takes no more for now."""
        super().pause_writing()
        self._start_outgoing()

    def resume_writing(self) -> None:
        """The client takes more again."""
        self._stop_outgoing()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Closing waits until all is sent, which a client could put off for ever."""
        super().timeout_keep_alive_handler()
        self._start_outgoing()

    def _await(self, what: str) -> None:
        if what == self._awaited and (what or self._incoming is None):
            return
        if self._incoming is not None:
            self._incoming.cancel()
            self._incoming = None
        self._awaited = what
        if what:
            seconds = self.limits.header_seconds if what == "headers" else self.limits.body_seconds
            self._incoming = self.loop.call_later(seconds, self.transport.abort)

    def _start_outgoing(self) -> None:
        self._stop_outgoing()
        self._outgoing = self.loop.call_later(self.limits.send_seconds, self.transport.abort)

    def _stop_outgoing(self) -> None:
        if self._outgoing is not None:
            self._outgoing.cancel()
            self._outgoing = None


def listen(settings: Settings) -> socket.socket:
    """A socket that listens, so that a taken port is an error before anything is read.

    Raises:
        UsageError: the address is not this machine's, or the port is taken or not allowed.
    """
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except OSError as error:
        raise UsageError(
            f"The explorer cannot listen there: {error.strerror or error}.",
            where=f"{settings.host}, port {settings.port}",
            cure="Choose another port with --port, or an address of this machine with --host.",
        ) from None


def server(app: Any, settings: Settings, *, log_requests: bool = False) -> uvicorn.Server:
    """The server; ``run(sockets=[...])`` answers until it is told to stop."""
    protocol = type("LimitedProtocol", (TimedProtocol,), {"limits": settings.limits})
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        lifespan="on",
        log_level="info" if log_requests else "warning",
        access_log=log_requests,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=settings.limits.connections,
        timeout_keep_alive=settings.limits.idle_seconds,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=_HEAD_BYTES,
    )
    return uvicorn.Server(config)
