"""Gold pages and predictions of an invented council, made by dice: every way of being wrong occurs."""

from __future__ import annotations

import random
from typing import Any

Json = dict[str, Any]


def invented(seed: int) -> tuple[Json, Json]:
    """A gold page and a prediction that is right in most and wrong in every way there is."""
    dice = random.Random(seed)
    words = [
        "moor",
        "van",
        "ramp",
        "carers",
        "board",
        "waited",
        "weeks",
        "respite",
        "staff",
        "told",
        "plan",
        "eleven",
        "quickly",
        "bus",
        "advice",
    ]
    polarities = ["strength", "improvement", "mixed", "context"]
    voices = ["people", "staff", "assessor", "leaders"]
    themes = ["respite", "workforce", "safeguarding", "unpaid-carers", "finance"]
    names = ["Moor Trust", "Vale Age Alliance", "Moor and Vale Board", "Eastvale Police", "carers"]
    types = ["nhs-trust", "vcfse", "police"]
    maybe: Any = lambda share: dice.random() < share  # noqa: E731

    def some(of: list[str], most: int) -> list[str]:
        return dice.sample(of, dice.randint(0, most))

    def items(count: int, gold: bool) -> Json:
        def spot() -> Json:
            return {"section": "equity", "paragraph": dice.randint(1, 3), "sentence": dice.randint(1, 4)}

        def doubt(*kinds: str) -> Json:
            close = {"close": True} if gold and maybe(0.3) else {}
            other = {"alt_type": dice.choice(kinds)} if gold and kinds and maybe(0.3) else {}
            return {**close, **other}

        mentions = [
            {
                **spot(),
                "text": dice.choice(names),
                "type": dice.choice(types),
                "kind": dice.choice(["named", "generic"]),
                "normalised": dice.choice([None, *names]),
                **doubt(*types),
                **({"alt_kind": "named"} if gold and maybe(0.2) else {}),
            }
            for _ in range(count)
        ]
        partnerships = []
        for _ in range(count // 2):
            parties = some(names, 4)
            one = {
                **spot(),
                "type": dice.choice(["board", "network"]),
                "sentences": [dice.randint(1, 4)],
                "participants": parties,
                **doubt("board", "network"),
            }
            if gold and maybe(0.4):
                one["resolved"] = [dice.choice(names) for _ in parties] + (["Moor"] if maybe(0.3) else [])
            partnerships.append(one)
        strategies = [
            {
                **spot(),
                "title": f"{dice.choice(['Moor', 'Vale'])} Plan",
                "start": dice.choice([None, "2024", "2024-03"]),
                "end": None,
                **({"start_year": 2024, "end_year": None} if gold and maybe(0.5) else {}),
                **doubt(),
            }
            for _ in range(3)
        ]
        statistics = [
            {
                **spot(),
                "value": dice.choice([9, 9.0, "9", "1,200", 1200, "£3", "9x"]),
                "unit": "count",
                **doubt(),
            }
            for _ in range(count)
        ]
        laws = [
            {
                **spot(),
                "act": dice.choice(["Care Act 2014", "Care Act", "Equality Act 2010"]),
                "year": dice.choice([2014, None]),
                "section_of_act": dice.choice([None, "42"]),
                **doubt(),
            }
            for _ in range(3)
        ]
        if gold:
            laws.append(
                {**spot(), "act": "Care Act 2014", "year": 2014, "section": "42", "report_section": "equity"}
            )
            mentions.append({"section": "equity", "text": "Moor Trust", "type": "nhs-trust", "kind": "named"})
        return {
            "mentions": mentions,
            "partnerships": partnerships,
            "strategies": strategies,
            "statistics": statistics,
            "legislation": laws,
        }

    gold_paragraphs, given_paragraphs = [], []
    for n in (1, 2, 3):
        golds, givens = [], []
        for k in range(1, 5):
            text = " ".join(dice.choice(words) for _ in range(dice.randint(4, 14)))
            labels = {
                "polarity": dice.choice(polarities),
                "voice": some(voices, 2),
                "themes": some(themes, 3),
            }
            close = {"close": True} if maybe(0.2) else {}
            if close and maybe(0.6):
                close["close_on"] = dice.sample(["polarity", "voice", "themes"], dice.randint(1, 3))  # type: ignore[assignment]
            golds.append({"n": k, "text": text, **labels, **close})
            if maybe(0.9):
                told = (
                    labels
                    if maybe(0.6)
                    else {**labels, "polarity": dice.choice(polarities), "themes": some(themes, 3)}
                )
                givens.append(
                    {"n": len(givens) + 1, "text": text if maybe(0.7) else text[: len(text) // 2], **told}
                )
        gold_paragraphs.append({"section": "equity", "n": n, "sentences": golds})
        given_paragraphs.append({"section": "equity", "n": n, "sentences": givens})
    head = {"authority": {"name": "Northmoor County Council"}, "source": "x.txt"}
    gold = {
        **head,
        "assessment": {"overall_rating": "Good", "published": None, "scores": {"equity": 3, "learning": 2}},
        "paragraphs": gold_paragraphs,
        **items(8, gold=True),
    }
    given = {
        **head,
        "authority": dice.choice([{"name": "Northmoor"}, "Northmoor County Council", None]),
        "assessment": {"overall_rating": dice.choice(["good", None]), "scores": {"equity": 3}},
        "paragraphs": given_paragraphs,
        **items(10, gold=False),
    }
    return gold, given
