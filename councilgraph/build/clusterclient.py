"""The scheduler of a Dask cluster, and what can be wrong with it, in our own words."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from distributed import Client

from councilgraph.errors import StoreError, UsageError

CONNECTING = 10  # seconds that a scheduler may take to answer at first
KEPT = "What was in force before is as it was."


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the scheduler, closed with the block.

    Raises:
        UsageError: the address is none. StoreError: nobody answers there.
    """
    connect: Any = Client  # its makers annotate only part of it
    log = logging.getLogger("distributed")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what goes wrong is said in our own words
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that we compare ourselves
            client = connect(address, timeout=CONNECTING, set_as_default=False, name="councilgraph")
    except ValueError as error:
        log.setLevel(level)
        raise UsageError(
            f"'{address}' is no address of a scheduler: {error}", cure="Write it as tcp://10.0.0.5:8786."
        ) from None
    except OSError:
        log.setLevel(level)
        raise StoreError(
            "No Dask scheduler answers there.",
            where=address,
            cure="Start one with 'dask scheduler' and give the address that it prints, or build without "
            f"--cluster. {KEPT}",
        ) from None
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)
        log.setLevel(level)


def gone(address: str) -> StoreError:
    """The error for a scheduler that was there."""
    return StoreError(
        "The scheduler of the cluster is gone.",
        where=address,
        cure=f"Start it and its workers, then build again, or build without --cluster. {KEPT}",
    )


def without(address: str, error: ImportError) -> StoreError:
    """The error for a worker where something is not installed."""
    return StoreError(
        f"A worker lacks what it needs: {error}.",
        where=address,
        cure="Install the same councilgraph, with the extra 'cluster', where the workers run.",
    )


def stranger(worker: str, theirs: str, ours: str) -> StoreError:
    """The error for a worker of another version."""
    return StoreError(
        f"A worker would make other graphs than this machine: it has {theirs}, here is {ours}.",
        where=worker,
        cure="Install the same version of councilgraph and of Python there, start the worker anew, and "
        f"build again. {KEPT}",
    )
