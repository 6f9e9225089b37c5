"""Records of decisions: what the reader takes, and what it refuses by file and line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from councilgraph.errors import InputError
from councilgraph.model import Act, Decision, Place, Reviewed
from councilgraph.textdigest import digest
from loaders import read_reviews
from loaders.reviews.decisions import record_of

ACTS = (Act("ukpga/2014/23", "Care Act 2014", 2014, 23, ("Care Act",)),)
DECISION: dict[str, Any] = {
    "kind": "decision",
    "of": "finding",
    "section": "equity",
    "paragraph": 1,
    "sentence": 1,
    "digest": digest("A van called."),
    "rules": "0.1.0+1a2b3c4d",
    "confidence": 0.42,
    "machine": {"polarity": "context", "voices": ["assessor"], "themes": []},
    "decision": "corrected",
    "person": {"polarity": "strength"},
    "note": "It helped",
    "on": "2026-11-20",
    "role": "performance analyst",
}
FINDING = {
    "kind": "finding",
    **{name: DECISION[name] for name in ("section", "paragraph", "sentence", "digest")},
    "polarity": "strength",
    "voices": ["people"],
    "themes": [],
    "summary": "Advice travels",
    "review": "reviewed",
}
SECOND_SENTENCE = {**FINDING, "sentence": 2, "digest": digest("Some waited.")}
CITED = {"act": "Fen Act 1999", "law_section": "3", "path": "ukpga/1999/7"}
EVIDENCE = Path("assessments") / "evidence"


def write(folder: Path, *rows: dict[str, Any] | str, key: str = "NMR-2025-05") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{key}.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def read(folder: Path, *more: Path) -> list[Reviewed]:
    return read_reviews(folder, ACTS, more)


def test_a_decision_is_read_and_written_back_as_it_stands(tmp_path: Path) -> None:
    write(tmp_path / EVIDENCE, DECISION)
    (told,) = read(tmp_path)
    (one,) = told.decisions
    assert (one.of, one.place, one.on, one.role) == (
        "finding",
        Place("equity", 1, 1),
        date(2026, 11, 20),
        "performance analyst",
    )
    assert (one.reading.polarity, one.reading.voices) == ("strength", ("assessor",))
    assert one.settled["polarity"] == "strength" and one.machine["polarity"] == "context"
    assert record_of(one) == DECISION
    assert told.findings == () and told.digests == {}


def test_both_forms_of_record_stand_in_one_file(tmp_path: Path) -> None:
    write(tmp_path / EVIDENCE, FINDING, DECISION)
    (told,) = read(tmp_path)
    assert (len(told.findings), len(told.decisions)) == (1, 1)


def test_decisions_are_in_force_by_day_however_branches_were_joined(tmp_path: Path) -> None:
    late, early = {**DECISION, "on": "2026-12-01", "note": "late"}, {**DECISION, "note": "early"}
    write(tmp_path / EVIDENCE, late, early)
    assert [d.note for d in read(tmp_path)[0].decisions] == ["early", "late"]


def test_two_folders_are_read_as_one_and_each_file_is_known(tmp_path: Path) -> None:
    shipped = write(tmp_path / EVIDENCE, FINDING)
    own = write(tmp_path / "own", DECISION)
    other = write(tmp_path / "own", DECISION, key="EVB-2025-01")
    alone = read(tmp_path)[0]
    told = {one.key: one for one in read(tmp_path, tmp_path / "own")}
    both = told["NMR-2025-05"]
    assert (len(both.findings), len(both.decisions)) == (1, 1)
    assert [path for path, _ in both.files] == [shipped, own] and both.digest != alone.digest
    assert [path for path, _ in told["EVB-2025-01"].files] == [other]
    assert read(tmp_path, tmp_path / EVIDENCE) == [alone], "a folder that is given twice is read once"


def test_two_files_may_tell_different_sentences_and_not_the_same(tmp_path: Path) -> None:
    write(tmp_path / EVIDENCE, FINDING)
    write(tmp_path / "own", SECOND_SENTENCE)
    assert len(read(tmp_path, tmp_path / "own")[0].findings) == 2
    write(tmp_path / "own", FINDING)
    with pytest.raises(InputError, match=r"equity 1\.1"):
        read(tmp_path, tmp_path / "own")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"of": "rumour"}, "'of': 'rumour'"),
        ({"decision": "maybe"}, "'decision': 'maybe'"),
        ({"decision": "accepted"}, "'person'"),
        ({"person": {}}, "'person'"),
        ({"person": "polarity"}, "'person'"),
        ({"machine": None}, "'machine'"),
        ({"machine": {"polarity": "context"}}, "'voices'"),
        ({"digest": "1a2b"}, "'digest'"),
        ({"on": "20 November"}, "'on'"),
        ({"on": "2026-02-31"}, "day is out of range"),
        ({"role": " "}, "'role'"),
        ({"section": None, "paragraph": "one"}, "invalid literal"),
        ({"confidence": "high"}, "lacks or misuses"),
        ({"of": "citation", "machine": CITED, "person": {"act": "Moor Act"}}, "'Moor Act' is no Act"),
    ],
)
def test_a_record_that_is_none_is_refused_with_its_line(
    tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    path = write(tmp_path / EVIDENCE, DECISION, {**DECISION, **change})
    with pytest.raises(InputError) as told:
        read(tmp_path)
    assert told.value.where == f"{path}:2" and words in told.value.what and told.value.cure


@pytest.mark.parametrize("field", ["of", "decision", "machine", "digest", "on", "role", "rules", "section"])
def test_a_record_without_a_field_is_refused(tmp_path: Path, field: str) -> None:
    path = write(tmp_path / EVIDENCE, {k: v for k, v in DECISION.items() if k != field})
    with pytest.raises(InputError) as told:
        read(tmp_path)
    assert told.value.where == f"{path}:1"


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> branch"])
def test_a_file_that_was_joined_and_not_made_one_says_what_to_do(tmp_path: Path, mark: str) -> None:
    path = write(tmp_path / EVIDENCE, DECISION, mark, DECISION)
    with pytest.raises(InputError, match="joined in Git") as told:
        read(tmp_path)
    assert told.value.where == f"{path}:2" and "both sides" in told.value.cure


def test_a_nest_of_brackets_is_no_record_and_no_crash(tmp_path: Path) -> None:
    path = write(tmp_path / EVIDENCE, "[" * 200_000)
    with pytest.raises(InputError) as told:
        read(tmp_path)
    assert told.value.where == f"{path}:1"


def test_a_citation_outlives_the_table_that_had_its_act(tmp_path: Path) -> None:
    record = {**DECISION, "of": "citation", "machine": CITED, "decision": "accepted"}
    del record["person"]
    write(tmp_path / EVIDENCE, record)
    one = read(tmp_path)[0].decisions[0].reading
    assert (one.act, one.title, one.year, one.section) == ("ukpga/1999/7", "Fen Act 1999", 1999, "3")


@pytest.mark.parametrize("value", [62, 0.5, "1,2,3"])
def test_a_figure_comes_back_as_it_was_printed(tmp_path: Path, value: object) -> None:
    machine = {
        **dict.fromkeys(("qualifier", "period", "comparison", "verdict")),
        **{"value": value, "unit": "percent", "counts": "people", "voices": []},
    }
    record = {**DECISION, "of": "statistic", "machine": machine, "decision": "accepted"}
    del record["person"]
    write(tmp_path / EVIDENCE, record)
    one: Decision = read(tmp_path)[0].decisions[0]
    assert str(one.reading.value) == str(value) and record_of(one) == record
