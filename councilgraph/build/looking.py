"""A first look at every file, on every core: whose assessment it is, or why it is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from councilgraph.build.ahead import ahead
from councilgraph.build.looked import Looked
from councilgraph.build.progress import Progress
from councilgraph.build.reports import Refusal
from councilgraph.errors import CouncilgraphError
from councilgraph.faultpoints import faultpoint
from loaders import PageKey, peek_files

# Below this many files, starting workers costs more than they save.
WORTH_WORKERS = 16
# Files that a worker takes at once: one at a time, the messages would cost more than the look.
_AT_ONCE = 8

Look = tuple[list[PageKey], list[CouncilgraphError]]


def look_at(
    files: Sequence[Path], known: dict[Path, PageKey], looked: Looked, workers: int, progress: Progress
) -> tuple[list[PageKey], list[Refusal]]:
    """The key of each file that is a report, in the order of the files; a refusal for each that is none.

    Those ``known`` are not opened; what is seen in the others is remembered.
    """
    unknown = [file for file in files if file not in known]
    found: dict[Path, PageKey] = {}
    refused: list[Refusal] = []
    progress.start("Looking at files", len(unknown))
    for file, (keys, errors) in zip(unknown, _looks(unknown, workers), strict=True):
        found.update((file, key) for key in keys)
        refused += [Refusal((str(file),), error) for error in errors]
        progress.advance()
    looked.keep(found.values())
    both = (known.get(file) or found.get(file) for file in files)
    return [key for key in both if key is not None], refused


def _looks(files: Sequence[Path], workers: int) -> Iterator[Look]:
    if workers <= 1 or len(files) < WORTH_WORKERS:
        yield from map(_look, files)
        return
    some = (files[n : n + _AT_ONCE] for n in range(0, len(files), _AT_ONCE))
    for looks in ahead(_look_at_some, some, workers):
        yield from looks


def _look_at_some(files: Sequence[Path]) -> list[Look]:
    return [_look(file) for file in files]


def _look(file: Path) -> Look:
    faultpoint("look.file")
    return peek_files([file])
