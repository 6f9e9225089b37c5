"""The figures of a comparison: fixed by hand on a small page, and those of the official scorer on many."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from councilgraph.accuracy import Tally, compare
from councilgraph.accuracy.names import number, same_name
from tests.accuracy.invented_pages import Json, invented
from tests.conftest import ROOT

OFFICIAL = ROOT.parent / "shared" / "guide" / "score_evidence.py"

BUS = "The advice bus of Moor Age Alliance called at nine markets each month."
RAMP = "People told us that they waited eleven weeks for a ramp."
PLAN = "The Moor Carers Plan (2024 to 2029) was written with carers under section 10 of the Care Act 2014."
BOTH = "Staff were kind but rotas changed daily."


def sentence(n: int, text: str, polarity: str, voice: list[str], themes: list[str], **more: Any) -> Json:
    return {"n": n, "text": text, "polarity": polarity, "voice": voice, "themes": themes, **more}


def at(n: int) -> Json:
    return {"section": "equity", "paragraph": 1, "sentence": n}


def page(*sentences: Json, **lists: Any) -> Json:
    return {
        "authority": {"name": "Northmoor County Council"},
        "assessment": {"overall_rating": "Good", "scores": {"equity": 3}},
        "paragraphs": [{"section": "equity", "n": 1, "sentences": list(sentences)}],
        **lists,
    }


GOLD = page(
    sentence(1, BUS, "strength", ["assessor"], ["information-and-advice", "safeguarding"]),
    sentence(2, RAMP, "improvement", ["people"], ["waiting-times", "equipment-and-adaptations"]),
    sentence(3, PLAN, "strength", ["assessor"], ["unpaid-carers"], close=True),
    sentence(4, BOTH, "mixed", ["people"], ["workforce"], close=True, close_on=["voice", "themes"]),
    mentions=[
        {**at(1), "text": "Moor Age Alliance", "type": "vcfse", "kind": "named", "normalised": None},
        {**at(1), "text": "markets", "type": "commercial", "kind": "generic", "close": True},
    ],
    partnerships=[
        {
            "type": "joint-programme",
            "alt_type": "commissioned-service",
            "section": "equity",
            "paragraph": 1,
            "sentences": [1],
            "participants": ["Northmoor County Council", "Moor Age Alliance"],
        }
    ],
    strategies=[{**at(3), "title": "Moor Carers Plan", "start": "2024", "end": "2029"}],
    statistics=[
        {**at(2), "value": 11, "unit": "weeks"},
        {**at(1), "value": 9, "unit": "count", "close": True},
    ],
    legislation=[{**at(3), "act": "Care Act 2014", "year": 2014, "section_of_act": "10"}],
)
GIVEN = page(
    sentence(1, BUS, "strength", ["assessor"], ["information-and-advice", "rurality"]),
    sentence(2, RAMP, "strength", ["people", "assessor"], ["waiting-times"]),
    sentence(3, PLAN, "context", ["carers"], ["unpaid-carers", "safeguarding"]),
    sentence(4, BOTH, "improvement", ["staff"], ["finance"]),
    mentions=[
        {**at(1), "text": "Age Alliance", "type": "commercial", "kind": "named", "normalised": None},
        {**at(1), "text": "markets", "type": "commercial", "kind": "generic", "normalised": None},
        {**at(2), "text": "ramp makers", "type": "commercial", "kind": "generic", "normalised": None},
    ],
    partnerships=[
        {
            "type": "commissioned-service",
            "section": "equity",
            "paragraph": 1,
            "sentences": [1, 2],
            "participants": ["Northmoor County Council"],
        },
        {"type": "network", "section": "equity", "paragraph": 1, "sentences": [1], "participants": []},
    ],
    strategies=[{**at(3), "title": "the Moor Carers Plan", "start": "2024", "end": None}],
    statistics=[
        {**at(2), "value": 11.0, "unit": "weeks"},
        {**at(1), "value": 9, "unit": "count"},
        {**at(4), "value": 2, "unit": "count"},
    ],
    legislation=[
        {**at(3), "act": "Care Act 2014", "year": 2014, "section_of_act": "10"},
        {**at(4), "act": "Care Act 2014", "year": 2014, "section_of_act": "10"},
    ],
)


def counts(tally: Tally) -> dict[str, tuple[int, int, int]]:
    return {name: (s.right, s.expected, s.given) for name, s in tally.scores.items()}


def test_a_small_page_is_counted_as_by_hand() -> None:
    tally = compare(GOLD, GIVEN)
    assert counts(tally) == {
        "header fields": (3, 3, 3),
        "sentences": (4, 4, 4),
        "voice": (2, 3, 4),  # sentence 4 is a close call
        "themes": (3, 4, 4),  # 'safeguarding' in general is not scored
        "named mentions": (1, 1, 1),
        "mentions": (1, 1, 2),  # the optional one is neither found nor wrong
        "mention types": (0, 1, 1),
        "full names": (1, 1, 1),
        "partnerships": (1, 1, 2),  # the other type that would be right
        "parties": (1, 2, 1),
        "strategies": (1, 1, 1),
        "strategy years": (0, 1, 1),
        "statistics": (1, 1, 2),
        "law": (1, 1, 1),  # told twice, counted once
    }
    # sentence 3 is a close call where 'close' names nothing: that means polarity
    assert tally.polarity == {
        ("strength", "strength"): 1,
        ("improvement", "strength"): 1,
        ("mixed", "improvement"): 1,
    }
    shortfalls = tally.shortfalls
    assert (shortfalls.right, shortfalls.expected, shortfalls.given) == (1, 2, 1)
    assert tally.polarity_f1 == pytest.approx((0.667 + 0 + 0) / 3)
    rurality = tally.themes["rurality"]
    assert (rurality.precision, rurality.recall) == (0.0, 1.0)


def test_a_sentence_that_was_split_elsewhere_is_the_same_sentence() -> None:
    split = page(
        sentence(1, BUS[:40], "strength", [], []),
        sentence(2, BUS[40:], "strength", [], []),
        sentence(3, RAMP, "improvement", ["people"], []),
    )
    tally = compare(
        page(sentence(1, BUS, "strength", [], []), sentence(2, RAMP, "improvement", ["people"], [])), split
    )
    assert counts(tally)["sentences"] == (2, 2, 3)
    assert tally.polarity_right.right == 2
    renumbered = {**at(3), "text": "ramp makers", "type": "commercial", "kind": "named"}
    found = compare(
        page(
            sentence(1, BUS, "strength", [], []),
            sentence(2, RAMP, "mixed", [], []),
            mentions=[{**renumbered, **at(2)}],
        ),
        {**split, "mentions": [renumbered]},
    )
    assert counts(found)["mentions"] == (1, 1, 1)


def test_a_sentence_that_was_not_read_is_missed_for_every_label() -> None:
    tally = compare(GOLD, page())
    assert counts(tally)["sentences"] == (0, 4, 0)
    assert {given for _, given in tally.polarity} == {None}
    assert counts(tally)["voice"] == (0, 3, 0)


def test_a_gold_file_may_give_offsets_instead_of_text() -> None:
    text = f"Heading\n\n{RAMP}\n"
    gold = page({**sentence(1, "", "improvement", ["people"], []), "start": 9, "end": 9 + len(RAMP)})
    assert counts(compare(gold, page(sentence(1, RAMP, "mixed", [], [])), text))["sentences"] == (1, 1, 1)
    assert counts(compare(gold, page(sentence(1, RAMP, "mixed", [], []))))["sentences"] == (0, 1, 1)


def test_adding_tallies_adds_every_count() -> None:
    total = Tally()
    for _ in range(2):
        total.add(compare(GOLD, GIVEN))
    assert counts(total)["themes"] == (6, 8, 8)
    assert total.polarity["strength", "strength"] == 2
    assert (total.themes["waiting-times"].right, total.voices["people"].expected) == (2, 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Moor Age Alliance", "moor age alliance.", True),
        ("Moor Age Alliance", "Age Alliance", True),
        ("Moor Age Alliance", "Moor Age Aliance", True),
        ("board", "Moor Board", False),
        ("", "", False),
        ("Carers’ Centre", "Carers' Centre", True),
    ],
)
def test_names_are_compared_as_a_reader_would(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_numbers_are_compared_by_value() -> None:
    assert number("£1,200") == number(1200.0) and number("40%") == 40
    assert number("1,23x") == "1,23x"


# --- the official scorer ----------------------------------------------------------------

# Its name of a figure, and what is the same here.
FIGURES = {
    "voice": "voice",
    "themes": "themes",
    "mentions": "mentions",
    "named_mentions": "named mentions",
    "partnerships": "partnerships",
    "participants": "parties",
    "strategies": "strategies",
    "statistics": "statistics",
    "legislation": "law",
}
SHARES = {"mention_types": "mention types", "mention_names": "full names", "strategy_years": "strategy years"}


def figures(tally: Tally) -> Json:
    """A tally in the words of the official scorer."""

    def prf(score: Any) -> Json:
        return {
            "precision": round(score.precision, 3),
            "recall": round(score.recall, 3),
            "f1": round(score.f1, 3),
            "gold": score.expected,
            "predicted": score.given,
            "matched": score.right,
        }

    shares = {o: tally.score(name) for o, name in SHARES.items()}
    return {
        "header": round(tally.score("header fields").recall, 3),
        "sentences": round(tally.score("sentences").recall, 3),
        "polarity_accuracy": round(tally.polarity_right.recall, 3),
        "polarity_macro_f1": round(tally.polarity_f1, 3),
        "shortfall": prf(tally.shortfalls),
        **{official: prf(tally.score(name)) for official, name in FIGURES.items()},
        **{o: round(s.recall, 3) if s.expected else None for o, s in shares.items()},
    }


@pytest.mark.skipif(not OFFICIAL.is_file(), reason="the official scorer is not at hand (../shared/guide)")
def test_the_figures_are_those_of_the_official_scorer(tmp_path: Path) -> None:
    pages = {f"{seed:02}.json": invented(seed) for seed in range(24)}
    pages["by-hand.json"] = (GOLD, GIVEN)
    for name, side in (("gold", 0), ("given", 1)):
        (tmp_path / name).mkdir()
        for file, page_ in pages.items():
            (tmp_path / name / file).write_text(json.dumps(page_[side]), encoding="utf-8")

    def official(*arguments: object) -> Json:
        command = [sys.executable, OFFICIAL, *arguments, "--json"]
        done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True)
        told: Json = json.loads(done.stdout)
        assert told.pop("missing") == []
        return told

    total = Tally()
    for file in sorted(pages):
        total.add(compare(*pages[file]))
    assert figures(total) == official("--pairs", tmp_path / "gold", tmp_path / "given")
    for file in ("03.json", "by-hand.json"):
        one = figures(compare(*pages[file]))
        assert one == official(tmp_path / "gold" / file, tmp_path / "given" / file)
