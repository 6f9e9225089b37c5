"""The graph of links: made anew when something of it changes, and never stated twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from councilgraph.build.run import Builder, Outcome
from councilgraph.errors import InputError, StoreError
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.joined import registry_of
from councilgraph.linking.registry_build import build as build_registry
from councilgraph.store.embedded import open_embedded
from tests.conftest import Run

BASE = "https://w3id.org/councilgraph/"
PREFIXES = f"""PREFIX cg: <{BASE}def#> PREFIX void: <http://rdfs.org/ns/void#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX prov: <http://www.w3.org/ns/prov#> """
LOCAL = "organisation/local-NMR-2025-05-healthwatch-northmoor"
CHARITY = "organisation/charity-commission-1100001"
HEAD = "subject,object,judgement,role,date,note\n"


def healthwatch(code: str = "1100001", name: str = "Healthwatch Northmoor") -> Entry:
    return Entry(
        "charity-commission",
        code,
        "vcfse",
        (Name(name, "official"),),
        (("charity-commission", code), ("companies-house", "01100001")),
        ("E10009901",),
        homepage="https://hwn.example",
    )


COMPANY = Entry(
    "companies-house",
    "01100001",
    "commercial",
    (Name("HWN Ltd", "official"),),
    (("companies-house", "01100001"),),
)
PROVIDER = Entry(
    "cqc-providers", "1-101", "care-provider", (Name("Fellside", "official"),), (("ods", "RZ1"),)
)


@pytest.fixture
def named(reports: Path) -> Path:
    """Reports of which one names a body that no table has."""
    page = reports / "northmoor" / "equity.txt"
    page.write_text(page.read_text() + "\nHealthwatch Northmoor told us that people waited.\n")
    return reports


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "registry.sqlite"
    build_registry(path, [healthwatch(), COMPANY, PROVIDER])
    return path


def build(place: Path, data: Path, reports: Path, registry: Path | None = None) -> Outcome:
    return Builder(str(place), data, jobs=1, registry=registry).build([reports])


def ask(place: Path, query: str) -> list[tuple[str, ...]]:
    _, rows = open_embedded(str(place)).select(PREFIXES + query)
    return [tuple(cell.value.removeprefix(f"{BASE}id/") if cell else "" for cell in row) for row in rows]


def state(place: Path) -> list[tuple[str, ...]]:
    """What the link of the invented Healthwatch says."""
    return ask(
        place,
        f"SELECT ?o ?c ?s {{ ?l cg:linkSubject <{BASE}id/{LOCAL}> ; cg:linkObject ?o ; cg:confidence ?c ; "
        "cg:reviewState ?state BIND(STRAFTER(STR(?state), 'review-state/') AS ?s) } ORDER BY ?o",
    )


def test_a_body_that_a_report_names_is_linked_to_its_register(
    tmp_path: Path, data: Path, named: Path, registry: Path
) -> None:
    place = tmp_path / "store"
    build(place, data, named, registry)
    ((target, confidence, review),) = state(place)
    # The register has it as a voluntary body, so the name alone does not settle it.
    assert (target, review) == (CHARITY, "machine") and 0.8 < float(confidence) < 0.97
    assert ask(place, f"SELECT ?o {{ <{BASE}id/{LOCAL}> skos:closeMatch ?o }}") == [(CHARITY,)]
    assert ask(place, f"SELECT ?o {{ <{BASE}id/{LOCAL}> owl:sameAs|skos:exactMatch ?o }}") == []
    # What it leads to is described: name, and identifiers with scheme and value.
    found = ask(
        place,
        f"SELECT ?name ?scheme ?code {{ <{BASE}id/{CHARITY}> rdfs:label ?name ; cg:hasIdentifier ?i . "
        "?i cg:identifierScheme ?s ; skos:notation ?code BIND(STRAFTER(STR(?s), 'scheme/') AS ?scheme) } "
        "ORDER BY ?code",
    )
    assert found == [
        ("Healthwatch Northmoor", "identifier-scheme/companies-house", "01100001"),
        ("Healthwatch Northmoor", "identifier-scheme/charity-commission", "1100001"),
    ]


