"""``load``, ``build``, ``extract`` and ``watch`` with addresses, against a server of our own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks.layouts import render
from councilgraph.cli import main
from councilgraph.store.embedded import open_embedded
from tests.support.server import HOST, Replies, Reply, Server
from tests.support.site import FOLDER, make_assessment, make_listing, make_pages

CG = "https://w3id.org/councilgraph/"
PREFIXES = (
    f"PREFIX cg: <{CG}def#> PREFIX prov: <http://www.w3.org/ns/prov#> "
    "PREFIX dcterms: <http://purl.org/dc/terms/> "
)
POLITE = ("--pause", "0", "--allow-host", HOST)

Serve = Callable[[Replies], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda replies: stack.enter_context(Server(replies).running())


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def do(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    monkeypatch.setenv("COUNCILGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COUNCILGRAPH_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("COUNCILGRAPH_DATA", str(data))
    # The table of scores would tell of the same assessments.
    for name in ("scores.csv", "pilots.csv"):
        table = data / "assessments" / name
        table.write_text(table.read_text().splitlines()[0] + "\n")

    def call(*arguments: str) -> Done:
        code = main(arguments)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return call


Do = Callable[..., Done]


def rows(tmp_path: Path, query: str) -> list[list[str]]:
    _, found = open_embedded(str(tmp_path / "store")).select(PREFIXES + query)
    return [["" if value is None else value.value for value in row] for row in found]


def count(tmp_path: Path, pattern: str) -> int:
    return int(rows(tmp_path, f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")[0][0])


def test_a_report_is_loaded_by_its_address_and_keeps_it(serve: Serve, do: Do, tmp_path: Path) -> None:
    pages = make_pages(make_assessment("D"))
    server = serve(dict(pages))
    landing = server.address(next(iter(pages)))
    assert do("build").code == 0
    done = do("load", landing, *POLITE)
    assert done.code == 0, done.err
    assert rows(tmp_path, "SELECT ?page { ?a a cg:Assessment ; cg:reportPage ?page }") == [[landing]]
    addresses = rows(tmp_path, "SELECT ?at { ?d a cg:SourceDocument ; cg:pageRole ?r ; dcterms:source ?at }")
    assert len(addresses) == 11 and {at.removeprefix(server.address("")) for (at,) in addresses} <= set(pages)


def test_the_same_report_under_two_addresses_is_one_assessment(serve: Serve, do: Do, tmp_path: Path) -> None:
    it = make_assessment("D")
    pages, copies = make_pages(it), make_pages(it, "copy-of-a-report")
    server = serve({**pages, **copies})
    first, second = server.address(next(iter(pages))), server.address(next(iter(copies)))
    done = do("build", "--reports", first, second, *POLITE)
    assert done.code == 0, done.err
    assert count(tmp_path, "?a a cg:Assessment") == 1
    findings = count(tmp_path, "?f a cg:Finding")
    done = do("load", second, *POLITE)
    assert done.code == 0, done.err
    assert count(tmp_path, "?a a cg:Assessment") == 1
    assert count(tmp_path, "?f a cg:Finding") == findings


def test_a_newer_version_replaces_the_older_which_the_provenance_keeps(
    serve: Serve, do: Do, tmp_path: Path
) -> None:
    older = make_pages(make_assessment("D"))
    server = serve(dict(older))
    landing = server.address(next(iter(older)))
    assert do("build", "--reports", landing, *POLITE).code == 0
    from_pages = "?d a cg:SourceDocument ; dcterms:source ?at ; cg:pageRole ?role"
    before = dict(rows(tmp_path, f"SELECT ?d ?at {{ {from_pages} }}"))
    findings = count(tmp_path, "?f a cg:Finding")

    newer = make_pages(make_assessment("D", note=" It was looked at again."))
    summary = next(path for path in newer if path.endswith("/summary"))
    updated = b"Page last updated: 30 June 2025"
    newer[summary] = newer[summary].replace(b"Page last updated: 30 May 2025", updated)
    server.replies = dict(newer)
    done = do("load", landing, *POLITE)
    assert done.code == 0, done.err
    assert count(tmp_path, "?f a cg:Finding") > findings
    kept = rows(
        tmp_path,
        "SELECT ?old ?at ?new { GRAPH ?g { ?new prov:wasRevisionOf ?old . ?old dcterms:source ?at ;"
        ' dcterms:issued "2025-05-30"^^<http://www.w3.org/2001/XMLSchema#date> ; cg:sha256 ?sum } }',
    )
    present = {d for (d,) in rows(tmp_path, f"SELECT ?d {{ {from_pages} }}")}
    assert len(kept) == 10, "every page but the landing page has changed"
    assert all(before[old] == at and new in present and old not in present for old, at, new in kept)
    assert do("validate", "-q").code == 0

    # The older version does not come back by mistake.
    server.replies = dict(older)
    done = do("load", landing, *POLITE)
    assert done.code == 2 and "newer version" in done.err and "2025-06-30" in done.err
    server.replies = dict(newer)

    # The same pages once more: nothing is added, and what was kept stays.
    assert do("load", landing, *POLITE).code == 0
    assert count(tmp_path, "?new prov:wasRevisionOf ?old") == 10


def test_a_single_file_of_the_whole_report_can_take_the_place_of_its_pages(
    serve: Serve, do: Do, tmp_path: Path
) -> None:
    it = make_assessment("D")
    server = serve(dict(make_pages(it)))
    assert do("build", "--reports", server.address(next(iter(server.replies))), *POLITE).code == 0
    findings = count(tmp_path, "?f a cg:Finding")
    whole = tmp_path / "whole.txt"
    whole.write_text(render(it), encoding="utf-8")
    done = do("load", str(whole))
    assert done.code == 0, done.err
    assert count(tmp_path, "?f a cg:Finding") == findings
    assert count(tmp_path, "?new prov:wasRevisionOf ?old") == 11


def test_a_build_knows_only_what_it_is_given(serve: Serve, do: Do, tmp_path: Path) -> None:
    older = make_pages(make_assessment("D"))
    server = serve(dict(older))
    landing = server.address(next(iter(older)))
    do("build", "--reports", landing, *POLITE)
    server.replies = dict(make_pages(make_assessment("D", note=" It was looked at again.")))
    do("load", landing, *POLITE)
    assert count(tmp_path, "?new prov:wasRevisionOf ?old") > 0
    assert do("build", "--reports", landing, *POLITE).code == 0
    assert count(tmp_path, "?new prov:wasRevisionOf ?old") == 0


def test_an_address_that_cannot_be_had_does_not_keep_the_others_out(
    serve: Serve, do: Do, tmp_path: Path
) -> None:
    pages = make_pages(make_assessment("D"))
    server = serve(dict(pages))
    gone = server.address(f"{FOLDER}/gone")
    done = do("build", "--reports", gone, server.address(next(iter(pages))), *POLITE)
    assert done.code == 1
    assert "404" in done.err and gone in done.err and "Traceback" not in done.err
    assert count(tmp_path, "?a a cg:Assessment") == 1


def test_a_site_that_is_away_takes_no_report_out_of_a_build(serve: Serve, do: Do, tmp_path: Path) -> None:
    pages = make_pages(make_assessment("D"))
    server = serve(dict(pages))
    landing = server.address(next(iter(pages)))
    assert do("build", "--reports", landing, *POLITE).code == 0
    server.replies = {"/robots.txt": Reply(b"User-agent: *\nDisallow: /\n", "text/plain")}
    done = do("build", "--reports", landing, *POLITE)
    assert done.code == 0 and "not-fetched" in done.err and landing in done.err
    assert count(tmp_path, "?a a cg:Assessment") == 1
    assert do("load", landing, *POLITE).code == 1


def test_a_private_host_is_read_only_by_name(serve: Serve, do: Do) -> None:
    server = serve({})
    done = do("extract", server.address("/a"), "--pause", "0")
    assert done.code == 2 and f"--allow-host {HOST}" in done.err
    assert server.asked == []


def test_extract_reads_an_address(serve: Serve, do: Do) -> None:
    pages = make_pages(make_assessment("A"))
    server = serve(dict(pages))
    done = do("extract", server.address(next(iter(pages))), *POLITE)
    assert done.code == 0, done.err
    shown = json.loads(done.out)
    assert (
        shown["authority"]["name"] == "Northmoor County Council" and len(shown["assessment"]["scores"]) == 9
    )


def test_a_folder_of_that_name_is_still_a_folder(do: Do, reports: Path) -> None:
    shutil.copytree(reports / "northmoor", reports / "https")
    assert do("build", "--reports", str(reports / "https")).code == 0


class Listing(NamedTuple):
    server: Server
    northmoor: str
    eastvale: str
    pilot: str
    pages: dict[str, bytes]

    def watch(self, do: Do, *more: str) -> tuple[int, list[dict[str, Any]]]:
        done = do("watch", self.server.address(FOLDER), "--format", "json", *POLITE, *more)
        assert done.code < 2, done.err
        return done.code, json.loads(done.out)


@pytest.fixture
def listing(serve: Serve) -> Listing:
    northmoor = make_pages(make_assessment("D"))
    eastvale = make_pages(make_assessment("C", "Eastvale Borough Council"))
    pilot = make_pages(make_assessment("A", "Saltmarsh Council"))
    paths = [next(iter(pages)) for pages in (northmoor, eastvale, pilot)]
    second = make_listing([(paths[1], "Eastvale Borough Council")])
    first = make_listing(
        [(paths[0], "Northmoor County Council")],
        [(paths[2], "Saltmarsh Council")],
        ["Eastvale Borough Council"],
        onward=f"{FOLDER}?page=1",
    )
    pages = {**northmoor, **eastvale, **pilot}
    return Listing(serve({**pages, FOLDER: first, f"{FOLDER}?page=1": second}), *paths, pages)


def states(found: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    return {(row["code"], row["kind"]): row["state"] for row in found}


def test_without_a_store_everything_that_is_listed_is_new(listing: Listing, do: Do) -> None:
    code, found = listing.watch(do)
    assert code == 1
    assert states(found) == {
        ("NMR", "published"): "new",
        ("EVB", "published"): "new",
        ("EVB", "in-progress"): "in progress",
        ("SLM", "pilot"): "new",
    }
    northmoor = next(row for row in found if row["code"] == "NMR")
    assert northmoor["published"] == northmoor["last_updated"] == "2025-05-30"
    assert northmoor["address"] == listing.server.address(listing.northmoor)


def test_what_the_store_holds_is_not_new_whatever_its_address(
    listing: Listing, do: Do, tmp_path: Path, serve: Serve
) -> None:
    elsewhere = make_pages(make_assessment("D"), "copy-of-a-report", "/archive")
    other = serve(dict(elsewhere))
    assert do("build", "--reports", other.address(next(iter(elsewhere))), *POLITE).code == 0
    code, found = listing.watch(do)
    assert code == 1
    assert states(found)["NMR", "published"] == "known" and states(found)["EVB", "published"] == "new"


def test_once_everything_is_loaded_nothing_is_new(listing: Listing, do: Do) -> None:
    addresses = [listing.server.address(p) for p in (listing.northmoor, listing.eastvale, listing.pilot)]
    assert do("build", "--reports", *addresses, *POLITE).code == 0
    code, found = listing.watch(do)
    assert code == 0
    assert set(states(found).values()) == {"known", "in progress"}


def test_a_page_that_was_updated_after_the_build_has_changed(listing: Listing, do: Do) -> None:
    addresses = [listing.server.address(p) for p in (listing.northmoor, listing.eastvale, listing.pilot)]
    assert do("build", "--reports", *addresses, *POLITE).code == 0
    summary = f"{listing.northmoor}/summary"
    listing.server.replies[summary] = listing.pages[summary].replace(
        b"last updated: 30 May 2025", b"last updated: 2 June 2025"
    )
    code, found = listing.watch(do)
    assert code == 1
    assert states(found)["NMR", "published"] == "changed" and states(found)["EVB", "published"] == "known"
    assert do("load", addresses[0], *POLITE).code == 0
    assert listing.watch(do)[0] == 0


def test_a_second_assessment_of_a_council_is_new(listing: Listing, do: Do) -> None:
    addresses = [listing.server.address(p) for p in (listing.northmoor, listing.eastvale, listing.pilot)]
    assert do("build", "--reports", *addresses, *POLITE).code == 0
    again = make_pages(make_assessment("C"))
    listing.server.replies.update(again)
    listing.server.replies[FOLDER] = make_listing(
        [(path, "Northmoor") for path in (next(iter(again)), listing.northmoor)]
    )
    code, found = listing.watch(do)
    assert code == 1
    assert [(row["state"], row["published"]) for row in found if row["address"]] == [
        ("new", "2025-02-14"),
        ("known", "2025-05-30"),
    ]


def test_a_listed_page_that_cannot_be_had_is_told_and_is_not_nothing_new(listing: Listing, do: Do) -> None:
    addresses = [listing.server.address(p) for p in (listing.northmoor, listing.eastvale, listing.pilot)]
    assert do("build", "--reports", *addresses, *POLITE).code == 0
    listing.server.replies[listing.eastvale] = Reply(status=404)
    code, found = listing.watch(do)
    assert code == 1
    row = next(r for r in found if r["address"] == listing.server.address(listing.eastvale))
    assert row["state"] == "not read" and "404" in row["reason"]


def test_a_listed_page_that_is_no_report_is_told_and_wakes_nobody(listing: Listing, do: Do) -> None:
    addresses = [listing.server.address(p) for p in (listing.northmoor, listing.eastvale, listing.pilot)]
    assert do("build", "--reports", *addresses, *POLITE).code == 0
    guide = f"{FOLDER}/how-to-read-a-report"
    listing.server.replies[guide] = b"<!DOCTYPE html><html><body><h1>How to read a report</h1></body></html>"
    listing.server.replies[FOLDER] = make_listing([(listing.northmoor, "Northmoor"), (guide, "A guide")])
    code, found = listing.watch(do)
    assert code == 0
    assert [row["state"] for row in found] == ["known", "not read"]


def test_a_list_that_never_ends_is_refused(listing: Listing, do: Do) -> None:
    def endless(asked: int) -> Reply:
        more = f"{FOLDER}?page={asked + 1}"
        return Reply(make_listing([(listing.northmoor, "Northmoor")], onward=more))

    turns = iter(range(1000))
    listing.server.replies.pop(f"{FOLDER}?page=1")
    listing.server.replies[FOLDER] = lambda _: endless(next(turns))
    done = do("watch", listing.server.address(FOLDER), *POLITE)
    assert done.code == 2 and "more than 30 pages" in done.err
    assert len(listing.server.paths()) <= 31


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><html><body><p>Nothing.</p></body></html>", b"<html>"])
def test_a_page_that_lists_nothing_could_not_be_run(serve: Serve, do: Do, page: bytes) -> None:
    server = serve({FOLDER: page})
    done = do("watch", server.address(FOLDER), *POLITE)
    assert done.code == 2 and "lists no assessments" in done.err and done.out == ""


def test_a_list_of_which_nothing_can_be_had_could_not_be_run(listing: Listing, do: Do) -> None:
    for path in (listing.northmoor, listing.eastvale, listing.pilot):
        listing.server.replies[path] = Reply(status=404)
    done = do("watch", listing.server.address(FOLDER), *POLITE)
    assert done.code == 2 and "404" in done.err


def test_the_table_shows_what_is_new_and_how_to_load_it(listing: Listing, do: Do) -> None:
    done = do("watch", listing.server.address(FOLDER), *POLITE)
    assert done.code == 1
    assert [line.split()[0] for line in done.out.splitlines()] == ["state", "new", "new", "in", "new"]
    assert listing.server.address(listing.northmoor) in done.err and "councilgraph load" in done.err
