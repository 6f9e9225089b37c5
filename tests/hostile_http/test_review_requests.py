"""Decisions that nobody took: sent by another site, by a forged name, without a token, too large, odd."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from httpx import Response
from starlette.testclient import TestClient

from councilgraph.explorer.app import create_app
from councilgraph.explorer.review.fence import MOST
from councilgraph.explorer.settings import Reviewing, Settings
from tests.conftest import INVENTED

HERE = "http://127.0.0.1:8090"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("review") / "own"


@pytest.fixture(autouse=True)
def emptied(own: Path) -> Iterator[None]:
    """Every test begins without a decision."""
    yield
    shutil.rmtree(own, ignore_errors=True)


@pytest.fixture(scope="module")
def reviewer(store: Path, own: Path) -> Iterator[TestClient]:
    review = Reviewing(data=str(INVENTED / "data"), own=str(own))
    app = create_app(Settings(store=str(store), review=review))
    with TestClient(app, base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def fields(reviewer: TestClient) -> dict[str, str]:
    """A decision as our own form would send it."""
    tree = lxml.html.document_fromstring(reviewer.get(reviewer.get("/review/next").headers["location"]).text)
    (form,) = tree.xpath("//form[@class='decide']")
    return {**dict(form.form_values()), "decision": "accept"}


def send(client: TestClient, fields: dict[str, str], headers: dict[str, str], to: str = "decide") -> Response:
    return client.post(f"/review/{to}", data=fields, headers=headers)


def test_our_own_form_is_taken(reviewer: TestClient, fields: dict[str, str], own: Path) -> None:
    """The counter-example: what is refused below is refused for what it is, not for the rest of it."""
    assert send(reviewer, fields, {"origin": HERE, "sec-fetch-site": "same-origin"}).status_code == 303
    assert len(list(own.glob("*.jsonl"))) == 1


def test_a_browser_that_sends_a_referer_alone_is_taken(reviewer: TestClient, fields: dict[str, str]) -> None:
    assert send(reviewer, fields, {"referer": HERE + "/review/item?thing=x"}).status_code == 303


@pytest.mark.parametrize("to", ["decide", "undo"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8091"},
        {"origin": "https://127.0.0.1:8090"},
        {"origin": HERE + ".evil.example"},
        {"origin": "http://localhost:8090"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"origin": HERE, "sec-fetch-site": "same-site"},
        {"origin": HERE, "sec-fetch-site": "none"},
        {"referer": "https://evil.example/" + HERE},
        {"referer": HERE + ".evil.example/review"},
        {"referer": "http://[broken"},
        {"origin": "https://evil.example", "referer": HERE + "/review"},
    ],
    ids=str,
)
def test_a_form_of_another_site_is_refused(
    reviewer: TestClient, fields: dict[str, str], own: Path, headers: dict[str, str], to: str
) -> None:
    answer = send(reviewer, fields, headers, to)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    assert fields["token"] not in answer.text
    assert not own.exists()


@pytest.mark.parametrize(
    "host",
    ["evil.example:8090", "evil.example", "127.0.0.1:8091", "127.0.0.1", "127.0.0.1.evil.example:8090", ""],
)
@pytest.mark.parametrize("address", ["/review", "/", "/councils.json", "/review/nothing"])
def test_a_name_that_leads_here_is_not_answered(reviewer: TestClient, host: str, address: str) -> None:
    """A page of evil.example may have that name lead to 127.0.0.1 and then read our answers as its own."""
    answer = reviewer.get(address, headers={"host": host})
    assert answer.status_code == 403
    assert "token" not in answer.text


def test_a_decision_under_a_forged_name_is_refused(
    reviewer: TestClient, fields: dict[str, str], own: Path
) -> None:
    headers = {"host": "evil.example:8090", "origin": "http://evil.example:8090"}
    assert send(reviewer, fields, headers).status_code == 403
    assert not own.exists()


@pytest.mark.parametrize("host", ["localhost:8090", "LOCALHOST:8090", "[::1]:8090"])
def test_every_name_of_this_machine_is_answered(reviewer: TestClient, host: str) -> None:
    assert reviewer.get("/review", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("token", [None, "", "x", "é"])
def test_a_form_without_the_token_of_this_start_is_refused(
    reviewer: TestClient, fields: dict[str, str], own: Path, token: str | None
) -> None:
    given = {k: v for k, v in fields.items() if k != "token"} | ({} if token is None else {"token": token})
    answer = send(reviewer, given, {"origin": HERE})
    assert answer.status_code == 403 and "another start" in answer.text
    assert not own.exists()


def test_the_token_is_another_at_each_start(reviewer: TestClient, store: Path) -> None:
    review = Reviewing(data=str(INVENTED / "data"), own="own")
    tokens = {create_app(Settings(store=str(store), review=review)).state.board.token for _ in range(3)}
    assert len(tokens) == 3 and all(len(one) >= 43 for one in tokens)


def test_a_page_cannot_be_framed_kept_or_read_from_elsewhere(reviewer: TestClient) -> None:
    for address in ("/review", reviewer.get("/review/next").headers["location"], "/review/nothing"):
        for method in ("GET", "OPTIONS"):
            headers = reviewer.request(method, address, headers={"origin": "https://evil.example"}).headers
            assert not [name for name in headers if name.startswith("access-control-")]
            assert headers["cache-control"] == "no-store"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"] and "set-cookie" not in headers


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"decision=accept&token=%ff%fe", FORM, 400),
        (b"decision=accept&note=\xff\xfe", FORM, 400),
        (b"decision=accept&note=%00", FORM, 400),
        (b"decision=accept&note=%1b[2J", FORM, 400),
        (b"decision=accept&note=%ed%a0%80", FORM, 400),
        (b"a=1&" * 500, FORM, 400),
        (b"token=a&token=b", FORM, 400),
        (b"decision=accept", FORM + "; charset=utf-16", 415),
        (b"decision=accept", "text/plain", 415),
        (b'{"decision": "accept"}', "application/json", 415),
        (b"decision=accept", "multipart/form-data; boundary=x", 415),
        (b"note=" + b"x" * MOST, FORM, 413),
        (b"", FORM, 403),
        (b"&&==&;", FORM, 403),
    ],
    ids=lambda value: str(value)[:40],
)
def test_odd_bodies_are_refused_in_order(
    reviewer: TestClient, own: Path, body: bytes, kind: str, status: int
) -> None:
    answer = reviewer.post("/review/decide", content=body, headers={"origin": HERE, "content-type": kind})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert not own.exists()


def test_a_body_that_does_not_say_how_long_it_is_ends_all_the_same(reviewer: TestClient, own: Path) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(3):
            yield b"x" * MOST

    headers = {"origin": HERE, "content-type": FORM}
    assert reviewer.post("/review/decide", content=endless(), headers=headers).status_code == 413
    assert not own.exists()


@pytest.mark.parametrize(
    "thing",
    [
        "",
        "..",
        "finding/../x",
        "finding/<x>",
        'finding/NMR" } #',
        "council/NMR",
        "finding/" + "x" * 3000,
        "é",
    ],
)
def test_a_thing_that_there_is_not_is_no_thing(
    reviewer: TestClient, fields: dict[str, str], own: Path, thing: str
) -> None:
    assert reviewer.get("/review/item", params={"thing": thing}).status_code == 404
    assert send(reviewer, fields | {"thing": thing}, {"origin": HERE}).status_code == 404
    assert reviewer.get("/review/next", params={"after": thing}).status_code == 303
    assert not list(own.glob("*.jsonl"))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_do_nothing(
    reviewer: TestClient, fields: dict[str, str], own: Path, method: str
) -> None:
    answer = reviewer.request(method, "/review/decide", data=fields, headers={"origin": HERE})
    assert answer.status_code == 405
    assert not own.exists()
