"""One report against the shapes: the fast engine alone, and pySHACL.

    python -m benchmarks.validating SIDE EVIDENCE REPORTS

The fast engine starts from N-Triples text, which it must parse; pySHACL from a graph that is there.
Before anything is divided, both engines are held against each other on the same reports, as they
are and with faults put in: an engine that finds less would be fast for that.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks import figures, prepare, tables
from benchmarks.figures import Figure
from benchmarks.measure import Options, Sample, in_turn, peak_mib, run_module, summary
from benchmarks.rdflib_sides import RULES, SAMPLE
from councilgraph import resources
from councilgraph.iris import DEF, IRIS
from councilgraph.model import Evidence
from councilgraph.validation.fast import FastEngine
from councilgraph.validation.reference import ReferenceEngine, read_graph
from councilgraph.validation.results import ValidationResult
from councilgraph.validation.shapes import read_shapes
from councilgraph.writing.report import write_report

NAME = "validating"
TIMES = 10  # the fast engine is done before a clock has ticked
WHAT = {
    "fast": "councilgraph: the fast engine, from N-Triples text; one report",
    "pyshacl": "`pyshacl.validate` of an rdflib graph that is there, shapes parsed; one report",
}
FIGURES = (
    Figure(
        "v-engine",
        "validation of a report on one core: pySHACL / the fast engine",
        "pyshacl",
        "fast",
        50,
        True,
    ),
)
Result = dict[str, Any]


def measure(work: Path, options: Options) -> Result:
    """Agreement first, then both sides in turn.

    Raises:
        NotMeasuredError: the engines do not find the same.
    """
    file = prepare.evidence(work, options)
    sample = 1 if options.quick else SAMPLE

    def side(name: str) -> Callable[[], Sample]:
        return lambda: run_module("benchmarks.validating", name, str(file), str(sample))

    agreed = side("agreement")().told
    samples = in_turn({name: side(name) for name in WHAT}, min(3, options.repetitions))
    return {**agreed, "sides": {name: summary(found) for name, found in samples.items()}}


def rows(found: Result) -> list[figures.Row]:
    """One engine against the other."""
    return figures.evaluate(found["sides"], FIGURES)


def section(found: Result) -> Iterator[str]:
    """Both sides, and what was found."""
    yield "## Validation of a report"
    yield ""
    yield (
        f"{found['sample']} generated reports of {prepare.SENTENCES} sentences ({found['triples']:,} triples "
        "in all), one after the other on one core; seconds of the processor for one. Both engines give the "
        f"same results on them, and on the same reports with faults put in ({found['results']} there, "
        f"of {len(found['components'])} kinds: {', '.join(found['components'])}): node, path, value, "
        "component, shape, severity and message are compared."
    )
    yield ""
    yield from tables.sides_table(found["sides"], WHAT)


def fast(texts: list[bytes]) -> Result:
    """The fast engine, its shapes compiled before."""
    engine = FastEngine(read_shapes(resources.path("ontology", "shapes")))
    engine.validate(b"")
    start = process_time()
    for _ in range(TIMES):
        for text in texts:
            engine.validate(text)
    return {"seconds": (process_time() - start) / TIMES / len(texts)}


def pyshacl(texts: list[bytes]) -> Result:
    """pySHACL, shapes and graphs parsed before."""
    from pyshacl import validate
    from rdflib import Graph

    shapes = Graph().parse(data=read_shapes(resources.path("ontology", "shapes")).turtle, format="turtle")
    graphs = [read_graph(text) for text in texts]
    start = process_time()
    for graph in graphs:
        validate(graph, shacl_graph=shapes, inplace=True)
    return {"seconds": (process_time() - start) / len(graphs)}


def agreement(texts: list[bytes]) -> Result:
    """What both engines find in the reports and in damaged ones.

    Raises:
        SystemExit: they differ, or find nothing in damaged reports.
    """
    shapes = read_shapes(resources.path("ontology", "shapes"))
    engines = FastEngine(shapes), ReferenceEngine(shapes)
    found: list[ValidationResult] = []
    for number, text in enumerate(texts):
        for kind, graph in (("a report", text), ("a damaged report", damaged(text))):
            ours, theirs = (set(engine.validate(graph).results) for engine in engines)
            if odd := ours ^ theirs:
                one = min(odd, key=lambda result: result.key)
                raise SystemExit(f"the engines differ on {kind} (number {number}): {one.shape} {one.focus}")
            if kind == "a damaged report":
                found += ours
    violations = [result for result in found if result.severity == "Violation"]
    if len(violations) < len(FAULTS) * len(texts):
        raise SystemExit(f"only {len(violations)} violations found in {len(texts)} damaged reports")
    triples = sum(text.count(b"\n") for text in texts)
    kinds = sorted({one.component.removesuffix("ConstraintComponent") for one in violations})
    return {"sample": len(texts), "triples": triples, "results": len(found), "components": kinds}


def damaged(text: bytes) -> bytes:
    """A report with one fault of each kind.

    Raises:
        SystemExit: a line that is to be damaged is not there: the writer has changed.
    """
    lines = text.decode("utf-8").splitlines()
    for predicate, fault in FAULTS.items():
        place = next((n for n, line in enumerate(lines) if f"> <{DEF}{predicate}> " in line), None)
        if place is None:
            raise SystemExit(f"no {predicate} to put a fault in")
        subject, verb, _ = lines[place].split(" ", 2)
        lines[place] = f"{subject} {verb} {fault} ." if fault else ""
    return "\n".join(filter(None, lines)).encode() + b"\n"


# Predicate of the first line that is damaged, and what it gets instead; nothing: the line goes.
FAULTS = {
    "polarity": f"<{IRIS.base}nowhere>",
    "inAssessment": "",
    "paragraphNumber": '"first"',
    "score": '"9"^^<http://www.w3.org/2001/XMLSchema#integer>',
}
SIDES = {side.__name__: side for side in (fast, pyshacl, agreement)}


def main(arguments: list[str]) -> int:
    """Run one side on reports spread over the set."""
    name, file, number = arguments[0], Path(arguments[1]), int(arguments[2])
    with file.open("rb") as pickled:
        evidence: list[Evidence] = pickle.load(pickled)
    chosen = [evidence[n * len(evidence) // number] for n in range(number)]
    result = SIDES[name]([write_report(one, RULES).encode() for one in chosen])
    print(json.dumps({**result, "rss_mib": peak_mib()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
