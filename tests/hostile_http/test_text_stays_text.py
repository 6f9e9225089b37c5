"""Every name, sentence and web address of the graph is hostile, and each answer shows it as text."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter

import lxml.etree
import lxml.html
import pytest
from starlette.testclient import TestClient

from councilgraph.explorer.snapshot import Snapshot
from tests.support.crawling import Visit, crawl, starts
from tests.support.poison import ATTRIBUTE, COMPUTED, ELEMENT, SCRIPT

# Of each kind of page; of each kind of link that they hold, and of each kind as data, one.
_EACH = 2
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_XML = ("image/svg+xml", "application/atom+xml", "application/xml", "application/rdf+xml", "text/xml")
_HTML = "text/html"


@pytest.fixture(scope="module")
def visits(poisoned_client: TestClient, poisoned_snapshot: Snapshot) -> list[Visit]:
    """Answers of every kind that a visitor can reach by links."""
    pages = starts(poisoned_snapshot, _EACH)
    files = ["/feed.atom", "/sitemap.xml", "/robots.txt", "/search?q=carers"]
    single = starts(poisoned_snapshot, 1)
    plain = ["/index" if page == "/" else page for page in single if "?" not in page]
    data = [f"{page}.{form}" for page in plain for form in ("json", "csv", "xlsx")]
    return list(crawl(poisoned_client, [*pages, *files, *data], 1))


def of(visits: list[Visit], *media: str) -> list[Visit]:
    return [one for one in visits if one.media in media and one.response.status_code == 200]


def test_no_address_that_the_explorer_names_fails(visits: list[Visit]) -> None:
    bad = [(one.address, one.linked_from, one.response.status_code)
           for one in visits if one.response.status_code >= 500]  # fmt: skip
    assert not bad
    lost = [
        (one.address, one.linked_from)
        for one in visits
        if one.response.status_code == 404 and one.linked_from and _HTML in one.media
    ]
    assert not lost


def test_answers_of_every_form_were_seen_with_hostile_text_in_them(visits: list[Visit]) -> None:
    """Without this, the tests below could pass because they looked at nothing."""
    seen = Counter(one.media for one in visits if ELEMENT in one.response.text)
    for media in (_HTML, "application/json", "text/csv", "image/svg+xml", "application/atom+xml"):
        assert seen[media], f"{media}: {seen}"


def test_no_element_or_attribute_comes_from_the_graph(visits: list[Visit]) -> None:
    for one in of(visits, _HTML):
        tree = lxml.html.document_fromstring(one.response.content, parser=_parser())
        assert not tree.xpath(f"//{ELEMENT}"), one.address
        assert not tree.xpath(f"//*[@{ATTRIBUTE}]"), one.address
        assert not tree.xpath("//*[@*[starts-with(name(), 'on')]]"), one.address
        assert not tree.xpath("//img[@src='x']"), one.address
        assert not tree.xpath("//script[not(@src) and @type != 'application/ld+json']"), one.address


def test_no_link_runs_a_script(visits: list[Visit]) -> None:
    for one in of(visits, _HTML):
        tree = lxml.html.document_fromstring(one.response.content, parser=_parser())
        for link in map(str, tree.xpath("//@href | //@src | //@action | //@formaction | //@cite")):
            scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", link)
            assert not scheme or scheme[1].lower() in ("http", "https", "mailto"), (one.address, link)


def test_a_template_never_runs_twice(visits: list[Visit]) -> None:
    assert not [one.address for one in visits if COMPUTED in one.response.text]


def test_pictures_and_feeds_are_whole_xml_without_script(visits: list[Visit]) -> None:
    for one in of(visits, *_XML):
        # A strict parser: one character that XML forbids and no browser shows any of it.
        root = lxml.etree.fromstring(one.response.content)
        names = {lxml.etree.QName(element).localname for element in root.iter("*")}
        assert not names & {"script", "foreignObject", ELEMENT, "iframe"}, one.address
        attributes = {
            lxml.etree.QName(str(name)).localname for element in root.iter("*") for name in element.attrib
        }
        assert not [name for name in attributes if name.startswith("on")], one.address


def test_inline_pictures_hold_no_hostile_element(visits: list[Visit]) -> None:
    for one in of(visits, _HTML):
        for picture in re.findall(rb"<svg\b.*?</svg>", one.response.content, re.DOTALL):
            assert b"<script" not in picture and b"<foreignObject" not in picture, one.address


def test_json_is_whole_and_linked_data_in_pages_does_not_end_early(visits: list[Visit]) -> None:
    for one in of(visits, "application/json", "application/ld+json", "application/problem+json"):
        json.loads(one.response.content)
    for one in of(visits, _HTML):
        tree = lxml.html.document_fromstring(one.response.content, parser=_parser())
        for block in tree.xpath("//script[@type='application/ld+json']"):
            json.loads(block.text or "")


def test_no_cell_of_a_spreadsheet_is_a_formula(visits: list[Visit]) -> None:
    cells = 0
    for one in of(visits, "text/csv"):
        for row in csv.reader(io.StringIO(one.response.text)):
            for cell in row:
                cells += 1
                number = re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)
                assert number or not cell.startswith(_FORMULA), (one.address, cell[:60])
    assert cells


def test_no_cell_of_a_workbook_is_a_formula_or_a_link_that_acts(visits: list[Visit]) -> None:
    workbooks = [one for one in visits if one.address.partition("?")[0].endswith(".xlsx")
                 and one.response.status_code == 200]  # fmt: skip
    assert workbooks
    for one in workbooks:
        with zipfile.ZipFile(io.BytesIO(one.response.content)) as parts:
            for name in parts.namelist():
                part = parts.read(name)
                if "worksheets/sheet" in name:
                    assert not re.search(rb"<f[ >/]", part), (one.address, name)
                for target in re.findall(rb'Target="([^"]*)"', part):
                    assert not target.lower().startswith((b"javascript", b"file", b"data")), one.address


def test_no_answer_takes_a_header_from_the_graph(visits: list[Visit]) -> None:
    for one in visits:
        assert "set-cookie" not in one.response.headers, one.address
        assert SCRIPT not in str(one.response.headers), one.address


def test_every_answer_has_the_policy_and_is_what_it_says(visits: list[Visit]) -> None:
    for one in visits:
        headers = one.response.headers
        assert headers["x-content-type-options"] == "nosniff", one.address
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, one.address
        if "editor" not in one.address and "api/docs" not in one.address:
            assert "unsafe" not in policy, one.address


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8")
