"""Phrases that name a kind of body ("care providers"), from the scheme and from their parts.

The labels of the scheme ``organisation-kind`` are phrases as they stand. What follows a rule
("VCFSE" with "partners", "groups", "organisations") is put together here: written out it would
be a thousand labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from councilgraph.extraction.bodies.kind_tables import ALONE, COMPOSED, NO_BODY
from councilgraph.extraction.bodies.words import Words, keys
from councilgraph.extraction.vocabulary import PREF, Vocabulary

SCHEME = "organisation-kind"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for a kind. ``proper``: they are a name. ``capitals``: words that must be in capitals."""

    kind: str
    capitals: tuple[int, ...]
    proper: bool = False


def phrases(vocabulary: Vocabulary) -> Iterator[tuple[str, Phrase]]:
    """All phrases: (text, what they stand for)."""
    seen: set[tuple[str, ...]] = set()
    for text, kind in (*_alone(), *_composed(), *_labels(vocabulary)):
        if (mark := keys(text)) not in seen:
            seen.add(mark)
            yield text, Phrase(kind, _capitals(text), _proper(text, kind))


def _labels(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    concepts = vocabulary.concepts[SCHEME]
    shunned = {keys(label) for label in NO_BODY}
    for slug, concept in concepts.items():
        for kind, labels in concept.labels.items():
            for label in labels:
                if keys(label) not in shunned:
                    # "Regulator" begins with a capital because it is a heading, not a name.
                    heading = kind == PREF and label[1:2].islower()
                    yield (label[0].lower() + label[1:] if heading else label), slug


def _composed() -> Iterator[tuple[str, str]]:
    for kind, cores, nouns in COMPOSED:
        for core, noun in product(cores.split("|"), nouns.split("|")):
            yield f"{core} {noun}", kind
            if kind == "vcfse" and core.startswith(("voluntary ", "voluntary,", "community and")):
                # The abbreviation in brackets stands inside the mention where a noun follows.
                for short in ("VCFSE", "VCSE", "VCS", "VCFS"):
                    yield f"{core} ({short}) {noun}", kind
                    yield f"{core} ({short}) sector {noun}", kind


def _alone() -> Iterator[tuple[str, str]]:
    for kind, texts in ALONE:
        yield from ((text, kind) for text in texts.split("|"))


def _capitals(text: str) -> tuple[int, ...]:
    words = Words(text)
    printed = [words.raw(i).rstrip("s") for i in range(len(words))]
    return tuple(i for i, word in enumerate(printed) if len(word) > 1 and word.isupper())


def _proper(text: str, kind: str) -> bool:
    if kind == "healthwatch":
        return text == "Healthwatch"
    if kind not in ("national-body", "regulator"):
        return False
    last = text.rsplit(maxsplit=1)[-1]
    return text[0].isupper() and (last[0].isupper() or text.isupper())
