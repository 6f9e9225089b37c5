"""What a run could have found: invented numbers, for the tests of what is told of them."""

from __future__ import annotations

from typing import Any


def side(*seconds: float, **more: Any) -> dict[str, Any]:
    """A side as ``measure.summary`` gives it."""
    ordered = sorted(seconds)
    spread = {"lowest": ordered[0], "highest": ordered[-1], "runs": len(seconds), "seconds": list(seconds)}
    return {"median": ordered[len(ordered) // 2], **spread, **more}


def build(processor: float, swap: float, mib: int) -> dict[str, Any]:
    """A build as ``growth.summary`` gives it; reading takes three quarters of it."""
    steps = {
        "Reading reports": [processor / 2, processor * 0.75],
        "Filling the store: load or patch": [0.1, processor * 0.25 - swap],
        "Filling the store: text index": [0.1, swap],
    }
    seconds = {"wall": processor / 2, "processor": processor, "processors": [processor], "swaps": [swap]}
    return {**seconds, "own_mib": mib, "helper_mib": mib // 2, "steps": steps}


def size(reports: int, sentences: int, *, memory: bool = True) -> dict[str, Any]:
    """Reports of which each costs 400 ms, 1,000 triples and a twentieth of a MiB, beside tables."""
    triples = 20_000 + 1_000 * reports
    disk = {"nquads_bytes": triples * 200, "database_bytes": triples * 100, "index_bytes": triples * 10}
    return {
        **{"reports": reports, "sentences": sentences, "triples": triples, **disk},
        "first": build(0.4 * reports, 0.01 * reports, 100 + reports // 20),
        "unchanged": build(0.5, 0.0, 50),
        "changed": build(2.0 + reports / 1000, reports / 1000, 90),
        "memory": {"processor": 1.0, "mib": round(triples * 400 / 2**20)} if memory else {},
    }


GROWTH = {"sizes": [size(reports, sentences) for reports in (100, 1_000) for sentences in (13, 250)]}
VALIDATING = {
    **{"sample": 3, "triples": 30_000, "results": 12, "components": ["Class", "MinCount"]},
    "sides": {"fast": side(0.05, 0.04, 0.06), "pyshacl": side(4.0, 5.0, 6.0)},
}
_EXPORTED = {
    f"export_{name}": side(2.0, units=1_000_000) for name in ("nquads", "turtle", "tables", "network")
}
EXPORTS = {
    **{"small": {"reports": 10, "triples": 100_000}, "large": {"reports": 153}},
    "sides": {
        **_EXPORTED,
        "rdflib_ntriples": side(4.0, units=900_000),
        "rdflib_turtle": side(10.0, units=500_000),
    },
    "larger": {name: side(9.0, units=9_000_000) for name in _EXPORTED},
}
CLUSTER = {
    **{"reports": 48, "sentences": 250},
    "sides": {"cluster_one": side(18.0, 17.0, 19.0), "cluster_two": side(10.0, 10.0, 10.0)},
}
PARTS = {"growth": GROWTH, "validating": VALIDATING, "exports": EXPORTS, "cluster": CLUSTER}


def result(**parts: dict[str, Any]) -> dict[str, Any]:
    """The JSON of a run that found these."""
    machine = {"cores": 2, "memory_gib": 24, "system": "Linux", "load_average": 1.5}
    told = {
        name: {"measured": "2026-11-20", "load_average": 0.25, "found": found}
        for name, found in parts.items()
    }
    return {"machine": machine, "versions": {"python": "3.11"}, "parts": told}
