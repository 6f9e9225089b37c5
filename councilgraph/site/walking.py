"""Every page of a snapshot, one by one, with the kind that makes it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from councilgraph.explorer.page import Asked, Kind, Page
from councilgraph.explorer.pages import kinds

if TYPE_CHECKING:
    from councilgraph.explorer.snapshot import Snapshot


def addresses(snapshot: Snapshot) -> Iterator[tuple[Kind, str]]:
    """Every address that each kind names, once, in the order of the navigation."""
    seen: set[str] = set()
    for kind in kinds():
        for address in kind.addresses(snapshot):
            if address not in seen:
                seen.add(address)
                yield kind, address


def asked(kind: Kind, address: str) -> Asked:
    """An address of a kind as its page function is asked.

    Raises:
        ValueError: the address is not of that kind.
    """
    path, _, query = address.partition("?")
    pattern, convertors = _pattern(kind.path)
    found = pattern.match(unquote(path))
    if not found:
        raise ValueError(f"{address} is no address of {kind.name} ({kind.path})")
    parts = {name: str(convertors[name].convert(value)) for name, value in found.groupdict().items()}
    values: dict[str, tuple[str, ...]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        values[name] = (*values.get(name, ()), value)
    return Asked(parts, values)


def make(kind: Kind, address: str, snapshot: Snapshot) -> Page:
    """The page at an address."""
    return kind.make(snapshot, asked(kind, address))


@cache
def _pattern(path: str) -> tuple[Any, Any]:
    # The server's own reading of the pattern, so that both take an address for the same kind.
    from starlette.routing import compile_path

    pattern, _, convertors = compile_path(path)
    return pattern, convertors
