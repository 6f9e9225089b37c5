"""What a person reads of a release first: README, licence and attribution."""

from __future__ import annotations

from collections.abc import Sequence

from councilgraph import notice
from councilgraph.build.sources import Source
from councilgraph.diff.plain import escaped
from councilgraph.release.citation import sentence
from councilgraph.release.facts import Facts, Given
from councilgraph.version import __version__
from councilgraph.writing.catalog import ABOUT, TITLE

_FILES = (
    ("`*.nq.gz`", "the graph as N-Quads, one file for each source and one named graph in each"),
    (
        "`tables/`, `tables.xlsx`",
        "the same as tables: CSV with its metadata (CSV on the Web), and a workbook",
    ),
    ("`ontology/`", "the vocabulary: ontology, concept schemes, SHACL shapes, JSON-LD context"),
    ("`manifest.json`", "what each graph was made from, as digests, and from which files, by SHA-256"),
    ("`load-report.json`", "what became of every file that was read, with its warnings"),
    ("`accuracy.json`, `ACCURACY.md`", "how right the machine was on text that had been annotated"),
    ("`dcat.ttl`", "this release as DCAT, for catalogues of open data"),
    ("`LICENCE.md`, `ATTRIBUTION.md`", "what you may do with it, and who must be named"),
    ("`CITATION.cff`", "how to cite it"),
    ("`SHA256SUMS`", "the checksum of every file but this list"),
)
_LOAD = """\
import gzip, pathlib, pyoxigraph

store = pyoxigraph.Store()
for path in pathlib.Path(".").glob("*.nq.gz"):
    with gzip.open(path) as file:
        store.bulk_load(file, format=pyoxigraph.RdfFormat.N_QUADS)
asked = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/councilgraph/def#Assessment> }"
for row in store.query(asked, use_default_graph_as_union=True):
    print(row["n"].value)
"""


def readme(facts: Facts, sources: Sequence[Source], *, rules_measured: str) -> str:
    """The text of ``README.md``."""
    wanted = facts.wanted
    first, last = facts.months
    span = f"published from {first} to {last}" if first else "none yet"
    lines = [
        f"# {TITLE}, release {facts.version}",
        "",
        f"Released on {facts.day}. {ABOUT}",
        "",
        f"{facts.statements:,} statements in {len(sources)} named graphs; assessments {span}.",
        "",
        *_table(("what", "how many"), [(words, f"{n:,}") for words, n in facts.things]),
        *_reviewed(facts),
        "## Files",
        "",
    ]
    files = [*_FILES, *([("`NOTES.md`", f"what changed {_since(facts)}")] if wanted.previous else [])]
    lines += [
        *_table(("file", "what it is"), files),
        "## Check it",
        "",
        "    sha256sum -c SHA256SUMS",
        "",
        "or `councilgraph release --check .`, which also names files that do not belong here.",
        "",
        "## Load it",
        "",
        "Each source is a named graph of its own, so ask the union of all graphs:",
        "",
        "```python",
        *_LOAD.splitlines(),
        "```",
        "",
        "    cat *.nq.gz | gunzip > graph.nq",
        "",
        "gives one file for any triple store. The folder `ontology` has the meaning of each term and the "
        "shapes; the stored questions are in the graph itself (`sh:SPARQLExecutable`).",
        "",
        "## What must not be read into it",
        "",
        f"- {notice.MACHINE_READ}",
        *(f"- {line}" for line in notice.SCORE_IS_NOT),
        "",
        "## How it was made",
        "",
        f"councilgraph {__version__}, rules {', '.join(facts.rules) or 'of no report'}, build {facts.build}. "
        + _measured(facts, rules_measured),
        "The same inputs and the same versions give the same bytes. `councilgraph diff OLD NEW` tells two "
        "releases apart, council by council, with the cause of each change.",
        "",
    ]
    if wanted.reviewed_only:
        lines += ["Every piece of evidence in it has been reviewed.", ""]
    lines += ["## Cite it", "", f"> {escaped(sentence(facts))}", "", "and [LICENCE.md](LICENCE.md).", ""]
    return "\n".join(lines)


def licence(facts: Facts) -> str:
    """The text of ``LICENCE.md``."""
    words = (
        [
            "The words of the assessments (`oa:exact`, and the short phrases in `cg:counts`, `cg:covers` and "
            "`cg:verdict`; the same in the tables) are not ours to license. They belong to the Care Quality "
            "Commission and are quoted so that each statement can be checked. Confirm the licence of the "
            "reports with the Commission before you republish them in number, or make a release without "
            "them: `councilgraph release --no-sentences`.",
        ]
        if facts.wanted.sentences
        else [
            "The words of the assessments belong to the Care Quality Commission. No sentence of a report is "
            "in this release; each finding leads to its place in the report and the digest of its sentence.",
        ]
    )
    lines = [
        "# Licence",
        "",
        "The graph, its tables and its vocabulary are published by the councilgraph contributors under the "
        f"[Creative Commons Attribution 4.0 International Licence]({notice.LICENCE}) (SPDX: CC-BY-4.0). You "
        "may share and adapt them, for any purpose, if you name their source:",
        "",
        f"> {escaped(sentence(facts))}",
        "",
        *words,
        "",
        "They are made from other people's data, whose licences ask to be named as well: see "
        "[ATTRIBUTION.md](ATTRIBUTION.md).",
        "",
    ]
    return "\n".join(lines)


def attribution(facts: Facts) -> str:
    """The text of ``ATTRIBUTION.md``: every source with its licence."""
    lines = [
        "# Attribution",
        "",
        notice.ATTRIBUTION,
        "Contains public sector information; the files of the assessments that were read stand in "
        "`load-report.json` with their checksums.",
        "",
        "These are the registers and tables that the graph is made from:",
        "",
    ]
    for source in facts.sources:
        lines += _source(source)
    if facts.tables:
        lines += ["# Tables that were added when this release was built", ""]
        for source in facts.tables:
            lines += _source(source)
    return "\n".join(lines)


def _source(source: Given) -> list[str]:
    return [
        f"## {escaped(source.title)}",
        "",
        f"- publisher: {escaped(source.publisher)}",
        f"- licence: <{source.licence}>",
        f"- from: <{source.address}>",
        "",
        *([escaped(source.description), ""] if source.description else []),
    ]


def _reviewed(facts: Facts) -> list[str]:
    if not facts.states:
        return []
    return [
        "## What has been reviewed",
        "",
        *_table(("state of the evidence", "how many"), [(state, f"{n:,}") for state, n in facts.states]),
    ]


def _measured(facts: Facts, rules: str) -> str:
    if facts.rules == (rules,):
        return "ACCURACY.md was measured with these rules."
    return f"ACCURACY.md was measured with rules {rules}, not with these."


def _since(facts: Facts) -> str:
    return f"since release {facts.previous}" if facts.previous else "since the build before"


def _table(head: tuple[str, str], rows: Sequence[tuple[str, str]]) -> list[str]:
    right = "---:" if head[1] == "how many" else "---"
    return [f"| {head[0]} | {head[1]} |", f"|---|{right}|", *(f"| {a} | {b} |" for a, b in rows), ""]
