"""Releases: a build as a dated, checksummed folder that others can cite, check and load.

``write_release`` makes one, ``check_release`` says whether one is still as it was made.
"""

from councilgraph.release.sums import Problem, check_release
from councilgraph.release.wanted import Wanted
from councilgraph.release.writing import Release, write_release

__all__ = ["Problem", "Release", "Wanted", "check_release", "write_release"]
