"""Pictures: one question each, drawn as SVG, with the table that it was drawn from.

>>> from councilgraph.pictures import draw, write_file
>>> with councilgraph.open(".councilgraph") as graph:                    # doctest: +SKIP
...     picture = draw(graph, "heat-map", {"region": "west-midlands"})
...     write_file(picture, "west-midlands.png")

`PICTURES` lists them, `draw` makes one from a graph (that of `councilgraph.open`, or a
snapshot of the explorer), `write` gives SVG, PNG or a page of its own. The same build and
the same choices give the same bytes.
"""

from __future__ import annotations

from councilgraph.pictures.kinds import PICTURES, draw, kind_of
from councilgraph.pictures.model import Picture, PictureKind, Setting
from councilgraph.pictures.writing import FORMATS, format_of, write, write_file

__all__ = [
    "FORMATS",
    "PICTURES",
    "Picture",
    "PictureKind",
    "Setting",
    "draw",
    "format_of",
    "kind_of",
    "write",
    "write_file",
]
