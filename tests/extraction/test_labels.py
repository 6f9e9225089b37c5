"""Labels of a whole report: one finding for each sentence, and what goes on from sentence to sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.extraction.labels import label_findings
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.model import Finding, Place, Report
from tests.support.reports import make_report

SCHEMES = Path(__file__).resolve().parents[2] / "ontology" / "schemes"
VOCABULARY = load_vocabulary(SCHEMES)
CONCEPTS = VOCABULARY.concepts


def report(*paragraphs: list[str], section: str = "assessing-needs") -> Report:
    """A report with these sentences, paragraph by paragraph."""
    return make_report({section: paragraphs})


def label(*texts: str) -> tuple[Finding, ...]:
    return label_findings(report(list(texts)), VOCABULARY)


def test_every_sentence_is_one_finding_in_reading_order() -> None:
    findings = label_findings(report(["People waited.", "Staff said so."], ["It was good."]), VOCABULARY)
    assert [f.place for f in findings] == [
        Place("assessing-needs", 1, 1),
        Place("assessing-needs", 1, 2),
        Place("assessing-needs", 2, 1),
    ]


def test_every_label_says_why_it_was_given() -> None:
    (finding,) = label("Carers told us direct payments were easy to set up.")
    kinds = [rule.partition(":")[0] for rule in finding.rules]
    assert kinds[:2] == ["polarity", "voice"]
    assert kinds[2:] == [f"theme {slug}" for slug in finding.themes]
    assert finding.themes


def test_an_example_illustrates_the_finding_before_it_and_takes_its_polarity_and_voice() -> None:
    first, second = label(
        "People told us they had waited far too long for help.",
        "For example, one man in Saltmarsh had asked for a rail in the spring.",
    )
    assert second.illustrates == first.place
    assert (first.polarity, second.polarity) == ("improvement", "improvement")
    assert second.voices == ("people",)
    assert first.illustrates is None


def test_an_example_that_begins_a_paragraph_illustrates_nothing() -> None:
    findings = label_findings(report(["People waited."], ["For example, one man waited."]), VOCABULARY)
    assert findings[1].illustrates is None


def test_nothing_is_carried_over_the_end_of_a_paragraph() -> None:
    text = "They said it was slow."
    together = label("Carers told us about respite.", text)[1]
    apart = label_findings(report(["Carers told us about respite."], [text]), VOCABULARY)[1]
    alone = label(text)[0]
    assert together.voices == ("carers",)
    assert apart.voices == alone.voices == ("assessor",)
    assert apart.themes == alone.themes


def test_confidence_is_lower_where_a_voice_is_only_carried_on() -> None:
    words = "said staff were kind, helpful and responsive."
    named = label("Carers told us about letters.", f"Carers {words}")[1]
    carried = label("Carers told us about letters.", f"They {words}")[1]
    assert named.polarity == carried.polarity == "strength"
    assert named.confidence is not None
    assert carried.confidence is not None
    assert carried.confidence < named.confidence


LONG = [
    "the " * 10_000,
    "people told us " * 3_000,
    "not " * 10_000,
    "1" * 30_000,
    "1,1." * 9_000,
    "a" * 40_000,
    "'" * 20_000,
    "care home, " * 4_000,
    "staff and leaders and partners, " * 1_500,
    "data showed that people " * 1_500,
    " " * 40_000,
    "(" * 20_000,
    "but although while; " * 2_000,
    "feedback from the some other " * 1_500,
]


@pytest.mark.parametrize("text", LONG, ids=lambda t: t[:12].strip() or "spaces")
def test_a_pasted_page_in_place_of_a_sentence_is_labelled_like_any_other(text: str) -> None:
    (finding,) = label(text)
    assert finding.polarity in CONCEPTS["polarity"]
    assert finding.voices


def test_words_beyond_the_longest_sentence_do_not_change_its_labels() -> None:
    start = "Carers told us direct payments were easy to set up. " + "word " * 800
    short, long = label(start)[0], label(start + "Providers told us nothing was good. " * 50)[0]
    assert (short.voices, short.themes) == (long.voices, long.themes)


SENTENCES = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        [
            "For example, people waited.",
            "They said it was late.",
            "However, staff told us it had improved.",
            "Data showed 12% waited.",
            "This was not good.",
            "",
        ]
    ),
)


@given(
    st.lists(st.lists(SENTENCES, max_size=4), max_size=3), st.sampled_from([*CONCEPTS["report-section"], "x"])
)
def test_any_report_is_labelled_wholly_and_within_the_schemes(
    paragraphs: list[list[str]], section: str
) -> None:
    given_report = report(*paragraphs, section=section)
    findings = label_findings(given_report, VOCABULARY)
    places = [Place(p.section, p.n, s.n) for p in given_report.paragraphs for s in p.sentences]
    assert [f.place for f in findings] == places
    for finding in findings:
        assert finding.polarity in CONCEPTS["polarity"]
        assert finding.voices
        assert set(finding.voices) <= CONCEPTS["voice"].keys()
        assert set(finding.themes) <= CONCEPTS["theme"].keys()
        assert finding.confidence is not None
        assert 0 < finding.confidence < 1
        assert finding.illustrates is None or finding.illustrates in places
    assert label_findings(given_report, VOCABULARY) == findings
