"""Stored questions for visitors: which there are, their answers, and no more at a time than we can bear."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from councilgraph.catalogue import Query, bind
from councilgraph.errors import StoreError, UsageError
from councilgraph.explorer.page import NotFoundError, Table
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.parameters import resolve

if TYPE_CHECKING:
    from pyoxigraph import Triple

# Kinds that this graph answers; the others are asked of other people's endpoints.
KINDS = ("question", "check", "view")
# The heaviest questions take two seconds of one core: more at once would stop everybody.
AT_ONCE, WAIT = 4, 10.0
_gate = threading.BoundedSemaphore(AT_ONCE)


def stored(snapshot: Snapshot) -> list[Query]:
    """Every question, check and view, in their order; read once for a build."""
    return snapshot.once("stored-queries", _read)


def _read(snapshot: Snapshot) -> list[Query]:
    return [query for query in snapshot.graph.catalogue if query.kind in KINDS]


def find(snapshot: Snapshot, name: str) -> Query:
    """A stored query by id or name.

    Raises:
        NotFoundError: there is none; its cure lists the nearest.
    """
    wanted = re.sub(r"^([a-z])(\d)$", r"\g<1>0\2", name.strip().casefold())
    for query in stored(snapshot):
        if wanted in (query.id.casefold(), query.name):
            return query
    import difflib

    known = {one: query for query in stored(snapshot) for one in (query.id.casefold(), query.name)}
    near = dict.fromkeys(known[one].id for one in difflib.get_close_matches(wanted, known, 5, 0.5))
    listed = "; ".join(f"{query.id} {query.summary}" for query in stored(snapshot) if query.id in near)
    cure = f"The nearest are: {listed}." if listed else "All of them are listed under /questions."
    raise NotFoundError(f"There is no question {name[:60]!r}.", cure=cure)


def given(query: Query, values: Mapping[str, tuple[str, ...]], also: tuple[str, ...] = ()) -> dict[str, str]:
    """The parameters that have a value; ``also`` are names that may stand beside them.

    Raises:
        UsageError: a name is no parameter of the question, or one is given twice.
    """
    found: dict[str, str] = {}
    for name, texts in values.items():
        if name in also:
            continue
        if query.parameter(name) is None:
            known = ", ".join(one.name for one in query.parameters) or "none"
            raise UsageError(
                f"The question {query.id} has no parameter {name[:60]!r}.", cure=f"Its parameters: {known}."
            )
        filled = [text.strip() for text in texts if text.strip()]
        if len(filled) > 1:
            raise UsageError(f"The parameter {name} was given {len(filled)} times.", cure="Give it once.")
        if filled:
            found[name] = filled[0]
    return found


def missing(query: Query, values: Mapping[str, str]) -> list[str]:
    """The parameters without which the question cannot be answered."""
    return [one.name for one in query.parameters if one.required and one.name not in values]


def answer(snapshot: Snapshot, query: Query, values: Mapping[str, str]) -> Table:
    """The answer of a question that gives a table.

    Raises:
        UsageError: a value is missing, unknown or ambiguous.
        StoreError: too many questions are being answered; it is worth trying again.
    """
    with _turn():
        return snapshot.table(query.id, **values)


def graph(snapshot: Snapshot, query: Query, values: Mapping[str, str]) -> list[Triple]:
    """The answer of a view, as triples in a fixed order; raises as ``answer``."""
    with _turn():
        found: set[Any] = set(snapshot.graph.construct(query.id, **values).triples)
    return sorted(found, key=str)


def sparql(snapshot: Snapshot, query: Query, values: Mapping[str, str]) -> str:
    """The query as it is asked, its values put in.

    Raises:
        UsageError: a value is missing, unknown or ambiguous.
    """

    def rows(text: str) -> list[Any]:
        """Look-ups of names: a dozen texts of ours, none with anything a visitor typed."""
        return snapshot.once(f"names {text}", lambda held: list(held.graph.store.select(text)[1]))

    terms, limit = resolve(query, values, rows)
    lines = bind(query, terms, limit).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"


@contextmanager
def _turn() -> Iterator[None]:
    if not _gate.acquire(timeout=WAIT):
        raise StoreError(
            "Too many questions are being answered just now.",
            cure="Ask again in half a minute; yours was fine.",
        )
    try:
        yield
    finally:
        _gate.release()
