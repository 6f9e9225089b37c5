"""Who is meant by a name: identifiers first, then names, and nobody where two are as likely.

The rules put candidates forward; here it is decided. A rule that finds somebody ends the
search, since a weaker one could only add guesses. ``certain`` takes an identifier, or the
official or short name of one body alone; whatever is like a name is ``probable`` at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from councilgraph.linking.candidates import Source
from councilgraph.linking.deciding import decide, label, ranked, same
from councilgraph.linking.entry import Entry
from councilgraph.linking.eras import ALIVE, ENDED, era
from councilgraph.linking.forms import GENERIC, LOCAL_KINDS, NEIGHBOURS, ONE_AN_AREA, VAGUE
from councilgraph.linking.identifiers import possible, unmistakable
from councilgraph.linking.names import key, parts, tokens
from councilgraph.linking.query import Query
from councilgraph.linking.result import (
    DOUBTS,
    LESS,
    SCORES,
    Candidate,
    Limits,
    Match,
    Step,
)
from councilgraph.linking.rules import RULES, by_name

LIMITS = Limits()
_SHOWN = 5  # rivals kept


def match(
    name: str,
    *,
    kind: str | None = None,
    area: str | None = None,
    on: date | None = None,
    identifier: str | None = None,
    source: Source,
    limits: Limits = LIMITS,
) -> Match:
    """Who is meant by ``name``.

    ``kind`` is a slug of the scheme ``organisation-kind``, ``area`` the GSS code of the place
    where the name stands, ``on`` the day on which it was written, ``identifier`` a code that
    stands beside it. The answer depends on nothing else, and not on the order of the source.
    """
    query = Query(name, kind, area, on, limits)
    steps: list[Step] = []
    if found := _identified(query, identifier, source, steps):
        return found
    if not any(tokens(reading.text) for reading in query.readings):
        steps.append(Step("name", "There is no name to look for."))
        return Match("unresolved", None, None, 0.0, "name", tuple(steps))
    passed: list[Candidate] = []
    for rule, put_forward in RULES:
        candidates = list(put_forward(query, source))
        fitting = list(_fitting(query, candidates))
        steps.append(_step(rule, candidates, fitting))
        kept = {(c.entry.register, c.entry.code) for c in fitting}
        passed += (c for c in candidates if (c.entry.register, c.entry.code) not in kept)
        if fitting:
            return decide(query, rule, fitting, passed, source, steps)
        if rule == "name" and (vague := _vague(query)) is not None:
            return _of_area(query, vague, source, steps)
    rivals = _best(passed)
    return Match("unresolved", None, None, rivals[0].score if rivals else 0.0, "none", tuple(steps), rivals)


def _best(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(ranked(candidates)[:_SHOWN])


# --- identifiers -----------------------------------------------------------------------------


def _identified(query: Query, identifier: str | None, source: Source, steps: list[Step]) -> Match | None:
    given = (identifier or "").strip()
    pairs = possible(given) if given else unmistakable(query.name)
    if not given and not pairs:
        return None
    shown = given or query.name.strip()
    found = {
        (e.register, e.code): Candidate(e, value, "identifier", 1.0, "")
        for scheme, value in pairs
        for e in source.identified(scheme, value)
        if query.kind is None or _kind_fits(query.kind, e.kind)
    }
    if not found:
        what = "is no identifier known here" if pairs else "has no form of identifier known here"
        steps.append(Step("identifier", f"'{shown}' {what}."))
        return None
    steps.append(Step("identifier", f"'{shown}' is the identifier of {_listed(found.values())}."))
    named = _certain_by_name(query, source) if given else None
    if named and not any(same(named.entry, c.entry) for c in found.values()):
        steps.append(
            Step(
                "identifier",
                f"The name is that of another body, {label(named.entry)}: one of the two is wrong.",
            )
        )
        rivals = (*_best(found.values()), named)
        return Match("unresolved", None, None, 1.0, "identifier", tuple(steps), rivals)
    return decide(query, "identifier", list(found.values()), [], source, steps)


def _certain_by_name(query: Query, source: Source) -> Candidate | None:
    candidates = list(_fitting(query, by_name(query, source)))
    if not candidates:
        return None
    found = decide(query, "name", candidates, [], source, [])
    return next((c for c in candidates if c.entry == found.entry), None) if found.state == "certain" else None


# --- which candidates fit -----------------------------------------------------------------------


def _fitting(query: Query, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    for found in candidates:
        kind, away = found.entry.kind, query.away(found.entry)
        if query.kind is not None and not _kind_fits(query.kind, kind):
            continue
        local = kind in LOCAL_KINDS
        if (away and (local or found.rule == "abbreviation")) or (local and _only_vague(found.text)):
            continue
        doubt, less = found.doubt, 0.0
        if local and (query.area is None or not found.entry.areas):
            # One "Carers Centre" alone in the register is not the only one in the land.
            doubt = doubt or "such names recur from place to place"
        if query.kind not in (None, kind):
            doubt, less = doubt or f"the register has it as {kind}", LESS
        yield replace(found, score=found.score - less, doubt=doubt)


def _kind_fits(asked: str, kind: str) -> bool:
    return asked == kind or any(asked in group and kind in group for group in NEIGHBOURS)


# --- names that name only a kind ---------------------------------------------------------------


def _only_vague(text: str) -> bool:
    return VAGUE.issuperset(tokens(text))


def _vague(query: Query) -> str | None:
    """The kind that a name says if it says nothing else ("the ICB"); None if it names a body."""
    text = next((r.text for r in query.readings if _only_vague(r.text)), None)
    if text is None:
        return None
    return GENERIC.get(key(text)) or parts(text).form or query.kind or ""


def _of_area(query: Query, kind: str, source: Source, steps: list[Step]) -> Match:
    asked = query.kind or kind
    if kind and query.kind and not _kind_fits(query.kind, kind):
        asked = ""
    serving: Sequence[Entry] = ()
    if asked in ONE_AN_AREA and query.area:
        serving = source.serving(asked, query.area)
    # Who has ended counts too: the body that took over may not be entered for the area yet.
    eras = (ALIVE,) if query.on is None or any(era(e, query.on) == ALIVE for e in serving) else (ENDED,)
    score = SCORES["area"]
    found = [
        Candidate(e, e.names[0].text, "area", score, DOUBTS["area"])
        for e in serving
        if era(e, query.on) in eras
    ]
    what = "The name says only a kind of body"
    if not query.area:
        said = f"{what}, and no area says which one."
    elif asked not in ONE_AN_AREA:
        said = f"{what}, and an area can have several of it."
    elif not found:
        said = f"{what}, and no register here has one of it for the area."
    else:
        said = f"{what}; for the area there is {_listed(found)}."
    steps.append(Step("area", said))
    if found:
        return decide(query, "area", found, [], source, steps)
    return Match("unresolved", None, None, 0.0, "area", tuple(steps))


# --- what is said ---------------------------------------------------------------------------------


def _listed(candidates: Iterable[Candidate]) -> str:
    best = _best(candidates)
    return "; ".join(map(_named, best[:3])) + ("; and more" if len(best) > 3 else "")


def _named(candidate: Candidate) -> str:
    shown = label(candidate.entry)
    official = candidate.text in (candidate.entry.names[0].text, "")
    return shown if official or candidate.rule in _NO_NAME else f"{shown} as '{candidate.text}'"


_NO_NAME = frozenset({"identifier", "code", "area", "initials"})
_TRIED = {
    "name": "No entry has this very name.",
    "form": "No entry has this name with another legal form or word for the kind of body.",
    "initials": "No entry is known by these initials.",
    "code": "No entry has this as its code.",
    "spelling": "No entry has nearly this name, every word counted.",
}
_FOUND = {
    "name": "This very name",
    "form": "This name with another legal form or word for the kind of body",
    "initials": "These initials",
    "code": "This code",
    "spelling": "Nearly this name",
}


def _step(rule: str, candidates: Sequence[Candidate], fitting: Sequence[Candidate]) -> Step:
    shown = fitting or candidates
    if not shown:
        return Step(rule, _TRIED[rule])
    # One rule may put forward what another found, as initials beside names.
    rules = {c.rule for c in shown}
    rule = rules.pop() if len(rules) == 1 and rules <= _FOUND.keys() else rule
    but = "" if fitting else " But it is of another kind or area than asked for."
    return Step(rule, f"{_FOUND[rule]}: {_listed(shown)}.{but}")
