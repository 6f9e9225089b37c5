"""``docs/performance.md`` from the JSON of a run.

python -m benchmarks.page benchmarks/results.json > docs/performance.md
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import figures

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
    "extract": "councilgraph: reports of 250 sentences, in memory, to evidence; patterns and weights loaded",
    "extract_half": "councilgraph: the same with 125 sentences a report",
    "text_pages": "councilgraph: reports of 36 sentences from plain text to paragraphs",
    "html_pages": "councilgraph: the same as saved web pages, navigation and footer around them",
    "pdf_pages": "councilgraph: reports of 250 sentences printed as PDF, the helper process included",
    "register_rows": "councilgraph: an invented register of a million rows, from its CSV to a registry",
    "register_names": "councilgraph: 10,000 names, in all spellings, matched against it in one process",
    "build_first": "`build` of all report files into an empty folder, the whole process",
    "build_unchanged": "the same again, nothing changed",
    "build_one_changed": "the same again, one sentence added to one report",
    "import_pyoxigraph": '`python -c "import pyoxigraph"`',
    "help": "`councilgraph --help`",
    "open_store": "pyoxigraph: imported, the same store opened read-only, nothing asked",
    "query_q01": "`councilgraph query Q01` on a store of `data/`, asked before: its answer is kept",
}


def page(result: dict[str, Any]) -> str:
    """The page as Markdown."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: dict[str, Any]) -> Iterator[str]:
    machine, versions = result["machine"], result["versions"]
    triples = result["sides"].get("ours", {}).get("triples", 0)
    yield "# Performance"
    yield ""
    yield "<!-- Made by `python -m benchmarks.page benchmarks/results.json`; do not edit. -->"
    yield ""
    yield (
        f"Measured on {result['measured']}: {result['reports']} generated reports of {result['sentences']} "
        f"narrative sentences each (seed {result['seed']}; {triples:,} triples), at most one a council. "
        "Every figure is a ratio of two medians of one run on the same data, the sides taken in turn, each "
        "in a fresh process: read the ratios, not the seconds, which depend on the machine."
    )
    yield ""
    yield "| figure | value | single rounds | target | result |"
    yield "|---|---:|---:|---:|---|"
    for row in result["figures"]:
        value, target = figures.shown(row)
        rounds = figures.rounds_shown(row)
        yield f"| {row['title']} | {value} | {rounds} | {target} | {figures.verdict(row)} |"
    yield ""
    yield "## The sides"
    yield ""
    yield "| side | what it does | median s | lowest to highest | runs | peak MiB |"
    yield "|---|---|---:|---:|---:|---:|"
    for name, side in result["sides"].items():
        spread = f"{side['lowest']:.3f} to {side['highest']:.3f}"
        yield (
            f"| `{name}` | {WHAT[name]} | {side['median']:.3f} | {spread} "
            f"| {side['runs']} | {side.get('rss_mib', '')} |"
        )
    yield ""
    yield from _notes(result)
    yield from _parts(result)
    yield from _pages(result)
    yield "## How to repeat"
    yield ""
    yield "```"
    yield "python -m benchmarks.run --json benchmarks/results.json   # about half an hour"
    yield "python -m benchmarks.page benchmarks/results.json > docs/performance.md"
    yield "python -m benchmarks.run --quick                          # 12 reports: does everything run?"
    yield "python -m benchmarks.run --only pages --json benchmarks/results.json    # the explorer alone"
    yield "python -m benchmarks.run --only linking --json benchmarks/results.json  # registers, names"
    yield "```"
    yield ""
    told = ", ".join(f"{name} {number}" for name, number in versions.items())
    yield (
        f"Machine: {machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}, shared; "
        f"load average at the end {machine['load_average']}. Versions: {told}."
    )


def _notes(result: dict[str, Any]) -> Iterator[str]:
    yield "What is counted and what is not:"
    yield ""
    yield (
        "- Evidence objects are there before the clock starts. On the rdflib sides the IRIs and values of "
        "the same triples are there too, as plain strings; what is timed is making the terms and adding "
        "them, so composing the IRIs costs only councilgraph."
    )
    yield "- The pyoxigraph sides start from ready text; the lenient one shows what writing it costs."
    yield (
        f"- pySHACL validates {result['pyshacl_sample']} reports spread over the set and its time is scaled "
        "to all; the shapes are parsed beforehand and the graph is handed over as it is (`inplace=True`)."
    )
    yield (
        "- These sides are timed by the processor's clock, all threads together, because the machine is "
        "shared; builds and commands by the clock on the wall, start of Python included."
    )
    yield (
        "- Reports, names, web pages and PDF pages a second are no ratios: they are what this machine did, "
        "and another does more or less. On two cores stands for twice what one does, as reports and names "
        "are read apart."
    )
    if apart := result.get("linking"):
        yield (
            f"- Registers and names were measured apart, on {apart['measured']} at a load average of "
            f"{apart['load_average']}: processor time, one process."
        )
    yield "- A target is judged by the medians; 'single rounds' shows how far one round lies from another."
    yield ""


def _parts(result: dict[str, Any]) -> Iterator[str]:
    names = [name for name, side in result["sides"].items() if "parts" in side]
    if not names:
        return
    yield "## Parts"
    yield ""
    yield "| side | part | median s |"
    yield "|---|---|---:|"
    for name in names:
        for part, seconds in result["sides"][name]["parts"].items():
            yield f"| `{name}` | {part.replace('_', ' ')} | {seconds:.3f} |"
    yield ""


def _pages(result: dict[str, Any]) -> Iterator[str]:
    if "pages" not in result:
        return
    pages = result["pages"]
    crowd = pages["crowd"]
    yield "## Pages of the explorer"
    yield ""
    yield (
        f"Measured on {pages['measured']}, load average {pages['load_average']}: the real server over the "
        "same reports, held to one core; up to 12 addresses of each kind, drawn by the seed. 'First' is a "
        "page that nobody has asked for since the start, 'again' the same page later. Times are "
        "milliseconds of the server's processor, in brackets those on the clock: this machine is shared, "
        "and the clock counts its other work too. 'Times bare' is a question's first page over its query, "
        "run on the database alone and read to the end (the median of the pages); what other pages look "
        "up they share."
    )
    yield ""
    yield (
        "| kind | addresses | first: median | first: 95 % | again: median | largest HTML, kB "
        "| bare queries, ms | times bare |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, row in {**pages["kinds"], "all": pages["all"]}.items():
        times = (f"{row[f'{key}_processor{p}_ms']:.0f} ({row[f'{key}_wall{p}_ms']:.0f})"
                 for key, p in (("first", ""), ("first", "_p95"), ("again", "")))  # fmt: skip
        bare = f"{row['bare_ms']:.1f} | {row['times_bare']:.2f}" if row.get("bare_ms") else " | "
        yield f"| {name} | {row['addresses']} | {' | '.join(times)} | {row['largest_kb']:.0f} | {bare} |"
    yield ""
    yield (
        f"{crowd['readers']} readers at once, each on a connection of its own and none waiting between "
        f"pages, {crowd['requests']} requests in all: {crowd['errors']} failed, "
        f"{crowd['requests_a_second']:.0f} a second, median {crowd['median_ms']:.0f} ms, "
        f"95th percentile {crowd['p95_ms']:.0f} ms until the page was there."
    )
    yield ""


def main(arguments: list[str]) -> int:
    """Print the page."""
    if len(arguments) != 1:
        print("usage: python -m benchmarks.page RESULTS.json", file=sys.stderr)
        return 2
    sys.stdout.write(page(json.loads(Path(arguments[0]).read_text(encoding="utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
