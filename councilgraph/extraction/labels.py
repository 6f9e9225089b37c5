"""The labels of every sentence of a report: polarity, voices, themes, and why."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from councilgraph.extraction.model_linear import Linear, Topics
from councilgraph.extraction.polarity import judge
from councilgraph.extraction.themes import Themed, find_themes
from councilgraph.extraction.vocabulary import Vocabulary
from councilgraph.extraction.voices import Voiced, find_voices
from councilgraph.model import Finding, Paragraph, Place, Report

_ILLUSTRATES = re.compile(r"\W{0,2}for (?:example|instance)\b", re.IGNORECASE)


class Models(NamedTuple):
    """Learned weights; None stands for those that come along."""

    polarity: Linear | None = None
    theme: Linear | None = None
    topics: Topics | None = None


def label_findings(report: Report, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """One finding for each sentence, in reading order; nothing is looked up outside its paragraph.

    ``confidence`` is the chance, by the model's own lights, that the polarity is right and
    the least sure theme too; ``rules`` say what gave each label.
    """
    return tuple(f for paragraph in report.paragraphs for f in label_paragraph(paragraph, vocabulary))


def label_paragraph(
    paragraph: Paragraph, vocabulary: Vocabulary, models: Models | None = None
) -> list[Finding]:
    """The findings of one paragraph; a sentence can go on from the one before it."""
    models = models or Models()
    findings: list[Finding] = []
    first: tuple[str, ...] = ()
    for sentence in paragraph.sentences:
        before = findings[-1] if findings else None
        example = bool(_ILLUSTRATES.match(sentence.text)) and before is not None
        voiced = find_voices(sentence.text, vocabulary, before.voices if before else (), example)
        judged = judge(
            sentence.text,
            vocabulary,
            voiced.voices,
            before.polarity if before else None,
            models.polarity,
            example,
        )
        themed = find_themes(
            sentence.text,
            paragraph.section,
            vocabulary,
            before.themes if before else (),
            first,
            models.theme,
            models.topics,
        )
        first = first or themed.slugs
        findings.append(
            Finding(
                Place(paragraph.section, paragraph.n, sentence.n),
                judged.slug,
                voiced.voices,
                themed.slugs,
                _confidence(judged.sure, voiced, themed),
                (f"polarity: {judged.rule}", f"voice: {voiced.rule}", *themed.rules),
                before.place if before and example else None,
            )
        )
    return findings


def _confidence(polarity: float, voiced: Voiced, themed: Themed) -> Decimal:
    """0.05 to 0.99: as sure as the polarity, less where a theme is doubtful or a voice is only carried on."""
    carried = 0.9 if voiced.rule.startswith(("pronoun", "goes on", "illustrates")) else 1.0
    value = polarity * (0.75 + 0.25 * themed.sure) * carried
    return Decimal(str(round(min(0.99, max(0.05, value)), 2)))
