"""What we publish and what it is made of, as data: DCAT, VoID, prefixes, every stored query.

A SPARQL editor that is pointed at the graph finds prefixes and ready questions in it and
needs no set-up; a harvester of open data finds licences, publishers and the version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from councilgraph import notice
from councilgraph.catalogue import Query
from councilgraph.datasource import DataSource
from councilgraph.errors import QueryError
from councilgraph.iris import BASE, IRIS, slugify
from councilgraph.terms import DCTERMS, FOAF, OWL, PREFIXES, RDF, RDFS
from councilgraph.version import __version__
from councilgraph.writing.ntriples import Triples, iri, plain, text, typed

DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
SH = "http://www.w3.org/ns/shacl#"
SCHEMA = "https://schema.org/"
TITLE = "Councilgraph: the assessments of English councils' adult social care as a graph of evidence"
ABOUT = (
    "Scores, ratings and findings of the published assessments of English councils' adult social care, "
    "each with its source, and the bodies, places and laws that they name, linked to other open data. "
    "Findings are read by machine and may be wrong unless their review state says that they were reviewed."
)
CITATION = f"The councilgraph contributors: councilgraph, version {__version__}. {BASE}"
WIKIDATA = "https://query.wikidata.org/sparql"

_TYPE, _LABEL, _COMMENT = f"<{RDF}type>", f"<{RDFS}label>", f"<{RDFS}comment>"
_MEDIA = {
    "N-Quads": "application/n-quads",
    "TriG": "application/trig",
    "Turtle": "text/turtle",
    "N-Triples": "application/n-triples",
    "JSON-LD": "application/ld+json",
}
_PREFIX = re.compile(r"^\s*PREFIX\s+([A-Za-z][\w-]*):\s*<([^>]*)>", re.MULTILINE)


def dataset(name: str) -> str:
    """The IRI of a data set: ours ("councilgraph") or a source ("wikidata"), ready to be written."""
    return f"<{IRIS.thing('dataset', name)}>"


def write_catalog(sources: Sequence[DataSource], queries: Sequence[Query], triples: int) -> str:
    """The catalogue as N-Triples; ``triples`` is the number of statements of all other graphs.

    Raises:
        QueryError: two stored queries use one prefix for two namespaces.
    """
    out = Triples()
    prefixes = prefixes_of(queries)
    _catalog(out, sources)
    _ours(out, triples)
    for source in sources:
        _source(out, source)
    for name in sorted({source.publisher for source in sources} | {"The councilgraph contributors"}):
        out.add(_publisher(name), (_TYPE, f"<{FOAF}Agent>"), (_LABEL, text(name)))
    for cadence in sorted({source.cadence for source in sources}):
        out.add(_frequency(cadence), (_TYPE, f"<{DCTERMS}Frequency>"), (_LABEL, text(cadence)))
    _declare(out, prefixes)
    for query in queries:
        _query(out, query)
    return out.ntriples()


def prefixes_of(queries: Iterable[Query]) -> dict[str, str]:
    """Namespace by prefix: ours, and those of the stored queries.

    Raises:
        QueryError: a prefix has two meanings, so an editor would take one for the other.
    """
    found = {**PREFIXES, "dcat": DCAT, "void": VOID, "sh": SH, "schema": SCHEMA}
    for query in queries:
        for prefix, namespace in _PREFIX.findall(query.text):
            if found.setdefault(prefix, namespace) != namespace:
                raise QueryError(
                    f"The prefix {prefix}: means <{namespace}> here and <{found[prefix]}> elsewhere.",
                    where=query.path,
                    cure="Use another prefix in this query.",
                )
    return dict(sorted(found.items()))


def _catalog(out: Triples, sources: Sequence[DataSource]) -> None:
    subject = f"<{IRIS.thing('catalog', 'councilgraph')}>"
    out.add(
        subject,
        (_TYPE, f"<{DCAT}Catalog>"),
        (_LABEL, text("Catalogue of councilgraph: what it publishes and what it reads")),
        (f"<{DCTERMS}title>", text("Catalogue of councilgraph")),
        (f"<{DCTERMS}publisher>", _publisher("The councilgraph contributors")),
        (f"<{DCTERMS}license>", iri(notice.LICENCE)),
        (f"<{OWL}versionInfo>", plain(__version__)),
        (f"<{DCAT}dataset>", dataset("councilgraph")),
        *((f"<{DCAT}dataset>", dataset(source.name)) for source in sources),
    )


def _ours(out: Triples, triples: int) -> None:
    used = {namespace for prefix, namespace in PREFIXES.items() if prefix not in ("cgsh", "xsd")}
    out.add(
        dataset("councilgraph"),
        (_TYPE, f"<{DCAT}Dataset>"),
        (_TYPE, f"<{VOID}Dataset>"),
        (_LABEL, text(TITLE)),
        (f"<{DCTERMS}title>", text(TITLE)),
        (f"<{DCTERMS}description>", text(ABOUT)),
        (f"<{DCTERMS}publisher>", _publisher("The councilgraph contributors")),
        (f"<{DCTERMS}license>", iri(notice.LICENCE)),
        (f"<{DCTERMS}conformsTo>", f"<{BASE}ontology/{__version__}>"),
        (f"<{DCTERMS}bibliographicCitation>", text(CITATION)),
        (f"<{DCAT}version>", plain(__version__)),
        (f"<{OWL}versionInfo>", plain(__version__)),
        (f"<{DCAT}landingPage>", iri(BASE)),
        (f"<{VOID}uriSpace>", plain(IRIS.id)),
        (f"<{VOID}triples>", typed(triples, "integer")),
        *((f"<{VOID}vocabulary>", iri(one)) for one in sorted(used | {DCAT, VOID, SH, SCHEMA})),
        *((f"<{DCAT}distribution>", _distribution(name)) for name in _MEDIA),
    )
    for name, media in _MEDIA.items():
        out.add(
            _distribution(name),
            (_TYPE, f"<{DCAT}Distribution>"),
            (_LABEL, text(f"The whole graph as {name}")),
            (f"<{DCAT}mediaType>", iri(f"https://www.iana.org/assignments/media-types/{media}")),
            (f"<{DCAT}accessURL>", iri(BASE)),
            (f"<{DCTERMS}license>", iri(notice.LICENCE)),
        )


def _source(out: Triples, source: DataSource) -> None:
    out.add(
        dataset(source.name),
        (_TYPE, f"<{DCAT}Dataset>"),
        (_LABEL, text(source.title)),
        (f"<{DCTERMS}title>", text(source.title)),
        (f"<{DCTERMS}description>", text(source.description)),
        (f"<{DCTERMS}publisher>", _publisher(source.publisher)),
        (f"<{DCTERMS}license>", iri(source.licence)),
        (f"<{DCTERMS}accrualPeriodicity>", _frequency(source.cadence)),
        (f"<{DCAT}landingPage>", iri(source.address)),
    )


def _declare(out: Triples, prefixes: dict[str, str]) -> None:
    """Each prefix as SHACL declares it, hung on one node that all queries point at."""
    for prefix, namespace in prefixes.items():
        declaration = f"<{IRIS.thing('prefix', prefix)}>"
        out.add(_PREFIXES, (f"<{SH}declare>", declaration))
        out.add(
            declaration,
            (_TYPE, f"<{SH}PrefixDeclaration>"),
            (f"<{SH}prefix>", plain(prefix)),
            (f"<{SH}namespace>", typed(namespace, "anyURI")),
        )
    out.add(_PREFIXES, (_LABEL, text("The prefixes of councilgraph and of its stored queries")))


def _query(out: Triples, query: Query) -> None:
    form = query.form.capitalize()
    out.add(
        f"<{IRIS.thing('query', query.id)}>",
        (_TYPE, f"<{SH}SPARQLExecutable>"),
        (_TYPE, f"<{SH}SPARQL{form}Executable>"),
        (_LABEL, text(f"{query.id} {query.summary}")),
        (_COMMENT, text(f"{query.question} {query.why}")),
        (f"<{DCTERMS}identifier>", plain(query.id)),
        (f"<{SH}{query.form.lower()}>", plain(_body(query.text))),
        (f"<{SH}prefixes>", _PREFIXES),
        # The queries that other people's data answer say so; the others are asked of this graph.
        (f"<{SCHEMA}target>", iri(WIKIDATA) if "wikidata" in query.tags else None),
        *((f"<{SCHEMA}keywords>", plain(tag)) for tag in query.tags),
    )


def _body(stored: str) -> str:
    """The query without its header, which stands beside it as data."""
    return "\n".join(line for line in stored.splitlines() if not line.startswith("#+")).strip() + "\n"


def _publisher(name: str) -> str:
    return f"<{IRIS.thing('publisher', slugify(name))}>"


def _frequency(cadence: str) -> str:
    return f"<{IRIS.thing('frequency', slugify(cadence))}>"


def _distribution(name: str) -> str:
    return f"<{IRIS.thing('distribution', slugify(name))}>"


_PREFIXES = f"<{IRIS.thing('prefixes', 'councilgraph')}>"
