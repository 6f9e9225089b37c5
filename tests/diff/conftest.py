"""Builds of the invented reports to compare: one as they are, others with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from councilgraph.build.run import Builder
from councilgraph.diff import Comparison, compared, opened_side
from tests.conftest import INVENTED, REPORTS

Build = Callable[..., Path]


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the invented reports; not to be changed."""
    place = tmp_path_factory.mktemp("before") / "store"
    Builder(str(place), INVENTED / "data", jobs=1).build([REPORTS])
    return place


@pytest.fixture
def build(tmp_path: Path, data: Path, reports: Path) -> Build:
    """Builds the copies as they are now, and gives the store."""
    made = 0

    def call(**more: object) -> Path:
        nonlocal made
        made += 1
        place = tmp_path / f"store-{made}"
        Builder(str(place), data, jobs=1, **more).build([reports])  # type: ignore[arg-type]
        return place

    return call


def compare(old: Path | str, new: Path | str) -> Comparison:
    with opened_side(str(old)) as one, opened_side(str(new)) as two:
        return compared(one, two)
