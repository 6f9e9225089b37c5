"""A drawing: SVG built as a tree, with presentation attributes only.

No style attribute and no style element, which a strict Content-Security-Policy would refuse;
no script, no link, nothing from elsewhere; text stays text, so that it can be read aloud,
searched and copied. The tree escapes what it is given, and `text.clean` takes out what XML
cannot hold.
"""

from __future__ import annotations

from xml.etree import ElementTree

from councilgraph.pictures.text import FONT, clean

INK, FAINT, RULE, PAPER = "#1b1b1b", "#4a4a4a", "#b9b9b9", "#ffffff"
SMALL, SIZE, LARGE = 11.0, 13.0, 19.0
_NAMESPACE = "http://www.w3.org/2000/svg"


class Drawing:
    """A drawing of a given width; its height is known when everything stands in it.

    ``key`` makes the identifiers in it its own, as several drawings can stand in one page.
    """

    def __init__(self, width: float, key: str) -> None:
        self.width, self.key = width, key
        self.root = ElementTree.Element(
            "svg", {"xmlns": _NAMESPACE, "role": "img", "font-family": FONT, "font-size": _number(SIZE)}
        )
        self._paper = ElementTree.Element("rect", {"fill": PAPER})
        self._into = self.root
        self._patterns: dict[str, str] = {}

    def group(self, tip: str = "") -> Group:
        """Everything drawn inside the ``with`` block belongs together; ``tip`` shows on pointing."""
        return Group(self, tip)

    def add(
        self, tag: str, *, tip: str = "", under: bool = False, **attributes: object
    ) -> ElementTree.Element:
        """An element; in the names of attributes an underscore stands for a hyphen.

        ``tip`` shows on pointing; ``under`` puts it below all that was drawn before.
        """
        element = ElementTree.Element(
            tag,
            {
                name.rstrip("_").replace("_", "-"): _number(value)
                if isinstance(value, int | float)
                else clean(value)
                for name, value in attributes.items()
                if value is not None and value != ""
            },
        )
        self._into.insert(0 if under else len(self._into), element)
        if tip:
            ElementTree.SubElement(element, "title").text = clean(tip)
        return element

    def text(
        self,
        x: float,
        y: float,
        words: object,
        *,
        size: float = SIZE,
        fill: str = INK,
        bold: bool = False,
        anchor: str = "",
        turn: float = 0,
    ) -> None:
        """One line of text; ``y`` is its base line, ``anchor`` "middle" or "end", ``turn`` in degrees."""
        element = self.add(
            "text",
            x=x,
            y=y,
            fill=fill,
            font_size=size if size != SIZE else None,
            font_weight="bold" if bold else None,
            text_anchor=anchor,
            transform=f"rotate({_number(turn)} {_number(x)} {_number(y)})" if turn else None,
        )
        element.text = clean(words)

    def lines(self, x: float, y: float, lines: list[str], *, size: float, **how: object) -> float:
        """Several lines under each other; the base line that the next one would have."""
        for line in lines:
            self.text(x, y, line, size=size, **how)  # type: ignore[arg-type]
            y += size * 1.4
        return y

    def rect(self, x: float, y: float, w: float, h: float, fill: str, **more: object) -> None:
        """A rectangle; nothing where it has no extent."""
        if w > 0 and h > 0:
            self.add("rect", x=x, y=y, width=w, height=h, fill=fill, **more)  # type: ignore[arg-type]

    def rule(self, x: float, y: float, x2: float, y2: float, **more: object) -> None:
        """A thin line."""
        how = {"stroke": RULE, "stroke_width": 1, **more}
        self.add("line", x1=x, y1=y, x2=x2, y2=y2, **how)  # type: ignore[arg-type]

    def hatched(self, fill: str, ink: str) -> str:
        """A fill of slanting lines, told from a plain one without colour."""
        name = f"{self.key}-hatch-{len(self._patterns)}"
        known = self._patterns.setdefault(f"{fill} {ink}", name)
        if known == name:
            pattern = ElementTree.Element(
                "pattern",
                {
                    **{"id": name, "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"},
                    "patternTransform": "rotate(45)",
                },
            )
            ElementTree.SubElement(pattern, "rect", {"width": "6", "height": "6", "fill": fill})
            ElementTree.SubElement(pattern, "rect", {"width": "2", "height": "6", "fill": ink})
            defs = self.root.find("defs")
            if defs is None:
                defs = ElementTree.Element("defs")
                self.root.insert(0, defs)
            defs.append(pattern)
        return f"url(#{known})"

    def finish(self, height: float, title: str, description: str) -> str:
        """The whole drawing as text."""
        root, w, h = self.root, _number(self.width), _number(round(height))
        root.set("viewBox", f"0 0 {w} {h}")
        root.set("width", w)
        root.set("height", h)
        root.set("aria-labelledby", f"{self.key}-title {self.key}-desc")
        self._paper.set("width", w)
        self._paper.set("height", h)
        for place, (tag, words) in enumerate((("title", title), ("desc", description))):
            element = ElementTree.Element(tag, {"id": f"{self.key}-{tag}"})
            element.text = clean(words)
            root.insert(place, element)
        # Paper, or a dark page behind the drawing would swallow its letters.
        root.insert(2 + (root.find("defs") is not None), self._paper)
        return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


class Group:
    """Elements that belong together, as a ``with`` block."""

    def __init__(self, drawing: Drawing, tip: str) -> None:
        self._drawing, self._tip = drawing, tip
        self._before = drawing._into

    def __enter__(self) -> None:
        self._drawing._into = self._drawing.add("g", tip=self._tip)

    def __exit__(self, *error: object) -> None:
        self._drawing._into = self._before


def _number(value: object) -> str:
    """At most two places, no minus before nothing: the same drawing, the same bytes."""
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]
    return "0" if text == "-0" else text
