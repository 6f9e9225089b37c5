"""What changed since an earlier build: compared beside the pages, when somebody first asks."""

from __future__ import annotations

import os
import threading

from councilgraph.diff import Comparison, compared, opened_side
from councilgraph.errors import CouncilgraphError, StoreError

PATIENCE = 8.0  # seconds that a page waits; 150 reports that were read by other rules take twice that


class Earlier:
    """An earlier build at ``place``, to be compared with that of the folder ``build``.

    Two builds are compared once, in a thread of its own: it can take a quarter of a minute, in
    which the other pages go on.
    """

    def __init__(self, place: str, build: str) -> None:
        self.place, self.build = place, build
        self._found: Comparison | None = None
        self._error: CouncilgraphError | None = None
        self._done = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def ready(self) -> bool:
        """Whether the answer is there."""
        return self._found is not None

    def begin(self) -> None:
        """Begin to compare, if nobody has."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._compare, name="what changed", daemon=True)
                self._thread.start()

    def found(self, patience: float | None = PATIENCE) -> Comparison:
        """What changed; ``None`` waits for as long as it takes.

        Raises:
            StoreError: it is not known yet, or the earlier build cannot be read (any more).
        """
        self.begin()
        if not self._done.wait(patience):
            raise StoreError(
                "The two builds are still being compared.", cure="Ask again in half a minute; yours was fine."
            )
        if self._found is None:
            error = self._error
            raise StoreError(
                f"The earlier build cannot be compared: {error.what if error else 'it cannot be read'}",
                where=error.where if error else self.place,
                cure="Name a build or release with --previous, or build once more.",
            )
        return self._found

    def _compare(self) -> None:
        try:
            with opened_side(self.place) as old, opened_side(self.build) as new:
                self._found = compared(old, new)
        except CouncilgraphError as error:
            self._error = error
        finally:
            self._done.set()


def before(build: str) -> str:
    """The folder of the build before that one, of those that its store still has; "" for none."""
    folder = os.path.dirname(build)
    try:
        made = _made(build)
        older = [
            (when, path)
            for name in os.listdir(folder)
            if (path := os.path.join(folder, name)) != build and 0 < (when := _made(path)) <= made
        ]
    except OSError:
        return ""
    return max(older, default=(0, ""))[1]


def _made(build: str) -> int:
    """When its manifest was written, which is the last step of a build; 0 for none that is whole."""
    try:
        return os.stat(os.path.join(build, "manifest.json")).st_mtime_ns
    except FileNotFoundError:
        return 0


def earlier(build: str, previous: str | None) -> Earlier | None:
    """The build before; ``previous`` names another, "" none at all."""
    place = before(build) if previous is None else previous
    return Earlier(place, build) if place else None
