"""Strength, improvement, mixed or context: cues of the scheme, what negates them, and learned weights."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from councilgraph.extraction import polarity_words as words
from councilgraph.extraction.model_linear import Linear, load_model
from councilgraph.extraction.vocabulary import HIDDEN, Vocabulary, level

STRENGTH, IMPROVEMENT, MIXED, CONTEXT = "strength", "improvement", "mixed", "context"
_LONGEST = 4000  # characters looked at; see voices
_MOST_WORDS = 400
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d,.]*|%")
# How much likelier an example is to judge as the sentence before it, with cues of its own and without.
_KEEPS, _KEEPS_BARE = 4.0, 20.0


class Judged(NamedTuple):
    """A polarity, how sure (0..1), and what spoke for it."""

    slug: str
    sure: float
    rule: str


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    if word[0].isdigit():
        return "0"
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us")) else word


class Cue(NamedTuple):
    """A cue of the scheme, turned round where the words before it negate it."""

    slug: str
    label: str
    start: int


def _cues(text: str, low: str, vocabulary: Vocabulary) -> list[Cue]:
    found = []
    for hit in vocabulary.finder("polarity", [HIDDEN]).find(text):
        slug = hit.slug
        if slug in (STRENGTH, IMPROVEMENT):
            clause = low[max(0, hit.start - 60) : hit.start]
            near = clause[max(clause.rfind(","), clause.rfind(";")) + 1 :].split()[-9:]
            last = near[-3:]
            if slug == STRENGTH:
                if not words.NOT.isdisjoint(last) or _denied(near) or any(w.endswith("n't") for w in last):
                    slug = IMPROVEMENT
            elif not hit.label.startswith(("not ", "no ")) and not words.PUT_RIGHT.isdisjoint(last):
                slug = STRENGTH
        found.append(Cue(slug, hit.label, hit.start))
    return found


def _denied(near: list[str]) -> bool:
    """Whether one of the nine words before a cue is a subject that denies it."""
    return any(w in words.NOBODY and (w != "one" or near[i - 1 : i] == ["no"]) for i, w in enumerate(near))


def _sign(slugs: list[str]) -> str:
    good, bad = STRENGTH in slugs, IMPROVEMENT in slugs
    return "x" if good and bad else "+" if good else "-" if bad else "0"


def _clauses(low: str, cues: list[Cue]) -> list[str]:
    """The signs of the parts of a sentence between words of contrast."""
    cuts = [m.start() for m in words.CONTRAST.finditer(low) if m.start() > 2][:6]
    if words.WHILE.match(low) and (comma := low.find(",")) > 0:
        cuts = sorted({comma, *cuts})
    edges = [0, *cuts, len(low) + 1]
    return [_sign([c.slug for c in cues if a <= c.start < b]) for a, b in pairwise(edges)]


def polarity_features(
    text: str, vocabulary: Vocabulary, voices: tuple[str, ...], before: str | None = None
) -> tuple[list[str], list[Cue]]:
    """What the model weighs (each feature once, in order), and the cues found.

    ``voices`` are those of the sentence, ``before`` is the polarity of the one before it.
    """
    text = text[:_LONGEST]
    low = level(text)
    tokens = _WORD.findall(low)[:_MOST_WORDS]
    rules = words.rules_of(low, set(tokens))
    cues = _cues(text, low, vocabulary)
    slugs = [c.slug for c in cues]
    sign = _sign(slugs)
    good, bad = slugs.count(STRENGTH), slugs.count(IMPROVEMENT)
    features = [
        f"cue:strength:{min(good, 3)}",
        f"cue:improvement:{min(bad, 3)}",
        f"cue:mixed:{min(slugs.count(MIXED), 3)}",
        f"cue:context:{min(slugs.count(CONTEXT), 3)}",
        f"judged:{sign}",
        f"net:{max(-3, min(3, good - bad))}",
        f"length:{min(6, len(tokens) // 8)}",
    ]
    if turning := [s for s in slugs if s != CONTEXT]:
        features += [f"first:{turning[0]}", f"last:{turning[-1]}"]
    features += [f"label:{slug}:{label}" for slug, label, _ in cues]
    if "contrast" in rules or ";" in low:
        signs = _clauses(low, cues)
        features.append(f"turn:{signs[0]}{signs[-1]}:{len(signs) > 1:d}")
    opening = words.START.match(low)
    start = (opening.lastgroup if opening else None) or "own"
    features += [f"start:{start}:{sign}", f"begin:{start}"]
    if start != "own":
        features.append(f"before:{before}:{start}")
    nots = min(3, sum(t in words.NEGATIONS or t.endswith("n't") for t in tokens))
    features += [f"not:{nots}", f"not:{nots}:{sign}"]
    features += [f"rule:{name}" for name in rules]
    features += [f"ruled:{name}:{sign}" for name in rules]
    human = any(v not in ("assessor", "local-data", "national-data") for v in voices)
    features.append(f"voice:{'human' if human else voices[0] if voices else 'assessor'}")
    stems = [_stem(w) for w in tokens]
    features += [f"w:{w}" for w in stems]
    features += [f"n:{w}" for i, t in enumerate(tokens) if t in words.DENYING for w in stems[i + 1 : i + 4]]
    stop = words.STOP_PAIR
    features += [f"b:{a} {b}" for a, b in pairwise(stems) if not (a in stop and b in stop)]
    return list(dict.fromkeys(features)), cues


def judge(
    text: str,
    vocabulary: Vocabulary,
    voices: tuple[str, ...] = ("assessor",),
    before: str | None = None,
    model: Linear | None = None,
    illustrates: bool = False,
) -> Judged:
    """The polarity of a sentence.

    ``before`` is that of the sentence before it in the paragraph, None for the first;
    ``illustrates`` says that this one is an example of that one.
    """
    features, cues = polarity_features(text, vocabulary, voices, before)
    chances = (model or load_model("polarity")).probabilities(features)
    rule = (
        ", ".join(dict.fromkeys(f"{slug} '{label}'" for slug, label, _ in cues[:3]))
        or "words of the sentence"
    )
    low = level(text[:_LONGEST])
    if any(w in low for w in words.MIXED_WORDS) and (said := words.SAYS_MIXED.search(low)):
        return Judged(MIXED, max(0.9, chances[MIXED]), f"says '{said[0]}'")
    if illustrates and before in (STRENGTH, IMPROVEMENT):
        # An illustration keeps the polarity of what it illustrates unless its own words object clearly.
        own = any(slug != CONTEXT for slug, _, _ in cues)
        chances[before] *= _KEEPS if own else _KEEPS_BARE
        whole = sum(chances.values())
        chances = {c: p / whole for c, p in chances.items()}
        rule += f"; illustrates {before}"
    best = max(chances, key=lambda c: (chances[c], c))
    return Judged(best, chances[best], rule)
