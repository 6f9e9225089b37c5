"""The reconciliation service, asked as OpenRefine asks it, and as nobody should."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from councilgraph.errors import UsageError
from councilgraph.explorer.app import create_app
from councilgraph.explorer.settings import Settings
from councilgraph.iris import IRIS
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.identifiers import chief
from councilgraph.linking.registry_build import build
from councilgraph.reconciliation.batch import MOST, parse
from tests.conftest import INVENTED, Run

TYPE = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string", "minLength": 1}, "name": {"type": "string", "minLength": 1}},
}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score", "match", "type"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^(council|organisation)/"},
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "type": {"type": "array", "items": TYPE},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "value"],
                "properties": {"id": {"type": "string"}, "value": {"type": ["boolean", "number"]}},
            },
        },
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}


@pytest.fixture(autouse=True)
def invented_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNCILGRAPH_DATA", str(INVENTED / "data"))


@pytest.fixture
def own(explorer_store: Path) -> Iterator[TestClient]:
    """A client of its own, so that no other test's tables are held."""
    with TestClient(create_app(Settings(store=str(explorer_store))), raise_server_exceptions=False) as made:
        yield made


def ask(client: TestClient, **batch: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    answer = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    jsonschema.validate(found, RESULTS)
    assert list(found) == list(batch)
    for one in found.values():
        scores = [candidate["score"] for candidate in one["result"]]
        assert scores == sorted(scores, reverse=True)
        assert sum(candidate["match"] for candidate in one["result"]) <= 1
    return {key: one["result"] for key, one in found.items()}


def test_the_manifest_says_what_the_specification_wants(own: TestClient) -> None:
    manifest = own.get("/reconcile").json()
    assert "0.2" in manifest["versions"]
    assert manifest["identifierSpace"] == IRIS.id
    assert manifest["schemaSpace"].startswith("https://")
    assert manifest["batchSize"] == MOST
    assert {"integrated-care-board", "nhs-trust"} <= {one["id"] for one in manifest["defaultTypes"]}
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert template.count("{{id}}") == 1
    for one in manifest["suggest"].values():
        path = (one["service_url"] + one["service_path"]).removeprefix("http://127.0.0.1:8090")
        assert own.get(path, params={"prefix": "n"}).status_code == 200


def test_a_batch_is_answered_query_by_query(own: TestClient) -> None:
    found = ask(
        own,
        q0={"query": "Northmoor County Council"},
        q1={"query": "Northmoor Partnership N.H.S. Trust", "type": "nhs-trust", "limit": 1},
        q2={"query": "Nobody of this name"},
    )
    assert [(one["id"], one["match"], one["score"]) for one in found["q0"][:1]] == [
        ("council/NMR", True, 100)
    ]
    assert [one["id"] for one in found["q1"]] == ["organisation/ods-RZ1"]
    assert found["q2"] == []


def test_get_and_post_give_the_same(own: TestClient) -> None:
    batch = json.dumps({"q0": {"query": "Eastvale"}})
    posted = own.post("/reconcile", data={"queries": batch}).json()
    assert own.get("/reconcile", params={"queries": batch}).json() == posted != {}


def test_it_answers_as_the_command_does(own: TestClient, run: Run, tmp_path: Path) -> None:
    names = [
        *("Northmoor County Council", "Eastvale", "Saltmarsh", "Northmoor ICB", "NHS Vale and Marsh ICB"),
        *("Care Visits Inspectorate", "CCC", "Northmor County Council", "the ICB", "RZ1", "E10009901"),
        *("Vale, Marsh and Coast NHS Foundation Trust", "Northmoor Mental Health NHS Trust", "Elsewhere"),
    ]
    given_list = tmp_path / "list.csv"
    with given_list.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Body"], *([name] for name in names)])
    done = run("reconcile", given_list, "--column", "Body", "--data", INVENTED / "data", "--quiet")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(done.stdout.splitlines()))
    found = ask(own, **{str(n): {"query": name} for n, name in enumerate(names)})
    assert {row["state"] for row in rows} == {"certain", "probable", "unresolved"}
    for number, row in enumerate(rows):
        candidates = found[str(number)]
        sure = [one["name"] for one in candidates if one["match"]]
        assert sure == ([row["label"]] if row["state"] == "certain" else []), row
        if row["state"] == "probable":
            assert candidates[0]["name"] == row["label"]


