"""An assessment by its address: all its pages, in each of the published layouts, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks.layouts import Assessment, render
from councilgraph.errors import InputError
from councilgraph.model import Report
from councilgraph.statements import STATEMENTS
from loaders import read_one
from loaders.documents import read_document
from loaders.web.asking import Limits
from loaders.web.assessment import Collected, collect
from loaders.web.errors import FetchError
from loaders.web.fetch import Fetcher
from tests.support.server import HOST, Replies, Reply, Server
from tests.support.site import FOLDER, make_assessment, make_pages, page

QUICK = Limits(pause=0, back_off=0, attempts=2)
Serve = Callable[[Replies], Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda replies: stack.enter_context(Server(replies).running())


@pytest.fixture
def gather(tmp_path: Path) -> Callable[[str], Collected]:
    def call(address: str) -> Collected:
        with Fetcher(tmp_path / "cache", QUICK, [HOST], lambda _: None) as fetcher:
            return collect(address, fetcher, tmp_path / "cache" / "pages")

    return call


Gather = Callable[[str], Collected]


def site(it: Assessment) -> Replies:
    return dict(make_pages(it))


def evidence(report: Report) -> object:
    """What a report says, whatever files it came in."""
    return (
        report.authority,
        report.published,
        report.last_updated if report.layout == "cqc-2025" else None,
        report.rating,
        report.percentage,
        report.scores,
        {(f.measure, f.period): f.value for f in report.facts},
        [(p.section, p.n, [(s.text, s.digest) for s in p.sentences]) for p in report.paragraphs],
    )


def as_text(it: Assessment, folder: Path) -> Report:
    path = folder / "whole.txt"
    path.write_text(render(it), encoding="utf-8")
    return read_one([path])


@pytest.mark.parametrize("layout", "ABCD")
@pytest.mark.parametrize("start", [0, 1, -1], ids=["landing", "summary", "statement"])
def test_from_any_of_its_pages_the_whole_assessment_is_found(
    serve: Serve, gather: Gather, tmp_path: Path, layout: str, start: int
) -> None:
    it = make_assessment(layout)
    pages = make_pages(it)
    server = serve(dict(pages))
    collected = gather(server.address(list(pages)[start]))
    assert collected.missing == ()
    found = read_one([collected.folder])
    assert evidence(found) == evidence(as_text(it, tmp_path))
    assert set(found.scores) == set(STATEMENTS)


@pytest.mark.parametrize("layout", "ABCD")
def test_nothing_is_asked_for_twice_and_nothing_off_the_report_but_its_list(
    serve: Serve, gather: Gather, layout: str
) -> None:
    pages = make_pages(make_assessment(layout))
    server = serve(dict(pages))
    gather(server.address(next(iter(pages))))
    asked = server.paths()
    assert len(asked) == len(set(asked))
    assert set(pages) <= set(asked) <= {*pages, FOLDER}


def test_each_page_is_kept_as_it_came_with_its_address(serve: Serve, gather: Gather) -> None:
    pages = make_pages(make_assessment("D"))
    server = serve(dict(pages))
    folder = gather(server.address(next(iter(pages)))).folder
    files = [path for path in folder.iterdir() if path.suffix == ".html"]
    assert len(files) == 11, "the pages of the themes say nothing"
    for path in files:
        address = read_document(path).address
        assert address is not None
        assert path.read_bytes() == pages[address.removeprefix(server.address(""))]
    report = read_one([folder])
    assert {d.address for d in report.documents} <= {server.address(path) for path in pages}
    assert len(report.documents) == 11


def test_a_page_that_was_put_in_place_of_a_fetched_one_has_not_its_address(
    serve: Serve, gather: Gather
) -> None:
    pages = make_pages(make_assessment("D"))
    server = serve(dict(pages))
    folder = gather(server.address(next(iter(pages)))).folder
    path = next(p for p in folder.iterdir() if "equity" in p.name)
    path.write_bytes(path.read_bytes().replace(b"planned", b"made"))
    assert read_document(path).address is None


def test_the_report_of_another_council_is_left_alone(serve: Serve, gather: Gather) -> None:
    pages = make_pages(make_assessment("B"))
    others = make_pages(make_assessment("B", "Eastvale Borough Council"))
    landing = next(iter(pages))
    links = "".join(f'<a href="{path}">Safeguarding</a>' for path in list(others)[:5])
    server = serve(
        {**pages, **others, landing: pages[landing].replace(b"</main>", links.encode() + b"</main>")}
    )
    report = read_one([gather(server.address(landing)).folder])
    assert report.authority == "Northmoor County Council"
    assert len(report.documents) == 11


def test_an_earlier_assessment_of_the_same_council_is_left_alone(serve: Serve, gather: Gather) -> None:
    pages = make_pages(make_assessment("D"))
    earlier = make_pages(make_assessment("C"))
    landing = next(iter(pages))
    link = (
        f'<a href="{next(iter(earlier))}">Northmoor County Council: local authority assessment</a>'.encode()
    )
    server = serve({**pages, **earlier, landing: pages[landing].replace(b"</main>", link + b"</main>")})
    report = read_one([gather(server.address(landing)).folder])
    assert report.published is not None and report.published.year == 2025 and report.published.month == 5
    assert len(report.documents) == 11


def test_pages_that_lead_on_without_an_end_are_refused(serve: Serve, gather: Gather) -> None:
    class Endless(dict[str, object]):
        def get(self, path: str, default: object = None) -> object:
            if not path.startswith(FOLDER):
                return default
            title = "Northmoor County Council: local authority assessment"
            lines = [title, "Assessment published: 30 May 2025", "How we assess local authorities"]
            menu = [(f"{path}/more", "More"), (path, "Here")]
            return page("Northmoor County Council", lines, menu, (path, title))

    server = serve({})
    server.replies = Endless()  # type: ignore[assignment]
    with pytest.raises(FetchError, match="more than 30 pages"):
        gather(server.address(f"{FOLDER}/northmoor"))
    assert len(server.paths()) == 30


def test_a_part_that_cannot_be_had_refuses_the_assessment_and_keeps_the_pages_of_before(
    serve: Serve, gather: Gather
) -> None:
    pages = make_pages(make_assessment("D"))
    server = serve(dict(pages))
    address = server.address(next(iter(pages)))
    folder = gather(address).folder
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    equity = next(path for path in pages if path.endswith("equity"))
    server.replies[equity] = Reply(status=404)
    with pytest.raises(FetchError, match="404") as caught:
        gather(address)
    assert caught.value.where == server.address(equity)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name], "no half a fetch is left"


def test_a_second_fetch_asks_only_whether_pages_have_changed(serve: Serve, gather: Gather) -> None:
    pages = make_pages(make_assessment("A"))
    server = serve(dict(pages))
    first = gather(server.address(next(iter(pages))))
    files = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    del server.sent[:]
    again = gather(server.address(next(iter(pages))))
    assert again.folder == first.folder
    assert {path.name: path.read_bytes() for path in again.folder.iterdir()} == files
    assert {status for path, status in server.sent if path in pages} == {304}


def test_a_statement_that_no_link_leads_to_is_told(serve: Serve, gather: Gather) -> None:
    pages = make_pages(make_assessment("D"))
    theme = next(path for path in pages if path.endswith("theme4")).encode()
    server = serve({p: data.replace(theme, b"https://elsewhere.example") for p, data in pages.items()})
    landing = next(iter(pages))
    assert gather(server.address(landing)).missing == ("governance", "learning")


def test_a_download_is_not_fetched(serve: Serve, gather: Gather) -> None:
    pages = make_pages(make_assessment("D"))
    landing = next(iter(pages))
    link = f'<a href="{landing}/report.pdf">Overall summary</a>'.encode()
    server = serve({**pages, landing: pages[landing].replace(b"</main>", link + b"</main>")})
    gather(server.address(landing))
    assert not any(path.endswith(".pdf") for path in server.paths())


def test_a_whole_report_as_text_is_one_page(serve: Serve, gather: Gather, tmp_path: Path) -> None:
    it = make_assessment("D")
    server = serve({"/report.txt": Reply(render(it).encode(), "text/plain")})
    collected = gather(server.address("/report.txt"))
    assert collected.pages == 1
    assert evidence(read_one([collected.folder])) == evidence(as_text(it, tmp_path))


def test_a_page_of_another_kind_is_refused_by_its_address(serve: Serve, gather: Gather) -> None:
    server = serve(
        {"/news": b"<!DOCTYPE html><html><body><h1>News of the day</h1><p>Rain.</p></body></html>"}
    )
    with pytest.raises(InputError) as caught:
        gather(server.address("/news"))
    assert caught.value.where == server.address("/news")


def test_a_page_whose_score_cannot_be_refuses_the_report_and_is_not_left_out(
    serve: Serve, gather: Gather
) -> None:
    pages = make_pages(make_assessment("D"))
    equity = next(path for path in pages if path.endswith("equity"))
    server = serve({**pages, equity: pages[equity].replace(b"<p>Score: 2</p>", b"<p>Score: 7</p>")})
    folder = gather(server.address(next(iter(pages)))).folder
    with pytest.raises(InputError, match="7"):
        read_one([folder])
