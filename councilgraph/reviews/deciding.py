"""Decisions joined with what is read of a report: the person's word wins, and is kept as theirs.

New rules may read a sentence otherwise, or no longer find a thing in it: what was accepted or
corrected stays what the person settled. A rejected thing stays in the evidence, marked, so that
nobody takes its absence for an oversight; whoever answers questions leaves it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from councilgraph.model import Decision, Evidence, Finding, LoadWarning, Mention, Partnership, Place
from councilgraph.model.evidence import Item
from councilgraph.reviews.locating import locate
from councilgraph.reviews.mentions import placed
from councilgraph.reviews.readings import alike, fields_of, identity, place_of

# The lists of the evidence, by the kind of what stands in them.
LISTS = {
    "finding": "findings",
    "mention": "mentions",
    "partnership": "partnerships",
    "strategy": "strategies",
    "statistic": "statistics",
    "citation": "citations",
}
# Of these the report tells more than the graph does, from which decisions are made: what was not
# corrected is taken from the report.
_MORE_THAN_TOLD = ("partnership", "strategy")
# What a field of the records is in the evidence objects, where it is not one of its own name.
_NAMES = {
    "law_section": ("section",),
    "type": ("kind", "type"),
    "act": ("act", "title", "year"),
    # Another name is another body.
    "full_name": ("full_name", "organisation", "council", "identifier", "method"),
}


def apply_decisions(evidence: Evidence, machine: Evidence, decisions: Sequence[Decision]) -> Evidence:
    """The evidence with the last decision about each thing in force.

    ``evidence`` has the reviewed sentences in it already, ``machine`` is what was read before.
    A thing of which the machine says the same today is ``accepted``, another ``corrected``.
    """
    if not decisions:
        return evidence
    settled = {f.place for f in evidence.findings if f.review_state in ("accepted", "corrected")}
    located = locate(decisions, evidence.report, settled)
    work = _Work(evidence, machine)
    for place in located.open:
        work.reopen(place)
    for (kind, place, known_by), made in located.things.items():
        work.decide(kind, place, known_by, made)
    lists: dict[str, Any] = {name: tuple(work.items[kind]) for kind, name in LISTS.items()}
    return replace(
        evidence,
        **lists,
        warnings=(*evidence.warnings, *located.warnings, *work.warnings),
        decided=work.decided,
    )


class _Work:
    """The evidence while decisions are applied to it."""

    def __init__(self, evidence: Evidence, machine: Evidence) -> None:
        self.evidence = evidence
        self.items: dict[str, list[Any]] = {k: list(getattr(evidence, name)) for k, name in LISTS.items()}
        self.machine: dict[str, Sequence[Any]] = {k: getattr(machine, name) for k, name in LISTS.items()}
        self.decided: dict[Item, tuple[Decision, ...]] = {}
        self.warnings: list[LoadWarning] = []
        self.sentences = {
            Place(paragraph.section, paragraph.n, sentence.n): (paragraph, sentence)
            for paragraph in evidence.report.paragraphs
            for sentence in paragraph.sentences
        }
        self.order = {place: n for n, place in enumerate(self.sentences)}

    def reopen(self, place: Place) -> None:
        """A sentence that has changed since it was decided about is to be looked at again."""
        findings = self.items["finding"]
        for n, finding in enumerate(findings):
            if finding.place == place:
                findings[n] = replace(finding, review_state="open")

    def decide(self, kind: str, place: Place, known_by: str, made: tuple[Decision, ...]) -> None:
        """Put the last decision about one thing in force, wherever the thing is told."""
        last, items = made[-1], self.items[kind]
        at = [n for n, one in enumerate(items) if _is(one, kind, place, known_by)]
        if last.decision in ("open", "rejected"):
            for n in at:
                items[n] = replace(items[n], review_state=last.decision)
                self.decided[items[n]] = made
            return
        machine = [one for one in self.machine[kind] if _is(one, kind, place, known_by)]
        for n in at:
            before = next((one for one in machine if _beside(one, items[n])), None)
            if result := self._settle(last, place, items[n], before):
                items[n] = result
                self.decided[result] = made
        if not at and (result := self._settle(last, place, None, None)):
            items.append(result)
            items.sort(key=self._order)
            self.decided[result] = made

    def _settle(self, last: Decision, place: Place, now: Any, before: Any) -> Any:
        """The thing as the person settled it, at its place of today; None where it has none."""
        kind = last.of
        as_then = kind != "finding" and now is not None and alike(kind, fields_of(now), last.machine)
        if as_then and not last.person:
            return replace(now, review_state="accepted" if before is not None else "corrected")
        over = as_then or (kind in _MORE_THAN_TOLD and now is not None)
        result = _overlaid(now, last) if over else last.reading
        result = self._moved(result, last, place, now)
        if result is None:
            return None
        same = before is not None and alike(kind, fields_of(before), fields_of(result), last.person)
        result = replace(result, review_state="accepted" if same else "corrected")
        if isinstance(result, Finding) and before is not None:
            # Why the machine said what it said, and how sure it was, is still worth knowing.
            return replace(
                result,
                rules=before.rules,
                confidence=before.confidence,
                illustrates=before.illustrates,
                summary=result.summary or now.summary,
            )
        return result

    def _moved(self, result: Any, last: Decision, place: Place, now: Any) -> Any:
        if isinstance(result, Partnership):
            if now is not None:
                return _at(result, now)
            shift = place.sentence - last.place.sentence
            held = [n + shift for n in result.sentences]
            kept = tuple(n for n in held if Place(place.section, place.paragraph, n) in self.sentences)
            return replace(result, section=place.section, paragraph=place.paragraph, sentences=kept)
        if isinstance(result, Mention):
            paragraph, sentence = self.sentences[place]
            found = placed(paragraph, sentence, replace(result, place=place), now)
            if found is None:
                where = f"{last.where}: {place.section} {place.paragraph}.{place.sentence}"
                message = f"The mention '{result.text}' is not in its sentence; decide about it again."
                self.warnings.append(LoadWarning("review-open", message, where))
            return found
        if now is not None and hasattr(result, "text"):
            result = replace(result, text=now.text)
        return replace(result, place=place)

    def _order(self, item: Item) -> tuple[int, int]:
        return self.order[place_of(item)], item.start if isinstance(item, Mention) else 0


def _is(item: Item, kind: str, place: Place, known_by: str) -> bool:
    """Whether it is the thing; an arrangement is one, however many paragraphs tell it."""
    if kind != "partnership" and place_of(item) != place:
        return False
    return identity(kind, fields_of(item)) == known_by


def _beside(one: Item, other: Item) -> bool:
    """Whether two readings of one sentence are of the same words of it."""
    if isinstance(one, Mention) and isinstance(other, Mention):
        return one.start == other.start
    return place_of(one) == place_of(other)


def _overlaid(now: Any, last: Decision) -> Any:
    """What stands there today, with the corrected fields in it."""
    changed = [one for name in last.person for one in _NAMES.get(name, (name,)) if hasattr(now, one)]
    return replace(now, **{name: getattr(last.reading, name) for name in changed})


def _at(result: Partnership, where: Partnership) -> Partnership:
    return replace(result, section=where.section, paragraph=where.paragraph, sentences=where.sentences)
