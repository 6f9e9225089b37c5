"""An export of OSV, read record by record: the ranges that are about given packages.

The format of a record: https://ossf.github.io/osv-schema/.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from councilgraph.errors import InputError
from supply.advisories import Advisory

_LARGEST = 16 * 1024 * 1024  # bytes of one record; real ones have some thousands


def from_export(path: Path, packages: Collection[str]) -> Iterator[Advisory]:
    """The ranges of an OSV export that are about these packages (names as pip writes them).

    ``path`` is ``all.zip`` of the ecosystem, one record, or a folder of records (JSON). Records
    that were withdrawn are left out.

    Raises:
        InputError: it is none of these, or a record is damaged.
    """
    for name, data in _records(path):
        try:
            record = json.loads(data)
            if "withdrawn" not in record:
                yield from _ranges(record, packages)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"This is no OSV record: {type(error).__name__}: {error}.",
                where=name,
                cure="Get the export again; the format is https://ossf.github.io/osv-schema/.",
            ) from None


def _records(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield str(file), file.read_bytes()
    elif path.suffix == ".json" and path.is_file():
        yield str(path), path.read_bytes()
    else:
        try:
            with zipfile.ZipFile(path) as archive:
                for info in archive.infolist():
                    if info.filename.endswith(".json") and info.file_size <= _LARGEST:
                        yield f"{path}!{info.filename}", archive.read(info)
        except (OSError, zipfile.BadZipFile) as error:
            raise InputError(
                f"The export cannot be read: {error}.",
                where=str(path),
                cure="Give all.zip of the ecosystem PyPI, or a folder of OSV records.",
            ) from None


def _ranges(record: dict[str, Any], packages: Collection[str]) -> Iterator[Advisory]:
    shared = {
        "id": str(record["id"]),
        "aliases": " ".join(sorted(record.get("aliases", ()))),
        "modified": str(record["modified"])[:10],
        "source": f"https://osv.dev/vulnerability/{record['id']}",
    }
    for affected in record.get("affected", ()):
        package = affected.get("package", {})
        name = canonicalize_name(str(package.get("name", "")))
        if package.get("ecosystem") != "PyPI" or name not in packages:
            continue
        bounds = [b for r in affected.get("ranges", ()) if r.get("type") == "ECOSYSTEM" for b in _bounds(r)]
        for introduced, fixed, last in bounds:
            yield Advisory(name, shared["id"], shared["aliases"], introduced, fixed, last, "", **_end(shared))
        # Lists of versions repeat what the ranges say, but where there are none.
        if listed := "" if bounds else " ".join(_valid(affected.get("versions", ()))):
            yield Advisory(name, shared["id"], shared["aliases"], "", "", "", listed, **_end(shared))


def _end(shared: dict[str, str]) -> dict[str, str]:
    return {"modified": shared["modified"], "source": shared["source"]}


def _bounds(span: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(introduced, fixed, last affected) of each part of a range; the events stand in any order."""
    events = [(kind, str(version)) for event in span["events"] for kind, version in event.items()]
    order = {"introduced": 0, "last_affected": 1, "fixed": 0}
    known = [(kind, v) for kind, v in events if kind in order]
    known.sort(key=lambda one: (Version("0.dev0") if one[1] == "0" else Version(one[1]), order[one[0]]))
    start = ""
    for kind, version in known:
        if kind == "introduced":
            start = start or version
        elif start:
            yield (start, version, "") if kind == "fixed" else (start, "", version)
            start = ""
    if start:
        yield start, "", ""


def _valid(versions: Iterable[object]) -> Iterator[str]:
    """Versions that pip could install; what else was ever uploaded can be pinned by nobody."""
    for one in versions:
        try:
            yield str(Version(str(one)))
        except InvalidVersion:
            continue
