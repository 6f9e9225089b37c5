"""The real sample reports: nothing of them is lost. Skipped where they are not at hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

SAMPLES = ROOT.parent / "shared" / "reports"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample reports are not at hand (../shared/reports)"
)
PREFIX = "PREFIX cg: <https://w3id.org/councilgraph/def#> PREFIX prov: <http://www.w3.org/ns/prov#> "


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    place = tmp_path_factory.mktemp("samples") / "store"
    done = run("build", "--store", place, "--reports", SAMPLES)
    assert done.returncode == 0, done.stderr
    return place


def rows(run: Run, store: Path, *arguments: str) -> list[dict[str, str]]:
    done = run(*arguments, "--store", store, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_every_sentence_of_the_samples_is_a_finding(samples: Path, run: Run) -> None:
    found = rows(
        run,
        samples,
        "sparql",
        PREFIX
        + "SELECT ?a (COUNT(?f) AS ?n) { ?f a cg:Finding ; cg:inAssessment ?a } GROUP BY ?a ORDER BY ?a",
    )
    assert {r["a"].rsplit("/", 1)[1]: int(r["n"]) for r in found} == {"LIN-2023-11": 228, "STS-2025-05": 160}


def test_the_samples_keep_their_scores_facts_and_sources(samples: Path, run: Run) -> None:
    matrix = {r["authority"]: r for r in rows(run, samples, "query", "Q01", "pilots=yes")}
    staffordshire, lincolnshire = (
        matrix["Staffordshire County Council"],
        matrix["Lincolnshire County Council"],
    )
    assert len(matrix) == 73
    assert (staffordshire["published"], staffordshire["percentage"]) == ("2025-05-30", "75")
    assert (lincolnshire["published"], lincolnshire["rating"]) == ("2023-11-17", "Good (indicative)")
    facts = rows(run, samples, "sparql", PREFIX + "SELECT ?f { ?f a cg:Fact } ORDER BY ?f")
    assert len(facts) == 17
    sources = rows(
        run,
        samples,
        "sparql",
        PREFIX
        + "SELECT ?d { <https://w3id.org/councilgraph/id/assessment/STS-2025-05> prov:wasDerivedFrom ?d }",
    )
    assert len(sources) == 5, "four pages and the score table"


def test_the_samples_break_no_rule(samples: Path, run: Run) -> None:
    done = run("validate", "--store", samples)
    assert done.returncode == 0 and done.stdout.startswith("conforms, 0 violations")
