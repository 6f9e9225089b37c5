"""The queue: least sure first, narrowed as asked, without what is decided."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from councilgraph.api import Graph, open_graph
from councilgraph.errors import InputError, UsageError
from councilgraph.iris import IRIS, concept
from councilgraph.model import EVIDENCE_KINDS
from councilgraph.reviews.desk import Desk, writing_folder
from councilgraph.reviews.given import Given
from councilgraph.reviews.queue import Wanted, waiting
from councilgraph.reviews.taking import take
from councilgraph.reviews.things import Thing, Things
from tests.reviews.deciding import ACTS, DAY

NORTHMOOR = IRIS.council("NMR")


@pytest.fixture
def graph(store: Path) -> Iterator[Graph]:
    with open_graph(store) as opened:
        yield opened


@pytest.fixture
def desk(graph: Graph, data: Path, tmp_path: Path) -> Desk:
    return Desk.at(graph.store.select, data, ACTS, tmp_path / "own", "analyst", DAY)


def again(desk: Desk, data: Path, **more: Any) -> Desk:
    """Another desk over the same folders, as a later session has it."""
    new = Desk.at(desk.select, data, ACTS, desk.files.folder, more.get("role", desk.role), desk.on)
    new.again = more.get("again", False)
    return new


def kinds(graph: Graph, **wanted: Any) -> list[str]:
    return [one.kind for one in waiting(graph.store.select, Wanted(**wanted))]


def test_everything_waits_and_the_least_sure_comes_first(graph: Graph) -> None:
    found = waiting(graph.store.select, Wanted())
    assert {one.kind for one in found} == {"finding", "mention", "statistic", "citation", "partnership"}
    assert [one.confidence for one in found] == sorted(one.confidence for one in found)
    states = graph.sparql(
        "PREFIX cg: <https://w3id.org/councilgraph/def#> SELECT (COUNT(*) AS ?n) "
        "{ ?x cg:inAssessment ?a ; cg:reviewState ?s }"
    )
    assert [int(row[0]) for row in states.rows] == [len(found)]  # type: ignore[union-attr, arg-type]


def test_the_queue_is_narrowed_by_council_section_theme_kind_and_confidence(graph: Graph) -> None:
    assert set(kinds(graph, council=NORTHMOOR)) == {"finding", "mention", "statistic"}
    assert kinds(graph, council=NORTHMOOR, section="equity") == ["finding", "finding", "mention", "finding"]
    assert kinds(graph, theme=concept("theme", "respite")) == ["finding", "finding"]
    assert set(kinds(graph, kinds=("citation",))) == {"citation"}
    unsure = waiting(graph.store.select, Wanted(below=Decimal("0.5")))
    assert unsure and all(one.confidence < Decimal("0.5") for one in unsure)


def test_a_theme_brings_those_below_it(graph: Graph) -> None:
    group = next(
        row[0].value
        for row in graph.store.select(
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?g "
            f"{{ <{concept('theme', 'respite')}> skos:broader ?g }}"
        )[1]
    )
    below = {one.iri for one in waiting(graph.store.select, Wanted(theme=group))}
    assert {
        one.iri for one in waiting(graph.store.select, Wanted(theme=concept("theme", "respite")))
    } <= below


def test_an_unknown_kind_is_told(graph: Graph) -> None:
    with pytest.raises(UsageError, match="no kind"):
        waiting(graph.store.select, Wanted(kinds=("rumour",)))


def test_a_thing_is_shown_in_its_paragraph_with_what_was_read_and_why(desk: Desk) -> None:
    first = desk.queue(Wanted(council=NORTHMOOR))[0]
    thing = desk.things().read(first.iri)
    assert thing.authority == "Northmoor County Council" and thing.published == "2025-05-16"
    assert thing.paragraph == (
        (1, "Senior managers knew where the gaps in overnight respite lay."),
        (2, "They planned a second respite house for 2026."),
    )
    assert thing.sentence == thing.paragraph[0][1] and thing.sentences == (1,)
    assert thing.reading == {"polarity": "strength", "voices": ["assessor"], "themes": ["respite"]}
    assert thing.confidence == first.confidence and thing.rules.startswith("0.")
    assert any(reason.startswith("polarity: ") for reason in thing.why)


@pytest.mark.parametrize("kind", [kind for kind in EVIDENCE_KINDS if kind != "strategy"])
def test_what_is_listed_is_known_again_by_the_decision_about_it(desk: Desk, data: Path, kind: str) -> None:
    queue = desk.queue(Wanted(kinds=(kind,)))
    things = desk.things()
    for one in queue:
        desk.decide(things.read(one.iri), "accept")
    assert queue and again(desk, data).queue(Wanted(kinds=(kind,))) == []


def test_what_is_noted_or_taken_back_waits_again(desk: Desk, data: Path) -> None:
    first, second, *_ = desk.queue(Wanted(council=NORTHMOOR))
    things = desk.things()
    desk.decide(things.read(first.iri), "note", note="Ask the team")
    desk.take_back(things.read(second.iri), desk.decide(things.read(second.iri), "reject"))
    waits = {one.iri for one in again(desk, data).queue(Wanted())}
    assert {first.iri, second.iri} <= waits


def test_a_second_reader_gets_what_the_first_settled_as_the_machine_read_it(desk: Desk, data: Path) -> None:
    first = desk.queue(Wanted(council=NORTHMOOR))[0]
    thing = desk.things().read(first.iri)
    desk.decide(thing, "correct", "polarity=mixed")
    second = again(desk, data, role="second reader", again=True)
    assert [one.iri for one in second.queue(Wanted())] == [first.iri]
    shown = second.things().read(first.iri)
    assert shown.reading == thing.reading and shown.rules == thing.rules
    second.decide(shown, "accept")
    assert again(desk, data, role="second reader", again=True).queue(Wanted()) == []
    assert again(desk, data, again=True).queue(Wanted()) == []


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "https://elsewhere.example/id/finding/1",
        IRIS.council("NMR"),
        IRIS.id + "finding/NMR> ?x <y",
        "x y",
    ],
)
def test_what_is_no_evidence_of_ours_is_asked_of_no_store(graph: Graph, iri: str) -> None:
    with pytest.raises(UsageError, match="no evidence"):
        Things(graph.store.select).read(iri)


def test_evidence_that_the_store_has_not_is_told(graph: Graph) -> None:
    with pytest.raises(UsageError, match="no such evidence"):
        Things(graph.store.select).read(IRIS.id + "finding/NMR-2025-05/equity/0000000000")


# --- what a decision may say ---------------------------------------------------------------


@pytest.fixture
def thing(desk: Desk) -> Thing:
    return desk.things().read(desk.queue(Wanted(council=NORTHMOOR))[0].iri)


def said(thing: Thing, decision: str, **more: Any) -> Any:
    return take(thing, decision, role=more.pop("role", "analyst"), on=date(2026, 11, 20), **more)


def test_a_correction_names_only_what_is_another(thing: Thing) -> None:
    made = said(thing, "correct", correction="polarity=Mixed; voices=assessor; themes=Respite, unpaid carers")
    assert made.person == {"polarity": "mixed", "themes": ["respite", "unpaid-carers"]}
    assert made.machine == thing.reading and made.digest == thing.digest
    same = said(thing, "correct", correction={"polarity": "mixed", "themes": ["respite"]})
    assert same.person == {"polarity": "mixed"}
    assert said(thing, "correct", correction="themes=").person == {"themes": []}


@pytest.mark.parametrize(
    ("decision", "more", "words"),
    [
        ("perhaps", {}, "no decision"),
        ("accept", {"correction": "polarity=mixed"}, "Only a correction"),
        ("correct", {}, "which field"),
        ("correct", {"correction": "polarity"}, "is no correction"),
        ("correct", {"correction": "colour=red"}, "no field 'colour'"),
        ("correct", {"correction": "polarity=glad"}, "no value for 'polarity'"),
        ("correct", {"correction": "polarity="}, "no value for 'polarity'"),
        ("correct", {"correction": "themes=group-people"}, "no value"),
        ("correct", {"correction": "polarity=strength"}, "changes nothing"),
        ("correct", {"correction": "summary=" + "long " * 200}, "longer"),
        ("note", {"note": "  "}, "note is empty"),
        ("accept", {"note": "x" * 501}, "longer"),
        ("accept", {"role": ""}, "no role"),
        ("accept", {"role": "ann@council.example"}, "no role"),
        ("accept", {"role": "r" * 61}, "no role"),
        (
            "accept",
            {"note": "managers KNEW where the gaps in overnight respite lay"},
            "words of the report",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused(thing: Thing, decision: str, more: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words) as told:
        said(thing, decision, **more)
    assert told.value.cure


def test_long_words_of_the_report_are_not_copied_into_the_file(thing: Thing) -> None:
    words = "one two three four five six seven eight nine"
    figure = replace(thing, kind="statistic", reading={"counts": words, "value": 1})
    assert said(figure, "reject").machine["counts"] == "one two three four five six seven …"


def test_a_list_is_taken_whole_or_not_at_all(desk: Desk, data: Path) -> None:
    queue = desk.queue(Wanted(council=NORTHMOOR))
    digest = desk.things().read(queue[0].iri).digest

    def given(n: int, **more: Any) -> Given:
        bare = Given(queue[n].iri, "accept", "", "", "", "", None, f"list.csv:{n + 2}")
        return replace(bare, **more)

    with pytest.raises(InputError) as told:
        desk.decide_all([given(0, digest=digest), given(1, decision="perhaps"), given(2, digest="0" * 64)])
    assert "2 decisions cannot be taken" in told.value.what
    assert "list.csv:3" in told.value.what and "list.csv:4: Its sentence has changed" in told.value.what
    assert not desk.files.folder.exists()
    assert desk.decide_all([given(0, digest=digest), given(1)]) == (2, 2)
    assert desk.decide_all([given(0), given(1), given(2)]) == (3, 1)


def test_decisions_are_not_written_into_the_installed_package(tmp_path: Path, monkeypatch: Any) -> None:
    inside = tmp_path / "councilgraph" / "_files" / "data"
    inside.mkdir(parents=True)
    monkeypatch.setattr("councilgraph.resources.path", lambda *_: str(inside))
    with pytest.raises(UsageError, match="Where should decisions be kept") as told:
        writing_folder(inside, None)
    assert "COUNCILGRAPH_REVIEWS" in told.value.cure
    assert writing_folder(inside, tmp_path / "own") == tmp_path / "own"
    shutil.rmtree(inside)
