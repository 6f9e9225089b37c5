"""From a report's text to evidence objects, each with its exact words and place."""

from __future__ import annotations

from councilgraph.model import Council, Evidence, Finding, Place, Report


def read_evidence(report: Report, council: Council | None) -> Evidence:
    """The evidence of one report: every narrative sentence is a finding."""
    findings = tuple(
        Finding(Place(paragraph.section, paragraph.n, sentence.n))
        for paragraph in report.paragraphs
        for sentence in paragraph.sentences
    )
    return Evidence(report, council, findings)
