"""What changed between two builds or releases, by council, and why.

``compared`` is the way in; ``forms.written`` puts what it finds into one of the forms.
"""

from councilgraph.diff.changes import (
    Cause,
    Change,
    Comparison,
    CouncilChanges,
    Field,
    GraphChange,
    SideTold,
    only,
    wordless,
)
from councilgraph.diff.comparing import compared
from councilgraph.diff.sides import opened_side

__all__ = [
    "Cause",
    "Change",
    "Comparison",
    "CouncilChanges",
    "Field",
    "GraphChange",
    "SideTold",
    "compared",
    "only",
    "opened_side",
    "wordless",
]
