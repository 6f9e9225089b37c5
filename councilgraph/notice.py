"""What everything that leaves the graph says of itself: licence, version, and its limits."""

from __future__ import annotations

from councilgraph.version import __version__

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
VERSION = f"councilgraph {__version__}"
ATTRIBUTION = (
    "The councilgraph contributors. The assessments are the Care Quality Commission's, "
    "and their text belongs to it."
)
MACHINE_READ = (
    "Findings are read by machine and may be wrong, unless their review state says that they were reviewed."
)
SCORE_IS_NOT = (
    "Scores run from 1 to 4 and many councils share the same one: there is no place from 1 to 153.",
    "A score says how the assessors judged one council at one time; it does not say what care costs, "
    "nor how people fare in other years.",
    "The percentage is the sum of the nine scores out of 36, as the regulator works it out, "
    "and no average of quality.",
    "Ratings of the pilots of 2023 are indicative and are not to be set beside formal ones.",
    "What is not found in a report's text may still be done.",
)
