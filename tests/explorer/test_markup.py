"""What pages tell search engines: true, whole, and never a way out of its element."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from councilgraph.explorer.markup import script_data
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import IRIS


def graph_of(client: TestClient, path: str) -> list[dict[str, Any]]:
    document = html.fromstring(client.get(path).content)
    (block,) = document.xpath("//script[@type='application/ld+json']")
    data = json.loads(block.text)
    assert data["@context"] == "https://schema.org"
    return list(data["@graph"])


def by_type(graph: list[dict[str, Any]], type: str) -> dict[str, Any]:
    (found,) = [one for one in graph if one["@type"] == type]
    return found


def test_every_kind_of_page_has_its_name_in_the_markup(client: TestClient, snapshot: Snapshot) -> None:
    for kind in kinds():
        address = next(iter(kind.addresses(snapshot)), None)
        if address is None:
            continue
        graph = graph_of(client, address)
        assert graph[0]["name"]
        assert graph[0]["url"] == address


def test_a_thing_is_named_with_its_kind_and_the_same_elsewhere(client: TestClient) -> None:
    found = by_type(graph_of(client, "/id/council/NMR.html"), "GovernmentOrganization")
    assert found["@id"] == IRIS.council("NMR")
    assert found["name"] == "Northmoor County Council"
    assert "http://www.wikidata.org/entity/Q99000001" in found["sameAs"]


def test_an_answer_is_a_data_set_with_its_downloads(client: TestClient) -> None:
    found = by_type(graph_of(client, "/questions/Q01"), "Dataset")
    assert len(found["description"]) >= 50
    for one in found["distribution"]:
        answer = client.get(one["contentUrl"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(one["encodingFormat"])


def test_the_home_page_describes_the_whole_graph(client: TestClient) -> None:
    found = by_type(graph_of(client, "/"), "Dataset")
    assert found["@id"] == IRIS.thing("dataset", "councilgraph")
    assert found["license"].startswith("https://creativecommons.org/")


def test_crumbs_lead_from_the_first_page_to_this_one(client: TestClient) -> None:
    found = by_type(graph_of(client, "/questions/Q01"), "BreadcrumbList")["itemListElement"]
    assert [one["position"] for one in found] == [1, 2]
    assert [one["item"] for one in found] == ["/questions", "/questions/Q01"]


@pytest.mark.parametrize(
    "text",
    ["</script><script>alert(1)</script>", "<!--", "]]>", "a & b", "\u2028\u2029", '"\\', "\u202eevil"],
)
def test_no_text_can_leave_the_element(text: str) -> None:
    written = str(script_data({"name": text}))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == {"name": text}


def test_what_a_visitor_searched_for_stays_inside_the_markup(client: TestClient) -> None:
    sent = "</script><img src=x onerror=alert(1)>"
    answer = client.get("/questions", params={"q": sent})
    document = html.fromstring(answer.content)
    assert not document.xpath("//img[@onerror]")
    (block,) = document.xpath("//script[@type='application/ld+json']")
    assert sent in json.loads(block.text)["@graph"][0]["name"]
