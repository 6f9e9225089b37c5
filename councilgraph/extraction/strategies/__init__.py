"""Strategies: the titled plans that a report names, with their years and their state."""

from __future__ import annotations

from councilgraph.extraction.strategies.reading import find_strategies
from councilgraph.extraction.strategies.titles import Title, find_titles

__all__ = ["Title", "find_strategies", "find_titles"]
