"""The way out to the web: only to public machines, and never for longer than agreed.

A page's links and a site's redirects are written by others. One that leads to a machine
inside the user's own network would make this program read there on a stranger's behalf. The
check is made on the connection itself: what a name meant a moment ago does not count.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from loaders.web.errors import FetchError

CONNECTION_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
)


class Deadline:
    """When the time for one page is over; ``extend`` leaves out the time that we wait politely."""

    def __init__(self) -> None:
        self._until = 0.0

    def start(self, seconds: float) -> None:
        """From now on there are so many seconds."""
        self._until = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Time that does not count."""
        self._until += seconds

    @property
    def passed(self) -> bool:
        """Is the time over?"""
        return time.monotonic() >= self._until

    def within(self, timeout: float | None) -> float:
        """The time that one step may take.

        Raises:
            httpcore.ReadTimeout: none is left.
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this page is over")
        return left if timeout is None else min(timeout, left)


class Guard(httpx.BaseTransport):
    """Sends requests over connections that are checked. ``allowed`` are hosts that may be private."""

    def __init__(self, deadline: Deadline, allowed: Collection[str] = ()) -> None:
        self._allowed = frozenset(host.lower() for host in allowed)
        self._context = httpx.create_ssl_context()
        self._direct = httpcore.ConnectionPool(
            ssl_context=self._context, network_backend=_Backend(deadline, self._allowed)
        )
        self._deadline = deadline
        self._proxies: dict[str, httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request and its answer; the body is still to be read."""
        url = request.url
        response = self._pool(url.scheme, url.host).handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        assert isinstance(response.stream, Iterable)
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """End all connections."""
        for pool in (self._direct, *self._proxies.values()):
            pool.close()

    def _pool(self, scheme: str, host: str) -> httpcore.ConnectionPool:
        """The connections for a host: through the proxy that this computer is set to, or direct.

        A proxy finds the machine of a name itself, so only plain numbers can be checked here.
        """
        proxy = getproxies().get(scheme)
        if not proxy or proxy_bypass(host) or host.lower() in self._allowed:
            return self._direct
        _refuse_private(host, _number(host))
        if proxy not in self._proxies:
            parts = urlsplit(proxy if "//" in proxy else f"http://{proxy}")
            login = (parts.username or "", parts.password or "") if parts.username else None
            self._proxies[proxy] = httpcore.HTTPProxy(
                f"{parts.scheme}://{parts.hostname}:{_port(parts, scheme)}",
                proxy_auth=login,
                ssl_context=self._context,
                network_backend=_Backend(self._deadline, None),
            )
        return self._proxies[proxy]


def _port(proxy: SplitResult, scheme: str) -> int:
    """Raises FetchError where it is none; its own error would tell a part of the password."""
    try:
        return proxy.port or 80
    except ValueError:
        raise FetchError(
            "The proxy that this computer is set to has an address that cannot be understood.",
            where=f"{scheme}_proxy",
            cure="Correct that variable or setting; write a / in a password as %2F.",
        ) from None


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Backend(httpcore.SyncBackend):
    """Connects to addresses that were checked; ``allowed`` None: to any (the proxy's own)."""

    def __init__(self, deadline: Deadline, allowed: frozenset[str] | None) -> None:
        self._deadline = deadline
        self._allowed = allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no machine of this name is known ({error})") from None
        numbers = list(dict.fromkeys(str(one[4][0]) for one in found))
        if self._allowed is not None and host.lower() not in self._allowed:
            public = [number for number in numbers if _is_public(number)]
            _refuse_private(host, numbers[0] if numbers and not public else None)
            numbers = public
        problem: Exception = httpcore.ConnectError("no address")
        for number in numbers:
            try:
                within = self._deadline.within(timeout)
                stream = super().connect_tcp(number, port, within, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem


class _Stream(httpcore.NetworkStream):
    """A connection on which no step outlasts the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return bool(inner.is_global and not inner.is_multicast)


def _number(host: str) -> str | None:
    """The host if it is a number, or a name of this machine, that is not public."""
    if host.lower() == "localhost" or host.lower().endswith(".localhost"):
        return host
    try:
        return None if _is_public(host) else host
    except ValueError:
        return None


def _refuse_private(host: str, number: str | None) -> None:
    if number is not None:
        raise FetchError(
            f"'{host}' is a machine of a private network ({number}), not a public site.",
            where=host,
            cure=f"If you trust it, say so with --allow-host {host}.",
        )
