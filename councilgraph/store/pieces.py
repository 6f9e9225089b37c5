"""N-Quads files as a bulk loader takes them: many as one, in pieces that bound its memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

from councilgraph.faultpoints import faultpoint

# Text that is loaded at once: the loader sorts what it is given in memory, about six times as
# much; given two million statements at once it took 1.5 GB, in pieces of this size a sixth of it
# and no longer.
PIECE = 48 * 1024 * 1024


def pieces(files: Iterable[str]) -> Iterator[list[str]]:
    """The files in groups of about ``PIECE`` bytes, in their order."""
    piece: list[str] = []
    size = 0
    for file in files:
        piece.append(file)
        size += os.path.getsize(file)
        if size >= PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


class Concatenated:
    """Several files read as one, so that the store is filled in a single bulk load."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files = iter(files)
        self._open: Any = None

    def __enter__(self) -> Concatenated:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open is not None:
            self._open.close()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, never across the end of a file; empty when all are read."""
        while True:
            if self._open is None:
                file = next(self._files, None)
                if file is None:
                    return b""
                faultpoint("load.file")
                self._open = open(file, "rb")  # noqa: SIM115  (closed when it is read to its end)
            data: bytes = self._open.read(size)
            if data:
                return data
            self._open.close()
            self._open = None
