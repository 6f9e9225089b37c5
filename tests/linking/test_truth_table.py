"""How often matching is right, over names with known answers and over the real tables.

``names.csv`` has names as people write them. Rules and limits were set on its development half
alone; the held-out half says what they are worth.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from councilgraph.linking.candidates import Memory
from councilgraph.linking.entry import Entry
from councilgraph.linking.result import Limits
from loaders.registers import tables
from tests.conftest import ROOT
from tests.linking.table import HALVES, NONE, Known, halves, measure


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return list(tables(Path(ROOT / "data")))


@pytest.fixture(scope="module")
def source(entries: list[Entry]) -> Memory:
    return Memory(entries)


@pytest.fixture(scope="module")
def known(entries: list[Entry]) -> dict[str, list[Known]]:
    return halves(entries)


def test_the_table_is_large_enough_to_measure(known: dict[str, list[Known]], entries: list[Entry]) -> None:
    every = [row for half in HALVES for row in known[half]]
    assert len(every) >= 320
    assert sum(row.code == NONE for row in every) >= 80
    codes = {(e.register, e.code) for e in entries} | {("", NONE)}
    assert {(row.register, row.code) for row in every} <= codes
    assert all((row.code == NONE) == (row.state == "unresolved") for row in every)


@pytest.mark.parametrize("half", HALVES)
def test_links_are_right_and_few_are_missed(half: str, known: dict[str, list[Known]], source: Memory) -> None:
    found = measure(known[half], source)
    assert found.precision >= 0.99, found.wrong
    assert found.recall >= 0.95, found.missed


@pytest.mark.parametrize("half", HALVES)
def test_what_is_called_certain_is_right(half: str, known: dict[str, list[Known]], source: Memory) -> None:
    certain = [row for row in known[half] if row.ask(source).state == "certain"]
    assert len(certain) > 100
    assert [row.name for row in certain if not row.right(row.ask(source))] == []


@pytest.mark.parametrize("half", HALVES)
def test_doubt_is_told_as_a_person_would(half: str, known: dict[str, list[Known]], source: Memory) -> None:
    found = measure(known[half], source)
    assert found.states >= 0.95, found.other_state


def test_no_other_limits_do_better_on_the_development_half(
    known: dict[str, list[Known]], source: Memory
) -> None:
    chosen = measure(known["development"], source)
    for spelling in (0.70, 0.74, 0.82, 0.86):
        other = measure(known["development"], source, Limits(spelling=spelling))
        assert other.precision < chosen.precision or other.recall <= chosen.recall
