"""Whatever stands in a report, it is read: no crash, no place that is not there, nothing made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councilgraph.councils import CouncilIndex
from councilgraph.extraction.extractor import RuleExtractor
from councilgraph.model import Council, Evidence, Paragraph, Report, Sentence, SourceDocument
from councilgraph.textdigest import digest
from councilgraph.validation.fast import FastEngine
from councilgraph.validation.shapes import read_shapes
from councilgraph.writing.report import write_report
from loaders import REFERENCE_LOADERS
from loaders.cqc_report.sentences import split_sentences
from loaders.documents.cleaning import clean

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "invented" / "data"
TABLES = tuple(table for load in REFERENCE_LOADERS for table in load(DATA))
ENGINE = FastEngine(read_shapes(ROOT / "ontology" / "shapes"))
EXTRACTOR = RuleExtractor.of(TABLES, ROOT / "ontology" / "schemes")
# Pieces that the patterns look for, so that fuzzing meets them in every order.
PIECES = (
    "The local authority", "told us", "Staff", "they", "For example,", "However", "was commissioned by",
    "Section 75 agreement", "section 42", "s117 ", "Care Act 2014", "under the",
    "Northmoor Partnership NHS Trust",
    "(NPT)", "NPT", "the local Integrated Care Board", "(ICB)", "Healthwatch", "Safeguarding Adults Board",
    "Strategy", "(2024-2029)", "2024/", "five-year", "co-produced", "1,2345", "12,", "£1.2 million", "£", "%",
    "per cent", "a fifth of", "two thirds", "between 3 and 5 weeks", "less than", "waited", "compared with",
    "the England average", "tending towards", "out of 152", "not", "no", "without", "and", ",", ";", ".",
    "(", ")", '"', "’", "“", "\u00a0", "\u200b", "\u202e", "Ünïcode", "学校", "\x00", "e.g.", "No. 5",
    "A" * 60, "-" * 40,
)  # fmt: skip


def council() -> Council | None:
    return CouncilIndex(c for table in TABLES for c in table.councils).find("Northmoor County Council")


DOCUMENT = SourceDocument("page.txt", "0" * 64, "statement", None, Path("page.txt"))


def report_of(*texts: str) -> Report:
    paragraphs = []
    for n, raw in enumerate(texts, start=1):
        text = clean(raw)
        sentences = split_sentences(text) if text else ()
        paragraphs.append(Paragraph("partnerships", n, text, sentences, "0" * 64, n))
    return Report(
        authority="Northmoor County Council", published=date(2025, 5, 30), started=None, last_updated=None,
        rating=None, percentage=None, indicative=False, layout=None, scores={}, facts=(),
        paragraphs=tuple(paragraphs), documents=(DOCUMENT,), warnings=(),
    )  # fmt: skip


def check(evidence: Evidence) -> None:
    """Places exist, words are the report's, labels are of their schemes, and the graph breaks no rule."""
    if evidence.council:
        written = write_report(evidence, "0.1.0+test").encode()
        broken = [r for r in ENGINE.validate(written).results if r.severity == "Violation"]
        assert broken == [], "a report would be refused for what the machine made of it"
    paragraphs = {(p.section, p.n): p for p in evidence.report.paragraphs}
    sentences = {(p.section, p.n, s.n): s for p in evidence.report.paragraphs for s in p.sentences}
    assert [(f.place.section, f.place.paragraph, f.place.sentence) for f in evidence.findings] == [*sentences]
    for finding in evidence.findings:
        assert finding.polarity in {"strength", "improvement", "mixed", "context"}
        assert finding.voices and finding.confidence is not None and 0 < finding.confidence < 1
    for mention in evidence.mentions:
        paragraph = paragraphs[mention.place.section, mention.place.paragraph]
        assert paragraph.text[mention.start : mention.end] == mention.text
        sentence = sentences[mention.place.section, mention.place.paragraph, mention.place.sentence]
        assert sentence.start <= mention.start < mention.end <= sentence.end
    for arrangement in evidence.partnerships:
        assert arrangement.sentences
        for n in arrangement.sentences:
            assert (arrangement.section, arrangement.paragraph, n) in sentences
    for item in (*evidence.strategies, *evidence.statistics, *evidence.citations):
        assert (item.place.section, item.place.paragraph, item.place.sentence) in sentences
    for statistic in evidence.statistics:
        place = statistic.place
        assert statistic.text in sentences[place.section, place.paragraph, place.sentence].text
        assert isinstance(statistic.value, Decimal) or statistic.value in statistic.text


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join), min_size=1, max_size=3))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_the_words_that_rules_look_for_in_any_order(texts: list[str]) -> None:
    check(EXTRACTOR.read(report_of(*texts), council()))


@given(st.text(max_size=400), st.text(alphabet="aA1,.%£()'\" -§", max_size=200))
@settings(max_examples=150)
def test_any_text_at_all(first: str, second: str) -> None:
    check(EXTRACTOR.read(report_of(first, second), None))


LONG = {
    "ten thousand words in one sentence": "the local authority told us that carers waited " * 1250,
    "no full stop": "Staff said (however they did not know the strategy of the Board " * 800,
    "only capitals": "THE LOCAL AUTHORITY AND THE NORTHMOOR PARTNERSHIP NHS TRUST HAD AN AGREEMENT. " * 300,
    "another language": "Die Stadt hat die Pflege verbessert, aber viele Menschen warten noch. " * 300,
    "open brackets": "(" * 20_000 + "Northmoor ICB",
    "quotation marks": "\"'“”‘’" * 6_000,
    "digits": "1" * 30_000 + " people",
    "groups of digits": "1,234," * 8_000 + " people",
    "one long word": "A" * 50_000,
    "capital words": "Moor " * 12_000 + "Trust",
    "capitals with and": "Moor and Vale of " * 4_000 + "Board",
    "acronyms": "(ABC) ABC " * 5_000,
    "sections of law": "sections 1, 2 and 3 of the " * 3_000 + "Care Act 2014",
    "years": "2024-2029/2030 to " * 3_000 + "Strategy",
    "negations": "not no never without " * 5_000,
    "commas": "carers, " * 10_000,
    "percent signs": "12% 13 per cent, " * 5_000,
    "spaces": "carers" + "\u00a0 \u2003" * 20_000 + "waited",
    "hyphens": "co-" * 15_000 + "produced",
    "zero width and controls": "car\u200bers\u202e \x07wai\u00adted " * 3_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_very_long_and_strange_sentences_are_read_to_the_end(text: str) -> None:
    """A pattern that backtracks without bound would not come back from these."""
    check(EXTRACTOR.read(report_of(text), council()))


def test_a_sentence_that_no_splitter_made_is_read_too() -> None:
    """Other loaders cut sentences in their own way; a whole paragraph can be one, or nothing but a mark."""
    texts = ("Staff said. Carers said. 12% waited.", "…", "?")
    paragraphs = tuple(
        Paragraph("learning", n, text, (Sentence(1, text, 0, len(text), digest(text)),), "0" * 64, n)
        for n, text in enumerate(texts, start=1)
    )
    report = report_of()
    check(
        EXTRACTOR.read(
            Report(**{**{f: getattr(report, f) for f in report.__slots__}, "paragraphs": paragraphs}),
            council(),
        )
    )
