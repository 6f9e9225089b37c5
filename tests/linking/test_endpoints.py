"""Asking other people's endpoints: politely, completely, and never longer than agreed."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from councilgraph.errors import InputError
from councilgraph.linking.endpoints import Guest, Limits
from councilgraph.version import __version__
from tests.support.server import Replies, Reply, Server

JSON = "application/sparql-results+json"
QUERY = "SELECT ?code ?item WHERE { ?item <http://example.org/code> ?code } ORDER BY ?code ?item"
QUICK = Limits(pause=0.0, attempts=2, back_off=1.0, step_seconds=5.0, answer_seconds=10.0, page_rows=3)
TODAY = date(2026, 11, 22)


def page(*codes: str) -> Reply:
    """A page of results with these codes."""
    rows = [
        {
            "code": {"type": "literal", "value": code},
            "item": {"type": "uri", "value": f"http://www.wikidata.org/entity/Q{code}"},
        }
        for code in codes
    ]
    told = {"head": {"vars": ["code", "item"]}, "results": {"bindings": rows}}
    return Reply(json.dumps(told).encode(), JSON)


def pages(*answers: Reply) -> Replies:
    """These answers one after the other, the last for ever."""
    return {"/sparql": lambda count: answers[min(count, len(answers) - 1)]}


class Asked:
    """A guest at a small server; ``waits`` are the pauses it made."""

    def __init__(self, server: Server, cache: Path, limits: Limits) -> None:
        self.server, self.cache, self.limits = server, cache, limits
        self.waits: list[float] = []

    def ask(self, query: str = QUERY, on: date = TODAY) -> list[str]:
        guest = Guest(self.server.address("/sparql"), self.cache, self.limits, self.waits.append, lambda: on)
        return guest.answer("codes", query).path.read_text().splitlines()


Visit = Callable[..., "Asked"]


@pytest.fixture
def visit(tmp_path: Path) -> Iterator[Visit]:
    """Starts a server with these answers and a guest at it."""
    open_ones = []

    def start(*answers: Reply, limits: Limits = QUICK) -> Asked:
        running = Server(pages(*answers)).running()
        open_ones.append(running)
        return Asked(running.__enter__(), tmp_path / "answers", limits)

    yield start
    for running in open_ones:
        running.__exit__(None, None, None)


def test_all_pages_are_taken_although_the_server_cuts_them_shorter_than_asked(visit: Visit) -> None:
    asked = visit(page("1", "2"), page("3"), page("4", "5"), page())
    assert [line.split(",")[0] for line in asked.ask()] == ["code", "1", "2", "3", "4", "5"]
    queries = [parse_qs(body.decode())["query"][0] for body in asked.server.posted]
    assert [q.rpartition("OFFSET ")[2].strip() for q in queries] == ["0", "2", "3", "5"]
    assert all(q.startswith(QUERY + "\nLIMIT 3\n") for q in queries)


def test_the_guest_says_who_it_is_and_takes_json_only(visit: Visit) -> None:
    asked = visit(page())
    asked.ask()
    _, headers = asked.server.asked[0]
    assert headers["User-Agent"].startswith(f"councilgraph/{__version__} (+https://")
    assert headers["Accept"] == JSON


def test_there_is_a_pause_between_two_requests(visit: Visit) -> None:
    asked = visit(page("1"), page("2"), page(), limits=replace(QUICK, pause=30.0))
    asked.ask()
    assert len(asked.waits) == 2
    assert all(20 < wait <= 30 for wait in asked.waits)


def test_a_busy_server_says_when_to_come_back(visit: Visit) -> None:
    busy = Reply(b"", status=429, headers={"Retry-After": "7"})
    asked = visit(busy, page("1"), page())
    assert len(asked.ask()) == 2
    assert asked.waits == [7.0]


@pytest.mark.parametrize(
    ("stated", "waited"),
    [
        ("Fri, 20 Nov 2020 10:00:00 GMT", 1.0),
        ("soon", 1.0),
        ("-5", 1.0),
        ("", 1.0),
        ("0", 1.0),
        ("2", 2.0),
    ],
)
def test_a_wait_that_says_nothing_is_our_own(stated: str, waited: float, visit: Visit) -> None:
    asked = visit(Reply(b"", status=503, headers={"Retry-After": stated}), page())
    asked.ask()
    assert asked.waits == [waited]


def test_waits_grow_and_end_after_the_attempts_agreed(visit: Visit) -> None:
    asked = visit(Reply(b"", status=503), limits=replace(QUICK, attempts=4))
    with pytest.raises(InputError, match="503, service unavailable") as caught:
        asked.ask()
    assert asked.waits == [1.0, 2.0, 4.0]
    assert len(asked.server.asked) == 4
    assert "later" in caught.value.cure


def test_a_server_that_asks_for_too_long_a_wait_is_left_alone(visit: Visit) -> None:
    asked = visit(Reply(b"", status=429, headers={"Retry-After": "99999999999"}))
    with pytest.raises(InputError, match="come back in"):
        asked.ask()
    assert (asked.waits, len(asked.server.asked)) == ([], 1)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_told_and_not_followed(status: int, visit: Visit) -> None:
    with Server({"/elsewhere": page("666")}).running() as elsewhere:
        target = elsewhere.address("/elsewhere")
        asked = visit(Reply(b"", status=status, headers={"Location": target}))
        with pytest.raises(InputError, match="leads to another address") as caught:
            asked.ask()
        assert target in caught.value.what and "--endpoint" in caught.value.cure
        assert elsewhere.asked == []


def test_a_web_page_in_the_place_of_json_is_refused_at_once(visit: Visit) -> None:
    asked = visit(Reply(b"<html>Welcome</html>"))
    with pytest.raises(InputError, match="'text/html', not with JSON"):
        asked.ask()
    assert len(asked.server.asked) == 1


@pytest.mark.parametrize(
    "broken",
    [
        Reply(page("1", "2").data[:-30] + b"java.util.concurrent.TimeoutException", JSON),
        Reply(page("1").data, JSON, length=100_000),
        Reply(b'{"head": {"vars": ["code"]}, "boolean": true}', JSON),
        Reply(b"[" * 100_000, JSON),
        Reply(b"\xff\xfe", JSON),
    ],
    ids=["stack-trace-in-the-middle", "half-an-answer", "another-form", "deep-nesting", "no-utf-8"],
)
def test_an_answer_that_breaks_off_is_asked_for_again(broken: Reply, visit: Visit) -> None:
    assert len(visit(broken, page("1"), page()).ask()) == 2
    with pytest.raises(InputError, match="gives no answer"):
        visit(broken).ask(QUERY + " ?other")


def test_an_endless_answer_ends_when_the_time_is_over(visit: Visit) -> None:
    asked = visit(
        Reply(b"", JSON, length=10**9, drip=True), limits=replace(QUICK, attempts=1, answer_seconds=0.3)
    )
    with pytest.raises(InputError, match=r"no answer in 0\.3 s"):
        asked.ask()


def test_an_answer_that_is_too_large_is_not_read_to_its_end(visit: Visit) -> None:
    asked = visit(Reply(b" " * 3_000_000, JSON), limits=replace(QUICK, answer_bytes=1_000_000))
    with pytest.raises(InputError, match="larger than 1 MB"):
        asked.ask()
    assert len(asked.server.asked) == 1


@contextmanager
def speaking(words: bytes) -> Iterator[str]:
    """A server that says this to everyone, and then a letter now and then, for ever."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(words)
                while not done.wait(0.02):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        done.set()
        thread.join()


