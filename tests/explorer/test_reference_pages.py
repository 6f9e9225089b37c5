"""Pages of the ontology, of data quality and about the data; and what holds for all evidence pages."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from starlette.testclient import TestClient

from councilgraph.explorer.examples import examples
from councilgraph.explorer.page import Asked, NotFoundError
from councilgraph.explorer.pages import (
    about,
    data_quality,
    laws,
    ontology,
    organisations,
    search,
    statements,
    strategies,
    themes,
)
from councilgraph.explorer.quality import Problem
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.explorer.vocabulary import vocabulary
from councilgraph.terms import CLASSES, PROPERTIES
from tests.conftest import ROOT

MODULES = (statements, themes, organisations, strategies, laws, search, data_quality, ontology, about)
KINDS = [kind for module in MODULES for kind in module.KINDS]
FIRST_PAGE = 100_000  # bytes of HTML


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_address_of_a_kind_is_a_whole_page(kind: Any, held: Snapshot, visitor: TestClient) -> None:
    addresses = [*kind.addresses(held)] or [kind.path]
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        answer = visitor.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200, address
        text = answer.text
        assert len(answer.content) < FIRST_PAGE, address
        assert len(re.findall(r"<h1[ >]", text)) == 1, address
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), (address, [one for one in ids if ids.count(one) > 1])
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids), address
        assert " style=" not in text
        assert "<script>" not in text
        levels = [int(n) for n in re.findall(r"<h([1-6])", text)]
        assert all(b <= a + 1 for a, b in pairwise(levels)), (address, levels)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_page_is_data_too(kind: Any, held: Snapshot, visitor: TestClient) -> None:
    addresses = [*kind.addresses(held)][:3]
    for address in addresses:
        answer = visitor.get(f"{address}.json")
        assert answer.status_code == 200, address
        found = answer.json()
        assert found["title"]
        for table in found["tables"].values():
            assert table["count"] == len(table["rows"])


def test_every_term_of_the_ontology_has_its_page_and_anchor(held: Snapshot, visitor: TestClient) -> None:
    terms = vocabulary(held).terms
    assert set(terms) == CLASSES | PROPERTIES
    assert all(term.label and term.definition for term in terms.values())
    text = visitor.get("/ontology").text
    assert set(re.findall(r'<dt id="([^"]+)"', text)) == set(terms)


def test_a_term_says_where_it_is_used_and_shows_an_example(visitor: TestClient) -> None:
    text = visitor.get("/ontology/citedAct").text
    assert 'href="/ontology/Citation"' in text
    assert 'href="/ontology/Act"' in text
    assert "cg:citedAct &lt;http" in text
    assert "Councils and sentences in the examples are invented." in text


def test_every_class_but_few_has_an_example(held: Snapshot) -> None:
    shown = examples(held)
    assert CLASSES - shown.keys() == set()
    for term, some in shown.items():
        assert all(term in one.part(term) for one in some)


def test_a_vocabulary_holds_every_concept_once(held: Snapshot) -> None:
    for scheme in vocabulary(held).schemes.values():
        page = ontology.make_scheme(held, Asked({"scheme": scheme.slug}))
        slugs = [one.slug for top, below in page.content["tree"] for one in (top, *below)]
        assert sorted(slugs) == sorted(one.slug for one in scheme.concepts), scheme.slug


def test_a_concept_shows_its_words_and_uses(held: Snapshot, visitor: TestClient) -> None:
    concept = vocabulary(held).concept("theme", "unpaid-carers")
    text = visitor.get("/scheme/theme/unpaid-carers", headers={"Accept": "text/html"}).text
    assert concept.hidden
    assert concept.hidden[0] in text.replace("&#39;", "'")
    assert 'href="/themes/unpaid-carers"' in text
    # Eight findings carry it, one of them rejected; and one recommendation of a peer challenge does.
    uses = {str(r["property"]): r["uses"] for r in held.records("V45") if r["concept-iri"] == concept.iri}
    assert f"{uses['theme']} statements" in text


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/ontology/Findings", "Finding"),
        ("/scheme/themes", "theme"),
    ],
)
def test_an_unknown_term_names_the_nearest(visitor: TestClient, address: str, near: str) -> None:
    answer = visitor.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert near in answer.text


def test_an_unknown_concept_names_the_nearest(held: Snapshot) -> None:
    with pytest.raises(NotFoundError) as caught:
        ontology.make_concept(held, Asked({"scheme": "theme", "concept": "unpaid-carer"}))
    assert "unpaid-carers" in caught.value.cure


def test_data_quality_tells_what_shapes_and_reading_found(visitor: TestClient) -> None:
    rows = visitor.get("/data-quality.json").json()["tables"]["problems"]["rows"]
    told = {(row["authority"], row["found-by"], row["rule"]) for row in rows}
    assert ("Kingsfell City Council", "shape", "Judgement-score") in told
    assert ("Eastvale Borough Council", "reading", "unknown-line") in told
    text = visitor.get("/data-quality").text
    assert "&lt;script&gt;" in text
    assert "1 report could not be read" in text


def test_data_quality_names_things_and_shows_no_bare_iri(held: Snapshot) -> None:
    problem = Problem(
        *(
            "",
            "shape",
            "info",
            "rule",
            "It would give https://w3id.org/councilgraph/scheme/rating/good (67%).",
        ),
        *(
            "https://w3id.org/councilgraph/id/council/NMR",
            "<https://w3id.org/councilgraph/scheme/rating/good>",
            "",
        ),
    )
    row = data_quality._problem(held, problem, {})
    assert row[5:9] == ("It would give Good (67%).", "Northmoor County Council", problem.thing, "Good")


def test_data_quality_keeps_the_folders_of_the_machine_to_itself(visitor: TestClient) -> None:
    for address in ("/data-quality", "/data-quality.json", "/data-quality.csv?table=problems"):
        assert "secret" not in visitor.get(address).text
    assert "eastvale.txt:7" in visitor.get("/data-quality").text


def test_data_quality_of_one_council(held: Snapshot) -> None:
    page = data_quality.make(held, Asked({}, {"council": ("KNG",)}))
    tables = {table.name: table for table in page.tables}
    assert [row["authority"] for row in tables["councils"].records()] == ["Kingsfell City Council"]
    assert [row["rule"] for row in tables["problems"].records()] == ["Judgement-score"]
    with pytest.raises(NotFoundError):
        data_quality.make(held, Asked({}, {"council": ("Atlantis",)}))


def test_data_quality_counts_what_a_person_looked_at(held: Snapshot) -> None:
    rows = data_quality.make(held, Asked()).tables[0].records()
    found = {row["authority"]: (row["findings"], row["checked"]) for row in rows}
    assert found["Saltmarsh Council"] == (9, 4), (
        "two findings and an arrangement accepted, one finding rejected"
    )
    assert found["London Borough of Tarn"] == (6, 0)
    states = {row["authority"]: (row["state"], row["report-text"]) for row in rows}
    assert states["Ludmere County Council"] == ("No report found", None)
    assert states["Eastvale Borough Council"] == ("Assessed", "at hand")


def test_about_tells_sources_with_licence_and_the_measured_figures(
    held: Snapshot, visitor: TestClient
) -> None:
    tables = visitor.get("/about.json").json()["tables"]
    assert [(row["source"], row["licence"]) for row in tables["sources"]["rows"]] == [
        ("Register of hedges", "https://example.org/licence/b")
    ]
    measured = json.loads((ROOT / "docs/accuracy.json").read_text("utf-8"))
    wanted = [
        (row["label"], row["precision"], row["recall"], row["f1"])
        for row in measured["parts"]["held-out"]["labels"]
    ]
    ours = [
        (row["label"], *(None if row[n] is None else float(row[n]) for n in ("precision", "recall", "f1")))
        for row in tables["accuracy"]["rows"]
        if row["part"] == "held out"
    ]
    assert ours == wanted
    text = visitor.get("/about").text
    assert "not a rank" in text
    assert "226 sentences held out" in text


def test_about_says_so_where_the_figures_are_missing(held: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about.resources, "path", lambda *parts: "/nowhere/accuracy.json")
    assert about._measured(held) == {}
    assert list(about._accuracy({})) == []
