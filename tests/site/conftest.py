"""A whole site, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from councilgraph.site import Site, write_site
from tests.support import rich


@pytest.fixture(scope="session")
def rich_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four generated reports over the project's registers; not to be changed."""
    return rich.rich_store(tmp_path_factory.mktemp("site-store"))


@pytest.fixture(scope="session")
def written(rich_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of that store; not to be changed."""
    folder = tmp_path_factory.mktemp("site") / "out"
    previous = str(rich.build_before(rich_store))
    return write_site(str(rich_store), str(folder), base="https://evidence.example/care/", previous=previous)