@pytest.mark.parametrize("words", [b"", b"HTTP/1.1 200 OK\r\nX-Long: "], ids=["silence", "endless-header"])
def test_headers_that_never_end_do_not_hold_us(words: bytes, tmp_path: Path) -> None:
    with speaking(words) as address:
        guest = Guest(address, tmp_path, replace(QUICK, attempts=1, answer_seconds=0.3))
        with pytest.raises(InputError, match="gives no answer"):
            guest.answer("codes", QUERY)


def test_the_words_of_an_error_are_told_without_steering_the_terminal(visit: Visit) -> None:
    asked = visit(Reply(b"\x1b[31mMalformed query\nat line 1" + b"!" * 100_000, "text/plain", status=400))
    with pytest.raises(InputError, match="400, bad request") as caught:
        asked.ask()
    assert "Malformed query at line 1" in caught.value.what
    assert "\x1b" not in caught.value.what and len(caught.value.what) < 400
    assert len(asked.server.asked) == 1, "a query that is wrong stays wrong"


def test_a_server_that_knows_no_offset_is_found_out(visit: Visit) -> None:
    asked = visit(page("1", "2", "3"))
    with pytest.raises(InputError, match="the same page"):
        asked.ask()
    assert len(asked.server.asked) == 2
    assert not list(asked.cache.glob("*.csv*")), "half an answer must not look like a whole one"


