"""How values stand on pages: text, dates, links, and tables laid out."""

from __future__ import annotations

import jinja2
import pytest

from councilgraph.catalogue import Column
from councilgraph.explorer import filters
from councilgraph.explorer.links import LiveLinks, address_of
from councilgraph.explorer.page import Asked, NotFoundError, Table
from councilgraph.explorer.paging import paging
from councilgraph.explorer.rendering import environment
from councilgraph.iris import IRIS, concept


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2025-05-30", "30 May 2025"),
        ("2025-05", "May 2025"),
        ("2025", "2025"),
        ("2025-13-01", "2025-13-01"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_days_and_months_are_written_out(value: object, shown: str) -> None:
    assert filters.day(value) == shown


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//evil.example/x",
        "http://",
        "https://example.org/a b",
        'https://example.org/"onclick',
        "https://example.org/\u0000",
        "java\nscript:alert(1)",
        "https://[broken",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(address: object) -> None:
    assert filters.web_address(address) == ""


def test_a_web_address_stays_as_it_is() -> None:
    assert filters.web_address("https://www.example.org/a?b=c#d") == "https://www.example.org/a?b=c#d"


@pytest.mark.parametrize(
    ("iri", "page"),
    [
        (IRIS.council("STS"), "/councils/STS"),
        (IRIS.organisation("ods-RRE"), "/organisations/ods-RRE"),
        (concept("theme", "unpaid-carers"), "/themes/unpaid-carers"),
        (concept("quality-statement", "equity"), "/statements/equity"),
        (concept("voice", "staff"), "/scheme/voice/staff"),
        ("https://example.org/id/council/STS", ""),
        ("", ""),
    ],
)
def test_our_things_lead_to_their_pages(iri: str, page: str) -> None:
    assert filters.page_of(iri) == page


def test_a_query_string_is_changed_and_kept_encoded() -> None:
    address = address_of("search", q="carers & respite", theme=("a", "b"), none="")
    assert address == "/search?q=carers+%26+respite&theme=a&theme=b"
    assert filters.with_query(address, page=2) == address + "&page=2"
    assert filters.with_query(address + "&page=2", page=None) == address
    assert filters.with_query("/councils?page=3", page=None) == "/councils"


def test_parts_of_an_address_cannot_leave_their_place() -> None:
    assert address_of("councils", "a/../b?c#d") == "/councils/a%2F..%2Fb%3Fc%23d"


def test_live_addresses_carry_root_suffix_and_table() -> None:
    links = LiveLinks("/evidence")
    assert links.to("/councils?region=x", "csv") == "/evidence/councils.csv?region=x"
    assert links.to("/", "json") == "/evidence/index.json"
    assert links.to("/councils/STS", "xlsx", "scores") == "/evidence/councils/STS.xlsx?table=scores"
    assert links.to("/councils/STS#scores") == "/evidence/councils/STS#scores"
    assert links.to("#scores") == "#scores"


TABLE = Table(
    "t",
    "A table",
    (
        Column("authority", "string"),
        Column("authority-iri", "iri"),
        Column("count", "integer"),
        Column("nothing", "string"),
        Column("report", "iri"),
    ),
    (
        ("Staffordshire", IRIS.council("STS"), 12345, None, "https://www.example.org/a"),
        ("Other", None, 0, None, "javascript:alert(1)"),
    ),
)


def test_a_companion_column_becomes_the_link_of_its_column() -> None:
    laid = filters.laid_out(TABLE, 10)
    assert [head.label for head in laid.heads] == ["Authority", "Count", "Report"]
    first, second = laid.rows
    assert (first[0].text, first[0].page) == ("Staffordshire", "/councils/STS")
    assert (first[1].text, first[1].numeric) == ("12,345", True)
    assert first[2].web == "https://www.example.org/a"
    assert (second[0].page, second[2].web, second[1].text) == ("", "", "0")


def test_a_table_is_cut_in_the_page_only() -> None:
    assert len(filters.laid_out(TABLE, 1).rows) == 1
    assert len(TABLE.records()) == 2


@pytest.mark.parametrize("text", ["0", "-1", "4", "x", "1e3", "²", "99999999999999999999"])
def test_a_page_of_a_list_that_is_not_there(text: str) -> None:
    with pytest.raises(NotFoundError, match="no page"):
        paging(Asked(query={"page": (text,)}), 75)


def test_the_pages_of_a_list() -> None:
    last = paging(Asked(query={"page": ("3",)}), 51)
    assert (last.first, last.last, last.pages) == (51, 51, 3)
    assert list(last.of(range(51))) == [50]
    empty = paging(Asked(), 0)
    assert (empty.first, empty.last, empty.pages) == (0, 0, 1)


def test_templates_escape_everything_and_forget_nothing() -> None:
    made = environment()
    assert made.from_string("{{ x }}").render(x="<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    with pytest.raises(jinja2.UndefinedError):
        made.from_string("{{ missing }}").render()
    assert made.autoescape is True
