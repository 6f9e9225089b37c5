"""Reviews through the command line: they win, they say what has changed, they can be left out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from tests.commands.conftest import Review
from tests.conftest import Run

PREFIX = "PREFIX cg: <https://w3id.org/councilgraph/def#> "


def sentences(run: Run, *arguments: object) -> tuple[dict[tuple[str, int, int], dict[str, Any]], str]:
    """The sentences that ``extract`` prints, by place, and what it says beside."""
    done = run("extract", *arguments)
    assert done.returncode == 0, done.stderr
    told = {
        (p["section"], p["n"], s["n"]): s
        for p in json.loads(done.stdout)["paragraphs"]
        for s in p["sentences"]
    }
    return told, done.stderr


def labels(sentence: dict[str, Any]) -> tuple[Any, ...]:
    return sentence["polarity"], sentence["voice"], sentence["themes"]


OURS = ("mixed", ["healthwatch"], ["prisons"])


def test_extract_shows_the_reviews_and_no_reviews_shows_the_machine_alone(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    machine, _ = sentences(run, reports / "northmoor", "--data", data)
    review()
    told, messages = sentences(run, reports / "northmoor", "--data", data)
    assert {k: labels(s) == OURS for k, s in told.items()} == dict.fromkeys(machine, True)
    assert "review-open" not in messages
    alone, _ = sentences(run, reports / "northmoor", "--data", data, "--no-reviews")
    assert alone == machine and not any(labels(s) == OURS for s in alone.values())


def test_a_page_alone_without_date_gets_the_reviews_of_its_sentences(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    review()
    told, messages = sentences(run, reports / "northmoor" / "equity.txt", "--data", data)
    assert {section for section, _, _ in told} == {"equity"}
    assert all(labels(s) == OURS for s in told.values())
    assert "review-open" not in messages


def test_reviews_of_another_month_are_not_those_of_a_dated_report(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    review(key="NMR-2027-01")
    told, _ = sentences(run, reports / "northmoor", "--data", data)
    assert not any(labels(s) == OURS for s in told.values())


def test_a_changed_sentence_is_read_by_the_machine_and_shown_for_review_again(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    review()
    page = reports / "northmoor" / "equity.txt"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("called at nine markets", "called at ten markets"), encoding="utf-8")
    told, messages = sentences(run, page, "--data", data)
    changed = [place for place, s in told.items() if labels(s) != OURS]
    assert changed == [("equity", 1, 2)]
    assert "warning (review-open): NMR-2025-05.jsonl: equity 1.2" in messages
    store = data.parent / "store"
    done = run("build", "--store", store, "--data", data, "--reports", reports / "northmoor")
    assert done.returncode == 0, done.stderr
    asked = run(
        "sparql",
        PREFIX
        + "SELECT ?state (COUNT(?f) AS ?n) { ?f a cg:Finding ; cg:reviewState ?state } GROUP BY ?state",
        "--store",
        store,
        "--format",
        "csv",
    )
    states = {r["state"].rsplit("/", 1)[1]: int(r["n"]) for r in csv.DictReader(io.StringIO(asked.stdout))}
    assert states == {"corrected": len(told) - 1 + 4, "open": 1}


def test_reviews_without_their_report_still_answer(
    run: Run, data: Path, tmp_path: Path, review: Review
) -> None:
    review()
    store = tmp_path / "store"
    done = run("build", "--store", store, "--data", data)
    assert done.returncode == 0, done.stderr
    asked = run(
        "sparql",
        PREFIX + "SELECT ?s { ?f a cg:Finding ; cg:summary ?s }",
        "--store",
        store,
        "--format",
        "csv",
    )
    assert asked.stdout.count("In our own words") == 7


def test_a_bad_review_file_stops_the_command_with_its_line(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    path = review(more=({"kind": "rumour", "review": "reviewed"},))
    done = run("extract", reports / "northmoor", "--data", data)
    assert done.returncode == 2 and done.stdout == ""
    assert f"{path}:8" in done.stderr and "what to do" in done.stderr
