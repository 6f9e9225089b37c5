"""A seeded generator of invented assessment reports: same seed, same bytes.

    python -m benchmarks.generator --reports 153 --sentences 250 --seed 1 OUT_DIR

The councils are real ones, so that the reports can be loaded beside the tables of ``data/``; the
scores, figures, bodies and sentences are invented. Months in which a council was really assessed
are avoided, so that no invented report meets a real row of the score table. More than one report a
council has invented councils too (``field``): the tables to build with then lie beside the reports.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from benchmarks.field import ASSESSMENTS_EACH, councils_needed, write_data
from benchmarks.grammar import Grammar, Said, count_fragments
from benchmarks.layouts import EXPERIENCES, STRENGTHS, Assessment, make_facts, render
from councilgraph import resources
from councilgraph.datafolder import DataFolder
from councilgraph.model import Council, Evidence
from councilgraph.statements import STATEMENTS
from loaders import read_one

FOLDER, TABLES = "generated-assessments", "generated-tables"
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


def make_assessments(
    reports: int, sentences: int, seed: int, data: DataFolder | None = None
) -> Iterator[Assessment]:
    """Invented assessments of the councils of ``data``, each with that many narrative sentences.

    A council is assessed a second time only when all have been assessed once.

    Raises:
        ValueError: there are not that many councils, or too few sentences for all sections.
    """
    data = data or DataFolder(Path(resources.path("data")))
    councils = [council for table in data.tables for council in table.councils]
    if not 1 <= reports <= len(councils) * ASSESSMENTS_EACH:
        most = f"{len(councils) * ASSESSMENTS_EACH:,} reports of {len(councils):,} councils"
        raise ValueError(f"from 1 to {most} can be generated")
    if sentences < len(_SHARES):
        raise ValueError(f"a report has {len(_SHARES)} sections, so it needs as many sentences")
    taken = {(header.council, header.month) for header in data.scores}
    order = Random(f"{seed}/order")
    sampled = order.sample(councils, min(reports, len(councils)))
    for n in range(reports):
        turn, council = n // len(sampled), sampled[n % len(sampled)]
        # The first four are of the four layouts, so that a small set has them all.
        layout = "DCBA"[n] if n < 4 else order.choices(list(LAYOUTS), list(LAYOUTS.values()))[0]
        rng = Random(f"{seed}/{council.code}" + (f"/{turn}" if turn else ""))
        made = _assessment(council, layout, sentences, taken, rng)
        if reports > len(sampled):
            taken.add((council.code, f"{made.published:%Y-%m}"))
        yield made


def _assessment(
    council: Council, layout: str, sentences: int, taken: set[tuple[str, str]], rng: Random
) -> Assessment:
    # A layout whose months are used up by earlier assessments gives way to the newest one.
    layout, months = next(
        (one, free) for one in (layout, "D", "C") if (free := _free(council.code, one, taken))
    )
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
        published=rng.choice(months).replace(day=rng.randint(1, 28)),
        scores=scores,
        narrative=narrative,
        facts=make_facts(rng) if layout in WITH_FACTS else {},
    )


def _free(code: str, layout: str, taken: set[tuple[str, str]]) -> list[date]:
    """The months of a layout in which the council was not assessed."""
    (year, month), (last_year, last_month) = SPANS[layout]
    first, last = year * 12 + month - 1, last_year * 12 + last_month - 1
    months = [date(m // 12, m % 12 + 1, 1) for m in range(first, last + 1)]
    return [m for m in months if (code, f"{m:%Y-%m}") not in taken]


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


def write_field(out: Path, reports: int) -> DataFolder:
    """The tables for so many reports, under ``out`` where the shipped ones have too few councils."""
    shipped = DataFolder(Path(resources.path("data")))
    needed = councils_needed(reports, real := sum(len(table.councils) for table in shipped.tables))
    return DataFolder(write_data(out / TABLES, needed)) if needed > real else shipped


def write_reports(
    out: Path, reports: int, sentences: int, seed: int, data: DataFolder | None = None
) -> list[Path]:
    """Write the reports as files, with a README that says what they are."""
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for assessment in make_assessments(reports, sentences, seed, data):
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
    parser.add_argument("--reports", type=int, default=153, help="ten a council at most (default: 153)")
    parser.add_argument("--sentences", type=int, default=250, help="sentences in each (default: 250)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (default: 1)")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    options = parser.parse_args(arguments)
    try:
        data = write_field(options.out, options.reports)
        files = write_reports(options.out / FOLDER, options.reports, options.sentences, options.seed, data)
    except (ValueError, FileExistsError) as error:
        parser.error(str(error))
    print(f"{len(files)} reports in {options.out / FOLDER}; tables to build with (--data): {data.path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
