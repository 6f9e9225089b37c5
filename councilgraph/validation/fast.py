"""The fast engine: the Rust engine of the PyPI package ``shacl``, pinned exactly."""

from __future__ import annotations

from threading import Lock
from typing import Any

from councilgraph.errors import InputError, ValidationError
from councilgraph.validation.results import ValidationReport, ValidationResult, severity_of
from councilgraph.validation.shapes import Shapes

CURE = "Use the engine 'auto' or 'reference'."


def bare(iri: str | None) -> str | None:
    """An IRI without its angle brackets; a blank node or a compound path as it is."""
    if iri is not None and iri.startswith("<") and iri.endswith(">"):
        return iri[1:-1]
    return iri


class FastEngine:
    """Compiles the shapes once, at the first graph, and validates N-Triples text."""

    name = "fast"

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._compiled: Any = None
        self._lock = Lock()

    def _compile(self) -> Any:
        with self._lock:
            if self._compiled is None:
                try:
                    import shacl

                    self._compiled = shacl.Shapes.from_turtle(self._shapes.turtle)
                except (ImportError, ValueError) as error:
                    # `shacl` says ValueError for all it refuses: bad Turtle as well as a pattern
                    # or a query that it cannot run. The reference tells the two apart.
                    raise ValidationError(
                        f"The fast engine refuses the shapes: {error}.",
                        where=", ".join(map(str, self._shapes.files)),
                        cure=CURE,
                    ) from error
        return self._compiled

    def validate(self, ntriples: bytes) -> ValidationReport:
        """As ``Engine.validate``."""
        compiled = self._compile()
        try:
            text = ntriples.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"The graph is no UTF-8 text: {error}.", cure="Write the graph again."
            ) from error
        try:
            report = compiled.validate_text(text, format="ntriples")
        except ValueError as error:
            if str(error).startswith("parse error"):
                raise InputError(
                    f"The graph is no N-Triples: {error}.",
                    cure="Write the graph again; one triple a line, each ended by a full stop.",
                ) from error
            raise ValidationError(f"The fast engine refuses the graph: {error}.", cure=CURE) from error
        return ValidationReport.of(map(self._result, report.results), engine=self.name)

    def _result(self, raw: Any) -> ValidationResult:
        shape = bare(raw.root_shape or raw.source_shape) or ""
        value = raw.value
        path = bare(raw.path)
        if value is None and path is None:
            # A node shape speaks about its focus node; `shacl` leaves the value out where a query
            # binds none, the reference gives the focus node, as SHACL says.
            value = raw.focus_node
        return ValidationResult(
            focus=bare(raw.focus_node) or "",
            path=path,
            value=value,
            component=raw.component,
            shape=shape,
            severity=severity_of(raw.severity),
            message=raw.message or self._shapes.message(shape),
        )