def test_area_and_date_decide_between_bodies(own: TestClient) -> None:
    def board(area: str, date: str) -> list[str]:
        properties = [{"pid": "area", "v": area}, {"pid": "date", "v": date}, {"pid": "colour", "v": "blue"}]
        asked = {"query": "the ICB", "type": ["integrated-care-board"], "properties": properties}
        return [one["id"] for one in ask(own, q=asked)["q"]][:1]

    assert board("Saltmarsh", "2025-01-01") == ["organisation/ods-QZ2"]
    assert board("E06009903", "2025-01") == ["organisation/ods-QZ2"]
    assert board("Nowhere", "2025-01-01") == []


def test_an_identifier_beside_the_name_is_proof(own: TestClient) -> None:
    asked = {"properties": [{"pid": "identifier", "v": ["RZ1"]}]}
    (found,) = ask(own, q=asked)["q"]
    assert (found["id"], found["match"]) == ("organisation/ods-RZ1", True)


@pytest.mark.parametrize("written", ["organisation/ods-QZ1", IRIS.id + "organisation/ods-QZ1"])
def test_our_own_identifier_finds_its_body(own: TestClient, written: str) -> None:
    (found,) = ask(own, q={"query": written})["q"]
    assert found["name"] == "NHS Northmoor Integrated Care Board"
    assert found["match"]
    (suggested,) = own.get("/reconcile/suggest/entity", params={"prefix": written}).json()["result"]
    assert suggested["id"] == found["id"]


def test_every_identifier_given_out_leads_to_a_page_and_a_preview(own: TestClient) -> None:
    found = own.get("/reconcile/suggest/entity", params={"prefix": "n"}).json()["result"]
    assert len(found) > 2
    for one in found:
        view = own.get("/reconcile/view", params={"id": one["id"]})
        assert view.status_code == 200
        assert one["name"] in view.text
        preview = own.get("/reconcile/preview", params={"id": one["id"]})
        assert one["name"] in preview.text
        # A client shows it in a frame of its own page.
        assert "frame-ancestors *" in preview.headers["content-security-policy"]


