"""One writer at a time, and whoever comes second is told who the first one is.

The lock itself is the system's and goes with its process, however that ends: a killed build never
stands in the way of the next. Beside it lies a small file that says who holds it; it is
believed only while the lock is held.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, FileLock, Timeout

# Workers of a killed process hold its lock until they notice that it is gone.
_ENDING = 5  # seconds


class BusyError(Exception):
    """Somebody else holds the lock; ``holder`` says who, "" where that is not known, ``pid`` the process."""

    def __init__(self, holder: str, pid: int | None) -> None:
        super().__init__(holder)
        self.holder = holder
        self.pid = pid

    def told(self, what: str) -> str:
        """``what`` happened, with who it is: "Another build is writing: process 12 of ... since ...."."""
        return f"{what}: {self.holder}." if self.holder else f"{what}."

    @property
    def cure(self) -> str:
        """How to get at somebody who never ends."""
        if self.pid is None:
            return "The lock goes with the process that holds it; there is no file to delete."
        return (
            f"If that process hangs, end it ('kill {self.pid}'): the lock goes with it, "
            "and what it had begun is cleaned up by the next one. There is no file to delete."
        )


@contextmanager
def alone(lock: str | Path | BaseFileLock, work: str, wait: float = 0) -> Iterator[None]:
    """Hold a lock file for ``work`` ("councilgraph build"), waiting so many seconds for it.

    A lock object can be held again by the thread that holds it.

    Raises:
        BusyError: somebody else holds it. OSError: the file cannot be made.
    """
    held = lock if isinstance(lock, BaseFileLock) else FileLock(lock)
    if held.is_locked:
        with held:
            yield
        return
    told = f"{held.lock_file}-holder"
    try:
        held.acquire(timeout=wait)
    except Timeout:
        if not _has_ended(_read(told)):
            raise _busy(told) from None
        try:
            held.acquire(timeout=_ENDING)
        except Timeout:
            raise _busy(told) from None
    try:
        with suppress(OSError):  # a full disk does not keep anybody from holding it
            _tell(told, work)
        yield
    finally:
        with suppress(OSError):
            os.remove(told)
        held.release()


def command_now() -> str:
    """The command that this process runs ("councilgraph build"); the name alone where it is a library."""
    given = sys.argv[1] if len(sys.argv) > 1 else ""
    ours = "councilgraph" in os.path.abspath(sys.argv[0] if sys.argv else "")
    return f"councilgraph {given}" if ours and given.isalpha() else "councilgraph"


def _tell(path: str, work: str) -> None:
    about = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "user": _user(),
        "work": work,
        "since": datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(about, file)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's number without a name
        return ""


def _read(path: str) -> dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:
            return dict(json.load(file))
    except (OSError, ValueError, TypeError):
        return {}  # just taken, just given back, or cut off


def _busy(path: str) -> BusyError:
    about = _read(path)
    pid = about.get("pid")
    if not isinstance(pid, int):
        return BusyError("", None)
    user = f" of {about['user']}" if about.get("user") else ""
    return BusyError(
        f"'{about.get('work')}', process {pid}{user} on {about.get('host')}, since {about.get('since')}", pid
    )


def _has_ended(about: dict[str, Any]) -> bool:
    """Whether who wrote it is a process of this machine that is gone."""
    pid = about.get("pid")
    if os.name != "posix" or not isinstance(pid, int) or about.get("host") != socket.gethostname():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