def test_an_answer_without_end_is_given_up(visit: Visit) -> None:
    asked = visit(page("1"), page("2"), page("3"), page("4"), limits=replace(QUICK, pages=3))
    with pytest.raises(InputError, match="goes on after 3 pages"):
        asked.ask()


def test_nobody_is_asked_twice_on_one_day(visit: Visit) -> None:
    asked = visit(page("1"), page(), page("2"), page())
    first = asked.ask()
    assert asked.ask() == first
    assert len(asked.server.asked) == 2
    told = json.loads((asked.cache / "codes.json").read_text())
    assert (told["on"], told["rows"], len(told["sha256"])) == ("2026-11-22", 1, 64)
    assert told["address"] == asked.server.address("/sparql")


@pytest.mark.parametrize("change", ["days-later", "other-query", "file-changed", "note-damaged"])
def test_what_is_old_or_changed_is_asked_for_anew(change: str, visit: Visit) -> None:
    asked = visit(page("1"), page(), page("2"), page())
    asked.ask()
    query, on = QUERY, TODAY
    if change == "days-later":
        on = date(2026, 11, 24)
    elif change == "other-query":
        query = QUERY.replace("?code ?item WHERE", "?code ?item  WHERE")
    elif change == "file-changed":
        (asked.cache / "codes.csv").write_text("code,item\n1,http://www.wikidata.org/entity/Q666\n")
    else:
        (asked.cache / "codes.json").write_text("[" * 100_000)
    assert asked.ask(query, on)[1].startswith("2,")


def test_a_failure_leaves_the_answer_of_before(visit: Visit) -> None:
    asked = visit(page("1"), page(), page("2"), Reply(b"", status=503))
    first = asked.ask()
    with pytest.raises(InputError):
        asked.ask(on=date(2026, 12, 24))
    assert (asked.cache / "codes.csv").read_text().splitlines() == first
    assert asked.ask() == first


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/sparql",
        "https://",
        "https://user:word@example.org/sparql",
        "https://example.org/a b",
        "https://example.org:99999/sparql",
        "https://exämple.org/sparql",
        "http://[::1/sparql",
    ],
)
def test_only_plain_web_addresses_are_asked(address: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        Guest(address, tmp_path)
    assert "word" not in str(caught.value)
    assert caught.value.cure


def test_a_server_that_is_not_there_is_an_error_with_a_cure(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    guest = Guest(f"http://127.0.0.1:{port}/sparql", tmp_path, replace(QUICK, attempts=1))
    with pytest.raises(InputError, match="the connection fails") as caught:
        guest.answer("codes", QUERY)
    assert caught.value.cure