def test_registers_are_linked_among_each_other_by_identifiers_alone(
    tmp_path: Path, data: Path, named: Path, registry: Path
) -> None:
    place = tmp_path / "store"
    build(place, data, named, registry)
    same = ask(
        place, "SELECT ?s ?o { ?s owl:sameAs ?o FILTER(CONTAINS(STR(?s), '/organisation/')) } ORDER BY ?s ?o"
    )
    assert (CHARITY, "organisation/companies-house-01100001") in same
    assert (
        "organisation/companies-house-01100001",
        "http://business.data.gov.uk/id/company/01100001",
    ) in same
    assert ("organisation/ods-RZ1", "organisation/cqc-providers-1-101") in same
    # Every identity and every likeness is told by a link, and the other way round.
    told = ask(place, "SELECT ?s ?o { ?l cg:linkSubject ?s ; cg:linkObject ?o } ORDER BY ?s ?o")
    stated = ask(place, "SELECT ?s ?o { ?s owl:sameAs|skos:exactMatch|skos:closeMatch ?o } ORDER BY ?s ?o")
    assert [pair for pair in stated if pair[0].startswith(("organisation/", "council/"))] == told


def test_no_statement_stands_in_two_graphs(
    tmp_path: Path, data: Path, named: Path, registry: Path, run: Run
) -> None:
    place = tmp_path / "store"
    build(place, data, named, registry)
    found = run("query", "C06", "--store", place, "--format", "csv")
    assert found.stdout.splitlines() == ["entity,property,value,problem"]
    checked = run("validate", "--store", place)
    assert checked.stdout.startswith("conforms, 0 violations"), checked.stdout


def test_linksets_count_what_is_there(tmp_path: Path, data: Path, named: Path, registry: Path) -> None:
    place = tmp_path / "store"
    build(place, data, named, registry)
    sets = ask(
        place,
        "SELECT ?set ?p ?n { ?set a void:Linkset ; void:linkPredicate ?p ; void:triples ?n } ORDER BY ?set",
    )
    counted = {one[0]: int(one[2]) for one in sets}
    assert counted["linkset/charity-commission/closeMatch"] == 1
    assert counted["linkset/cqc-providers/sameAs"] == 1
    for predicate in {one[1] for one in sets}:
        ((stated,),) = ask(
            place, f"SELECT (COUNT(*) AS ?n) {{ ?s <{predicate}> ?o . ?s cg:organisationKind ?k }}"
        )
        assert sum(int(one[2]) for one in sets if one[1] == predicate) == int(stated)


def test_without_a_registry_the_tables_alone_are_asked(tmp_path: Path, data: Path, named: Path) -> None:
    place = tmp_path / "store"
    build(place, data, named)
    assert state(place) == []
    assert ask(place, "SELECT ?s { ?s owl:sameAs <http://www.wikidata.org/entity/Q99000001> }") != []


def test_nothing_changed_is_nothing_done_and_a_new_registry_links_without_reading(
    tmp_path: Path, data: Path, named: Path, registry: Path
) -> None:
    place = tmp_path / "store"
    build(place, data, named, registry)
    assert build(place, data, named, registry).unchanged
    build_registry(registry, [COMPANY, PROVIDER], force=True)
    os.utime(registry, ns=(1, 1))
    outcome = build(place, data, named, registry)
    assert not outcome.unchanged and outcome.read == 0
    assert state(place) == []
    build(tmp_path / "fresh", data, named, registry)
    assert _statements(place) == _statements(tmp_path / "fresh")


def _statements(place: Path) -> list[str]:
    return sorted(str(quad) for quad in open_embedded(str(place)).quads())


@pytest.mark.parametrize(
    ("judgement", "expected"),
    [("same", [(CHARITY, "1", "accepted")]), ("not-same", [])],
)
def test_a_judgement_counts_and_survives_rebuilds_without_reading_reports(
    tmp_path: Path, data: Path, named: Path, registry: Path, judgement: str, expected: list[tuple[str, ...]]
) -> None:
    place = tmp_path / "store"
    build(place, data, named, registry)
    (data / "curated" / "link-reviews.csv").write_text(
        HEAD + f"{LOCAL},{CHARITY},{judgement},analyst,2026-01-02,seen\n"
    )
    outcome = build(place, data, named, registry)
    assert outcome.read == 0
    assert state(place) == expected
    # The page is printed anew, and the judgement still holds.
    page = named / "northmoor" / "equity.txt"
    page.write_text(page.read_text().replace("people waited", "people had waited"))
    assert build(place, data, named, registry).read == 1
    assert state(place) == expected
    reviews = ask(
        place,
        "SELECT ?what ?day ?role ?note { ?r a cg:Review ; cg:reviews ?what ; cg:decidedOn ?day ; "
        "cg:reviewerRole ?role ; cg:note ?note }",
    )
    wanted = (
        "link/" + LOCAL.partition("/")[2] + "/" + CHARITY.partition("/")[2],
        "2026-01-02",
        "analyst",
        "seen",
    )
    assert reviews == ([wanted] if expected else [])


