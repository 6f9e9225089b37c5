"""What machines fetch by themselves: the feed, the sitemap and the rules for crawlers."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from councilgraph.explorer import feeds
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import IRIS

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ADDRESS = "http://127.0.0.1:8090"


def test_the_feed_has_every_assessment_the_newest_first(client: TestClient) -> None:
    answer = client.get("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    entries = feed.findall(ATOM + "entry")
    assert [one.findtext(ATOM + "id") for one in entries] == [
        IRIS.base + "id/assessment/NMR-2025-05",
        IRIS.base + "id/assessment/EVB-2024-08",
        IRIS.base + "id/assessment/SLM-2023-11",
    ]
    assert feed.findtext(ATOM + "updated") == entries[0].findtext(ATOM + "updated") == "2025-05-16T00:00:00Z"
    assert entries[1].findtext(ATOM + "updated") == "2024-08-01T00:00:00Z"  # only the month is known
    for place in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert place.findtext(ATOM + name)
    assert feed.find(ATOM + "author") is not None


def test_what_the_feed_names_is_there(client: TestClient, snapshot: Snapshot) -> None:
    feed = ET.fromstring(client.get("/feed.atom").content)
    for link in feed.iter(ATOM + "link"):
        if link.get("rel") in ("self", "alternate", "related"):
            parts = urlsplit(str(link.get("href")).removeprefix(ADDRESS))
            assert client.get(f"{parts.path}?{parts.query}").status_code == 200
    for entry in feed.findall(ATOM + "entry"):
        path = str(entry.findtext(ATOM + "id")).removeprefix(IRIS.base)
        assert client.get(f"/{path}.ttl").status_code == 200


def test_text_that_xml_cannot_hold_does_not_break_the_feed(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {
        **{"state": "new", "authority": "A\x0b<b>&\ud800 Council", "rating": None, "published": "2025-01"},
        **{"authority-iri": IRIS.council("AAA"), "region": "]]>", "report": "javascript:alert(1)"},
    }
    monkeypatch.setattr(type(snapshot), "records", lambda *_, **__: [row])
    feed = ET.fromstring(feeds._feed(snapshot, ADDRESS))
    (entry,) = feed.findall(ATOM + "entry")
    assert "<b>&" in str(entry.findtext(ATOM + "title"))
    assert all("javascript" not in str(link.get("href")) for link in feed.iter(ATOM + "link"))


def test_an_empty_store_has_an_empty_feed(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(snapshot), "records", lambda *_, **__: [])
    assert ET.fromstring(feeds._feed(snapshot, ADDRESS)).findtext(ATOM + "updated")


def test_the_sitemap_lists_the_pages_and_all_of_them_answer(client: TestClient, snapshot: Snapshot) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").content)
    listed = [str(one.text) for one in root.iter(SITEMAP + "loc")]
    assert len(listed) == len(set(listed))
    assert {f"{ADDRESS}/councils/NMR", f"{ADDRESS}/questions/Q01", f"{ADDRESS}/"} <= set(listed)
    for kind in kinds():
        first = next((one for one in kind.addresses(snapshot) if "?" not in one), None)
        if first is not None:
            assert f"{ADDRESS}{first}" in listed
            assert client.get(first).status_code == 200, first


def test_a_long_sitemap_is_parted_without_loss(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [one.text for one in ET.fromstring(client.get("/sitemap.xml").content).iter(SITEMAP + "loc")]
    monkeypatch.setattr(feeds, "MOST_ADDRESSES", 20)
    index = ET.fromstring(client.get("/sitemap.xml").content)
    assert index.tag == SITEMAP + "sitemapindex"
    parts = [str(one.text).removeprefix(ADDRESS) for one in index.iter(SITEMAP + "loc")]
    found = [
        one.text for part in parts for one in ET.fromstring(client.get(part).content).iter(SITEMAP + "loc")
    ]
    assert found == whole
    for wrong in ("0", "99", "x", "-1"):
        assert client.get(f"/sitemap-{wrong}.xml").status_code == 404


def test_crawlers_are_kept_to_what_the_sitemap_lists(client: TestClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    listed = ET.fromstring(client.get("/sitemap.xml").content)
    shut = [str(one.text) for one in listed.iter(SITEMAP + "loc") if not rules.can_fetch("*", str(one.text))]
    assert {urlsplit(one).path for one in shut} <= {"/search", "/compare"}
    for path in ("/sparql?query=x", "/api/questions/Q01", "/reconcile", "/search?q=x"):
        assert not rules.can_fetch("*", ADDRESS + path)
    assert rules.site_maps() == [f"{ADDRESS}/sitemap.xml"]
