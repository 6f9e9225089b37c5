"""Review through the command line: at the keyboard, by a list, and what the next build makes of it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from councilgraph.cli import main
from councilgraph.reviews.things import Thing, Things
from loaders.reviews.decisions import decision, makers_of, record_of
from tests.conftest import REPORTS, ROOT

PREFIX = "PREFIX cg: <https://w3id.org/councilgraph/def#> PREFIX prov: <http://www.w3.org/ns/prov#> "
Typed = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs the command line in this process, with what is typed and the user's folder of reviews."""
    for name in [name for name in os.environ if name.startswith("COUNCILGRAPH_")]:
        monkeypatch.delenv(name)

    def call(
        *arguments: object, typed: str = "", reviews: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        monkeypatch.setenv("COUNCILGRAPH_REVIEWS", str(reviews or ""))
        capsys.readouterr()
        try:
            code = main([*map(str, arguments)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        told = capsys.readouterr()
        return subprocess.CompletedProcess([*map(str, arguments)], code, told.out, told.err)

    return call


@pytest.fixture
def review_with(ask: Typed, store: Path, data: Path, own: Path) -> Typed:
    """Runs ``review`` on the shared store with what is typed, and decisions in a folder of its own."""

    def call(typed: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        given = ("--store", store, "--data", data, "--reviews", own, "--on", "2026-11-20")
        return ask("review", *given, *arguments, typed=typed)

    return call


def records(own: Path) -> list[dict[str, Any]]:
    lines = [line for path in sorted(own.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def rows(ask: Typed, store: Path, sparql: str) -> list[dict[str, str]]:
    done = ask("sparql", PREFIX + sparql, "--store", store, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def rebuilt(ask: Typed, data: Path, own: Path, tmp_path: Path, reports: Path = REPORTS) -> Path:
    place = tmp_path / "rebuilt"
    done = ask("build", "--store", place, "--data", data, "--reports", reports, reviews=own)
    assert done.returncode == 0, done.stderr
    return place


def test_each_letter_is_a_decision_and_stands_in_the_file(review_with: Typed, own: Path) -> None:
    lines = ("a fair", "c polarity=improvement; themes=rurality", "c polarity=lovely", "r", "n whose?", "s")
    typed = "\n".join((*lines, "u", "n whose board?", "q", ""))
    done = review_with(typed, "--authority", "northmoor", "--role", "performance analyst")
    assert done.returncode == 0, done.stderr
    told = records(own)
    assert [(r["decision"], r.get("note", "")) for r in told] == [
        ("accepted", "fair"),
        ("corrected", ""),
        ("rejected", ""),
        ("open", "whose?"),
        ("withdrawn", ""),
        ("open", "whose board?"),
    ]
    assert told[1]["person"] == {"polarity": "improvement", "themes": ["rurality"]}
    assert {r["role"] for r in told} == {"performance analyst"} and {r["on"] for r in told} == {"2026-11-20"}
    assert "»Senior managers knew where the gaps in overnight respite lay.« They planned" in " ".join(
        done.stdout.split()
    )
    assert "why: " in done.stdout and "how sure: 0.42" in done.stdout
    assert "'lovely' is no value" in done.stdout
    assert "4 decisions" in done.stderr and "councilgraph build" in done.stderr


def test_a_correction_field_by_field(review_with: Typed, own: Path) -> None:
    done = review_with("c\nmixed\n\n-\nIn our words\nq\n", "--authority", "northmoor")
    assert done.returncode == 0, done.stderr
    assert [r["person"] for r in records(own)] == [
        {"polarity": "mixed", "themes": [], "summary": "In our words"}
    ]


@pytest.mark.parametrize(
    "typed", ["", "q\n", "u\nq\n", "?\n\nq\n", "c\n\n\n\n\nq\n", "arrgh\nq\n", "accept it all\n"]
)
def test_what_decides_nothing_writes_nothing_or_ends_well(review_with: Typed, own: Path, typed: str) -> None:
    done = review_with(typed, "--authority", "northmoor")
    assert done.returncode == 0, done.stderr
    assert len(records(own)) == (1 if typed.startswith("accept") else 0)


def test_a_session_goes_on_where_the_last_one_ended(review_with: Typed, own: Path) -> None:
    review_with("a\na\nq\n", "--authority", "northmoor", "--kind", "finding")
    left = review_with("", "--authority", "northmoor", "--kind", "finding", "--list", "--format", "json")
    assert len(json.loads(left.stdout)) == 5 and "5 wait" in left.stderr
    done = review_with("a\n" * 5, "--authority", "northmoor", "--kind", "finding")
    assert "Nothing waits" in review_with("", "--authority", "northmoor", "--kind", "finding").stdout
    assert len(records(own)) == 7 and done.returncode == 0


def listed(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def filled(path: Path, table: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    return path


def test_a_list_that_was_filled_in_is_taken(review_with: Typed, own: Path, tmp_path: Path) -> None:
    table = listed(review_with("", "--list", "--format", "csv", "--below", "0.5"))
    assert [row["decision"] for row in table] == [""] * 4
    table[0]["decision"], table[0]["note"] = "accept", "as read"
    table[1]["decision"], table[1]["correction"] = "correct", "polarity=improvement"
    done = review_with("", "--from", filled(tmp_path / "list.csv", table))
    assert done.returncode == 0 and "2 decisions recorded" in done.stderr, done.stderr
    assert [r["decision"] for r in records(own)] == ["accepted", "corrected"]
    again = review_with("", "--from", tmp_path / "list.csv")
    assert "0 decisions recorded" in again.stderr and "2 were recorded before" in again.stderr
    assert len(listed(review_with("", "--list", "--format", "csv", "--below", "0.5"))) == 2


def test_decisions_come_as_json_lines_too(review_with: Typed, own: Path, tmp_path: Path) -> None:
    (first, *_) = listed(review_with("", "--list", "--format", "csv"))
    given = {
        "evidence-iri": first["evidence-iri"],
        "decision": "correct",
        "correction": {"themes": ["rurality"]},
        "role": "second reader",
        "on": "2026-11-21",
    }
    (tmp_path / "list.jsonl").write_text(json.dumps(given) + "\n\n", encoding="utf-8")
    assert review_with("", "--from", tmp_path / "list.jsonl").returncode == 0
    assert [(r["role"], r["on"]) for r in records(own)] == [("second reader", "2026-11-21")]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.csv", "decision,note\naccept,\n", "'evidence-iri'"),
        ("a.csv", "evidence-iri,decision\nhttps://elsewhere.example/1,accept\n", "no evidence of this graph"),
        ("a.jsonl", "{\n", "no JSON Lines"),
        ("a.jsonl", "[1]\n", "no record"),
        ("a.jsonl", '{"evidence-iri": "x", "decision": "accept", "on": "today"}\n', "'today' is no day"),
        ("a.jsonl", b"\xff\n", "no JSON Lines"),
        ("none.csv", None, "no file"),
        ("none.jsonl", None, "cannot be read"),
    ],
)
def test_a_list_that_is_none_is_refused_whole(
    review_with: Typed, own: Path, tmp_path: Path, name: str, text: str | bytes | None, words: str
) -> None:
    if text is not None:
        (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
    done = review_with("", "--from", tmp_path / name)
    assert done.returncode == 2 and words in done.stderr and "what to do" in done.stderr
    assert "Traceback" not in done.stderr and records(own) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--role", "ann@council.example"), "no role"),
        (("--on", "today"), "no day"),
        (("--below", "2"), "no confidence"),
        (("--below", "much"), "no confidence"),
        (("--limit", "0"), "at least one"),
        (("--authority", "atlantis"), "atlantis"),
        (("--kind", "rumour"), "invalid choice"),
        (("--list", "--from", "x.csv"), "not allowed"),
    ],
)
def test_what_cannot_be_asked_says_what_to_do(
    review_with: Typed, arguments: tuple[str, ...], words: str
) -> None:
    done = review_with("", *arguments)
    assert done.returncode == 2 and words in done.stderr and "what to do" in done.stderr


# --- in force -------------------------------------------------------------------------------


def test_a_decision_is_in_force_after_the_next_build_and_leads_back_to_file_run_and_rules(
    review_with: Typed, ask: Typed, data: Path, own: Path, tmp_path: Path
) -> None:
    review_with(
        "c polarity=mixed\nq\n", "--authority", "northmoor", "--kind", "finding", "--role", "team lead"
    )
    place = rebuilt(ask, data, own, tmp_path)
    (told,) = rows(
        ask,
        place,
        """SELECT ?polarity ?state ?decision ?role ?on ?rules ?version ?sha256 {
          ?review cg:reviews ?finding ; cg:decision ?decision ; cg:reviewerRole ?role ; cg:decidedOn ?on ;
                  cg:rulesVersion ?rules .
          ?finding cg:polarity ?polarity ; cg:reviewState ?state ; prov:wasGeneratedBy ?run ;
                   cg:passage/<http://www.w3.org/ns/oa#hasSource> ?file .
          ?run cg:rulesVersion ?version ; prov:used ?file .
          ?file cg:sha256 ?sha256 }""",
    )
    assert [told[name].rpartition("/")[2] for name in ("polarity", "state", "decision")] == [
        "mixed",
        "corrected",
        "corrected",
    ]
    assert (told["role"], told["on"], told["rules"]) == ("team lead", "2026-11-20", told["version"])
    assert len(told["sha256"]) == 64
    assert ask("validate", "--store", place).returncode == 0
    same = ask("build", "--store", place, "--data", data, "--reports", REPORTS, reviews=own)
    assert "Nothing has changed" in same.stderr


def test_a_decision_changes_the_report_that_it_is_about_and_no_other(
    review_with: Typed, ask: Typed, data: Path, own: Path, tmp_path: Path
) -> None:
    own.mkdir()
    place = rebuilt(ask, data, own, tmp_path)
    review_with("a\nq\n", "--authority", "northmoor")
    done = ask("build", "--store", place, "--data", data, "--reports", REPORTS, reviews=own)
    assert "(1 read anew)" in done.stderr
    taken = ask("build", "--store", place, "--data", data, "--reports", REPORTS)
    assert "(1 read anew)" in taken.stderr
    assert rows(ask, place, "SELECT ?r { ?r a cg:Review }") == []


def test_rejected_evidence_stays_marked_and_answers_leave_it_out(
    review_with: Typed, ask: Typed, store: Path, data: Path, own: Path, tmp_path: Path
) -> None:
    before = ask("extract", REPORTS / "northmoor", "--data", data)
    assert json.loads(before.stdout)["statistics"] and json.loads(before.stdout)["mentions"]
    for kind in ("statistic", "mention"):
        review_with("r\n" * 9, "--authority", "northmoor", "--kind", kind)
    told = json.loads(ask("extract", REPORTS / "northmoor", "--data", data, reviews=own).stdout)
    assert (told["statistics"], told["mentions"]) == ([], [])
    place = rebuilt(ask, data, own, tmp_path)
    figures = 'SELECT DISTINCT ?s { ?x a cg:Statistic ; cg:reviewState ?s FILTER(CONTAINS(STR(?x), "NMR")) }'
    states = rows(ask, place, figures)
    assert [row["s"].rpartition("/")[2] for row in states] == ["rejected"]
    asked = ("query", "list-statistics", "theme=waiting-times", "authority=northmoor", "--format", "json")
    answers = [json.loads(ask(*asked, "--store", one).stdout) for one in (store, place)]
    assert answers[0] and answers[1] == []


def test_a_changed_sentence_is_open_again_and_waits(
    review_with: Typed, ask: Typed, data: Path, own: Path, tmp_path: Path, reports: Path
) -> None:
    review_with("a\n" * 20, "--authority", "northmoor")
    page = reports / "northmoor" / "summary.txt"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("answered quickly", "answered late"), encoding="utf-8")
    place = rebuilt(ask, data, own, tmp_path, reports)
    given = ("--store", place, "--data", data, "--reviews", own, "--authority", "northmoor")
    left = ask("review", "--list", *given, "--format", "json")
    assert [(r["review-state"], r["sentence"]) for r in json.loads(left.stdout)] == [
        ("open", "Residents of the moor said that the first telephone call was answered late.")
    ]


def test_a_release_of_reviewed_evidence_refuses_what_nobody_decided_about(
    review_with: Typed, ask: Typed, store: Path, data: Path, own: Path, tmp_path: Path
) -> None:
    refused = ask("validate", "--reviewed-only", "--store", store)
    assert refused.returncode == 1 and "28 violations" in refused.stdout
    assert "councilgraph review" in refused.stdout
    assert ask("validate", "--store", store).returncode == 0
    review_with("r\n" + "a\n" * 40)
    place = rebuilt(ask, data, own, tmp_path)
    done = ask("validate", "--reviewed-only", "--store", place)
    assert done.returncode == 0, done.stdout


def test_a_damaged_review_file_stops_review_and_build_with_its_line(
    review_with: Typed, ask: Typed, store: Path, data: Path, own: Path, tmp_path: Path
) -> None:
    review_with("a\nq\n", "--authority", "northmoor")
    (path,) = own.glob("*.jsonl")
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    before = path.read_bytes()
    for done in (
        review_with("a\nq\n"),
        ask("build", "--store", tmp_path / "new", "--data", data, "--reports", REPORTS, reviews=own),
    ):
        assert done.returncode == 2 and f"{path}:1" in done.stderr and "Traceback" not in done.stderr
    assert path.read_bytes() == before


def test_a_slug_of_no_scheme_is_told_with_its_line_before_a_report_is_read(
    review_with: Typed, ask: Typed, data: Path, own: Path, tmp_path: Path
) -> None:
    review_with("c polarity=mixed\nq\n", "--authority", "northmoor")
    (path,) = own.glob("*.jsonl")
    path.write_text(path.read_text(encoding="utf-8").replace('"mixed"', '"gladness"'), encoding="utf-8")
    done = ask("build", "--store", tmp_path / "new", "--data", data, "--reports", REPORTS, reviews=own)
    assert done.returncode == 2 and f"{path}:1" in done.stderr and "gladness" in done.stderr


def test_a_folder_of_reviews_that_is_not_there_is_told(ask: Typed, data: Path, tmp_path: Path) -> None:
    done = ask(
        "build", "--store", tmp_path / "s", "--data", data, "--reports", REPORTS, reviews=tmp_path / "no"
    )
    assert done.returncode == 2 and "no such folder of review files" in done.stderr


def test_the_python_of_the_documentation_runs(
    store: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        (ROOT / "docs" / "review.md")
        .read_text(encoding="utf-8")
        .partition("```python\n")[2]
        .partition("```")[0]
    )
    monkeypatch.setenv("COUNCILGRAPH_STORE", str(store))
    monkeypatch.chdir(data.parent)
    exec(compile(code, "docs/review.md", "exec"), {})
    assert [r["decision"] for r in records(tmp_path / "reviews")] == ["corrected"]


def test_the_record_in_the_documentation_can_be_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
    record = json.loads(text.partition("```json\n")[2].partition("```")[0])
    told = decision({**record, "digest": "0" * 64}, makers_of({}), "docs/review.md")
    assert list(record_of(told)) == list(record) and told.settled["polarity"] == "improvement"


def test_words_of_a_report_are_no_commands_for_the_terminal(
    ask: Typed, data: Path, own: Path, tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.mkdir()
    place = rebuilt(ask, data, own, tmp_path, reports)
    read = Things.read

    def hostile(self: Things, iri: str) -> Thing:
        return replace(
            read(self, iri), paragraph=((1, "A \x1b]0;owned\x07 :cat: [red]van[/red]"),), why=("\x1b[2J",)
        )

    monkeypatch.setattr(Things, "read", hostile)
    done = ask("review", "--store", place, "--data", data, "--reviews", own, typed="q\n")
    assert done.returncode == 0 and "\x1b" not in done.stdout and "\x07" not in done.stdout
    assert ":cat: [red]van[/red]" in done.stdout
