"""Check the store: SHACL shapes graph by graph, then the checks over all graphs.

Counts come first, then what was found, by council and rule. A warning is listed and keeps
nothing out; a violation is a defect of the graph.

Exit codes: 0 no violation; 1 violations or failed checks; 2 could not run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from councilgraph import resources
from councilgraph.api import open_graph
from councilgraph.build.checks import CheckRow, run_checks
from councilgraph.build.validating import validate_graphs
from councilgraph.commands.building import terminal_progress
from councilgraph.commands.options import add_store
from councilgraph.exits import EXIT_DONE, EXIT_FOUND
from councilgraph.iris import IRIS
from councilgraph.validation import read_shapes, validator
from councilgraph.validation.report import lines, records, turtle

EXAMPLE = "councilgraph validate"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "--format", choices=("table", "json", "turtle"), default="table", help="default: table"
    )
    parser.add_argument(
        "--engine", default="auto", metavar="E", help="SHACL engine: auto, fast or reference (default: auto)"
    )
    parser.add_argument(
        "--reviewed-only",
        action="store_true",
        help="also refuse evidence that no person has decided about: for a release of reviewed evidence",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Validate."""
    profile = "reviewed-only" if options.reviewed_only else ""
    shapes = read_shapes(Path(resources.path("ontology", "shapes")), profile)
    engine = validator(options.engine, shapes=shapes)
    progress = terminal_progress(options.quiet)
    with open_graph(options.store) as graph:
        names = [source["name"] for source in graph.store.manifest()["sources"]]
        try:
            whole = validate_graphs(graph.store, names, engine, progress)
            checks = run_checks(graph.store.select, slow=True)
        finally:
            progress.stop()
    if options.format == "json":
        _print_json(records(whole, shapes), checks)
    elif options.format == "turtle":
        sys.stdout.write(turtle(whole, IRIS.thing("report", "validation")))
    else:
        print("\n".join([*lines(whole, shapes), *_check_lines(checks)]))
    failed = not whole.conforms or any(row.severity == "error" for row in checks)
    return EXIT_FOUND if failed else EXIT_DONE


def _check_lines(checks: tuple[CheckRow, ...]) -> list[str]:
    if not checks:
        return ["all checks over the whole graph pass"]
    out = []
    for name in dict.fromkeys(row.check for row in checks):
        rows = [row for row in checks if row.check == name]
        out.append(f"check {name} ({rows[0].severity}), {len(rows)} found: {rows[0].problem}")
        out.append(f"  what to do: {rows[0].solution}")
        out += [f"  at {row.entity} {row.value}".rstrip() for row in rows[:3]]
        if len(rows) > 3:
            out.append(f"  and {len(rows) - 3} more")
    return out


def _print_json(results: list[dict[str, str | None]], checks: tuple[CheckRow, ...]) -> None:
    import json
    from dataclasses import asdict

    print(
        json.dumps({"results": results, "checks": [asdict(c) for c in checks]}, indent=1, ensure_ascii=False)
    )
