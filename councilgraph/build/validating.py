"""Every graph of a store against the shapes, one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from councilgraph.build.progress import Progress
from councilgraph.iris import IRIS
from councilgraph.validation import Engine, ValidationReport, ValidationResult


def validate_graphs(
    reader: Any, names: Iterable[str], engine: Engine, progress: Progress
) -> ValidationReport:
    """What the shapes say of the graphs of these names ("report/STS-2025-05"), as one report.

    The ontology is passed over: it is not data, and its class hierarchy would make every council
    an organisation too, which the closed shapes would refuse.
    """
    chosen = [name for name in names if name != "ontology"]
    progress.start("Validating", len(chosen))
    results: list[ValidationResult] = []
    fallback = ""
    for name in chosen:
        report = engine.validate(reader.graph_ntriples(IRIS.graph(*name.split("/"))))
        results += report.results
        fallback = fallback or report.fallback
        progress.advance()
    return ValidationReport.of(results, engine=engine.name, fallback=fallback)
