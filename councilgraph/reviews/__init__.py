"""Reviewed evidence joins a report: people's labels win over the machine's.

A sentence is found by its digest, wherever in its section it stands now. One that has changed
since it was reviewed keeps the machine's labels, is marked as open and is named in a warning,
so that somebody looks again.
"""

from councilgraph.reviews.applying import apply_reviews
from councilgraph.reviews.correcting import check_decisions
from councilgraph.reviews.joining import Joined, find_again, reviews_of
from councilgraph.reviews.resolving import resolved

__all__ = ["Joined", "apply_reviews", "check_decisions", "find_again", "resolved", "reviews_of"]
