"""What became of every file of a build, for programs and for whoever looks into it later."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from councilgraph.build.reports import Refusal
from councilgraph.build.sources import Source
from councilgraph.outfile import whole_file
from councilgraph.version import __version__

VERSION = 1


def load_report(reports: tuple[Source, ...], refused: tuple[Refusal, ...]) -> dict[str, Any]:
    """One record a file, by path, and how many there are of each state.

    ``loaded`` files name their assessment and carry its warnings; ``refused`` ones say what
    is wrong, where, and what to do.
    """
    files = sorted(
        [record for report in reports for record in _loaded(report)]
        + [record for refusal in refused for record in _refused(refusal)],
        key=lambda record: str(record["path"]),
    )
    return {
        "format": "councilgraph-load-report",
        "version": VERSION,
        "councilgraph": __version__,
        "counts": dict(sorted(Counter(record["state"] for record in files).items())),
        "assessments": len(reports),
        "files": files,
    }


def write_load_report(told: dict[str, Any], path: str) -> None:
    """Write it whole, or leave what was there.

    Raises:
        InputError: the file cannot be written.
    """
    with whole_file(path) as file:
        file.write((json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode())


def _loaded(report: Source) -> list[dict[str, Any]]:
    warnings = [{"code": w.code, "where": w.where, "message": w.message} for w in report.warnings]
    warnings += [
        {"code": "shape", "where": result.focus, "message": result.message}
        for result in report.results
        if result.severity == "Warning"
    ]
    return [
        {
            "path": document.path,
            "sha256": document.sha256,
            "state": "loaded",
            "assessment": report.name.removeprefix("report/"),
            # A warning of the assessment as a whole stands at its first file.
            "warnings": [w for w in warnings if _of(w["where"], document.name, first=n == 0, report=report)],
        }
        for n, document in enumerate(report.documents)
    ]


def _of(where: str, name: str, *, first: bool, report: Source) -> bool:
    named = [d.name for d in report.documents if where == d.name or where.startswith(f"{d.name}:")]
    return name in named if named else first


def _refused(refusal: Refusal) -> list[dict[str, Any]]:
    return [
        {
            "path": file,
            "state": "refused",
            "what": refusal.error.what,
            "where": refusal.error.where,
            "cure": refusal.error.cure,
        }
        for file in refusal.files
    ]
