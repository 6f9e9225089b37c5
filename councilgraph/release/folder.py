"""The folder of a release: made beside its place, sealed with checksums, moved there in one step.

It is not forced onto the disk file by file, which takes minutes on a busy one: what a power cut
takes from it, its checksums tell.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from councilgraph.errors import InputError
from councilgraph.leftovers import new_folder, sweep
from councilgraph.release.sums import SUMS, check_release, sums_of

MANIFEST = "manifest.json"


class Folder:
    """A release in the making."""

    def __init__(self, place: str, new: str) -> None:
        self.place, self.new = place, new
        self.unchanged = False

    def path(self, name: str) -> str:
        """Where a file is made; ``name`` is its path below the folder, with slashes."""
        path = os.path.join(self.new, *name.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A new file of the release."""
        with open(self.path(name), "xb") as file:
            yield file

    def write(self, name: str, content: str | bytes) -> None:
        """A whole file at once; text is UTF-8."""
        with self.open(name) as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)

    def write_json(self, name: str, content: Mapping[str, Any]) -> None:
        """A whole file of JSON."""
        self.write(name, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


@contextmanager
def release_folder(place: str) -> Iterator[Folder]:
    """Write into this; it takes its place when the block ends well, and nothing is there before.

    Where the same release is there already it is left as it is, and ``unchanged`` says so.

    Raises:
        InputError: the folder cannot be written, or another release is there.
    """
    place = os.path.realpath(place)
    try:
        above, name = os.path.split(place)
        sweep(above, rf"{re.escape(name)}\.\d+\.part")  # of a release that was killed
        with new_folder(f"{place}.{os.getpid()}.part") as new:
            folder = Folder(place, new)
            yield folder
            folder.write(SUMS, sums_of(new))
            if os.path.isdir(place) and os.listdir(place):
                _must_be_same(folder)
                folder.unchanged = True
                return
            if os.path.isdir(place):
                os.rmdir(place)  # it is empty; a folder cannot be moved onto one on every system
            os.rename(new, place)
    except OSError as error:
        raise InputError(
            f"The release cannot be written: {error.strerror or error}.",
            where=place,
            cure="Check the rights to the folder above it and the space left, or name another folder.",
        ) from None


def must_be_free(place: str, release: Mapping[str, Any]) -> None:
    """Before anything is made: is the folder not there, empty, or this very ``release``?

    Raises:
        InputError: it holds something else.
    """
    if not os.path.lexists(place) or (os.path.isdir(place) and not os.listdir(place)):
        return
    try:
        with open(os.path.join(place, MANIFEST), encoding="utf-8") as file:
            held = json.load(file)["release"]
    except (OSError, ValueError, TypeError, KeyError):
        raise InputError(
            "The folder holds other things than a release.",
            where=os.path.abspath(place),
            cure="Name a folder that does not exist yet; nothing here was changed.",
        ) from None
    if held != release:
        raise _another(place)


def _must_be_same(folder: Folder) -> None:
    with open(os.path.join(folder.new, SUMS), "rb") as file:
        made = file.read()
    try:
        with open(os.path.join(folder.place, SUMS), "rb") as file:
            held = file.read()
    except FileNotFoundError:
        held = b""
    if held != made:
        raise _another(folder.place)
    if problems := check_release(folder.place):
        raise InputError(
            f"The folder holds this release, but not as it was made ({problems[0]}).",
            where=folder.place,
            cure="Move the damaged folder away and make the release again.",
        )


def _another(place: str) -> InputError:
    return InputError(
        "The folder holds another release; a release that is published does not change.",
        where=os.path.abspath(place),
        cure="Name a folder that does not exist yet. 'councilgraph diff' tells what differs between the two.",
    )
