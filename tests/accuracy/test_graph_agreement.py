"""A graph that was built with decisions answers as the review files do: who said what, by which rules."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from councilgraph.cli import main
from tests.conftest import REPORTS

ROLE, DAY = "performance analyst", "2026-11-20"
# The first four that wait, least sure first: three findings and a mention.
MISSED = "m partnership type=network; parties=Northmoor County Council, Healthwatch Northmoor"
TYPED = f"{MISSED}\nm club name=x\na fair\nc polarity=mixed; themes=rurality\nr\nn whose board?\nq\n"
Ask = Callable[..., str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, invented_data: Path, store: Path) -> Iterator[Ask]:
    """Five decisions by ``councilgraph review``, the build after them, and what it answers."""
    place = tmp_path_factory.mktemp("agreement")
    own = place / "own"
    given = ("--data", invented_data, "--reviews", own)

    def ask(*arguments: object, typed: str = "") -> str:
        with pytest.MonkeyPatch.context() as patch:
            out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
            patch.setattr("sys.stdin", io.StringIO(typed))
            patch.setattr("sys.stdout", out)
            patch.delenv("COUNCILGRAPH_REVIEWS", raising=False)
            assert main([*map(str, arguments)]) == 0
            out.flush()
            return out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined, no-any-return]

    decide = ("review", "--store", store, "--authority", "northmoor", "--role", ROLE, "--on", DAY)
    ask(*decide, *given, typed=TYPED)
    ask("build", "--store", place / "store", "--reports", REPORTS, *given, "--quiet")

    def answer(what: str, *more: object) -> str:
        if what == "bench":
            return ask("bench", "reviews", "--format", "json", "--by", "rules", *given)
        return ask("query", what, *more, "--store", place / "store", "--format", "csv")

    yield answer


def rows(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_stored_query_counts_what_bench_counts(built: Ask) -> None:
    graph = {
        (row["evidence"], row["label"], row["rules"]): (int(row["compared"]), int(row["agreed"]))
        for row in rows(built("V03"))
    }
    files = {
        (row["kind"], row["label"], row["by"]): (row["compared"], row["agreed"])
        for row in json.loads(built("bench"))["machine_by"]
        if not row["value"]
    }
    assert graph == files
    assert json.loads(built("bench"))["decided"]["missed by the machine"] == 1
    counted = {label: count for (_, label, _), count in graph.items()}
    assert counted == {"kept": (3, 2), "polarity": (2, 1), "voices": (2, 2), "themes": (2, 1)}


def test_what_nobody_settled_is_listed_and_what_somebody_settled_is_not(built: Ask) -> None:
    everything = rows(built("V02", "authority=northmoor"))
    waiting = {row["evidence-iri"] for row in rows(built("Q43", "authority=northmoor"))}
    states = {row["evidence-iri"]: row["review-state"] for row in everything}
    assert waiting == {iri for iri, state in states.items() if state in ("Machine-made", "Open")}
    assert sorted(set(states.values())) == ["Accepted", "Corrected", "Machine-made", "Open", "Rejected"]


def test_a_statement_leads_to_file_checksum_run_rules_and_decision(built: Ask) -> None:
    decided = [row for row in rows(built("V02", "authority=northmoor")) if row["decision"]]
    assert [(row["decision"], row["note"]) for row in decided] == [
        ("Corrected", ""),
        ("Rejected", ""),
        ("Open", "whose board?"),
        ("Accepted", "fair"),
        ("Added", ""),
    ]
    assert decided[-1]["evidence"] == "partnership" and decided[-1]["review-state"] == "Corrected"
    for row in decided:
        assert (row["role"], row["decided-on"]) == (ROLE, DAY)
        assert row["rules-then"] == row["rules"], "nothing has changed since"
        file = REPORTS / "northmoor" / row["file"]
        assert row["checksum"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert row["run"].endswith("/id/run/NMR-2025-05")
