"""Where the graph comes from, and how much it holds."""

from __future__ import annotations

from typing import Any

from councilgraph.api import Graph
from councilgraph.mcp import answers, quoting


def list_sources(graph: Graph) -> dict[str, Any]:
    """The data sets with publisher, licence and address, and the numbers of councils and assessments."""
    assessments = graph.query("compare-scores", pilots="yes").records()
    return {
        "data_sets": [
            {name: quoting.plain(value) for name, value in one.items() if value is not None}
            for one in graph.query("sources-of-data")
        ],
        "holds": {
            "councils_with_an_assessment": len({one["authority"] for one in assessments}),
            "assessments": len(assessments),
            "newest": max((str(one["published"]) for one in assessments), default=""),
        },
        "note": "A data set is listed whether or not this build holds anything of it. Questions on figures "
        "of other publishers name source, publisher and licence in each row.",
        **answers.frame(graph, ("scores", "findings")),
    }
