"""A report printed as a PDF says what its text says, however it is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generator import make_assessments
from benchmarks.layouts import render
from councilgraph.model import Report
from loaders.cqc_report import read_one
from tests.support.printing import Print, print_pdf

CASES = Path(__file__).parents[1] / "cqc_report" / "cases"
STYLES = {
    "one-font-and-gaps": Print(headings=11),
    "running-head-and-foot": Print(head="Adult social care: a report", foot="Page {page} of {pages}"),
    "justified": Print(justified=True, head="Adult social care", foot="{page}", first_head=False),
    "two-columns": Print(columns=2, size=9, leading=11, gap=5, head="A head", foot="{page}", hyphens=True),
    "two-columns-justified": Print(columns=2, size=9, leading=11, gap=5, hyphens=True, justified=True),
    "indented-paragraphs": Print(gap=0, indent=18, foot="– {page} –"),
    "centred-headings-and-bookmarks": Print(centred=True, headings=20, bookmarks=True),
    "hyphens": Print(hyphens=True, gap=4),
    "landscape-of-two-columns": Print(width=842, height=595, columns=2, size=10, leading=12),
    "printed-sideways": Print(sideways=True, foot="{page}"),
}
REPORTS = (
    "layout-a-pilot",
    "layout-b-first-wave",
    "layout-d-nested-one-file",
    "score-wording-en-dash",
    "finance-malformed-amount",
    "sub-heading-in-findings",
)


def told(report: Report) -> dict[str, object]:
    return {
        "authority": report.authority,
        "dates": (report.published, report.started, report.last_updated),
        "judgement": (report.rating, report.percentage, report.indicative, report.layout, report.scores),
        "facts": [(f.measure, f.value, f.unit, f.period) for f in report.facts],
        "paragraphs": [(p.section, p.n, p.text) for p in report.paragraphs],
        "digests": [s.digest for p in report.paragraphs for s in p.sentences],
        "warnings": [w.code for w in report.warnings],
    }


def text_and_print(folder: Path, text: str, style: Print) -> tuple[Report, Report]:
    plain, printed = folder / "report.txt", folder / "report.pdf"
    plain.write_text(text, encoding="utf-8")
    printed.write_bytes(print_pdf(text, style))
    return read_one([plain]), read_one([printed])


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_every_layout_says_the_same_printed(style: Print, tmp_path: Path) -> None:
    seen = set()
    for assessment in make_assessments(4, 40, 3):
        text = render(assessment)
        plain, printed = text_and_print(tmp_path, text, style)
        assert told(printed) == told(plain)
        assert printed.paragraphs[-1].page
        seen.add(assessment.layout)
    assert seen == set("ABCD")


@pytest.mark.parametrize("case", REPORTS)
@pytest.mark.parametrize("style", ["one-font-and-gaps", "two-columns-justified", "indented-paragraphs"])
def test_cases_of_the_text_reader_say_the_same_printed(case: str, style: str, tmp_path: Path) -> None:
    (file,) = (CASES / case / "input").iterdir()
    plain, printed = text_and_print(tmp_path, file.read_text(encoding="utf-8"), STYLES[style])
    assert told(printed) == told(plain)


def test_paragraphs_of_a_print_know_their_page(tmp_path: Path) -> None:
    (assessment,) = make_assessments(1, 120, 3)
    plain, printed = text_and_print(tmp_path, render(assessment), STYLES["running-head-and-foot"])
    pages = [p.page or 0 for p in printed.paragraphs]
    assert pages == sorted(pages)
    assert set(pages) >= {3, 4, 5}
    assert all(p.page is None for p in plain.paragraphs)


def test_a_warning_about_a_print_names_its_page(tmp_path: Path) -> None:
    (assessment,) = make_assessments(1, 120, 3)
    lines = render(assessment).splitlines()
    lines.insert(len(lines) - 1, "A heading of their own")
    _, printed = text_and_print(tmp_path, "\n".join(lines), STYLES["running-head-and-foot"])
    (warning,) = [w for w in printed.warnings if w.code == "unknown-heading"]
    last = printed.paragraphs[-1].page
    assert warning.where == f"report.pdf page {last}"
