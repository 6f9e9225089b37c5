"""Addresses as they are written in a page: those of a server, or of files beside each other."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import quote, quote_plus, urlencode

# The forms in which the data of a page can be had, with their media types.
SUFFIXES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Links(Protocol):
    """How an internal address is written in a page.

    ``address`` is a path with its query string, as the pages know it ("/councils/STS",
    "/search?q=carers"), already percent-encoded (`address_of`); ``suffix`` asks for the data
    of that page, ``table`` for one of its tables; the first is the default.
    """

    @property
    def also(self) -> tuple[tuple[str, str], ...]:
        """What the navigation has beside the kinds of pages: (label, address)."""

    def has(self, address: str) -> bool:
        """Whether there is such an address here, of those that not every explorer has."""

    def to(self, address: str, suffix: str = "", table: str = "") -> str:
        """The address as it stands in ``href``, ``src`` or ``action``."""


class LiveLinks:
    """Addresses of a server; ``review``: decisions may be taken here."""

    def __init__(self, root_path: str = "", *, review: bool = False) -> None:
        self.root_path, self.review = root_path, review

    @property
    def also(self) -> tuple[tuple[str, str], ...]:
        """The review, where there is one."""
        return (("Review", "/review"),) if self.review else ()

    def has(self, address: str) -> bool:
        """A server has all of them but the review, which is asked for."""
        return self.review or not address.startswith("/review")

    def to(self, address: str, suffix: str = "", table: str = "") -> str:
        """The root path, the address and the suffix before its query string."""
        if not address.startswith("/"):
            return address  # "#scores", or an address elsewhere
        address, hash_mark, fragment = address.partition("#")
        path, _, query = address.partition("?")
        if suffix:
            path = f"{'/index' if path == '/' else path}.{suffix}"
        if table:
            query = "&".join(part for part in (query, urlencode({"table": table})) if part)
        return self.root_path + path + (f"?{query}" if query else "") + hash_mark + fragment


def address_of(*parts: str, **query: object) -> str:
    """An internal address of its parts, each encoded: ``address_of("councils", "STS", page=2)``.

    Query values that are None or "" are left out, and a tuple gives the name several times.
    """
    path = "/" + "/".join(quote(part, safe="-._~:@!$'()*,;") for part in parts)
    pairs = [
        (name, one)
        for name, value in query.items()
        for one in (value if isinstance(value, (tuple, list)) else (value,))
        if one is not None and one != ""
    ]
    return path + (f"?{urlencode(pairs, quote_via=quote_plus)}" if pairs else "")
