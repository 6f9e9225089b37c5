"""On the real sample reports every body with a register entry to hand is the right one, none a wrong one.

Skipped where the samples are not at hand.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from councilgraph.linking.joined import opened
from councilgraph.linking.matching import match
from councilgraph.resources import data_folder
from loaders.registers import tables
from tests.conftest import ROOT, Run

SAMPLES = ROOT.parent / "shared" / "reports"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample reports are not at hand (../shared/reports)"
)
ID = "https://w3id.org/councilgraph/id/"
PREFIXES = """PREFIX cg: <https://w3id.org/councilgraph/def#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX org: <http://www.w3.org/ns/org#> """

# Whom the reports mean, as the registers have them (shared/guide/identifiers.md and the tables).
RIGHT = {
    "LIN-2023-11": {"council/LIN": None, "organisation/ods-QJM": "integrated-care-board"},
    "STS-2025-05": {
        "council/STS": None,
        "organisation/ods-QNC": "integrated-care-board",
        "organisation/ods-RRE": "nhs-trust",
        "organisation/gss-E23000015": "police",
        "organisation/gor-D106": "regulator",
        "organisation/gor-PB503": "regulator",
        "organisation/name-skills-for-care": "national-body",
    },
}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    place = tmp_path_factory.mktemp("samples") / "store"
    done = run("build", "--store", place, "--reports", SAMPLES)
    assert done.returncode == 0, done.stderr
    return place


def ask(run: Run, store: Path, query: str) -> list[list[str]]:
    done = run("sparql", PREFIXES + query, "--store", store, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return [[cell.removeprefix(ID) for cell in row] for row in csv.reader(io.StringIO(done.stdout))][1:]


def test_every_body_with_a_register_entry_is_the_right_one_and_none_a_wrong_one(
    samples: Path, run: Run
) -> None:
    named = ask(
        run,
        samples,
        "SELECT DISTINCT ?a ?o { ?m cg:mentionedOrganisation|cg:party ?o ; cg:inAssessment ?a } "
        "ORDER BY ?a ?o",
    )
    found: dict[str, set[str]] = {}
    for assessment, body in named:
        if "/local-" not in body:
            found.setdefault(assessment.partition("/")[2], set()).add(body)
    for report, bodies in found.items():
        assert bodies <= set(RIGHT[report]), report
    assert found["STS-2025-05"] == set(RIGHT["STS-2025-05"])
    # What the tables do not have is linked to nobody.
    assert ask(run, samples, "SELECT ?o { ?s skos:closeMatch ?o . ?s cg:organisationKind ?k }") == []


def test_the_councils_and_the_force_lead_to_their_records_elsewhere(samples: Path, run: Run) -> None:
    found = ask(
        run,
        samples,
        f"SELECT ?o {{ VALUES ?s {{ <{ID}council/STS> <{ID}organisation/gss-E23000015> }} "
        "?s owl:sameAs ?o } ORDER BY ?o",
    )
    assert [one for (one,) in found] == [
        "http://opendatacommunities.org/id/county-council/staffordshire",
        "http://www.wikidata.org/entity/Q6386295",
        "http://www.wikidata.org/entity/Q7596704",
    ]
    area = ask(run, samples, f"SELECT ?a {{ <{ID}council/STS> cg:area ?a }}")
    assert area == [["http://statistics.data.gov.uk/id/statistical-geography/E10000028"]]
    assert ask(run, samples, f"SELECT ?a {{ <{ID}council/STS> owl:sameAs ?a . ?a a cg:Area }}") == []


def test_the_boards_have_their_dates_and_their_successors(samples: Path, run: Run) -> None:
    found = ask(
        run,
        samples,
        f"""SELECT ?b ?from ?until ?code {{
          VALUES ?b {{ <{ID}organisation/ods-QNC> <{ID}organisation/ods-QJM> }}
          ?b cg:validFrom ?from ; cg:hasIdentifier ?i . ?i skos:notation ?code
          FILTER(STRLEN(?code) = 3) OPTIONAL {{ ?b cg:validUntil ?until }} }} ORDER BY ?b""",
    )
    assert [[row[0], row[1], row[3]] for row in found] == [
        ["organisation/ods-QJM", "2022-07-01", "QJM"],
        ["organisation/ods-QNC", "2022-07-01", "QNC"],
    ]
    for body, _, until, _ in found:
        heirs = ask(
            run,
            samples,
            f"SELECT ?h {{ ?x org:originalOrganization <{ID}{body}> ; org:resultingOrganization ?h }}",
        )
        assert bool(heirs) == bool(until), body


def test_the_law_cited_is_named_as_its_publisher_names_it(samples: Path, run: Run) -> None:
    acts = ask(run, samples, "SELECT DISTINCT ?act { ?c cg:citedAct ?act } ORDER BY ?act")
    head = "http://www.legislation.gov.uk/id/ukpga/"
    assert acts and all(act.startswith(head) for (act,) in acts)
    titled = ask(
        run,
        samples,
        "SELECT ?act { ?c cg:citedAct ?act FILTER NOT EXISTS "
        "{ ?act <http://www.w3.org/2000/01/rdf-schema#label> ?l } }",
    )
    assert titled == []


@pytest.mark.parametrize(
    ("name", "kind", "council", "code"),
    [
        ("Staffordshire County Council", None, "E10000028", "STS"),
        ("Midlands Partnership University NHS Foundation Trust", None, "E10000028", "RRE"),
        ("MPFT", "nhs-trust", "E10000028", "RRE"),
        ("the Integrated Care Board", "integrated-care-board", "E10000028", "QNC"),
        ("the Integrated Care Board", "integrated-care-board", "E10000019", "QJM"),
        ("the police", "police", "E10000028", "E23000015"),
        ("Staffordshire Police", None, "E10000028", "E23000015"),
        ("Lincolnshire Police", None, "E10000019", "E23000020"),
        ("Ofsted", None, "E10000028", "gor-D106"),
        ("Local Government and Social Care Ombudsman", None, "E10000028", "gor-PB503"),
        ("Support Staffordshire", "vcfse", "E10000028", None),
        ("Staffordshire Together for Carers", "vcfse", "E10000028", None),
        ("Healthwatch Lincolnshire", "healthwatch", "E10000019", None),
    ],
)
def test_the_names_of_the_samples_mean_whom_they_mean(
    name: str, kind: str | None, council: str, code: str | None
) -> None:
    from datetime import date

    with opened(tables(Path(data_folder())), None) as source:
        found = match(name, kind=kind, area=council, on=date(2025, 5, 30), source=source)
    assert (found.entry.code if found.entry else None) == code
