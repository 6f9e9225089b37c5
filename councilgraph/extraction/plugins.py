"""Another extractor in the place of ours: named as ``module:factory``, made when it is needed.

A language model, or a service behind an address, takes part by giving the same objects. What
it gives is validated like everything else, and its name and version stand in the graph as
what made the evidence.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from councilgraph.errors import UsageError
from councilgraph.extraction.extractor import Extractor, RuleExtractor
from councilgraph.model import ReferenceTable


def make_extractor(name: str, tables: tuple[ReferenceTable, ...], schemes: Path) -> Extractor:
    """The extractor of that name; the one that comes along where ``name`` is empty.

    ``name`` is ``module:factory``; the factory is called with the reference tables and the
    folder of the schemes, and returns an ``Extractor`` with a ``version``.

    Raises:
        UsageError: there is no such module or factory, or what it gives is no extractor.
    """
    if not name:
        return RuleExtractor.of(tables, schemes)
    extractor: Extractor = _factory(name)(tables, schemes)
    for part in ("read", "version"):
        if not hasattr(extractor, part):
            raise UsageError(
                f"What '{name}' gives is no extractor: it has no '{part}'.", cure="See docs/extraction.md."
            )
    return extractor


def _factory(name: str) -> Callable[[tuple[ReferenceTable, ...], Path], Any]:
    module, _, attribute = name.partition(":")
    if not module or not attribute:
        raise UsageError(
            f"'{name}' names no extractor.", cure="Give a module and its factory: mymodule:make_extractor."
        )
    try:
        factory: Callable[[tuple[ReferenceTable, ...], Path], Any] = getattr(
            importlib.import_module(module), attribute
        )
    except ImportError as error:
        raise UsageError(
            f"The extractor '{name}' cannot be imported: {error}.",
            cure="Install it where councilgraph is installed, or put its folder on PYTHONPATH.",
        ) from None
    except AttributeError:
        raise UsageError(
            f"The module '{module}' has no '{attribute}'.", cure="Give the name of its factory."
        ) from None
    if not callable(factory):
        raise UsageError(f"'{name}' cannot be called.", cure="Give the name of a function or a class.")
    return factory
