"""Every kind of page in a real browser: at a desk, on a telephone, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from councilgraph.explorer.page import Kind
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.snapshot import Snapshot, Snapshots
from councilgraph.site import walking
from tests.browser.visiting import Visitor
from tests.support.crawling import spread

LARGEST = 100_000  # bytes of the first page of HTML
# Pages beside the kinds: errors, and what has a router of its own.
OTHERS = (
    "/nothing-here",
    "/councils/XXX",
    "/councils?region=nowhere",
    "/search?q=carers",
    "/search?q=zzzzzz",
    "/compare?council=STS",
    "/pictures",
    "/editor",
    "/api/docs",
)


@pytest.fixture(scope="module")
def addresses(rich_store: Path) -> dict[str, list[str]]:
    """Kind of page to all its addresses."""
    found: dict[str, list[str]] = {}
    snapshot: Snapshot = Snapshots(str(rich_store)).current()
    assert snapshot.earlier
    snapshot.earlier.found(None)
    for kind, address in walking.addresses(snapshot):
        found.setdefault(kind.name, []).append(address)
    return found


def some(kind: Kind, addresses: dict[str, list[str]], most: int) -> Iterator[str]:
    """Some addresses of a kind; every kind has one, or nobody would ever see it."""
    found = addresses.get(kind.name, [])
    assert found or kind.name == "search", f"{kind.name} names no address"
    yield from spread(found, most) or [kind.path]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_at_a_desk(kind: Kind, addresses: dict[str, list[str]], visitor: Visitor) -> None:
    for address in some(kind, addresses, 3):
        response = visitor.open(address)
        assert response.status == 200, address
        assert len(response.body()) < LARGEST, f"{address} has {len(response.body()):,} bytes"
        assert not visitor.shape(), (address, visitor.shape())
        assert not visitor.barriers(), (address, visitor.barriers())
        assert not visitor.overflow(), (address, visitor.overflow())
        assert not visitor.troubles, (address, visitor.troubles)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_on_a_telephone(kind: Kind, addresses: dict[str, list[str]], on_a_phone: Visitor) -> None:
    for address in some(kind, addresses, 2):
        on_a_phone.open(address)
        assert not on_a_phone.overflow(), (address, on_a_phone.overflow())
        assert not on_a_phone.barriers(), (address, on_a_phone.barriers())
        assert not on_a_phone.troubles, (address, on_a_phone.troubles)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_without_javascript(
    kind: Kind, addresses: dict[str, list[str]], visitor: Visitor, without_script: Visitor
) -> None:
    """What a page says and where it leads is the same; scripts only add ease."""
    for address in some(kind, addresses, 1):
        visitor.open(address)
        without_script.open(address)
        assert said(without_script) == said(visitor), address
        assert targets(without_script) == targets(visitor), address
        for form in without_script.page.locator("main form").all():
            assert form.locator("button, input[type=submit]").count(), f"{address}: a form without a button"
        assert not without_script.troubles, (address, without_script.troubles)


@pytest.mark.parametrize("address", OTHERS)
def test_other_pages(address: str, visitor: Visitor, on_a_phone: Visitor) -> None:
    for one in (visitor, on_a_phone):
        status = one.open(address).status
        # The browser itself writes a failed page into its console.
        troubles = [t for t in one.troubles if f"status of {status}" not in t or status < 400]
        assert not troubles, (address, troubles)
        if address != "/editor":  # of the engine's makers; it runs on scripts
            assert not one.barriers(), (address, one.barriers())
            assert not one.overflow(), (address, one.overflow())


def said(visitor: Visitor) -> str:
    """The words of the page, without the marks that scripts add."""
    return " ".join(visitor.page.locator("main").inner_text().replace("↕", "").split())


def targets(visitor: Visitor) -> set[str]:
    """Where its links lead, without the host."""
    found = visitor.page.locator("a[href]").evaluate_all("links => links.map(a => a.href)")
    return {urlsplit(one)._replace(scheme="", netloc="").geturl() for one in found}
