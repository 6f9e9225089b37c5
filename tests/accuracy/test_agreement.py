"""Agreement out of review files: what is compared, what is left out, and how readers are told apart."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from councilgraph.accuracy.agreement import agreement, collect
from councilgraph.model import Finding, Mention, Place, Reviewed, Strategy
from councilgraph.reviews.recording import ReviewFiles
from tests.conftest import Run
from tests.reviewing import reviewed
from tests.reviews.deciding import ACTS, decide
from tests.support.reports import make_report

REPORT = make_report(
    {
        "equity": [
            ["A van called at nine markets.", "Some waited eleven weeks for a ramp.", "Staff planned it."],
            ["Carers had no time to rest.", "The board met each month."],
        ]
    }
)
VAN, RAMP, STAFF, REST, BOARD = (
    Finding(Place("equity", p, s), "context", ("assessor",), ("respite",), Decimal("0.6"))
    for p, s in ((1, 1), (1, 2), (1, 3), (2, 1), (2, 2))
)
TRUST = Mention(Place("equity", 1, 1), 0, 3, "van", "nhs-trust", True, None)
MIXED = {"polarity": "mixed"}


def by(
    reader: str, item: Any, said: str = "accepted", person: dict[str, Any] | None = None, **more: Any
) -> Any:
    return decide(REPORT, item, said, person, role=reader, **more)


def of(*decisions: Any, key: str = "NMR-2025-05", records: bool = False) -> Reviewed:
    bare = reviewed(REPORT, key=key)
    own = {} if records else {"digests": {}, "findings": ()}
    return replace(bare, decisions=tuple(decisions), **own)


def result(*reviews: Reviewed, **more: Any) -> dict[str, Any]:
    return agreement(collect([("", reviews)]), **more)


def row(rows: list[dict[str, Any]], label: str, value: str = "", **more: Any) -> dict[str, Any]:
    (found,) = (
        one
        for one in rows
        if (one["label"], one["value"]) == (label, value) and all(one[name] == more[name] for name in more)
    )
    return found


def test_a_field_that_was_corrected_disagrees_and_the_others_agree() -> None:
    told = result(of(by("analyst", VAN), by("analyst", RAMP, "corrected", MIXED)))["machine"]
    polarity = row(told, "polarity")
    assert (polarity["agreed"], polarity["compared"], polarity["agreement"]) == (1, 2, 0.5)
    assert row(told, "voices")["agreement"] == 1
    context, mixed = row(told, "polarity", "context"), row(told, "polarity", "mixed")
    assert (context["first_said"], context["second_said"], context["both_said"]) == (2, 1, 1)
    assert (context["precision"], context["recall"]) == (0.5, 1.0)
    assert (mixed["first_said"], mixed["recall"], mixed["precision"]) == (0, 0.0, None)


def test_what_was_rejected_counts_against_the_kind_and_not_against_its_labels() -> None:
    told = result(of(by("analyst", VAN), by("analyst", RAMP, "rejected")))["machine"]
    assert (row(told, "kept")["agreed"], row(told, "kept")["compared"]) == (1, 2)
    assert row(told, "kept")["precision"] == 0.5 and row(told, "kept")["recall"] is None
    assert row(told, "polarity")["compared"] == 1


def test_a_thing_counts_once_by_its_last_decision_whatever_the_order_of_the_lines() -> None:
    later = by("lead", VAN, "corrected", MIXED, on=date(2026, 12, 1))
    told = result(of(later, by("analyst", VAN)))
    assert row(told["machine"], "polarity")["compared"] == 1
    assert row(told["machine"], "polarity")["agreed"] == 0
    assert told["decided"]["things"] == 1


def test_what_was_taken_back_or_left_open_is_not_compared() -> None:
    told = result(
        of(
            by("analyst", VAN),
            by("analyst", VAN, "withdrawn"),
            by("analyst", RAMP),
            by("lead", RAMP, "open", note="whose?", on=date(2026, 12, 1)),
        )
    )
    assert told["machine"] == [] and told["decided"]["left open"] == 1
    assert [one["things"] for one in told["decided"]["readers"]] == [1]


def test_taking_back_brings_the_earlier_word_of_the_role_back() -> None:
    back = (by("analyst", VAN, "corrected", MIXED), by("analyst", VAN, "withdrawn"))
    told = result(of(by("analyst", VAN), *back))["machine"]
    assert row(told, "polarity")["agreed"] == 1


@pytest.mark.parametrize(
    ("key", "groups"),
    [
        ("day", ["2026-10-02", "2026-11-20"]),
        ("month", ["2026-10", "2026-11"]),
        ("rules", ["0.1.0+1a2b3c4d", "0.2.0+00000000"]),
        ("confidence", ["below 0.5", "0.9 and above"]),
        ("role", ["analyst", "lead"]),
        ("council", ["EVB", "NMR"]),
    ],
)
def test_agreement_by_each_key(key: str, groups: list[str]) -> None:
    first = by("lead", VAN, on=date(2026, 10, 2), rules="0.2.0+00000000", confidence=Decimal("0.9"))
    second = by("analyst", RAMP, "corrected", MIXED, confidence=Decimal("0.499"))
    told = result(of(first, key="EVB-2025-05"), of(second), by=key)
    rows = [one for one in told["machine_by"] if one["label"] == "polarity" and not one["value"]]
    assert [one["by"] for one in rows] == groups
    assert sum(one["agreed"] for one in rows) == 1 and {one["compared"] for one in rows} == {1}


def test_by_role_each_reader_has_their_own_figures() -> None:
    told = result(of(by("analyst", VAN, "corrected", MIXED), by("lead", VAN)), by="role")
    own = {
        one["by"]: one["agreed"]
        for one in told["machine_by"]
        if (one["label"], one["value"]) == ("polarity", "")
    }
    assert own == {"analyst": 0, "lead": 1}


def test_two_readers_are_compared_on_what_both_settled() -> None:
    told = result(
        of(
            *(by("analyst", one) for one in (VAN, RAMP, STAFF)),
            by("analyst", REST, "corrected", MIXED),
            *(by("lead", one) for one in (RAMP, STAFF)),
            by("lead", REST, "corrected", MIXED),
            by("lead", BOARD),
        )
    )["pairs"]
    polarity = row(told, "polarity")
    assert (polarity["first"], polarity["second"]) == ("analyst", "lead")
    assert (polarity["agreed"], polarity["compared"], polarity["kappa"]) == (3, 3, 1.0)
    assert polarity["kappa_low"] < 0.2, "three of three is little to go by"
    assert row(told, "voices")["kappa"] is None and row(told, "voices")["undefined_because"]
    assert row(told, "polarity", "mixed")["both_said"] == 1
    assert polarity["precision"] is None and polarity["recall"] is None


def test_two_people_in_one_role_are_told_apart_by_their_folders() -> None:
    ours, theirs = of(by("analyst", VAN)), of(by("analyst", VAN, "corrected", MIXED))
    told = agreement(collect([("ours", [ours]), ("theirs", [theirs])]))
    polarity = row(told["pairs"], "polarity")
    assert (polarity["first"], polarity["second"]) == ("ours: analyst", "theirs: analyst")
    assert (polarity["agreed"], polarity["compared"]) == (0, 1)


def test_two_folders_may_settle_the_same_sentences() -> None:
    first, second = of(records=True), replace(of(records=True), findings=())
    changed = tuple(replace(one, polarity="context") for one in first.findings)
    told = agreement(collect([("a", [first]), ("b", [replace(second, findings=changed)])]))
    assert (row(told["pairs"], "polarity")["agreed"], row(told["pairs"], "polarity")["compared"]) == (0, 5)
    assert told["machine"] == [], "a record of a sentence does not tell what the machine said"
    assert row(told["pairs"], "voices")["agreed"] == 5


def test_a_record_of_a_sentence_is_a_reader_who_was_not_asked_what_to_keep() -> None:
    told = result(of(by("analyst", VAN, "corrected", {"polarity": "strength"}), records=True))["pairs"]
    assert (row(told, "polarity")["agreed"], row(told, "polarity")["compared"]) == (1, 1)
    assert [one["label"] for one in told if one["label"] == "kept"] == []


def test_a_sentence_that_moved_between_two_readings_is_the_same_sentence() -> None:
    there = replace(by("lead", VAN), place=Place("equity", 4, 2))
    assert row(result(of(by("analyst", VAN), there))["pairs"], "polarity")["compared"] == 1


def test_a_sentence_that_the_report_says_twice_is_two_things() -> None:
    twice = replace(by("analyst", VAN, "rejected"), place=Place("equity", 4, 2))
    told = result(of(by("analyst", VAN), twice))
    assert told["decided"]["things"] == 2
    assert row(told["machine"], "kept")["agreed"] == 1


def test_other_kinds_have_their_own_labels() -> None:
    told = result(of(by("analyst", TRUST, "corrected", {"type": "vcfse"})))["machine"]
    assert (row(told, "type", kind="mention")["agreed"], row(told, "named")["agreed"]) == (0, 1)
    assert row(told, "type", "vcfse")["recall"] == 0


def test_what_one_put_in_and_another_saw_is_compared_by_whether_it_is_one() -> None:
    given = {"title": "Market Plan", "start": "2024"}
    plan = Strategy("Market Plan", Place("equity", 1, 1), start="2024")
    told = result(
        of(
            replace(by("analyst", plan), decision="added", machine={}, person=given),
            by("lead", plan, "rejected", on=date(2026, 12, 1)),
        )
    )
    assert [(one["label"], one["agreed"], one["compared"]) for one in told["pairs"]] == [("kept", 0, 1)]
    assert told["machine"] == [] and told["decided"]["missed by the machine"] == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = [by("analyst", VAN), by("analyst", RAMP, "corrected", MIXED), by("lead", VAN)]
    files = ReviewFiles(tmp_path / "own", ACTS)
    files.record({"NMR-2025-05": made, "EVB-2025-01": [by("analyst", REST, "rejected")]})
    return files.folder


def bench(here: Run, folder: Path, invented_data: Path, *more: object) -> Any:
    return here("bench", "reviews", "--data", invented_data, "--reviews", folder, *more)


def test_the_command_prints_json_table_markdown_and_csv_of_the_same_figures(
    here: Run,
    folder: Path,
    invented_data: Path,
) -> None:
    told = json.loads(bench(here, folder, invented_data, "--format", "json", "--by", "month").stdout)
    polarity = row(told["machine"], "polarity")
    assert (polarity["agreed"], polarity["compared"]) == (1, 2)
    lines = list(csv.DictReader(io.StringIO(bench(here, folder, invented_data, "--format", "csv").stdout)))
    same = row(lines, "polarity", first="machine", by="")
    assert (same["agreed"], same["agreement"], same["kappa"]) == ("1", "0.5", "")
    table = bench(here, folder, invented_data).stdout
    assert "least sure first" in table and "analyst and lead:" in table
    assert "how sure the machine was" in table, "agreement by band of confidence stands beside the whole"
    page = bench(here, folder, invented_data, "--format", "markdown").stdout
    assert "| finding | polarity |  | 1 | 2 | 0.500 |" in page


def test_the_command_keeps_to_one_council_and_writes_to_a_file(
    here: Run,
    folder: Path,
    invented_data: Path,
    tmp_path: Path,
) -> None:
    out = tmp_path / "agreement.json"
    done = bench(here, folder, invented_data, "--council", "eastvale", "--format", "json", "-o", out)
    assert done.returncode == 0, done.stderr
    told = json.loads(out.read_text("utf-8"))
    assert told["decided"]["things"] == 1 and row(told["machine"], "kept")["agreed"] == 0


def test_the_command_tells_readers_of_two_folders_apart(
    here: Run,
    folder: Path,
    invented_data: Path,
    tmp_path: Path,
) -> None:
    other = ReviewFiles(tmp_path / "other", ACTS)
    other.record({"NMR-2025-05": [by("analyst", VAN, "corrected", MIXED)]})
    done = bench(here, folder, invented_data, "--reviews", other.folder, "--format", "json")
    pairs = json.loads(done.stdout)["pairs"]
    assert {(one["first"], one["second"]) for one in pairs} == {
        ("other: analyst", "own: analyst"),
        ("other: analyst", "own: lead"),
        ("own: analyst", "own: lead"),
    }


def test_with_nothing_decided_the_command_says_so(here: Run, invented_data: Path) -> None:
    done = here("bench", "reviews", "--data", invented_data)
    assert done.returncode == 0 and "Nobody has decided" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--reviews", "nowhere"], "no such folder"),
        (["--council", "atlantis"], "no council"),
        (["--gold", "x"], "option of 'bench accuracy'"),
        (["--reports", "x"], "option of 'bench accuracy'"),
    ],
)
def test_what_the_command_cannot_do_it_says(
    here: Run,
    invented_data: Path,
    arguments: list[str],
    told: str,
) -> None:
    done = here("bench", "reviews", "--data", invented_data, *arguments)
    assert done.returncode == 2 and told in done.stderr


def test_a_damaged_review_file_is_told_with_its_line(here: Run, folder: Path, invented_data: Path) -> None:
    path = folder / "NMR-2025-05.jsonl"
    path.write_text(path.read_text("utf-8") + "{\n", "utf-8")
    done = bench(here, folder, invented_data)
    assert done.returncode == 2 and "NMR-2025-05.jsonl:4" in done.stderr
