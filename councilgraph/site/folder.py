"""The folder of a site: files of our own in, old ones of ours out, everyone else's left alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from councilgraph.errors import InputError
from councilgraph.faultpoints import faultpoint
from councilgraph.leftovers import new_folder, sweep

# Says which files are ours: a folder may hold a .git, a CNAME or a page of the user's too.
LISTING = "councilgraph-site.json"


@dataclass(slots=True)
class Folder:
    """A site in the making, beside the one that is there."""

    place: str
    new: str
    old: frozenset[str]
    files: dict[str, int] = field(default_factory=dict)

    def write(self, name: str, content: str | bytes) -> None:
        """Write one file; ``name`` is its path below the folder, with slashes.

        Raises:
            InputError: the disk is full, or a file of that name is there and is not ours.
        """
        data = content.encode("utf-8") if isinstance(content, str) else content
        if name not in self.old and os.path.lexists(os.path.join(self.place, name)):
            raise InputError(
                "There is a file that this site would write over, and it is not of an earlier export.",
                where=os.path.join(self.place, name),
                cure="Move it away, or name another folder.",
            )
        target = os.path.join(self.new, *name.split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)
        self.files[name] = len(data)


@contextmanager
def site_folder(place: str, about: dict[str, Any]) -> Iterator[Folder]:
    """Write into this and the files take their places when the block ends well.

    An export that fails leaves the site of yesterday. ``about`` goes into the listing.

    Raises:
        InputError: the folder cannot be written.
    """
    place = os.path.abspath(place)
    made = not os.path.isdir(place)
    try:
        sweep(place, r"\.councilgraph-new-\d+")
        with new_folder(os.path.join(place, f".councilgraph-new-{os.getpid()}")) as new:
            folder = Folder(place, new, _earlier(place))
            yield folder
            listing = {**about, "files": dict(sorted(folder.files.items()))}
            _move(folder, listing)
    except OSError as error:
        raise InputError(
            f"The site cannot be written: {error.strerror or error}.",
            where=place,
            cure="Check the rights on the folder and the space left, or name another one.",
        ) from None
    finally:
        if made and os.path.isdir(place) and not os.listdir(place):
            os.rmdir(place)


def _earlier(place: str) -> frozenset[str]:
    """The files of the last export; those that its listing names and that lie in the folder."""
    try:
        with open(os.path.join(place, LISTING), encoding="utf-8") as file:
            names = json.load(file)["files"]
        return frozenset(name for name in names if _inside(name)) | {LISTING}
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise InputError(
            "The list of an earlier export cannot be read.",
            where=os.path.join(place, LISTING),
            cure="Name an empty folder; nothing here was changed.",
        ) from None


def _inside(name: str) -> bool:
    parts = name.split("/")
    return not os.path.isabs(name) and all(part not in ("", ".", "..") for part in parts)


def _move(folder: Folder, listing: dict[str, Any]) -> None:
    # First a list that names the old files and the new: an export that is killed among them must
    # leave none that the next one takes for somebody else's, and refuses to write over.
    _list(folder, {**listing, "files": {**dict.fromkeys(sorted(folder.old), 0), **listing["files"]}})
    faultpoint("site.listed")
    # Pages last: whoever reads meanwhile finds what a new page links to.
    for name in sorted(folder.files, key=lambda name: (name.endswith(".html"), name)):
        target = os.path.join(folder.place, *name.split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(os.path.join(folder.new, *name.split("/")), target)
        faultpoint("site.moved")
    for name in folder.old - folder.files.keys() - {LISTING}:
        path = os.path.join(folder.place, *name.split("/"))
        if os.path.isfile(path):
            os.remove(path)
        _prune(os.path.dirname(path), folder.place)
    _list(folder, listing)


def _list(folder: Folder, listing: dict[str, Any]) -> None:
    folder.write(LISTING, json.dumps(listing, indent=1, ensure_ascii=False) + "\n")
    os.replace(os.path.join(folder.new, LISTING), os.path.join(folder.place, LISTING))
    del folder.files[LISTING]
    folder.old |= {LISTING}  # it is ours from here on


def _prune(path: str, top: str) -> None:
    """Remove folders that have become empty."""
    while path != top and path.startswith(top + os.sep):
        try:
            os.rmdir(path)
        except OSError:
            return
        path = os.path.dirname(path)
