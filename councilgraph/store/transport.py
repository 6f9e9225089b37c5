"""Requests to a SPARQL 1.1 server: who asks, how long it is waited for, what an error means."""

from __future__ import annotations

import http.client
import os
import time
import warnings
from contextlib import closing
from traceback import clear_frames
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import (
    EndPointInternalError,
    QueryBadFormed,
    SPARQLWrapperException,
    Unauthorized,
)

from councilgraph.errors import QueryError, StoreError
from councilgraph.store import without_login
from councilgraph.version import AGENT

TIMEOUT = 300  # seconds; a bulk insert on a busy server takes long, a hung one must end
COMMIT_TIMEOUT = 3_600  # seconds; everything that has changed is moved in one request
# Seconds between tries of a request that changes nothing when it is sent twice: a server that is
# restarted is back within a minute, and one that is overloaded is not asked more often.
WAITS = (1, 2, 4, 8, 15, 30)
_BUSY = (429, 502, 503, 504)
_PASSING = ("40001", "deadlock", "Transaction timed out", "rolled back")


class Unreachable(StoreError):
    """The server cannot be reached now; it may be a moment later."""


class Transport:
    """The two addresses of a server. ``engine`` is what it calls itself, once it has answered."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.query_address, self.update_address = addresses(place)
        self.engine = ""

    def ask(self, sparql: str, form: str, accept: str, *, patient: bool = False) -> bytes:
        """The answer of a query, as its bytes; ``patient`` waits for a server that is away.

        Raises:
            QueryError: the server refuses the text. StoreError: it does not answer.
        """
        return self._tried(self.query_address, sparql, form, accept, TIMEOUT, WAITS if patient else ())

    def update(self, sparql: str, timeout: int = TIMEOUT) -> None:
        """Send an update that may be sent twice; one that is cut off is sent again.

        Raises: as ``ask``.
        """
        self._tried(self.update_address, sparql, "INSERT", "", timeout, WAITS)

    def _tried(
        self, address: str, sparql: str, form: str, accept: str, timeout: int, waits: tuple[int, ...]
    ) -> bytes:
        for wait in waits:
            try:
                return self._once(address, sparql, form, accept, timeout)
            except Unreachable:
                time.sleep(wait)
        return self._once(address, sparql, form, accept, timeout)

    def _once(self, address: str, sparql: str, form: str, accept: str, timeout: int) -> bytes:
        wrapper = SPARQLWrapper(address, agent=AGENT)
        wrapper.setMethod(POST)
        # It would send its own idea of the form as parameters, which win over Accept on Virtuoso.
        wrapper.setOnlyConneg(True)
        wrapper.setTimeout(timeout)
        if accept:
            wrapper.addCustomHttpHeader("Accept", accept)
        user = os.environ.get("COUNCILGRAPH_USER")
        if user:
            wrapper.setHTTPAuth(os.environ.get("COUNCILGRAPH_AUTH", "BASIC").upper())
            wrapper.setCredentials(user, os.environ.get("COUNCILGRAPH_PASSWORD", ""))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns when its guess at the form fails
            wrapper.setQuery(sparql)
        # SPARQLWrapper guesses the form from the first such word, comments included, and
        # would send a question about "load" to the update address.
        wrapper.queryType = form
        try:
            # Closed also where it breaks off half-way: a server that restarts would leave a socket each time.
            with closing(wrapper.query().response) as response:
                self.engine = response.headers.get("Server") or self.engine
                data: bytes = response.read()
                return data
        except (SPARQLWrapperException, http.client.HTTPException, OSError, ValueError) as error:
            _let_go(error)
            raise self._told(error, address) from None

    def _told(self, error: Exception, address: str) -> StoreError | QueryError:
        """What a failed request means for who sent it."""
        match error:
            case QueryBadFormed():
                return QueryError(f"The endpoint refuses the query: {short(error)}", where=self.place)
            case EndPointInternalError():
                return self._internal(error)
            case Unauthorized() | HTTPError(code=401 | 403):
                return self._forbidden(address)
            case http.client.InvalidURL():
                # Its words are a part of the address of a proxy, and that may be the password.
                return StoreError(
                    "The way to the endpoint has an address that cannot be understood.",
                    where=self.place,
                    cure="Check the variables http_proxy and https_proxy; write a / in a password as %2F.",
                )
        return self._away(error, Unreachable if _is_passing(error) else StoreError)

    def _internal(self, error: Exception) -> StoreError | QueryError:
        """Virtuoso says 500 both where it was too busy and where it cannot compile a query."""
        text = short(error)
        if any(word in text for word in _PASSING):
            return self._away(error, Unreachable)
        return QueryError(
            f"The endpoint fails on the query: {text}",
            where=self.place,
            cure="docs/endpoints.md lists what each engine cannot answer; an embedded store can.",
        )

    def _forbidden(self, address: str) -> StoreError:
        return StoreError(
            "The endpoint does not let you in.",
            where=address,
            cure="Set COUNCILGRAPH_USER and COUNCILGRAPH_PASSWORD, and COUNCILGRAPH_AUTH=digest for "
            "Virtuoso's /sparql-auth; COUNCILGRAPH_UPDATE names the address that takes updates.",
        )

    def _away(self, error: Exception, kind: type[StoreError]) -> StoreError:
        return kind(
            f"The endpoint does not answer: {short(error)}",
            where=self.place,
            cure="Check the address, and that the server runs and may be written to. A build that was "
            "cut off goes on where it was when it is run again.",
        )


def addresses(place: str) -> tuple[str, str]:
    """The query and the update address of an endpoint.

    A server's bare address means ``/query`` and ``/update`` (Oxigraph); ``.../query`` has
    ``.../update`` beside it; any other address serves both. ``COUNCILGRAPH_UPDATE`` names
    another update address.

    Raises:
        UsageError: one of them has a login in it.
    """
    parts = urlsplit(without_login(place))
    path = parts.path.rstrip("/")
    query = path or "/query"
    update = f"{query.removesuffix('/query')}/update" if query.endswith("/query") else query
    first, second = (
        urlunsplit((parts.scheme, parts.netloc, one, parts.query, "")) for one in (query, update)
    )
    return first, without_login(os.environ.get("COUNCILGRAPH_UPDATE", second))


def _is_passing(error: Exception) -> bool:
    """Whether the same request may be answered a moment later."""
    if isinstance(error, HTTPError):
        return error.code in _BUSY
    return isinstance(error, http.client.HTTPException | OSError)


def _let_go(error: BaseException | None) -> None:
    """Close the answers that an error holds, itself and in the frames that it came through.

    Each holds a connection: a wrong password is answered six times, and a server that restarts
    breaks off whatever is sent meanwhile.
    """
    while error is not None:
        if isinstance(error, HTTPError):
            error.close()
        clear_frames(error.__traceback__)
        error = error.__context__


def short(error: Exception) -> str:
    """What an error says, in one line."""
    text = " ".join(str(getattr(error, "reason", None) or error).split())
    return text if len(text) <= 300 else text[:297] + "..."
