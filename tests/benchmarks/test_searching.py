"""The two ways to look for a phrase find the same, and each kind of phrase has its own figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.measure import Options
from benchmarks.searched import HITS, KINDS, NAMES, same_hits
from benchmarks.searching import draw, measure, rows, section

Found = dict[str, Any]


def took(ms: float, *hits: str) -> dict[str, Any]:
    return {"rows": len(hits), "ms": ms * 2, "processor_ms": ms, "hits": list(hits)}


@pytest.fixture
def found() -> Found:
    """What an invented run has found: a phrase of each kind, the rare one with another hit in memory."""

    def side(frequent: dict[str, Any], rare: dict[str, Any], absent: dict[str, Any]) -> dict[str, Any]:
        return {"phrases": {"said that the": frequent, "of oak ridge": rare, "the that said": absent}}

    return {
        "reports": 240,
        "triples": 2_500_000,
        "findings": 60_000,
        "phrases": {"frequent": ["said that the"], "rare": ["of oak ridge"], "absent": ["the that said"]},
        "sides": {
            "index": side(took(10, "f1"), took(4, "f1", "f2"), took(2)),
            "disk": side(took(5, "f2"), took(400, "f1", "f2"), took(500)),
            "memory": side(took(2, "f3"), took(40, "f1", "f3"), took(60)),
            "oxigraph": {"reason": "oxigraph: it does not start"},
        },
    }


def test_phrases_are_of_their_kind_and_the_same_for_the_same_seed() -> None:
    often = [f"Staff number {n} said that the plan would help, in Oakridge." for n in range(200)]
    seldom = [f"A visit was made by the {word} team, as agreed." for word in ("first", "second")]
    drawn = draw([*often, *seldom], 1)
    whole = "\n".join([*often, *seldom]).lower()
    assert drawn == draw([*often, *seldom], 1)
    assert list(drawn) == list(KINDS)
    assert drawn["frequent"] and all(whole.count(one) >= HITS for one in drawn["frequent"])
    assert drawn["rare"] and all(0 < whole.count(one) <= HITS for one in drawn["rare"])
    assert drawn["absent"] and all(whole.count(one) == 0 for one in drawn["absent"])


def test_each_kind_of_phrase_has_a_figure_and_none_is_hidden(found: Found) -> None:
    figures = {row["key"]: row for row in rows(found)}
    assert (figures["s-disk-frequent"]["value"], figures["s-disk-frequent"]["met"]) == (0.5, False)
    assert (figures["s-disk-rare"]["value"], figures["s-disk-rare"]["met"]) == (100, True)
    assert figures["s-disk-absent"]["value"] == 250
    assert figures["s-disk"]["value"] == 100
    assert figures["s-memory"]["value"] == 10
    assert figures["s-oxigraph"]["reason"] == "oxigraph: it does not start"


def test_other_hits_are_told(found: Found) -> None:
    told = {name: side["phrases"] for name, side in found["sides"].items() if "phrases" in side}
    assert same_hits("rare", "of oak ridge", told) == "no: 2"
    assert same_hits("frequent", "said that the", told) == "as many"
    assert same_hits("absent", "the that said", told) == "yes"
    lines = list(section(found))
    assert any(line.startswith("| rare | of oak ridge | 2 | no: 2 |") for line in lines)
    assert "- `CONTAINS`, Oxigraph, HTTP: not measured: oxigraph: it does not start" in lines


def test_index_and_comparison_find_the_same_in_a_generated_store(tmp_path: Path) -> None:
    found = json.loads(json.dumps(measure(tmp_path, Options(quick=True))))
    told = {name: found["sides"][name]["phrases"] for name in NAMES}
    assert all(row["value"] for row in rows(found))
    for kind in KINDS:
        assert found["phrases"][kind]
        for phrase in found["phrases"][kind]:
            assert same_hits(kind, phrase, told) in ("yes", "as many"), phrase
            assert bool(told["index"][phrase]["hits"]) == (kind != "absent")
    assert list(tmp_path.iterdir()) == []
