"""The graph describes itself: sources, version, prefixes and stored queries, ready for an editor."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from councilgraph import resources
from councilgraph.build.run import Builder
from councilgraph.catalogue import Catalogue, Query
from councilgraph.errors import InputError, QueryError
from councilgraph.store.embedded import open_embedded
from councilgraph.validation import validator
from councilgraph.version import __version__
from councilgraph.writing.catalog import prefixes_of, write_catalog
from loaders import source
from loaders.described import described
from tests.conftest import ROOT

BASE = "https://w3id.org/councilgraph/"
QUERIES = list(Catalogue(ROOT / "queries"))
PREFIXES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/> PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX void: <http://rdfs.org/ns/void#>
"""


def rows(place: Path, sparql: str) -> list[tuple[str, ...]]:
    """The rows of a query over the store, an unbound value as ""."""
    _, found = open_embedded(str(place)).select(PREFIXES + sparql)
    return [tuple("" if term is None else term.value for term in row) for row in found]


def test_every_source_is_listed_with_licence_publisher_address_and_cadence(store: Path) -> None:
    listed = {
        row[0].rpartition("/")[2]: row[1:]
        for row in rows(
            store,
            """SELECT ?set ?title ?licence ?publisher ?page ?cadence WHERE {
              ?catalog a dcat:Catalog ; dcat:dataset ?set .
              ?set a dcat:Dataset ; dcterms:title ?title ; dcterms:license ?licence ;
                dcterms:publisher/rdfs:label ?publisher ; dcat:landingPage ?page .
              OPTIONAL { ?set dcterms:accrualPeriodicity/rdfs:label ?cadence } } ORDER BY ?set""",
        )
    }
    told = {
        path.parent.name.replace("_", "-"): tomllib.loads(path.read_text(encoding="utf-8"))
        for path in (ROOT / "loaders").glob("*/source.toml")
    }
    assert listed.keys() == {*told, "councilgraph"}
    parts = ("title", "licence", "publisher", "address", "cadence")
    assert {n: row for n, row in listed.items() if n != "councilgraph"} == {
        n: tuple(one[part] for part in parts) for n, one in told.items()
    }
    assert listed["councilgraph"][1] == "https://creativecommons.org/licenses/by/4.0/"


def test_there_is_one_version_in_package_citation_ontology_and_graph(store: Path) -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    found = {
        "citation": set(re.findall(r"^version: (\S+)$", citation, re.MULTILINE)),
        "ontology files": {
            version
            for path in (ROOT / "ontology").rglob("*.ttl")
            for version in re.findall(r'versionInfo "([^"]+)"', path.read_text(encoding="utf-8"))
        },
        "graph": {
            row[0] for row in rows(store, "SELECT DISTINCT ?v WHERE { ?s owl:versionInfo|dcat:version ?v }")
        },
        "conforms to": {
            row[0].removeprefix(f"{BASE}ontology/")
            for row in rows(store, "SELECT ?o WHERE { ?set void:uriSpace ?space ; dcterms:conformsTo ?o }")
        },
    }
    assert found == {place: {__version__} for place in found}
    [(cite,)] = rows(store, "SELECT ?text WHERE { ?set dcterms:bibliographicCitation ?text }")
    assert f"version {__version__}." in cite


def test_an_editor_finds_every_stored_query_and_its_text_is_that_of_the_file(store: Path) -> None:
    # As SPARQL editors look for examples in an endpoint.
    found = {
        row[0]: row[1:]
        for row in rows(
            store,
            """SELECT ?id ?label ?comment ?query ?target WHERE {
              ?example a sh:SPARQLExecutable ; dcterms:identifier ?id ; rdfs:label ?label ;
                rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query ;
                sh:prefixes ?prefixes .
              OPTIONAL { ?example schema:target ?target } }""",
        )
    }
    assert found.keys() == {query.id for query in QUERIES}
    for query in QUERIES:
        label, comment, text, target = found[query.id]
        assert label == f"{query.id} {query.summary}"
        assert comment == f"{query.question} {query.why}"
        assert query.text.rstrip().endswith(text.rstrip()) and "#+" not in text
        assert bool(target) is (query.kind == "link"), "what Wikidata answers is not asked here"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.id)
def test_a_query_taken_from_the_graph_runs(query: Query, store: Path) -> None:
    [(text,)] = rows(
        store, f'SELECT ?text WHERE {{ ?q dcterms:identifier "{query.id}" ; sh:select|sh:construct ?text }}'
    )
    reader: Any = open_embedded(str(store))
    if query.form == "CONSTRUCT":
        assert sorted(map(str, reader.construct(text))) == sorted(map(str, reader.construct(query.text)))
    else:
        assert [list(row) for row in reader.select(text)[1]] == [
            list(row) for row in reader.select(query.text)[1]
        ]


