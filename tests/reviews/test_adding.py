"""What the machine missed is put in once and stays: through rebuilds, new rules, and taking back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from councilgraph.api import open_graph
from councilgraph.errors import InputError, UsageError
from councilgraph.model import Decision, Evidence, Place
from councilgraph.model.evidence import Item
from councilgraph.reviews import apply_reviews, check_decisions
from councilgraph.reviews.alone import standing_alone
from councilgraph.reviews.deciding import LISTS
from councilgraph.reviews.desk import Desk
from councilgraph.reviews.given import read_given
from councilgraph.reviews.queue import Wanted, decided
from councilgraph.reviews.readings import fields_of
from councilgraph.reviews.taking import add
from councilgraph.reviews.things import Thing
from loaders import read_reviews
from loaders.reviews.decisions import decision as read_decision
from loaders.reviews.decisions import record_of
from tests.reviewing import machine, reviewed
from tests.reviews.deciding import ACTS, DAY, MAKERS, digest_at
from tests.support.reports import make_report

VAN = "A van called at nine markets with Eastvale Trust."
RAMP = "Some waited eleven weeks for a ramp."
TEXT = {"equity": [[RAMP, VAN]], "learning": [["Staff learnt from complaints."]]}
REPORT = make_report(TEXT)
AT = Place("equity", 1, 2)
GIVEN: dict[str, str] = {
    "mention": "text=Eastvale Trust; type=nhs-trust",
    "partnership": "type=network; parties=Eastvale Trust, Northmoor",
    "strategy": "title=Market Plan; start=2024-03",
    "statistic": "value=9; unit=count; counts=markets",
    "citation": "act=Care Act 2014; law_section=42",
}
each_kind = pytest.mark.parametrize("kind", list(GIVEN))


def thing(**more: Any) -> Thing:
    told: dict[str, Any] = {
        "iri": "",
        "kind": "finding",
        "assessment": "NMR-2025-05",
        "authority": "Northmoor County Council",
        "published": "2025-05-30",
        "section": "equity",
        "place": AT,
        "digest": digest_at(REPORT, AT),
        "state": "machine",
        "confidence": None,
        "rules": "0.1.0+1a2b3c4d",
        "why": (),
        "reading": {},
        "paragraph": ((1, RAMP), (2, VAN)),
        "sentences": (2,),
        "page": "",
    }
    return Thing(**{**told, **more})


def put_in(kind: str) -> Decision:
    made = add(thing(), kind, GIVEN[kind], role="analyst", on=DAY, acts=ACTS)
    return read_decision(record_of(made), MAKERS, "NMR-2025-05.jsonl:1")


def after(*decisions: Decision, text: Any = TEXT, **found: Any) -> Evidence:
    nobody = replace(reviewed(REPORT), digests={}, findings=())
    return apply_reviews(machine(make_report(text), **found), replace(nobody, decisions=decisions))


def items(evidence: Evidence, kind: str) -> tuple[Item, ...]:
    return tuple(getattr(evidence, LISTS[kind]))


@each_kind
def test_it_stands_in_the_evidence_as_a_persons_with_the_decision_behind_it(kind: str) -> None:
    evidence = after(put_in(kind))
    (found,) = items(evidence, kind)
    assert found.review_state == "corrected"
    assert [one.decision for one in evidence.decided[found]] == ["added"]
    assert evidence.warnings == ()


@each_kind
def test_rules_that_have_learnt_to_read_it_make_it_accepted_and_not_two(kind: str) -> None:
    (learnt,) = items(after(put_in(kind)), kind)
    now = replace(learnt, review_state="machine")
    (found,) = items(after(put_in(kind), **{LISTS[kind]: (now,)}), kind)
    assert found.review_state == "accepted"


@each_kind
def test_what_is_taken_back_is_gone(kind: str) -> None:
    made = put_in(kind)
    back = replace(made, decision="withdrawn", machine=made.known_by, person={}, on=date(2026, 11, 21))
    again = read_decision(record_of(back), MAKERS, "")
    assert items(after(made, again), kind) == ()


@each_kind
def test_it_moves_with_its_sentence(kind: str) -> None:
    moved = {**TEXT, "equity": [["A new paragraph."], [RAMP, "And more.", VAN]]}
    (found,) = items(after(put_in(kind), text=moved), kind)
    where = found.sentences if hasattr(found, "sentences") else (found.place.sentence,)
    assert where == (3,)


@each_kind
@pytest.mark.parametrize(("said", "states"), [("accepted", ["corrected"]), ("rejected", [])])
def test_another_reader_may_settle_it_like_anything_else(kind: str, said: str, states: list[str]) -> None:
    made = put_in(kind)
    (found,) = items(after(made), kind)
    later = replace(
        made, machine=fields_of(found), person={}, decision=said, role="lead", on=date(2026, 12, 1)
    )
    now = items(after(made, read_decision(record_of(later), MAKERS, "")), kind)
    assert [one.review_state for one in now] == states, "nothing stands for what nobody reads any more"


@each_kind
def test_it_answers_without_the_report_where_its_sentence_is_known(kind: str) -> None:
    told = standing_alone(replace(reviewed(REPORT), decisions=(put_in(kind),)))
    (found,) = getattr(told, LISTS[kind])
    assert found.review_state == "corrected"


def test_a_mention_is_found_by_its_words() -> None:
    (found,) = after(put_in("mention")).mentions
    paragraph = REPORT.paragraphs[0].text
    assert paragraph[found.start : found.end] == "Eastvale Trust" and found.place == AT


@pytest.mark.parametrize(
    ("kind", "given", "told"),
    [
        ("finding", "polarity=mixed", "cannot be added"),
        ("", "", "What is missing"),
        ("partnership", "type=network", "lacks 'parties'"),
        ("partnership", "type=club; parties=A", "no value"),
        ("mention", "text=Westvale Trust; type=nhs-trust", "not in the sentence"),
        ("citation", "act=Care Act 1066", "Such as: Care Act 2014"),
        ("strategy", "title=Plan; colour=red", "no field 'colour'"),
        (
            "statistic",
            "value=9; unit=count; counts=a van called at nine markets with eastvale trust",
            "publisher",
        ),
    ],
)
def test_what_cannot_be_put_in_is_told(kind: str, given: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        add(thing(), kind, given, role="analyst", on=DAY, acts=ACTS)


def test_without_the_words_of_the_report_a_mention_cannot_be_put_in() -> None:
    with pytest.raises(UsageError, match="not at hand"):
        add(thing(paragraph=((2, ""),)), "mention", GIVEN["mention"], role="analyst", on=DAY)


def test_a_list_puts_things_in_and_a_desk_takes_them_back(store: Path, data: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    with open_graph(store) as graph:
        desk = Desk.at(graph.store.select, data, ACTS, own, "analyst", DAY)
        iri = desk.queue(Wanted(kinds=("finding",)))[0].iri
        lines = tmp_path / "list.jsonl"
        given = {"evidence-iri": iri, "decision": "add", "of": "citation", "correction": "act=care act"}
        lines.write_text(json.dumps(given) + "\n", "utf-8")
        assert desk.decide_all(read_given(lines)) == (1, 1)
        assert desk.decide_all(read_given(lines)) == (1, 0), "the same list given twice adds nothing"
        made = desk.add(desk.things().read(iri), "strategy", {"title": "Market Plan"})
        desk.take_back(desk.things().read(iri), made)
        (kept,) = read_reviews(data, ACTS, [own])
        assert [(one.of, one.decision) for one in kept.decisions] == [
            ("citation", "added"),
            ("strategy", "added"),
            ("strategy", "withdrawn"),
        ]
        standing = decided([kept])
        assert [known[1:2] + known[3:] for known in standing] == [("citation", "ukpga/2014/23 ")]
        lines.write_text(json.dumps(given | {"of": ""}) + "\n", "utf-8")
        with pytest.raises(InputError, match="What is missing"):
            desk.decide_all(read_given(lines))


@each_kind
def test_the_file_is_checked_by_the_same_rules(kind: str) -> None:
    check_decisions(replace(reviewed(REPORT), decisions=(put_in(kind),)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"machine": {"title": "Plan"}}, "machine"),
        ({"person": {}}, "person"),
        ({"of": "finding"}, "finding"),
        ({"decision": "accepted", "person": {}}, "machine"),
    ],
)
def test_a_record_that_says_two_things_is_refused(change: dict[str, Any], told: str) -> None:
    record = record_of(put_in("strategy")) | change
    with pytest.raises(ValueError, match=told):
        read_decision(record, MAKERS, "")
