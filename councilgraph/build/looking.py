"""A first look at every file, on every core: whose assessment it is, or why it is none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from councilgraph.build.pool import die_with_parent, told_when_killed
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


def look_at(files: Sequence[Path], workers: int, progress: Progress) -> tuple[list[PageKey], list[Refusal]]:
    """The key of each file that is a report, and a refusal for each that is none."""
    keys: list[PageKey] = []
    refused: list[Refusal] = []
    progress.start("Looking at files", len(files))
    for file, (found, errors) in zip(files, _looks(files, workers), strict=True):
        keys += found
        refused += [Refusal((str(file),), error) for error in errors]
        progress.advance()
    return keys, refused


def _looks(files: Sequence[Path], workers: int) -> Iterator[Look]:
    if workers <= 1 or len(files) < WORTH_WORKERS:
        yield from map(_look, files)
        return
    starting = (os.getpid(),)
    with told_when_killed(), ProcessPoolExecutor(workers, None, die_with_parent, starting) as pool:
        try:
            yield from pool.map(_look, files, chunksize=_AT_ONCE)
        finally:
            pool.shutdown(cancel_futures=True)


def _look(file: Path) -> Look:
    faultpoint("look.file")
    return peek_files([file])
