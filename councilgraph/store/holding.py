"""Holding a build: as long as somebody reads it, nobody removes it.

A reader takes a shared lock on the folder of its build, which the system gives back when the
reader ends in whatever way; a build is removed only by who gets that lock alone. Where a system
has no such locks (Windows, some network drives), a build stays until the second one after it.
"""

from __future__ import annotations

import os

try:
    import fcntl
except ImportError:  # Windows: a folder whose files are open cannot be removed there
    fcntl = None  # type: ignore[assignment]


class Hold:
    """Keeps one build until it is closed or forgotten."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def close(self) -> None:
        """Let the build go."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def __del__(self) -> None:
        self.close()

    def is_of(self, folder: str) -> bool:
        """Whether the folder of that name is still the one that is held, not another made since."""
        try:
            there, held = os.stat(folder), os.fstat(self._handle)
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)


def hold(folder: str) -> Hold | None:
    """Hold a folder for reading; None where it is not there or the system has no such locks."""
    return _locked(folder, alone=False)


def is_held(folder: str) -> bool:
    """Whether somebody reads this build now. False also where the system cannot tell."""
    if fcntl is None or not os.path.isdir(folder):
        return False
    alone = _locked(folder, alone=True)
    if alone is not None:
        alone.close()
        return False
    return _locks_work(folder)


def _locked(folder: str, *, alone: bool) -> Hold | None:
    if fcntl is None:
        return None
    try:
        held = Hold(os.open(folder, os.O_RDONLY))
    except OSError:
        return None
    try:
        # Who has it alone looks whether it can be removed, and lets go at once: worth waiting for.
        fcntl.flock(held._handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    except OSError:
        held.close()
        return None
    return held


def _locks_work(folder: str) -> bool:
    """Whether this file system has such locks at all: others may read at the same time."""
    shared = _locked(folder, alone=False)
    if shared is None:
        return False
    shared.close()
    return True
