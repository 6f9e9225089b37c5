"""A visitor who notices what goes wrong: errors, requests to other hosts, barriers."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

_AXE = Axe()
_OPTIONS: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    # Off by default in axe-core, though WCAG 2.2 AA asks for it.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    # It would ask for the stylesheet once more, which the policy of a page forbids it.
    "preload": False,
}
_SMALL = 12  # a wider overflow than the rounding of a scroll bar


class Visitor:
    """A browser window with a clean profile. ``troubles`` fills as pages are visited."""

    def __init__(
        self, browser: Browser, home: str, *, width: int = 1280, height: int = 900, script: bool = True
    ) -> None:
        self.home = home
        self.troubles: list[str] = []
        self._context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            accept_downloads=True,
            locale="en-GB",
            reduced_motion="reduce",
        )
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("dialog", self._on_dialog)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.close()

    def open(self, address: str) -> Response:
        """Go to an address of the explorer and wait until it is there whole."""
        response = self.page.goto(self.home + address, wait_until="load")
        assert response is not None
        return response

    def barriers(self) -> list[str]:
        """What axe-core finds wrong with the page, WCAG 2.2 AA and its good practice; one line each."""
        found = _AXE.run(self.page, options=_OPTIONS).response["violations"]
        return [
            f"{rule['id']}: {rule['help']}: {node['html'][:200]} {_why(node)}"
            for rule in found
            for node in rule["nodes"][:5]
        ]

    def overflow(self) -> list[str]:
        """Elements that make the page wider than the screen, "" for the page itself."""
        return list(
            self.page.evaluate(
                """(small) => {
                  const wide = document.documentElement.clientWidth;
                  if (document.documentElement.scrollWidth <= wide + small) return [];
                  const inScroller = (e) => {
                    for (let p = e.parentElement; p; p = p.parentElement) {
                      if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) return true;
                    }
                    return false;
                  };
                  return [...document.body.querySelectorAll("*")]
                    .filter((e) => e.getBoundingClientRect().right > wide + small && !inScroller(e))
                    .slice(0, 5)
                    .map((e) => `${e.tagName.toLowerCase()}.${e.className}: ${e.outerHTML.slice(0, 120)}`)
                    .concat(["the page is " + document.documentElement.scrollWidth + " wide"]);
                }""",
                _SMALL,
            )
        )

    def shape(self) -> list[str]:
        """What every page must have and this one lacks."""
        return list(
            self.page.evaluate(
                """() => {
                  const lacks = [];
                  const one = (css, what) => {
                    const n = document.querySelectorAll(css).length;
                    if (n !== 1) lacks.push(`${n} instead of 1 ${what}`);
                  };
                  one("h1", "h1"); one("main", "main"); one("head > title", "title");
                  if (!document.documentElement.lang) lacks.push("no language");
                  if (document.querySelector("[style], style")) lacks.push("an inline style");
                  const run = "script:not([src]):not([type='application/ld+json'])";
                  if (document.querySelector(run)) lacks.push("an inline script");
                  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
                  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
                  if (twice.length) lacks.push("ids twice: " + twice.slice(0, 5));
                  return lacks;
                }"""
            )
        )

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"console {message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        asked, home = urlsplit(request.url), urlsplit(self.home)
        if asked.scheme not in ("data", "blob") and (asked.scheme, asked.netloc) != (
            home.scheme,
            home.netloc,
        ):
            self.troubles.append(f"a request to another host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        # A download ends its navigation, which the browser calls a failure.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"no answer: {request.url}: {request.failure}")

    def _on_dialog(self, dialog: Any) -> None:
        self.troubles.append(f"a dialog: {dialog.message}")
        dialog.dismiss()


def _why(node: dict[str, Any]) -> str:
    checks = [*node.get("any", ()), *node.get("all", ()), *node.get("none", ())]
    return "; ".join(str(check["message"])[:160] for check in checks[:2])
