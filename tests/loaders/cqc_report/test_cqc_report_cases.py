"""Every folder below ``cases/``: report files, and the report or the error they must give.

A new example is a new folder with ``input/`` and ``README.md``; no Python is needed. Set
REWRITE_EXPECTED=1 to write ``expected.json`` anew, and read the difference before keeping it.
"""

from __future__ import annotations

import doctest
import json
import os
import random
import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import loaders.cqc_report
from councilgraph.errors import InputError
from councilgraph.model import Report
from loaders.cqc_report import group_pages, peek_files, read_group, read_one

LOADER = Path(loaders.cqc_report.__file__).parent
CASES = sorted(p for p in (Path(__file__).parent / "cases").iterdir() if p.is_dir())


def expected(case: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return told


def files_of(case: Path) -> list[Path]:
    return sorted(p for p in (case / "input").rglob("*") if p.is_file())


def as_json(report: Report) -> dict[str, Any]:
    """The report as the expectation writes it: all that a reader can see of it."""
    sections: dict[str, Any] = {}
    for paragraph in report.paragraphs:
        section = sections.setdefault(paragraph.section, {"paragraphs": 0, "sentences": 0, "text": []})
        section["paragraphs"] += 1
        section["sentences"] += len(paragraph.sentences)
        section["text"].append({"line": paragraph.line, "sentences": [s.text for s in paragraph.sentences]})
    return {
        "header": {
            "authority": report.authority,
            "published": report.published and report.published.isoformat(),
            "started": report.started and report.started.isoformat(),
            "last_updated": report.last_updated and report.last_updated.isoformat(),
            "rating": report.rating,
            "percentage": report.percentage,
            "indicative": report.indicative,
            "layout": report.layout,
        },
        "documents": {d.name: [d.role, d.layout] for d in report.documents},
        "scores": report.scores,
        "facts": [[f.measure, str(f.value), f.unit, f.period] for f in report.facts],
        "sections": sections,
        "warnings": [[w.code, w.where, w.message] for w in report.warnings],
    }


def evidence(report: Report) -> dict[str, Any]:
    """What does not depend on which file a page lay in."""
    told = as_json(report)
    for section in told["sections"].values():
        for paragraph in section["text"]:
            del paragraph["line"]
    return {key: told[key] for key in ("header", "scores", "facts", "sections")}


def read(case: Path) -> dict[str, Any]:
    try:
        return as_json(read_one([case / "input"]))
    except InputError as error:
        folder = f"{case / 'input'}{os.sep}"
        where, what = error.where.replace(folder, ""), error.what.replace(folder, "")
        return {"error": {"what": what, "where": where, "cure": error.cure}}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_files_give_what_is_expected(case: Path) -> None:
    result = read(case)

    if os.environ.get("REWRITE_EXPECTED"):
        text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
        (case / "expected.json").write_text(text, encoding="utf-8")
    assert result == expected(case)
    if "error" in result:
        assert result["error"]["where"]
        assert result["error"]["cure"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case_is_complete(case: Path) -> None:
    title, blank, purpose, see = (case / "README.md").read_text(encoding="utf-8").splitlines()
    assert title.startswith("# ")
    assert not blank
    assert purpose.startswith("Purpose: ")
    assert see.startswith("What to see: ")
    assert ("error" in expected(case)) is case.name.startswith("error-")


def test_every_kind_of_warning_has_a_case() -> None:
    """A rule without a counter-example may have stopped working unseen."""
    code = "\n".join(p.read_text(encoding="utf-8") for p in LOADER.glob("*.py"))
    given = set(re.findall(r'(?:arn\(|LoadWarning\()\s*"([a-z-]+)"', code))
    assert len(given) > 10
    assert {w[0] for case in CASES for w in expected(case).get("warnings", ())} == given


@pytest.mark.parametrize("case", [c for c in CASES if not c.name.startswith("error-")], ids=lambda c: c.name)
def test_order_of_files_does_not_matter(case: Path) -> None:
    files = files_of(case)
    first = read_group(_keys(files))
    for seed in range(5):
        random.Random(seed).shuffle(files)
        assert read_group(_keys(files)) == first


def test_pages_and_one_file_give_the_same_evidence() -> None:
    cases = Path(__file__).parent / "cases"
    pages = read_one([cases / "layout-d-nested-pages" / "input"])
    one = read_one([cases / "layout-d-nested-one-file" / "input"])
    assert evidence(pages) == evidence(one)
    assert [s.digest for p in pages.paragraphs for s in p.sentences] == [
        s.digest for p in one.paragraphs for s in p.sentences
    ]


def test_markdown_and_plain_text_give_the_same_sections() -> None:
    cases = Path(__file__).parent / "cases"
    markdown = expected(cases / "markdown-page")
    plain = expected(cases / "layout-d-nested-pages")
    assert [p["sentences"] for p in markdown["sections"]["assessing-needs"]["text"]] == [
        p["sentences"] for p in plain["sections"]["assessing-needs"]["text"]
    ]
    assert markdown["warnings"] == []


def _keys(files: Iterable[Path]) -> list[Any]:
    keys, errors = peek_files(files)
    groups, more = group_pages(keys)
    assert not errors
    assert not more
    assert len(groups) == 1
    return groups[0]


@pytest.mark.parametrize("module", ["header", "page"])
def test_examples_in_docstrings_hold(module: str) -> None:
    done = doctest.testmod(import_module(f"loaders.cqc_report.{module}"))
    assert done.attempted
    assert not done.failed
