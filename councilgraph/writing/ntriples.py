"""N-Triples text, written by hand because it is the fastest way into the store.

The store reads this text leniently (it does not check it again), so everything that comes
from outside passes through ``text``, ``typed`` or ``iri`` here.
"""

from __future__ import annotations

import re
from decimal import Decimal

from councilgraph.terms import XSD

_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def escape(value: str) -> str:
    """The characters that end a literal or a line, escaped."""
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")


def text(value: str) -> str:
    """English text: names, labels, sentences."""
    return f'"{escape(value)}"@en'


def plain(value: str) -> str:
    """A code or a notation: text in no language."""
    return f'"{escape(value)}"'


def typed(value: object, datatype: str) -> str:
    """A number, date or truth value; ``datatype`` is the local name in XSD."""
    return f'"{escape(str(value))}"^^<{XSD}{datatype}>'


def decimal(value: Decimal) -> str:
    """A decimal number in its shortest form, the one in which the store gives it back."""
    shortest = format(value.normalize(), "f")
    return f'"{shortest}"^^<{XSD}decimal>'


def boolean(value: bool) -> str:
    """A truth value."""
    return typed("true" if value else "false", "boolean")


def iri(value: str) -> str:
    """An IRI from outside; what may not stand in one is percent-encoded."""
    return "<" + _UNSAFE.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), value) + ">"


class Triples:
    """Collects the lines of one graph. Writers call it with terms that are already text."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, subject: str, *pairs: tuple[str, str | None]) -> None:
        """One subject with its properties; a property whose value is None is left out."""
        for predicate, value in pairs:
            if value is not None:
                self.lines.append(f"{subject} {predicate} {value} .\n")

    def ntriples(self) -> str:
        """The graph as N-Triples text."""
        return "".join(self.lines)


def to_nquads(ntriples: str, graph: str) -> str:
    """The same statements in a named graph.

    A line ends in " .\\n" and a literal holds no line break, so this cannot touch a text.
    """
    return ntriples.replace(" .\n", f" <{graph}> .\n")
