"""What an endpoint's reply says: its rows, how long to wait, its own words made harmless."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import pyoxigraph

from councilgraph.linking.wire import Reply

Rows = list[tuple[str, ...]]


def read(data: bytes) -> tuple[tuple[str, ...], Rows] | None:
    """Header and rows, an unbound variable as ""; None if this is no SPARQL result."""
    try:
        solutions = pyoxigraph.parse_query_results(data, format=pyoxigraph.QueryResultsFormat.JSON)
        if not isinstance(solutions, pyoxigraph.QuerySolutions):
            return None
        header = tuple(variable.value for variable in solutions.variables)
        return header, [tuple("" if term is None else term.value for term in row) for row in solutions]
    except (SyntaxError, ValueError, AttributeError):
        return None


def asked_wait(reply: Reply) -> float:
    """The seconds of a Retry-After, which states them or a moment."""
    stated = reply.headers.get("Retry-After", "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:9])
    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def meaning(status: int) -> str:
    """The words of a status code."""
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return "a code without a meaning"


def short(text: str) -> str:
    """A server's words in one line that steers no terminal."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text[:2_000]).split())
    return words if len(words) <= 200 else words[:197] + "..."
