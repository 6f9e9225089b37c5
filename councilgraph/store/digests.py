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
from councilgraph.store.stamps import STAMPS, Stamps, parsed, stamp_of, stamps_text

SOURCES = "../../sources/"
_NOT_LISTED = frozenset((SUMS, "LOCK"))  # the engine's lock is empty and means nothing


def listed(build: str, sources: Iterable[str], earlier: str | None = None) -> tuple[str, bytes]:
    """The text of the list, and the stamps of the files in it, which it names too.

    They are the files of a build that is whole, and ``sources``, names of N-Quads files. What an
    ``earlier`` build said of a file that this one shares, by a link or by its name among the sources,
    is what it must still be: it is read again only where its stamp does not hold, and is not stamped
    where it is damaged.
    """
    known = read_digests(earlier) if earlier else {}
    stamps = read_stamps(earlier) if earlier else Stamps("", {})
    lines, seen = [], {}
    for name in [*_files_of(build), *sorted(SOURCES + name for name in sources)]:
        path = os.path.join(build, name)
        shared = name in known and (
            name.startswith(SOURCES) or _is_same(path, os.path.join(earlier or "", name))
        )
        unread = shared and stamps.hold(name)
        stamp = stamp_of(path, settled=not unread)  # before it is read: who writes meanwhile changes it
        digest = known[name] if unread else digest_of(path)
        if stamp and not (shared and digest != known[name]):
            seen[name] = stamp
        lines.append(f"{known[name] if shared else digest}  {name}\n")
    told = stamps_text(seen)
    lines.append(f"{hashlib.sha256(told).hexdigest()}  {STAMPS}\n")
    return "".join(lines), told


def read_stamps(build: str) -> Stamps:
    """How the files of a build looked when they were seen whole; none where that is not known."""
    try:
        with open(os.path.join(build, STAMPS), "rb") as file:
            told = file.read()
    except OSError:
        told = b""
    whole = read_digests(build).get(STAMPS) == hashlib.sha256(told).hexdigest()
    return Stamps(build, parsed(told) if whole else {})


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


def changed_files(build: str, *, sources: bool, stamps: Stamps | None = None) -> Iterator[tuple[str, str]]:
    """Each listed file that is not as it was written, by its path, with what is wrong.

    ``sources``: the N-Quads files too, not the build's own files alone. A file whose stamp holds, if
    ``stamps`` are given, is not read.
    """
    digests = read_digests(build)
    if not digests:
        yield os.path.join(build, SUMS), "the list of digests is not there, or is empty"
        return
    for name, digest in digests.items():
        if (name.startswith(SOURCES) and not sources) or (stamps and stamps.hold(name)):
            continue
        path = os.path.normpath(os.path.join(build, name))
        try:
            if digest_of(path) != digest:
                yield path, "is not as it was written"
        except (OSError, ValueError) as error:
            told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield path, f"cannot be read ({told})" if os.path.exists(path) else "is not there"
    for name in _files_of(build):
        if name not in digests:
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
