"""Reports: counts first, then by council and rule; records; the W3C report without blank nodes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from councilgraph.errors import UsageError
from councilgraph.validation import Shapes, ValidationReport, ValidationResult, read_shapes
from councilgraph.validation import report as reporting

BASE = "https://w3id.org/councilgraph/"
CGSH = f"{BASE}shapes#"
IRI = f"{BASE}graph/report/NMR-2025-05/validation"


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return read_shapes(Path(__file__).parents[2] / "ontology" / "shapes")


def result(focus: str, shape: str = "Judgement-score", severity: str = "Violation") -> ValidationResult:
    return ValidationResult(
        focus=f"{BASE}id/{focus}",
        path=f"{BASE}def#score",
        value='"5"^^<http://www.w3.org/2001/XMLSchema#integer>',
        component="MaxInclusiveConstraintComponent",
        shape=CGSH + shape,
        severity=severity,  # type: ignore[arg-type]
        message='Wrong "here".\nDo this.',
    )


def report(*results: ValidationResult) -> ValidationReport:
    return ValidationReport.of(results, engine="fast")


EVERYTHING = report(
    *(result(f"judgement/NMR-2025-05/{n}") for n in "abcde"),
    result("judgement/EVB-2025-06/a"),
    result("organisation/ods-ZZ1", "Organisation-cg", "Warning"),
    result("assessment/NMR-2025-05", "Assessment-rating-not-published", "Info"),
)


def test_results_are_sorted_and_told_once() -> None:
    one, two = result("judgement/NMR-2025-05/b"), result("judgement/NMR-2025-05/a")
    assert report(one, two, one).results == (two, one)


def test_warnings_and_notes_conform() -> None:
    assert report(result("a/NMR-2025-05", severity="Warning")).conforms
    assert not EVERYTHING.conforms
    assert reporting.counts(EVERYTHING) == {"Violation": 6, "Warning": 1, "Info": 1}


def test_merged_reports_keep_results_and_reasons() -> None:
    other = ValidationReport.of([result("x/SLM-2025-05")], engine="reference", fallback="look-around")
    merged = ValidationReport.merged([EVERYTHING, other, other])
    assert len(merged.results) == 9
    assert (merged.engine, merged.fallback) == ("fast, reference", "look-around")


@pytest.mark.parametrize(
    ("focus", "council"),
    [
        ("judgement/NMR-2025-05/learning", "NMR"),
        ("assessment/NMR-2025-05", "NMR"),
        ("council/NMR", "NMR"),
        ("organisation/ods-ZZ1", ""),
        ("document/0123456789abcdef", ""),
    ],
)
def test_the_council_is_in_the_key(focus: str, council: str) -> None:
    assert reporting.council_of(f"{BASE}id/{focus}") == council
    assert reporting.council_of(f"http://localhost:8000/id/{focus}") == council


def test_groups_are_by_council_then_gravity(shapes: Shapes) -> None:
    told = [(g.council, g.severity, g.rule, len(g.results)) for g in reporting.groups(EVERYTHING, shapes)]
    assert told == [
        ("", "Warning", "Organisation: Organisation-cg", 1),
        ("EVB", "Violation", "Judgement: score", 1),
        ("NMR", "Violation", "Judgement: score", 5),
        ("NMR", "Info", "Assessment: A rating was published", 1),
    ]


def test_lines_begin_with_the_counts(shapes: Shapes) -> None:
    told = reporting.lines(EVERYTHING, shapes, most=2)
    assert told[0] == "does not conform, 6 violations, 1 warning, 1 note"
    assert "shared nodes:" in told
    assert "  Violation, 5 x Judgement: score" in told
    assert "      and 3 more" in told
    assert reporting.lines(report(), shapes) == ["conforms, 0 violations, 0 warnings, 0 notes"]


def test_lines_name_the_reason_for_the_slow_engine(shapes: Shapes) -> None:
    slow = ValidationReport.of([], engine="reference", fallback="look-around")
    assert "look-around" in reporting.lines(slow, shapes)[1]


def test_records_are_json(shapes: Shapes) -> None:
    told = reporting.records(EVERYTHING, shapes)
    assert json.loads(json.dumps(told)) == told
    assert told[0]["council"] == "EVB"
    assert [record["council"] for record in told if record["severity"] == "Warning"] == [None]


def test_turtle_is_a_w3c_report_without_blank_nodes() -> None:
    text = reporting.turtle(EVERYTHING, IRI)
    quads = list(parse(text, format=RdfFormat.TURTLE))
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    sh = "http://www.w3.org/ns/shacl#"
    by = [q.predicate.value.removeprefix(sh) for q in quads]
    assert by.count("result") == by.count("focusNode") == by.count("resultSeverity") == 8
    messages = {q.object.value for q in quads if q.predicate.value == f"{sh}resultMessage"}
    assert messages == {'Wrong "here".\nDo this.'}
    assert reporting.turtle(report(*reversed(EVERYTHING.results)), IRI) == text


def test_turtle_of_no_results_conforms() -> None:
    assert "sh:conforms true ." in reporting.turtle(report(), IRI)
    only_a_note = report(result("assessment/NMR-2025-05", severity="Info"))
    assert "sh:conforms false" in reporting.turtle(only_a_note, IRI)


def test_a_report_needs_an_iri() -> None:
    with pytest.raises(UsageError):
        reporting.turtle(EVERYTHING, "no iri")
