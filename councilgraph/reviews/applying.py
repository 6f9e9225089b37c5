"""Everything that was reviewed, put in the place of the machine's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from councilgraph.model import Evidence, Finding, Mention, Partnership, Party, Place, Reviewed
from councilgraph.reviews.deciding import apply_decisions
from councilgraph.reviews.joining import find_again
from councilgraph.reviews.mentions import place_mentions


def apply_reviews(evidence: Evidence, reviewed: Reviewed) -> Evidence:
    """The evidence with everything that was reviewed in the place of the machine's.

    Decisions about single things come after the sentences that were reviewed as a whole.

    A finding whose reviewed labels equal the machine's is ``accepted``, another ``corrected``.
    No finding is lost or made: every sentence has the one that it had.
    """
    sentences = {
        Place(paragraph.section, paragraph.n, sentence.n): (paragraph, sentence)
        for paragraph in evidence.report.paragraphs
        for sentence in paragraph.sentences
    }
    order = {place: n for n, place in enumerate(sentences)}
    joined = find_again(reviewed, evidence.report)
    moved = joined.moved
    settled = set(moved.values())
    machine = {f.place: f for f in evidence.findings}
    findings = {
        **machine,
        **{place: replace(machine[place], review_state="open") for place in joined.open if place in machine},
        **{moved[f.place]: _finding(f, moved, machine) for f in reviewed.findings if f.place in moved},
    }
    mentions, lost = place_mentions(evidence, reviewed, moved, sentences)
    party = _resolver(evidence, mentions)
    partnerships = [
        moved_one
        for one in reviewed.partnerships
        if (moved_one := _partnership(one, moved, tuple(party(p) for p in one.parties)))
    ]
    untouched = [
        one
        for one in evidence.partnerships
        if not all(Place(one.section, one.paragraph, n) in settled for n in one.sentences)
    ]
    machine_alone = evidence
    evidence = replace(
        evidence,
        findings=tuple(findings[place] for place in sentences if place in findings),
        mentions=tuple(sorted(mentions, key=lambda m: (order[m.place], m.start))),
        partnerships=(*untouched, *partnerships),
        strategies=_replaced(
            evidence.strategies,
            (replace(s, parties=tuple(party(p) for p in s.parties)) for s in reviewed.strategies),
            moved,
            settled,
        ),
        statistics=_replaced(evidence.statistics, reviewed.statistics, moved, settled),
        citations=_replaced(evidence.citations, reviewed.citations, moved, settled),
        warnings=(*evidence.warnings, *joined.warnings, *lost),
    )
    return apply_decisions(evidence, machine_alone, reviewed.decisions)


def _finding(review: Finding, moved: dict[Place, Place], machine: dict[Place, Finding]) -> Finding:
    place = moved[review.place]
    before = machine.get(place)
    same = before is not None and (before.polarity, set(before.voices), set(before.themes)) == (
        review.polarity,
        set(review.voices),
        set(review.themes),
    )
    return replace(
        review,
        place=place,
        illustrates=moved.get(review.illustrates) if review.illustrates else None,
        review_state="accepted" if same else "corrected",
    )


def _partnership(
    review: Partnership, moved: dict[Place, Place], parties: tuple[Party, ...]
) -> Partnership | None:
    """The arrangement where its evidence stands now; None where all of that is gone.

    It is of one paragraph: evidence that has moved to another than the first is left out.
    """
    places = [Place(review.section, review.paragraph, n) for n in review.sentences]
    now = [moved[place] for place in places if place in moved]
    if not now:
        return None
    sentences = {place.sentence for place in now if place.paragraph == now[0].paragraph}
    return replace(review, paragraph=now[0].paragraph, sentences=tuple(sorted(sentences)), parties=parties)


def _resolver(evidence: Evidence, mentions: Iterable[Mention]) -> Callable[[Party], Party]:
    """Gives a party of a review the body that a mention of the same name has."""
    known: dict[str, Mention] = {}
    for mention in mentions:
        for name in (mention.full_name, mention.text):
            if name:
                known.setdefault(name.lower(), mention)
    council = evidence.council

    def resolve(party: Party) -> Party:
        if council and party.name.lower() == council.name.lower():
            return replace(party, kind="local-authority", council=council.code)
        mention = known.get(party.name.lower())
        if mention is None:
            return party
        return replace(party, kind=mention.kind, organisation=mention.organisation, council=mention.council)

    return resolve


def _replaced(
    machine: Iterable[Any], reviews: Iterable[Any], moved: dict[Place, Place], settled: set[Place]
) -> tuple[Any, ...]:
    """The machine's where nobody looked, and the reviewed elsewhere."""
    kept = [one for one in machine if one.place not in settled]
    return (*kept, *(replace(one, place=moved[one.place]) for one in reviews if one.place in moved))
