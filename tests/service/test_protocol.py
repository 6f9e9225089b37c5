"""The SPARQL 1.1 Protocol over real sockets: every way to ask, every form of an answer, every refusal."""

from __future__ import annotations

import csv
import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pyoxigraph
import pytest
from rdflib import Graph

from councilgraph.explorer.settings import Settings
from tests.service.conftest import ENDLESS, HUNGRY, LARGE, served

COUNCILS = """
PREFIX cg: <https://w3id.org/councilgraph/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?council ?label WHERE { ?council a cg:Council ; rdfs:label ?label } ORDER BY ?label
"""
TRIPLES = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } ORDER BY ?s LIMIT 5"
RESULTS = "application/sparql-results+json"
JSON = {"Accept": RESULTS}


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == RESULTS
    return [{k: v["value"] for k, v in row.items()} for row in answer.json()["results"]["bindings"]]


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    found: dict[str, Any] = answer.json()
    assert found["status"] == status and found["title"] and found["detail"]
    return found


def test_the_three_ways_to_send_a_query_give_one_answer(endpoint: str, client: httpx.Client) -> None:
    by_address = client.get(endpoint, params={"query": COUNCILS}, headers=JSON)
    by_form = client.post(endpoint, data={"query": COUNCILS}, headers=JSON)
    directly = client.post(
        endpoint,
        content=COUNCILS.encode(),
        headers={**JSON, "Content-Type": "application/sparql-query; charset=UTF-8"},
    )
    found = rows(by_address)
    assert found and "Northmoor County Council" in [row["label"] for row in found]
    assert rows(by_form) == rows(directly) == found


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", RESULTS),
        ("application/json", RESULTS),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (f"{RESULTS};q=0.5, text/csv;q=0.9", "text/csv; charset=utf-8"),
        ("image/png", RESULTS),
    ],
)
def test_a_table_comes_in_the_form_that_the_client_likes_best(
    endpoint: str, client: httpx.Client, accept: str, media: str
) -> None:
    answer = client.get(endpoint, params={"query": COUNCILS}, headers={"Accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"] == media
    assert "Northmoor County Council" in answer.text
    assert "accept" in answer.headers["vary"].lower()
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize(
    ("accept", "media", "parser"),
    [
        ("*/*", "text/turtle; charset=utf-8", "turtle"),
        ("text/turtle", "text/turtle; charset=utf-8", "turtle"),
        ("application/n-triples", "application/n-triples; charset=utf-8", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        (RESULTS, "text/turtle; charset=utf-8", "turtle"),
    ],
)
def test_a_graph_comes_in_the_form_that_the_client_likes_best(
    endpoint: str, client: httpx.Client, accept: str, media: str, parser: str
) -> None:
    answer = client.get(endpoint, params={"query": TRIPLES}, headers={"Accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"] == media
    assert len(Graph().parse(data=answer.text, format=parser)) == 5


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/n-quads", pyoxigraph.RdfFormat.N_QUADS),
        ("application/trig", pyoxigraph.RdfFormat.TRIG),
    ],
)
def test_a_graph_comes_as_quads_too(
    endpoint: str, client: httpx.Client, accept: str, form: pyoxigraph.RdfFormat
) -> None:
    answer = client.get(endpoint, params={"query": TRIPLES}, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    assert len(list(pyoxigraph.parse(answer.content, format=form))) == 5


def test_yes_or_no_comes_as_json_or_xml(endpoint: str, client: httpx.Client) -> None:
    yes = client.get(endpoint, params={"query": "ASK { ?s ?p ?o }"}, headers={"Accept": "text/csv"})
    assert yes.json()["boolean"] is True
    no = client.get(
        endpoint,
        params={"query": "ASK { ?s ?s ?s }"},
        headers={"Accept": "application/sparql-results+xml"},
    )
    assert "<boolean>false</boolean>" in no.text


def test_a_thing_is_described(endpoint: str, client: httpx.Client) -> None:
    council = rows(client.get(endpoint, params={"query": COUNCILS}, headers=JSON))[0]["council"]
    answer = client.post(endpoint, data={"query": f"DESCRIBE <{council}>"})
    graph = Graph().parse(data=answer.text, format="turtle")
    assert {str(one) for one in graph.subjects()} == {council} and len(graph) > 3


def test_a_format_in_the_address_wins_where_it_fits(endpoint: str, client: httpx.Client) -> None:
    as_csv = client.get(endpoint, params={"query": COUNCILS, "format": "csv"}, headers=JSON)
    assert next(csv.reader(io.StringIO(as_csv.text))) == ["council", "label"]
    unfit = client.get(endpoint, params={"query": COUNCILS, "format": "turtle"}, headers=JSON)
    assert unfit.headers["content-type"] == RESULTS
    from_a_page = client.post(
        endpoint, data={"query": COUNCILS, "format": "csv"}, headers={"Accept": "text/html,*/*;q=0.8"}
    )
    assert from_a_page.headers["content-type"].startswith("text/csv")


def test_head_tells_the_length_without_the_answer(endpoint: str, client: httpx.Client) -> None:
    whole = client.get(endpoint, params={"query": COUNCILS})
    head = client.head(endpoint, params={"query": COUNCILS})
    assert head.status_code == 200 and not head.content
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_the_graphs_of_the_protocol_are_those_that_are_asked(endpoint: str, client: httpx.Client) -> None:
    graphs = rows(
        client.get(endpoint, params={"query": "SELECT ?g { GRAPH ?g {} } ORDER BY ?g"}, headers=JSON)
    )
    one, two = graphs[0]["g"], graphs[1]["g"]
    asked = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    in_address = client.get(endpoint, params={"query": asked, "named-graph-uri": [one, two]}, headers=JSON)
    assert [row["g"] for row in rows(in_address)] == sorted([one, two])
    in_form = client.post(endpoint, data={"query": asked, "named-graph-uri": two}, headers=JSON)
    assert [row["g"] for row in rows(in_form)] == [two]
    directly = client.post(
        f"{endpoint}?default-graph-uri={quote(one, safe='')}",
        content=asked.encode(),
        headers={**JSON, "Content-Type": "application/sparql-query"},
    )
    assert rows(directly) == []


def test_without_a_query_the_service_describes_itself(endpoint: str, client: httpx.Client) -> None:
    for accept, parser in (
        ("*/*", "turtle"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ):
        answer = client.get(endpoint, headers={"Accept": accept})
        assert answer.status_code == 200
        graph = Graph().parse(data=answer.text, format=parser)
        found = graph.query(
            """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
            SELECT ?endpoint ?graph { ?service a sd:Service ; sd:endpoint ?endpoint ;
              sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph ;
              sd:defaultDataset/sd:namedGraph/sd:name ?graph }"""
        )
        graphs = {str(row[1]) for row in found}  # type: ignore[index]
        assert any(one.endswith("graph/catalog") for one in graphs) and len(graphs) > 3
        assert not [one for one in graph.all_nodes() if one.n3().startswith("_:")]
    assert "BasicFederatedQuery" not in client.get(endpoint).text


def test_a_page_of_any_other_site_may_ask(endpoint: str, client: httpx.Client) -> None:
    asked = client.options(
        endpoint,
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert asked.status_code == 204 and asked.headers["access-control-allow-origin"] == "*"
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "content-type" in asked.headers["access-control-allow-headers"].lower()
    answer = client.get(endpoint, params={"query": "ASK {}"}, headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


def test_a_browser_is_led_to_the_editor_with_its_query(endpoint: str, client: httpx.Client) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    led = client.get(endpoint, headers=browser)
    assert led.status_code == 303 and led.headers["location"] == "/editor"
    led = client.get(endpoint, params={"query": 'ASK { ?s ?p "a&b\r\nX: y" }'}, headers=browser)
    assert led.status_code == 303
    target = httpx.URL(led.headers["location"])
    assert target.path == "/editor" and target.params["query"] == 'ASK { ?s ?p "a&b\r\nX: y" }'
    assert "x" not in led.headers


@pytest.mark.parametrize(
    ("send", "status", "said"),
    [
        ({"params": {"query": "SELECT nothing"}}, 400, "not valid SPARQL"),
        ({"params": {"query": ""}}, 400, "not valid SPARQL"),
        ({"params": {"query": ["ASK {}", "ASK {}"]}}, 400, "more than one query"),
        ({"params": {"query": "ASK {}", "default-graph-uri": "no iri"}}, 400, "is not the IRI of a graph"),
        ({"data": {}, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400, "no query"),
        ({"content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400, "not UTF-8"),
        (
            {"content": b"query=%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            400,
            "not UTF-8",
        ),
        (
            {"content": b"ASK {}", "headers": {"Content-Type": "application/sparql-query; charset=utf-16"}},
            400,
            "cannot be sent in",
        ),
        (
            {"content": b"a=1&" * 2000, "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            400,
            "1000",
        ),
        ({"content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}, 415, "cannot be sent as"),
        ({"content": b"ASK {}"}, 415, "no Content-Type"),
        ({"data": {"update": "DROP ALL"}}, 403, "takes no updates"),
        ({"params": {"update": "DROP ALL"}}, 403, "takes no updates"),
        ({"data": {"query": "ASK {}", "update": "DROP ALL"}}, 403, "takes no updates"),
        (
            {"content": b"DROP ALL", "headers": {"Content-Type": "application/sparql-update"}},
            403,
            "no updates",
        ),
        ({"data": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"}}, 403, "no other servers"),
        ({"data": {"query": "INSERT DATA { <http://a> <http://b> 1 }"}}, 400, "not valid SPARQL"),
        ({"data": {"query": "LOAD <file:///etc/passwd>"}}, 400, "not valid SPARQL"),
    ],
)
def test_what_cannot_be_answered_is_said_with_what_to_do(
    endpoint: str, client: httpx.Client, send: dict[str, Any], status: int, said: str
) -> None:
    method = "GET" if "params" in send else "POST"
    found = problem(client.request(method, endpoint, **send), status)
    assert said in found["detail"]
    assert found["cure"]


def test_other_methods_are_refused(endpoint: str, client: httpx.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        assert client.request(method, endpoint, params={"query": "ASK {}"}).status_code == 405


def test_a_compressed_request_is_not_unpacked(endpoint: str, client: httpx.Client) -> None:
    answer = client.post(
        endpoint,
        content=b"\x1f\x8b" + b"0" * 100,
        headers={"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"},
    )
    assert answer.status_code == 415


def test_a_request_that_is_too_long_is_refused(narrow: str, client: httpx.Client) -> None:
    query = "ASK {} #" + "x" * 200_000
    assert client.post(narrow, data={"query": query}).status_code == 413

    def in_pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"ASK {} #" + b"x" * 10_000

    sent = client.post(narrow, content=in_pieces(), headers={"Content-Type": "application/sparql-query"})
    assert sent.status_code == 413


@pytest.mark.parametrize(
    ("query", "limit", "said"),
    [
        (ENDLESS, "time", "time limit of 2 seconds"),
        (HUNGRY, "memory", "memory limit of 32 MiB"),
        (LARGE, "size", "size limit of 200,000 bytes"),
    ],
)
def test_the_error_names_the_limit_that_was_reached(
    narrow: str, client: httpx.Client, query: str, limit: str, said: str
) -> None:
    for _ in range(6):  # a busy machine may reach the time limit before the other
        found = problem(client.post(narrow, data={"query": query}), 400)
        if found["limit"] == limit:
            break
    assert found["limit"] == limit and said in found["detail"]
    as_text = client.post(narrow, data={"query": query}, headers={"Accept": f"{RESULTS}, text/plain;q=0.5"})
    assert as_text.headers["content-type"].startswith("text/plain")
    assert "what to do:" in as_text.text and "limit" in as_text.text
    assert client.post(narrow, data={"query": "ASK {}"}).json() == {"head": {}, "boolean": True}


def test_a_client_that_leaves_takes_its_query_along(narrow: str, client: httpx.Client) -> None:
    # The one worker is free again long before the two seconds of an endless query are over
    # for each of the eight that left.
    place = urlsplit(narrow)
    body = f"query={quote(ENDLESS)}".encode()
    head = (
        f"POST {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    for _ in range(8):
        with socket.create_connection((str(place.hostname), int(place.port or 0)), timeout=10) as one:
            one.sendall(head.encode() + body)
    answer = client.post(narrow, data={"query": "ASK {}"})
    assert answer.status_code == 200, answer.text


def test_when_too_many_wait_the_rest_is_told_when_to_come_back(
    store: Path, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from councilgraph.explorer import sparql
    from councilgraph.explorer.settings import Limits

    monkeypatch.setattr(sparql, "QUEUE", 0)
    with served(Settings(store=str(store), workers=1, limits=Limits(query_seconds=5))) as address:
        found = client.post(f"{address}/sparql", data={"query": "ASK {}"})
        assert problem(found, 503)["cure"] == "Try again in 5 seconds."
        assert found.headers["retry-after"] == "5"


def test_without_a_store_the_service_says_so(tmp_path: Path, client: httpx.Client) -> None:
    with served(Settings(store=str(tmp_path))) as address:
        for answer in (
            client.get(f"{address}/sparql", params={"query": "ASK {}"}),
            client.get(f"{address}/sparql"),
        ):
            found = problem(answer, 503)
            assert "no store here yet" in found["detail"] and "councilgraph build" in found["cure"]
            assert answer.headers["retry-after"]


def test_text_of_a_query_comes_back_as_data_only(endpoint: str, client: httpx.Client) -> None:
    nasty = "</script><script>alert(1)</script>\u202e=1+1"
    query = f"SELECT ({json.dumps(nasty)} AS ?x) {{}}"
    answer = client.get(endpoint, params={"query": query}, headers=JSON)
    assert rows(answer) == [{"x": nasty}]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    failed = client.get(endpoint, params={"query": "SELECT <script>alert(1)</script>"})
    assert failed.headers["content-type"] == "application/problem+json"
