"""One interface to validation, and which engine stands behind it.

The reports of 153 councils take a second with the fast engine and more than a minute with the
reference, but the fast one is young: it is pinned exactly, both run on every fixture in the
tests, and what it refuses goes to the reference.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal, Protocol, get_args

from councilgraph.errors import UsageError, ValidationError
from councilgraph.validation.results import ValidationReport
from councilgraph.validation.shapes import Shapes, read_shapes

EngineName = Literal["auto", "fast", "reference"]


class Engine(Protocol):
    """Validates one graph against the shapes it was made with.

    ``ntriples`` is one report graph together with the descriptions of the shared nodes it names,
    as N-Triples in UTF-8. An engine may be shared between threads.
    """

    @property
    def name(self) -> str:
        """Short name of the engine."""
        ...

    def validate(self, ntriples: bytes) -> ValidationReport:
        """Validate one graph.

        Raises:
            InputError: the bytes are no N-Triples.
            ValidationError: the engine cannot work with these shapes on this graph.
        """
        ...


class AutoEngine:
    """The fast engine; what it refuses goes to the reference, and the report keeps the reason."""

    name = "auto"

    def __init__(self, first: Engine, second: Engine) -> None:
        self._first = first
        self._second = second

    def validate(self, ntriples: bytes) -> ValidationReport:
        """As ``Engine.validate``; damaged input is not tried twice."""
        try:
            return self._first.validate(ntriples)
        except ValidationError as refusal:
            return replace(self._second.validate(ntriples), fallback=str(refusal))


def validator(engine: str = "auto", *, shapes: Path | str | Shapes) -> Engine:
    """The engine of that name, with the shapes of a folder (or shapes already read).

    Neither engine is imported before the first graph, so commands that validate nothing do not
    pay for it.

    Raises:
        UsageError: there is no engine of that name.
        InputError: the folder holds no shapes.
    """
    if engine not in get_args(EngineName):
        raise UsageError(
            f"There is no validation engine '{engine}'.",
            cure=f"Choose one of: {', '.join(get_args(EngineName))}.",
        )
    from councilgraph.validation.fast import FastEngine
    from councilgraph.validation.reference import ReferenceEngine

    read = shapes if isinstance(shapes, Shapes) else read_shapes(shapes)
    if engine == "fast":
        return FastEngine(read)
    if engine == "reference":
        return ReferenceEngine(read)
    return AutoEngine(FastEngine(read), ReferenceEngine(read))
