"""How each file of a build looked when it was last seen whole, so that it need not be read again.

As git's index does it: a file whose size, time of writing, inode and device are as they were holds
what it held. The time of change is no part of it: the next build shares the files of the database
by links, and each link changes it. A file that was written shortly before it was seen bears no
stamp, because another writing could bear the same time ("racily clean"); it is read again.

Damage that leaves all four as they were (a disk that forgets) is not seen by them:
``councilgraph check`` reads every file.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping

STAMPS = "STAMPS"
# Clocks of file systems tick in steps of up to two seconds (FAT), others in milliseconds.
SETTLED = 2_000_000_000  # nanoseconds


class Stamps:
    """The stamps of the files of a build, by their names in its list of digests."""

    def __init__(self, build: str, stamps: Mapping[str, str]) -> None:
        self._build = build
        self._stamps = stamps

    def hold(self, name: str) -> bool:
        """Whether the file of that name looks as it did when it was seen whole."""
        stamp = self._stamps.get(name)
        return stamp is not None and stamp == stamp_of(os.path.join(self._build, name))


def stamps_text(stamps: Mapping[str, str]) -> bytes:
    """The content of the file: a line for each stamp."""
    return "".join(f"{stamp}  {name}\n" for name, stamp in stamps.items()).encode("utf-8")


def parsed(text: bytes) -> dict[str, str]:
    """The opposite of ``stamps_text``."""
    pairs = (line.split("  ", 1) for line in text.decode("utf-8").splitlines())
    return {name: stamp for stamp, name in pairs}


def stamp_of(path: str, *, settled: bool = False) -> str | None:
    """Size, time of writing, inode and device of a file; None where there is none.

    ``settled``: none either where it was written so lately that it could be written again unseen.
    """
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    if settled and found.st_mtime_ns + SETTLED >= time.time_ns():
        return None
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino} {found.st_dev}"
