"""The real sample reports, where they are at hand; no sentence of them is in the project."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from pathlib import Path

import pytest

from councilgraph.model import Report
from councilgraph.statements import STATEMENTS
from loaders.cqc_report import find_files, group_pages, peek_files, read_group
from loaders.cqc_report.lines import is_sentence

SHARED = Path(__file__).parents[4] / "shared"
REPORTS, GOLD = SHARED / "reports", SHARED / "gold"
pytestmark = pytest.mark.skipif(
    not REPORTS.is_dir(), reason="the sample reports (../shared/reports) are not here"
)


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    files = [p for p in find_files([REPORTS]) if p.name[0].isdigit()]
    keys, errors = peek_files(files)
    groups, more = group_pages(keys)
    assert not errors
    assert not more
    found = [read_group(group) for group in groups]
    return {report.authority: report for report in found}


def sentences(report: Report) -> int:
    return sum(len(p.sentences) for p in report.paragraphs)


def test_staffordshire(reports: dict[str, Report]) -> None:
    report = reports["Staffordshire County Council"]
    assert (report.published, report.last_updated) == (date(2025, 5, 30), date(2025, 5, 30))
    assert (report.rating, report.percentage, report.indicative) == ("good", 75, False)
    assert report.layout == "cqc-2025"
    assert report.scores == dict.fromkeys(STATEMENTS, 3)
    assert sentences(report) == 160
    assert report.warnings == ()
    assert [d.role for d in report.documents] == ["summary", "statement", "statement", "statement"]


def test_lincolnshire(reports: dict[str, Report]) -> None:
    report = reports["Lincolnshire County Council"]
    assert (report.started, report.published) == (date(2023, 5, 11), date(2023, 11, 17))
    assert (report.rating, report.percentage, report.indicative) == ("good", None, True)
    assert report.layout == "cqc-pilot-2023"
    assert report.scores == dict.fromkeys(STATEMENTS, 3)
    assert sentences(report) == 228
    assert len(report.facts) == 17
    assert [(w.code, w.where.split(":")[1]) for w in report.warnings] == [("unknown-line", "73")]


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold annotations (../shared/gold) are not here")
def test_sentences_are_those_of_the_gold_pages(reports: dict[str, Report]) -> None:
    compared = 0
    for file in sorted(GOLD.glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        report = reports[gold["authority"]["name"]]
        sections = {paragraph["section"] for paragraph in gold["paragraphs"]}
        ours = [
            (p.section, p.n, s.n, s.text)
            for p in report.paragraphs
            if p.section in sections
            for s in p.sentences
        ]
        theirs = [
            (p["section"], p["n"], s["n"], s["text"]) for p in gold["paragraphs"] for s in p["sentences"]
        ]
        assert ours == theirs
        compared += len(theirs)
    assert compared


@pytest.mark.parametrize("width", [66, 80, 100])
def test_wrapped_pages_give_the_same_sentences(
    width: int, reports: dict[str, Report], tmp_path: Path
) -> None:
    """A copy with a fixed width, pages of forty lines and their heads and feet."""
    for name, report in reports.items():
        for document in report.documents:
            if document.role == "landing":
                continue
            wrapped: list[str] = []
            for line in document.path.read_text(encoding="utf-8").splitlines():
                wrapped += [*textwrap.wrap(line, width, break_on_hyphens=False), ""]
            paged: list[str] = []
            for n, line in enumerate(wrapped, start=1):
                # Where a page ends with a sentence, nobody can tell whether its paragraph does.
                ends_page = n % 40 == 0 and line and not is_sentence(line)
                paged += [line, "", f"Page {n // 40} of 99", "\f"] if ends_page else [line]
            (tmp_path / document.name).write_text("\n".join(paged), encoding="utf-8")
        files = [tmp_path / document.name for document in report.documents]
        again = read_group(peek_files(files)[0])
        assert [s.text for p in again.paragraphs for s in p.sentences] == [
            s.text for p in report.paragraphs for s in p.sentences
        ], name
        assert [(p.section, p.n) for p in again.paragraphs] == [(p.section, p.n) for p in report.paragraphs]
        assert again.scores == report.scores
