"""What people said of links counts before what the machine found, and the file says it clearly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from councilgraph.errors import InputError
from councilgraph.linking.entry import Entry
from councilgraph.linking.graph_reviews import Judged, judged
from councilgraph.model import Link, LinkReview
from loaders.reviews.links import read_link_reviews
from tests.linking.bodies import charity

ID = "https://w3id.org/councilgraph/id/"
BODY, ONE, TWO = f"{ID}organisation/local-x", f"{ID}organisation/charities-1", f"{ID}organisation/charities-2"
WIKI = "http://www.wikidata.org/entity/Q1"
FOUND = Link(("local-x", "charities-1"), BODY, "closeMatch", ONE, "name-match", Decimal("0.9"), "charities")
ENTRIES = {ONE: charity("1", "One"), TWO: charity("2", "Two")}


def said(judgement: Any, subject: str, target: str) -> LinkReview:
    return LinkReview(subject, target, judgement, "analyst", date(2026, 1, 2), "", "reviews.csv:2")


def after(*reviews: LinkReview, links: tuple[Link, ...] = (FOUND,)) -> Judged:
    def entry(iri: str) -> Entry | None:
        return ENTRIES.get(iri)

    return judged(links, reviews, entry, {BODY: "local-x"})


def test_without_judgements_the_links_are_the_machines() -> None:
    assert after().links == (FOUND,)


@pytest.mark.parametrize(("one", "other"), [(BODY, ONE), (ONE, BODY)])
def test_same_makes_a_link_certain_whichever_record_is_named_first(one: str, other: str) -> None:
    result = after(said("same", one, other))
    (link,) = result.links
    assert (link.state, link.confidence, link.relation) == ("accepted", Decimal(1), "closeMatch")
    assert [pair[0] for pair in result.effective] == [link]


def test_not_same_takes_the_link_away_and_nothing_comes_in_its_place() -> None:
    result = after(said("not-same", BODY, ONE))
    assert result.links == () and result.effective == () and result.unused == ()


def test_unsure_leaves_the_link_open_and_makes_none() -> None:
    (link,) = after(said("unsure", BODY, ONE)).links
    assert (link.state, link.confidence) == ("open", Decimal("0.9"))
    result = after(said("unsure", BODY, TWO))
    assert result.links == (FOUND,) and len(result.unused) == 1


def test_same_with_another_record_takes_the_place_of_what_the_machine_found() -> None:
    (link,) = after(said("same", BODY, TWO)).links
    assert (link.object, link.method, link.state) == (TWO, "manual", "accepted")
    assert link.key == ("local-x", "charities-2")


def test_same_with_a_record_of_another_data_set_stands_beside_it() -> None:
    found = after(said("same", BODY, WIKI)).links
    assert {link.object for link in found} == {ONE, WIKI}
    (drawn,) = (link for link in found if link.object == WIKI)
    assert (drawn.dataset, drawn.relation) == ("wikidata.org", "closeMatch")


@pytest.mark.parametrize(
    ("one", "other"), [(BODY, f"{ID}organisation/charities-3"), (f"{ID}organisation/local-y", WIKI)]
)
def test_a_judgement_of_a_record_that_is_not_there_is_told(one: str, other: str) -> None:
    result = after(said("same", one, other))
    assert result.links == (FOUND,) and len(result.unused) == 1


# --- the file -------------------------------------------------------------------------------

HEAD = "subject,object,judgement,role,date,note\n"


def reviews(folder: Path, text: str) -> list[LinkReview]:
    path = folder / "curated" / "link-reviews.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return read_link_reviews(folder)


def test_a_file_of_judgements_is_read(tmp_path: Path) -> None:
    assert read_link_reviews(tmp_path) == []
    (found,) = reviews(
        tmp_path, HEAD + 'council/NMR,http://www.wikidata.org/entity/Q1,same,analyst,2026-01-02,"a, b"\n'
    )
    assert (found.subject, found.object, found.judgement) == (f"{ID}council/NMR", WIKI, "same")
    assert (found.role, found.on, found.note) == ("analyst", date(2026, 1, 2), "a, b")
    assert (
        reviews(tmp_path, HEAD + f"{ID}council/NMR,{WIKI},same,x,2026-01-02,\n")[0].subject == found.subject
    )


@pytest.mark.parametrize(
    ("rows", "what", "line"),
    [
        ("council/NMR,council/EVB,maybe,analyst,2026-01-02,\n", "'maybe' is no judgement", 2),
        ("council/NMR,council/EVB,same,,2026-01-02,\n", "no role", 2),
        ("council/NMR,council/EVB,same,analyst,2 May,\n", "no date", 2),
        ("council/NMR,council/EVB,same,analyst,2026-02-30,\n", "no date", 2),
        ("council/NMR,Eastvale,same,analyst,2026-01-02,\n", "no record", 2),
        ("council/NMR,javascript:alert(1),same,analyst,2026-01-02,\n", "no record", 2),
        ("council/NMR,council/NMR,same,analyst,2026-01-02,\n", "are one", 2),
        (
            "council/NMR,council/EVB,same,a,2026-01-02,\ncouncil/EVB,council/NMR,not-same,a,2026-01-03,\n",
            "judged twice",
            3,
        ),
        (",council/EVB,same,a,2026-01-02,\n", "no subject", 2),
    ],
)
def test_a_judgement_that_cannot_be_meant_is_refused_with_its_line(
    tmp_path: Path, rows: str, what: str, line: int
) -> None:
    with pytest.raises(InputError) as caught:
        reviews(tmp_path, HEAD + rows)
    assert what in caught.value.what
    assert caught.value.where.endswith(f"link-reviews.csv:{line}")
    assert caught.value.cure


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column 'subject'"):
        reviews(tmp_path, "a,b\n1,2\n")
