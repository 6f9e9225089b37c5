"""Why a query was not answered, beyond the errors that the command line knows."""

from __future__ import annotations

from councilgraph.errors import CouncilgraphError, QueryError


class LimitError(QueryError):
    """A query reached a limit and was ended. ``limit`` is "time", "memory", "size" or "rows"."""

    def __init__(self, limit: str, what: str, *, cure: str) -> None:
        super().__init__(what, cure=cure)
        self.limit = limit


class RefusedError(QueryError):
    """The query asks for what this service does not do: an update, or another server."""


class BusyError(CouncilgraphError):
    """Too many queries wait already. ``seconds`` is when it makes sense to come back."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "Too many queries are being answered just now.", cure=f"Try again in {seconds} seconds."
        )
        self.seconds = seconds


class StoppedError(CouncilgraphError):
    """Nobody waits for the answer any more: the query was ended."""


def too_slow(seconds: float) -> LimitError:
    """The error of the time limit."""
    return LimitError(
        "time",
        f"The query was ended: it took longer than the time limit of {seconds:g} seconds.",
        cure="Ask for one council, theme or statement at a time, and put every required pattern "
        "before OPTIONAL; or run it on your own copy of the store with 'councilgraph sparql'.",
    )


def too_hungry(memory: int) -> LimitError:
    """The error of the memory limit; ``memory`` in bytes."""
    return LimitError(
        "memory",
        f"The query was ended: it needed more than the memory limit of {memory >> 20:,} MiB.",
        cure="Sort and group fewer rows: narrow the query to one council, theme or statement.",
    )


def too_deep() -> LimitError:
    """The error of a query whose text or evaluation goes deeper than the engine's stack."""
    return LimitError(
        "memory",
        "The query was ended: it is nested too deeply.",
        cure="Write it with fewer brackets inside each other.",
    )


def too_large(size: int) -> LimitError:
    """The error of the size limit; ``size`` in bytes."""
    return LimitError(
        "size",
        f"The answer was not sent: it is larger than the size limit of {size:,} bytes.",
        cure="Ask for it in parts with LIMIT and OFFSET (and ORDER BY), choose CSV, which is shorter, "
        "or take the whole graph with 'councilgraph export rdf'.",
    )


def too_many(rows: int) -> LimitError:
    """The error of the limit of rows."""
    return LimitError(
        "rows",
        f"The answer was not sent: it has more rows than the limit of {rows:,}.",
        cure="Ask for it in parts with LIMIT and OFFSET (and ORDER BY), or take the whole graph with "
        "'councilgraph export rdf'.",
    )


def update_refused() -> RefusedError:
    """The error for whoever wants to change the graph."""
    return RefusedError(
        "This service answers queries and takes no updates.",
        cure="Send a SELECT, ASK, CONSTRUCT or DESCRIBE query in the parameter 'query'.",
    )
