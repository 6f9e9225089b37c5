"""Invented reports, made from their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from councilgraph.model import Paragraph, Report, Sentence
from councilgraph.textdigest import digest

Text = Mapping[str, Sequence[Sequence[str]]]
"""Sentences by paragraph by section."""


def make_report(text: Text, **fields: Any) -> Report:
    """A report of these sections, paragraphs and sentences."""
    paragraphs = []
    for section, told in text.items():
        for n, sentences in enumerate(told, start=1):
            at, made = 0, []
            for k, words in enumerate(sentences, start=1):
                made.append(Sentence(k, words, at, at + len(words), digest(words)))
                at += len(words) + 1
            paragraphs.append(Paragraph(section, n, " ".join(sentences), tuple(made), "0" * 64, n))
    known = {
        "authority": "Northmoor County Council",
        "published": None,
        "started": None,
        "last_updated": None,
        "rating": None,
        "percentage": None,
        "indicative": False,
        "layout": None,
        "scores": {},
        "facts": (),
        "documents": (),
        "warnings": (),
    }
    return Report(paragraphs=tuple(paragraphs), **{**known, **fields})


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph in which nothing but a sentence ends in a full stop and a space."""
    return re.split(r"(?<=\.) ", text)
