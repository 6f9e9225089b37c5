"""Reviews win over the machine where their sentence still stands, and lose nothing elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.model import Citation, Mention, Partnership, Party, Place, Report, Statistic, Strategy
from councilgraph.reviews import apply_reviews, find_again, reviews_of
from tests.reviewing import machine, places, reviewed
from tests.support.reports import Text, make_report

VAN = "A van called at nine markets."
RAMP = "Some waited eleven weeks for a ramp."
HOUSE = "A second respite house opened with Eastvale Trust."
TEXT = {"equity": [[VAN, RAMP], [HOUSE]], "learning": [["Staff learnt from complaints."]]}


def states(text: Text, old: Text = TEXT) -> dict[tuple[int, int], tuple[str, str | None]]:
    """Review state and polarity of the findings on equity, after a review of the old text."""
    evidence = apply_reviews(machine(make_report(text)), reviewed(make_report(old)))
    return {
        (f.place.paragraph, f.place.sentence): (f.review_state, f.polarity)
        for f in evidence.findings
        if f.place.section == "equity"
    }


def warned(text: Text) -> list[tuple[str, str]]:
    evidence = apply_reviews(machine(make_report(text)), reviewed(make_report(TEXT)))
    return [(w.code, w.where) for w in evidence.warnings]


def test_reviewed_labels_win() -> None:
    evidence = apply_reviews(machine(make_report(TEXT)), reviewed(make_report(TEXT)))
    assert {(f.polarity, f.voices, f.themes, f.summary) for f in evidence.findings} == {
        ("strength", ("people",), ("respite",), "Ours")
    }
    assert {f.review_state for f in evidence.findings} == {"corrected"}
    assert evidence.warnings == ()


def test_a_label_that_the_machine_also_gave_is_accepted() -> None:
    report = make_report(TEXT)
    same = machine(report)
    agreeing = reviewed(report)
    agreeing = replace(
        agreeing,
        findings=tuple(
            replace(f, polarity="context", voices=("assessor",), themes=()) for f in agreeing.findings
        ),
    )
    assert {f.review_state for f in apply_reviews(same, agreeing).findings} == {"accepted"}


def test_a_sentence_is_found_again_in_a_paragraph_that_has_moved() -> None:
    moved = {**TEXT, "equity": [["A new opening."], [VAN, RAMP], [HOUSE]]}
    assert states(moved) == {
        (1, 1): ("machine", "context"),
        (2, 1): ("corrected", "strength"),
        (2, 2): ("corrected", "strength"),
        (3, 1): ("corrected", "strength"),
    }
    assert warned(moved) == []


def test_quotes_and_dashes_that_were_typed_otherwise_are_no_change() -> None:
    old = {"equity": [["The van - “a lifeline” - came."]]}
    new = {"equity": [['The van – "a lifeline" – came.']]}
    assert states(new, old) == {(1, 1): ("corrected", "strength")}


def test_a_changed_sentence_keeps_the_machines_labels_and_is_open() -> None:
    changed = {**TEXT, "equity": [[VAN, "Some waited three weeks for a ramp."], [HOUSE]]}
    assert states(changed)[1, 2] == ("open", "context")
    assert states(changed)[1, 1] == ("corrected", "strength")
    assert warned(changed) == [("review-open", "NMR-2025-05.jsonl: equity 1.2")]


def test_a_deleted_sentence_is_told_and_leaves_its_neighbours_reviewed() -> None:
    shorter = {**TEXT, "equity": [[RAMP], [HOUSE]]}
    assert states(shorter) == {(1, 1): ("corrected", "strength"), (2, 1): ("corrected", "strength")}
    assert warned(shorter) == [("review-open", "NMR-2025-05.jsonl: equity 1.1")]


def test_a_sentence_told_twice_is_reviewed_in_each_place() -> None:
    twice = {"equity": [[VAN], [VAN]]}
    now = {"equity": [["New."], [VAN], [VAN]]}
    assert states(twice, twice) == {(1, 1): ("corrected", "strength"), (2, 1): ("corrected", "strength")}
    assert [states(now, twice)[n, 1][0] for n in (1, 2, 3)] == ["machine", "corrected", "corrected"]


def test_sections_that_the_page_does_not_hold_are_not_missed() -> None:
    assert warned({"equity": TEXT["equity"]}) == []


STATISTIC = Statistic(Decimal(11), "weeks", "wait", Place("equity", 1, 2), "11", review_state="accepted")
STRATEGY = Strategy("Respite Plan", Place("equity", 2, 1), review_state="accepted")
CITATION = Citation("ukpga/2014/23", "Care Act 2014", 2014, Place("equity", 1, 1), "Care Act 2014")
BOARD = Partnership(
    "board", "board a", "equity", 2, (1,), (Party("Eastvale Trust"),), review_state="accepted"
)
TRUST = Mention(Place("equity", 2, 1), 35, 49, "Eastvale Trust", "nhs-trust", True, "Eastvale NHS Trust")


def test_reviewed_items_replace_the_machines_in_reviewed_sentences_and_move_with_them() -> None:
    now = make_report({**TEXT, "equity": [["New and not reviewed."], [VAN, RAMP], [HOUSE]]})
    own = {
        "statistics": (
            replace(STATISTIC, value=Decimal(1), place=Place("equity", 1, 1)),
            replace(STATISTIC, value=Decimal(7), place=Place("equity", 2, 2)),
        ),
        "citations": (replace(CITATION, place=Place("equity", 2, 2)),),
    }
    evidence = apply_reviews(
        machine(now, **own),
        reviewed(
            make_report(TEXT),
            statistics=(STATISTIC,),
            strategies=(STRATEGY,),
            partnerships=(BOARD,),
            mentions=(TRUST,),
        ),
    )
    assert [(s.value, s.place.paragraph) for s in evidence.statistics] == [(1, 1), (11, 2)]
    assert evidence.citations == ()
    assert [s.place for s in evidence.strategies] == [Place("equity", 3, 1)]
    assert [(p.paragraph, p.sentences) for p in evidence.partnerships] == [(3, (1,))]
    assert [p.kind for p in evidence.partnerships[0].parties] == ["nhs-trust"]
    assert [(m.place.paragraph, m.start, m.end) for m in evidence.mentions] == [(3, 35, 49)]


def test_what_rests_on_a_sentence_that_has_gone_goes_with_it() -> None:
    now = make_report({"equity": [[VAN]]})
    evidence = apply_reviews(
        machine(now),
        reviewed(make_report(TEXT), statistics=(STATISTIC,), partnerships=(BOARD,), mentions=(TRUST,)),
    )
    assert (evidence.statistics, evidence.partnerships, evidence.mentions) == ((), (), ())


def test_an_arrangement_whose_evidence_was_torn_apart_keeps_its_first_paragraph() -> None:
    both = replace(BOARD, paragraph=1, sentences=(1, 2))
    now = make_report({"equity": [[VAN], [RAMP]]})
    evidence = apply_reviews(machine(now), reviewed(make_report(TEXT), partnerships=(both,)))
    assert [(p.paragraph, p.sentences) for p in evidence.partnerships] == [(1, (1,))]


def test_a_reviewed_mention_keeps_what_the_register_says_of_the_body() -> None:
    known = replace(TRUST, full_name=None, organisation="ods-RX9", identifier="RX9", method="name-match")
    evidence = apply_reviews(
        machine(make_report(TEXT), mentions=(known,)), reviewed(make_report(TEXT), mentions=(TRUST,))
    )
    (mention,) = evidence.mentions
    assert (mention.organisation, mention.full_name) == ("ods-RX9", "Eastvale NHS Trust")
    assert mention.review_state == "corrected"


def test_mentions_within_and_beside_each_other_are_all_found() -> None:
    text = {"equity": [["The Moor Board of Moor met the Moor Board."]]}
    found = [("Moor Board of Moor", 4), ("Moor", 18), ("Moor Board", 31), ("Moor Board", 4)]
    mentions = tuple(
        Mention(Place("equity", 1, 1), at, at + len(words), words, "partnership-board", True)
        for words, at in found
    )
    old = reviewed(make_report(text), mentions=mentions)
    moved = make_report({"equity": [["First."], *text["equity"]]})
    for report in (make_report(text), moved):
        evidence = apply_reviews(machine(report), old)
        assert sorted((m.text, m.start) for m in evidence.mentions) == sorted(found)


def test_a_mention_is_found_under_other_quotes_and_gets_the_reports_own() -> None:
    old = make_report({"equity": [["The Carers' Centre opened."]]})
    new = make_report({"equity": [["The Carers’ Centre opened."]]})
    centre = Mention(Place("equity", 1, 1), 4, 18, "Carers' Centre", "vcfse", True)
    evidence = apply_reviews(machine(new), reviewed(old, mentions=(centre,)))
    assert [m.text for m in evidence.mentions] == ["Carers’ Centre"]


def test_a_mention_that_is_not_in_its_sentence_is_told_not_placed() -> None:
    wrong = replace(TRUST, text="Westvale Trust")
    evidence = apply_reviews(machine(make_report(TEXT)), reviewed(make_report(TEXT), mentions=(wrong,)))
    assert evidence.mentions == ()
    assert [w.code for w in evidence.warnings] == ["review-open"]


def test_a_dated_report_takes_the_reviews_of_its_month_only() -> None:
    report = make_report(TEXT)
    own, other = reviewed(report), reviewed(report, key="NMR-2027-01")
    assert reviews_of([other, own], "NMR", date(2025, 5, 16), report) is own
    assert reviews_of([other, own], "NMR", date(2026, 5, 16), report) is None


def test_a_page_without_date_takes_the_reviews_that_know_its_sentences() -> None:
    old, new = make_report(TEXT), make_report({"equity": [[VAN, "All had a ramp within days."]]})
    first, second = reviewed(old), reviewed(new, key="NMR-2027-01")
    assert reviews_of([second, first], "NMR", None, old) is first
    assert reviews_of([first, second], "NMR", None, new) is second
    assert reviews_of([first, second], "NMR", None, make_report({"equity": [["Else."]]})) is None
    assert reviews_of([first], "EVB", None, old) is None


def test_a_council_is_its_whole_code_however_long() -> None:
    report = make_report(TEXT)
    own = reviewed(report, key="NMRE-2025-05")
    assert reviews_of([own], "NMRE", None, report) is own
    assert reviews_of([own], "NMR", None, report) is None


SENTENCES = st.sampled_from([VAN, RAMP, HOUSE, "One.", "Two."])
REPORTS = st.dictionaries(
    st.sampled_from(["equity", "learning"]),
    st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=4),
    min_size=1,
).map(make_report)


@given(REPORTS, REPORTS)
def test_applying_reviews_neither_loses_a_finding_nor_makes_one(old: Report, new: Report) -> None:
    before = machine(new)
    after = apply_reviews(before, reviewed(old))
    assert [f.place for f in after.findings] == [f.place for f in before.findings]
    joined = find_again(reviewed(old), new)
    assert len(set(joined.moved.values())) == len(joined.moved), "two reviews of one sentence"
    assert not joined.open & set(joined.moved.values())
    by_state = {f.place: f.review_state for f in after.findings}
    for place in places(new):
        settled = place in set(joined.moved.values())
        assert by_state[place] == ("corrected" if settled else "open" if place in joined.open else "machine")


@pytest.mark.parametrize("state", ["accepted", "corrected", "open"])
def test_every_state_that_applying_gives_is_in_the_scheme(state: str) -> None:
    from tests.conftest import ROOT

    assert f'skos:notation "{state}"' in (ROOT / "ontology/schemes/review-state.ttl").read_text()
