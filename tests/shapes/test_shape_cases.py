"""Every case gives exactly the results it states, from both engines; a new file is a new test."""

from __future__ import annotations

from pathlib import Path

import pytest

from councilgraph.validation import Engine, ValidationReport, read_shapes, validator
from tests.shapes.case_files import CGSH, ROOT, SHAPES, Expected, case_files, expectations, ntriples


@pytest.fixture(scope="module")
def fast() -> Engine:
    return validator("fast", shapes=SHAPES)


@pytest.fixture(scope="module")
def reference() -> Engine:
    return validator("reference", shapes=SHAPES)


def unmatched(expected: list[Expected], report: ValidationReport) -> tuple[list[str], list[str]]:
    """Expectations without a result, and results without an expectation."""
    results = list(report.results)
    lacking = []
    # The exact ones first, or an expectation without component could take another one's result.
    for one in sorted(expected, key=lambda each: not each.component):
        match = next((result for result in results if one.of(result) == one), None)
        if match is None:
            lacking.append(str(one))
        else:
            results.remove(match)
    return lacking, [str(result) for result in results]


@pytest.mark.parametrize("file", case_files(), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_case_gives_exactly_the_results_it_states(file: Path, fast: Engine, reference: Engine) -> None:
    expected = expectations(file)
    shape = CGSH + file.parent.name
    own = [one for one in expected if one.shape.startswith(shape.removesuffix("Shape"))]
    if file.stem.startswith("fail-"):
        assert own, "a failing case must expect a result from the shape of its folder"
    else:
        assert file.stem.startswith("pass-"), "a case is called pass-* or fail-*"
        assert not [one for one in expected if one.shape == shape]
        assert not [one for one in expected if one.severity == "Violation"]
    graph = ntriples(file)
    by_fast, by_reference = fast.validate(graph), reference.validate(graph)
    assert unmatched(expected, by_fast) == ([], [])
    assert unmatched(expected, by_reference) == ([], [])
    # Focus, path, component, value, shape, severity and message: nothing may differ.
    assert by_fast.results == by_reference.results


def test_a_missing_and_a_surplus_result_are_both_told() -> None:
    expected = [Expected("https://x.example/a", "", "", CGSH + "Act-year", "Violation")]
    lacking, surplus = unmatched(expected, ValidationReport.of([], engine="none"))
    assert len(lacking) == 1
    assert surplus == []


@pytest.mark.parametrize(
    "file",
    sorted((ROOT / "ontology" / "examples").glob("*.ttl")),
    ids=lambda file: file.stem,
)
def test_the_examples_of_the_ontology_can_be_loaded(file: Path, fast: Engine) -> None:
    violations = [r for r in fast.validate(ntriples(file)).results if r.severity == "Violation"]
    assert violations == []


def test_every_message_says_what_is_wrong_and_what_to_do() -> None:
    """A message has at least two parts: the fault, then the cure."""
    shapes = read_shapes(SHAPES)
    for shape in {one.shape for file in case_files() for one in expectations(file)}:
        message = shapes.message(shape)
        assert message.count(". ") + message.count("; ") + message.count(": ") >= 1, shape
        assert message.endswith("."), shape
