"""The decision between candidates of one rule: one body, of the right day, ahead of all others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry
from councilgraph.linking.eras import ALIVE, ENDED, TO_COME, era, heirs, successors
from councilgraph.linking.forms import LOCAL_KINDS
from councilgraph.linking.query import Query
from councilgraph.linking.result import BY_AREA, BY_IDENTIFIER, BY_NAME, LESS, Candidate, Match, State, Step

_METHODS = {"identifier": BY_IDENTIFIER, "code": BY_IDENTIFIER, "area": BY_AREA}
_SHOWN = 5


@dataclass(slots=True)
class _Decision:
    query: Query
    rule: str
    source: Source
    steps: list[Step]
    passed: list[Candidate]

    def say(self, said: str) -> None:
        self.steps.append(Step("decision", said))

    def unresolved(self, rivals: Iterable[Candidate]) -> Match:
        shown = ranked([*rivals, *self.passed])
        return Match(
            "unresolved",
            None,
            None,
            shown[0].score if shown else 0.0,
            self.rule,
            tuple(self.steps),
            tuple(shown[:_SHOWN]),
        )

    def matched(self, chosen: Candidate, rivals: Iterable[Candidate]) -> Match:
        others = [c for c in ranked([*rivals, *self.passed]) if not same(c.entry, chosen.entry)]
        state: State = "probable" if chosen.doubt else "certain"
        self.say(f"{label(chosen.entry)}: {state}{', for ' if chosen.doubt else ''}{chosen.doubt}.")
        return Match(
            state,
            chosen.entry,
            _METHODS.get(chosen.rule, BY_NAME),
            round(chosen.score, 3),
            chosen.rule,
            tuple(self.steps),
            tuple(others[:_SHOWN]),
            successors(chosen.entry, self.source),
        )


def decide(
    query: Query,
    rule: str,
    candidates: list[Candidate],
    passed: list[Candidate],
    source: Source,
    steps: list[Step],
) -> Match:
    """The match of these candidates; ``passed`` did not fit and are only shown."""
    at = _Decision(query, rule, source, steps, passed)
    bodies = ranked(_bodies(candidates, query.on))
    alive = [c for c in bodies if era(c.entry, query.on) == ALIVE]
    ended = [c for c in bodies if era(c.entry, query.on) == ENDED]
    if rule == "identifier":
        # A code means its body on every day.
        return _between(at, bodies, bodies)
    if alive:
        if ended and query.on is None:
            at.say("Without a date, a body that has not ended comes first.")
            if _as_good(at, ended[0], alive[0]):
                alive = [_doubted(c, "a body that has ended had that name too") for c in alive]
        return _between(at, alive, bodies)
    if query.on is None:
        return _between(at, ended, bodies)
    if ended:
        return _after(at, ended, query.on)
    first = min(c.entry.since or query.on for c in bodies if era(c.entry, query.on) == TO_COME)
    at.say(f"On {query.on} there was no such body; {label(bodies[0].entry)} begins on {first}.")
    return at.unresolved(bodies)


def _between(at: _Decision, running: list[Candidate], bodies: list[Candidate]) -> Match:
    best = running[0]
    # A charity may be called in full what a national body is called for short.
    open_kind = at.query.kind is None and best.entry.kind in LOCAL_KINDS
    equal = [c for c in running if _as_good(at, c, best) or (open_kind and c.entry.kind not in LOCAL_KINDS)]
    if len(equal) > 1:
        equal = _narrowed(at, equal)
    if len(equal) > 1:
        names = "; ".join(label(c.entry) for c in equal[:3])
        at.say(f"{len(equal)} bodies are equally good: {names}. Which one is meant stays open.")
        return at.unresolved(bodies)
    return at.matched(equal[0], bodies)


def _narrowed(at: _Decision, equal: list[Candidate]) -> list[Candidate]:
    area = at.query.area
    if area and len(near := [c for c in equal if area in c.entry.areas]) == 1:
        at.say(f"Of {len(equal)} bodies only {label(near[0].entry)} serves the area {area}.")
        if near[0].entry.kind in LOCAL_KINDS:
            return near
        return [_doubted(near[0], "another body has that name too")]
    # Many a national body is also a charity or company of its name, and is meant as the body.
    national = [c for c in equal if c.entry.kind not in LOCAL_KINDS]
    if len(national) == 1 and at.query.kind is None:
        at.say(f"Of {len(equal)} bodies of the name {label(national[0].entry)} is no local one.")
        return [_doubted(national[0], "others have that name too")]
    return equal


def _after(at: _Decision, ended: list[Candidate], on: date) -> Match:
    """The body had ended on the day: who had taken over?"""
    best = ended[0]
    if len([c for c in ended if _as_good(at, c, best)]) > 1:
        latest = max(c.entry.until or on for c in ended)
        last = [c for c in ended if c.entry.until == latest]
        if len(last) > 1:
            at.say("Several bodies of the name had ended; which one is meant stays open.")
            return at.unresolved(ended)
        best = last[0]
    at.say(f"{label(best.entry)} ended on {best.entry.until}, before {on}.")
    found = heirs(best.entry, on, at.source)
    if at.query.area and len(found) > 1:
        found = tuple(e for e in found if at.query.area in e.areas) or found
    if not found:
        gone = _doubted(best, "it had ended and no successor is known")
        return at.matched(replace(gone, score=best.score - LESS), ended)
    if len(found) > 1:
        at.say("Several bodies took over: " + "; ".join(label(e) for e in found) + ".")
        return at.unresolved([*(replace(best, entry=e) for e in found), *ended])
    heir = _doubted(best, "the name is that of the body it took over from")
    return at.matched(replace(heir, entry=found[0], score=best.score - LESS), ended)


def _doubted(candidate: Candidate, doubt: str) -> Candidate:
    return replace(candidate, doubt=candidate.doubt or doubt)


# --- one body in several registers ------------------------------------------------------------


def _bodies(candidates: list[Candidate], on: date | None) -> list[Candidate]:
    """One candidate a body: entries that share an identifier are one body."""
    body: dict[object, list[Candidate]] = {}
    for candidate in ranked(candidates):
        signs: list[object] = [_place(candidate), *candidate.entry.identifiers]
        held = [body[sign] for sign in signs if sign in body]
        group = held[0] if held else []
        # An entry can bring two groups together that had nothing in common before.
        for other in held[1:]:
            group += [c for c in other if c not in group]
        group.append(candidate)
        signs += [sign for c in group for sign in (_place(c), *c.entry.identifiers)] if len(held) > 1 else []
        body.update(dict.fromkeys(signs, group))
    groups = {id(group): group for group in body.values()}.values()
    return [min(group, key=lambda c: _chief(c, on)) for group in groups]


def _chief(candidate: Candidate, on: date | None) -> tuple[object, ...]:
    entry = candidate.entry
    return (-candidate.score, era(entry, on), -len(entry.identifiers), *_place(candidate))


def same(one: Entry, other: Entry) -> bool:
    """Whether two entries are of one body: one entry, or a shared identifier."""
    if (one.register, one.code) == (other.register, other.code):
        return True
    return not set(one.identifiers).isdisjoint(other.identifiers)


def _as_good(at: _Decision, one: Candidate, best: Candidate) -> bool:
    return best.score - one.score < at.query.limits.margin


def _place(candidate: Candidate) -> tuple[str, str]:
    return candidate.entry.register, candidate.entry.code


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates best first, each entry once; the order depends on nothing else."""
    best = sorted(candidates, key=lambda c: (-c.score, *_place(c), c.text))
    return list({_place(c): c for c in reversed(best)}.values())[::-1]


def label(entry: Entry) -> str:
    """Name, register and code of an entry."""
    return f"{entry.names[0].text} ({entry.register} {entry.code})"
