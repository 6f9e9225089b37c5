"""One address asked for: named, with pauses, again where the site is busy, and never too much."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
from hishel import CacheOptions, SqliteStorage
from hishel.httpx import CacheTransport

from councilgraph.version import AGENT
from loaders.web.addresses import origin
from loaders.web.errors import FetchError
from loaders.web.guard import CONNECTION_ERRORS, Deadline, Guard

FORMS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
}
"""The media types that are read, and how a file of each is called."""

_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_LARGEST_CACHE = 256 * 1024 * 1024
# A cache that cannot be read or written costs time and nothing else: no traceback for that.
logging.getLogger("hishel").addHandler(logging.NullHandler())
# One coding at the most: a page packed twice unfolds to a million times its size.
_CODINGS = ("", "identity", "gzip", "deflate")


@dataclass(frozen=True, slots=True)
class Limits:
    """How gently a site is asked and how much is taken. Times are in seconds.

    ``pause`` is the least time between two requests to a site (its robots.txt can ask for
    more), ``back_off`` the first wait before a new attempt (doubled each time),
    ``longest_wait`` the longest that a site can ask us to wait, ``page_seconds`` the time
    for one page without the waits, ``step_seconds`` that for one answer of the network.
    """

    pause: float = 1.0
    attempts: int = 4
    back_off: float = 1.0
    longest_wait: float = 60.0
    step_seconds: float = 15.0
    page_seconds: float = 60.0
    page_bytes: int = 16 * 1024 * 1024
    redirects: int = 5
    pages: int = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered; ``data`` is empty unless the status is 200."""

    status: int
    headers: httpx.Headers
    data: bytes


class Asker:
    """Asks sites for pages and keeps what they send, with its validators, in the folder ``cache``."""

    def __init__(
        self, cache: Path, limits: Limits, allowed: Collection[str], sleep: Callable[[float], None]
    ) -> None:
        cache.mkdir(parents=True, exist_ok=True)
        self.limits = limits
        self._sleep = sleep
        self._deadline = Deadline()
        self._next: dict[str, float] = {}
        self._client = httpx.Client(
            transport=CacheTransport(
                Guard(self._deadline, allowed),
                SqliteStorage(database_path=cache / "answers.sqlite", max_size=_LARGEST_CACHE),
                rfc=CacheOptions(shared=False),
            ),
            timeout=self.limits.step_seconds,
            follow_redirects=False,
            headers={
                "User-Agent": AGENT,
                "Accept": ", ".join(FORMS),
                "Accept-Encoding": "gzip",
                # What the cache holds is always compared with the site: a guess that a page
                # is still fresh would hide a new version from its reader.
                "Cache-Control": "no-cache",
            },
        )

    def close(self) -> None:
        """End the connections and close the cache."""
        self._client.close()

    def ask(self, address: str, largest: int, pause: float, *, any_kind: bool = False) -> Answer:
        """One address, asked again where the site is busy or the connection breaks.

        ``largest`` is in bytes, ``pause`` the seconds between two requests to the site.

        Raises:
            FetchError: there is no usable answer in the time, or what comes is too large or
            of a kind that is not read.
        """
        limits = self.limits
        self._deadline.start(limits.page_seconds)
        problem = ""
        for attempt in range(limits.attempts):
            self._take_turn(address, pause)
            wait = limits.back_off * 2**attempt
            try:
                answer = self._once(address, largest, any_kind)
            except (*CONNECTION_ERRORS, httpx.TransportError, httpx.DecodingError) as error:
                problem = f"the connection fails ({str(error) or type(error).__name__})"
            else:
                if answer.status not in _TRY_AGAIN:
                    return answer
                problem = f"the site answers {answer.status}, {meaning(answer.status)}"
                wait = max(wait, _asked_wait(answer.headers))
            if self._deadline.passed:
                problem = f"it took more than {limits.page_seconds:g} s"
                break
            if wait > limits.longest_wait:
                problem += f", and asks to come back in {wait:.0f} s"
                break
            if attempt + 1 < limits.attempts:
                self._pause(wait)
        raise FetchError(
            f"The page cannot be had: {problem}.",
            where=address,
            cure="Check the address and your connection, and try again later.",
        )

    def _once(self, address: str, largest: int, any_kind: bool) -> Answer:
        with self._client.stream("GET", address) as response:
            status, headers = response.status_code, response.headers
            if status != 200:
                return Answer(status, headers, b"")  # what such a page says is not needed
            kind = media_type(headers)
            if not any_kind and kind not in FORMS:
                raise FetchError(
                    f"This is of the kind '{kind[:60] or 'unknown'}', not a page, PDF or text.",
                    where=address,
                    cure="Give the address of the assessment's own page.",
                )
            coding = headers.get("content-encoding", "").strip().lower()
            if coding not in _CODINGS:
                raise FetchError(
                    f"The site sends the page in a coding that was not asked for ('{coding[:40]}').",
                    where=address,
                    cure="Save the page in your browser and give the file.",
                )
            data = bytearray()
            if _length(headers) <= largest:
                for piece in response.iter_bytes():
                    data += piece
                    if len(data) > largest:
                        break
            if max(len(data), _length(headers)) > largest:
                raise FetchError(
                    f"The page is larger than {largest / 1e6:.0f} MB.",
                    where=address,
                    cure="Check that this is the address of an assessment.",
                )
            return Answer(status, headers, bytes(data))

    def _take_turn(self, address: str, pause: float) -> None:
        """Wait until the site's pause is over."""
        site = origin(address)
        now = time.monotonic()
        self._pause(self._next.get(site, now) - now)
        self._next[site] = time.monotonic() + max(self.limits.pause, pause)

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._deadline.extend(seconds)
            self._sleep(seconds)


def media_type(headers: httpx.Headers) -> str:
    """The kind of what is sent, without its parameters."""
    stated: str = headers.get("content-type", "")
    return stated.partition(";")[0].strip().lower()


def _length(headers: httpx.Headers) -> int:
    stated = headers.get("content-length", "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else 0


def _asked_wait(headers: httpx.Headers) -> float:
    """The seconds of a Retry-After, which states them or a moment."""
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return float(stated[:9])
    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def meaning(status: int) -> str:
    """The words of a status code."""
    return httpx.codes.get_reason_phrase(status).lower() or "a code without a meaning"
