"""The pictures over HTTP: pages, files, policies, and what is kept of them."""

from __future__ import annotations

import re
import threading

import pytest
from lxml import etree
from starlette.testclient import TestClient

from councilgraph.errors import StoreError
from councilgraph.explorer import rendering
from councilgraph.explorer.kept import Kept
from councilgraph.explorer.links import LiveLinks
from councilgraph.explorer.page import Asked
from councilgraph.explorer.pages import pictures
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.pictures import PICTURES

FILES = {"svg": "image/svg+xml", "png": "image/png", "html": "text/html; charset=utf-8"}


def test_every_picture_is_listed(client: TestClient) -> None:
    page = client.get("/pictures").text
    for kind in PICTURES.values():
        assert f'href="/pictures/{kind.name}"' in page
        assert kind.question in page.replace("&#39;", "'")


def test_every_address_of_the_site_answers(client: TestClient, snapshot: Snapshot) -> None:
    addresses = [one for kind in pictures.KINDS for one in kind.addresses(snapshot)]
    assert len(addresses) > len(PICTURES)
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_a_copy_without_a_server_leads_to_every_council(snapshot: Snapshot) -> None:
    page = pictures.one(snapshot, Asked({"name": "partners"}))
    text = rendering.render(page, snapshot, LiveLinks(), False, address="/pictures/partners")
    assert "<form" not in text
    for address in pictures.addresses(snapshot):
        if address.startswith("/pictures/partners?"):
            assert f'href="{address}"' in text


@pytest.mark.parametrize("format", FILES)
def test_a_picture_can_be_had_as_a_file(client: TestClient, format: str) -> None:
    answer = client.get(f"/pictures/partners.{format}?authority=northmoor")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FILES[format]
    assert answer.headers["content-disposition"] == f'inline; filename="partners.{format}"'
    again = client.get(
        f"/pictures/partners.{format}?authority=northmoor",
        headers={"If-None-Match": answer.headers["etag"]},
    )
    assert again.status_code == 304


def test_each_file_has_the_policy_that_lets_it_be_shown(client: TestClient) -> None:
    svg = client.get("/pictures/heat-map.svg").headers["content-security-policy"]
    assert svg == "default-src 'none'; frame-ancestors 'none'"
    page = client.get("/pictures/heat-map.html")
    (own,) = re.findall(r"style-src &#x27;(sha256-[^&]+)&#x27;", page.text)
    assert f"style-src '{own}'; base-uri 'none'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_the_numbers_of_a_picture_can_be_had_as_data(client: TestClient) -> None:
    table = client.get("/pictures/heat-map.json").json()["tables"]["picture-heat-map"]
    csv = client.get("/pictures/heat-map.csv").text
    assert table["count"] == len(csv.splitlines()) - 1 > 0
    assert client.get("/pictures/heat-map.xlsx").content.startswith(b"PK")


def test_a_large_drawing_stands_beside_its_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = client.get("/pictures/heat-map").text
    assert "<svg" in inside and "<img" not in inside
    monkeypatch.setattr(pictures, "_MOST_INLINE", 100)
    beside = client.get("/pictures/heat-map").text
    assert "<svg" not in beside
    (address,) = re.findall(r'<img src="([^"]+)"', beside)
    (words,) = re.findall(r'<img [^>]*alt="([^"]+)"', beside)
    assert words.startswith("A table of ")
    drawing = client.get(address.replace("&amp;", "&"))
    assert etree.fromstring(drawing.content).tag.endswith("svg")


def test_a_picture_of_one_council_asks_which(client: TestClient) -> None:
    answer = client.get("/pictures/council-scores")
    assert answer.status_code == 200
    assert '<select id="f-authority"' in answer.text and "<svg" not in answer.text


