"""Names that a reviewer wrote lead to the registered bodies of the month of the assessment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from councilgraph.extraction.register import Register
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.model import Doubt, Mention, Partnership, Party, Place, Strategy
from councilgraph.reviews import apply_reviews, resolved
from loaders.reference import read_reference
from tests.conftest import ROOT
from tests.reviewing import NORTHMOOR, machine, reviewed
from tests.support.reports import make_report

VOCABULARY = load_vocabulary(ROOT / "ontology" / "schemes")
REPORT = make_report({"equity": [["It met the trust."]]})
AT = Place("equity", 1, 1)


@pytest.fixture(scope="module")
def register(invented_data: Path) -> Register:
    return Register.of(read_reference(invented_data))


def party(name: str, register: Register, key: str = "NMR-2025-05") -> Party:
    one = Partnership("board", "board x", "equity", 1, (1,), (Party(name),))
    told = resolved(reviewed(REPORT, key=key, partnerships=(one,)), NORTHMOOR, register, VOCABULARY)
    return told.partnerships[0].parties[0]


def test_parties_become_bodies_the_assessed_council_among_them(register: Register) -> None:
    assert party("Northmoor County Council", register).council == "NMR"
    trust = party("Northmoor Partnership NHS Trust", register)
    assert (trust.kind, trust.organisation) == ("nhs-trust", "ods-RZ1")
    assert party("care providers", register) == Party("care providers", "care-provider")
    assert party("colleagues", register) == Party("colleagues")


def test_a_kind_that_the_area_has_one_of_is_that_of_the_month(register: Register) -> None:
    before = party("local Integrated Care Board", register)
    after = party("local Integrated Care Board", register, key="NMR-2026-09")
    assert before.organisation and before.organisation != after.organisation


def test_a_name_that_is_known_in_part_tells_the_kind_and_no_body(register: Register) -> None:
    some = party("Northmoor Partnership NHS Trust and its friends", register)
    assert (some.kind, some.organisation) == ("nhs-trust", None)


def test_mentions_and_strategies_are_resolved_and_keep_what_was_doubted(register: Register) -> None:
    mention = Mention(AT, 7, 16, "the trust", "nhs-trust", True, "Northmoor Partnership NHS Trust")
    strategy = Strategy("Moor Plan", AT, parties=(Party("Northmoor Partnership NHS Trust"),))
    doubt = Doubt(optional=True)
    before = reviewed(
        REPORT, mentions=(mention,), strategies=(strategy,), doubts={mention: doubt, strategy: doubt}
    )
    told = resolved(before, NORTHMOOR, register, VOCABULARY)
    assert [m.organisation for m in told.mentions] == ["ods-RZ1"]
    assert [p.organisation for s in told.strategies for p in s.parties] == ["ods-RZ1"]
    assert told.doubts == {told.mentions[0]: doubt, told.strategies[0]: doubt}
    assert (told.digests, told.findings) == (before.digests, before.findings)


def test_a_mention_that_the_machine_missed_keeps_the_body_of_its_name(register: Register) -> None:
    mention = Mention(AT, 7, 16, "the trust", "nhs-trust", True, "Northmoor Partnership NHS Trust")
    told = resolved(reviewed(REPORT, mentions=(mention,)), NORTHMOOR, register, VOCABULARY)
    (placed,) = apply_reviews(machine(REPORT), told).mentions
    assert (placed.organisation, placed.text) == ("ods-RZ1", "the trust")
    known = replace(mention, full_name=None, organisation="ods-RZ2", identifier="RZ2")
    (placed,) = apply_reviews(machine(REPORT, mentions=(known,)), told).mentions
    assert placed.organisation == "ods-RZ2"
