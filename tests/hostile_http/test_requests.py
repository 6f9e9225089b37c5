"""Requests that no form of ours would send: refused with a plain error, and nothing is given away."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from councilgraph.explorer.page import Kind
from councilgraph.explorer.pages import kinds
from tests.conftest import ROOT
from tests.support.poison import ATTRIBUTE, ELEMENT

SECRET = "root:"
TRAVERSALS = (
    "/static/../../../../../../etc/passwd",
    "/static/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%5c..%5c..%5cetc%5cpasswd",
    "/static//etc/passwd",
    "/static/%00",
    "/static/style.css%00.html",
    "/councils/..%2f..%2f..%2fetc%2fpasswd",
    "/councils/%2e%2e%2f%2e%2e%2fetc%2fpasswd.json",
    "/questions/..%2f..%2fpyproject",
    "/questions/..%2fviews%2fcouncil-context",
    "/questions/%2fetc%2fpasswd",
    "/api/questions/..%2f..%2f..%2fetc%2fpasswd",
    "/pictures/..%2f..%2fetc%2fpasswd.svg",
    "/pictures/%2fetc%2fpasswd.png",
    "/downloads/..%2f..%2f..%2fetc%2fpasswd",
    "/downloads/%2fetc%2fpasswd",
    "/laws/../../../etc/passwd",
    "/laws/..%2f..%2f..%2fetc%2fpasswd",
    "/id/..%2f..%2fetc%2fpasswd",
    "/id/council/..%2f..%2fetc%2fpasswd.ttl",
    "/scheme/..%2f..%2fetc%2fpasswd",
    "/editor/../../../../etc/passwd",
    "/editor/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "//etc/passwd",
    "/./../../etc/passwd",
)
# Values that mean something to HTML, SPARQL, SQL's full text, files, formats and log lines.
VALUES = (
    f'"><{ELEMENT} {ATTRIBUTE}=1>',
    f"' {ATTRIBUTE}='1",
    "</script><script>alert(1)</script>",
    "} DROP ALL #",
    "x> } UNION { ?s ?p ?o } #",
    '" OR 1=1 --',
    "NEAR(a b, 1) * ^ : { } -",
    '"unclosed',
    "council:x OR text:*",
    "../../../etc/passwd",
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data",
    "\u202egnp.exe",
    "\ufffe\U0010ffff",
    "%s%n%x{0}{{7*7}}",
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "é" * 200,
    "\r\nSet-Cookie: a=b",
    " ",
    ",,,,",
)
NAMES = (
    *("q", "page", "council", "region", "type", "rating", "statement", "theme", "polarity", "voice", "table"),
    *(
        "order",
        "status",
        "since",
        "until",
        "limit",
        "organisation",
        "kind",
        "authority",
        "sort",
        "of",
        "letter",
    ),
)


def harmless(answer: Response) -> None:
    """An answer that is a page or a problem, and holds nothing of what was tried."""
    assert answer.status_code < 500 or answer.status_code == 503, answer.text[:300]
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert "set-cookie" not in answer.headers
    assert f"<{ELEMENT}" not in answer.text if "html" in answer.headers.get("content-type", "") else True
    assert "nosniff" in answer.headers["x-content-type-options"]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out_of_the_explorer(path: str, healthy_client: TestClient) -> None:
    answer = healthy_client.get(path, follow_redirects=False)
    harmless(answer)
    assert answer.status_code in (301, 302, 303, 307, 308, 400, 404), (path, answer.status_code)
    where = answer.headers.get("location", "/")
    assert where.startswith(("/", "http://testserver/")) and not where.startswith("//"), where


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_no_value_breaks_a_page(kind: Kind, healthy_client: TestClient) -> None:
    path = kind.path.split("{")[0].rstrip("/") or "/"
    for value in VALUES:
        harmless(healthy_client.get(path, params=dict.fromkeys(NAMES, value)))
    # Where all are wrong the first is complained of; alone, each is reached. Every value meets some.
    for at, name in enumerate(NAMES):
        for value in VALUES[at % 4 :: 4]:
            harmless(healthy_client.get(path, params={name: value}))


@pytest.mark.parametrize("kind", [one for one in kinds() if "{" in one.path], ids=lambda kind: kind.name)
def test_no_part_of_a_path_breaks_a_page(kind: Kind, healthy_client: TestClient) -> None:
    from urllib.parse import quote

    stem = kind.path.split("{")[0]
    for value in VALUES:
        answer = healthy_client.get(stem + quote(value, safe=""), follow_redirects=False)
        harmless(answer)
        assert answer.status_code in (400, 404), (stem, value, answer.status_code)


def test_a_header_of_an_answer_cannot_be_written_by_its_reader(healthy_client: TestClient) -> None:
    for path in ("/councils.csv", "/statements.csv", "/search.csv", "/questions/Q01.csv"):
        for value in ("a\r\nSet-Cookie: a=b", 'x"; filename="evil.exe', "é\u202e"):
            answer = healthy_client.get(path, params={"table": value, "q": value})
            harmless(answer)
            assert "evil" not in answer.headers.get("content-disposition", "")


def test_too_long_an_address_is_refused(healthy_client: TestClient) -> None:
    assert healthy_client.get("/search?q=" + "a" * 60_000).status_code == 414
    assert healthy_client.get("/councils/" + "a" * 60_000).status_code == 414


def test_a_thousand_values_are_refused(healthy_client: TestClient) -> None:
    assert healthy_client.get("/compare?" + "&".join(["council=STS"] * 1000)).status_code in (400, 414)


@pytest.mark.parametrize("path", ["/", "/councils", "/search", "/questions/Q01", "/sparql", "/reconcile"])
def test_too_large_a_body_is_refused(path: str, healthy_client: TestClient) -> None:
    big = b"query=" + b"a" * (3 * 1024 * 1024)
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert healthy_client.post(path, content=big, headers=form).status_code == 413
    # The same in pieces, without a length beforehand.
    pieces = (b"a" * 65536 for _ in range(64))
    answer = healthy_client.post(path, content=pieces, headers=form)
    assert answer.status_code in (404, 405, 413), answer.status_code


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "x-unknown"])
def test_a_packed_body_is_not_unpacked(coding: str, healthy_client: TestClient) -> None:
    bomb = gzip.compress(b"query=ASK%7B%7D&x=" + b"0" * (50 * 1024 * 1024))
    headers = {"content-encoding": coding, "content-type": "application/x-www-form-urlencoded"}
    for path in ("/sparql", "/reconcile", "/"):
        assert healthy_client.post(path, content=bomb, headers=headers).status_code in (404, 405, 413, 415)


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "CONNECT", "x" * 40]
)
def test_pages_can_only_be_read(method: str, healthy_client: TestClient) -> None:
    for path in ("/", "/councils", "/questions/Q01", "/static/style.css"):
        answer = healthy_client.request(method, path)
        assert answer.status_code in (400, 404, 405, 501), (path, answer.status_code)


def test_no_header_changes_where_links_lead(healthy_client: TestClient) -> None:
    """A cache in front would hand the answer to others."""
    headers = {
        "host": "evil.example",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "javascript",
        "x-forwarded-prefix": "//evil.example",
        "x-original-url": "/etc/passwd",
        "forwarded": "host=evil.example",
    }
    for path in ("/", "/councils", "/sitemap.xml", "/feed.atom", "/robots.txt", "/nothing-here"):
        answer = healthy_client.get(path, headers=headers, follow_redirects=False)
        assert "evil.example" not in answer.text, path
        assert "evil.example" not in str(answer.headers.get("location", "")), path


def test_accept_headers_of_any_kind_are_read_without_harm(healthy_client: TestClient) -> None:
    for accept in (
        "*/*;q=banana",
        ";;;,,,",
        "text/" + "x" * 5000,
        "a/b," * 500,
        "text/html;q=-1",
        "\xff/\xfe",
    ):
        harmless(healthy_client.get("/councils", headers={"accept": accept.encode("latin-1")}))


def test_errors_tell_nothing_of_the_machine(healthy_client: TestClient, healthy_store: Path) -> None:
    for path in (
        "/nothing",
        "/councils/XXX",
        "/questions/Q99",
        "/councils?region=nowhere",
        "/councils/X.json",
    ):
        answer = healthy_client.get(path)
        assert answer.status_code in (400, 404)
        for told in (str(healthy_store), "site-packages", str(ROOT), "councilgraph/explorer", ".py"):
            assert told not in answer.text, (path, told)
