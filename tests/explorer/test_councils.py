"""The pages of councils: the list, one council, its findings, and councils beside each other."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from starlette.testclient import TestClient

from councilgraph.explorer.directory import Council, directory
from councilgraph.explorer.findings import findings
from councilgraph.explorer.page import Asked, NotFoundError
from councilgraph.explorer.pages import council, council_findings, councils
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.statements import STATEMENTS


@pytest.fixture(scope="module")
def snapshot(rich_snapshot: Snapshot) -> Snapshot:
    """All councils, a few of them with a generated report."""
    return rich_snapshot


@pytest.fixture(scope="module")
def client(rich_client: TestClient) -> TestClient:
    """The explorer over the same build."""
    return rich_client


@pytest.fixture(scope="module")
def read(rich_snapshot: Snapshot) -> Council:
    """The council with the most findings."""
    code = findings(rich_snapshot).count(findings(rich_snapshot).entries, "council")[0][0].slug
    return directory(rich_snapshot).get(code)


def words(html: str) -> str:
    """The text of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_every_council_is_listed_assessed_or_not(client: TestClient, snapshot: Snapshot) -> None:
    text = words(client.get("/councils").text)
    known = directory(snapshot).all
    assert {one.state for one in known} >= {"Assessed", "No report found"}
    for one in known:
        assert one.short in text
    assert "No report found" in text


def test_a_pilot_is_said_to_be_indicative(client: TestClient, snapshot: Snapshot) -> None:
    pilot = next(one for one in directory(snapshot).all if one.state == "Pilot only")
    assert "(indicative)" in pilot.rating
    assert "its rating and scores are indicative" in client.get(pilot.address).text


def test_filters_narrow_the_list_and_say_what_they_do(client: TestClient, snapshot: Snapshot) -> None:
    region = directory(snapshot).regions()[0]
    slug = region.lower().replace(" ", "-")
    found = client.get(f"/councils.json?region={slug}").json()["tables"]["councils"]
    expected = [one.name for one in directory(snapshot).all if one.region == region]
    assert [row["authority"] for row in found["rows"]] == expected
    assert 0 < len(expected) < len(directory(snapshot).all)
    assert region in found["title"]


@pytest.mark.parametrize("order", ["region", "type", "percentage", "date"])
def test_no_order_loses_a_council(client: TestClient, snapshot: Snapshot, order: str) -> None:
    html = client.get(f"/councils?order={order}").text
    for one in directory(snapshot).all:
        assert html.count(f'href="{one.address}"') == 1


