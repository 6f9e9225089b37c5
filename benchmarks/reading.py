"""The sides that read: reports from text, web pages and PDF, and evidence from their prose.

    python -m benchmarks.reading NAME WORK_DIR

Time is that of the processor, helpers' processes included: on a shared machine the clock on the
wall tells of its other work. What is read is made before the clock starts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from benchmarks import figures, tables
from benchmarks.figures import Figure, Memory, Rate
from benchmarks.generator import make_assessments, write_reports
from benchmarks.measure import (
    Options,
    Sample,
    in_turn,
    peak_mib,
    processor_time,
    run_module,
    summary,
)
from councilgraph import resources
from councilgraph.datafolder import DataFolder
from councilgraph.model import Report
from loaders import read_one
from loaders.cqc_report.page_reader import read_page
from loaders.documents import read_document

REPORTS, SENTENCES = 24, 250
_HEADINGS = 90  # characters; a longer line of a report is a paragraph

Result = dict[str, Any]

NAME = "reading"
WHAT = {
    "extract": "councilgraph: reports of 250 sentences, in memory, to evidence; patterns and weights loaded",
    "extract_half": "councilgraph: the same with 125 sentences a report",
    "text_pages": "councilgraph: reports of 36 sentences from plain text to paragraphs",
    "html_pages": "councilgraph: the same as saved web pages, navigation and footer around them",
    "pdf_pages": "councilgraph: reports of 250 sentences printed as PDF, the helper process included",
}
FIGURES = (
    Figure("f-growth", "reading reports of 250 sentences / of 125 sentences", "extract", "extract_half", 2.2),
)
RATES = (
    Rate("f-extract", "reports of 250 sentences to evidence, a second on two cores", "extract", 25.0, 2),
    Rate("f-html", "saved web pages read, a second on one core", "html_pages", 200.0),
    Rate("f-pdf", "printed PDF pages read, a second on one core", "pdf_pages", 20.0),
)
LIMITS = (Memory("f-memory", "peak memory of reading reports into evidence, MiB", "extract", 500),)


def measure(work: Path, options: Options) -> dict[str, Any]:
    """All sides in turn."""
    return {"sides": measure_sides("benchmarks.reading", SIDES, work, min(3, options.repetitions))}


def measure_sides(
    module: str, names: Mapping[str, Any], work: Path, repetitions: int
) -> dict[str, dict[str, Any]]:
    """The sides of a module in turn, each in a process of its own; their summaries."""

    def side(name: str) -> Callable[[], Sample]:
        return lambda: run_module(module, name, str(work))

    found = in_turn({name: side(name) for name in names}, repetitions)
    return {name: summary(samples) for name, samples in found.items()}


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """Growth with the length of a report, units a second, and the memory."""
    return figures.evaluate(found["sides"], FIGURES, RATES, LIMITS)


def section(found: dict[str, Any]) -> Iterator[str]:
    """The sides."""
    yield "## Reading reports"
    yield ""
    yield (
        f"{REPORTS} generated reports, processor time, helpers included. Reports and pages a second are no "
        "ratios: they are what this machine did, and another does more or less. On two cores stands for "
        "twice what one does, as reports are read apart."
    )
    yield ""
    yield from tables.sides_table(found["sides"], WHAT)


def main(sides: Mapping[str, Callable[[Path], Result]], arguments: list[str]) -> int:
    """Run one side and print what it took, its peak memory with it."""
    result = sides[arguments[0]](Path(arguments[1]))
    result["rss_mib"] = peak_mib()
    print(json.dumps(result))
    return 0


def extract(work: Path) -> Result:
    """councilgraph: reports of 250 sentences, read already, to evidence."""
    return _extract(work, SENTENCES)


def extract_half(work: Path) -> Result:
    """councilgraph: the same with 125 sentences a report."""
    return _extract(work, SENTENCES // 2)


def _extract(work: Path, sentences: int) -> Result:
    data = DataFolder(Path(resources.path("data")))
    councils, extractor = data.councils, data.extractor()
    reports = _reports(work, sentences)
    extractor.read(reports[0], councils.find(reports[0].authority))  # patterns and weights are loaded once
    start = processor_time()
    for report in reports:
        extractor.read(report, councils.find(report.authority))
    return {"seconds": processor_time() - start, "units": len(reports)}


def _reports(work: Path, sentences: int) -> list[Report]:
    folder = work / f"reading-{sentences}"
    files = write_reports(folder, REPORTS, sentences, 1)
    return [read_one([file]) for file in files]


def text_pages(work: Path) -> Result:
    """councilgraph: statement pages in plain text to paragraphs."""
    return _pages(work, ".txt", str.encode)


def html_pages(work: Path) -> Result:
    """councilgraph: the same pages as saved from a site, navigation and footer included."""
    return _pages(work, ".html", _as_html)


def pdf_pages(work: Path) -> Result:
    """councilgraph: whole reports printed as PDF; counted are the printed pages."""
    return _pages(work, ".pdf", _as_pdf)


def _pages(work: Path, suffix: str, made: Callable[[str], bytes]) -> Result:
    from benchmarks.layouts import render

    # A page of a report holds some 30 sentences; a PDF is one file of them all.
    sentences = SENTENCES if suffix == ".pdf" else 36
    folder = work / f"pages{suffix}"
    folder.mkdir(exist_ok=True)
    files = []
    for n, assessment in enumerate(make_assessments(REPORTS, sentences, 2)):
        file = folder / f"{n}{suffix}"
        file.write_bytes(made(render(assessment)))
        files.append(file)
    read_page(read_document(files[0]))
    start, units = processor_time(), 0
    for file in files[1:]:
        document = read_document(file)
        read_page(document)
        units += max((line.page or 1 for line in document.lines), default=1)
    return {"seconds": processor_time() - start, "units": units}


def _as_html(text: str) -> bytes:
    blocks = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        tag = "h2" if len(line) < _HEADINGS and line[-1] not in ".%0123456789" else "p"
        words = escape(line.removeprefix("•").strip())
        blocks.append(f'<div class="row"><{tag} class="text"><span>{words}</span></{tag}></div>')
    links = "".join(f'<li><a href="/page-{n}">Page {n}</a></li>' for n in range(60))
    return (
        "<!DOCTYPE html><html lang=en><head><title>Report</title><style>p{margin:0}</style>"
        f"<script>var a={'0,' * 2000}0;</script></head><body><nav><ul>{links}</ul></nav>"
        f"<main>{''.join(blocks)}</main><footer><ul>{links}</ul></footer></body></html>"
    ).encode()


def _as_pdf(text: str) -> bytes:
    import io

    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    story = [
        Paragraph(
            escape(line), styles["Heading2" if len(line) < _HEADINGS and line[-1] != "." else "BodyText"]
        )
        for line in filter(None, map(str.strip, text.split("\n")))
    ]
    out = io.BytesIO()
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


SIDES: dict[str, Callable[[Path], Result]] = {
    side.__name__: side for side in (extract, extract_half, text_pages, html_pages, pdf_pages)
}


if __name__ == "__main__":
    sys.exit(main(SIDES, sys.argv[1:]))
