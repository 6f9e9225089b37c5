"""The first sheet: what this is, where it comes from, and what must not be read into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from councilgraph.iris import BASE
from councilgraph.notice import ATTRIBUTION, LICENCE, MACHINE_READ, SCORE_IS_NOT, VERSION

if TYPE_CHECKING:
    from councilgraph.api import Graph

TITLE = "The assessments of English councils' adult social care, as tables"


def about(graph: Graph) -> list[tuple[str, str]]:
    """Heading and text, in the order in which they are read; row counts come when they are known."""
    manifest = graph.store.manifest()
    return [
        ("title", TITLE),
        ("source", f"{VERSION}, {BASE}"),
        ("build", str(manifest.get("inputs", ""))[:16]),
        ("attribution", ATTRIBUTION),
        ("licence", LICENCE),
        ("the sheet sources", "names every register and table that was read, with its own licence"),
        ("how it was made", MACHINE_READ),
        *(("what a score is not", line) for line in SCORE_IS_NOT),
        ("an empty cell", "means that nothing was found in the text, not that nothing was done"),
        (
            "text with an apostrophe",
            "in CSV files a text that a spreadsheet would run as a formula begins with an apostrophe",
        ),
    ]
