"""The review in a real browser: with the keyboard alone, on a telephone, without JavaScript."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.visiting import Visitor
from tests.conftest import INVENTED
from tests.support.serving import served

CHOICE = "council=NMR&kind=finding"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("review") / "own"


@pytest.fixture(autouse=True)
def emptied(own: Path) -> Iterator[None]:
    """Every test begins without a decision."""
    yield
    shutil.rmtree(own, ignore_errors=True)


@pytest.fixture(scope="module")
def server(store: Path, own: Path) -> Iterator[str]:
    """The real command with ``--review`` over three invented councils."""
    given = ("--review", "--reviews", own, "--data", INVENTED / "data", "--role", "team lead", "--disk")
    with served(store, *map(str, given)) as address:
        yield address


def records(own: Path) -> list[dict[str, Any]]:
    lines = [line for path in sorted(own.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def press(visitor: Visitor, key: str) -> None:
    """A key that leads to another page."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)


def test_a_session_with_the_keyboard_alone(chromium: Browser, server: str, own: Path) -> None:
    with Visitor(chromium, server) as visitor:
        page, keys = visitor.page, visitor.page.keyboard
        visitor.open(f"/review/next?{CHOICE}")
        first = page.url
        press(visitor, "s")
        assert page.url != first and not records(own)
        press(visitor, "a")
        assert "accepted" in page.get_by_role("status").inner_text()
        press(visitor, "u")
        press(visitor, "r")
        keys.press("n")
        keys.type("a rough word: respite, nurse")  # letters that decide elsewhere are typed here
        keys.press("Tab")
        keys.press("Tab")
        keys.press("Tab")
        press(visitor, "Enter")
        keys.press("c")
        assert page.evaluate("document.activeElement.name") == "field.polarity"
        keys.type("Mixed")
        keys.press("Tab")
        keys.press("Space")
        page.get_by_role("button", name="Save the correction").focus()
        press(visitor, "Enter")
        press(visitor, "q")
        assert page.url.startswith(server + "/review?")
        assert [(r["decision"], r.get("note", "")) for r in records(own)] == [
            ("accepted", ""),
            ("withdrawn", ""),
            ("rejected", ""),
            ("open", "a rough word: respite, nurse"),
            ("corrected", ""),
        ]
        assert records(own)[-1]["person"].keys() == {"polarity", "voices"}
        assert {r["role"] for r in records(own)} == {"team lead"}
        assert not visitor.troubles


def test_single_letters_can_be_turned_off(chromium: Browser, server: str, own: Path) -> None:
    with Visitor(chromium, server) as visitor:
        visitor.open(f"/review/next?{CHOICE}")
        box = visitor.page.get_by_label("Single letters decide")
        box.press("Space")
        visitor.page.reload()
        before = visitor.page.url
        assert not box.is_checked()
        for key in "aruscq":
            visitor.page.keyboard.press(key)
        visitor.page.wait_for_timeout(300)
        assert visitor.page.url == before and not records(own)
        visitor.page.keyboard.press("Control+r")  # a key of the browser's is never ours
        assert not records(own)


def test_without_javascript_everything_can_be_decided(chromium: Browser, server: str, own: Path) -> None:
    with Visitor(chromium, server, script=False) as visitor:
        page = visitor.page
        visitor.open("/review")
        page.get_by_label("Council").select_option("NMR")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("link", name="Begin with the least sure").click()
        page.get_by_role("button", name="Accept").click()
        page.get_by_role("button", name="Undo").click()
        page.get_by_label("Note", exact=False).first.fill("look again")
        page.get_by_role("button", name="Leave open").click()
        page.get_by_text("Correct it").click()
        page.get_by_label("What it says").select_option("mixed")
        page.get_by_role("button", name="Save the correction").click()
        page.get_by_role("link", name="Skip", exact=True).click()
        page.get_by_role("button", name="Reject").click()
        said = [r["decision"] for r in records(own)]
        assert said == ["accepted", "withdrawn", "open", "corrected", "rejected"]
        assert not visitor.troubles


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_have_no_barrier_at_a_desk_or_on_a_telephone(
    chromium: Browser, server: str, width: int
) -> None:
    with Visitor(chromium, server, width=width, height=800) as visitor:
        page = visitor.page

        def looked_at(what: str) -> None:
            assert not visitor.shape(), (what, visitor.shape())
            assert not visitor.barriers(), (what, visitor.barriers())
            assert not visitor.overflow(), (what, visitor.overflow())

        visitor.open("/review")
        looked_at("queue")
        for kind in ("finding", "mention", "partnership", "statistic", "citation"):
            visitor.open(f"/review/next?kind={kind}")
            page.keyboard.press("c")
            for more in page.locator("details.correct details > summary").all():
                more.click()
            looked_at(kind)
        visitor.open(f"/review/next?{CHOICE}")
        old = page.url
        page.get_by_role("button", name="Accept").click()
        looked_at("after a decision")
        visitor.open(old.removeprefix(server))
        looked_at("decided")
        page.get_by_role("button", name="Leave open").click()
        assert "The note is empty" in page.get_by_role("alert").inner_text()
        looked_at("refused")
        troubles = [one for one in visitor.troubles if "status of 400" not in one]
        assert not troubles


def test_two_windows_do_not_decide_the_same_thing_twice(chromium: Browser, server: str, own: Path) -> None:
    with Visitor(chromium, server) as one, Visitor(chromium, server) as other:
        one.open(f"/review/next?{CHOICE}")
        other.open(f"/review/next?{CHOICE}")
        press(one, "a")
        press(other, "r")
        assert "Somebody has decided" in other.page.get_by_role("alert").inner_text()
        assert not other.barriers()
        assert [r["decision"] for r in records(own)] == ["accepted"]


def test_a_page_of_another_site_cannot_decide(chromium: Browser, server: str, own: Path) -> None:
    """A form that sends itself, as a page of another site would hold it; its origin is none of ours."""
    with Visitor(chromium, server) as visitor:
        page = visitor.page
        visitor.open(f"/review/next?{CHOICE}")
        form = page.locator("form.decide").evaluate("form => form.outerHTML")
        whole = form.replace('action="/', f'action="{server}/')
        page.goto("about:blank")
        page.set_content(whole)
        with page.expect_response("**/review/decide") as answer:
            page.get_by_role("button", name="Accept").click()
        assert answer.value.status == 403
        assert not records(own)
