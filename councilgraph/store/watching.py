"""A question that a damaged database would keep for ever is ended.

Where the engine meets a damaged block while it counts, groups or sorts, it meets it again and
again and takes more memory each time (pyoxigraph 0.5.13). Nobody can say beforehand whether a
question will take long, and to compare all files before each would cost more than most answers:
so they are compared beside it, once it has taken a while.
"""

from __future__ import annotations

import _thread
import os
import sys
import time
from _weakref import ref

TYPE_CHECKING = False  # the import of typing alone would cost a tenth of the start-up time
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from councilgraph.errors import StoreError

AFTER = 2.0  # seconds; a stored question takes a tenth of that
# Set by a command that is a process of its own: it can be ended, a program that calls us cannot.
ends_process: list[bool] = []


def watch(store: Any, error: Callable[[str, str], StoreError]) -> None:
    """Compare the database of a store with its digests after a while, if it is still open then."""
    _thread.start_new_thread(_look, (ref(store), error))


def _look(held: Any, error: Callable[[str, str], StoreError]) -> None:
    time.sleep(AFTER)
    store = held()
    if store is None:
        return
    from councilgraph.store.digests import changed_files, read_digests

    if not read_digests(store.build):
        return
    inside = os.path.join(os.path.normpath(store.build), "graph") + os.sep
    for path, why in changed_files(store.build, sources=False):
        if path.startswith(inside):
            _tell(error(path, f"the file {why}"))
            return


def _tell(error: StoreError) -> None:
    sys.stderr.write(f"councilgraph: {error}\n")
    sys.stderr.flush()
    if ends_process:
        os._exit(2)
