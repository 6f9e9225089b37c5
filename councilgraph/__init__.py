"""councilgraph: the assessments of English councils' adult social care as a graph of evidence.

>>> import councilgraph
>>> with councilgraph.open(".councilgraph") as graph:          # doctest: +SKIP
...     for record in graph.query("Q01", region="West Midlands"):
...         print(record["authority"], record["rating"])
"""

from __future__ import annotations

from councilgraph.version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from councilgraph.api import open_graph as open

# ``open`` is imported at its first use: the command line imports this package at every
# start and must not wait for what it does not use.
__all__ = ["__version__", "open"]


def __getattr__(name: str) -> object:
    if name == "open":
        from councilgraph.api import open_graph

        return open_graph
    raise AttributeError(f"module 'councilgraph' has no attribute '{name}'")
