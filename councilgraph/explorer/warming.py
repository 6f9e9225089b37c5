"""What many pages look up, read before the first visitor asks.

A build of 153 councils takes a few seconds to read; whoever came first would wait for it.
"""

from __future__ import annotations

from councilgraph.errors import CouncilgraphError
from councilgraph.explorer.by_council import rows_of
from councilgraph.explorer.page import Asked
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.snapshot import Snapshot

# Questions whose answers for all councils the pages of councils take apart.
BY_COUNCIL = (
    *("bodies-named-by-councils", "list-formal-arrangements", "list-strategies"),
    *("compare-scores-with-figures", "list-laws-cited"),
)


def warm(snapshot: Snapshot) -> None:
    """Read it all: the questions about all councils, and what the pages of lists are made from.

    What cannot be read now says so on the page that needs it.
    """
    for query in BY_COUNCIL:
        try:
            rows_of(snapshot, query, "")
        except CouncilgraphError:
            continue
    if snapshot.earlier:
        snapshot.earlier.begin()  # its pages wait for it; nothing else does
    for kind in kinds():
        if "{" not in kind.path and kind.name != "changes":
            try:
                kind.make(snapshot, Asked())
            except CouncilgraphError:
                continue
