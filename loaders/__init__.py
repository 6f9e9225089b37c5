"""Loaders: one folder for each source, with its ``source.toml`` and its reader.

A loader reads files and makes the plain objects of ``councilgraph.model``. It knows nothing
of RDF, and the engine knows of loaders only through the tuples below. They are written out,
not found by searching folders: a loader whose import fails has to stop the program, not to
be missing from the graph.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from councilgraph.model import ReferenceTable
from loaders.cqc_report import (
    PageKey,
    find_files,
    group_pages,
    peek_files,
    published_on,
    read_group,
    read_one,
)
from loaders.observations import read_outside
from loaders.reference import read_reference
from loaders.reviews import read_review_file, read_reviews, review_folder
from loaders.scores import read_pilots, read_scores

REFERENCE_LOADERS: tuple[Callable[[Path], list[ReferenceTable]], ...] = (read_reference,)
"""Each takes the data folder and gives reference tables; tables' names differ."""

__all__ = [
    "REFERENCE_LOADERS",
    "PageKey",
    "find_files",
    "group_pages",
    "peek_files",
    "published_on",
    "read_group",
    "read_one",
    "read_outside",
    "read_pilots",
    "read_review_file",
    "read_reviews",
    "read_scores",
    "review_folder",
]
