"""A few of the thousand kills of ``python -m tests.faults.kills``."""

from __future__ import annotations

from pathlib import Path

from tests.faults.nursery import Nursery

KILLS = 15


def test_kills_at_random_moments_lose_no_decision_and_leave_no_half_store(
    tmp_path: Path, nursery: Nursery
) -> None:
    told = nursery.kills(tmp_path, KILLS, seed=11)
    assert told["failures"] == []
    assert sum(told["kills"].values()) == KILLS
