"""What is told of a release in its README, its citation and its description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from councilgraph.api import Graph
from councilgraph.build.sources import Source
from councilgraph.iris import IRIS
from councilgraph.release.reading import ReleaseReader
from councilgraph.release.wanted import Wanted
from councilgraph.terms import DCTERMS, RDFS, cg


@dataclass(frozen=True, slots=True)
class Given:
    """A source of data: what it is, whose, under which licence, from where."""

    title: str
    iri: str
    publisher: str
    licence: str
    address: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A release in figures and names.

    Attributes:
        version: how it is called.
        day: its day.
        build: digest of the graphs that it was made from.
        rules: versions of the rules that its reports were read by.
        statements: of all its graphs.
        months: the first and the last month of publication ("2023-11"), "" for none.
        things: what there is, in words, and how many.
        states: review state, in words, and how many pieces of evidence have it.
        sources: the registers and tables behind it, without those that nothing of was taken from.
        tables: other publishers' tables that the builder gave.
        previous: version of the release before, "" where that is not known.
    """

    version: str
    day: date
    build: str
    rules: tuple[str, ...]
    statements: int
    months: tuple[str, str]
    things: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    sources: tuple[Given, ...]
    tables: tuple[Given, ...]
    previous: str
    wanted: Wanted


def facts(graph: Graph, sources: Sequence[Source], wanted: Wanted, *, day: date, previous: str) -> Facts:
    """Ask them of the release's own graph."""
    reader: ReleaseReader = graph.store
    return Facts(
        wanted.version or day.isoformat(),
        day,
        reader.manifest()["inputs"],
        tuple(_column(reader, f"?run a {cg('ExtractionRun')} ; {cg('rulesVersion')} ?v")),
        sum(source.triples for source in sources),
        _months(reader),
        tuple(
            (words, n)
            for name, words in _THINGS
            if (n := reader.number(f"SELECT DISTINCT ?s {{ ?s a {cg(name)} }}"))
        ),
        _states(reader),
        tuple(_given(row) for row in graph.query("sources-of-data").records() if _used(reader, row)),
        tuple(_tables(reader)),
        previous,
        wanted,
    )


# Counted in these words, in this order; what there is none of is not told.
_THINGS = (
    ("Council", "councils"),
    ("Assessment", "assessments"),
    ("Judgement", "scores"),
    ("SourceDocument", "files and tables read"),
    ("Finding", "findings"),
    ("Mention", "mentions of bodies"),
    ("Partnership", "arrangements between bodies"),
    ("Strategy", "strategies"),
    ("Statistic", "figures of the narrative"),
    ("Citation", "citations of law"),
    ("Link", "links to other registers"),
    ("Review", "decisions of reviewers"),
)


def _column(reader: Any, where: str) -> list[str]:
    return sorted({str(row[0].value) for row in reader.select(f"SELECT DISTINCT ?v {{ {where} }}")[1]})


def _months(reader: Any) -> tuple[str, str]:
    months = _column(reader, f"?a {cg('publishedMonth')} ?v")
    return (months[0][:7], months[-1][:7]) if months else ("", "")


def _states(reader: Any) -> tuple[tuple[str, int], ...]:
    asked = f"SELECT ?state (COUNT(DISTINCT ?s) AS ?n) {{ ?s {cg('reviewState')} ?state }} GROUP BY ?state"
    rows = reader.select(asked)[1]
    return tuple(sorted((str(row[0].value).rsplit("/", 1)[-1], int(row[1].value)) for row in rows))


# Registers that a user gives for linking: they are in a graph only where a link led to one of
# their bodies, whose key then begins with the name. The register of lists has no bodies.
_REGISTERS = frozenset({"charity-commission", "companies-house", "cqc-providers", "org-id"})


def _used(reader: Any, row: dict[str, Any]) -> bool:
    """Whether anything of a source is in the graph: who took nothing from it need not name it."""
    name = str(row["source-iri"]).rsplit("/", 1)[-1]
    if name not in _REGISTERS:
        return True
    return bool(reader.ask(f'ASK {{ ?s a ?c FILTER(STRSTARTS(STR(?s), "{IRIS.organisation(name)}-")) }}'))


def _given(row: dict[str, Any]) -> Given:
    names = ("source", "source-iri", "publisher", "licence", "address", "description")
    return Given(*(str(row[name] or "") for name in names))


def _tables(reader: Any) -> list[Given]:
    asked = f"""SELECT ?label ?t ?publisher ?licence ?address {{
      ?t a {cg("OutsideTable")} ; <{RDFS}label> ?label ; {cg("publisherName")} ?publisher ;
         <{DCTERMS}license> ?licence ; <{DCTERMS}source> ?address
    }} ORDER BY ?t"""
    return [Given(*(str(term.value) for term in row)) for row in reader.select(asked)[1]]
