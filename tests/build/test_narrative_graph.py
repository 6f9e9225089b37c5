"""From a page of prose to the graph: each kind of evidence, and the way back to its sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from councilgraph.api import Graph, open_graph
from councilgraph.build.run import Builder

CG = "https://w3id.org/councilgraph/"
PREFIX = f"""
PREFIX cg: <{CG}def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
PAGE = """Northmoor County Council: local authority assessment

Published: 30 May 2025 Page last updated: 30 May 2025

Partnerships and communities

Score: 3

3 - Evidence shows a good standard

Key findings for this quality statement

There was a long-standing Section 75 agreement between the local authority and Northmoor \
Partnership NHS Trust (NPT), under which NPT delivered mental health social work. The local \
Integrated Care Board told us that decisions about discharge took too long.

The Section 75 agreement with NPT had strong governance. For example, its joint board met \
every month and heard from unpaid carers.

Moorland Carers Hub was commissioned by the local authority to provide advice to unpaid \
carers. Carers told us they waited 12 weeks for a reply, and 1,23 people were on a list.

The All Age Carers Strategy (2024-2029) had been co-produced with carers. The local authority \
used Section 42 of the Care Act 2014 to decide which concerns became enquiries.
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, invented_data: Path) -> Graph:
    place = tmp_path_factory.mktemp("narrative")
    (place / "page.txt").write_text(PAGE, encoding="utf-8")
    outcome = Builder(str(place / "store"), invented_data, jobs=1).build([place / "page.txt"])
    assert not outcome.refused
    return open_graph(str(place / "store"))


@pytest.fixture(scope="module")
def ask(graph: Graph) -> Callable[[str], list[tuple[str, ...]]]:
    def of(where: str) -> list[tuple[str, ...]]:
        records = graph.sparql(PREFIX + where).records()
        return [tuple(str(value).removeprefix(CG) for value in record.values()) for record in records]

    return of


Ask = Callable[[str], list[tuple[str, ...]]]


def test_every_sentence_has_polarity_voice_confidence_and_what_gave_them(ask: Ask) -> None:
    (told,) = ask(
        """SELECT (COUNT(DISTINCT ?f) AS ?all) (COUNT(DISTINCT ?p) AS ?judged) {
             ?f a cg:Finding .
             OPTIONAL { ?f cg:polarity ?polarity ; cg:voice ?voice ; cg:confidence ?sure ; cg:givenBy ?rule
                        FILTER (?sure > 0 && ?sure < 1) BIND (?f AS ?p) } }"""
    )
    assert told == ("8", "8")


def test_an_illustration_leads_to_what_it_illustrates(ask: Ask) -> None:
    (found,) = ask(
        """SELECT ?text { ?f cg:illustrates ?other . ?other cg:passage/oa:hasSelector/oa:exact ?text }"""
    )
    assert found == ("The Section 75 agreement with NPT had strong governance.",)


def test_a_judgement_leads_to_the_findings_that_it_rests_on(ask: Ask) -> None:
    (found,) = ask("SELECT ?j (COUNT(?f) AS ?n) { ?j a cg:Judgement ; cg:evidence ?f } GROUP BY ?j")
    assert found == ("id/judgement/NMR-2025-05/partnerships", "8")


def test_named_bodies_and_their_abbreviations_are_the_registered_one(ask: Ask) -> None:
    found = ask(
        """SELECT ?words ?body ?method { ?m a cg:Mention ; cg:exactText ?words ;
             cg:mentionedOrganisation ?body ; cg:linkMethod ?method ; cg:organisationKind ?kind
             FILTER STRENDS(STR(?kind), "nhs-trust") } ORDER BY ?words"""
    )
    trust = "id/organisation/ods-RZ1"
    assert {(words, body) for words, body, _ in found} == {
        ("Northmoor Partnership NHS Trust", trust),
        ("NPT", trust),
    }


def test_a_kind_of_body_is_that_of_the_area_on_the_day_and_marked_as_inferred(ask: Ask) -> None:
    (found,) = ask(
        """SELECT ?words ?body ?method ?kind { ?m cg:exactText ?words ; cg:mentionKind ?kind ;
             cg:mentionedOrganisation ?body ; cg:linkMethod ?method ;
             cg:organisationKind ?of FILTER STRENDS(STR(?of), "integrated-care-board") }"""
    )
    assert found == (
        "local Integrated Care Board",
        "id/organisation/ods-QZ1",
        "scheme/link-method/area-and-date",
        "scheme/mention-kind/generic",
    )


def test_an_arrangement_told_twice_is_one_with_its_parties_law_and_evidence(ask: Ask) -> None:
    (found,) = ask(
        """SELECT ?p (COUNT(DISTINCT ?f) AS ?evidence) (COUNT(DISTINCT ?party) AS ?parties)
                  (SAMPLE(?basis) AS ?law) {
             ?p a cg:Partnership ; cg:partnershipType ?type ; cg:evidence ?f ; cg:party ?party ;
                cg:legalBasis ?basis FILTER STRENDS(STR(?type), "section-75-agreement") } GROUP BY ?p"""
    )
    assert found[1:] == ("2", "2", "http://www.legislation.gov.uk/id/ukpga/2006/41/section/75")


def test_a_strategy_has_its_title_years_and_that_it_was_co_produced(ask: Ask) -> None:
    (found,) = ask(
        """SELECT ?title ?start ?end ?made { ?s a cg:Strategy ; dcterms:title ?title ;
             cg:startYear ?start ; cg:endYear ?end ; cg:coProduced ?made }"""
    )
    assert found == ("All Age Carers Strategy", "2024", "2029", "True")


def test_figures_keep_their_unit_and_a_malformed_one_its_digits(ask: Ask) -> None:
    found = ask("SELECT ?value ?unit { ?s a cg:Statistic ; cg:value ?value ; cg:unit ?unit } ORDER BY ?unit")
    assert found == [("1,23", "scheme/unit/count"), ("12", "scheme/unit/weeks")]


def test_law_is_its_act_and_section(ask: Ask) -> None:
    found = ask(
        """SELECT DISTINCT ?section ?label { ?c a cg:Citation ; cg:citedSection ?section .
             ?section rdfs:label ?label } ORDER BY ?section"""
    )
    assert [section.rpartition("/id/")[2] for section, _ in found] == [
        "ukpga/2006/41/section/75",
        "ukpga/2014/23/section/42",
    ]


def test_every_piece_of_evidence_leads_to_a_sentence_of_the_page(ask: Ask) -> None:
    found = ask(
        """SELECT ?thing ?text { ?thing a ?class ; cg:evidence/cg:passage/oa:hasSelector/oa:exact ?text
             FILTER (?class IN (cg:Partnership, cg:Strategy, cg:Statistic, cg:Citation)) }"""
    )
    assert len(found) >= 7
    assert all(text in PAGE for _, text in found)


def test_the_machines_work_says_so_and_who_did_it(ask: Ask) -> None:
    found = ask(
        """SELECT DISTINCT ?state ?agent { ?thing cg:reviewState ?state ;
             prov:wasGeneratedBy/prov:wasAssociatedWith ?agent }"""
    )
    assert found == [("scheme/review-state/machine", "id/agent/councilgraph")]
