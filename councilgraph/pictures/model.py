"""What a picture is, before anybody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from councilgraph.catalogue import EXAMPLES
from councilgraph.pictures.source import Source
from councilgraph.results.whole import Table


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with everything that must travel with it.

    Attributes:
        name: of its kind ("heat-map").
        title: what it shows, with the choices that were made.
        description: what a reader who cannot see it should know, in a few sentences.
        svg: the drawing, an ``svg`` element that can stand in a page as it is: no style, no
            script, nothing from elsewhere.
        table: every value that was drawn, and those that were left out of the drawing.
        note: what was left out, how it was counted, and what it does not show.
        size: width and height in pixels, before any scaling.
    """

    name: str
    title: str
    description: str
    svg: str
    table: Table
    note: str
    size: tuple[int, int]

    def _repr_html_(self) -> str:
        """The drawing and its note, as a notebook shows them."""
        from councilgraph.results import html

        return html.drawing(self.svg, self.note)


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice that a picture offers.

    ``type`` is that of a stored query's parameter ("authority", "region", "month", "integer"
    ...), or "choice", where the values are ``choices``, (value, label) each, and ``default``
    is one of them. ``most`` bounds a whole number: a drawing must end.
    """

    name: str
    type: str
    help: str
    required: bool = False
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    most: int = 0

    @property
    def example(self) -> str:
        """The setting as it would be typed."""
        value = self.default or EXAMPLES.get(self.type, "")
        return f"{self.name}={value}"


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A kind of picture: the question it answers and the choices that it offers.

    ``maker`` is the module and the function that draws it; it is imported when it is asked for.
    """

    name: str
    title: str
    question: str
    settings: tuple[Setting, ...]
    maker: tuple[str, str]
    tags: tuple[str, ...] = field(default=())

    def setting(self, name: str) -> Setting | None:
        """The setting of that name, or None."""
        return next((one for one in self.settings if one.name == name), None)

    @property
    def required(self) -> tuple[Setting, ...]:
        """The choices that it cannot do without."""
        return tuple(one for one in self.settings if one.required)

    @property
    def example(self) -> str:
        """A command that draws it."""
        given = [one.example for one in self.required]
        return " ".join(["councilgraph export picture", self.name, *given, f"-o {self.name}.png"])


Maker = Callable[[Source, Mapping[str, str]], Picture]
