"""No secret is asked for on the command line, and none leaves the variable that it stands in."""

from __future__ import annotations

import argparse
import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from councilgraph.cli import COMMANDS, main, make_parser
from tests.conftest import Run
from tests.support.server import Reply, Server

SECRET = "kestrel-4471"
ENVIRONMENT = {"COUNCILGRAPH_USER": "analyst", "COUNCILGRAPH_PASSWORD": SECRET}
_SECRETIVE = re.compile(r"pass|secret|token|key|credential|login|user|auth(?!ority)", re.IGNORECASE)
_NONE = {"key=value"}  # how parameters of stored queries are written


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The names of all options and arguments, those of sub-commands too."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from options(one)
        else:
            yield from (action.dest, *action.option_strings, str(action.metavar or ""))


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_takes_a_secret_as_an_argument(name: str) -> None:
    # What stands on the command line stands in the shell's history and in the list of processes.
    asked = [one for one in options(make_parser(name)) if _SECRETIVE.search(one) and one not in _NONE]
    assert not asked


STORES = {
    "query": ["Q01"],
    "sparql": ["ASK {}"],
    "build": [],
    "load": ["x.txt"],
    "validate": [],
    "check": [],
    "review": ["--list"],
    "export": ["site", "public"],
    "serve": [],
    "release": ["out"],
    "link": [],
    "watch": ["http://127.0.0.1:9/"],
}


@pytest.mark.parametrize("name", STORES)
@pytest.mark.parametrize("password", [SECRET, f"{SECRET}/x", f"a@{SECRET}"])
def test_a_login_in_the_address_of_a_store_is_refused_and_not_repeated(
    name: str,
    password: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    address = f"http://analyst:{password}@127.0.0.1:9/sparql"
    assert main([name, *STORES[name], "--store", address]) == 2
    told = "".join(capsys.readouterr())
    assert "has a login in it" in told and "COUNCILGRAPH_PASSWORD" in told
    assert SECRET not in told and "analyst" not in told
    assert not [*tmp_path.iterdir()]


def test_a_login_in_a_variable_is_refused_and_not_repeated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNCILGRAPH_STORE", f"https://analyst:{SECRET}@127.0.0.1:9/sparql")
    assert main(["query", "Q01"]) == 2
    monkeypatch.setenv("COUNCILGRAPH_STORE", "http://127.0.0.1:9/sparql")
    monkeypatch.setenv("COUNCILGRAPH_UPDATE", f"http://analyst:{SECRET}@127.0.0.1:9/update")
    assert main(["query", "Q01"]) == 2
    told = "".join(capsys.readouterr())
    assert told.count("has a login in it") == 2 and SECRET not in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("diff", f"http://analyst:{SECRET}@127.0.0.1:9/", "other"),
        ("extract", f"http://analyst:{SECRET}@127.0.0.1:9/report"),
        ("watch", f"http://analyst:{SECRET}@127.0.0.1:9/list"),
        ("link", "--from", f"http://analyst:{SECRET}@127.0.0.1:9/charities.zip"),
        ("refresh", "wikidata", "--fetch", "--endpoint", f"http://analyst:{SECRET}@127.0.0.1:9/sparql"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_login_in_any_other_address_is_refused_and_not_repeated(
    arguments: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    data: Path,
) -> None:
    monkeypatch.setenv("COUNCILGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    more = () if arguments[0] == "diff" else ("--data", str(data))
    assert main([*arguments, *more]) == 2
    told = "".join(capsys.readouterr())
    assert "@" in told or "login" in told
    assert SECRET not in told
    written = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in path.read_bytes() for path in written)


@pytest.fixture
def endpoint() -> Iterator[Server]:
    with Server({}).running() as server:
        yield server


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"no entry", status=401),
        Reply(b"forbidden", status=403),
        Reply(b"broken", status=500),
        Reply(b"what is this", status=400),
        Reply(b"<html>", kind="text/html"),
        Reply(b"half", length=4000),
    ],
    ids=lambda reply: f"{reply.status}-{len(reply.data)}",
)
def test_the_password_of_an_endpoint_is_sent_to_it_and_told_to_nobody(
    endpoint: Server, reply: Reply, run: Run, tmp_path: Path
) -> None:
    endpoint.replies["/sparql"] = reply
    asked = ("query", "Q01", "--store", endpoint.address("/sparql"))
    done = run(*asked, cwd=tmp_path, COUNCILGRAPH_DEBUG="", **ENVIRONMENT)
    sent = [headers.get("Authorization", "") for _, headers in endpoint.asked]
    word = base64.b64encode(f"analyst:{SECRET}".encode()).decode()
    assert done.returncode == 2 and f"Basic {word}" in sent
    told = done.stdout + done.stderr
    assert SECRET not in told and word not in told and not [*tmp_path.iterdir()]


@pytest.mark.parametrize("name", ["query", "extract"])
def test_the_password_of_a_proxy_is_not_told_where_its_address_is_broken(
    name: str, run: Run, tmp_path: Path
) -> None:
    proxy = f"http://analyst:{SECRET}@127.0.0.1:{SECRET}"  # a password where the port should be
    asked = {
        "query": ("query", "Q01", "--store", "http://councils.example/sparql"),
        "extract": ("extract", "http://councils.example/report"),
    }[name]
    done = run(*asked, cwd=tmp_path, http_proxy=proxy, no_proxy="", COUNCILGRAPH_CACHE=str(tmp_path / "c"))
    assert done.returncode == 2 and "cannot be understood" in done.stderr, done.stderr
    assert SECRET not in done.stdout + done.stderr
