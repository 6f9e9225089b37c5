"""The page on the explorer is true: its addresses answer, its options and limits are those there are."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from councilgraph.commands import serve
from councilgraph.explorer.app import create_app
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.settings import MIB, Limits, Settings
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "explorer.md").read_text(encoding="utf-8")
FLAT = " ".join(TEXT.split())
PAGES = re.findall(r"^\| `(/[^`]*)` \|", TEXT, re.MULTILINE)
OTHERS = re.findall(r"`(/[a-z][^`]*)`", FLAT.split("For programs")[1].split("## Memory")[0])


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    settings = Settings(store=str(store), previous=str(store))  # or there would be nothing to compare with
    with TestClient(create_app(settings), follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize("address", [*PAGES, *OTHERS, "/councils/NMR.csv"])
def test_an_address_of_the_page_answers(address: str, client: TestClient) -> None:
    assert client.get(address).status_code in (200, 303)


def test_every_page_of_the_menu_is_on_the_page() -> None:
    paths = {kind.path for kind in kinds() if kind.menu}
    assert paths and paths <= {address.split("?")[0] for address in PAGES}


def test_options_of_the_page_are_those_of_the_command() -> None:
    parser = argparse.ArgumentParser()
    serve.configure(parser)
    known = {option for action in parser._actions for option in action.option_strings}
    lines = re.findall(r"councilgraph serve[^\n`]*", TEXT) + re.findall(r"^\| .*", TEXT, re.MULTILINE)
    told = set(re.findall(r"(--[a-z][a-z-]+)", " ".join(lines)))
    assert told and told <= known


def test_limits_of_the_page_are_the_usual_ones() -> None:
    limits = Limits()
    for said in (
        f"| {limits.query_seconds:g} seconds; then",
        f"| {limits.query_memory // MIB} MiB | `--query-memory`",
        f"| {limits.result_rows:,} | `--result-rows`",
        f"| {limits.result_bytes // MIB} MiB |",
        f"| {Settings(store='').workers}; more wait",
        f"| {limits.request_bytes // MIB} MiB, not compressed",
        f"| {limits.address_bytes // 1024} KiB",
        f"findings of a search | {limits.search_results:,}",
        f"within | {limits.header_seconds:g} seconds",
        f"body is here within | {limits.body_seconds:g} seconds",
        f"being taken within | {limits.send_seconds:g} seconds",
        f"connections at once | {limits.connections}",
    ):
        assert said in FLAT, said
