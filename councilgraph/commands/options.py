"""Options that several commands share."""

from __future__ import annotations

import argparse
import sys


def add_store(parser: argparse.ArgumentParser) -> None:
    """``--store``."""
    parser.add_argument(
        "--store",
        metavar="DIR-or-URL",
        help="the store: a folder, or the address of a SPARQL 1.1 endpoint "
        "(default: COUNCILGRAPH_STORE, or .councilgraph here)",
    )


def add_format(parser: argparse.ArgumentParser, formats: str) -> None:
    """``--format`` and ``--output``."""
    parser.add_argument(
        "--format", metavar="F", help=f"{formats} (default: table on a terminal, csv in a pipe)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file, not to standard output")


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


def say(message: str) -> None:
    """A message for the person: standard error, so that results can be piped."""
    print(message, file=sys.stderr)
