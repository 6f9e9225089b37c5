"""A picture as a file: SVG, PNG, or a page of its own."""

from __future__ import annotations

import os
from typing import BinaryIO

from councilgraph.errors import UsageError
from councilgraph.outfile import whole_file
from councilgraph.pictures.model import Picture

FORMATS = {"svg": "image/svg+xml", "png": "image/png", "html": "text/html; charset=utf-8"}
SCALE = 2  # a printed report needs more dots than a screen


def format_of(path: str | os.PathLike[str]) -> str | None:
    """The format that the ending of a file name asks for, or None."""
    ending = os.path.splitext(os.fspath(path))[1].casefold().removeprefix(".")
    return ending if ending in FORMATS else None


def as_bytes(picture: Picture, format: str, *, scale: float = SCALE, apart: bool = False) -> bytes:
    """The picture in one of `FORMATS`; ``scale`` is the pixels of a PNG for each of the drawing.

    ``apart`` draws a PNG in a process of its own, as a server must.

    Raises:
        UsageError: there is no such format, or the scale is out of bounds.
        InputError: a PNG needs a font, and none was found on this computer.
    """
    if format == "svg":
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + picture.svg.encode() + b"\n"
    if format == "png":
        from councilgraph.pictures.png import as_png

        return as_png(picture, scale, apart=apart)
    if format == "html":
        from councilgraph.pictures.page import as_page

        return as_page(picture)
    raise UsageError(f"There is no picture format {format!r}.", cure=f"Choose one of: {', '.join(FORMATS)}.")


def write(picture: Picture, format: str, out: BinaryIO, *, scale: float = SCALE) -> int:
    """Write the picture and return the number of bytes; errors as `as_bytes`."""
    data = as_bytes(picture, format, scale=scale)
    out.write(data)
    return len(data)


def write_file(
    picture: Picture, path: str | os.PathLike[str], format: str | None = None, *, scale: float = SCALE
) -> int:
    """As `write`, to a file that is there whole or not at all; the ending chooses the format.

    Raises:
        UsageError: neither format nor ending says what to write.
        InputError: the file cannot be written.
    """
    chosen = format or format_of(path)
    if chosen is None:
        raise UsageError(
            f"The ending of '{os.fspath(path)}' names no picture format.",
            cure=f"Add --format, or end the name in {', '.join('.' + one for one in FORMATS)}.",
        )
    data = as_bytes(picture, chosen, scale=scale)
    with whole_file(os.fspath(path)) as out:
        out.write(data)
    return len(data)
