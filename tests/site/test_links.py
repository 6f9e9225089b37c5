"""A page of a static site links to files of the site, or says what it links to instead."""

from __future__ import annotations

import pytest

from councilgraph.explorer.links import Links
from councilgraph.site.links import ABSENT, INDEX, Plan, StaticLinks


@pytest.fixture
def plan() -> Plan:
    pages = frozenset({"/", "/councils", "/councils/STS", "/councils/STS?page=2", INDEX, ABSENT})
    return Plan(pages, lambda path: path.startswith(("/static/", "/pictures/")))


@pytest.fixture
def links(plan: Plan) -> Links:
    return StaticLinks(plan, "/councils/STS")


def test_pages_link_to_files_beside_them(links: Links) -> None:
    assert links.to("/") == "../index.html"
    assert links.to("/councils") == "../councils.html"
    assert links.to("/councils/STS?page=2#findings") == "STS--page-2.html#findings"
    assert links.to("#findings") == "#findings"


def test_what_is_elsewhere_stays_as_it_is(links: Links) -> None:
    for address in ("https://www.example.org/x?y#z", "//www.example.org/", "mailto:a@example.org", ""):
        assert links.to(address) == address


def test_a_download_is_noted_and_has_one_file(links: Links, plan: Plan) -> None:
    assert links.to("/councils/STS", "csv") == "STS.csv"
    assert links.to("/councils/STS", "csv") == "STS.csv"
    assert links.to("/councils/STS", "csv", "scores") == "STS--table-scores.csv"
    assert sorted(plan.downloads.values()) == ["councils/STS--table-scores.csv", "councils/STS.csv"]


def test_styles_and_pictures_are_files_of_the_site(links: Links, plan: Plan) -> None:
    assert links.to("/static/style.css") == "../static/style.css"
    assert links.to("/pictures/partners?authority=STS", "svg") == "../pictures/partners--authority-STS.svg"
    assert plan.resources["/pictures/partners.svg?authority=STS"] == "pictures/partners--authority-STS.svg"


def test_a_list_that_somebody_narrowed_down_becomes_the_whole_list(links: Links, plan: Plan) -> None:
    assert links.to("/councils?region=north#table") == "../councils.html"
    assert plan.elsewhere == {("/councils", "without its filter"): 1}


def test_a_thing_without_a_page_is_linked_by_its_iri(links: Links) -> None:
    assert links.to("/id/finding/STS-2025-05-1") == "https://w3id.org/councilgraph/id/finding/STS-2025-05-1"
    assert links.to("/scheme/theme") == "https://w3id.org/councilgraph/scheme/theme"


def test_what_needs_a_server_leads_to_a_page_that_says_so(links: Links, plan: Plan) -> None:
    assert links.to("/sparql") == "../not-in-this-copy.html"
    assert links.to("/compare?council=STS", "csv") == "../not-in-this-copy.html"
    assert sum(plan.elsewhere.values()) == 2
