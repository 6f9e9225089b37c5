"""Wikidata asked through a real SPARQL server that holds data of the same shape."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from councilgraph.catalogue import Catalogue
from councilgraph.errors import InputError
from councilgraph.linking.endpoints import Guest, Limits
from loaders.reference import read_reference
from loaders.tidy import TABLES, read_table
from tests.conftest import ROOT, Run
from tests.store.test_endpoint import oxigraph
from tests.support.server import Reply, Server

LINKS = {query.id: query for query in Catalogue(ROOT / "queries").all("links")}
ITEMS = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

wd:Q99000101 rdfs:label "Northmoor"@en ; wdt:P836 "E10009901" ; wdt:P194 wd:Q99000001 .
wd:Q99000001 rdfs:label "Northmoor County Council"@en, "Rat des Nordmoors"@de .
wd:Q99000103 rdfs:label "Eastvale"@en ; wdt:P836 "E08009902" .
wd:Q99000002 rdfs:label "Eastvale Council"@en-gb ; wdt:P1001 wd:Q99000103 .
wd:Q99000104 rdfs:label "Northmoor Ward"@en ; wdt:P836 "E05009901" .
wd:Q99000012 rdfs:label "City of Saltmarsh Police"@en ; wdt:P836 "E23000902" .
wd:Q99000021 skos:altLabel "Northmoor ICB"@en ; rdfs:label "the board"@en ; wdt:P836 "E54000901" ;
    wdt:P576 "2026-03-31T00:00:00Z"^^xsd:dateTime .
wd:Q99000031 wdt:P31 wd:Q6954197 ; rdfs:label "Northmoor Partnership NHS Trust"@en .
wd:Q99000032 wdt:P31 wd:Q6954187 ; rdfs:label "Vale, Marsh and Coast NHS Foundation Trust"@en ;
    wdt:P576 "2025-03-31T00:00:00Z"^^xsd:dateTime .
wd:Q99000041 wdt:P3057 "1100001" ; rdfs:label "Northmoor Carers"@en .
wd:Q99000042 wdt:P3057 "1100002" .
"""


@pytest.fixture(scope="module")
def wikidata() -> Iterator[str]:
    for address in oxigraph():
        request = urllib.request.Request(
            f"{address}/store?default", ITEMS.encode(), {"Content-Type": "text/turtle"}, method="POST"
        )
        urllib.request.urlopen(request, timeout=10).close()
        yield f"{address}/query"


def answer(address: str, query: str, cache: Path, page_rows: int) -> list[str]:
    guest = Guest(address, cache, Limits(pause=0.0, page_rows=page_rows))
    return guest.answer(query, LINKS[query].text).path.read_text().splitlines()


@pytest.mark.parametrize("query", LINKS)
def test_small_pages_give_the_same_answer_as_one_page(query: str, wikidata: str, tmp_path: Path) -> None:
    whole = answer(wikidata, query, tmp_path / "whole", 1000)
    assert answer(wikidata, query, tmp_path / "small", 1) == whole
    assert len(whole) > 2
    assert whole[0].split(",") == [column.name for column in LINKS[query].columns]


def test_the_body_of_a_place_is_found_from_either_side(wikidata: str, tmp_path: Path) -> None:
    lines = answer(wikidata, "L01", tmp_path, 1000)
    entity = "http://www.wikidata.org/entity/"
    assert f"E10009901,{entity}Q99000001,Northmoor County Council," in lines
    assert f"E08009902,{entity}Q99000002,Eastvale Council," in lines
    assert not [line for line in lines if "E05" in line or "Rat des" in line]


def test_a_refresh_asks_and_fills_the_table_and_the_bodies_get_their_items(
    wikidata: str, data: Path, run: Run, tmp_path: Path
) -> None:
    asked = ("refresh", "wikidata", "--fetch", "--endpoint", wikidata, "--data", data)
    few = run(*asked, COUNCILGRAPH_CACHE=str(tmp_path / "cache"))
    assert few.returncode == 2 and "150 to 50000 expected" in few.stderr
    assert not (data / TABLES["wikidata"].path).exists()
    done = run(*asked, "--force", COUNCILGRAPH_CACHE=str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    rows = {(row["value"], row["wikidata"], row["method"]) for row in read_table(data, "wikidata")}
    assert rows == {
        ("E10009901", "Q99000001", "register-identifier"),
        ("E08009902", "Q99000002", "register-identifier"),
        ("E23000902", "Q99000012", "register-identifier"),
        ("E54000901", "Q99000021", "register-identifier"),
        ("RZ1", "Q99000031", "name-match"),
        ("RZ2", "Q99000032", "name-match"),
        ("1100001", "Q99000041", "register-identifier"),
        ("1100002", "Q99000042", "register-identifier"),
    }
    bodies = {one.key: one for table in read_reference(data) for one in table.organisations}
    assert bodies["gss-E23000902"].same_as == ("http://www.wikidata.org/entity/Q99000012",)
    assert bodies["ods-QZ1"].same_as == ("http://www.wikidata.org/entity/Q99000021",)
    assert bodies["ods-RZ1"].same_as == (), "a name alone makes no identity"
    built = run("build", "--store", tmp_path / "store", "--data", data)
    assert built.returncode == 0, built.stderr


def test_a_failing_endpoint_leaves_the_table(data: Path, run: Run, tmp_path: Path) -> None:
    table = data / TABLES["wikidata"].path
    table.write_text("scheme,value,wikidata,method\ngss,E23000902,Q99000012,register-identifier\n")
    before = table.read_bytes()
    with Server({"/sparql": Reply(b"<html>out of order</html>")}).running() as server:
        done = run(
            *("refresh", "wikidata", "--fetch", "--endpoint", server.address("/sparql"), "--data", data),
            COUNCILGRAPH_CACHE=str(tmp_path / "cache"),
        )
    assert done.returncode == 2
    assert "not with JSON" in done.stderr and "what to do" in done.stderr and "Traceback" not in done.stderr
    assert table.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("regions", "--fetch"),
        ("wikidata", "--fetch", "saved.csv"),
        ("wikidata", "--endpoint", "http://127.0.0.1:9/sparql"),
        ("wikidata",),
        ("regions",),
    ],
)
def test_nothing_is_asked_unless_it_is_said_so(arguments: tuple[str, ...], data: Path, run: Run) -> None:
    done = run("refresh", *arguments, "--data", data)
    assert done.returncode == 2
    assert "what to do" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "row",
    ["gss,E23000902,99000012,register-identifier", "lei,X,Q1,register-identifier", "gss,E23000902,Q1,guess"],
)
def test_a_damaged_table_is_refused(row: str, data: Path) -> None:
    (data / TABLES["wikidata"].path).write_text(f"scheme,value,wikidata,method\n{row}\n")
    with pytest.raises(InputError) as caught:
        read_reference(data)
    assert caught.value.where.endswith("wikidata.csv:2")
