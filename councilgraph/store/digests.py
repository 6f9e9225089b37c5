"""The digests of a build's files: what ``councilgraph check`` and a later build compare them with.

They stand in a file SHA256SUMS in the folder of the build, in the form of ``sha256sum``, so that
nobody needs this program to see whether a store is whole::

    cd .councilgraph/builds/<build> && sha256sum --check SHA256SUMS

The N-Quads files beside the builds are named in it too. Answers that are kept for later are not:
they come after it, and each carries its own checksum.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress

from councilgraph.store.embedded import SUMS

SOURCES = "../../sources/"
_NOT_LISTED = frozenset((SUMS, "LOCK"))  # the engine's lock is empty and means nothing


def digest_list(build: str, sources: Iterable[str], earlier: str | None = None) -> str:
    """The text of the list: the files of a build that is whole, and ``sources``, names of N-Quads files.

    A file that an ``earlier`` build shares, by a link or by its name among the sources, is not
    read again: what was said of it then is what it must still be.
    """
    known = read_digests(earlier) if earlier else {}
    lines = []
    for name in [*_files_of(build), *sorted(SOURCES + name for name in sources)]:
        path = os.path.join(build, name)
        shared = name in known and (
            name.startswith(SOURCES) or _is_same(path, os.path.join(earlier or "", name))
        )
        lines.append(f"{known[name] if shared else digest_of(path)}  {name}\n")
    return "".join(lines)


def read_digests(build: str) -> dict[str, str]:
    """Digest by name, as the build lists them; empty where there is no list, or none that can be read."""
    try:
        with open(os.path.join(build, SUMS), encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, ValueError):
        return {}
    listed = {}
    for line in lines:
        digest, _, name = line.partition("  ")
        listed[name] = digest
    return listed


def is_as_written(build: str, name: str, data: bytes) -> bool:
    """Whether ``data`` is what the build lists for that name; true where it has no list."""
    listed = read_digests(build)
    return not listed or listed.get(name) == hashlib.sha256(data).hexdigest()


def changed_files(build: str, *, sources: bool) -> Iterator[tuple[str, str]]:
    """Each listed file that is not as it was written, by its path, with what is wrong.

    ``sources``: the N-Quads files too, not the build's own files alone.
    """
    listed = read_digests(build)
    if not listed:
        yield os.path.join(build, SUMS), "the list of digests is not there, or is empty"
        return
    for name, digest in listed.items():
        if name.startswith(SOURCES) and not sources:
            continue
        path = os.path.normpath(os.path.join(build, name))
        try:
            if digest_of(path) != digest:
                yield path, "is not as it was written"
        except (OSError, ValueError) as error:
            told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield path, f"cannot be read ({told})" if os.path.exists(path) else "is not there"
    for name in _files_of(build):
        if name not in listed:
            yield os.path.join(build, SUMS), f"says nothing of the file {name}"


def digest_of(path: str) -> str:
    """SHA-256 of a file, read in pieces."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files_of(build: str) -> list[str]:
    """The files that belong to a build, by their names in it."""
    found = [name for name in ("manifest.json", "search.sqlite") if os.path.exists(os.path.join(build, name))]
    with suppress(OSError):  # what was listed is told as missing
        found += sorted(f"graph/{name}" for name in os.listdir(os.path.join(build, "graph")))
    return [name for name in found if os.path.basename(name) not in _NOT_LISTED]


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False