def test_the_form_keeps_what_was_chosen(client: TestClient) -> None:
    page = client.get("/pictures/heat-map?order=rating&type=county-council&since=2024").text
    assert '<option value="rating" selected>' in page
    assert re.search(r'<option value="[^"]*" selected>County council', page)
    assert 'name="since" value="2024"' in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/pictures/nothing", 404),
        ("/pictures/nothing.svg", 404),
        ("/pictures/..%2f..%2fetc%2fpasswd.svg", 404),
        ("/pictures/partners.svg", 400),
        ("/pictures/heat-map.png?order=%22%3E%3Cscript%3E", 400),
        ("/pictures/heat-map?region=%3Cscript%3Ealert(1)%3C/script%3E", 400),
        ("/pictures/heat-map.svg?colour=red", 400),
        ("/pictures/themes?most=999999999", 400),
        ("/pictures/heat-map.svg?authority=" + ",".join(f"A{n}" for n in range(41)), 400),
        ("/pictures/heat-map.svg?since=2025%0d%0aX:y", 400),
    ],
)
def test_what_cannot_be_drawn_is_a_page_that_says_why(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "<script>alert" not in answer.text and '"><script>' not in answer.text
    assert "What to do" in answer.text


def test_hostile_names_of_choices_are_refused_as_text(client: TestClient) -> None:
    answer = client.get("/pictures/heat-map?%3Cscript%3E=1")
    assert answer.status_code == 400
    assert "<script>=" not in answer.text and "&lt;script&gt;" in answer.text


def test_a_picture_is_drawn_once_for_all_readers(snapshot: Snapshot) -> None:
    kind = PICTURES["timeline"]
    assert pictures.drawn(snapshot, kind, {}) is pictures.drawn(snapshot, kind, {})
    chosen = pictures.choices_of(kind, Asked({}, {"since": (" 2024 ",), "until": ("",), "table": ("x",)}))
    assert chosen == {"since": "2024"}


def test_what_is_kept_stays_within_its_bytes() -> None:
    kept: Kept[bytes] = Kept(100, len)
    for n in range(50):
        assert kept.of(n, lambda n=n: bytes([n]) * 20) == bytes([n]) * 20  # type: ignore[misc]
        assert kept.held <= 100
    assert kept.of(49, lambda: b"made again") == bytes([49]) * 20
    assert kept.of(0, lambda: b"made again") == b"made again"


def test_one_large_thing_does_not_drive_out_the_others() -> None:
    kept: Kept[bytes] = Kept(100, len)
    kept.of("small", lambda: b"s")
    assert kept.of("large", lambda: b"l" * 60) == b"l" * 60
    assert kept.of("small", lambda: b"made again") == b"s"
    assert kept.of("large", lambda: b"again") == b"again"


def test_no_more_than_two_drawings_are_made_at_once() -> None:
    made, at_work, most = [], 0, 0
    lock, begun = threading.Lock(), threading.Barrier(8)
    kept: Kept[bytes] = Kept(1000, len, at_once=2)

    def make(n: int) -> bytes:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
            made.append(n)
        threading.Event().wait(0.02)
        with lock:
            at_work -= 1
        return b"x"

    def reader(n: int) -> None:
        begun.wait()
        kept.of(n % 4, lambda: make(n % 4))

    threads = [threading.Thread(target=reader, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most <= 2
    assert set(made) == {0, 1, 2, 3}


def test_readers_beyond_the_queue_are_asked_to_come_again() -> None:
    begun, go_on = threading.Event(), threading.Event()
    kept: Kept[bytes] = Kept(100, len, at_once=1, waiting=0)

    def slow() -> bytes:
        begun.set()
        assert go_on.wait(10)
        return b"slow"

    first = threading.Thread(target=lambda: kept.of("slow", slow))
    first.start()
    assert begun.wait(10)
    with pytest.raises(StoreError, match="Too many pictures"):
        kept.of("other", lambda: b"other")
    go_on.set()
    first.join()
    assert kept.of("slow", lambda: b"again") == b"slow"
    assert kept.of("other", lambda: b"other") == b"other"


def test_a_png_does_not_stop_the_other_readers(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """resvg holds the interpreter's lock, so a server has it drawn in another process."""
    from councilgraph.pictures import png

    def here(svg: str, scale: float) -> bytes:
        raise AssertionError("drawn in the server's own process")

    monkeypatch.setattr(png, "dots", here)
    assert client.get("/pictures/timeline.png?since=2020").content.startswith(b"\x89PNG")


def test_an_error_is_not_kept() -> None:
    kept: Kept[bytes] = Kept(100, len)

    def broken() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):
        kept.of("one", broken)
    assert kept.of("one", lambda: b"now") == b"now"
