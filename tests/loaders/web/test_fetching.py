"""Fetching: as a polite guest, never further than the site, never more than agreed."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.version import AGENT
from loaders.web.addresses import below, checked, home_of, joined, origin, same_site
from loaders.web.asking import Limits
from loaders.web.errors import FetchError
from loaders.web.fetch import Fetcher
from tests.support.server import HOST, Replies, Reply, Server

QUICK = Limits(pause=0, back_off=0.5, step_seconds=5, page_seconds=20)
PAGE = b"<!DOCTYPE html><html><body><p>A page.</p></body></html>"

Serve = Callable[[Replies], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda replies: stack.enter_context(Server(replies).running())


class Guest:
    """A fetcher that notes how long it would have waited, and does not wait."""

    def __init__(self, cache: Path, limits: Limits = QUICK, allowed: tuple[str, ...] = (HOST,)) -> None:
        self.waits: list[float] = []
        self.fetcher = Fetcher(cache, limits, allowed, self.waits.append)

    def __enter__(self) -> Guest:
        return self

    def __exit__(self, *error: Any) -> None:
        self.fetcher.__exit__(None, None, None)

    def get(self, address: str) -> bytes:
        return self.fetcher.get(address).data

    def refused(self, address: str) -> FetchError:
        with pytest.raises(FetchError) as caught:
            self.fetcher.get(address)
        assert caught.value.where and caught.value.cure
        return caught.value


def test_a_page_comes_byte_for_byte_and_we_say_who_we_are(serve: Serve, tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf<!DOCTYPE html>\r\n<p>caf\xe9</p>\r\n"
    server = serve({"/a": data})
    with Guest(tmp_path) as guest:
        page = guest.fetcher.get(server.address("/a#part"))
    assert page.data == data and page.ending == ".html" and page.address == server.address("/a")
    assert {headers["User-Agent"] for _, headers in server.asked} == {AGENT}
    assert "councilgraph/" in AGENT and "+https://" in AGENT


def test_robots_txt_is_read_first_and_once_and_obeyed(serve: Serve, tmp_path: Path) -> None:
    robots = Reply(b"User-agent: *\nDisallow: /private/\n", "text/plain")
    server = serve({"/robots.txt": robots, "/a": PAGE, "/b": PAGE, "/private/c": PAGE})
    with Guest(tmp_path) as guest:
        guest.get(server.address("/a"))
        guest.get(server.address("/b"))
        assert "robots.txt" in guest.refused(server.address("/private/c")).what
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a", "/b"]


def test_rules_for_our_own_name_come_before_those_for_all(serve: Serve, tmp_path: Path) -> None:
    robots = b"User-agent: *\nDisallow:\n\nUser-agent: councilgraph\nDisallow: /\n"
    server = serve({"/robots.txt": Reply(robots, "text/plain"), "/a": PAGE})
    with Guest(tmp_path) as guest:
        guest.refused(server.address("/a"))
    assert server.paths() == []


def test_a_redirect_does_not_lead_past_robots_txt(serve: Serve, tmp_path: Path) -> None:
    server = serve(
        {
            "/robots.txt": Reply(b"User-agent: *\nDisallow: /private/\n", "text/plain"),
            "/a": Reply(status=302, headers={"Location": "/private/c"}),
            "/private/c": PAGE,
        }
    )
    with Guest(tmp_path) as guest:
        assert "robots.txt" in guest.refused(server.address("/a")).what
    assert server.paths() == ["/a"]


@pytest.mark.parametrize("status", [500, 503])
def test_without_a_readable_robots_txt_nothing_is_asked_for(
    serve: Serve, tmp_path: Path, status: int
) -> None:
    server = serve({"/robots.txt": Reply(status=status), "/a": PAGE})
    with Guest(tmp_path) as guest:
        guest.refused(server.address("/a"))
    assert server.paths() == []


@pytest.mark.parametrize("robots", ["Crawl-delay: 50", "Request-rate: 1/50"])
def test_the_pause_that_a_site_asks_for_is_kept(serve: Serve, tmp_path: Path, robots: str) -> None:
    text = Reply(f"User-agent: *\n{robots}\n".encode(), "text/plain")
    server = serve({"/robots.txt": text, "/a": PAGE, "/b": PAGE})
    with Guest(tmp_path) as guest:
        guest.get(server.address("/a"))
        before = len(guest.waits)
        guest.get(server.address("/b"))
        assert len(guest.waits) == before + 1 and 0 < guest.waits[-1] <= 50


def test_a_site_that_asks_for_a_pause_of_a_day_is_left_alone(serve: Serve, tmp_path: Path) -> None:
    robots = Reply(b"User-agent: *\nCrawl-delay: 86400\n", "text/plain")
    server = serve({"/robots.txt": robots, "/a": PAGE})
    with Guest(tmp_path) as guest:
        assert "86400 s" in guest.refused(server.address("/a")).what
    assert server.paths() == []


def test_our_own_pause_lies_between_two_requests_to_a_site(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/a": PAGE})
    with Guest(tmp_path, replace(QUICK, pause=1000)) as guest:
        guest.get(server.address("/a"))
        # robots.txt was the first request, the page the second.
        assert len(guest.waits) == 1 and 0 < guest.waits[0] <= 1000


def test_a_page_that_has_not_changed_is_not_sent_again(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/a": Reply(PAGE, headers={"Cache-Control": "max-age=3600"})})
    for _ in range(2):
        with Guest(tmp_path) as guest:
            assert guest.get(server.address("/a")) == PAGE
    # Asked both times, although the site says that it stays fresh: a new version must be seen.
    assert [status for path, status in server.sent if path == "/a"] == [200, 304]


def test_a_page_that_has_changed_is_sent_again(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/a": PAGE})
    with Guest(tmp_path) as guest:
        guest.get(server.address("/a"))
    server.replies["/a"] = PAGE + b"<p>More.</p>"
    with Guest(tmp_path) as guest:
        assert b"More." in guest.get(server.address("/a"))


def test_what_fails_twice_and_then_works_is_had(serve: Serve, tmp_path: Path) -> None:
    server = serve(
        {"/a": lambda count: Reply(PAGE if count == 2 else b"", status=200 if count == 2 else 500)}
    )
    with Guest(tmp_path) as guest:
        assert guest.get(server.address("/a")) == PAGE
        assert guest.waits == [0.5, 1.0], "each wait is twice the one before"


def test_what_fails_every_time_is_given_up(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/a": Reply(status=503)})
    with Guest(tmp_path) as guest:
        assert "503" in guest.refused(server.address("/a")).what
    assert len(server.paths()) == QUICK.attempts


@pytest.mark.parametrize("stated", ["50", "moment"])
def test_a_site_that_says_when_to_come_back_is_asked_again_then(
    serve: Serve, tmp_path: Path, stated: str
) -> None:
    def busy(count: int) -> Reply:
        when = "50" if stated == "50" else formatdate(_now() + 50, usegmt=True)
        return Reply(PAGE) if count else Reply(status=429, headers={"Retry-After": when})

    server = serve({"/a": busy})
    with Guest(tmp_path) as guest:
        assert guest.get(server.address("/a")) == PAGE
        (wait,) = guest.waits
        assert 1 < wait <= 50


def test_a_site_that_says_to_come_back_tomorrow_is_left_alone(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/a": Reply(status=503, headers={"Retry-After": "86400"})})
    with Guest(tmp_path) as guest:
        assert "86400 s" in guest.refused(server.address("/a")).what
        assert guest.waits == []
    assert len(server.paths()) == 1


def test_half_a_page_is_no_page_and_is_not_kept(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/a": Reply(PAGE[:20], length=len(PAGE))})
    with Guest(tmp_path) as guest:
        guest.refused(server.address("/a"))
    assert len(server.paths()) == QUICK.attempts
    server.replies["/a"] = lambda count: Reply(PAGE)
    with Guest(tmp_path) as guest:
        assert guest.get(server.address("/a")) == PAGE


def test_a_page_that_never_ends_is_given_up(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/a": Reply(PAGE, length=10**6, drip=True)})
    with Guest(tmp_path, replace(QUICK, page_seconds=0.4)) as guest:
        assert "0.4 s" in guest.refused(server.address("/a")).what


def test_a_server_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    with (
        socket.create_server((HOST, 0)) as silent,
        Guest(tmp_path, replace(QUICK, page_seconds=0.3)) as guest,
    ):
        error = guest.refused(f"http://{HOST}:{silent.getsockname()[1]}/a")
    assert "0.3 s" in error.what


def test_a_host_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    with Guest(tmp_path) as guest:
        assert "connection" in guest.refused(f"http://{HOST}:{port}/a").what


@pytest.mark.parametrize("told", [True, False], ids=["length told", "length not told"])
def test_a_page_that_is_too_large_is_refused(serve: Serve, tmp_path: Path, told: bool) -> None:
    page = (
        Reply(b"x" * 5000)
        if told
        else Reply(gzip.compress(b"x" * 5000), headers={"Content-Encoding": "gzip"})
    )
    server = serve({"/a": page})
    with Guest(tmp_path, replace(QUICK, page_bytes=4000)) as guest:
        assert "larger" in guest.refused(server.address("/a")).what
    assert len(server.paths()) == 1


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "zstd"])
def test_a_coding_that_was_not_asked_for_is_not_unpacked(serve: Serve, tmp_path: Path, coding: str) -> None:
    server = serve({"/a": Reply(b"\x00" * 50, headers={"Content-Encoding": coding})})
    with Guest(tmp_path) as guest:
        assert "coding" in guest.refused(server.address("/a")).what


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/json", ""])
def test_what_is_no_page_pdf_or_text_is_refused(serve: Serve, tmp_path: Path, kind: str) -> None:
    server = serve({"/a": Reply(PAGE, kind)})
    with Guest(tmp_path) as guest:
        assert "not a page" in guest.refused(server.address("/a")).what


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_page_that_is_not_there_is_said_to_be_so(serve: Serve, tmp_path: Path, status: int) -> None:
    server = serve({"/a": Reply(status=status)})
    with Guest(tmp_path) as guest:
        assert str(status) in guest.refused(server.address("/a")).what
    assert len(server.paths()) == 1, "it would not be there a second later either"


def test_a_cache_that_is_damaged_costs_nothing_but_time(
    serve: Serve, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "answers.sqlite").write_bytes(b"no database" * 1000)
    server = serve({"/a": PAGE})
    with Guest(tmp_path) as guest:
        assert guest.get(server.address("/a")) == PAGE
    assert capfd.readouterr().err == ""


def test_the_proxy_of_this_computer_is_used(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve({"http://reports.example/a": PAGE})
    monkeypatch.setenv("http_proxy", proxy.address(""))
    monkeypatch.setenv("no_proxy", "")
    with Guest(tmp_path, allowed=()) as guest:
        assert guest.get("http://reports.example/a") == PAGE
        assert "private" in guest.refused("http://10.0.0.1/a").what
    assert {path for path, _ in proxy.asked} == {f"http://reports.example/{p}" for p in ("robots.txt", "a")}


def test_a_redirect_within_the_site_is_followed(serve: Serve, tmp_path: Path) -> None:
    server = serve({"/a": Reply(status=301, headers={"Location": "/b"}), "/b": PAGE})
    with Guest(tmp_path) as guest:
        assert guest.fetcher.get(server.address("/a")).address == server.address("/b")


def test_a_redirect_to_another_site_is_not_followed(serve: Serve, tmp_path: Path) -> None:
    other = serve({"/b": PAGE})
    server = serve({"/a": Reply(status=302, headers={"Location": other.address("/b")})})
    with Guest(tmp_path) as guest:
        error = guest.refused(server.address("/a"))
    assert other.address("/b") in error.what and other.asked == []


@pytest.mark.parametrize(
    "target", ["file:///etc/hosts", "ftp://example.org/a", "//", "http://u:p@example.org/"]
)
def test_a_redirect_out_of_the_web_is_not_followed(serve: Serve, tmp_path: Path, target: str) -> None:
    server = serve({"/a": Reply(status=302, headers={"Location": target})})
    with Guest(tmp_path) as guest:
        guest.refused(server.address("/a"))


def test_redirects_in_a_ring_end(serve: Serve, tmp_path: Path) -> None:
    server = serve(
        {
            "/a": Reply(status=302, headers={"Location": "/b"}),
            "/b": Reply(status=302, headers={"Location": "/a"}),
        }
    )
    with Guest(tmp_path) as guest:
        assert "without an end" in guest.refused(server.address("/a")).what
    assert server.paths() == ["/a", "/b"]


def test_redirects_that_go_on_and_on_end(serve: Serve, tmp_path: Path) -> None:
    steps: Replies = {f"/{n}": Reply(status=302, headers={"Location": f"/{n + 1}"}) for n in range(50)}
    server = serve(steps)
    with Guest(tmp_path) as guest:
        assert "without an end" in guest.refused(server.address("/0")).what
    assert len(server.paths()) == QUICK.redirects + 1


@pytest.mark.parametrize("host", ["localhost", HOST])
def test_a_machine_of_a_private_network_is_read_only_where_the_user_says_so(
    serve: Serve, tmp_path: Path, host: str
) -> None:
    server = serve({"/a": PAGE})
    with Guest(tmp_path, allowed=()) as guest:
        error = guest.refused(f"http://{host}:{server.port}/a")
    assert "private" in error.what and f"--allow-host {host}" in error.cure
    assert server.asked == []


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "::1",
        "::ffff:127.0.0.1",
        "fd00::1",
        "0.0.0.0",
    ],
)
def test_a_public_name_that_means_a_private_machine_is_refused(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    server = serve({"/a": PAGE})
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    known = [(family, socket.SOCK_STREAM, 6, "", (number, server.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: known)
    monkeypatch.setenv("NO_PROXY", "*")
    with Guest(tmp_path, allowed=()) as guest:
        assert "private" in guest.refused(f"http://reports.example:{server.port}/a").what
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/a",
        "https://",
        "https:///a",
        "javascript:alert(1)",
        "https://e.org:99999/",
        "x" * 3000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(FetchError):
        checked(address)


@given(st.text(max_size=60) | st.text("abc:/?#[]@.%5e^\\ \t\u00e9", max_size=30))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    for given_text in (text, f"https://{text}", f"https://example.org/{text}"):
        try:
            address = checked(given_text)
        except FetchError:
            continue
        assert checked(address) == address and address.isascii() and origin(address) in address
        assert same_site(address, address)
    joined("https://example.org/a", text)


def test_a_password_in_an_address_is_neither_used_nor_shown() -> None:
    with pytest.raises(FetchError) as caught:
        checked("https://clerk:secret@example.org/a")
    assert "secret" not in str(caught.value)


def test_a_site_is_scheme_host_and_port() -> None:
    assert origin("HTTPS://Example.org:443/a") == "https://example.org"
    assert same_site("http://example.org/a", "https://EXAMPLE.org/b")
    assert not same_site("https://example.org/a", "http://example.org/b")
    assert not same_site("https://example.org/a", "https://www.example.org/a")
    assert not same_site("https://example.org/a", "https://example.org:8443/a")
    assert not same_site("http://example.org:8080/a", "https://example.org/a")


def test_addresses_are_compared_by_their_parts() -> None:
    assert home_of("/r/x-0525/theme1/needs") == "/r/x-0525" and home_of("/r/x/2-support/y") == "/r/x"
    assert below("/r/x-0225-theme3-care", "/r/x-0225") and not below("/r/x2", "/r/x")
    assert joined("https://e.org/a/b", "../c#d") == "https://e.org/c"
    assert (
        joined("https://e.org/a", "mailto:x@e.org") is None and joined("https://e.org/", "http://[") is None
    )


def _now() -> float:
    import time

    return time.time()
