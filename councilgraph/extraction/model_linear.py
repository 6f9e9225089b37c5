"""A small linear model: weights learned beforehand, added up in plain Python.

The weights lie in ``model_weights.json`` beside this file and come from
``data/training/train.py``. The same text always gives the same sum.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Linear:
    """``weights[feature]`` are as many numbers as there are ``classes``; unknown features weigh nothing."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of weights for each class."""
        known = self.weights
        rows = [known[f] for f in features if f in known]
        return [sum(column) for column in zip(self.bias, *rows, strict=True)]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Softmax of the scores; with one class, its logistic probability."""
        scores = self.scores(features)
        if len(scores) == 1:
            return {self.classes[0]: 1 / (1 + math.exp(-max(-30.0, min(30.0, scores[0]))))}
        top = max(scores)
        powers = [math.exp(s - top) for s in scores]
        whole = sum(powers)
        return {c: p / whole for c, p in zip(self.classes, powers, strict=True)}


@dataclass(frozen=True, slots=True)
class Topics:
    """Which words go with which themes.

    ``weights[word]`` are pairs of a theme, by its place in ``themes``, and a weight; most
    words go with few themes.
    """

    themes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[tuple[int, float], ...]]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From ``{"bias": {theme: number}, "weights": {word: {theme: number}}}``."""
        themes = tuple(sorted(data["bias"]))
        place = {theme: i for i, theme in enumerate(themes)}
        weights = {w: tuple((place[t], x) for t, x in row.items()) for w, row in data["weights"].items()}
        return cls(themes, tuple(data["bias"][t] for t in themes), weights)

    def scores(self, words: Iterable[str]) -> dict[str, float]:
        """About 0 for a theme that the words do not speak of, about 1 for one that they do."""
        total = list(self.bias)
        known = self.weights
        for word in words:
            if word in known:
                for place, weight in known[word]:
                    total[place] += weight
        return dict(zip(self.themes, total, strict=True))


@cache
def _file() -> dict[str, Any]:
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "model_weights.json")
    with open(path, encoding="utf-8") as file:
        data: dict[str, Any] = json.load(file)
    return data


@cache
def load_topics() -> Topics:
    """The learned topics."""
    return Topics.of(_file()["topics"])


@cache
def load_model(name: str) -> Linear:
    """The learned model ``polarity`` or ``theme``."""
    data = _file()[name]
    return Linear(
        tuple(data["classes"]), tuple(data["bias"]), {k: tuple(v) for k, v in data["weights"].items()}
    )
