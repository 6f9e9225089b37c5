"""A publisher's file by its address: streamed to disk, whole or not at all.

Only for addresses that a person typed; those that stand in data are never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from councilgraph.version import AGENT
from loaders.web.addresses import checked, same_site
from loaders.web.asking import meaning, media_type
from loaders.web.errors import FetchError
from loaders.web.guard import CONNECTION_ERRORS, Deadline, Guard

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How much of a site's time and of our disk a file may take. Times are in seconds."""

    file_seconds: float = 3600.0
    step_seconds: float = 30.0
    file_bytes: int = 4 * 1024**3
    redirects: int = 5


def download(
    address: str,
    folder: Path,
    *,
    allowed: Collection[str] = (),
    limits: FileLimits | None = None,
    progress: Callable[[int, int], None] = lambda read, total: None,
) -> Path:
    """The file at an address, written into ``folder``; ``progress`` is told bytes read and in all.

    ``allowed`` are hosts that may be in a private network.

    Raises:
        FetchError: the file is not there, is a web page, too large, too slow or cut off, or the
        address leads to another site. No file is left then.
    """
    limits = limits or FileLimits()
    deadline = Deadline()
    deadline.start(limits.file_seconds)
    with httpx.Client(
        transport=Guard(deadline, allowed),
        timeout=limits.step_seconds,
        follow_redirects=False,
        headers={"User-Agent": AGENT, "Accept-Encoding": "identity"},
    ) as client:
        at = checked(address)
        for _ in range(limits.redirects + 1):
            try:
                with client.stream("GET", at) as response:
                    if response.status_code not in _REDIRECTS:
                        return _written(response, at, folder, limits, progress)
                    target = checked(urljoin(at, response.headers.get("location", "")))
            except (*CONNECTION_ERRORS, httpx.TransportError, httpx.DecodingError) as error:
                raise FetchError(
                    f"The file cannot be had: {str(error) or type(error).__name__}.",
                    where=at,
                    cure="Check the address and your connection, and try again later.",
                ) from None
            if not same_site(at, target):
                raise FetchError(
                    f"The address leads to another site: {target}",
                    where=at,
                    cure="If you trust that site, give the address there.",
                )
            at = target
    raise FetchError(
        "The address leads from one to another without an end.",
        where=address,
        cure="Open the address in a browser and give the one that the file has in the end.",
    )


def _written(
    response: httpx.Response,
    address: str,
    folder: Path,
    limits: FileLimits,
    progress: Callable[[int, int], None],
) -> Path:
    if response.status_code != 200:
        raise FetchError(
            f"The site answers {response.status_code}: {meaning(response.status_code)}.",
            where=address,
            cure="Open the address in a browser and give the one that it shows.",
        )
    if media_type(response.headers) in _PAGES:
        raise FetchError(
            "This is a web page, not a file of a register.",
            where=address,
            cure="Give the address of the download itself, or save it and give the file.",
        )
    stated = response.headers.get("content-length", "")
    total = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else 0
    name = _SAFE.sub("-", urlsplit(address).path.rpartition("/")[2])[-100:].lstrip(".") or "download"
    path, n = folder / name, 1
    while path.exists():
        n += 1
        path = folder / f"{n}-{name}"
    read = 0
    try:
        with path.open("wb") as file:
            for piece in response.iter_bytes():
                read += len(piece)
                if max(read, total) > limits.file_bytes:
                    raise FetchError(
                        f"The file is larger than {limits.file_bytes / 1e9:g} GB.",
                        where=address,
                        cure="Check the address; if it is right, save the file and give its path.",
                    )
                file.write(piece)
                progress(read, total)
        if read < total:
            raise FetchError(
                f"Only {read:,} of {total:,} bytes came.", where=address, cure="Try again later."
            )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
