"""Say which published assessments are new, or have changed, since the store was built.

Reads the page that lists the assessments and the first pages of each. An assessment is told
by its council and its date of publication, not by its address. It has changed where its
page says that it was updated after the report in the store. Councils whose assessment is in
progress are listed too. Without a store, every assessment is new.

The network is used, one request a second; nothing is loaded.

Exit codes: 0 nothing is new; 1 something is new or has changed, or a listed page could not
be had; 2 could not run.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from councilgraph.commands import fetching
from councilgraph.commands.building import terminal_progress
from councilgraph.commands.options import add_store, say
from councilgraph.councils import CouncilIndex
from councilgraph.errors import InputError
from councilgraph.exits import EXIT_DONE, EXIT_FOUND
from councilgraph.resources import data_folder
from councilgraph.store import is_address, location

if TYPE_CHECKING:
    from loaders.web.fetch import Fetcher
    from loaders.web.listing import Listed

EXAMPLE = "councilgraph watch || councilgraph watch --format json"

NEW, CHANGED, KNOWN, IN_PROGRESS, NOT_READ = "new", "changed", "known", "in progress", "not read"


@dataclass(frozen=True, slots=True)
class Row:
    """One listed assessment. ``code`` is the council's register code; days are ISO 8601."""

    state: str
    council: str
    code: str | None
    kind: str
    published: str | None = None
    last_updated: str | None = None
    address: str | None = None
    reason: str | None = None
    out_of_reach: bool = False


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "address", nargs="?", metavar="ADDRESS", help="the page that lists them (default: the CQC's)"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    parser.add_argument("--data", metavar="DIR", help="the folder of the tables")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress and no advice")
    fetching.add_options(parser)
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Watch."""
    from councilgraph.datafolder import DataFolder
    from loaders.web.listing import LISTING, read_listing

    councils = DataFolder(Path(options.data or data_folder())).councils
    held = _held(location(options.store))
    progress = terminal_progress(options.quiet)
    rows: dict[str, Row] = {}
    try:
        with fetching.open_fetcher(options) as fetcher:
            listed = read_listing(options.address or LISTING, fetcher)
            progress.start("Looking at assessments", len(listed))
            for one in listed:
                if one.address is None and not _names_council(one.name, councils):
                    continue  # what stands below the list, such as a telephone number
                row = _row(one, fetcher, councils, held)
                when = row.published[:7] if row.published else row.address
                # The same assessment can be listed at two addresses.
                rows.setdefault(f"{row.code or row.council} {when}", row)
                progress.advance()
    finally:
        progress.stop()
    found = list(rows.values())
    if all(row.out_of_reach for row in found if row.address):
        raise InputError(
            "None of the listed pages could be had.",
            where=options.address or LISTING,
            cure=f"Try again later. The first: {next(row.reason for row in found if row.address)}",
        )
    _print(found, options)
    return EXIT_FOUND if any(r.state in (NEW, CHANGED) or r.out_of_reach for r in found) else EXIT_DONE


def _names_council(name: str, councils: CouncilIndex) -> bool:
    return councils.find(name) is not None or "council" in name.lower()


def _held(place: str) -> dict[str, dict[str, Any]]:
    """What the reports in the store state, by council and month; nothing where there is no store.

    Raises:
        StoreError: there is one, and it cannot be read.
    """
    if is_address(place):
        from councilgraph.store.endpoint import Endpoint

        manifest = Endpoint(place).manifest()
    else:
        from councilgraph.store.embedded import read_manifest
        from councilgraph.store.newbuild import current_build_or_none

        build = current_build_or_none(place)
        manifest = read_manifest(build) if build else {}
    return {
        source["name"].removeprefix("report/"): source.get("header") or {}
        for source in manifest.get("sources", [])
        if source["name"].startswith("report/")
    }


def _row(listed: Listed, fetcher: Fetcher, councils: CouncilIndex, held: dict[str, dict[str, Any]]) -> Row:
    from loaders.web.errors import FetchError
    from loaders.web.listing import read_stated

    council = councils.find(listed.name)
    code = council.code if council else None
    name = council.name if council else listed.name
    if listed.address is None:
        return Row(IN_PROGRESS, name, code, listed.kind)
    try:
        stated = read_stated(listed.address, fetcher)
        council = councils.require(stated.authority, listed.address)
    except InputError as error:
        reason, out_of_reach = error.what, isinstance(error, FetchError)
        return Row(NOT_READ, name, code, listed.kind, None, None, listed.address, reason, out_of_reach)
    if stated.published is None:
        reason = "No page says when it was published."
        return Row(NOT_READ, council.name, council.code, listed.kind, address=listed.address, reason=reason)
    published = stated.published.isoformat()
    updated = stated.last_updated.isoformat() if stated.last_updated else None
    before = held.get(f"{council.code}-{published[:7]}")
    if before is None:
        state = NEW
    else:
        # Days in this form are in the order of time.
        last = max(filter(None, (before.get("published"), before.get("last_updated"))), default="")
        state = CHANGED if max(published, updated or "") > last else KNOWN
    return Row(state, council.name, council.code, listed.kind, published, updated, listed.address)


def _print(rows: list[Row], options: argparse.Namespace) -> None:
    if options.format == "json":
        shown = [{k: v for k, v in asdict(row).items() if k != "out_of_reach"} for row in rows]
        print(json.dumps(shown, indent=1, ensure_ascii=False))
    else:
        for line in _table(rows):
            print(line)
    if options.quiet:
        return
    counts = {state: sum(r.state == state for r in rows) for state in dict.fromkeys(r.state for r in rows)}
    say(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) + ".")
    if wanted := [r.address for r in rows if r.state in (NEW, CHANGED) and r.address]:
        more = f"  (and {len(wanted) - 3} more)" if len(wanted) > 3 else ""
        say(f"To load them: councilgraph load {' '.join(wanted[:3])}{more}")


def _table(rows: list[Row]) -> Iterator[str]:
    """The lines of the table: what is known already is only counted."""
    shown = [
        (r.state, r.published or "", r.council, r.reason or r.address or "") for r in rows if r.state != KNOWN
    ]
    if not shown:
        return
    head = ("state", "published", "council", "page")
    widths = [max(len(line[n]) for line in (head, *shown)) for n in range(3)]
    for line in (head, *shown):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=False))
        yield f"{'  '.join(cells)}  {line[3]}".rstrip()
