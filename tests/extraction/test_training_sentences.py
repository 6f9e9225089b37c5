"""The sentences that the machine learns from are ours: well labelled, none twice, none of a report."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from councilgraph.extraction.vocabulary import load_vocabulary
from tests.conftest import ROOT

FILES = sorted((ROOT / "data" / "training").glob("sentences*.jsonl"))
REPORTS = ROOT.parent / "shared" / "reports"
ROWS = [json.loads(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
_WORD = re.compile(r"[a-z0-9%£']+")
COPIED = 8  # words in a row that two people do not write by chance


def words(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'").lower())


def runs(text: str) -> set[tuple[str, ...]]:
    said = words(text)
    return {tuple(said[n : n + COPIED]) for n in range(len(said) - COPIED + 1)}


def test_labels_are_of_the_schemes() -> None:
    concepts = load_vocabulary(ROOT / "ontology" / "schemes").concepts
    assert len(ROWS) > 3000
    for row in ROWS:
        assert row["polarity"] in concepts["polarity"]
        assert row["voices"] and set(row["voices"]) <= concepts["voice"].keys()
        assert set(row["themes"]) <= concepts["theme"].keys()
        assert row["section"] in concepts["report-section"]


def test_no_sentence_stands_twice() -> None:
    said = Counter(tuple(words(row["text"])) for row in ROWS)
    assert [" ".join(one) for one, n in said.items() if n > 1] == []


def test_a_sentence_goes_on_from_one_of_its_own_section() -> None:
    for before, row in zip([None, *ROWS], ROWS, strict=False):
        if row["follows"]:
            assert before is not None and before["section"] == row["section"], row["text"]


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the sample reports are not at hand (../shared/reports)")
def test_no_sentence_is_taken_from_a_report() -> None:
    published = {run for file in REPORTS.glob("*.txt") for run in runs(file.read_text(encoding="utf-8"))}
    assert [row["text"] for row in ROWS if runs(row["text"]) & published] == []
