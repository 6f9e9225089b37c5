"""Weights learned from annotated passages: logistic regression over named features."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from examples import Example, Passage

from councilgraph.extraction.labels import Models
from councilgraph.extraction.model_linear import Linear, Topics
from councilgraph.extraction.polarity import polarity_features
from councilgraph.extraction.themes import candidates, topic_words
from councilgraph.extraction.vocabulary import Vocabulary, level

LEAST = 0.02  # smaller weights are noise, and thousands of them
PARTS = 5  # parts of the passages, each read with topics learned from the others


class Settings(NamedTuple):
    """What cross-validation chose; the figures are flat around these."""

    polarity_strength: float = 0.4
    theme_strength: float = 0.4
    topic_damping: float = 3.0
    topic_least: float = 0.03
    topic_most: int = 4  # themes that a word can speak for
    real: float = 2.0  # a sentence of a real report counts as so many of ours
    unsure: float = 0.4  # a label that the annotator was unsure of counts so much


def rounded(model: Any, names: Iterable[str], classes: Iterable[str]) -> dict[str, Any]:
    """A fitted model as plain numbers, small weights left out."""
    weights = {
        str(name): [round(float(w), 3) for w in row]
        for name, row in zip(names, model.coef_.T, strict=True)
        if max(abs(float(w)) for w in row) >= LEAST
    }
    return {
        "classes": list(classes),
        "bias": [round(float(b), 3) for b in model.intercept_],
        "weights": weights,
    }


def fit(rows: list[list[str]], labels: list[Any], weights: list[float], strength: float) -> Any:
    """Logistic regression over features that occur at least twice: (model, names of its columns)."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(feature for row in rows for feature in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform({f: 1.0 for f in row if seen[f] > 1} for row in rows)
    model = LogisticRegression(C=strength, max_iter=4000, tol=1e-4, solver="lbfgs")
    model.fit(matrix, labels, sample_weight=weights)
    return model, vectorizer.get_feature_names_out()


def learn(
    passages: Sequence[Passage], vocabulary: Vocabulary, settings: Settings | None = None
) -> dict[str, Any]:
    """The models ``polarity``, ``theme`` and ``topics``, as they are written to the file."""
    s = settings or Settings()
    return {
        "polarity": learn_polarity(passages, vocabulary, s),
        "theme": learn_themes(passages, vocabulary, s),
        "topics": learn_topics(passages, s),
    }


def _weight(passage: Passage, example: Example, label: str, s: Settings) -> float:
    return (1.0 if passage.own else s.real) * (s.unsure if label in example.close else 1.0)


def learn_polarity(passages: Sequence[Passage], vocabulary: Vocabulary, s: Settings) -> dict[str, Any]:
    """Which of the four polarities a sentence has, from its features and the polarity before it."""
    rows, labels, weights = [], [], []
    for p in passages:
        before: str | None = None
        for e in p.examples:
            rows.append(polarity_features(e.text, vocabulary, e.voices, before)[0])
            labels.append(e.polarity)
            weights.append(_weight(p, e, "polarity", s))
            before = e.polarity
    model, names = fit(rows, labels, weights, s.polarity_strength)
    return rounded(model, names, (str(c) for c in model.classes_))


def learn_themes(passages: Sequence[Passage], vocabulary: Vocabulary, s: Settings) -> dict[str, Any]:
    """Whether a candidate theme is given."""
    rows, given, weights = [], [], []
    for part in range(PARTS):
        # Topics know by heart the sentences that they were learned from, and would be trusted too much.
        others = [p for i, p in enumerate(passages) if i % PARTS != part]
        topics = as_topics(learn_topics(others, s))
        for p in passages[part::PARTS]:
            before: tuple[str, ...] = ()
            first: tuple[str, ...] = ()
            for e in p.examples:
                for c in candidates(e.text, e.section, vocabulary, before, first, topics):
                    rows.append(list(c.features))
                    given.append(int(c.slug in e.themes))
                    weights.append(_weight(p, e, "themes", s))
                before, first = e.themes, first or e.themes
    model, names = fit(rows, given, weights, s.theme_strength)
    return rounded(model, names, ["given"])


def learn_topics(passages: Sequence[Passage], s: Settings) -> dict[str, Any]:
    """Ridge regression of each theme on the words of a sentence."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import Ridge

    examples = [(p, e) for p in passages for e in p.examples]
    rows = [topic_words(level(e.text)) for _, e in examples]
    seen = Counter(w for row in rows for w in row)
    themes = sorted({t for _, e in examples for t in e.themes})
    target = np.array([[float(t in e.themes) for t in themes] for _, e in examples])
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform({w: 1.0 for w in row if seen[w] > 2} for row in rows)
    weights = [1.0 if p.own else s.real for p, _ in examples]
    model = Ridge(alpha=s.topic_damping, solver="sparse_cg", tol=1e-4)
    model.fit(matrix, target, sample_weight=weights)
    table = {}
    for word, column in zip(vectorizer.get_feature_names_out(), model.coef_.T, strict=True):
        pairs = sorted(zip(themes, column, strict=True), key=lambda x: -abs(x[1]))[: s.topic_most]
        if row := {t: round(float(w), 2) for t, w in pairs if abs(w) >= s.topic_least}:
            table[str(word)] = row
    bias = {t: round(float(b), 3) for t, b in zip(themes, model.intercept_, strict=True)}
    return {"bias": bias, "weights": table}


def as_topics(data: dict[str, Any]) -> Topics:
    """Learned topics as the readers use them."""
    return Topics.of(data)


def as_linear(data: dict[str, Any]) -> Linear:
    """Learned weights as the readers use them."""
    weights = {k: tuple(v) for k, v in data["weights"].items()}
    return Linear(tuple(data["classes"]), tuple(data["bias"]), weights)


def as_models(data: dict[str, Any]) -> Models:
    """All learned models as the readers use them."""
    return Models(as_linear(data["polarity"]), as_linear(data["theme"]), as_topics(data["topics"]))
