"""How far the machine and reviewers agree, and reviewers with each other, told by the review files.

What is counted is what people decided in ``councilgraph review``: each decision keeps what the
machine had said. Nothing is read again, and no report is needed.
"""

from councilgraph.accuracy.agreement.kappa import Kappa, cohen, wilson
from councilgraph.accuracy.agreement.record import agreement
from councilgraph.accuracy.agreement.words import Said, Thing, collect

__all__ = ["Kappa", "Said", "Thing", "agreement", "cohen", "collect", "wilson"]
