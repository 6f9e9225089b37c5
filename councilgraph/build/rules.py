"""The version of the rules: a digest of everything that decides what a report becomes.

A version number alone would not do: who edits a label or a pattern in a checkout expects
the next build to use it, and a cached report would hide the change.
"""

from __future__ import annotations

import os
from functools import cache

from councilgraph import resources
from councilgraph.build.sources import file_digest, key_of
from councilgraph.iris import IRIS
from councilgraph.version import __version__

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Code, patterns, vocabulary, tables, reviews and the weights of the learned model.
_ENDINGS = (".py", ".toml", ".ttl", ".csv", ".jsonl", ".json")
# Tables that decide what is read out of a report. Scores are graphs of their own, and a
# judgement changes the report or the links that it is about: neither is reason to read all anew.
_TABLES = ("curated", "reference")
_LINK_REVIEWS = "link-reviews.csv"
_ENGINE = (
    "reviews",
    "model",
    "outside.py",
    "iris.py",
    "terms.py",
    "textdigest.py",
    "statements.py",
    "extraction",
    "writing",
    "build",
)


@cache
def rules_digest() -> str:
    """Digest of the code, the vocabulary and the shapes that a build depends on."""
    import loaders

    roots = [os.path.join(_PACKAGE, name) for name in _ENGINE]
    roots += [os.path.dirname(os.path.abspath(loaders.__file__)), resources.path("ontology")]
    files = sorted(file for root in roots for file in _files(root))
    return key_of(IRIS.base, *(f"{os.path.basename(f)} {file_digest(f)}" for f in files))


def rules_version() -> str:
    """What an extraction run says it was made by: "0.1.0+1a2b3c4d"."""
    return f"{__version__}+{rules_digest()[:8]}"


@cache
def linking_digest() -> str:
    """Digest of the code that decides links alone: no report is read anew for it."""
    files = sorted(_files(os.path.join(_PACKAGE, "linking")))
    return key_of(*(f"{os.path.basename(f)} {file_digest(f)}" for f in files))


def tables_digest(folder: str) -> str:
    """Digest of the reference tables in a data folder, names and contents."""
    files = sorted(
        file
        for part in _TABLES
        for file in _files(os.path.join(folder, part))
        if os.path.basename(file) != _LINK_REVIEWS
    )
    return key_of(*(f"{os.path.relpath(f, folder)} {file_digest(f)}" for f in files))


def assessments_digest(folder: str) -> str:
    """Digest of the score tables and the reviewed evidence in a data folder."""
    files = sorted(_files(os.path.join(folder, "assessments")))
    return key_of(*(f"{os.path.relpath(f, folder)} {file_digest(f)}" for f in files))


def _files(root: str) -> list[str]:
    if os.path.isfile(root):
        return [root]
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.join(folder, n) for n in names if n.endswith(_ENDINGS)]
    return found
