"""The page of a print goes with its findings, into the graph and into the JSON."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from benchmarks.generator import make_assessments
from benchmarks.layouts import render
from councilgraph.evidence_json import evidence_object
from councilgraph.model import Council, Evidence, Report
from councilgraph.writing.report import write_report
from loaders.cqc_report import read_one
from tests.support.printing import Print, print_pdf

COUNCIL = Council("NMR", "Northmoor County Council", "Northmoor", "county", "E10000099")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Report]:
    (assessment,) = make_assessments(1, 60, 3)
    folder = tmp_path_factory.mktemp("print")
    text = render(assessment)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    (folder / "report.pdf").write_bytes(print_pdf(text, Print(foot="{page}")))
    return read_one([folder / "report.txt"]), read_one([folder / "report.pdf"])


def evidence(report: Report) -> Evidence:
    return Evidence(report, COUNCIL, ())


def test_passages_of_a_print_have_its_pages(reports: tuple[Report, Report]) -> None:
    _, printed = reports
    triples = write_report(evidence(printed), "1")
    pages = re.findall(r'/passage/\S+> <\S+def#pageNumber> "(\d+)"\^\^<\S+#integer> \.', triples)
    assert [int(page) for page in pages] == [p.page for p in printed.paragraphs for _ in p.sentences]
    assert 'format> "application/pdf" .' in triples


def test_passages_of_a_text_have_none(reports: tuple[Report, Report]) -> None:
    plain, _ = reports
    triples = write_report(evidence(plain), "1")
    assert "pageNumber" not in triples
    assert 'format> "text/plain" .' in triples


def test_the_address_of_a_document_is_its_source(reports: tuple[Report, Report]) -> None:
    _, printed = reports
    address = "https://example.org/northmoor.pdf"
    found = replace(printed, documents=(replace(printed.documents[0], address=address),))
    assert f"source> <{address}> ." in write_report(evidence(found), "1")
    assert "example.org" not in write_report(evidence(printed), "1")


def test_json_gives_the_page_only_where_it_is_known(reports: tuple[Report, Report]) -> None:
    plain, printed = (evidence_object(evidence(report))["paragraphs"] for report in reports)
    assert [p["page"] for p in printed] == [p.page for p in reports[1].paragraphs]
    assert not any("page" in p for p in plain)
    assert [{k: v for k, v in p.items() if k != "page"} for p in printed] == plain
