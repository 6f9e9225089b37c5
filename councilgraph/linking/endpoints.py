"""Other people's SPARQL endpoints, asked as a guest: named, page by page, with pauses.

Nothing here runs unless a command says that it asks (``councilgraph refresh wikidata --fetch``).
The address is the user's or that of a ``source.toml``, never one that stands in data.
"""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from councilgraph.errors import InputError
from councilgraph.linking.answers import Answer, AnswerFolder, fingerprint
from councilgraph.linking.replies import Rows, asked_wait, meaning, read, short
from councilgraph.linking.wire import ACCEPT, Reply, TooLarge, TooSlow, send

_KINDS = (ACCEPT, "application/json")
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Limits:
    """How gently an endpoint is asked and how much is taken. Times are in seconds.

    ``pause`` lies between two requests, ``back_off`` before the first new attempt (doubled
    each time), ``longest_wait`` is the longest that a server can ask us to wait,
    ``answer_seconds`` the time for one answer (Wikidata ends a query after 60),
    ``step_seconds`` that for one answer of the network. ``keep_days``: a younger answer in the
    cache is taken for the present one.
    """

    pause: float = 1.0
    attempts: int = 4
    back_off: float = 2.0
    longest_wait: float = 120.0
    step_seconds: float = 70.0
    answer_seconds: float = 90.0
    answer_bytes: int = 32 * 1024 * 1024
    page_rows: int = 2_000
    pages: int = 500
    keep_days: int = 1


class Guest:
    """Asks one endpoint and keeps its answers in the folder ``cache``.

    ``sleep`` waits and ``today`` tells the date; a test gives others.
    """

    def __init__(
        self,
        address: str,
        cache: Path,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.address = _checked(address)
        self.limits = limits or Limits()
        self._answers = AnswerFolder(cache)
        self._sleep, self._today = sleep, today
        self._next = 0.0

    def answer(self, name: str, sparql: str, told: Callable[[int], None] = lambda rows: None) -> Answer:
        """All rows of a SELECT query that ends in ORDER BY, as a CSV file.

        ``name`` is the file's; ``told`` is given the number of rows so far after each page.
        An answer of the cache that is young enough is taken as it is; the old one is kept
        until the new one is whole.

        Raises:
            InputError: there is no usable answer, and why.
        """
        asked = fingerprint(self.address, sparql)
        today = self._today()
        if kept := self._answers.kept(name, asked, today - timedelta(days=self.limits.keep_days)):
            return kept
        pages = self._pages(sparql)
        header, first = next(pages)

        def rows() -> Iterator[tuple[str, ...]]:
            count = 0
            for page in chain((first,), (page for _, page in pages)):
                yield from page
                count += len(page)
                told(count)

        return self._answers.keep(name, self.address, asked, today, header, rows())

    def _pages(self, sparql: str) -> Iterator[tuple[tuple[str, ...], Rows]]:
        """Header and rows of each page, until one is empty.

        A short page is not the last: servers cut answers at a length of their own without
        saying so, and the rest would be missing in silence.
        """
        limits, taken, before = self.limits, 0, None
        for _ in range(limits.pages):
            header, rows = self._page(f"{sparql.rstrip()}\nLIMIT {limits.page_rows}\nOFFSET {taken}\n")
            if rows and rows == before:
                raise self._refusal(
                    "The endpoint gives the same page again and again.",
                    "It does not keep to OFFSET, so its answer cannot be had whole.",
                )
            yield header, rows
            if not rows:
                return
            taken, before = taken + len(rows), rows
        raise self._refusal(
            f"The answer goes on after {limits.pages} pages ({taken} rows).",
            "Narrow the query down in queries/links/.",
        )

    def _page(self, sparql: str) -> tuple[tuple[str, ...], Rows]:
        """One page, asked for again where the server is busy or the answer breaks off."""
        limits, problem = self.limits, ""
        for attempt in range(limits.attempts):
            self._take_turn()
            wait = limits.back_off * 2**attempt
            try:
                reply = send(
                    self.address,
                    sparql,
                    step=limits.step_seconds,
                    whole=limits.answer_seconds,
                    largest=limits.answer_bytes,
                )
            except TooSlow:
                problem = f"there was no answer in {limits.answer_seconds:g} s"
            except TooLarge:
                raise self._refusal(
                    f"The answer is larger than {limits.answer_bytes / 1e6:.0f} MB.",
                    "Check that this is the address of a SPARQL endpoint.",
                ) from None
            except (OSError, ValueError, http.client.HTTPException) as error:
                problem = f"the connection fails ({short(str(getattr(error, 'reason', '') or error))})"
            else:
                if reply.status == 200:
                    self._refuse_other_kinds(reply)
                    if page := read(reply.data):
                        return page
                    # A server that runs out of time in mid-answer ends with its stack trace.
                    problem = "the answer breaks off or is no SPARQL result"
                elif reply.status in _TRY_AGAIN or (reply.status == 405 and "Retry-After" in reply.headers):
                    problem = f"it answers {reply.status}, {meaning(reply.status)}"
                    wait = max(wait, asked_wait(reply))
                else:
                    raise self._refused(reply)
            if wait > limits.longest_wait:
                problem += f", and asks to come back in {wait:.0f} s"
                break
            if attempt + 1 < limits.attempts:
                self._sleep(wait)
        raise self._refusal(
            f"The endpoint gives no answer: {problem}.", "Try again later; nothing has been changed."
        )

    def _take_turn(self) -> None:
        now = time.monotonic()
        if self._next > now:
            self._sleep(self._next - now)
        self._next = time.monotonic() + self.limits.pause

    def _refuse_other_kinds(self, reply: Reply) -> None:
        kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in _KINDS:
            raise self._refusal(
                f"The endpoint answers with '{short(kind) or 'something without a type'}', not with JSON.",
                "Check the address: a query form's page is not the endpoint behind it.",
            )

    def _refused(self, reply: Reply) -> InputError:
        if 300 <= reply.status < 400:
            target = short(reply.headers.get("Location", "")) or "no address"
            return self._refusal(
                f"The endpoint leads to another address: {target}",
                "Redirects are not followed. If you trust that address, give it with --endpoint.",
            )
        words = short(reply.data.decode("utf-8", "replace"))
        return self._refusal(
            f"The endpoint answers {reply.status}, {meaning(reply.status)}: {words}",
            "Check the address and the query in queries/links/.",
        )

    def _refusal(self, what: str, cure: str) -> InputError:
        return InputError(what, where=self.address, cure=cure)


def _checked(address: str) -> str:
    """The address without login and fragment.

    Raises:
        InputError: it is none that can be asked.
    """
    try:
        parts = urlsplit(address.strip())
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not address.strip().isascii() or any(c.isspace() for c in address.strip()):
        raise InputError(
            "This is no address of a SPARQL endpoint.",
            where=short(address),
            cure="Give one that begins with https://, such as https://query.wikidata.org/sparql.",
        )
    if parts.username or parts.password:
        raise InputError(
            "The address holds a login, which would stand in every message.",
            where=parts.hostname or "",
            cure="Give an endpoint that is open to all.",
        )
    return parts._replace(fragment="").geturl()
