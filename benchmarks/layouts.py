"""One assessment as the plain text of a whole report, in each of the four published layouts.

Only labels, dates and the wording of scores are as in the published pages; expectations, commitments
and figures are in words of our own, and a notice at the head says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks.grammar import Said
from councilgraph.statements import STATEMENTS

# It begins as a line of the published pages that the reader knows and skips.
NOTICE = (
    "Assessing how local authorities meet their duties under Part 1 of the Care Act is not what this text "
    "is for: it is generated to measure speed, and every score and sentence is invented."
)
RATINGS = ("inadequate", "requires-improvement", "good", "outstanding")
WORDINGS = {
    1: "significant shortfalls",
    2: "some shortfalls",
    3: "a good standard",
    4: "an exceptional standard",
}
THEMES = {
    "assessing-needs": "Theme 1: How the local authority works with people",
    "care-provision": "Theme 2: Providing support",
    "safe-pathways": "Theme 3: How the local authority ensures safety within the system",
    "governance": "Theme 4: Leadership",
}
NAMES = {
    "assessing-needs": "Assessing needs",
    "healthier-lives": "Supporting people to lead healthier lives",
    "equity": "Equity in experience and outcomes",
    "care-provision": "Care provision, integration and continuity",
    "partnerships": "Partnerships and communities",
    "safe-pathways": "Safe pathways, systems and transitions",
    "safeguarding": "Safeguarding",
    "governance": "Governance, management and sustainability",
    "learning": "Learning, improvement and innovation",
}
OLDER_NAMES = {
    "healthier-lives": "Supporting people to live healthier lives",
    "safe-pathways": "Safe systems, pathways and transitions",
}
EXPERIENCES, STRENGTHS = "people-experience-summary", "strengths-summary"
HEADINGS = {
    EXPERIENCES: "Summary of people's experiences",
    STRENGTHS: "Summary of strengths, areas for development and next steps",
}
NO_EXPECTATIONS = ("governance", "learning")
EXPECTATION = "I am asked what I want, I hear what was decided, and I know whom to turn to."
COMMITMENT = "We listen first, we act on what we hear, and we tell those concerned what came of it."


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that the text of one report is made from.

    ``narrative`` holds the paragraphs of each section; ``facts`` the figures of the "About" part
    by measure, empty where the layout has no such part.
    """

    code: str
    council: str
    layout: str
    published: date
    scores: dict[str, int]
    narrative: dict[str, list[list[Said]]]
    facts: dict[str, str]

    @property
    def percentage(self) -> int:
        """The sum of the scores over 36, rounded up as the published ones are."""
        return -(-sum(self.scores.values()) * 100 // 36)

    @property
    def rating(self) -> str:
        """The band that the percentage lies in."""
        return RATINGS[sum(self.percentage >= lowest for lowest in (39, 63, 88))]

    @property
    def pilot(self) -> bool:
        """Is this one of the pilots of 2023?"""
        return self.layout == "A"


def render(assessment: Assessment) -> str:
    """The report as text, with a blank line between any two lines."""
    return "\n\n".join(_lines(assessment)) + "\n"


def make_facts(rng: Random) -> dict[str, str]:
    """Figures of the "About" part, as they are printed."""
    budget = rng.randrange(180_000, 1_400_000) * 1000
    care = round(budget * rng.uniform(0.22, 0.41), -3)
    over = {name: rng.randrange(200, 9_000) * 1000 for name in ("total-budget", "adult-social-care")}
    return {
        "population": f"{rng.randrange(90_000, 1_500_000):,}",
        "population-over-65": f"{rng.uniform(9, 30):.2f}",
        "deprivation-decile": str(rng.randint(1, 10)),
        "ethnic-diversity": f"{rng.uniform(2, 48):.1f}",
        "total-budget-estimated": f"{budget:,}",
        "total-budget-actual": f"{budget + over['total-budget']:,}",
        "total-budget-difference": f"{over['total-budget']:,}",
        "adult-social-care-estimated": f"{care:,.0f}",
        "adult-social-care-actual": f"{care + over['adult-social-care']:,.0f}",
        "adult-social-care-difference": f"{over['adult-social-care']:,}",
        "adult-social-care-share": str(round(100 * care / budget)),
        "precept-raised": "full",
        "long-term-support": f"{rng.randrange(900, 14_000):,}",
        "short-term-support": f"{rng.randrange(150, 3_000):,}",
    }


def _lines(it: Assessment) -> Iterator[str]:
    yield f"{it.council} assessment" if it.pilot else f"{it.council}: local authority assessment"
    yield from ("How we assess local authorities", NOTICE)
    day = f"{it.published.day} {it.published:%B %Y}"
    if it.pilot:
        yield from ("Assessment start date: 11 September 2023", f"Assessment published: {day}")
    elif it.layout == "D":
        yield f"Published: {day} Page last updated: {day}"
    else:
        yield from (f"Assessment published: {day}", f"Page last updated: {day}")
    if it.facts:
        yield from _about(it)
    yield "Overall summary"
    yield from _overall(it)
    for section in (STRENGTHS, EXPERIENCES) if it.pilot else (EXPERIENCES, STRENGTHS):
        yield HEADINGS[section]
        yield from _paragraphs(it, section)
    for statement in STATEMENTS:
        if statement in THEMES:
            yield THEMES[statement]
        yield from _statement(it, statement)


def _about(it: Assessment) -> Iterator[str]:
    f, council = it.facts, it.council
    year = f"{it.published.year - 1}/{it.published.year % 100}"
    yield from (f"About {council}", "Demographics")
    yield (
        f"The last count of the area's population gave {f['population']}, and "
        f"{f['population-over-65']}% of them were aged 65 or more."
    )
    yield (
        "On the Index of Multiple Deprivation the area has a mean "
        f"of {f['deprivation-decile']} (10 stands for the most deprived)."
    )
    yield f"Of all residents, {f['ethnic-diversity']}% belong to minority ethnic groups."
    yield "Financial facts"
    yield (
        f"• For {year} it was foreseen that the total budget would be £{f['total-budget-estimated']}. "
        f"The actual spend came to £{f['total-budget-actual']}, "
        f"which was £{f['total-budget-difference']} more than foreseen."
    )
    yield (
        f"• In {year} it was foreseen that {council} would spend £{f['adult-social-care-estimated']} "
        f"on adult social care. The actual spend came to £{f['adult-social-care-actual']}, "
        f"which was £{f['adult-social-care-difference']} more than foreseen."
    )
    yield f"• Over {year}, {f['adult-social-care-share']}% of the budget was spent on adult social care."
    yield f"• The council raised the full adult social care precept for {year}."
    yield (
        f"• In {year} some {f['long-term-support']} people were accessing long-term support, and a further "
        f"{f['short-term-support']} people were accessing short-term support."
    )


def _overall(it: Assessment) -> Iterator[str]:
    rating = it.rating.replace("-", " ").capitalize()
    means = WORDINGS[RATINGS.index(it.rating) + 1]
    if it.pilot:
        yield from ("Local authority indicative rating", f"{rating}: Evidence shows {means}")
        return
    yield "Local authority rating and score"
    if it.layout == "D":
        yield from (
            f"  • {it.council}",
            f"    {rating}",
            f"Overall rating for {it.council}: {it.percentage}%",
        )
    else:
        yield rating
        yield f"{it.council} scored {it.percentage} out of 100 overall, indicating {means}"
    yield "Quality statement scores"
    for statement, score in it.scores.items():
        yield f"  • {NAMES[statement]}"
        yield f"    Score{'' if it.layout == 'B' else ':'} {score}"


def _statement(it: Assessment, statement: str) -> Iterator[str]:
    score, colon = it.scores[statement], ":" if it.pilot else ""
    yield OLDER_NAMES.get(statement, NAMES[statement]) if it.pilot else NAMES[statement]
    yield {"A": "Indicative score:", "B": f"Score {score}"}.get(it.layout, f"Score: {score}")
    yield f"{score} - Evidence shows {WORDINGS[score]}"
    if statement not in NO_EXPECTATIONS:
        yield f"What people expect{colon}"
        yield f'"{EXPECTATION}"' if it.pilot else EXPECTATION
    yield f"The local authority commitment{colon}"
    yield f'"{COMMITMENT}"' if it.pilot else COMMITMENT
    yield "Key findings for this quality statement"
    yield from _paragraphs(it, statement)


def _paragraphs(it: Assessment, section: str) -> Iterator[str]:
    for paragraph in it.narrative[section]:
        yield " ".join(said.text for said in paragraph)
