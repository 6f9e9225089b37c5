"""A seeded generator of invented assessment reports: same seed, same bytes.

    python -m benchmarks.generator --reports 153 --sentences 250 --seed 1 OUT_DIR

The councils are real ones, so that the reports can be loaded beside the tables of ``data/``; the
scores, figures, bodies and sentences are invented. Months in which a council was really assessed
are avoided, so that no invented report meets a real row of the score table.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from benchmarks.grammar import Grammar, Said, count_fragments
from benchmarks.layouts import EXPERIENCES, STRENGTHS, Assessment, make_facts, render
from councilgraph import resources
from councilgraph.datafolder import DataFolder
from councilgraph.model import Council, Evidence
from councilgraph.statements import STATEMENTS
from loaders import read_one

FOLDER = "generated-assessments"
# How many reports of each hundred have a layout, and the months in which it was used.
LAYOUTS = {"A": 3, "B": 6, "C": 31, "D": 60}
SPANS = {
    "A": ((2023, 11), (2023, 11)),
    "B": ((2024, 5), (2024, 7)),
    "C": ((2024, 8), (2025, 2)),
    "D": ((2025, 5), (2026, 9)),
}
WITH_FACTS = "ABC"
# Scores of data/assessments/scores.csv: mean 2.6, and councils differ less than statements do.
_MEAN, _BETWEEN_COUNCILS, _WITHIN = 2.6, 0.3, 0.38
_SHARES = {
    EXPERIENCES: 8,
    STRENGTHS: 10,
    **dict.fromkeys(STATEMENTS, 9),
    "learning": 7,
    "assessing-needs": 12,
}


def make_assessments(reports: int, sentences: int, seed: int) -> Iterator[Assessment]:
    """Invented assessments of as many councils, each with that many narrative sentences.

    Raises:
        ValueError: there are not that many councils, or too few sentences for all sections.
    """
    data = DataFolder(Path(resources.path("data")))
    councils = [council for table in data.tables for council in table.councils]
    if not 1 <= reports <= len(councils):
        raise ValueError(f"from 1 to {len(councils)} reports can be generated, one a council")
    if sentences < len(_SHARES):
        raise ValueError(f"a report has {len(_SHARES)} sections, so it needs as many sentences")
    taken = {(header.council, header.month) for header in data.scores}
    order = Random(f"{seed}/order")
    for n, council in enumerate(order.sample(councils, reports)):
        # The first four are of the four layouts, so that a small set has them all.
        layout = "DCBA"[n] if n < 4 else order.choices(list(LAYOUTS), list(LAYOUTS.values()))[0]
        yield _assessment(council, layout, sentences, taken, Random(f"{seed}/{council.code}"))


def _assessment(
    council: Council, layout: str, sentences: int, taken: set[tuple[str, str]], rng: Random
) -> Assessment:
    level = rng.gauss(_MEAN, _BETWEEN_COUNCILS)
    scores = {s: min(4, max(1, round(rng.gauss(level, _WITHIN)))) for s in STATEMENTS}
    grammar = Grammar(rng, council.short_name)
    narrative = {
        section: _paragraphs(grammar, rng, section, count, scores.get(section, round(level)))
        for section, count in _spread(sentences).items()
    }
    return Assessment(
        code=council.code,
        council=council.name,
        layout=layout,
        published=_day(council.code, layout, taken, rng),
        scores=scores,
        narrative=narrative,
        facts=make_facts(rng) if layout in WITH_FACTS else {},
    )


def _day(code: str, layout: str, taken: set[tuple[str, str]], rng: Random) -> date:
    (year, month), (last_year, last_month) = SPANS[layout]
    first, last = year * 12 + month - 1, last_year * 12 + last_month - 1
    months = [date(m // 12, m % 12 + 1, 1) for m in range(first, last + 1)]
    free = [m for m in months if (code, f"{m:%Y-%m}") not in taken]
    return rng.choice(free or months).replace(day=rng.randint(1, 28))


def _spread(sentences: int) -> dict[str, int]:
    """How many of the sentences each section has: by its share, at least one, none lost."""
    whole = sum(_SHARES.values())
    counts = {section: max(1, sentences * share // whole) for section, share in _SHARES.items()}
    counts["assessing-needs"] += sentences - sum(counts.values())
    return counts


def _paragraphs(grammar: Grammar, rng: Random, section: str, count: int, score: int) -> list[list[Said]]:
    paragraphs: list[list[Said]] = []
    while count:
        size = min(count, rng.randint(3, 7))
        paragraphs.append([grammar.sentence(section, score) for _ in range(size)])
        count -= size
    return paragraphs


def file_name(assessment: Assessment) -> str:
    """The name of a report's file: marked as generated, and sorted by council."""
    return f"generated-{assessment.code}-{assessment.published:%Y-%m}-{assessment.layout}.txt"


def write_reports(out: Path, reports: int, sentences: int, seed: int) -> list[Path]:
    """Write the reports as files, with a README that says what they are."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for assessment in make_assessments(reports, sentences, seed):
        files.append(out / file_name(assessment))
        files[-1].write_text(render(assessment), encoding="utf-8", newline="\n")
    (out / "README.md").write_text(_readme(reports, sentences, seed), encoding="utf-8", newline="\n")
    return sorted(files)


def generate_evidence(reports: int, seed: int, sentences: int = 250) -> list[Evidence]:
    """The same reports as evidence objects, read as a build reads them."""
    data = DataFolder(Path(resources.path("data")))
    councils = {council.code: council for table in data.tables for council in table.councils}
    extractor = data.extractor()
    with tempfile.TemporaryDirectory() as folder:
        evidence = []
        for assessment in make_assessments(reports, sentences, seed):
            file = Path(folder) / file_name(assessment)
            file.write_text(render(assessment), encoding="utf-8", newline="\n")
            evidence.append(extractor.read(read_one([file]), councils[assessment.code]))
        return evidence


def _readme(reports: int, sentences: int, seed: int) -> str:
    return (
        "# Generated assessments: nothing here is real but the councils' names\n\n"
        f"{reports} reports of {sentences} narrative sentences each, made by councilgraph's benchmark "
        f"generator from {count_fragments()} fragments (seed {seed}) to measure speed. Scores, ratings, "
        "figures, bodies and sentences are invented and say nothing of any council. Do not publish them.\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write generated reports into a folder of their own under OUT_DIR."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=main.__doc__)
    parser.add_argument("--reports", type=int, default=153, help="at most one a council (default: 153)")
    parser.add_argument("--sentences", type=int, default=250, help="sentences in each (default: 250)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (default: 1)")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    options = parser.parse_args(arguments)
    try:
        files = write_reports(options.out / FOLDER, options.reports, options.sentences, options.seed)
    except ValueError as error:
        parser.error(str(error))
    print(f"{len(files)} reports in {options.out / FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
