"""The graph of provenance: who made the graph, and what its reports replaced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from councilgraph.build.fixed import must_conform
from councilgraph.build.sources import Made, Source, SourceFolder, key_of
from councilgraph.iris import IRIS
from councilgraph.terms import DCTERMS, OWL, PROV, RDF, RDFS, cg
from councilgraph.version import __version__
from councilgraph.writing.ntriples import Triples, iri, plain, text, typed
from councilgraph.writing.report import AGENT


def provenance_source(folder: SourceFolder, reports: Iterable[Source], made: Made) -> Source:
    """Who made the graph (this software, in this version), and what its reports replaced."""
    reports = [report for report in reports if report.earlier]
    told = key_of(*(f"{d}" for report in reports for d in (*report.documents, *report.earlier)))
    made = replace(made, rest=told)
    if kept := folder.kept("provenance", made):
        return kept
    out = Triples()
    out.add(
        AGENT,
        (f"<{RDF}type>", f"<{PROV}SoftwareAgent>"),
        (f"<{RDFS}label>", text("councilgraph")),
        (f"<{OWL}versionInfo>", plain(__version__)),
    )
    out.add(
        f"<{IRIS.graph('ontology')}>",
        (f"<{DCTERMS}title>", text("Assessment Evidence: ontology and schemes")),
    )
    for report in reports:
        _add_earlier(out, report)
    return must_conform(folder.write("provenance", made, out.ntriples()))


def _add_earlier(out: Triples, report: Source) -> None:
    """The files of the versions that a report has replaced, each with the file in its place.

    They are entities and no source documents: nothing in the graph was read from them, and
    who counts the documents of the graph does not count them.
    """
    by_name = {d.name: d for d in reversed(report.documents)}
    for document in report.earlier:
        earlier = f"<{IRIS.document(document.sha256[:16])}>"
        successor = by_name.get(document.name, report.documents[0])
        out.add(
            earlier,
            (f"<{RDF}type>", f"<{PROV}Entity>"),
            (f"<{RDFS}label>", text(document.name)),
            (cg("sha256"), plain(document.sha256)),
            (f"<{DCTERMS}source>", iri(document.address) if document.address else None),
            (f"<{DCTERMS}issued>", typed(document.published, "date") if document.published else None),
            (f"<{DCTERMS}modified>", typed(document.last_updated, "date") if document.last_updated else None),
        )
        out.add(f"<{IRIS.document(successor.sha256[:16])}>", (f"<{PROV}wasRevisionOf>", earlier))
