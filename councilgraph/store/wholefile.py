"""A file that is there whole or not at all, even when the power fails."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from councilgraph.faultpoints import faultpoint


def write_whole(path: str | Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file so that it is there whole or not at all, even when the power fails."""
    parts = _parts(content)
    new = f"{path}.new-{os.getpid()}"
    try:
        with open(new, "wb") as file:
            faultpoint("write.open")
            file.write(next(parts, b""))
            file.flush()
            faultpoint("write.half")
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        faultpoint("write.synced")
        os.replace(new, path)
        faultpoint("write.replaced")
    except BaseException:
        with suppress(OSError):
            os.remove(new)
        raise
    sync_folder(os.path.dirname(path) or ".")


def _parts(content: str | bytes | Iterable[str]) -> Iterator[bytes | memoryview]:
    """What is to be written, in two halves or as it is told."""
    if isinstance(content, (str, bytes)):
        data = memoryview(content.encode("utf-8") if isinstance(content, str) else content)
        yield data[: len(data) // 2]
        yield data[len(data) // 2 :]
    else:
        for part in content:
            yield part.encode("utf-8")


def sync_folder(folder: str) -> None:
    """Have the names in a folder on the disk."""
    if os.name != "posix":
        return  # Windows has no such call and needs none
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