def test_what_a_person_is_unsure_of_is_listed_as_open_and_not_stated(
    tmp_path: Path, data: Path, named: Path, registry: Path
) -> None:
    place = tmp_path / "store"
    (data / "curated" / "link-reviews.csv").write_text(
        HEAD + f"{LOCAL},{CHARITY},unsure,analyst,2026-01-02,\n"
    )
    build(place, data, named, registry)
    assert [row[2] for row in state(place)] == ["open"]
    assert ask(place, f"SELECT ?o {{ <{BASE}id/{LOCAL}> skos:closeMatch ?o }}") == []


def test_a_judgement_of_nothing_is_a_warning_but_not_where_its_report_is_not_given(
    tmp_path: Path, data: Path, named: Path
) -> None:
    rows = "council/NMR,organisation/charity-commission-9,same,analyst,2026-01-02,\n"
    rows += (
        "organisation/local-EVB-2024-01-nobody,organisation/charity-commission-9,same,analyst,2026-01-02,\n"
    )
    (data / "curated" / "link-reviews.csv").write_text(HEAD + rows)
    outcome = build(tmp_path / "store", data, named)
    told = [w for s in outcome.sources for w in s.warnings if w.code == "review-without-effect"]
    assert len(told) == 1 and "council/NMR" in told[0].message and told[0].where.endswith(":2")


def test_a_bad_review_file_stops_the_build_and_the_store_stays(
    tmp_path: Path, data: Path, named: Path, registry: Path
) -> None:
    place = tmp_path / "store"
    build(place, data, named, registry)
    current = (place / "CURRENT").read_text()
    (data / "curated" / "link-reviews.csv").write_text(HEAD + "a,b,same,analyst,2026-01-02,\n")
    with pytest.raises(InputError):
        build(place, data, named, registry)
    assert (place / "CURRENT").read_text() == current


def test_a_damaged_registry_stops_the_build_and_the_store_stays(
    tmp_path: Path, data: Path, named: Path, registry: Path
) -> None:
    place = tmp_path / "store"
    build(place, data, named, registry)
    current = (place / "CURRENT").read_text()
    registry.write_bytes(b"<html>no registry</html>")
    with pytest.raises(InputError, match="registry"):
        build(place, data, named, registry)
    assert (place / "CURRENT").read_text() == current
    assert state(place) != []


def test_linking_needs_a_store(tmp_path: Path, data: Path) -> None:
    with pytest.raises(StoreError):
        Builder(str(tmp_path / "none"), data).link()


def test_linking_a_store_is_what_a_build_with_that_registry_gives(
    tmp_path: Path, data: Path, named: Path, registry: Path
) -> None:
    build(tmp_path / "one", data, named)
    _, linked = Builder(str(tmp_path / "one"), data, registry=registry).link()
    assert {one.found.state for one in linked.answered} >= {"probable"}
    build(tmp_path / "two", data, named, registry)
    assert _statements(tmp_path / "one") == _statements(tmp_path / "two")


def test_a_registry_is_looked_for_where_it_was_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COUNCILGRAPH_REGISTRY", raising=False)
    assert registry_of(str(tmp_path)) is None
    own = tmp_path / "registry.sqlite"
    own.touch()
    assert registry_of(str(tmp_path)) == own
    assert registry_of("http://127.0.0.1:1/") is None
    monkeypatch.setenv("COUNCILGRAPH_REGISTRY", "elsewhere.sqlite")
    assert registry_of(str(tmp_path)) == Path("elsewhere.sqlite")
    assert registry_of(str(tmp_path), own) == own
