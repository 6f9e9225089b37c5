"""How well the machine reads: its evidence against what people settled, label by label.

A sentence whose label was a close call is not counted for that label; an item that was marked
as optional counts neither as found nor as missed. The figures are those of the project's
scorer (``score_evidence.py``) on the same input, to the last digit.
"""

from councilgraph.accuracy.comparing import compare
from councilgraph.accuracy.measuring import measure
from councilgraph.accuracy.tally import Score, Tally

__all__ = ["Score", "Tally", "compare", "measure"]
