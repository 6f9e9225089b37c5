"""Reviewed mentions: found in their sentences again, and joined with what registers know."""

from __future__ import annotations

from dataclasses import replace

from councilgraph.model import Evidence, LoadWarning, Mention, Paragraph, Place, Reviewed, Sentence
from councilgraph.textdigest import straighten


def place_mentions(
    evidence: Evidence,
    reviewed: Reviewed,
    moved: dict[Place, Place],
    sentences: dict[Place, tuple[Paragraph, Sentence]],
) -> tuple[list[Mention], list[LoadWarning]]:
    """Reviewed mentions, each found in its sentence again, with what the machine knows of its body."""
    settled = set(moved.values())
    machine = {(m.place, m.text): m for m in evidence.mentions}
    found = [m for m in evidence.mentions if m.place not in settled]
    lost: list[LoadWarning] = []
    reached: dict[tuple[Place, str], int] = {}
    for review in sorted(reviewed.mentions, key=lambda m: m.start):
        if review.place not in moved:
            continue
        place = moved[review.place]
        paragraph, sentence = sentences[place]
        start = _find(paragraph, sentence, review, reached.get((place, review.text), sentence.start))
        if start < 0:
            where = f"{reviewed.path.name}: {place.section} {place.paragraph}.{place.sentence}"
            message = f"The mention '{review.text}' is not in its sentence; correct the record."
            lost.append(LoadWarning("review-open", message, where))
            continue
        end = start + len(review.text)
        reached[place, review.text] = end
        text = paragraph.text[start:end]
        known = machine.get((place, text))
        # where the machine missed it, the name that the reviewer wrote may tell the body
        body = known or review
        same = known is not None and (known.kind, known.full_name) == (review.kind, review.full_name)
        found.append(
            replace(
                review,
                place=place,
                start=start,
                end=end,
                text=text,
                organisation=body.organisation,
                council=body.council,
                identifier=body.identifier,
                method=body.method,
                review_state="accepted" if same else "corrected",
            )
        )
    return found, lost


def placed(
    paragraph: Paragraph, sentence: Sentence, review: Mention, known: Mention | None
) -> Mention | None:
    """One mention at the place of its sentence: as ``known`` has it, or found by its words; None if nowhere.

    The body is the one that was known under the same name, or the one that the review's name tells.
    """
    start, end = (
        (known.start, known.end) if known else (_find(paragraph, sentence, review, sentence.start), 0)
    )
    if start < 0:
        return None
    end = end or start + len(review.text)
    body = known if known is not None and known.full_name == review.full_name else review
    return replace(
        review,
        start=start,
        end=end,
        text=paragraph.text[start:end],
        organisation=body.organisation,
        council=body.council,
        identifier=body.identifier,
        method=body.method,
    )


def _find(paragraph: Paragraph, sentence: Sentence, review: Mention, reached: int) -> int:
    """Where the words of a mention stand: where they stood, or after ``reached``; -1 if nowhere.

    Quotes are compared as digests compare them: a report's PDF has others than its page.
    """
    text, words = straighten(paragraph.text), straighten(review.text)
    if len(text) != len(paragraph.text):  # a soft hyphen was dropped, and offsets with it
        text, words = paragraph.text, review.text
    at = review.start
    if sentence.start <= at < sentence.end and at >= reached and text[at : at + len(words)] == words:
        return at
    return text.find(words, reached, sentence.end)
