"""What people come for, done as they do it: forms, downloads, the keyboard alone."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator

from tests.browser.visiting import Visitor

_MOST_STOPS = 400


def test_councils_are_narrowed_down_with_a_form(visitor: Visitor) -> None:
    visitor.open("/councils")
    page = visitor.page
    before = page.locator("main table tbody tr").count()
    form = page.locator("main form").first
    region = form.locator("select[name=region]")
    choice = region.locator("option").nth(1)
    chosen = choice.inner_text()
    region.select_option(value=choice.get_attribute("value"))
    form.locator("button").first.click()
    page.wait_for_url("**region=**")
    assert 0 < page.locator("main table tbody tr").count() < before
    assert page.locator("select[name=region] option:checked").inner_text() == chosen
    assert not visitor.troubles


def test_two_councils_are_compared_from_the_form(without_script: Visitor) -> None:
    without_script.open("/compare")
    page = without_script.page
    boxes = page.locator("main input[type=checkbox][name=council]")
    names = []
    for n in (0, 3):
        boxes.nth(n).check()
        names.append(boxes.nth(n).locator("xpath=ancestor::li|ancestor::label").last.inner_text().strip())
    page.locator("main form button").first.click()
    page.wait_for_url("**council=**council=**")
    shown = page.locator("main table").first.inner_text()
    assert all(name.splitlines()[0] in shown for name in names), (names, shown[:300])


def test_a_word_is_searched_for_and_the_finding_leads_to_its_place(without_script: Visitor) -> None:
    without_script.open("/")
    page = without_script.page
    page.goto(without_script.home + "/search")
    page.get_by_role("searchbox").first.fill("carers")
    page.get_by_role("button", name="Search").first.click()
    page.wait_for_url("**q=carers**")
    first = page.locator(".finding").first
    assert "carer" in first.locator("blockquote").inner_text().lower()
    assert "paragraph" in first.locator(".place").inner_text()


def test_a_question_is_asked_with_a_choice_from_the_data(without_script: Visitor) -> None:
    without_script.open("/questions/Q01")
    page = without_script.page
    form = page.locator("main form").first
    box = form.locator("select[name=region]")
    box.select_option(index=2)
    form.locator("button").first.click()
    page.wait_for_url("**region=**")
    assert page.locator("main table tbody tr").count() > 0


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_a_table_is_downloaded_with_as_many_rows_as_are_stated(
    form: str, visitor: Visitor, tmp_path: Path
) -> None:
    visitor.open("/councils")
    page = visitor.page
    line = page.locator("main .downloads").first
    stated = int("".join(c for c in line.inner_text().split("row")[0].split("of")[-1] if c.isdigit()))
    link = line.locator(f"a[href*='.{form}']")
    rows = rows_of(link, visitor, tmp_path / f"table.{form}", form)
    assert rows == stated > 100


def rows_of(link: Locator, visitor: Visitor, file: Path, form: str) -> int:
    if form == "json":  # shown by the browser, not saved
        with visitor.page.expect_navigation() as shown:
            link.click()
        document: Any = json.loads(shown.value.body())  # type: ignore[union-attr]
        return len(next(iter(document["tables"].values()))["rows"])
    with visitor.page.expect_download() as saved:
        link.click()
    saved.value.save_as(file)
    if form == "csv":
        with file.open(encoding="utf-8", newline="") as text:
            return len(list(csv.reader(text))) - 1
    return int(openpyxl.load_workbook(file).worksheets[0].max_row) - 1


def test_the_keyboard_alone_skips_the_navigation(visitor: Visitor) -> None:
    visitor.open("/councils")
    page = visitor.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("address", ["/", "/councils", "/compare", "/questions/Q01", "/search?q=carers"])
def test_the_keyboard_reaches_everything_and_is_never_caught(address: str, visitor: Visitor) -> None:
    visitor.open(address)
    page = visitor.page
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, select, input, textarea, summary')]
          .filter((e) => !e.disabled && e.type !== 'hidden' && e.checkVisibility()).length"""
    )
    reached, unseen = 0, []
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (!e || e === document.body || e.dataset.stop) return null;
              e.dataset.stop = "1";
              const style = getComputedStyle(e);
              const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              const box = e.getBoundingClientRect();
              const there = box.bottom > 0 && box.top < innerHeight && box.width > 0;
              return {what: e.outerHTML.slice(0, 100), seen: seen && there,
                      counted: e.matches("a[href], button, select, input, textarea, summary")};
            }"""
        )
        if stop is None:
            break
        reached += stop["counted"]
        if not stop["seen"]:
            unseen.append(stop["what"])
    assert not unseen, f"the focus cannot be seen on {unseen[:3]}"
    # Of a group of radio buttons Tab reaches one.
    assert reached >= min(wanted, _MOST_STOPS) - page.locator("input[type=radio]").count(), (reached, wanted)


def test_the_keyboard_alone_fills_a_form_and_opens_details(visitor: Visitor) -> None:
    visitor.open("/compare")
    page = visitor.page
    boxes = page.locator("main input[type=checkbox][name=council]")
    for n in (0, 1):
        boxes.nth(n).focus()
        page.keyboard.press("Space")
        assert boxes.nth(n).is_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**council=**")
    visitor.open("/questions/Q01")
    summary = page.locator("main summary").first
    summary.focus()
    before = page.locator("main details").first.evaluate("d => d.open")
    page.keyboard.press("Enter")
    assert page.locator("main details").first.evaluate("d => d.open") != before


def test_a_table_is_sorted_by_keyboard_and_says_so(visitor: Visitor) -> None:
    visitor.open("/councils")
    page = visitor.page
    button = page.locator("main table[data-sortable] thead button").first
    head = button.locator("xpath=..")
    names = page.locator("main table[data-sortable]").first.locator("tbody tr > :first-child")
    button.focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    up = names.all_inner_texts()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert names.all_inner_texts() == up[::-1]


def test_text_can_be_twice_as_large(visitor: Visitor) -> None:
    """WCAG 1.4.4: nothing is lost where somebody doubles the letters."""
    for address in ("/", "/councils", "/questions/Q01"):
        visitor.open(address)
        visitor.page.evaluate("document.documentElement.style.fontSize = '34px'")
        assert not visitor.overflow(), (address, visitor.overflow())


def test_the_page_can_be_printed(visitor: Visitor) -> None:
    visitor.open("/councils")
    visitor.page.emulate_media(media="print")
    assert not visitor.page.locator("nav.menu").is_visible()
    assert visitor.page.locator("main table").first.is_visible()
