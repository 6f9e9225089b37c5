"""Removing what no build needs any more: builds that nobody reads, N-Quads files of earlier ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress

from councilgraph.faultpoints import faultpoint
from councilgraph.store.embedded import SUMS
from councilgraph.store.holding import is_held


def sweep_killed(place: str, build: str, used: Iterable[str]) -> None:
    """Remove what killed work has left beside ``build``, the one in force, which must be whole.

    Its N-Quads files are called as in ``used``. What was left is in nobody's use, and where
    nothing has changed since no later build would come to remove it.
    """
    builds = os.path.join(place, "builds")
    own = os.path.basename(build)
    listed = {
        name: written for name in names_in(builds) if (written := _listed_at(os.path.join(builds, name)))
    }
    # A whole build that is newer was killed before it came into force.
    earlier = [name for name in listed if name != own and listed[name] <= listed.get(own, 0)]
    before = max(earlier, key=lambda name: listed[name], default="")
    remove_builds(builds, (name for name in names_in(builds) if name not in (own, before)))
    remove_files(place, own, used)


def _listed_at(build: str) -> int:
    """When the list of digests of a build was written, its last file; 0 where there is none."""
    try:
        return os.stat(os.path.join(build, SUMS)).st_mtime_ns
    except OSError:
        return 0


def remove_builds(builds: str, names: Iterable[str]) -> None:
    """Remove builds that nobody is reading, by their names in the folder of builds."""
    for name in names:
        if not is_held(build := os.path.join(builds, name)):
            with suppress(OSError):  # what cannot be removed is in nobody's way; the next build tries again
                faultpoint("sweep.build")
                shutil.rmtree(build, ignore_errors=True)


def remove_files(place: str, build: str, used: Iterable[str]) -> None:
    """Remove the N-Quads files that are not ``used`` and the files that were half written.

    The copy of the manifest of ``build`` stays.
    """
    sources = os.path.join(place, "sources")
    keep = {*used, os.path.basename(manifest_copy(place, build))}
    gone = [os.path.join(sources, name) for name in names_in(sources) if name not in keep]
    for path in (*gone, *(os.path.join(place, name) for name in names_in(place) if ".new-" in name)):
        with suppress(OSError):
            faultpoint("sweep.source")
            os.remove(path)


def names_in(folder: str) -> list[str]:
    """What a folder holds, in order; nothing where it cannot be read."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def manifest_copy(place: str, name: str) -> str:
    """The second copy of a build's manifest, beside the N-Quads files."""
    return os.path.join(place, "sources", f"manifest-{name}.json")
