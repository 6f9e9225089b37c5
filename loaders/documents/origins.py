"""Where files came from: a folder of fetched pages says so in a file beside them.

The file is named by the checksums of the pages, not by their names alone: who puts another
page in the place of one of them does not give it the address of the old one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

ORIGINS = "addresses.json"
"""How the file is called. It maps a file's name to its SHA-256 and its address."""

_LARGEST = 1024 * 1024
_ADDRESS = re.compile(r"https?://[!#-;=?-\[\]_a-z~]{1,2000}")


def write_origins(folder: Path, origins: Mapping[str, tuple[str, str]]) -> None:
    """Write where the files of a folder came from: name to (SHA-256, address)."""
    told = {name: {"sha256": sha256, "address": address} for name, (sha256, address) in origins.items()}
    (folder / ORIGINS).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def address_of(path: Path, sha256: str) -> str | None:
    """The address that a file of these bytes came from; None where nothing says so."""
    try:
        with (path.parent / ORIGINS).open("rb") as file:
            told = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return None  # no fetched page, or a file of that name which somebody else wrote
    entry = told.get(path.name) if isinstance(told, dict) else None
    if not isinstance(entry, dict) or entry.get("sha256") != sha256:
        return None
    address = entry.get("address")
    # It becomes an IRI of the graph: what cannot be one is not taken from a file.
    return address if isinstance(address, str) and _ADDRESS.fullmatch(address) else None
