"""Statistics: the figures that a report gives, each with its unit, its words and its place."""

from __future__ import annotations

from councilgraph.extraction.figures.malformed import malformed_numbers
from councilgraph.extraction.figures.reading import find_statistics

__all__ = ["find_statistics", "malformed_numbers"]
