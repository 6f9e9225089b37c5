"""A picture as PNG, with the same bytes on every computer that has the same font.

resvg draws it, from a font file that is named here: with whatever fonts a computer has, the
same picture would differ from desk to desk, and with none its words would be missing
without an error.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from functools import cache
from typing import NamedTuple
from zlib import crc32

from councilgraph.errors import InputError, UsageError
from councilgraph.pictures.model import Picture
from councilgraph.pictures.sheet import SOURCE

SMALLEST, LARGEST = 0.5, 6.0
_MOST_PIXELS = 60_000_000  # four bytes each while it is drawn
_SIGNATURE = 8
_HEADER = 25  # length, name, 13 bytes and checksum of the first chunk
SECONDS = 60.0  # for a drawing in a process of its own
VARIABLE = "COUNCILGRAPH_FONT"


class Font(NamedTuple):
    """The name of a family and its files: plain and bold."""

    family: str
    files: tuple[str, ...]


_FONTS = (
    ("DejaVu Sans", ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")),
    ("Verdana", ("verdana.ttf", "verdanab.ttf")),
    ("Verdana", ("Verdana.ttf", "Verdana Bold.ttf")),
    ("Liberation Sans", ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")),
    ("Arial", ("arial.ttf", "arialbd.ttf")),
    ("Arial", ("Arial.ttf", "Arial Bold.ttf")),
)
_FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/dejavu",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/TTF",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation-sans",
    "/usr/local/share/fonts",
    "/System/Library/Fonts/Supplemental",
    "/Library/Fonts",
    os.path.join(os.environ.get("SYSTEMROOT", "C:\\Windows"), "Fonts"),
)


@cache
def find_font() -> Font:
    """The first font of the list that this computer has, or that of ``COUNCILGRAPH_FONT``.

    Raises:
        InputError: there is none.
    """
    named = os.environ.get(VARIABLE, "")
    folders = (named, *_FOLDERS) if named else _FOLDERS
    for family, files in _FONTS:
        for folder in folders:
            paths = tuple(os.path.join(folder, file) for file in files)
            if all(os.path.isfile(path) for path in paths):
                return Font(family, paths)
    cure = "brew install font-dejavu" if sys.platform == "darwin" else "apt install fonts-dejavu-core"
    raise InputError(
        "A PNG needs a font, and none of DejaVu Sans, Verdana, Liberation Sans and Arial was found.",
        where=named or "the usual folders",
        cure=f"Install one ({cure}), or name its folder in {VARIABLE}. SVG and HTML need none.",
    )


def as_png(picture: Picture, scale: float = 2, *, apart: bool = False) -> bytes:
    """The picture as PNG, ``scale`` pixels for each of the drawing; title and source travel inside.

    ``apart`` draws it in a process of its own: resvg holds the interpreter's lock for seconds,
    and nobody else would be served meanwhile.

    Raises:
        UsageError: the scale is out of bounds, or the picture would be too large.
        InputError: no font was found, or the drawing took too long.
    """
    wide, high = picture.size
    if not SMALLEST <= scale <= LARGEST:
        raise UsageError(
            f"A scale of {scale:g} is out of bounds.", cure=f"Choose from {SMALLEST:g} to {LARGEST:g}."
        )
    if wide * high * scale * scale > _MOST_PIXELS:
        most = (_MOST_PIXELS / (wide * high)) ** 0.5
        raise UsageError(
            f"The picture would have more than {_MOST_PIXELS:,} pixels.",
            cure=f"Choose a scale of at most {most:.1f}, or write it as SVG.",
        )
    font = find_font()
    data = _apart(picture.svg, scale) if apart else dots(picture.svg, scale)
    words = {
        "Title": picture.title,
        "Description": picture.description,
        "Source": SOURCE,
        "Comment": f"{picture.note} Font: {font.family}.",
    }
    return data[: _SIGNATURE + _HEADER] + _size(scale) + _texts(words) + data[_SIGNATURE + _HEADER :]


def dots(svg: str, scale: float) -> bytes:
    """The drawing as PNG with nothing added; `find_font` gives its font."""
    import resvg_py

    font = find_font()
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            skip_system_fonts=True,
            font_files=list(font.files),
            font_family=font.family,
            sans_serif_family=font.family,
        )
    )


def _apart(svg: str, scale: float) -> bytes:
    command = [sys.executable, "-m", "councilgraph.pictures.png", str(scale)]
    try:
        done = subprocess.run(command, input=svg.encode(), capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(
            f"The drawing took longer than {SECONDS:g} seconds.", cure="Take it as SVG, or ask for less."
        ) from None
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        raise InputError(
            "The picture could not be drawn as PNG.",
            where=done.stderr.decode(errors="replace").strip().rpartition("\n")[2],
            cure="Take it as SVG.",
        )
    return done.stdout


def _size(scale: float) -> bytes:
    """How large it is meant to be: 96 dots an inch at scale 1, so that a report places it well."""
    metre = round(96 * scale / 0.0254)
    return _chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1))


def _texts(words: dict[str, str]) -> bytes:
    return b"".join(
        _chunk(b"iTXt", name.encode() + b"\0\0\0en\0\0" + text.encode()) for name, text in words.items()
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


if __name__ == "__main__":
    sys.stdout.buffer.write(dots(sys.stdin.buffer.read().decode(), float(sys.argv[1])))
