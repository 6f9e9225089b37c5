"""Names that are the same but for what they say the body is, and names in initials."""

from __future__ import annotations

from collections.abc import Iterator

from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.forms import BOARD, COUNCIL, COUNCILS, INITIALLED, LEGAL, ORGANISED, SITES, TRUST
from councilgraph.linking.indexing import initials_in, initials_key, loose, stem_key
from councilgraph.linking.names import Parts, key, parts, tokens
from councilgraph.linking.query import Query, harmless
from councilgraph.linking.result import DOUBTS, LESS, SCORES, Candidate


def by_form(query: Query, source: Source) -> Iterator[Candidate]:
    """Entries whose name is the same but for what it says the body is."""
    for reading in query.readings:
        sought = parts(reading.text)
        found = False
        for form in _forms(query, sought):
            for entry in source.exact(stem_key(form, sought.squeezed)):
                name = next((n for n in entry.names if _same_stem(reading.text, n, entry, form)), None)
                if name is None or not harmless(reading.aside, entry):
                    continue
                if not query.away(entry) or _listed(sought, entry):
                    found = True
                    less = LESS if reading.aside or name.kind == "former" or query.away(entry) else 0
                    # "MPFT Ltd" is as good an answer to "MPFT" as a trust of these initials.
                    score = SCORES["initials" if initials_in(reading.text) else "form"]
                    yield Candidate(entry, name.text, "form", score - less, DOUBTS["form"])
        if found:
            break
    if any(initials_in(reading.text) for reading in query.readings):
        yield from by_initials(query, source)


def _forms(query: Query, sought: Parts) -> tuple[str, ...]:
    """Under which forms a stem is looked up: what the name says, else what it can be."""
    if sought.form == TRUST and not sought.whole and len(sought.stem) == 1 and query.kind != TRUST:
        return ()  # "Bolton Trust" may be any charity
    if sought.form:
        return (sought.form,)
    if query.kind:
        return ("", query.kind)
    if sought.stem[-1:] and sought.stem[-1] not in SITES and ORGANISED.intersection(sought.stem):
        return ("", TRUST)
    return ("",)


def _same_stem(text: str, name: Name, entry: Entry, form: str) -> bool:
    sought, found = parts(text), parts(name.text)
    if name.kind == "abbreviation" or found.squeezed != sought.squeezed:
        return False
    if found.form != form and not (found.form == "" and entry.kind == form):
        return False
    # Two companies may differ in nothing but this; a register often leaves it out.
    legal = LEGAL.intersection(tokens(text)), LEGAL.intersection(tokens(name.text))
    return said_alike(sought, found, entry) and not (all(legal) and legal[0] != legal[1])


def said_alike(sought: Parts, found: Parts, entry: Entry) -> bool:
    """Whether what two names say the body is can be said of one body."""
    if sought.form == TRUST and sought.whole and entry.kind != TRUST:
        return False
    if sought.form == COUNCIL and entry.kind in COUNCILS:
        said = [parts(n.text) for n in entry.names]
        types = [one.types for one in said if one.form == COUNCIL]
        return not sought.types or not any(types) or _council_type(sought.types, types)
    return True


def _council_type(sought: frozenset[str], types: list[frozenset[str]]) -> bool:
    if any(sought & one for one in types):
        return True
    # "Durham City Council" was another body than the county council; "Medway Borough Council",
    # where names are also written without a type, is a slip.
    return "county" not in sought.union(*types) and not all(types)


def _listed(sought: Parts, entry: Entry) -> bool:
    return any(key(n.text) == " ".join(sought.stem) for n in entry.names)


def by_initials(query: Query, source: Source) -> Iterator[Candidate]:
    """Entries that may be written with these initials, alone or beside their form."""
    for reading in query.readings:
        found = False
        for form, letters in _letters(query, reading.text):
            for entry in source.exact(initials_key(form, letters)):
                if entry.kind in INITIALLED and (not form or entry.kind == form):
                    found = True
                    away = query.away(entry)
                    if away and not (entry.kind == TRUST and len(letters) > 3):
                        continue
                    text = entry.names[0].text
                    less = (2 * LESS if away else 0) + (LESS if loose(text, letters) else 0)
                    score = SCORES["initials"] - less
                    yield Candidate(entry, text, "initials", score, DOUBTS["initials"])
        if found:
            return


def _letters(query: Query, text: str) -> Iterator[tuple[str, str]]:
    if letters := initials_in(text):
        yield "", letters
        if query.kind:
            yield query.kind, letters
        return
    sought = parts(text)
    written = next((w for w in text.split() if w != "NHS"), "")
    if (
        sought.form
        and len(sought.stem) == 1
        and (letters := initials_in(written, 2 if sought.form == BOARD else 3))
    ):
        # "LLR ICB", "UHNM NHS Trust", "BCP Council"
        yield sought.form, letters
        if sought.form == TRUST:
            yield "", letters
