"""Every kind of page, in the order of the navigation."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from councilgraph.explorer.page import Kind

MODULES = (
    *("home", "councils", "council", "council_findings", "compare", "statements", "themes", "organisations"),
    *("strategies", "laws", "search", "questions", "pictures", "data_quality", "ontology", "about"),
    "changes",
)


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds; imported when first asked for."""
    found: list[Kind] = []
    for name in MODULES:
        module = importlib.import_module(f"{__name__}.{name}")
        found.extend(module.KINDS)
    return tuple(found)


@cache
def menu() -> tuple[tuple[str, str], ...]:
    """The navigation: (label, address)."""
    return tuple((kind.menu, kind.path) for kind in kinds() if kind.menu)
