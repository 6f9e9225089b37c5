"""Generated reports are what the benchmarks take them for."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from benchmarks.generator import generate_evidence, main, make_assessments, write_reports
from benchmarks.grammar import fragments
from benchmarks.layouts import Assessment
from benchmarks.rdflib_sides import RULES
from councilgraph import resources
from councilgraph.datafolder import DataFolder
from councilgraph.model import Report
from councilgraph.statements import STATEMENTS
from councilgraph.validation.fast import FastEngine
from councilgraph.validation.shapes import read_shapes
from councilgraph.writing.report import write_report
from loaders import read_one

SENTENCES = 60
LAYOUTS = {"A": "cqc-pilot-2023", "B": "cqc-2024", "C": "cqc-2024-flat", "D": "cqc-2025"}
# The bands of the framework, written down again so that a slip in the generator shows.
BANDS = ((25, 38, "inadequate"), (39, 62, "requires-improvement"), (63, 87, "good"), (88, 100, "outstanding"))

Loaded = dict[str, tuple[Assessment, Report]]


@pytest.fixture(scope="module")
def by_layout(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """One generated report of each layout, as made and as read."""
    folder = tmp_path_factory.mktemp("generated")
    files = write_reports(folder, 4, SENTENCES, 1)
    made = {a.code: a for a in make_assessments(4, SENTENCES, 1)}
    read = ((made[file.name.split("-")[1]], read_one([file])) for file in files)
    return {assessment.layout: (assessment, report) for assessment, report in read}


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    first = write_reports(tmp_path / "first", 6, 30, 7)
    second = write_reports(tmp_path / "second", 6, 30, 7)
    assert [f.name for f in first] == [f.name for f in second]
    assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]


def test_another_seed_gives_other_reports(tmp_path: Path) -> None:
    first = write_reports(tmp_path / "first", 1, 30, 7)
    second = write_reports(tmp_path / "second", 1, 30, 8)
    assert first[0].read_bytes() != second[0].read_bytes()


def test_a_report_does_not_depend_on_how_many_are_made() -> None:
    few = {a.code: a for a in make_assessments(3, 30, 7)}
    many = {a.code: a for a in make_assessments(9, 30, 7)}
    assert all(few[code].scores == many[code].scores for code in few.keys() & many.keys())


def test_four_reports_have_the_four_layouts(by_layout: Loaded) -> None:
    assert {name: report.layout for name, (_, report) in by_layout.items()} == LAYOUTS


@pytest.mark.parametrize("layout", "ABCD")
def test_a_report_is_read_without_warning_and_whole(by_layout: Loaded, layout: str) -> None:
    assessment, report = by_layout[layout]
    assert report.warnings == ()
    assert report.authority == assessment.council
    assert report.published == assessment.published
    assert report.scores == assessment.scores
    assert tuple(report.scores) == STATEMENTS
    assert report.rating == assessment.rating
    assert report.percentage == (None if layout == "A" else assessment.percentage)
    assert report.indicative == (layout == "A")
    assert [d.role for d in report.documents] == ["whole-report"]


@pytest.mark.parametrize("layout", "ABCD")
def test_every_sentence_is_read_as_it_was_made(by_layout: Loaded, layout: str) -> None:
    assessment, report = by_layout[layout]
    read: dict[str, list[list[str]]] = {}
    for paragraph in report.paragraphs:
        read.setdefault(paragraph.section, []).append([s.text for s in paragraph.sentences])
    assert read == {
        section: [[said.text for said in paragraph] for paragraph in paragraphs]
        for section, paragraphs in assessment.narrative.items()
    }
    assert sum(len(p.sentences) for p in report.paragraphs) == SENTENCES


@pytest.mark.parametrize("layout", "ABC")
def test_the_older_layouts_have_facts_and_all_are_read(by_layout: Loaded, layout: str) -> None:
    assessment, report = by_layout[layout]
    printed = {measure: value.replace(",", "") for measure, value in assessment.facts.items()}
    assert {fact.measure: str(fact.value) for fact in report.facts} == printed


def test_the_newest_layout_has_no_facts(by_layout: Loaded) -> None:
    assert by_layout["D"][1].facts == ()


def test_rating_and_percentage_follow_the_rule() -> None:
    for assessment in make_assessments(80, 11, 3):
        percentage = math.ceil(sum(assessment.scores.values()) / 36 * 100)
        band = next(rating for low, high, rating in BANDS if low <= percentage <= high)
        assert (assessment.percentage, assessment.rating) == (percentage, band)


def test_scores_are_spread_as_real_ones_are() -> None:
    scores = [score for a in make_assessments(153, 11, 1) for score in a.scores.values()]
    share = {score: scores.count(score) / len(scores) for score in (1, 2, 3, 4)}
    assert 0.3 < share[2] < 0.5
    assert 0.45 < share[3] < 0.65
    assert 0 < share[1] < 0.05
    assert 0 < share[4] < 0.08


def test_sentences_are_as_long_as_those_of_reports() -> None:
    lengths = sorted(
        len(said.text.split())
        for assessment in make_assessments(10, 250, 1)
        for paragraphs in assessment.narrative.values()
        for paragraph in paragraphs
        for said in paragraph
    )
    assert len(lengths) == 2500
    assert 20 <= lengths[len(lengths) // 2] <= 30


def test_evidence_is_full_and_conforms_to_the_shapes() -> None:
    evidence = generate_evidence(4, 1, sentences=40)
    assert all(one.mentions for one in evidence)
    engine = FastEngine(read_shapes(resources.path("ontology", "shapes")))
    for one in evidence:
        assert len(one.findings) == 40
        assert all(f.polarity and f.voices and f.confidence and f.rules for f in one.findings)
        assert sum(bool(f.themes) for f in one.findings) > 20
        report = engine.validate(write_report(one, RULES).encode())
        assert [r for r in report.results if r.severity != "Info"] == []


def test_every_section_has_topics_to_speak_of() -> None:
    sections = {*STATEMENTS, "people-experience-summary", "strengths-summary"}
    spoken = [s for topic in fragments()["topics"] for s in topic["statements"]]
    assert set(spoken) == sections
    assert all(spoken.count(section) >= 3 for section in sections)


@pytest.mark.parametrize("arguments", [["--reports", "0"], ["--reports", "154531"], ["--sentences", "3"]])
def test_numbers_that_cannot_be_are_refused(arguments: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, str(tmp_path)])
    assert stopped.value.code == 2


def test_more_reports_than_councils_have_invented_councils_to_build_with(tmp_path: Path) -> None:
    assert main(["--reports", "1600", "--sentences", "11", str(tmp_path)]) == 0
    files = sorted((tmp_path / "generated-assessments").glob("*.txt"))
    data = DataFolder(tmp_path / "generated-tables")
    areas = {coverage.area for table in data.tables for coverage in table.coverages}
    councils = {c.code: c for table in data.tables for c in table.councils}
    assert len(files) == len({file.name.rpartition("-")[0] for file in files}) == 1600
    assert len(councils) == 160
    assert all(council.area in areas for council in councils.values() if council.code != "IOS")
    invented = next(file for file in files if councils[file.name.split("-")[1]].area.startswith("E065"))
    assert data.councils.require(read_one([invented]).authority, "").code == invented.name.split("-")[1]


def test_the_folder_says_that_it_is_generated(tmp_path: Path) -> None:
    assert main(["--reports", "2", "--sentences", "20", str(tmp_path)]) == 0
    folder = tmp_path / "generated-assessments"
    assert (folder / "README.md").read_text(encoding="utf-8").startswith("# Generated assessments")
    assert all(f.name.startswith("generated-") for f in folder.glob("*.txt"))
    assert all("is invented" in f.read_text(encoding="utf-8") for f in folder.glob("*.txt"))