def test_the_prefixes_of_the_graph_are_enough_for_every_query_without_its_own(store: Path) -> None:
    found = dict(
        rows(
            store,
            """SELECT ?prefix ?namespace WHERE {
              ?all sh:declare ?one . ?one sh:prefix ?prefix ; sh:namespace ?namespace }""",
        )
    )
    assert found["cg"] == f"{BASE}def#"
    assert found == prefixes_of(QUERIES)
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in found.items())
    empty = pyoxigraph.Store()
    for query in QUERIES:
        bare = re.sub(r"^PREFIX .*\n", "", query.text, flags=re.MULTILINE)
        assert "PREFIX" not in bare
        empty.query(declared + bare)


def test_the_statements_are_counted_and_the_space_of_names_holds_them(store: Path) -> None:
    [(count, space)] = rows(store, "SELECT ?n ?space WHERE { ?set void:triples ?n ; void:uriSpace ?space }")
    quads = list(open_embedded(str(store)).quads())
    others = [quad for quad in quads if quad.graph_name.value != f"{BASE}graph/catalog"]
    assert int(count) == len(others) < len(quads)
    assert space == f"{BASE}id/"
    mine = {q.subject.value for q in quads if q.graph_name.value == f"{BASE}graph/catalog"}
    assert all(subject.startswith(space) for subject in mine)


def test_every_published_form_of_the_graph_is_one_that_export_writes(store: Path) -> None:
    media = {
        row[0].partition("media-types/")[2] for row in rows(store, "SELECT ?m WHERE { ?d dcat:mediaType ?m }")
    }
    from councilgraph.export import FORMATS

    assert media == {form.media_type for form, _ in FORMATS.values()}


def test_no_statement_of_the_catalogue_stands_in_another_graph(store: Path) -> None:
    quads = list(open_embedded(str(store)).quads())
    catalog = {q.triple for q in quads if q.graph_name.value == f"{BASE}graph/catalog"}
    assert catalog
    assert not [q for q in quads if q.triple in catalog and q.graph_name.value != f"{BASE}graph/catalog"]


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_the_catalogue_keeps_its_shapes(engine: str) -> None:
    graph = write_catalog(described(), QUERIES, 7).encode()
    report = validator(engine, shapes=ROOT / "ontology" / "shapes").validate(graph)
    assert report.results == ()
    spoilt = graph.replace(b"<http://purl.org/dc/terms/license>", b"<http://purl.org/dc/terms/licence>")
    assert not validator(engine, shapes=ROOT / "ontology" / "shapes").validate(spoilt).conforms


def test_a_changed_query_is_published_and_no_other_graph_is_made_anew(
    data: Path, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = Path(shutil.copytree(ROOT / "queries", tmp_path / "queries"))
    find = resources.path
    monkeypatch.setattr(
        resources, "path", lambda *parts: str(queries) if parts == ("queries",) else find(*parts)
    )
    place = tmp_path / "store"
    first = Builder(str(place), data, jobs=1).build([reports])
    assert Builder(str(place), data, jobs=1).build([reports]).unchanged
    file = queries / "questions" / "compare-scores.rq"
    file.write_text(file.read_text().replace("#+ summary: ", "#+ summary: Nearly all "))
    second = Builder(str(place), data, jobs=1).build([reports])
    assert not second.unchanged and second.read == 0
    changed = {s.name for s in second.sources} - {s.name for s in second.sources if s in first.sources}
    assert changed == {"catalog"}
    assert rows(place, 'SELECT ?l WHERE { ?q dcterms:identifier "Q01" ; rdfs:label ?l }')[0][0].startswith(
        "Q01 Nearly all "
    )


def test_one_prefix_with_two_meanings_is_refused() -> None:
    good = QUERIES[0]
    bad = Query("bad.rq", good.text.replace(f"PREFIX cg: <{BASE}def#>", "PREFIX cg: <http://example.org/>"))
    with pytest.raises(QueryError, match="The prefix cg:") as caught:
        prefixes_of([good, bad])
    assert caught.value.where == "bad.rq" and caught.value.cure


@pytest.mark.parametrize("text", ['title = "Moor"', "title = ", "\x00"])
def test_a_source_that_is_described_by_half_is_refused(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "moor").mkdir()
    (tmp_path / "moor" / "source.toml").write_text(text)
    monkeypatch.setattr(source, "LOADERS", tmp_path)
    with pytest.raises(InputError, match="moor is missing or incomplete"):
        described()
