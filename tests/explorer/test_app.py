"""What every answer has, whatever the page: headers, limits, errors, forms and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from councilgraph.explorer.app import create_app
from councilgraph.explorer.page import Asked
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.security import POLICY
from councilgraph.explorer.settings import Limits, Settings
from councilgraph.explorer.snapshot import Snapshot

PAGES = ("/", "/councils", "/councils/NMR", "/nothing-here", "/static/style.css", "/councils.csv")


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_is_guarded(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def first_addresses(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    for kind in kinds():
        for address in list(kind.addresses(snapshot))[:2]:
            yield kind.name, address


def test_no_page_of_any_kind_breaks_the_policy_or_the_shape(client: TestClient, snapshot: Snapshot) -> None:
    seen = set()
    for name, address in first_addresses(snapshot):
        answer = client.get(address)
        html = answer.text
        assert answer.status_code == 200, (name, address)
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)\s*=", html), (name, address)
        assert not re.search(r"<(style|script)(?![^>]*(src=|application/ld\+json))", html), (name, address)
        assert not re.search(r"<(script|img|link|iframe|form)[^>]*(src|href|action)=\"(https?:)?//", html), (
            name
        )
        assert len(re.findall(r"<h1[\s>]", html)) == 1, (name, address)
        assert html.count("<main") == 1
        assert '<html lang="en-GB"' in html
        assert len(answer.content) < 100_000, (name, address)
        seen.add(name)
    assert seen == {kind.name for kind in kinds() if list(kind.addresses(snapshot))}


def test_kinds_have_names_and_paths_of_their_own() -> None:
    assert len({kind.name for kind in kinds()}) == len(kinds())
    assert len({kind.path for kind in kinds()}) == len(kinds())


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/html;q=0.5, application/json", "application/json"),
        ("application/*", "application/json"),
        ("text/html;q=0, text/csv;q=0.1", "text/csv"),
        ("image/png", "text/html"),
        ("a;;;q=x, /, ;", "text/html"),
    ],
)
def test_a_page_comes_in_the_form_that_is_asked_for(client: TestClient, accept: str, kind: str) -> None:
    answer = client.get("/councils", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert "accept" in answer.headers["vary"].lower()


def test_the_suffix_goes_before_accept(client: TestClient) -> None:
    answer = client.get("/councils.csv", headers={"accept": "text/html"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="councils.csv"' in answer.headers["content-disposition"]


def test_the_home_page_is_data_too(client: TestClient) -> None:
    assert client.get("/index.json").json()["address"] == "/"


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/councils")
    again = client.get("/councils", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/councils", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_changed(client: TestClient, method: str) -> None:
    answer = client.request(method, "/councils")
    assert answer.status_code == 405
    assert "read-only" in answer.text


def test_head_is_get_without_the_page(client: TestClient) -> None:
    answer = client.head("/councils")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("address", ["/councils/XXX.json", "/councils/XXX.csv", "/api/nothing"])
def test_a_program_gets_the_error_as_a_problem(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 404
    assert problem["detail"]


def test_a_person_gets_the_error_as_a_page(client: TestClient) -> None:
    answer = client.get("/nothing-here", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "What to do" in answer.text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "\u202eabc"]
)
def test_what_was_asked_comes_back_as_text_only(client: TestClient, text: str) -> None:
    html = client.get("/councils", params={"region": text}).text
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "49" not in re.sub(r"<[^>]*>", "", html).split("There is no region")[1][:20]


@pytest.mark.parametrize(
    "address", ["/councils?region=a%00b", "/councils?region=%1b", "/councils?" + "x=1&" * 101]
)
def test_odd_values_are_refused_in_order(client: TestClient, address: str) -> None:
    assert client.get(address).status_code in (400, 404)


def test_an_address_that_is_too_long_is_refused(client: TestClient) -> None:
    assert client.get("/councils?region=" + "x" * 9000).status_code == 414


def test_a_request_that_is_too_large_is_refused_by_its_header(client: TestClient) -> None:
    assert client.post("/councils", content=b"x" * (1024 * 1024 + 1)).status_code == 413


def test_a_request_that_grows_too_large_is_refused_without_a_header(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    assert client.post("/sparql", content=endless()).status_code in (404, 405, 413, 415)


def test_packed_requests_are_refused(client: TestClient) -> None:
    answer = client.post("/councils", content=b"x", headers={"content-encoding": "gzip"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "address",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd", "/static/"],
)
def test_no_file_but_our_own_is_read(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (404, 405)
    assert "import" not in answer.text
    assert "root:" not in answer.text


def test_a_root_path_stands_before_every_address(explorer_store: Path) -> None:
    app = create_app(Settings(store=str(explorer_store), root_path="/evidence"))
    with TestClient(app) as client:
        for asked in ("/councils/NMR", "/evidence/councils/NMR"):
            html = client.get(asked).text
            inside = re.findall(r'(?:href|src|action)="(/[^"]*)"', html)
            assert inside
            assert [one for one in inside if not one.startswith("/evidence/")] == [], asked
        assert client.get("/evidence/static/style.css").status_code == 200


@pytest.mark.parametrize("bad", ["evidence", "/evidence/", "//evil.example", "/a//b"])
def test_a_root_path_that_would_lead_elsewhere_is_refused(bad: str) -> None:
    with pytest.raises(Exception, match="root path"):
        Settings(store="x", root_path=bad)


def test_a_defect_is_a_plain_page_without_its_inside(
    explorer_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(Settings(store=str(explorer_store)))

    def broken() -> Snapshot:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(app.state.snapshots, "current", broken)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/councils")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY


def test_no_store_is_503_that_says_when_to_come_back(tmp_path: Path) -> None:
    app = create_app(Settings(store=str(tmp_path / "none")))
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/councils")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "councilgraph build" in answer.text


def test_limits_can_be_set(explorer_store: Path) -> None:
    app = create_app(Settings(store=str(explorer_store), limits=Limits(address_bytes=40)))
    with TestClient(app) as client:
        assert client.get("/councils").status_code == 200
        assert client.get("/councils?region=" + "x" * 40).status_code == 414


def test_asked_parts_lists_and_keeps_their_order() -> None:
    asked = Asked(query={"council": ("STS,LIN", "STS", " ", "EVB")})
    assert asked.many("council") == ("STS", "LIN", "EVB")
    assert asked.one("council") == "EVB"
    assert asked.one("none", "default") == "default"
