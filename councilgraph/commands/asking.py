"""What the commands that match names share: the options for kind, day and register."""

from __future__ import annotations

import argparse
from pathlib import Path

from councilgraph.linking.asked import Areas, day_of, kind_of, open_source

__all__ = ["Areas", "add_asked", "day_of", "kind_of", "open_source"]


def add_asked(parser: argparse.ArgumentParser) -> None:
    """``--kind``, ``--date``, ``--registry`` and ``--data``."""
    parser.add_argument("--kind", metavar="K", help="only bodies of this kind, such as nhs-trust or vcfse")
    parser.add_argument("--date", metavar="D", help="the day of writing, 2025-05-01: who was there then")
    parser.add_argument(
        "--registry",
        type=Path,
        metavar="FILE",
        help="a registry file beside our tables (default: COUNCILGRAPH_REGISTRY, or that of the store)",
    )
    parser.add_argument("--data", metavar="DIR", help="the folder of the tables")
