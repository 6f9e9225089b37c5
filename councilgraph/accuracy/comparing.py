"""One page: the evidence that was given against the evidence that was expected."""

from __future__ import annotations

from typing import Any

from councilgraph.accuracy.matching import (
    Item,
    Places,
    law,
    match,
    once,
    same_law,
    same_title,
    same_type,
    settle,
    years,
)
from councilgraph.accuracy.names import same_name, words
from councilgraph.accuracy.sentences import Key, Read, align, sentences_of
from councilgraph.accuracy.tally import Score, Tally

# Themes that are useful and too general to be scored.
UNSCORED = frozenset(
    (
        "partnership-working",
        "safeguarding",
        "access-and-first-contact",
        "continuity-of-care",
        "occupational-therapy",
    )
)
_HEADER = ("overall_rating", "overall_percentage", "published", "last_updated", "started")


def compare(gold: Item, given: Item, text: str | None = None) -> Tally:
    """What was counted for one page. Both are evidence objects as ``extract`` prints them.

    ``gold`` may say ``close`` (with ``close_on``) of a sentence, and ``close``, ``alt_type``
    and ``alt_kind`` of an item; its sentences may have offsets into ``text`` instead of words.
    """
    tally = Tally()
    _header(gold, given, tally.score("header fields"))
    golds, givens = sentences_of(gold, text), sentences_of(given, None)
    pairs = align(golds, givens)
    extra = max(0, len(givens) - len({one.key for one in pairs.values()}))
    tally.score("sentences").add(len(pairs), len(golds), len(pairs) + extra)
    for one in golds:
        _labels(one, pairs, tally)
    places = Places(pairs)
    _mentions(gold, given, places, tally)
    _arrangements(gold, given, places, tally)
    _strategies(gold, given, tally)
    figures = settle(gold.get("statistics", ()), given.get("statistics", ()), places.same_figure)
    _add(tally.score("statistics"), *figures)
    # the certain citation before the doubtful one of the same law
    laws = sorted(gold.get("legislation", ()), key=lambda one: bool(one.get("close")))
    _add(tally.score("law"), *settle(once(laws, law), once(given.get("legislation", ()), law), same_law))
    return tally


def close_on(labels: Item) -> set[str]:
    """The labels of an expected sentence that are close calls; ``close`` alone means polarity."""
    return set(labels.get("close_on") or (["polarity"] if labels.get("close") else ()))


def _header(gold: Item, given: Item, score: Score) -> None:
    expected, told = gold.get("assessment", {}), given.get("assessment", {})
    fields = [name for name in _HEADER if expected.get(name) is not None]
    right = sum(str(expected[name]).lower() == str(told.get(name)).lower() for name in fields)
    scores = expected.get("scores", {})
    right += sum(told.get("scores", {}).get(slug) == value for slug, value in scores.items())
    councils = [one.get("name") if isinstance(one, dict) else one for one in _both(gold, given, "authority")]
    right += same_name(*councils)
    total = len(fields) + len(scores) + 1
    score.add(right, total, total)


def _both(gold: Item, given: Item, name: str) -> tuple[Any, Any]:
    return gold.get(name), given.get(name)


def _labels(gold: Read, pairs: dict[Key, Read], tally: Tally) -> None:
    given: Item = pairs[gold.key].labels if gold.key in pairs else {}
    close = close_on(gold.labels)
    if "polarity" not in close:
        tally.polarity[gold.labels["polarity"], given.get("polarity")] += 1
    for name, single in (("voice", tally.voices), ("themes", tally.themes)):
        if name in close:
            continue
        want, have = (set(labels.get(name) or ()) - UNSCORED for labels in (gold.labels, given))
        tally.score(name).add_sets(want, have)
        for label in want | have:
            single.setdefault(label, Score()).add_sets(want & {label}, have & {label})


def _mentions(gold: Item, given: Item, places: Places, tally: Tally) -> None:
    def named(mentions: Any) -> list[Item]:
        """Those that may be meant as named; one that need not be is optional."""
        return [
            {**one, "close": one.get("close") or one.get("kind") != "named"}
            for one in mentions
            if "named" in (one.get("kind"), one.get("alt_kind"))
        ]

    golds, givens = gold.get("mentions", ()), given.get("mentions", ())
    _add(tally.score("named mentions"), *settle(named(golds), named(givens), places.same_mention))
    pairs, expected, told = settle(golds, givens, places.same_mention)
    _add(tally.score("mentions"), pairs, expected, told)
    tally.score("mention types").add(sum(same_type(g, m) for g, m in pairs), len(pairs), len(pairs))
    tally.score("full names").add(
        sum(same_name(g.get("normalised") or g["text"], m.get("normalised") or m["text"]) for g, m in pairs),
        len(pairs),
        len(pairs),
    )


def _arrangements(gold: Item, given: Item, places: Places, tally: Tally) -> None:
    pairs, expected, told = settle(
        gold.get("partnerships", ()), given.get("partnerships", ()), places.same_arrangement
    )
    _add(tally.score("partnerships"), pairs, expected, told)
    for one, other in pairs:
        as_told, have = one.get("participants", []), other.get("participants", [])
        want = one.get("resolved") or as_told
        # a party is right by the name that the text gives it or by the one that it stands for
        either = list(zip(want, as_told if len(as_told) == len(want) else want, strict=True))
        right = match(either, have, lambda w, h: same_name(w[0], h) or same_name(w[1], h))
        tally.score("parties").add(len(right), len(want), len(have))


def _strategies(gold: Item, given: Item, tally: Tally) -> None:
    def title(item: Item) -> str:
        return " ".join(words(item["title"]))

    golds, givens = (once(one, title) for one in (gold.get("strategies", ()), given.get("strategies", ())))
    pairs, expected, told = settle(golds, givens, same_title)
    _add(tally.score("strategies"), pairs, expected, told)
    tally.score("strategy years").add(sum(years(g) == years(m) for g, m in pairs), len(pairs), len(pairs))


def _add(score: Score, pairs: list[tuple[Item, Item]], expected: int, given: int) -> None:
    score.add(len(pairs), expected, given)
