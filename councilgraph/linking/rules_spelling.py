"""Names that are nearly the same: a last resort, and probable at most."""

from __future__ import annotations

from collections.abc import Iterator

from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.forms import COUNCIL, ORGANISED, SITES, TRUST
from councilgraph.linking.names import Parts, parts, tokens
from councilgraph.linking.query import Query, harmless
from councilgraph.linking.result import DOUBTS, LESS, Candidate
from councilgraph.linking.rules_form import said_alike
from councilgraph.linking.spelling import alike, form_word, telling


def by_spelling(query: Query, source: Source) -> Iterator[Candidate]:
    """Entries with nearly that name, of those that share its rarest words."""
    for reading in query.readings:
        text = " ".join(w if source.known(w) else form_word(w) for w in tokens(reading.text))
        sought = parts(text)
        slips = frozenset(w for w in sought.stem if not source.known(w))
        best: dict[tuple[str, str], Candidate] = {}
        for entry in source.sharing(telling(sought.stem), query.limits.candidates):
            if query.away(entry) and entry.kind != TRUST:
                continue
            for name in entry.names:
                score = _nearness(query, sought, name, entry, slips)
                place = entry.register, entry.code
                if score >= query.limits.spelling and (place not in best or best[place].score < score):
                    best[place] = Candidate(entry, name.text, "spelling", score, DOUBTS["spelling"])
        if best:
            yield from (c for c in best.values() if harmless(reading.aside, c.entry))
            return


def _nearness(query: Query, sought: Parts, name: Name, entry: Entry, slips: frozenset[str]) -> float:
    found = parts(name.text)
    if name.kind == "abbreviation" or not _comparable(query, sought, found, entry):
        return 0.0
    if not said_alike(sought, found, entry):
        return 0.0
    return alike(sought, found, slips) - (LESS if name.kind == "former" else 0)


def _comparable(query: Query, sought: Parts, found: Parts, entry: Entry) -> bool:
    if sought.form:
        return sought.form == found.form or (not found.form and entry.kind == sought.form)
    if not found.form:
        return entry.kind != COUNCIL or query.kind == COUNCIL
    if found.form == TRUST and sought.stem and sought.stem[-1] not in SITES:
        return query.kind == TRUST or bool(ORGANISED.intersection(sought.stem))
    return query.kind == entry.kind
