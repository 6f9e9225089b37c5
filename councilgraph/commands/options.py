"""Options that several commands share."""

from __future__ import annotations

import argparse
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


def add_store(parser: argparse.ArgumentParser, *, endpoints: bool = True) -> None:
    """``--store``; without ``endpoints`` the command takes a folder only."""
    also = ", or the address of a SPARQL 1.1 endpoint, which is asked over the network"
    parser.add_argument(
        "--store",
        metavar="DIR-or-URL" if endpoints else "DIR",
        help=f"the store: a folder{also if endpoints else ''} "
        "(default: COUNCILGRAPH_STORE, or .councilgraph here)",
    )


def add_format(parser: argparse.ArgumentParser, formats: str) -> None:
    """``--format`` and ``--output``."""
    parser.add_argument(
        "--format", metavar="F", help=f"{formats} (default: table on a terminal, csv in a pipe)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file, not to standard output")


def add_reviews(parser: argparse._ActionsContainer) -> None:
    """``--reviews``."""
    parser.add_argument(
        "--reviews",
        default=os.environ.get("COUNCILGRAPH_REVIEWS") or None,
        metavar="DIR",
        help="a folder of review files of your own (default: COUNCILGRAPH_REVIEWS, or that of the data "
        "folder, which always counts)",
    )


def add_extractor(parser: argparse.ArgumentParser) -> None:
    """``--extractor``."""
    parser.add_argument(
        "--extractor",
        default="",
        metavar="MODULE:FACTORY",
        help="another extractor than the one that comes along; see docs/extraction.md",
    )


def add_verbosity(parser: argparse.ArgumentParser) -> None:
    """``--quiet`` and ``--verbose``."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-q", "--quiet", action="store_true", help="no progress and no summary, only problems")
    group.add_argument("-v", "--verbose", action="store_true", help="list every warning")


def day(text: str | None) -> date | None:
    """The day that ``--date`` names; None where it was not given.

    Raises:
        UsageError: it is no day.
    """
    if not text:
        return None
    from datetime import date

    from councilgraph.errors import UsageError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date {text} is no day.", cure="Write it as 2026-03-31.") from None


def say(message: str) -> None:
    """A message for the person: standard error, so that results can be piped."""
    print(message, file=sys.stderr)
