"""A release of the invented reports, made once; tests that change one take a copy."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest

from councilgraph.build.run import Builder
from councilgraph.release import Wanted, write_release
from tests.conftest import INVENTED, REPORTS

Make = Callable[..., Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the invented reports with a table of other figures; not to be changed."""
    place = tmp_path_factory.mktemp("built") / "store"
    outside = (INVENTED / "observations",)
    Builder(str(place), INVENTED / "data", jobs=1, observations=outside).build([REPORTS])
    return place


@pytest.fixture(scope="session")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of it as it comes without any choice; not to be changed."""
    place = tmp_path_factory.mktemp("released") / "release"
    write_release(str(built), str(place))
    return place


@pytest.fixture(scope="session")
def chosen(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with everything chosen that can be; not to be changed."""
    place = tmp_path_factory.mktemp("chosen") / "release"
    base, doi = "https://data.example/one/", "10.5281/zenodo.1234567"
    write_release(str(built), str(place), Wanted(date(2026, 3, 31), "2026.1", base, doi))
    return place


@pytest.fixture
def make(built: Path, tmp_path: Path) -> Make:
    """Makes a release of the store (or of ``store``) with these choices."""

    def call(name: str = "release", *, store: Path = built, **choices: object) -> Path:
        write_release(str(store), str(tmp_path / name), replace(Wanted(), **choices))  # type: ignore[arg-type]
        return tmp_path / name

    return call


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path, as bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def loaded(folder: Path) -> pyoxigraph.Store:
    """A release in an empty database, by its N-Quads files alone."""
    store = pyoxigraph.Store()
    for path in folder.glob("*.nq.gz"):
        store.bulk_load(gzip.decompress(path.read_bytes()), format=pyoxigraph.RdfFormat.N_QUADS)
    return store
