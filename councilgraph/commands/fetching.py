"""Reports that are given by their address: fetched into files, which the rest works on."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from councilgraph.build.progress import Progress
from councilgraph.commands.options import say
from councilgraph.errors import CouncilgraphError, UsageError

if TYPE_CHECKING:
    from councilgraph.build.reports import Refusal
    from loaders.web.fetch import Fetcher


def given(text: str) -> str | Path:
    """What was typed as a report: an address stays text, all else is a path."""
    return text if text[:8].lower().startswith(("http://", "https://")) else Path(text)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of all commands that fetch pages."""
    parser.add_argument(
        "--pause",
        type=float,
        default=1.0,
        metavar="SECONDS",
        help="least time between two requests to a site (default: 1; its robots.txt may ask for more)",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="HOST",
        help="read from this host although it is in a private network (can be repeated)",
    )


def open_fetcher(options: argparse.Namespace) -> Fetcher:
    """The fetcher that the options describe; use it in a ``with`` statement.

    Raises:
        UsageError: the pause is no time.
    """
    from loaders.web.asking import Limits
    from loaders.web.fetch import Fetcher

    if not 0 <= options.pause <= 60:
        raise UsageError(f"--pause {options.pause:g}: no sensible pause.", cure="Give 0 to 60 seconds.")
    return Fetcher(cache_folder(), Limits(pause=options.pause), options.allow_host)


def local_paths(
    reports: Iterable[str | Path],
    options: argparse.Namespace,
    progress: Progress,
    *,
    earlier: bool = False,
) -> tuple[list[Path], list[Refusal]]:
    """The reports as paths, those with an address fetched; and the addresses that could not be.

    ``earlier``: where a site does not answer, the pages of the last fetch are taken. A build
    holds what it is given and no more: without them, a site that is down for an hour would
    take its reports out of the store.
    """
    reports = list(reports)
    addresses = list(dict.fromkeys(r for r in reports if isinstance(r, str)))
    folders: dict[str, Path] = {}
    refused: list[Refusal] = []
    if addresses:
        from councilgraph.build.reports import Refusal
        from loaders.web.assessment import collect, folder_name
        from loaders.web.errors import FetchError

        progress.start("Fetching pages", len(addresses))
        with open_fetcher(options) as fetcher:
            for address in addresses:
                try:
                    collected = collect(address, fetcher, _pages())
                    folders[address] = collected.folder
                    if collected.missing:
                        say(f"warning (missing-page): {address}: no page of {', '.join(collected.missing)}.")
                except CouncilgraphError as error:
                    kept = _pages() / folder_name(address)
                    if earlier and isinstance(error, FetchError) and kept.is_dir():
                        say(f"warning (not-fetched): {address}: {error.what} The pages of before are used.")
                        folders[address] = kept
                    else:
                        refused.append(Refusal((address,), error))
                progress.advance()
    paths = [r if isinstance(r, Path) else folders[r] for r in reports if isinstance(r, Path) or r in folders]
    return list(dict.fromkeys(paths)), refused


def cache_folder() -> Path:
    """Where fetched pages are kept: ``COUNCILGRAPH_CACHE``, or the place of caches on this system."""
    if chosen := os.environ.get("COUNCILGRAPH_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "councilgraph"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "councilgraph"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "councilgraph"


def _pages() -> Path:
    return cache_folder() / "pages"
