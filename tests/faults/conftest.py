"""One process to fork from for all tests here, and a store to copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.nursery import Nursery
from tests.faults.world import World


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where commands die."""
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Path:
    """A store of the first version of the reports; not to be changed."""
    world = World.made(tmp_path_factory.mktemp("faults") / "built")
    done = nursery.command(world.build())
    assert done.code == 0, done.err
    return world.store


@pytest.fixture
def world(tmp_path: Path, built: Path) -> World:
    """A world with that store, and the second version of the report given now."""
    made = World.made(tmp_path / "world")
    shutil.copytree(built, made.store)
    made.version = "b"
    return made
