"""The rules that put candidates forward, the strongest first. None decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.eras import ALIVE, era
from councilgraph.linking.forms import BOARD, COUNCILS, LOCAL_KINDS, POLICE
from councilgraph.linking.identifiers import possible
from councilgraph.linking.names import Reading, key, parts, tokens
from councilgraph.linking.query import Query, harmless, initials_of
from councilgraph.linking.result import DOUBTS, LESS, SCORES, Candidate
from councilgraph.linking.rules_form import by_form, by_initials
from councilgraph.linking.rules_spelling import by_spelling

_OF_PLACES = COUNCILS | {BOARD, POLICE}
Rule = Callable[[Query, Source], Iterator[Candidate]]


def by_name(query: Query, source: Source) -> Iterator[Candidate]:
    """Entries with that very name, official or not, of now or of once."""
    for reading in query.readings:
        sought, found = key(reading.text), False
        for entry in source.exact(sought) if sought else ():
            for name in entry.names:
                if key(name.text) == sought and harmless(reading.aside, entry):
                    found = True
                    yield _named(query, entry, name, reading)
        if found:
            return


def _named(query: Query, entry: Entry, name: Name, reading: Reading) -> Candidate:
    score = SCORES[name.kind]
    # A former name is the official one of its own time, if the register says when that was.
    dated = name.kind == "former" and query.on is not None and name.until is not None
    if dated and era(name, query.on) == ALIVE:
        score = SCORES["official"]
    # "Derby" alone is a place as often as its council.
    place = query.kind is None and entry.kind in _OF_PLACES and _bare(name)
    rule = "former" if dated else name.kind
    doubt = "" if score >= SCORES["short"] or _by_the_way(entry, name) else DOUBTS[rule]
    if place:
        doubt = "the place of that name may be meant"
    if reading.aside and not initials_of(reading.aside, entry):
        doubt, score = f"'{reading.aside}' beside the name is not of it", score - LESS
    return Candidate(entry, name.text, rule, score, doubt)


def _bare(name: Name) -> bool:
    """Whether a name may be that of a place: "Derby", "City of Derby"."""
    found = tokens(name.text)
    city = found[:1] in (("city",), ("county",)) and found[-1:] != ("council",)
    return name.kind != "official" and (city or not parts(name.text).form)


def _by_the_way(entry: Entry, name: Name) -> bool:
    """Whether another name is the official or short one but for the word for its kind."""
    if name.kind != "other" or entry.kind in LOCAL_KINDS or not parts(name.text).form:
        return False
    chief = (parts(n.text).squeezed for n in entry.names if n.kind in ("official", "short"))
    return parts(name.text).squeezed in chief


def by_code(query: Query, source: Source) -> Iterator[Candidate]:
    """Entries whose code is written where a name was asked for."""
    for scheme, value in possible(query.name):
        for entry in source.identified(scheme, value):
            yield Candidate(entry, value, "code", SCORES["code"], DOUBTS["code"])


RULES: tuple[tuple[str, Rule], ...] = (
    ("name", by_name),
    ("form", by_form),
    ("initials", by_initials),
    ("code", by_code),
    ("spelling", by_spelling),
)
