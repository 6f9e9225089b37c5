"""What the tests of the explorer share: a store of invented councils behind a test client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from councilgraph.explorer.app import create_app
from councilgraph.explorer.settings import Settings
from councilgraph.explorer.snapshot import Snapshot, Snapshots
from tests.conftest import INVENTED, REPORTS, Run
from tests.explorer.evidence import evidence_store
from tests.support import rich


@pytest.fixture(scope="session")
def explorer_store(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """A store of the invented councils with both reports and the outside tables; not to be changed."""
    place = tmp_path_factory.mktemp("explorer") / "store"
    outside = INVENTED / "observations"
    done = run(
        *("build", "--store", place, "--data", INVENTED / "data"),
        *("--reports", REPORTS, "--observations", outside),
    )
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="session")
def snapshot(explorer_store: Path) -> Snapshot:
    """The build of that store."""
    return Snapshots(str(explorer_store)).current()


@pytest.fixture(scope="session")
def app(explorer_store: Path) -> FastAPI:
    """The explorer over that store."""
    return create_app(Settings(store=str(explorer_store)))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client that shows an error of ours as the 500 page that a visitor would see."""
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def rich_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of all councils with a few generated reports; not to be changed."""
    return rich.rich_store(tmp_path_factory.mktemp("rich"))


@pytest.fixture(scope="session")
def rich_snapshot(rich_store: Path) -> Snapshot:
    """The build of that store."""
    return Snapshots(str(rich_store)).current()


@pytest.fixture(scope="session")
def rich_client(rich_store: Path) -> Iterator[TestClient]:
    """A client of the explorer over that store."""
    with TestClient(create_app(Settings(store=str(rich_store))), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with evidence of every kind; not to be changed."""
    return evidence_store(tmp_path_factory.mktemp("evidence"))


@pytest.fixture(scope="session")
def held(place: Path) -> Snapshot:
    """The build of that store."""
    return Snapshots(str(place)).current()


@pytest.fixture(scope="session")
def visitor(place: Path) -> Iterator[TestClient]:
    """A client of the explorer over that store."""
    with TestClient(create_app(Settings(store=str(place))), raise_server_exceptions=False) as made:
        yield made
