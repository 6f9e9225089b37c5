"""Pages from the web, as a guest asks for them: the site's rules first, and no way off the site."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

from loaders.web.addresses import checked, origin, same_site
from loaders.web.asking import FORMS, Answer, Asker, Limits, meaning, media_type
from loaders.web.errors import FetchError
from loaders.web.robots import FREE, LARGEST, Rules

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class WebPage:
    """One page: the address it was found at in the end, its bytes, and its file ending."""

    address: str
    data: bytes
    ending: str


class Fetcher:
    """Reads pages; use it in a ``with`` statement.

    ``cache`` is the folder that keeps pages with their validators, so that a page that has
    not changed is not sent again. ``allowed`` are the hosts that may be private. ``sleep``
    waits; a test gives another.
    """

    def __init__(
        self,
        cache: Path,
        limits: Limits | None = None,
        allowed: Collection[str] = (),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits or Limits()
        self._asker = Asker(cache, self.limits, allowed, sleep)
        self._rules: dict[str, Rules] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._asker.close()

    def get(self, address: str) -> WebPage:
        """The page at an address.

        Raises:
            FetchError: the site or its robots.txt forbids it, the page is not there, is of
            another kind, too large or too slow, or leads to another site.
        """
        address = checked(address)
        seen = {address}
        while True:
            self._obey(address)
            answer = self._asker.ask(address, self.limits.page_bytes, self._rules[origin(address)].pause)
            if answer.status not in _REDIRECTS:
                break
            address = self._next_stop(address, answer, seen)
            seen.add(address)
        if answer.status != 200:
            raise FetchError(
                f"The site answers {answer.status}: {meaning(answer.status)}.",
                where=address,
                cure="Open the address in a browser and give the one that it shows.",
            )
        return WebPage(address, answer.data, FORMS[media_type(answer.headers)])

    def _next_stop(self, address: str, answer: Answer, seen: Collection[str]) -> str:
        """Where a redirect leads.

        Raises:
            FetchError: to another site, to a page seen before, or on and on.
        """
        target = checked(urljoin(address, answer.headers.get("location", "")))
        if not same_site(address, target):
            raise FetchError(
                f"The page leads to another site: {target}",
                where=address,
                cure="If you trust that site, give the address there.",
            )
        if target in seen or len(seen) > self.limits.redirects:
            raise FetchError(
                "The page leads from one address to another without an end.",
                where=address,
                cure="Open the address in a browser; if it loops there too, tell the site.",
            )
        return target

    def _obey(self, address: str) -> None:
        """Heed the site's robots.txt, which is read first.

        Raises:
            FetchError: it forbids the page, asks for too long a pause, or cannot be read.
        """
        site = origin(address)
        if site not in self._rules:
            self._rules[site] = self._read_rules(site)
        rules = self._rules[site]
        if not rules.allow(address):
            raise FetchError(
                "The site's robots.txt asks programs not to read this page.",
                where=address,
                cure="Save the page in your browser and give the file.",
            )
        if rules.pause > self.limits.longest_wait:
            raise FetchError(
                f"The site's robots.txt asks for {rules.pause:.0f} s between two requests.",
                where=f"{site}/robots.txt",
                cure="Save the pages in your browser and give their folder.",
            )

    def _read_rules(self, site: str) -> Rules:
        address = f"{site}/robots.txt"
        seen = {address}
        while True:
            answer = self._asker.ask(address, LARGEST, 0.0, any_kind=True)
            if answer.status not in _REDIRECTS:
                break
            address = self._next_stop(address, answer, seen)
            seen.add(address)
        if answer.status == 200:
            return Rules.of(answer.data)
        if 400 <= answer.status < 500:
            return FREE
        raise FetchError(
            f"The site's robots.txt cannot be read (it answers {answer.status}).",
            where=address,
            cure="Try again later: without it we cannot know what the site allows.",
        )