def test_a_body_that_only_a_register_knows_is_found_and_shown(
    explorer_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    charity = Entry(
        "charity-commission",
        "1999999",
        "vcfse",
        (Name("<b>Moorland</b> Carers & Friends", "official"),),
        (("charity-commission", "1999999"),),
    )
    registry = tmp_path / "registry.sqlite"
    build(registry, [charity])
    monkeypatch.setenv("COUNCILGRAPH_REGISTRY", str(registry))
    with TestClient(create_app(Settings(store=str(explorer_store)))) as client:
        (found,) = ask(client, q={"query": "GB-CHC-1999999"})["q"]
        assert found["id"] == "organisation/charity-commission-1999999"
        assert chief(charity) in found["description"]
        shown = client.get("/reconcile/view", params={"id": found["id"]})
        assert "&lt;b&gt;Moorland&lt;/b&gt; Carers &amp; Friends" in shown.text
        assert "No report" in shown.text


def test_names_are_suggested_by_their_beginning_page_by_page(
    own: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def names(**asked: str) -> list[str]:
        found = own.get("/reconcile/suggest/entity", params=asked).json()["result"]
        return [one["name"] for one in found]

    assert "Northmoor County Council" in names(prefix="northm")
    assert names(prefix="") == names(prefix="zzz") == []
    whole = names(prefix="n")
    monkeypatch.setattr("councilgraph.reconciliation.service.SUGGESTED", 2)
    parts = [name for cursor in range(0, len(whole), 2) for name in names(prefix="n", cursor=str(cursor))]
    assert parts == whole
    types = own.get("/reconcile/suggest/type", params={"prefix": "trust"}).json()["result"]
    assert [one["id"] for one in types] == ["nhs-trust"]


@pytest.mark.parametrize(
    ("batch", "status"),
    [
        ("", 400),
        ("nonsense", 400),
        ("[]", 400),
        ('{"q": 1}', 400),
        ('{"q": {}}', 400),
        ('{"q": {"query": ""}}', 400),
        ('{"q": {"query": 1}}', 400),
        ('{"q": {"query": "x", "limit": 0}}', 400),
        ('{"q": {"query": "x", "limit": "many"}}', 400),
        ('{"q": {"query": "x", "type": "no-kind"}}', 400),
        ('{"q": {"query": "x", "type": [1]}}', 400),
        ('{"q": {"query": "x", "properties": {}}}', 400),
        ('{"q": {"query": "x", "properties": [{"pid": "area"}]}}', 400),
        ('{"q": {"query": "x", "properties": [{"pid": "date", "v": "soon"}]}}', 400),
        ('{"q": {"query": "x", "other": 1}}', 400),
        ("[" * 100_000, 400),
        (json.dumps({str(n): {"query": "x"} for n in range(MOST + 1)}), 413),
    ],
)
def test_what_is_no_batch_is_refused_with_a_reason(own: TestClient, batch: str, status: int) -> None:
    answer = own.post("/reconcile", data={"queries": batch})
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_name_as_long_as_a_book_matches_nobody(own: TestClient) -> None:
    assert ask(own, q={"query": "Northmoor " * 5_000}) == {"q": []}


def test_answers_are_never_scripts(own: TestClient) -> None:
    batch = json.dumps({"q": {"query": "Eastvale"}})
    assert own.get("/reconcile", params={"callback": "steal"}).status_code == 400
    assert own.get("/reconcile", params={"callback": "", "queries": batch}).status_code == 400
    assert own.post("/reconcile", data={"callback": "steal", "queries": batch}).status_code == 400
    assert own.get("/reconcile/suggest/entity", params={"prefix": "n", "callback": "a"}).status_code == 400


def test_only_a_form_is_taken(own: TestClient) -> None:
    assert own.post("/reconcile", json={"q": {"query": "x"}}).status_code == 415
    assert own.post("/reconcile", data={"other": "x"}).status_code == 400
    bad = {"content-type": "application/x-www-form-urlencoded"}
    assert own.post("/reconcile", content=b"queries=\xff\xfe", headers=bad).status_code == 400
    assert own.get("/reconcile/suggest/entity", params={"prefix": "n", "cursor": "-1"}).status_code == 400
    assert own.get("/reconcile/suggest/colour").status_code == 404
    assert own.get("/reconcile/view", params={"id": "council/NOBODY"}).status_code == 404
    assert own.get("/reconcile/preview", params={"id": "../../etc/passwd"}).status_code == 404


def test_programs_of_any_site_may_ask(own: TestClient) -> None:
    asked = {"origin": "https://refine.example", "access-control-request-method": "POST"}
    for path in ("/reconcile", "/reconcile/suggest/entity"):
        answer = own.options(path, headers=asked)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "POST" in answer.headers["access-control-allow-methods"]
    assert own.get("/reconcile").headers["access-control-allow-origin"] == "*"


def test_a_registry_that_has_changed_is_opened_anew(app: FastAPI, own: TestClient) -> None:
    ask(own, q={"query": "Eastvale"})
    first = own.app.state.reconciler  # type: ignore[attr-defined]
    ask(own, q={"query": "Eastvale"})
    assert own.app.state.reconciler is first  # type: ignore[attr-defined]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
QUERIES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("query", "type", "limit", "properties", "type_strict"), VALUES)
)


@settings(max_examples=300)
@given(st.dictionaries(st.text(max_size=5), QUERIES | VALUES, max_size=3))
def test_no_batch_breaks_the_reading(batch: object) -> None:
    try:
        found = parse(json.dumps(batch))
    except UsageError as error:
        assert error.cure
    else:
        assert all(one.limit >= 1 for one in found.values())
