"""The SPARQL editor: the bundled one where a script runs, and a plain form everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from starlette.testclient import TestClient

from councilgraph.explorer.app import create_app
from councilgraph.explorer.settings import Settings
from councilgraph.service import bundled
from tests.support.chromium import ARGUMENTS

NASTY = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield made
        made.close()


class Watched:
    """A page whose complaints and requests are written down."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.complaints, self.strangers = page, list[str](), list[str]()
        page.set_default_timeout(60_000)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on(
            "request", lambda asked: asked.url.startswith((site, "data:")) or self.strangers.append(asked.url)
        )

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@pytest.fixture
def watched(browser: Browser, site: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    yield Watched(context.new_page(), site)
    context.close()


def run_query(page: Page) -> None:
    page.click(".tabPanel.active .yasqe_queryButton")


def test_the_bundled_editor_asks_our_service_and_nobody_else(watched: Watched, site: str) -> None:
    page = watched.page
    page.goto(f"{site}/editor")
    page.wait_for_selector(".yasgui .CodeMirror")
    assert not page.locator("#plain-form").is_visible()
    run_query(page)
    page.wait_for_selector(".yasr table tbody tr")
    assert "Northmoor County Council" in page.inner_text(".yasr table")
    assert watched.complaints == [] and watched.strangers == []


def test_a_stored_query_opens_in_a_tab_and_runs(watched: Watched, site: str) -> None:
    page = watched.page
    page.goto(f"{site}/editor")
    page.wait_for_selector(".yasgui .CodeMirror")
    page.select_option("#question", "Q02")
    page.click("#examples button")
    page.wait_for_selector(".tabsList .tab.active :text('Q02')")
    run_query(page)
    page.wait_for_selector(".tabPanel.active .yasr table tbody tr")
    assert watched.complaints == [] and watched.strangers == []


def test_our_prefixes_and_terms_are_completed(watched: Watched, site: str) -> None:
    page = watched.page
    page.goto(f"{site}/editor?query=PREFIX+")
    page.wait_for_selector(".yasgui .CodeMirror")
    page.click(".tabPanel.active .CodeMirror-code")
    page.keyboard.press("Control+End")
    page.keyboard.type("cg")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints :text('councilgraph/def#')")
    assert watched.strangers == []


def test_markup_in_an_answer_is_shown_as_text(watched: Watched, site: str) -> None:
    page = watched.page
    page.goto(str(httpx.URL(f"{site}/editor", params={"query": f'SELECT ("{NASTY}" AS ?x) {{}}'})))
    page.wait_for_selector(".yasgui .CodeMirror")
    run_query(page)
    page.wait_for_selector(".yasr table tbody tr")
    assert "onerror=alert(1)" in page.inner_text(".yasr table tbody")
    assert page.locator(".yasr img").count() == 0
    # The table of the bundled editor lets the browser read a cell as HTML when it finds out how
    # to sort it; the policy of the page is what keeps that from running. No dialog came up.
    assert all("Content Security Policy" in said or "404" in said for said in watched.complaints)
    assert watched.strangers == []


def test_an_error_is_shown_with_what_to_do(watched: Watched, site: str) -> None:
    page = watched.page
    page.goto(f"{site}/editor?query=SELECT+nothing")
    page.wait_for_selector(".yasgui .CodeMirror")
    run_query(page)
    page.wait_for_selector(".yasr :text('not valid SPARQL')")
    assert "what to do:" in page.inner_text(".tabPanel.active .yasr")


def test_the_form_works_without_a_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{site}/editor")
        page.select_option("#question", "Q01")
        page.click("#examples button")
        assert "# Q01:" in page.input_value("#query")
        page.fill("#query", "SELECT (1 + 1 AS ?two) {}")
        page.select_option("#format", "json")
        with page.expect_response(f"{site}/sparql") as answered:
            page.click("#plain-form button")
        bindings = answered.value.json()["results"]["bindings"]
        assert bindings[0]["two"]["value"] == "2"
    finally:
        context.close()


def test_the_plain_form_is_there_for_who_prefers_it(watched: Watched, site: str) -> None:
    watched.page.goto(f"{site}/editor?plain=1")
    assert watched.page.locator("#plain-form").is_visible()
    assert watched.page.locator(".yasgui").count() == 0


def test_every_stored_query_is_offered_and_is_sparql(site: str, client: httpx.Client) -> None:
    queries = client.get(f"{site}/editor/queries.json").json()
    assert {"Q01", "Q43", "C01"} <= {one["id"] for one in queries}
    for one in queries:
        assert one["question"] and not one["query"].startswith("#+")
        pyoxigraph.Store().query(one["query"])
    page = client.get(f"{site}/editor").text
    assert all(f'value="{one["id"]}"' in page for one in queries if one["kind"] != "link")


def test_prefixes_and_terms_are_ours(site: str, client: httpx.Client) -> None:
    prefixes = client.get(f"{site}/editor/prefixes.json").json()
    assert prefixes["cg"] == "https://w3id.org/councilgraph/def#" and "skos" in prefixes
    terms = client.get(f"{site}/editor/terms.json").json()
    assert prefixes["cg"] + "Finding" in terms["classes"] and prefixes["cg"] + "score" in terms["properties"]


def test_a_query_in_the_address_is_text_in_the_page(site: str, client: httpx.Client) -> None:
    page = client.get(f"{site}/editor", params={"query": f"</textarea>{NASTY}", "plain": "1"}).text
    assert NASTY not in page and "&lt;img src=x" in page
    too_long = client.get(f"{site}/editor", params={"query": "x" * 9000})
    assert too_long.status_code == 414
    assert client.get(f"{site}/editor", params={"question": "Q99"}).status_code == 400


def test_nothing_but_the_files_of_the_editor_is_served(site: str, client: httpx.Client) -> None:
    for name, kind in (("yasgui.min.js", "javascript"), ("yasgui.min.css", "css")):
        found = client.get(f"{site}/editor/{name}")
        assert found.status_code == 200 and kind in found.headers["content-type"]
        assert (
            client.get(f"{site}/editor/{name}", headers={"If-None-Match": found.headers["etag"]}).status_code
            == 304
        )
    for name in ("logo.svg", "..%2fstatic%2fstyle.css", "%2e%2e/%2e%2e/etc/passwd", "yasgui.min.js.map"):
        assert client.get(f"{site}/editor/{name}").status_code == 404


def test_the_policy_of_the_page_lets_in_no_script_of_others(site: str, client: httpx.Client) -> None:
    policy = client.get(f"{site}/editor").headers["content-security-policy"]
    assert "unsafe" not in policy and "script-src 'self';" in policy and "default-src 'none'" in policy


def test_without_the_program_the_plain_form_is_offered(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "_program", lambda: None)
    bundled.editor_files.cache_clear()
    try:
        client = TestClient(create_app(Settings(store=str(store))))
        page = client.get("/editor")
        assert page.status_code == 200 and "yasgui" not in page.text and 'id="plain-form"' in page.text
        assert client.get("/editor/yasgui.min.js").status_code == 404
    finally:
        bundled.editor_files.cache_clear()
