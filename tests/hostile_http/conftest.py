"""A poisoned store behind the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from councilgraph.explorer.app import create_app
from councilgraph.explorer.settings import Settings
from councilgraph.explorer.snapshot import Snapshot, Snapshots
from tests.support import rich
from tests.support.poison import poisoned


@pytest.fixture(scope="session")
def healthy_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four generated reports over the project's registers; not to be changed."""
    return rich.rich_store(tmp_path_factory.mktemp("healthy"))


@pytest.fixture(scope="session")
def poisoned_store(healthy_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with hostile text wherever text stands; not to be changed."""
    return poisoned(healthy_store, tmp_path_factory.mktemp("poisoned") / "store")


@pytest.fixture(scope="session")
def poisoned_snapshot(poisoned_store: Path) -> Snapshot:
    """The build of the poisoned store."""
    return Snapshots(str(poisoned_store)).current()


@pytest.fixture(scope="session")
def poisoned_client(poisoned_store: Path) -> Iterator[TestClient]:
    """A client of an explorer over the poisoned store."""
    app = create_app(Settings(store=str(poisoned_store)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def healthy_client(healthy_store: Path) -> Iterator[TestClient]:
    """A client of an explorer over the healthy store."""
    app = create_app(Settings(store=str(healthy_store)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
