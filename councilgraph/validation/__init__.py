"""Validation: the gate in front of the store (results, engines, shapes, report)."""

from councilgraph.validation.engines import AutoEngine, Engine, EngineName, validator
from councilgraph.validation.results import Severity, ValidationReport, ValidationResult
from councilgraph.validation.shapes import Shapes, read_shapes

__all__ = [
    "AutoEngine",
    "Engine",
    "EngineName",
    "Severity",
    "Shapes",
    "ValidationReport",
    "ValidationResult",
    "read_shapes",
    "validator",
]
