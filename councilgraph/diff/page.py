"""A comparison as one web page: nothing beside it, no script, every word from outside escaped."""

from __future__ import annotations

import os

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from councilgraph.diff.changes import HOW, KINDS, QUIET, Comparison, Field, because, counted, counts_in_words
from councilgraph.diff.plain import ELSEWHERE, shown, side_rows


def page(found: Comparison, *, quiet: bool = False) -> str:
    """The page as HTML; ``quiet`` also lists what only moved or was regraded."""
    environment = Environment(
        loader=FileSystemLoader(os.path.join(os.path.dirname(__file__), "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        because=because,
        in_numbers=counts_in_words,
        shown=lambda council: shown(council, quiet=quiet),
        has_sentence=_has_sentence,
    )
    return environment.get_template("diff.html").render(
        found=found,
        sides=side_rows(found),
        counts=counted(found.changes),
        kinds=KINDS,
        ways=HOW,
        quiet=[how for how in HOW if how in QUIET],
        listed=quiet,
        elsewhere=ELSEWHERE,
    )


def _has_sentence(fields: tuple[Field, ...]) -> bool:
    """Whether the sentence stands among the properties, old and new."""
    return any(field.name == "sentence" for field in fields)
