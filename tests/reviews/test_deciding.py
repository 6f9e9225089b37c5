"""What a person decided holds: after a rebuild, under new rules, where a sentence has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.model import (
    Citation,
    Evidence,
    Mention,
    Partnership,
    Party,
    Place,
    Report,
    Reviewed,
    Statistic,
    Strategy,
)
from councilgraph.model.evidence import Item
from councilgraph.reviews import apply_reviews, reviews_of
from councilgraph.reviews.alone import standing_alone
from councilgraph.reviews.deciding import LISTS
from councilgraph.reviews.readings import kind_of
from tests.reviewing import machine, reviewed
from tests.reviews.deciding import decide, state
from tests.support.reports import Text, make_report

VAN = "A van called at nine markets with Eastvale Trust."
RAMP = "Some waited eleven weeks for a ramp."
HOUSE = "A second house opened under the Respite Plan and section 42 of the Care Act 2014."
TEXT = {"equity": [[VAN, RAMP], [HOUSE]], "learning": [["Staff learnt from complaints."]]}
REPORT = make_report(TEXT)

ITEMS: list[Item] = [
    Mention(Place("equity", 1, 1), 34, 48, "Eastvale Trust", "nhs-trust", True, "Eastvale NHS Trust"),
    Statistic(Decimal(11), "weeks", "wait for a ramp", Place("equity", 1, 2), "eleven"),
    Strategy("Respite Plan", Place("equity", 2, 1), start="2024-03", end="2029"),
    Citation("ukpga/2014/23", "Care Act 2014", 2014, Place("equity", 2, 1), "Care Act 2014", "42"),
    Partnership("board", "board van", "equity", 1, (1,), (Party("Eastvale Trust"), Party("Northmoor"))),
]
CHANGES: dict[str, dict[str, Any]] = {
    "mention": {"type": "vcfse"},
    "statistic": {"unit": "days"},
    "strategy": {"status": "superseded"},
    "citation": {"law_section": "9"},
    "partnership": {"type": "network"},
}


def none() -> Reviewed:
    """A file of reviews without records of sentences."""
    return replace(reviewed(REPORT), digests={}, findings=())


def after(*decisions: Any, text: Text = TEXT, base: Reviewed | None = None, **found: Any) -> Evidence:
    evidence = machine(make_report(text), **found)
    return apply_reviews(evidence, replace(base or none(), decisions=decisions))


def finding(place: Place) -> Any:
    return next(f for f in machine(REPORT).findings if f.place == place)


VAN_AT, RAMP_AT = finding(Place("equity", 1, 1)), finding(Place("equity", 1, 2))


def test_an_accepted_finding_is_accepted_and_keeps_how_sure_the_machine_was() -> None:
    evidence = after(decide(REPORT, VAN_AT, note="yes"))
    assert state(evidence, 1, 1) == ("accepted", "context")
    assert state(evidence, 1, 2) == ("machine", "context")
    assert evidence.findings[0].confidence == VAN_AT.confidence
    assert [d.note for made in evidence.decided.values() for d in made] == ["yes"]


def test_a_correction_changes_the_fields_that_it_names_and_no_others() -> None:
    evidence = after(decide(REPORT, VAN_AT, "corrected", {"polarity": "mixed", "summary": "Ours"}))
    found = evidence.findings[0]
    assert (found.polarity, found.voices, found.summary) == ("mixed", VAN_AT.voices, "Ours")
    assert found.review_state == "corrected"


def test_new_rules_do_not_take_an_accepted_reading_away() -> None:
    was = replace(VAN_AT, polarity="strength", themes=("respite",))
    evidence = after(decide(REPORT, was))
    found = evidence.findings[0]
    assert (found.review_state, found.polarity, found.themes) == ("corrected", "strength", ("respite",))


def test_rules_that_learnt_a_correction_make_it_accepted() -> None:
    was = replace(VAN_AT, polarity="strength")
    assert state(after(decide(REPORT, was, "corrected", {"polarity": "context"})), 1, 1) == (
        "accepted",
        "context",
    )


def test_a_decision_moves_with_its_sentence() -> None:
    moved = {**TEXT, "equity": [["A new opening."], [VAN, RAMP], [HOUSE]]}
    evidence = after(decide(REPORT, RAMP_AT, "corrected", {"polarity": "improvement"}), text=moved)
    assert state(evidence, 2, 2) == ("corrected", "improvement")
    assert [f.review_state for f in evidence.findings].count("machine") == 4
    assert evidence.warnings == ()


def test_a_sentence_that_has_changed_comes_back_as_open_and_is_told_with_its_line() -> None:
    changed = {**TEXT, "equity": [[VAN, "Some waited three weeks for a ramp."], [HOUSE]]}
    evidence = after(
        decide(REPORT, RAMP_AT, "corrected", {"polarity": "improvement"}),
        decide(REPORT, VAN_AT),
        text=changed,
    )
    assert state(evidence, 1, 2) == ("open", "context")
    assert state(evidence, 1, 1) == ("accepted", "context")
    assert [(w.code, w.where) for w in evidence.warnings] == [
        ("review-open", "NMR-2025-05.jsonl:1: equity 1.2")
    ]


def test_a_changed_sentence_that_was_decided_about_again_is_not_open() -> None:
    changed = make_report({**TEXT, "equity": [[VAN, "Some waited three weeks for a ramp."], [HOUSE]]})
    anew = next(f for f in machine(changed).findings if f.place == Place("equity", 1, 2))
    evidence = apply_reviews(
        machine(changed), replace(none(), decisions=(decide(REPORT, RAMP_AT), decide(changed, anew)))
    )
    assert state(evidence, 1, 2) == ("accepted", "context") and evidence.warnings == ()


def test_a_decision_is_later_than_the_record_of_its_sentence() -> None:
    evidence = after(decide(REPORT, VAN_AT, "corrected", {"polarity": "mixed"}), base=reviewed(REPORT))
    assert state(evidence, 1, 1) == ("corrected", "mixed")
    assert evidence.findings[0].summary == "Ours"
    assert state(evidence, 1, 2) == ("corrected", "strength")


def test_the_last_decision_about_a_thing_is_in_force_and_all_are_kept() -> None:
    first = decide(REPORT, VAN_AT, "corrected", {"polarity": "mixed"})
    second = decide(REPORT, VAN_AT, role="second reader", on=date(2026, 11, 21))
    evidence = after(first, second)
    assert state(evidence, 1, 1) == ("accepted", "context")
    assert [d.role for d in evidence.decided[evidence.findings[0]]] == ["analyst", "second reader"]


def test_a_decision_that_was_taken_back_leaves_the_one_before_it() -> None:
    first = decide(REPORT, VAN_AT, "corrected", {"polarity": "mixed"}, role="second reader")
    slip = decide(REPORT, VAN_AT, "rejected")
    back = decide(REPORT, VAN_AT, "withdrawn")
    assert state(after(first, slip, back), 1, 1) == ("corrected", "mixed")
    assert state(after(slip, back, first, back), 1, 1) == ("corrected", "mixed")
    assert after(slip, back).decided == {} and state(after(slip, back), 1, 1)[0] == "machine"


@pytest.mark.parametrize("said", ["open", "rejected"])
def test_what_is_left_open_or_rejected_stays_as_read_and_says_so(said: str) -> None:
    assert state(after(decide(REPORT, VAN_AT, said, note="whose van?")), 1, 1) == (said, "context")


# --- what stands in a sentence ---------------------------------------------------------


def found(items: list[Item]) -> dict[str, Any]:
    return {LISTS[kind_of(one)]: (one,) for one in items}


def only(evidence: Evidence, item: Item) -> Any:
    (one,) = getattr(evidence, LISTS[kind_of(item)])
    return one


@pytest.mark.parametrize("item", ITEMS, ids=kind_of)
def test_an_accepted_thing_stays_as_the_report_tells_it(item: Item) -> None:
    evidence = after(decide(REPORT, item), **found(ITEMS))
    assert only(evidence, item) == replace(item, review_state="accepted")
    others = [one for one in ITEMS if one is not item]
    assert [only(evidence, one).review_state for one in others] == ["machine"] * 4


@pytest.mark.parametrize("item", ITEMS, ids=kind_of)
def test_a_corrected_thing_has_the_persons_fields_and_keeps_the_rest(item: Item) -> None:
    change = CHANGES[kind_of(item)]
    evidence = after(decide(REPORT, item, "corrected", change), **found(ITEMS))
    now = only(evidence, item)
    names = {"type": "kind" if kind_of(item) == "mention" else "type", "law_section": "section"}
    changed = {names.get(name, name): value for name, value in change.items()}
    assert now == replace(item, review_state="corrected", **changed)


@pytest.mark.parametrize("item", ITEMS, ids=kind_of)
def test_a_thing_that_new_rules_no_longer_find_is_still_there(item: Item) -> None:
    evidence = after(decide(REPORT, item))
    now = only(evidence, item)
    assert now.review_state == "corrected"
    assert after(decide(REPORT, item, "rejected")).decided == {}


@pytest.mark.parametrize("item", ITEMS, ids=kind_of)
def test_a_thing_moves_with_its_sentence(item: Item) -> None:
    moved = {**TEXT, "equity": [["A new opening."], [VAN, RAMP], [HOUSE]]}
    now = only(after(decide(REPORT, item), text=moved), item)
    paragraph = now.paragraph if isinstance(now, Partnership) else now.place.paragraph
    before = item.paragraph if isinstance(item, Partnership) else item.place.paragraph
    assert paragraph == before + 1


def test_an_arrangement_that_is_told_twice_is_decided_about_once() -> None:
    board = ITEMS[4]
    assert isinstance(board, Partnership)
    again = replace(board, paragraph=2)
    evidence = after(decide(REPORT, board, "rejected"), partnerships=(board, again))
    assert [p.review_state for p in evidence.partnerships] == ["rejected", "rejected"]


def test_a_corrected_name_does_not_lead_to_the_body_of_the_old_one() -> None:
    mention = replace(ITEMS[0], organisation="ods-RX9", identifier="RX9")
    assert isinstance(mention, Mention)
    evidence = after(
        decide(REPORT, mention, "corrected", {"full_name": "Westvale NHS Trust"}), mentions=(mention,)
    )
    assert [(m.full_name, m.organisation) for m in evidence.mentions] == [("Westvale NHS Trust", None)]


SENTENCES = st.sampled_from([VAN, RAMP, HOUSE, "One.", "Two."])
REPORTS = st.dictionaries(
    st.sampled_from(["equity", "learning"]),
    st.lists(st.lists(SENTENCES, min_size=1, max_size=3), min_size=1, max_size=3),
    min_size=1,
).map(make_report)
SAID = st.sampled_from(["accepted", "corrected", "rejected", "open", "withdrawn"])


@given(REPORTS, REPORTS, st.data())
def test_deciding_neither_loses_a_finding_nor_makes_one(
    old: Report, new: Report, data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.tuples(st.sampled_from(machine(old).findings), SAID), max_size=8))
    decisions = tuple(
        decide(old, one, said, {"polarity": "mixed"} if said == "corrected" else {}) for one, said in chosen
    )
    before = machine(new)
    evidence = apply_reviews(before, replace(none(), decisions=decisions))
    assert [f.place for f in evidence.findings] == [f.place for f in before.findings]
    assert apply_reviews(before, replace(none(), decisions=decisions)) == evidence
    assert all(f.review_state != "machine" for f in evidence.decided if f in evidence.findings)


def test_a_page_without_date_takes_the_decisions_about_its_sentences() -> None:
    decided = replace(none(), decisions=(decide(REPORT, VAN_AT),))
    other = replace(none(), key="NMR-2027-01", decisions=())
    assert reviews_of([decided, other], "NMR", None, REPORT) is decided
    assert reviews_of([decided], "NMR", None, make_report({"equity": [["Else."]]})) is None


# --- without the report ------------------------------------------------------------------


def test_decisions_answer_without_the_report_where_they_tell_a_finding() -> None:
    told = standing_alone(
        replace(
            none(),
            decisions=(
                decide(REPORT, VAN_AT, "corrected", {"polarity": "mixed"}),
                decide(REPORT, ITEMS[0]),
                decide(REPORT, ITEMS[1]),
            ),
        )
    )
    assert [(f.polarity, f.review_state) for f in told.findings] == [("mixed", "corrected")]
    assert [m.review_state for m in told.mentions] == ["accepted"]
    assert told.statistics == ()  # nothing is known of the sentence that it stands in
    assert set(told.digests) == {VAN_AT.place}


def test_a_decision_corrects_a_record_of_a_sentence_without_the_report() -> None:
    told = standing_alone(
        replace(
            reviewed(REPORT, statistics=(ITEMS[1],)),
            decisions=(
                decide(REPORT, VAN_AT, "corrected", {"polarity": "mixed"}),
                decide(REPORT, ITEMS[1], "rejected"),
            ),
        )
    )
    polarity = {f.place: (f.polarity, f.summary) for f in told.findings}
    assert polarity[VAN_AT.place] == ("mixed", "Ours") and polarity[RAMP_AT.place] == ("strength", "Ours")
    assert [s.review_state for s in told.statistics] == ["rejected"]
