"""Every hostile file is loaded with the right warning or refused with the right error; the store is safe."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from councilgraph.build.run import Builder, Outcome
from tests.hostile.collection import COLLECTIONS, Hostile

FILES = [file for collection in COLLECTIONS for file in collection()]
# What a hostile file carries where no reader may see it.
INJECTED = "INJECTED"


def test_the_collection_is_large_and_every_file_has_its_own_name() -> None:
    assert len({file.name for file in FILES}) == len(FILES) >= 40


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, invented_data: Path) -> Path:
    """A store with the tables and no report."""
    place = tmp_path_factory.mktemp("hostile") / "store"
    Builder(str(place), invented_data, jobs=1).build()
    return place


def told(outcome: Outcome) -> set[str]:
    """The codes of all warnings of the report that was loaded."""
    (source,) = outcome.reports
    codes = {warning.code for warning in source.warnings}
    codes |= {"shape" for result in source.results if result.severity == "Warning"}
    return codes | {row.check for row in outcome.checks}


@pytest.mark.parametrize("file", FILES, ids=[ascii(file.name) for file in FILES])
def test_the_file_is_loaded_or_refused_as_it_should(
    file: Hostile, built: Path, tmp_path: Path, invented_data: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(built, store)
    before = (store / "CURRENT").read_bytes()
    path = tmp_path / file.name
    path.write_bytes(file.content)
    outcome = Builder(str(store), invented_data, jobs=1).load([path])
    if file.refused:
        (refusal,) = outcome.refused
        assert file.refused.lower() in refusal.error.what.lower()
        assert str(path) in refusal.error.where
        assert refusal.error.cure
        assert (store / "CURRENT").read_bytes() == before
    else:
        assert not outcome.refused
        assert file.warns <= told(outcome)
        assert (store / "CURRENT").read_bytes() != before
        text = "".join(p.read_text(encoding="utf-8") for p in (store / "sources").glob("report*"))
        assert "Finding" in text and "heard" in text
        assert INJECTED not in text and "root:" not in text
