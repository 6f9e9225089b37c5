"""Moments at which a test ends or disturbs the process; they cost one comparison when none does.

What must survive kill -9 or a full disk is proved only where it is tried, at every step and not by
luck. Each step that a user's data depends on calls ``faultpoint("name")``. The variable
``COUNCILGRAPH_FAULT`` says at which one something happens, at which of its passings, and what::

    COUNCILGRAPH_FAULT=publish.listed:kill          # the first time
    COUNCILGRAPH_FAULT=write.half@12:enospc         # the twelfth time

``kill`` is SIGKILL to the process itself, ``stop`` what Ctrl-C does, ``pause`` waits (``pause=5`` for
so many seconds, else for ever); ``enospc``, ``erofs``, ``eacces`` and ``eio`` are the answers of a
system that refuses.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

from councilgraph.errors import UsageError

VARIABLE = "COUNCILGRAPH_FAULT"
_FOR_EVER = 1e9  # seconds
_REFUSALS = {name.lower(): getattr(errno, name) for name in ("ENOSPC", "EROFS", "EACCES", "EIO")}
_ACTIONS = ("kill", "stop", "pause", *_REFUSALS)

POINTS = {
    # A file that takes the place of another (councilgraph.store.wholefile)
    "write.open": "the new file is there and empty",
    "write.half": "half of it is written",
    "write.synced": "it is on the disk, under its own name",
    "write.replaced": "it has taken its place",
    # A user's result (councilgraph.outfile)
    "out.open": "the new file is there and empty",
    "out.written": "the result is written, under another name",
    "out.replaced": "it has taken its place",
    # Any change of a store
    "store.locked": "the store is held for writing; nothing has been looked at",
    "store.swept": "what killed work had left is gone",
    "look.file": "before a file is looked at",
    "report.begin": "before a report is read",
    "report.end": "its N-Quads file is there",
    "build.read": "all reports are read",
    "links.half": "the links are written, the bodies that they lead to are not",
    "put.begin": "the folder of the new build is there and empty",
    "load.file": "in the bulk load, before each file",
    "patch.copied": "the database in force is copied",
    "patch.removed": "graphs are taken out of the copy",
    "patch.loaded": "the new ones are in it",
    "put.filled": "the database is filled",
    "put.checked": "the checks have found nothing",
    "index.graph": "before the findings of each graph are indexed",
    "put.indexed": "the index is on the disk",
    "publish.closed": "the database is closed",
    "publish.manifest": "the manifest is written",
    "publish.copied": "the manifest stands beside the N-Quads files too",
    "publish.listed": "the digests are written; the next step puts the build in force",
    "publish.current": "the build is in force; what was before it is not swept",
    "sweep.build": "before an earlier build is removed",
    "sweep.source": "before an N-Quads file that nobody needs is removed",
    "account.begin": "the build is in force; what became of each file is not told",
    # A review file (councilgraph.reviews.recording)
    "review.locked": "the folder of reviews is held",
    "review.made": "the new records are made, nothing is written",
    "review.recorded": "a file has its records; another may be to come",
    # A registry (councilgraph link --from)
    "registry.begin": "the new file is there and empty",
    "registry.filled": "its entries are in it",
    "registry.synced": "it is on the disk, under another name",
    "registry.replaced": "it has taken its place",
    # A reference table (councilgraph refresh)
    "table.begin": "the new file is there and empty",
    "table.written": "it is on the disk, under another name",
    "table.checked": "it was read back and is a table",
    "table.replaced": "it has taken its place",
    # A folder of tables, and a site
    "folder.written": "the new folder is whole, under another name",
    "folder.aside": "the old one is set aside, the new one is not in its place",
    "folder.replaced": "the new one is in its place, the old one beside it",
    "site.listed": "the list of the files to come is in its place",
    "site.moved": "one more file of the site is in its place",
}
"""Every point and what has been done when it is passed."""

_watchers: list[Callable[[str], None]] = []


def faultpoint(name: str) -> None:
    """Nothing, except in a test that wants this moment."""
    if _watchers:
        _watchers[0](name)


def watch(passing: Callable[[str], None] | None) -> None:
    """Have a function told of every point that is passed from now on; None: nobody."""
    _watchers[:] = [passing] if passing is not None else []


def fault(wanted: str) -> Callable[[str], None]:
    """What ``watch`` takes, from the text of the variable: "point:action" or "point@n:action=value".

    Raises:
        UsageError: there is no such point or action.
    """
    where, _, what = wanted.partition(":")
    point, _, nth = where.partition("@")
    action, _, value = what.partition("=")
    seconds = value or str(_FOR_EVER)
    told = nth.isdecimal() if nth else True
    if point not in POINTS or action not in _ACTIONS or not told or not seconds.replace(".", "").isdigit():
        raise UsageError(
            f"{VARIABLE}={wanted} names no moment at which something could happen.",
            cure="Unset it. It is for tests alone: councilgraph/faultpoints.py says what it takes.",
        )
    left = [int(nth or 1)]

    def passing(name: str) -> None:
        if name == point:
            left[0] -= 1
            if left[0] == 0:
                _act(action, float(seconds))

    return passing


def _act(action: str, seconds: float) -> None:
    if action == "stop":
        raise KeyboardInterrupt
    if action == "pause":
        import time

        print("paused", file=sys.stderr, flush=True)
        time.sleep(seconds)
    elif action == "kill":
        import signal

        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    else:
        raise OSError(_REFUSALS[action], os.strerror(_REFUSALS[action]))


def _asked(name: str) -> None:
    """The first passing of a process with the variable: a wrong one is told like any other error."""
    watch(fault(os.environ[VARIABLE]))
    faultpoint(name)


if os.environ.get(VARIABLE):
    watch(_asked)
