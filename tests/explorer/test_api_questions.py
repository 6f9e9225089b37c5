"""The interface for programs keeps to what its description promises."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import openpyxl
import pyoxigraph
import pytest
from starlette.testclient import TestClient

from councilgraph.explorer import asking
from councilgraph.explorer.app import create_app
from councilgraph.explorer.settings import Limits, Settings
from councilgraph.explorer.snapshot import Snapshot
from tests.conftest import ROOT
from tests.explorer.test_questions import needed

ADDRESS = "http://127.0.0.1:8090"


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, object]:
    return dict(client.get("/api/openapi.json").json())


def test_the_description_is_openapi(described: dict[str, object]) -> None:
    from openapi_spec_validator import validate

    validate(described)


def test_every_question_has_a_path_and_each_answer_is_as_described(
    client: TestClient, snapshot: Snapshot, described: dict[str, object]
) -> None:
    paths = dict(described["paths"])  # type: ignore[call-overload]
    for query in asking.stored(snapshot):
        operation = paths[f"/api/questions/{query.id}"]["get"]
        assert [one["name"] for one in operation["parameters"]] == [one.name for one in query.parameters]
        answer = client.get(f"/api/questions/{query.id}", params=needed(query))
        assert answer.status_code == 200, query.id
        content = operation["responses"]["200"]["content"]
        assert answer.headers["content-type"].partition(";")[0] in content
        if query.form == "SELECT":
            schema = {**content["application/json"]["schema"], "components": described["components"]}
            jsonschema.validate(answer.json(), schema)
            assert answer.json()["count"] == len(answer.json()["rows"])
    assert set(paths) == {"/api/questions", *(f"/api/questions/{q.id}" for q in asking.stored(snapshot))}


def test_the_values_that_it_lists_are_taken(
    client: TestClient, snapshot: Snapshot, described: dict[str, object]
) -> None:
    schemas = dict(described["components"])["schemas"]  # type: ignore[call-overload]
    assert schemas["parameter-authority"]["enum"] == ["EVB", "NMR", "SLM"]
    for type in ("authority", "theme", "region", "polarity", "voice", "statement", "kind", "type"):
        query, parameter = next(
            (query, p) for query in asking.stored(snapshot) for p in query.parameters if p.type == type
        )
        for value in schemas[f"parameter-{type}"]["enum"]:
            asked = {**needed(query), parameter.name: value}
            assert client.get(f"/api/questions/{query.id}.rq", params=asked).status_code == 200


def test_an_answer_names_its_build_its_licence_and_what_was_asked(
    client: TestClient, snapshot: Snapshot
) -> None:
    answer = client.get("/api/questions/Q01?region=moorland&limit=1").json()
    assert answer["version"] == snapshot.version
    assert answer["licence"].startswith("https://")
    assert answer["parameters"] == {"region": "moorland", "limit": "1"}
    assert "machine" in answer["note"]


def test_the_form_is_that_of_the_suffix_or_of_accept(client: TestClient, snapshot: Snapshot) -> None:
    names = [row["authority"] for row in snapshot.records("Q01")]
    by_suffix = client.get("/api/questions/Q01.csv")
    by_accept = client.get("/api/questions/Q01", headers={"accept": "text/csv"})
    assert by_suffix.content == by_accept.content
    assert [row["authority"] for row in csv.DictReader(io.StringIO(by_suffix.text))] == names
    book = openpyxl.load_workbook(io.BytesIO(client.get("/api/questions/Q01.xlsx").content))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)] == names
    tsv = csv.DictReader(io.StringIO(client.get("/api/questions/Q01.tsv").text), delimiter="\t")
    assert [row["authority"] for row in tsv] == names
    found = pyoxigraph.parse_query_results(
        client.get("/api/questions/Q01.srj").content, format=pyoxigraph.QueryResultsFormat.JSON
    )
    assert [row["authority"].value for row in found] == names  # type: ignore[union-attr, index]
    text = client.get("/api/questions/Q01.rq").text
    assert len(list(snapshot.graph.store.select(text)[1])) == len(names)


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld"])
def test_a_view_is_given_as_rdf(client: TestClient, snapshot: Snapshot, suffix: str) -> None:
    formats = {
        "ttl": pyoxigraph.RdfFormat.TURTLE,
        "nt": pyoxigraph.RdfFormat.N_TRIPLES,
        "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }
    answer = client.get(f"/api/questions/V01.{suffix}?authority=northmoor")
    found = {quad.triple for quad in pyoxigraph.parse(answer.content, format=formats[suffix])}
    assert found == set(snapshot.graph.construct("V01", authority="northmoor").triples) != set()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/questions/Q99", 404),
        ("/api/questions/Q01.exe", 404),
        ("/api/questions/Q01.ttl", 404),
        ("/api/questions/V01.csv?authority=northmoor", 404),
        ("/api/questions/Q04", 400),
        ("/api/questions/Q04?authority=", 400),
        ("/api/questions/Q04?authority=nobody", 400),
        ("/api/questions/Q01?limit=0", 400),
        ("/api/questions/Q01?limit=1&limit=2", 400),
        ("/api/questions/Q01?other=1", 400),
        ("/api/questions/Q09?since=2025-13", 400),
        ("/api/questions/Q09?since=%00", 400),
        ("/api/nothing", 404),
        ("/api/questions/wikidata-nhs-trusts", 404),
    ],
)
def test_errors_are_problems_with_a_cure(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["cure"]


def test_a_form_that_nobody_has_is_refused(client: TestClient) -> None:
    answer = client.get("/api/questions/Q01", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["detail"]


def test_nothing_can_be_changed(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/api/questions/Q01").status_code == 405


def test_an_answer_that_a_reader_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/questions/Q01?region=moorland")
    again = client.get("/api/questions/Q01?region=moorland", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        "/api/questions/Q01.csv?region=moorland", headers={"if-none-match": first.headers["etag"]}
    )
    assert other.status_code == 200


@pytest.mark.parametrize("limits", [Limits(result_rows=1), Limits(result_bytes=100)])
def test_an_answer_beyond_a_limit_is_an_error_that_names_it(explorer_store: Path, limits: Limits) -> None:
    narrow = create_app(Settings(store=str(explorer_store), limits=limits))
    with TestClient(narrow) as client:
        answer = client.get("/api/questions/Q01")
        assert answer.status_code == 400
        assert "at most" in answer.json()["detail"]
        assert client.get("/api/questions/Q01.rq").status_code == 200


def test_the_list_holds_every_question(client: TestClient, snapshot: Snapshot) -> None:
    found = client.get("/api/questions").json()["questions"]
    assert [one["id"] for one in found] == [query.id for query in asking.stored(snapshot)]
    assert found[0]["answer"] == f"{ADDRESS}/api/questions/{found[0]['id']}"
    carers = client.get("/api/questions?q=unpaid carers").json()["questions"]
    assert 0 < len(carers) < len(found)


def test_the_description_for_people_asks_nobody_else(client: TestClient) -> None:
    answer = client.get("/api/docs")
    assert answer.status_code == 200
    assert "http://cdn" not in answer.text
    assert "https://cdn" not in answer.text
    assert json.dumps("/api/questions/Q01")[1:-1] in answer.text


def test_programs_of_any_site_may_ask(client: TestClient) -> None:
    asked = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
    assert client.options("/api/questions/Q01", headers=asked).headers["access-control-allow-origin"] == "*"
    assert client.get("/api/questions/Q01").headers["access-control-allow-origin"] == "*"


def test_the_addresses_in_the_documentation_answer(client: TestClient) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    addresses = re.findall(r"http://127\.0\.0\.1:8090(/[^\s'`)]*)", text)
    assert len(addresses) > 4
    for address in addresses:
        # Of the councils of the example only invented ones are in the tests.
        answer = client.get(address.replace("STS", "NMR"))
        assert answer.status_code == 200, address
    for path in re.findall(r"^\| `(/[a-z/.]+)` \|", text, re.MULTILINE):
        assert client.get(path).status_code == 200, path


def test_the_months_that_are_described_are_those_that_are_taken(
    client: TestClient, described: dict[str, object]
) -> None:
    pattern = dict(described["components"])["schemas"]["parameter-month"]["pattern"]  # type: ignore[call-overload]
    for month in ("2025", "2025-03", "2025-03-31", "2024-02-29", "1900", "2199-12"):
        assert re.search(pattern, month)
        assert client.get("/api/questions/Q09.rq", params={"since": month}).status_code == 200
    for month in ("25", "2025-13", "2025-3", "2025-00", "2200", "2025-01-32", "2025-01-01x"):
        assert not re.search(pattern, month)
        assert client.get("/api/questions/Q09.rq", params={"since": month}).status_code == 400


def test_a_field_that_nobody_filled_counts_as_not_given(client: TestClient) -> None:
    assert client.get("/api/questions/Q01?region=&limit=").json()["parameters"] == {}
