"""The release as DCAT, for catalogues of open data: what it is, whose, and each file with its checksum.

Source of the terms: W3C DCAT 3; checksums as it asks for them, in the terms of SPDX. There is no blank
node in it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from urllib.parse import quote

import pyoxigraph

from councilgraph import notice
from councilgraph.iris import AREA, BASE, IRIS
from councilgraph.release.citation import AUTHORS, KEYWORDS, sentence
from councilgraph.release.facts import Facts, Given
from councilgraph.terms import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, XSD
from councilgraph.version import __version__
from councilgraph.writing.catalog import ABOUT, DCAT, TITLE, VOID, dataset
from councilgraph.writing.ntriples import Triples, iri, plain, text, typed

SPDX = "http://spdx.org/rdf/terms#"
_ENGLAND = f"{AREA}E92000001"
_ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_TYPES = {
    ".nq": "application/n-quads",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PREFIXES = {
    "dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "owl": OWL, "prov": PROV, "rdf": RDF, "rdfs": RDFS,
    "spdx": SPDX, "void": VOID, "xsd": XSD,
}  # fmt: skip
_TYPE, _LABEL = f"<{RDF}type>", f"<{RDFS}label>"


def description(facts: Facts, folder: str, files: Iterable[str]) -> bytes:
    """Turtle; ``files`` are the data files below ``folder`` that are offered, each a distribution."""
    out = Triples()
    release = IRIS.thing("release", facts.version)
    names = list(files)
    _dataset(out, release, facts, names)
    for name in names:
        _distribution(out, release, facts, folder, name)
    for source in (*facts.sources, *facts.tables):
        _source(out, source)
    quads = pyoxigraph.parse(out.ntriples(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    triples = sorted({quad.triple for quad in quads}, key=str)
    turtle = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=_PREFIXES)
    assert turtle is not None
    # The engine gives the prefixes in an order of its own.
    lines = turtle.splitlines(keepends=True)
    prefixes = sorted(line for line in lines if line.startswith(b"@prefix "))
    return b"".join(prefixes) + b"".join(lines[len(prefixes) :])


def _dataset(out: Triples, release: str, facts: Facts, files: Iterable[str]) -> None:
    title = f"{TITLE}, release {facts.version}"
    doi = f"https://doi.org/{facts.wanted.doi}" if facts.wanted.doi else ""
    out.add(
        f"<{release}>",
        (_TYPE, f"<{DCAT}Dataset>"),
        (_TYPE, f"<{VOID}Dataset>"),
        (_LABEL, text(title)),
        (f"<{DCTERMS}title>", text(title)),
        (f"<{DCTERMS}description>", text(ABOUT)),
        (f"<{DCTERMS}identifier>", plain(doi or release)),
        (f"<{DCTERMS}issued>", typed(facts.day, "date")),
        (f"<{DCTERMS}publisher>", f"<{_publisher()}>"),
        (f"<{DCTERMS}license>", iri(notice.LICENCE)),
        (f"<{DCTERMS}language>", iri(_ENGLISH)),
        (f"<{DCTERMS}spatial>", iri(_ENGLAND)),
        (f"<{DCTERMS}isVersionOf>", dataset("councilgraph")),
        (f"<{DCTERMS}conformsTo>", iri(f"{BASE}ontology/{__version__}")),
        (f"<{DCTERMS}bibliographicCitation>", text(sentence(facts))),
        (f"<{DCAT}version>", plain(facts.version)),
        (f"<{DCAT}landingPage>", iri(doi or facts.wanted.base or BASE)),
        (f"<{VOID}triples>", typed(facts.statements, "integer")),
        (f"<{OWL}versionInfo>", plain(facts.version)),
        *((f"<{DCAT}keyword>", text(word)) for word in KEYWORDS),
        *((f"<{PROV}wasDerivedFrom>", iri(one.iri)) for one in (*facts.sources, *facts.tables)),
        *((f"<{DCAT}distribution>", f"<{_file(release, name)}>") for name in files),
    )
    if facts.previous:
        out.add(f"<{release}>", (f"<{DCAT}previousVersion>", f"<{IRIS.thing('release', facts.previous)}>"))
    if facts.months[0]:
        period = f"<{release}/period>"
        out.add(f"<{release}>", (f"<{DCTERMS}temporal>", period))
        out.add(
            period,
            (_TYPE, f"<{DCTERMS}PeriodOfTime>"),
            (f"<{DCAT}startDate>", typed(facts.months[0], "gYearMonth")),
            (f"<{DCAT}endDate>", typed(facts.months[1], "gYearMonth")),
        )
    out.add(f"<{_publisher()}>", (_TYPE, f"<{FOAF}Agent>"), (_LABEL, text(AUTHORS)))


def _distribution(out: Triples, release: str, facts: Facts, folder: str, name: str) -> None:
    path = os.path.join(folder, *name.split("/"))
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    place, base = _file(release, name), facts.wanted.base
    media = _TYPES[os.path.splitext(name.removesuffix(".gz"))[1]]
    out.add(
        f"<{place}>",
        (_TYPE, f"<{DCAT}Distribution>"),
        (_LABEL, text(name)),
        (f"<{DCTERMS}title>", text(name)),
        (f"<{DCTERMS}license>", iri(notice.LICENCE)),
        (f"<{DCAT}accessURL>", iri(base or BASE)),
        (f"<{DCAT}downloadURL>", iri(f"{base.rstrip('/')}/{quote(name)}") if base else None),
        (f"<{DCAT}mediaType>", iri(_MEDIA + media)),
        (f"<{DCAT}compressFormat>", iri(f"{_MEDIA}application/gzip") if name.endswith(".gz") else None),
        (f"<{DCAT}byteSize>", typed(os.path.getsize(path), "nonNegativeInteger")),
        (f"<{SPDX}checksum>", f"<{place}/checksum>"),
    )
    out.add(
        f"<{place}/checksum>",
        (_TYPE, f"<{SPDX}Checksum>"),
        (f"<{SPDX}algorithm>", f"<{SPDX}checksumAlgorithm_sha256>"),
        (f"<{SPDX}checksumValue>", typed(digest, "hexBinary")),
    )


def _source(out: Triples, source: Given) -> None:
    out.add(
        iri(source.iri),
        (_TYPE, f"<{DCAT}Dataset>"),
        (f"<{DCTERMS}title>", text(source.title)),
        (f"<{DCTERMS}description>", text(source.description) if source.description else None),
        (f"<{DCTERMS}license>", iri(source.licence)),
        (f"<{DCAT}landingPage>", iri(source.address)),
    )


def _file(release: str, name: str) -> str:
    return f"{release}/file/{quote(name, safe='-._~')}"


def _publisher() -> str:
    return IRIS.thing("publisher", "the-councilgraph-contributors")
