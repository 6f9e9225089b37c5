"""What a killed process had begun to write: told from what another one is writing now, and removed.

Who writes a file or a folder under a name of its own claims it with a lock that the system gives
back when the process ends, in whatever way. What matches and is claimed by nobody is a leftover. A
process number in the name would not tell: numbers are given again, and on another machine they
are other processes.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows: nothing is claimed there, and nothing removed
    fcntl = None  # type: ignore[assignment]


def create(path: str) -> BinaryIO:
    """A new file, claimed until it is closed or the process ends; one that is there is emptied."""
    while True:
        file = open(path, "w+b")  # noqa: SIM115  (given to the caller)
        if _claim(file.fileno(), path):
            return file
        file.close()


@contextmanager
def new_folder(path: str) -> Iterator[str]:
    """A folder in the making, claimed; unless it was moved to its place it is removed in the end.

    Raises:
        FileExistsError: there is one.
    """
    handle = _create_folder(path)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if handle >= 0:
            os.close(handle)


def _create_folder(path: str) -> int:
    while True:
        os.makedirs(path)
        if fcntl is None:
            return -1
        handle = os.open(path, os.O_RDONLY)
        if _claim(handle, path):
            return handle
        os.close(handle)


def _claim(handle: int, path: str) -> bool:
    """False where a sweep of another process came between making and claiming, and took it away."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        return True  # a network drive without locks
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def leftovers(folder: str, pattern: str) -> list[str]:
    """The paths of the files and folders whose whole name is of a pattern, and that nobody is writing."""
    named = re.compile(pattern)
    try:
        names = sorted(name for name in os.listdir(folder or ".") if named.fullmatch(name))
    except OSError:
        return []
    return [path for name in names if not _is_claimed(path := os.path.join(folder, name))]


def sweep(folder: str, pattern: str) -> None:
    """Remove them. What cannot be removed stays for the next time: it is in nobody's way."""
    for path in leftovers(folder, pattern):
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                os.remove(path)


def _is_claimed(path: str) -> bool:
    if fcntl is None:
        return True
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return True  # gone, or not ours to judge
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