def test_councils_are_listed_by_percentage_with_those_that_have_none_last(snapshot: Snapshot) -> None:
    page = councils.make(snapshot, Asked(query={"order": ("percentage",)}))
    given = [one["percentage"] for one in page.tables[0].records()]
    numbers = [one for one in given if one is not None]
    assert numbers == sorted(numbers, reverse=True)
    assert given[: len(numbers)] == numbers


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/councils?region=atlantis", "west-midlands"),
        ("/councils?order=luck", "percentage"),
        ("/councils/staffordshyre", "Staffordshire County Council (STS)"),
        ("/councils/bristoll", "(BST)"),
        ("/councils/STS/findings?theme=dragons", "without filters"),
        ("/councils/STS/findings?page=9999", "pages 1 to"),
        ("/councils/STS/findings?page=-1", "pages 1 to"),
        ("/councils/STS/findings?page=%D9%A1", "pages 1 to"),
        ("/compare?council=XXX&council=STS", "no council"),
    ],
)
def test_what_is_not_there_is_404_with_the_nearest(client: TestClient, address: str, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert said in words(answer.text)


def test_the_page_of_a_council_leads_to_its_report_and_findings(
    client: TestClient, snapshot: Snapshot
) -> None:
    one = directory(snapshot).get("STS")
    assert one.latest
    html = client.get("/councils/STS").text
    assert f'href="{one.latest.report}"' in html
    assert f"{one.latest.rating} {one.latest.percentage}% of the possible score" in words(html)
    for slug, score in one.latest.scores.items():
        assert f'href="/statements/{slug}"' in html
        assert f'<span class="score s{score}">{score}</span>' in html


def test_a_council_without_a_report_says_that_this_says_nothing(
    client: TestClient, snapshot: Snapshot
) -> None:
    bare = next(one for one in directory(snapshot).all if one.state == "No report found")
    text = words(client.get(bare.address).text)
    assert "That does not say that there is none" in text


def test_findings_of_a_council_are_those_of_the_stored_question(snapshot: Snapshot, read: Council) -> None:
    page = council_findings.make(snapshot, Asked({"code": read.code}, form="csv"))
    mine = {(r["finding"], r["text"], r["section"], r["paragraph"]) for r in page.tables[0].records()}
    theirs = {
        (r["finding"], r["text"], r["section"], r["paragraph"])
        for r in snapshot.records("Q38", authority=read.iri)
    }
    assert mine == theirs
    assert len(mine) > 40


def test_a_finding_has_its_sentence_place_voice_and_state(
    client: TestClient, snapshot: Snapshot, read: Council
) -> None:
    known = findings(snapshot)
    entry = next(
        one for one in known.select(council=read.code) if one.themes and one.voices and one.statement
    )
    shown = known.show([entry])[0]
    chosen = f"statement={entry.statement}&theme={entry.themes[0]}&voice={entry.voices[0]}"
    at = f"{read.address}/findings?{chosen}"
    text = words(client.get(at).text)
    assert " ".join(shown.sentence.split())[:60] in text.replace("&#39;", "'").replace("&amp;", "&")
    assert f"{shown.section}, paragraph {shown.paragraph}, sentence {shown.number}" in text
    assert f"Voice: {shown.voices[0].label}" in text
    assert shown.state_words in text


def test_the_pages_of_a_list_hold_each_finding_once(snapshot: Snapshot, read: Council) -> None:
    seen: list[str] = []
    every = council_findings.addresses(snapshot)
    addresses = [one for one in every if one.startswith(f"{read.address}/") and "statement" not in one]
    for at, address in enumerate(addresses, 1):
        assert address.endswith(f"page={at}") == (at > 1)
        page = council_findings.make(snapshot, Asked({"code": read.code}, {"page": (str(at),)}))
        seen += [one.iri for one in page.content["findings"]]
    assert len(addresses) > 1
    assert seen == [entry.iri for entry in findings(snapshot).select(council=read.code)]


def test_a_list_as_data_holds_all_pages(client: TestClient, snapshot: Snapshot, read: Council) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{read.address}/findings.csv?page=2").text)))
    assert len(rows) == len(findings(snapshot).select(council=read.code))


def test_each_table_of_a_council_can_be_had_alone(
    client: TestClient, snapshot: Snapshot, read: Council
) -> None:
    page = council.make(snapshot, Asked({"code": read.code}))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{read.address}.xlsx").content))
    assert len(book.sheetnames) == len(page.tables)
    for table in page.tables:
        text = client.get(f"{read.address}.csv?table={table.name}").text
        assert len(list(csv.DictReader(io.StringIO(text)))) == len(table.rows)


@pytest.mark.parametrize(
    ("name", "query", "key"),
    [
        ("strategies", "Q32", "strategy-iri"),
        ("laws", "Q37", "act-iri"),
        ("arrangements", "Q30", "arrangement"),
    ],
)
def test_what_is_told_in_several_sentences_is_listed_once(
    snapshot: Snapshot, name: str, query: str, key: str
) -> None:
    told: dict[str, list[object]] = {}
    for row in snapshot.records(query):
        told.setdefault(str(row["authority-iri"]).rsplit("/", 1)[-1], []).append(row[key])
    assert told
    for code, things in told.items():
        page = council.make(snapshot, Asked({"code": code}))
        table = next(one for one in page.tables if one.name == name).records()
        assert {row[key] for row in table} == set(things)
        assert len(table) <= len(things)
        assert all(int(row["sentences"] or 0) >= 1 for row in table)


def test_two_councils_stand_beside_each_other_in_the_order_asked_for(
    client: TestClient, snapshot: Snapshot
) -> None:
    found = client.get("/compare.json?council=STS,LIN").json()["tables"]["scores"]
    assert [column["name"] for column in found["columns"]][2:4] == ["STS", "LIN"]
    chosen = [directory(snapshot).get(code).latest for code in ("STS", "LIN")]
    for row, slug in zip(found["rows"], STATEMENTS, strict=True):
        scores = [one.scores[slug] if one else None for one in chosen]
        assert [row["STS"], row["LIN"]] == scores
        assert row["spread"] == abs((scores[0] or 0) - (scores[1] or 0))


def test_seven_councils_are_refused(client: TestClient, snapshot: Snapshot) -> None:
    codes = [one.code for one in directory(snapshot).all][:7]
    assert len(codes) == 7
    answer = client.get(f"/compare?council={','.join(codes)}")
    assert answer.status_code == 400
    assert "Choose 2 to 6" in answer.text


def test_one_council_is_kept_in_the_form(client: TestClient) -> None:
    html = client.get("/compare?council=STS").text
    assert re.search(r'value="STS" checked', html)
    assert "Choose at least one more" in html


def test_counts_lead_to_the_findings_they_count(
    client: TestClient, snapshot: Snapshot, read: Council
) -> None:
    page = council.make(snapshot, Asked({"code": read.code}))
    table = next(one for one in page.tables if one.name == "themes").records()
    assert table
    html = client.get(read.address).text
    for row in table:
        slug = str(row["theme-iri"]).rsplit("/", 1)[-1]
        assert f'href="{read.address}/findings?theme={slug}"' in html
        exactly = [one for one in findings(snapshot).select(council=read.code) if slug in one.themes]
        assert row["findings"] == len(exactly)


def test_the_home_page_counts_what_the_build_holds(client: TestClient, snapshot: Snapshot) -> None:
    text = words(client.get("/").text)
    assert f"{len(findings(snapshot).entries):,} sentences read" in text
    formal = [one for one in directory(snapshot).all if one.state == "Assessed"]
    assert f"{len(formal)} of" in text


def test_an_unknown_council_is_told_apart_from_a_wrong_address(snapshot: Snapshot) -> None:
    with pytest.raises(NotFoundError, match="no council with the code"):
        directory(snapshot).get("ZZZ")
