"""Addresses of pages: which we go to, and how two of them relate.

Nothing here builds an address. The published slugs are irregular, so they are compared and
never made.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from loaders.web.errors import FetchError

_LONGEST = 2000
_ROUNDS = 4  # a host with marks in it is written anew in two steps, and then stays as it is
_DEFAULT_PORTS = {"http": 80, "https": 443}
# A theme has a folder of its own in some layouts: "theme1", "2-providing-support".
_THEME = re.compile(r"^(?:theme[-_]?[1-4]|[1-4]-[a-z-]{1,60})$", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Is it a web address, not the path of a file?

    >>> is_address("https://example.org/report"), is_address("reports/https")
    (True, False)
    """
    return text[:8].lower().startswith(("http://", "https://"))


def checked(address: str) -> str:
    """The address without its fragment, written in the one way that all of it is compared in.

    Raises:
        FetchError: it is none of the web, or has a name and password in it.
    """
    address = address.strip().partition("#")[0]
    parts = _split(address)
    if parts is None or parts.scheme not in _DEFAULT_PORTS or not parts.hostname or len(address) > _LONGEST:
        raise FetchError(
            "This is no address of a web page.",
            where=address[:200],
            cure="Give an address that begins with https:// or http://.",
        )
    if parts.username is not None or parts.password is not None:
        raise FetchError(
            "The address has a user name in it; published reports need none.",
            where=f"{parts.scheme}://{parts.hostname}{parts.path}",
            cure="Give the address without the part before the @.",
        )
    for _ in range(_ROUNDS):
        written = _written(address)
        if written == address:
            return address
        address = written
    raise _odd(address)


def _written(address: str) -> str:
    try:
        return str(httpx.URL(address))
    except (httpx.InvalidURL, ValueError):
        raise _odd(address) from None


def _odd(address: str) -> FetchError:
    return FetchError(
        "This address cannot be understood.",
        where=address[:200],
        cure="Copy the address from your browser.",
    )


def joined(page: str, link: str) -> str | None:
    """The whole address of a link on a page; None where it is no address of the web."""
    try:
        return checked(urljoin(page, link.strip()))
    except (ValueError, FetchError):
        return None


def origin(address: str) -> str:
    """Scheme, host and port: what robots.txt and the pause between requests count for.

    >>> origin("HTTPS://Example.org:443/a/b?c")
    'https://example.org'
    """
    scheme, host, port = _site(address)
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}" + ("" if port == _DEFAULT_PORTS.get(scheme) else f":{port}")


def same_site(address: str, other: str) -> bool:
    """Does ``other`` stay on the site of ``address``? From http to https it does, not back.

    >>> same_site("http://example.org/a", "https://example.org/a")
    True
    >>> same_site("https://example.org/a", "http://example.org/a")
    False
    """
    first, second = _site(address), _site(other)
    upgrade = first[0] == "http" and second[0] == "https" and (first[2], second[2]) == (80, 443)
    return first == second or (upgrade and first[1] == second[1])


def path_of(address: str) -> str:
    """The path without a slash at its end: what tells two pages of a site apart."""
    parts = _split(address)
    return (parts.path if parts else "").rstrip("/") or "/"


def query_of(address: str) -> str:
    """What follows the question mark."""
    parts = _split(address)
    return parts.query if parts else ""


def folder_of(path: str) -> str:
    """The path one level up."""
    return path.rpartition("/")[0]


def home_of(path: str) -> str:
    """The folder of a page, a theme's folder counting as the one that it lies in.

    >>> home_of("/reports/northmoor-0525/theme1/needs")
    '/reports/northmoor-0525'
    """
    folder = folder_of(path)
    return folder_of(folder) if _THEME.match(folder.rpartition("/")[2]) else folder


def below(path: str, other: str) -> bool:
    """Does a path lie below another: in its folder, or as a longer form of its last part?

    >>> below("/r/northmoor-0225-theme3-safeguarding", "/r/northmoor-0225")
    True
    """
    return path.startswith((other + "/", other + "-"))


def _site(address: str) -> tuple[str, str, int | None]:
    parts = _split(address)
    if parts is None:
        return "", "", None
    return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None for one that has none (an impossible port or host)."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts
