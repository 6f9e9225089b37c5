"""Every IRI of ours answers, in every form, with everything that the graph says of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph
import pytest
from lxml import html
from starlette.testclient import TestClient

from councilgraph.explorer import entity, thing_page
from councilgraph.explorer.app import create_app
from councilgraph.explorer.page import Asked
from councilgraph.explorer.settings import Settings
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import BASE, DEF, IRIS

FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
MEDIA = {"ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json"}
COUNCIL = "/id/council/NMR"


def subjects(snapshot: Snapshot) -> set[str]:
    quads = snapshot.graph.store.graph.quads_for_pattern(None, None, None, None)
    return {quad.subject.value for quad in quads}


def one_of_each_kind(snapshot: Snapshot) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for iri in sorted(subjects(snapshot)):
        if iri.startswith(IRIS.id):
            kinds[iri.removeprefix(IRIS.id).split("/")[0]] = iri
    return kinds


def parsed(data: bytes, suffix: str) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in pyoxigraph.parse(data, format=FORMATS[suffix])}


def said(snapshot: Snapshot, iri: str) -> set[pyoxigraph.Triple]:
    quads = snapshot.graph.store.graph.quads_for_pattern(pyoxigraph.NamedNode(iri), None, None, None)
    return {quad.triple for quad in quads}


def test_one_thing_of_every_kind_answers_in_every_form(client: TestClient, snapshot: Snapshot) -> None:
    kinds = one_of_each_kind(snapshot)
    assert {"council", "finding", "mention", "assessment", "identifier", "query", "run"} <= set(kinds)
    for iri in kinds.values():
        path = "/" + iri.removeprefix(IRIS.base)
        for suffix in ("html", "json", "csv", "xlsx"):
            answer = client.get(f"{path}.{suffix}")
            assert answer.status_code == 200, (path, suffix)
        for suffix in FORMATS:
            answer = client.get(f"{path}.{suffix}")
            assert answer.status_code == 200, (path, suffix)
            assert answer.headers["content-type"].startswith(MEDIA[suffix])
            assert said(snapshot, iri) <= parsed(answer.content, suffix), (path, suffix)


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [("text/html", "html"), ("text/turtle", "ttl"), ("application/ld+json", "jsonld"), ("", "html")],
)
def test_a_thing_of_the_world_leads_to_a_document_about_it(
    client: TestClient, accept: str, suffix: str
) -> None:
    answer = client.get(f"{COUNCIL}?page=1", headers={"accept": accept}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{COUNCIL}.{suffix}?page=1"
    assert answer.headers["vary"] == "Accept"


def test_what_cannot_be_given_is_refused_with_what_can(client: TestClient) -> None:
    answer = client.get(COUNCIL, headers={"accept": "image/png"}, follow_redirects=False)
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


def test_the_page_names_things_and_never_shows_only_an_iri(client: TestClient, snapshot: Snapshot) -> None:
    for iri in one_of_each_kind(snapshot).values():
        text = client.get("/" + iri.removeprefix(IRIS.base) + ".html").text
        assert not re.findall(r">\s*(https?://w3id\.org/councilgraph/(?:id|scheme|def)[^<\s]*)\s*</a>", text)


def test_links_from_other_things_are_counted_and_can_be_opened(
    client: TestClient, snapshot: Snapshot
) -> None:
    iri = IRIS.base + "id/assessment/NMR-2025-05"
    pointing = entity.pointing(snapshot, iri)
    total = len(
        list(snapshot.graph.store.graph.quads_for_pattern(None, None, pyoxigraph.NamedNode(iri), None))
    )
    assert sum(one.count for one in pointing) == total > thing_page.EXAMPLES
    page = thing_page.make(snapshot, iri, Asked({}, {"by": (pointing[0].property,)}))
    assert len(page.tables[0].rows) == pointing[0].count
    assert all(row[1].startswith(BASE) for row in page.tables[0].rows)


def test_a_list_of_links_is_turned_page_by_page_without_loss(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    iri = IRIS.base + "id/assessment/NMR-2025-05"
    by = DEF + "inAssessment"
    whole = {thing for thing, _ in entity.links(snapshot, iri, by, most=1_000)}
    monkeypatch.setattr(thing_page, "LISTED", 4)
    found: list[object] = []
    for number in range(1, -(-len(whole) // 4) + 1):
        page = thing_page.make(snapshot, iri, Asked({}, {"by": (by,), "page": (str(number),)}))
        found += [row[1] for row in page.tables[0].rows]
    assert len(found) == len(whole)
    assert set(found) == whole


def test_the_description_says_where_its_links_go_on(
    client: TestClient, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("councilgraph.explorer.description.LINKS", 5)
    path = "/id/assessment/NMR-2025-05.nt"
    thing = pyoxigraph.NamedNode(IRIS.base + "id/assessment/NMR-2025-05")
    seen: set[pyoxigraph.Triple] = set()
    pages = 0
    while path:
        pages += 1
        triples = parsed(client.get(path).content, "nt")
        seen |= {one for one in triples if one.object == thing and one.subject.value.startswith(IRIS.id)}
        after = [one.object.value for one in triples if one.predicate.value.endswith("hydra/core#next")]
        path = f"{urlsplit(after[0]).path}?{urlsplit(after[0]).query}" if after else ""
    quads = snapshot.graph.store.graph.quads_for_pattern(None, None, thing, None)
    assert seen == {quad.triple for quad in quads}
    assert pages == -(-len(seen) // 5) > 1
    assert client.get(f"/id/assessment/NMR-2025-05.nt?page={pages + 1}").status_code == 404


def test_the_ontology_is_one_document_and_shows_its_page_to_readers(
    client: TestClient, snapshot: Snapshot
) -> None:
    answer = client.get("/def", headers={"accept": "text/turtle"}, follow_redirects=False)
    assert answer.status_code == 200
    assert answer.headers["content-location"] == "/def.ttl"
    triples = parsed(answer.content, "ttl")
    declared = {iri for iri in subjects(snapshot) if iri.startswith(DEF)}
    assert declared <= {triple.subject.value for triple in triples}
    page = client.get("/def", headers={"accept": "text/html"}, follow_redirects=False)
    assert page.status_code == 200 or page.headers["location"] == "/ontology"


def test_a_vocabulary_comes_with_all_its_concepts(client: TestClient, snapshot: Snapshot) -> None:
    triples = parsed(client.get("/scheme/polarity.ttl").content, "ttl")
    head = BASE + "scheme/polarity"
    own = {iri for iri in subjects(snapshot) if iri == head or iri.startswith(head + "/")}
    assert {triple.subject.value for triple in triples} == own
    answer = client.get("/scheme/polarity", headers={"accept": "text/turtle"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/scheme/polarity.ttl")
    assert client.get("/scheme/polarity").status_code == 200
    assert client.get("/scheme/polarity/strength").status_code == 200
    assert said(snapshot, head + "/strength") <= parsed(
        client.get("/scheme/polarity/strength.nt").content, "nt"
    )


def test_what_uses_a_concept_can_be_listed_from_its_page(client: TestClient) -> None:
    document = html.fromstring(client.get("/scheme/polarity/strength").content)
    (target,) = [one for one in document.xpath("//main//a/@href") if "?by=" in one]
    listed = client.get(target)
    assert listed.status_code == 200
    assert "things that point to Strength" in listed.text


def test_the_words_of_an_entity_page_lead_to_pages_that_are_there(
    client: TestClient, snapshot: Snapshot
) -> None:
    targets = set()
    for iri in one_of_each_kind(snapshot).values():
        document = html.fromstring(client.get("/" + iri.removeprefix(IRIS.base) + ".html").content)
        targets |= {str(one) for one in document.xpath("//main//a/@href") if one.startswith("/")}
    assert len(targets) > 50
    for target in targets:
        assert client.get(target, headers={"accept": "text/html"}).status_code == 200, target


def test_behind_another_path_every_answer_leads_back_there(explorer_store: Path) -> None:
    app = create_app(Settings(store=str(explorer_store), base="https://open.example", root_path="/evidence"))
    with TestClient(app, root_path="/evidence") as client:
        answer = client.get(f"/evidence{COUNCIL}", headers={"accept": "text/turtle"}, follow_redirects=False)
        assert answer.headers["location"] == f"/evidence{COUNCIL}.ttl"
        found = parsed(client.get(f"/evidence{COUNCIL}.ttl").content, "ttl")
        document = pyoxigraph.NamedNode(f"https://open.example/evidence{COUNCIL}.ttl")
        assert document in {triple.subject for triple in found}
        page = html.fromstring(client.get(f"/evidence{COUNCIL}.html").content)
        assert all(one.startswith(("/evidence/", "http", "#")) for one in page.xpath("//a/@href"))


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld"])
def test_a_named_graph_is_given_whole(client: TestClient, snapshot: Snapshot, suffix: str) -> None:
    answer = client.get(f"/graph/report/NMR-2025-05.{suffix}")
    graph = pyoxigraph.NamedNode(IRIS.base + "graph/report/NMR-2025-05")
    quads = snapshot.graph.store.graph.quads_for_pattern(None, None, None, graph)
    assert parsed(answer.content, suffix) == {quad.triple for quad in quads} != set()


def test_a_named_graph_has_a_page_with_its_size(client: TestClient) -> None:
    answer = client.get("/graph/report/NMR-2025-05")
    assert answer.status_code == 200
    assert "Named graph" in answer.text
    assert client.get("/graph/report/nothing").status_code == 404


def test_a_key_keeps_its_encoded_signs(client: TestClient, snapshot: Snapshot) -> None:
    odd = [iri for iri in subjects(snapshot) if iri.startswith(IRIS.id) and "%2F" in iri]
    assert odd, "the invented councils have identifiers that are addresses"
    for iri in odd:
        assert client.get("/" + iri.removeprefix(IRIS.base) + ".ttl").status_code == 200


def test_the_same_thing_answers_however_its_path_is_encoded(client: TestClient) -> None:
    assert client.get("/id/%63ouncil/NMR.ttl").content == client.get("/id/council/NMR.ttl").content


@pytest.mark.parametrize(
    "path",
    [
        "/id/",
        "/id/council/NOBODY",
        "/id/council/NMR.exe",
        "/id/..%2f..%2f..%2fetc%2fpasswd",
        "/id/council/%00",
        "/id/council/%ff%fe",
        '/id/council/"><script>',
        "/id/council/NMR%0d%0aSet-Cookie:%20a=b",
        "/id/council/NMR.html?by=nothing",
        "/id/council/NMR.html?by=http://a%20b",
        "/id/council/NMR.ttl?page=0",
        "/id/council/NMR.ttl?page=99",
        "/id/council/NMR.ttl?page=x",
        "/scheme/nothing",
        "/graph/%3Cx%3E",
        "/graph/",
        "/def.exe",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers
    assert "<script>" not in answer.text.replace('<script src="', "")


def test_programs_of_any_site_may_read_it(client: TestClient) -> None:
    for path in (
        COUNCIL,
        f"{COUNCIL}.ttl",
        f"{COUNCIL}.html",
        "/def.ttl",
        "/scheme/theme.nt",
        "/graph/catalog.nt",
    ):
        answer = client.get(path, headers={"origin": "https://elsewhere.example"}, follow_redirects=False)
        assert answer.headers["access-control-allow-origin"] == "*", path


def test_json_ld_is_json_with_the_thing_in_it(client: TestClient) -> None:
    document = json.loads(client.get(f"{COUNCIL}.jsonld").content)
    assert IRIS.base + "id/council/NMR" in json.dumps(document)
