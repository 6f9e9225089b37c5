"""What a release says of itself: to people, to GitHub and Zenodo, to catalogues of open data."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph
import pytest
import rdflib
import yaml
from csvw import CSVW

from councilgraph.build.run import Builder
from councilgraph.cli import main
from councilgraph.release.reading import ReleaseReader, newest_day
from councilgraph.release.sums import check_release
from councilgraph.terms import OA, cg
from tests.conftest import INVENTED, ROOT
from tests.diff.test_causes import edit
from tests.release.conftest import Make, contents, loaded

# The schema of the Citation File Format 1.2.0 (CC BY 4.0), as cffconvert 2.0.0 ships it.
SCHEMA = json.loads((Path(__file__).parent / "cff-1.2.0.schema.json").read_text(encoding="utf-8"))
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DAY = "2025-05-16"  # the newest report of the invented councils was published then
DCTERMS = rdflib.DCTERMS
PROV = rdflib.PROV


def cited(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    checker = jsonschema.Draft7Validator.FORMAT_CHECKER
    jsonschema.Draft7Validator(SCHEMA, format_checker=checker).validate(told)
    return told


def test_the_citation_is_valid_and_says_which_release_it_is(released: Path, chosen: Path) -> None:
    told = cited(released)
    assert (told["type"], told["license"], told["version"]) == ("dataset", "CC-BY-4.0", DAY)
    assert told["date-released"] == DAY and "doi" not in told
    told = cited(chosen)
    assert (told["version"], told["doi"]) == ("2026.1", "10.5281/zenodo.1234567")
    assert told["url"] == "https://data.example/one/"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(SCHEMA).validate({**told, "type": "graph"})


def test_the_day_is_given_or_that_of_the_newest_publication_and_never_today(
    released: Path, chosen: Path
) -> None:
    assert record(released)["date"] == DAY
    assert (record(chosen)["date"], record(chosen)["version"]) == ("2026-03-31", "2026.1")
    assert "Released on 2026-03-31." in (chosen / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("statements", "day"),
    [
        ((), None),
        ((("publishedOn", "2025-05-30"), ("publishedMonth", "2025-05")), date(2025, 5, 30)),
        ((("publishedOn", "2025-05-30"), ("lastUpdatedOn", "2025-06-02")), date(2025, 6, 2)),
        ((("publishedOn", "2025-05-30"), ("decidedOn", "2026-01-09")), date(2026, 1, 9)),
        # Of a month without a day the last: nothing in a release is of a day after its own.
        ((("publishedOn", "2023-11-17"), ("publishedMonth", "2024-02")), date(2024, 2, 29)),
    ],
)
def test_the_newest_day_of_a_graph(statements: tuple[tuple[str, str], ...], day: date | None) -> None:
    graph = pyoxigraph.Store()
    for number, (name, value) in enumerate(statements):
        kind = "gYearMonth" if name == "publishedMonth" else "date"
        typed = pyoxigraph.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")
        thing = pyoxigraph.NamedNode(f"https://example.org/{number}")
        graph.add(
            pyoxigraph.Quad(
                thing, pyoxigraph.NamedNode(cg(name)[1:-1]), pyoxigraph.Literal(value, datatype=typed)
            )
        )
    assert newest_day(ReleaseReader(graph, "", "")) == day


def record(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "manifest.json").read_text())["release"]
    return told


def described(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "dcat.ttl", format="turtle")


def test_every_data_file_is_described_with_its_size_and_checksum(released: Path) -> None:
    graph = described(released)
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]
    (dataset,) = graph.subjects(DCTERMS.issued, rdflib.Literal(date.fromisoformat(DAY)))
    files = contents(released)
    told = {}
    for one in graph.objects(dataset, DCAT.distribution):
        name = str(graph.value(one, DCTERMS.title))
        checksum = graph.value(graph.value(one, SPDX.checksum), SPDX.checksumValue)
        assert checksum is not None and str(checksum).lower() == hashlib.sha256(files[name]).hexdigest()
        told[name] = int(graph.value(one, DCAT.byteSize))  # type: ignore[arg-type]
        assert graph.value(one, DCAT.mediaType) and graph.value(one, DCTERMS.license)
    data = {name: len(files[name]) for name in files if name.endswith((".nq.gz", ".csv", ".xlsx"))}
    assert told == data and len(told) > 30
    assert int(graph.value(dataset, rdflib.VOID.triples)) == len(loaded(released))  # type: ignore[arg-type]


def test_with_its_address_a_file_can_be_fetched_by_the_description(chosen: Path, released: Path) -> None:
    graph = described(chosen)
    addresses = {str(one) for one in graph.objects(None, DCAT.downloadURL)}
    assert "https://data.example/one/tables/scores.csv" in addresses
    assert "https://data.example/one/report_NMR-2025-05.nq.gz" in addresses
    assert rdflib.URIRef("https://doi.org/10.5281/zenodo.1234567") in set(
        graph.objects(None, DCAT.landingPage)
    )
    assert not list(described(released).objects(None, DCAT.downloadURL))


def test_every_source_is_named_with_its_licence_and_none_that_nothing_was_taken_from(released: Path) -> None:
    told = (released / "ATTRIBUTION.md").read_text(encoding="utf-8")
    graph = loaded(released)
    asked = "SELECT ?t ?l { ?d a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> ?t ; "
    asked += "<http://purl.org/dc/terms/license> ?l ; <http://purl.org/dc/terms/accrualPeriodicity> ?c }"
    rows = {(r[0].value, r[1].value) for r in graph.query(asked, use_default_graph_as_union=True)}  # type: ignore[union-attr]
    unused = {"Basic company data", "Care providers registered with the CQC"}
    unused |= {"Register of charities, public extract", "org-id.guide register of lists"}
    assert unused < {title for title, _ in rows}
    for title, licence in rows:
        assert (f"## {title}\n" in told) == (title not in unused), title
        assert title in unused or f"<{licence}>" in told
    # A table that the builder gave has its own publisher and licence.
    assert "# Tables that were added" in told and "Invented" in told.partition("# Tables that were added")[2]
    derived = {str(one).rsplit("/", 1)[-1] for one in described(released).objects(None, PROV.wasDerivedFrom)}
    assert "ons" in derived and "companies-house" not in derived


def test_the_tables_are_described_and_say_which_build_they_are_of(released: Path) -> None:
    build = json.loads((released / "manifest.json").read_text())["build"]
    assert f"build: {build}" in (released / "tables" / "about.txt").read_text()
    tables = CSVW(str(released / "tables" / "csv-metadata.json")).tables
    counts = {str(table.url): sum(1 for _ in table) for table in tables}
    assert counts["councils.csv"] == 3 and counts["findings.csv"] >= 20
    with zipfile.ZipFile(released / "tables.xlsx") as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}


def test_the_manifest_tells_each_graph_its_file_and_what_it_was_made_from(released: Path) -> None:
    manifest = json.loads((released / "manifest.json").read_text())
    for source in manifest["sources"]:
        lines = gzip.decompress((released / source["file"]).read_bytes()).count(b"\n")
        assert lines == source["triples"] and source["made"]["rules"]
    paths = [document["path"] for source in manifest["sources"] for document in source["documents"]]
    assert paths and all("/" not in path for path in paths)
    load_report = json.loads((released / "load-report.json").read_text())
    assert load_report["counts"] == {"loaded": len(load_report["files"])} and load_report["assessments"] == 2


def test_the_shapes_and_the_vocabulary_of_the_graph_are_in_it(released: Path) -> None:
    files = contents(released / "ontology")
    assert {
        "councilgraph.ttl",
        "context.jsonld",
        "shapes/evidence.shapes.ttl",
        "schemes/theme.ttl",
    } < files.keys()
    assert "shapes/release/reviewed-only.ttl" in files and not [
        n for n in files if not n.endswith((".ttl", ".md", ".jsonld"))
    ]


def test_without_sentences_no_sentence_of_a_report_is_in_it(
    released: Path, make: Make, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    place = make("empty", sentences=False)
    assert check_release(str(place)) == []
    exact = pyoxigraph.NamedNode(f"{OA}exact")
    sentences = {quad.object.value for quad in loaded(released).quads_for_pattern(None, exact, None)}  # type: ignore[union-attr]
    assert len(sentences) > 20
    whole = b""
    for name, data in contents(place).items():
        if name.endswith(".gz"):
            whole += gzip.decompress(data)
        elif name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                whole += b"".join(map(book.read, book.namelist()))
        else:
            whole += data
    assert [text for text in sentences if text.encode() in whole] == []
    graph = loaded(place)
    place_of = f"?f a {cg('Finding')} ; {cg('passage')}/{cg('textDigest')} ?d"
    count = f"SELECT (COUNT(?f) AS ?n) {{ GRAPH ?g {{ {place_of} }} }}"
    here, there = (next(iter(one.query(count)))[0].value for one in (loaded(released), graph))  # type: ignore[union-attr, arg-type]
    assert here == there != "0"
    # What the catalogue counts is what is there: all statements but its own.
    own = pyoxigraph.NamedNode("https://w3id.org/councilgraph/graph/catalog")
    ours = pyoxigraph.NamedNode("https://w3id.org/councilgraph/id/dataset/councilgraph")
    (told,) = graph.quads_for_pattern(ours, pyoxigraph.NamedNode("http://rdfs.org/ns/void#triples"), None)
    assert int(told.object.value) == len(graph) - len(list(graph.quads_for_pattern(None, None, None, own)))  # type: ignore[union-attr]
    assert "No sentence of a report is" in (place / "LICENCE.md").read_text(encoding="utf-8")


def test_the_notes_tell_what_changed_since_the_release_before(
    make: Make, released: Path, tmp_path: Path, data: Path, reports: Path
) -> None:
    edit(reports / "northmoor" / "equity.txt", "nine markets", "ten markets")
    edit(data / "assessments" / "scores.csv", "EVB,2024-08,,2,2", "EVB,2024-08,,2,3")
    Builder(str(tmp_path / "store"), data, jobs=1, observations=(INVENTED / "observations",)).build([reports])
    place = make(store=tmp_path / "store", previous=str(released), version=f"{DAY}.2")
    notes = (place / "NOTES.md").read_text(encoding="utf-8")
    assert "2 councils changed" in notes and "score: 2 → 3" in notes and "ten markets" not in notes
    assert "source document" in notes and "register or table" in notes
    assert f"since release {DAY}" in (place / "README.md").read_text(encoding="utf-8")
    sums = (released / "SHA256SUMS").read_bytes()
    assert record(place)["previous"]["sha256sums"] == hashlib.sha256(sums).hexdigest()
    (before,) = described(place).objects(None, DCAT.previousVersion)
    (dataset,) = described(released).subjects(DCTERMS.issued, None)
    assert before == dataset


def test_the_command_says_what_it_made_and_its_exit_codes_tell_the_rest(
    built: Path, released: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def told(*arguments: object) -> tuple[int, str, str]:
        code = main(["release", *map(str, arguments)])
        return code, *capfd.readouterr()

    place = tmp_path / "release"
    code, out, messages = told(place, "--store", built)
    assert (code, out) == (0, "") and f"Release {DAY} of {DAY}" in messages
    assert contents(place) == contents(released)
    code, out, messages = told("--check", place)
    assert (code, out) == (0, "") and "every file is as it was made" in messages
    (place / "README.md").write_text("mine")
    (place / "letter.txt").write_text("mine too")
    assert told("--check", place, "--quiet") == (1, "changed: README.md\nextra: letter.txt\n", "")
    nowhere = tmp_path / "a"
    for arguments in ((tmp_path, "--check"), (nowhere, "--date", "soon"), (nowhere, "--store", tmp_path)):
        code, out, messages = told(*arguments)
        assert (code, out) == (2, "") and "what to do:" in messages
    assert not nowhere.exists()


def test_the_page_names_options_that_the_command_has(capfd: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "releases.md").read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["release", "--help"])
    offered = set(re.findall(r"--[a-z-]+", capfd.readouterr().out)) - {"--help"}
    named = {
        option
        for line in re.findall(r"councilgraph release ([^`\n]*)", page)
        for option in re.findall(r"--[a-z-]+", line)
    }
    assert named <= offered and all(option in page for option in offered - {"--store", "--quiet"})
