"""A store in which no page is empty: generated reports over the project's own registers."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generator import write_reports
from councilgraph import resources
from councilgraph.build.run import Builder

REPORTS, SENTENCES = 4, 60  # one of each layout


def rich_store(folder: Path) -> Path:
    """Build it below ``folder``; takes some seconds."""
    files = write_reports(folder / "reports", REPORTS, SENTENCES, 1)
    place = folder / "store"
    # Two builds, so that the pages of what changed have something to tell.
    for given in (files[:-1], files):
        outcome = Builder(str(place), Path(resources.path("data")), jobs=1).build(given)
        assert not outcome.refused
    return place


def build_before(place: Path) -> Path:
    """The build that the one in force took the place of."""
    current = (place / "CURRENT").read_text(encoding="ascii").split()[1]
    (old,) = (one for one in (place / "builds").iterdir() if one.name != current)
    return old
