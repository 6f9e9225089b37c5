"""Where the files lie that come with the package: ontology, queries, data.

A checkout's own folder is used where there is one, so that an edited label or query works
at once; the wheel carries copies inside the package.
"""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_CHECKOUT = os.path.dirname(_PACKAGE)


def path(*parts: str) -> str:
    """The path of a file or folder that comes with councilgraph.

    ``parts`` begins with ``ontology``, ``queries`` or ``data``.
    """
    checkout = os.path.join(_CHECKOUT, *parts)
    # A wheel is unpacked beside other projects' packages: only a folder with our own
    # pyproject.toml is a checkout, or a stranger's "data" would be read.
    if os.path.exists(os.path.join(_CHECKOUT, "pyproject.toml")) and os.path.exists(checkout):
        return checkout
    return os.path.join(_PACKAGE, "_files", *parts)


def data_folder() -> str:
    """The folder of the tables: ``COUNCILGRAPH_DATA`` or the one that comes along."""
    return os.environ.get("COUNCILGRAPH_DATA") or path("data")
