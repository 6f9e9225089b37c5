"""The names of a site's files: one for each address, safe on every system and web server."""

from __future__ import annotations

import os
import re
from urllib.parse import parse_qsl, unquote
from zlib import crc32

_LONGEST = 100  # characters of one part; some systems refuse a name of more than 255 bytes
# Windows takes these for devices, whatever their ending.
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


class Names:
    """Gives every address a file name of its own.

    ``/councils/STS`` becomes ``councils/STS.html``: web servers that leave out ``.html``
    (GitHub Pages, nginx with ``try_files``) then answer to the addresses of the explorer.
    Two addresses that only differ in case get two names, because Windows and macOS would
    write one file over the other.
    """

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._taken: dict[str, tuple[str, str]] = {}

    def of(self, address: str, ending: str = ".html") -> str:
        """The path of the file below the site's folder, with slashes.

        ``address`` is percent-encoded and may have a query string; what stands behind ``#``
        is no part of it.
        """
        key = (address, ending)
        if key not in self._given:
            name = plain(address) + ending
            if self._taken.setdefault(name.casefold(), key) != key:
                name = f"{plain(address)}-{crc32(address.encode()):08x}{ending}"
                self._taken.setdefault(name.casefold(), key)
            self._given[key] = name
        return self._given[key]


def plain(address: str) -> str:
    """The address as a path of letters, digits, dots and hyphens, without an ending."""
    path, _, query = address.partition("?")
    parts = [_safe(unquote(part)) for part in path.split("/") if part] or ["index"]
    asked = "-".join(f"{_safe(name)}-{_safe(value)}" for name, value in parse_qsl(query))
    if asked:
        parts[-1] += f"--{asked}"
    return "/".join(_short(part) for part in parts)


def relative(target: str, page: str) -> str:
    """The file ``target`` as it is written in a link in the file ``page``."""
    return os.path.relpath("/" + target, "/" + os.path.dirname(page)).replace(os.sep, "/")


def _safe(text: str) -> str:
    """Text without what means something in a path, an address or a shell."""
    bare = re.sub(r"[^A-Za-z0-9._~-]+", "_", text)
    # "..", ".git" and "-rf" are names of other things; a dot at the end is lost on Windows.
    bare = re.sub(r"^[.-]+", "_", bare)
    bare = re.sub(r"\.+$", "_", bare)
    changed = bare != text or _DEVICES.match(bare)
    return f"{bare or '_'}-{crc32(text.encode()):08x}" if changed else bare


def _short(part: str) -> str:
    return part if len(part) <= _LONGEST else f"{part[:_LONGEST]}-{crc32(part.encode()):08x}"
