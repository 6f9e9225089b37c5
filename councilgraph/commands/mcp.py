"""Serve stored questions, search and pages of things over the Model Context Protocol.

The program that asks starts this command and talks to it over standard input and output;
docs/mcp.md shows how to tell it to. Nothing is changed; the network is used only where the store
is an endpoint.
"""

from __future__ import annotations

import argparse

from councilgraph.commands.options import add_store
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_DONE

EXAMPLE = "councilgraph mcp --store .councilgraph"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until standard input ends."""
    try:
        import mcp  # noqa: F401
    except ImportError:
        raise UsageError(
            "The package mcp is not installed.", cure="Run: pip install 'councilgraph[mcp]'"
        ) from None
    from councilgraph.mcp.server import serve

    serve(options.store)
    return EXIT_DONE
