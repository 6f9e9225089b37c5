"""The checksums of a release: written, read, and compared with what lies in the folder.

``SHA256SUMS`` has the form of ``sha256sum``, so that a release can be checked without us.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from councilgraph.errors import InputError

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """A file of a release that is not as it was made; ``file`` is its path below the folder."""

    what: Literal["missing", "changed", "extra"]
    file: str

    def __str__(self) -> str:
        return f"{self.what}: {self.file}"


def sums_of(folder: str) -> str:
    """The text of ``SHA256SUMS`` for all other files of a folder, in the order of their paths."""
    lines = (f"{_digest(folder, name)}  {name}\n" for name in files_of(folder) if name != SUMS)
    return "".join(lines)


def check_release(folder: str) -> list[Problem]:
    """What is missing, changed or extra, in the order of the paths; nothing where all is well.

    Raises:
        InputError: the folder is no release, or its list of checksums is damaged.
    """
    listed = _listed(folder)
    there = {name for name in files_of(folder) if name != SUMS}
    found: list[Problem] = []
    for name in sorted(listed.keys() | there):
        if name not in listed:
            found.append(Problem("extra", name))
        elif name not in there:
            found.append(Problem("missing", name))
        elif os.path.islink(os.path.join(folder, name)) or _digest(folder, name) != listed[name]:
            found.append(Problem("changed", name))
    return found


def files_of(folder: str) -> Iterator[str]:
    """Every file below a folder as a path with slashes, in the order of the paths' letters."""
    found = []
    for place, folders, names in os.walk(folder):
        # A link to a folder would be passed over, and what it leads to is no part of a release.
        names += [name for name in folders if os.path.islink(os.path.join(place, name))]
        inside = os.path.relpath(place, folder)
        found += [name if inside == "." else f"{inside}/{name}".replace(os.sep, "/") for name in names]
    return iter(sorted(found))


def _listed(folder: str) -> dict[str, str]:
    path = os.path.join(folder, SUMS)
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        raise InputError(
            f"This is no release: it has no {SUMS}.",
            where=os.path.abspath(folder),
            cure="Name the folder that 'councilgraph release' wrote. If it is one, fetch it again.",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from None
    listed: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        # A path that leads out of the folder would have us read files of the user's own.
        if not match or match[2].startswith("/") or ".." in match[2].split("/") or match[2] in listed:
            raise _damaged(f"{path}, line {number}", "it is no line of a checksum and a path")
        listed[match[2]] = match[1]
    if not listed:
        raise _damaged(path, "it is empty")
    return listed


def _damaged(where: str, why: str) -> InputError:
    return InputError(
        f"The list of checksums is damaged: {why}.", where=where, cure="Fetch the release again."
    )


def _digest(folder: str, name: str) -> str:
    path = os.path.join(folder, *name.split("/"))
    if not os.path.isfile(path):
        return ""  # a link that leads nowhere, a pipe
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
