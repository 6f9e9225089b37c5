"""An invented data folder that tests may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of ``base/``: the tidy tables of three councils that do not exist."""
    return Path(shutil.copytree(HERE.parent / "invented" / "data", tmp_path / "data"))
