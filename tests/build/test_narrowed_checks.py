"""Checks asked about what has changed find what they find when they are asked about everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from councilgraph import resources
from councilgraph.build import checks
from councilgraph.build.checks import CheckRow, narrowed, run_checks, touched_by
from councilgraph.build.run import Builder
from councilgraph.catalogue import Catalogue
from councilgraph.iris import DEF, IRIS
from councilgraph.store.embedded import OxigraphReader, open_embedded

FAULTY = f"""
@prefix cg: <{DEF}> .
@prefix id: <{IRIS.id}> .
<urn:g:one> {{
  <urn:a:one> a cg:Assessment ; cg:assessedCouncil <urn:c:one> ; cg:publishedMonth "2025-05" .
  <urn:a:two> a cg:Assessment ; cg:assessedCouncil <urn:c:one> ; cg:publishedMonth "2025-05" .
  <urn:j:one> cg:score 3, 2 ; cg:inAssessment <urn:a:one> ; cg:qualityStatement <urn:s:one> .
}}
<urn:g:two> {{
  <urn:a:three> a cg:Assessment ; cg:assessedCouncil <urn:c:two> ; cg:publishedMonth "2025-05" .
  <urn:a:four> a cg:Assessment ; cg:assessedCouncil <urn:c:two> ; cg:publishedMonth "2025-05" .
  <urn:j:two> cg:score 1, 2 ; cg:inAssessment <urn:a:three> ; cg:qualityStatement <urn:s:one> .
  <urn:l:one> cg:linkSubject <urn:b:one> ; cg:linkObject <{IRIS.id}organisation/cqc-1> ;
    cg:reviewState <urn:machine> .
  <urn:l:two> cg:linkSubject <urn:b:one> ; cg:linkObject <{IRIS.id}organisation/cqc-2> ;
    cg:reviewState <urn:machine> .
}}
"""


@pytest.fixture(scope="module")
def faulty() -> OxigraphReader:
    store = pyoxigraph.Store()
    store.load(FAULTY, format=pyoxigraph.RdfFormat.TRIG)
    return OxigraphReader(store, "memory")


def mentioned(reader: OxigraphReader, graph: str) -> frozenset[str]:
    quads = reader.graph.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))
    terms = [term for quad in quads for term in (quad.subject, quad.object)]
    return frozenset(term.value for term in terms if isinstance(term, pyoxigraph.NamedNode))


def test_every_check_that_grows_with_the_reports_says_where_it_can_be_narrowed() -> None:
    whole = {
        query.name
        for query in Catalogue(resources.path("queries")).search(kind="check")
        if "slow" not in query.tags and narrowed(query.text, ["urn:x"]) == query.text
    }
    # Councils and their areas are as many as they are, however many reports there are.
    assert whole == {"council-without-area"}


@pytest.mark.parametrize("graph", ["urn:g:one", "urn:g:two"])
def test_a_narrowed_check_finds_what_is_wrong_with_what_it_is_asked_about(
    faulty: OxigraphReader, graph: str
) -> None:
    every = run_checks(faulty.select)
    assert len({row.check for row in every}) == 4
    touched = mentioned(faulty, graph)
    found = run_checks(faulty.select, touched=touched)
    assert set(found) == {row for row in every if row.entity in touched}
    assert found


def test_what_was_found_before_stands_for_what_was_not_touched_and_for_nothing_else(
    faulty: OxigraphReader,
) -> None:
    every = run_checks(faulty.select)
    touched = mentioned(faulty, "urn:g:one")
    mended = CheckRow("judgement-with-two-scores", "error", "", "", "urn:a:one", "2 and 3")
    assert run_checks(faulty.select, touched=touched, before=[*every, mended]) == every


def test_graphs_that_describe_what_others_speak_of_are_reason_to_ask_about_everything(tmp_path: Path) -> None:
    file = tmp_path / "one.nq"
    file.write_text('<urn:s> <urn:p> <urn:o> <urn:g> .\n<urn:s> <urn:p> "text" <urn:g> .\n')
    assert touched_by(["report/NMR-2025-05", "links"], [str(file)]) == {"urn:s", "urn:o"}
    assert touched_by(["report/NMR-2025-05", "scores/scores"], [str(file)]) is None
    assert touched_by(["report/NMR-2025-05"], [str(tmp_path / "gone.nq")]) is None


def test_very_many_things_are_not_listed_in_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "MOST_NARROWED", 1)
    file = tmp_path / "one.nq"
    file.write_text("<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    assert touched_by(["report/NMR-2025-05"], [str(file)]) is None


def test_a_rebuild_reports_the_problems_that_a_new_build_reports(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    place = tmp_path / "store"
    Builder(str(place), data, jobs=1).build([reports])
    page = reports / "saltmarsh-pilot.txt"
    page.write_text(page.read_text() + "The harbour office was asked too.\n")
    again = Builder(str(place), data, jobs=1).build([reports])
    new = Builder(str(tmp_path / "new"), data, jobs=1).build([reports])
    assert again.checks == new.checks and again.read == 1
    told = open_embedded(str(place)).manifest()["checks"]["rows"]
    assert [row[0] for row in told] == [row.check for row in new.checks]


@pytest.mark.parametrize("whole", [True, False])
def test_what_a_damaged_build_found_is_asked_anew(
    whole: bool, tmp_path: Path, data: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    Builder(str(place), data, jobs=1).build([reports])
    asked: list[frozenset[str] | None] = []

    def checked(*given: Any, **more: Any) -> tuple[CheckRow, ...]:
        asked.append(more["touched"])
        return run_checks(*given, **more)

    monkeypatch.setattr("councilgraph.build.intofolder.run_checks", checked)
    if not whole:
        manifest = next((place / "builds").glob("*/manifest.json"))
        manifest.write_text(manifest.read_text().replace('"rows": [', '"rows":  ['))
    page = reports / "saltmarsh-pilot.txt"
    page.write_text(page.read_text() + "The harbour office was asked too.\n")
    outcome = Builder(str(place), data, jobs=1).build([reports])
    assert bool(outcome.damage) is not whole and outcome.read == 1
    assert (asked[0] is not None) is whole
