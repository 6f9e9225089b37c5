"""Arrangements between parties that a report asserts: one entry for each paragraph that tells one."""

from __future__ import annotations

from councilgraph.extraction.arrangements.reading import find_partnerships

__all__ = ["find_partnerships"]
