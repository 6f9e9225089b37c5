"""The part ``objects``: from report objects to a store, without and with validation.

The sides are in ``sides`` and ``rdflib_sides``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import figures, prepare, sides, tables
from benchmarks.figures import Figure, Memory
from benchmarks.measure import Options, Sample, in_turn, run_module, summary
from benchmarks.rdflib_sides import SAMPLE

NAME = "objects"
# Its own partner goes along, so that both sides of a figure come from the same rounds.
SLOW = ("ours_validated", "rdflib_pyshacl", "rdflib_pyshacl_tuned")
FAST = tuple(name for name in sides.SIDES if name not in SLOW)
WHAT = {
    "ours": "councilgraph: `write_report`, its text loaded into an in-memory store, a graph a report",
    "ours_text_only": "councilgraph: the text alone, no store",
    "bare_load": "pyoxigraph: the ready text, one `Store.load` a report with default (strict) settings",
    "bare_load_lenient": "pyoxigraph: the same with `lenient=True`",
    "bare_load_at_once": "pyoxigraph: the text of all reports in one `Store.load`, strict",
    "rdflib_add": "rdflib: `Graph.add` one by one; predicates, datatypes constant, other terms made at use",
    "rdflib_add_cached": "rdflib: the same, every IRI made once and kept, literals not normalised",
    "ours_validated": "councilgraph: written, validated with the fast engine report by report, and loaded",
    "rdflib_pyshacl": "rdflib + pySHACL: `Graph.add` into a graph a report, `pyshacl.validate` on each",
    "rdflib_pyshacl_tuned": "the same, each SPARQL constraint parsed once instead of once a report",
}
_A = "objects to queryable store: rdflib `Graph.add` / councilgraph"
_C = "objects to validated and loaded: rdflib + pySHACL / councilgraph"
FIGURES = (
    Figure(
        "a", "objects to queryable store: rdflib `Graph.add` / councilgraph", "rdflib_add", "ours", 7, True
    ),
    Figure("a-tuned", "the same against tuned rdflib (cached terms)", "rdflib_add_cached", "ours"),
    Figure(
        "b",
        "objects to store / plain strict `Store.load` of the ready text (at least 0.6 times its speed)",
        "ours",
        "bare_load",
        1.67,
    ),
    Figure("b-lenient", "the same against the lenient load", "ours", "bare_load_lenient"),
    Figure("b-at-once", "the same against one plain load of all text at once", "ours", "bare_load_at_once"),
    Figure("c", _C, "rdflib_pyshacl", "ours_validated", 15, True),
    Figure(
        "c-tuned",
        "the same against pySHACL with its queries parsed once",
        "rdflib_pyshacl_tuned",
        "ours_validated",
        15,
        True,
    ),
)
LIMITS = (Memory("b-memory", "peak memory of objects to store, MiB", "ours", 1024),)


def measure(work: Path, options: Options) -> dict[str, Any]:
    """The fast sides in turn, then the slow ones."""
    file = prepare.evidence(work, options)

    def side(name: str) -> Callable[[], Sample]:
        return lambda: run_module("benchmarks.sides", name, str(file))

    samples = in_turn({name: side(name) for name in FAST}, options.repetitions)
    samples |= in_turn({name: side(name) for name in SLOW}, min(3, options.repetitions))
    told = {"reports": options.reports, "sentences": prepare.SENTENCES, "seed": options.seed}
    summaries = {name: summary(found) for name, found in samples.items()}
    return {**told, "pyshacl_sample": min(SAMPLE, options.reports), "sides": summaries}


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """Against rdflib, against the bare engine, against pySHACL, and the memory."""
    return figures.evaluate(found["sides"], FIGURES, limits=LIMITS)


def section(found: dict[str, Any]) -> Iterator[str]:
    """The sides, and what is counted."""
    triples = found["sides"]["ours"]["triples"]
    yield "## From objects to a store"
    yield ""
    yield (
        f"{found['reports']} generated reports of {found['sentences']} narrative sentences each (seed "
        f"{found['seed']}; {triples:,} triples), at most one a council."
    )
    yield ""
    yield from tables.sides_table(found["sides"], WHAT)
    yield (
        "- Evidence objects are there before the clock starts. On the rdflib sides the IRIs and values of "
        "the same triples are there too, as plain strings; what is timed is making the terms and adding "
        "them, so composing the IRIs costs only councilgraph."
    )
    yield "- The pyoxigraph sides start from ready text; the lenient one shows what writing it costs."
    yield (
        f"- pySHACL validates {found['pyshacl_sample']} reports spread over the set and its time is scaled "
        "to all; the shapes are parsed beforehand and the graph is handed over as it is (`inplace=True`)."
    )
    yield (
        "- Timed by the processor's clock, all threads together, because the machine is shared: the clock "
        "on the wall moved one and the same ratio from 5.5 to 8.8."
    )
    yield ""
