"""What a user typed for a query's parameters, turned into terms of the graph.

A council is found by its name, short name, other names, GSS code, register code or IRI; a
thing of a scheme by slug, label, notation or IRI. Case and punctuation do not count. A value
that is unknown, or means two things, stops the query and says what was near: an answer about
the wrong council is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from councilgraph.catalogue import Parameter, Query, no_such_parameter
from councilgraph.errors import UsageError

TYPE_CHECKING = False  # the import of typing alone would cost a tenth of the start-up time
if TYPE_CHECKING:
    from typing import Any

    from pyoxigraph import Literal, NamedNode

    Term = NamedNode | Literal
    Run = Callable[[str], Iterable[tuple[Any, ...]]]

_PREFIXES = """PREFIX cg: <https://w3id.org/councilgraph/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_SCHEMES = {
    "statement": "quality-statement",
    "type": "council-type",
    "theme": "theme",
    "arrangement": "partnership-type",
    "kind": "organisation-kind",
    "polarity": "polarity",
    "voice": "voice",
    "measure": "measure",
}
# Each look-up gives rows (thing, label, a name it goes by); names of every sort in one pass.
_CONCEPTS = """SELECT ?thing ?label ?name WHERE {
  ?thing skos:inScheme <https://w3id.org/councilgraph/scheme/%s> ; skos:prefLabel ?label ; ?by ?name .
  VALUES ?by { skos:prefLabel skos:altLabel skos:hiddenLabel skos:notation }
}"""
_COUNCILS = """SELECT ?thing ?label ?name WHERE {
  ?thing a cg:Council ; rdfs:label ?label .
  { ?thing ?by ?name VALUES ?by { rdfs:label cg:shortName skos:altLabel cg:code } }
  UNION
  { ?thing cg:area ?area . ?area cg:gssCode ?name }
}"""
_REGIONS = """SELECT ?thing ?label ?name WHERE {
  { SELECT DISTINCT ?thing WHERE { ?council a cg:Council ; cg:area ?area . ?area cg:withinArea ?thing } }
  ?thing rdfs:label ?label ; ?by ?name .
  VALUES ?by { rdfs:label skos:altLabel cg:gssCode }
}"""
_ORGANISATIONS = """SELECT ?thing ?label ?name WHERE {
  VALUES ?class { cg:Organisation cg:Council }
  ?thing a ?class ; rdfs:label ?label .
  { ?thing ?by ?name VALUES ?by { rdfs:label skos:altLabel cg:shortName cg:code } }
  UNION
  { ?thing cg:hasIdentifier ?identifier . ?identifier skos:notation ?name }
}"""
# Words that councils and regions carry or not as people please.
_OFTEN_LEFT_OUT = {
    *("council", "county", "city", "borough", "metropolitan", "district", "london", "royal", "of"),
    *("the", "and", "region", "authority", "unitary", "combined", "mbc", "mdc", "cc", "bc"),
}
_MONTH = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOST_LISTED = 5


def resolve(query: Query, given: Mapping[str, str], run: Run) -> tuple[dict[str, Term], int | None]:
    """The terms to bind and the limit, from what the user typed.

    ``run`` runs SPARQL and gives rows as tuples of pyoxigraph terms.

    Raises:
        UsageError: a parameter is unknown or missing, or its value is unknown or ambiguous.
    """
    for name in given:
        if query.parameter(name) is None:
            raise no_such_parameter(query, name)
    terms: dict[str, Term] = {}
    limit: int | None = None
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None or not value.strip():
            if parameter.required or value is not None:
                raise _missing(query, parameter)
            continue
        if parameter.name == "limit":
            limit = whole_number(parameter.name, value)
        else:
            terms[parameter.name] = term_of(parameter.type, value.strip(), run, parameter.name)
    return terms, limit


def term_of(type: str, value: str, run: Run, name: str = "") -> Term:
    """The term that ``value`` means for a parameter of this type ("authority", "month")."""
    from pyoxigraph import Literal

    name = name or type
    if type == "month":
        return Literal(month(name, value))
    if type == "integer":
        return Literal(whole_number(name, value))
    if type == "boolean":
        return Literal(truth(name, value))
    return thing_of(type, value, run, name)[0]


def thing_of(type: str, value: str, run: Run, name: str = "") -> tuple[NamedNode, str]:
    """The thing that ``value`` means for a parameter of this type, and what it is called."""
    lookup = _lookup(type)
    if value.startswith(("http://", "https://")):
        from pyoxigraph import NamedNode

        try:
            # One thing is meant: to read the names of all would take fifty times as long (measured).
            one = f"WHERE {{ VALUES ?thing {{ {NamedNode(value)} }} "
        except ValueError:
            one = "WHERE {"  # no IRI, so it is not known: say which come near
        for thing, label, _ in run(_PREFIXES + lookup.replace("WHERE {", one, 1)):
            if thing.value == value:
                return thing, label.value
    return _find(name or type, value, run(_PREFIXES + lookup))


def choices(type: str, run: Run) -> dict[str, str]:
    """What a parameter of this type can mean: key (council code, slug, GSS code) to label, by label.

    Months, numbers, yes and no have no list: it is empty.
    """
    if type in ("month", "integer", "boolean"):
        return {}
    things = {thing.value: label.value for thing, label, _ in run(_PREFIXES + _lookup(type))}
    ordered = sorted(things.items(), key=lambda one: (one[1].casefold(), one[0]))
    return {iri.rsplit("/", 1)[-1]: label for iri, label in ordered}


def month(name: str, value: str) -> str:
    """A year, month or day, checked against the calendar: 2025, 2025-03 or 2025-03-20."""
    found = _MONTH.fullmatch(value)
    if found:
        year, in_year, day = (int(part) if part else 1 for part in found.groups())
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
        if 1900 <= year <= 2199 and 1 <= in_year <= 12 and 1 <= day <= days[in_year - 1]:
            return value
    raise UsageError(
        f"{name}={value} is no year, month or day.",
        cure=f"Write {name}=2025, {name}=2025-03 or {name}=2025-03-20.",
    )


def whole_number(name: str, value: str) -> int:
    """A whole number above 0, in the digits 0 to 9."""
    if re.fullmatch(r"[0-9]{1,9}", value.strip()) and int(value) > 0:
        return int(value)
    raise UsageError(f"{name}={value} is not a whole number above 0.", cure=f"Write for example {name}=10.")


def truth(name: str, value: str) -> bool:
    """Yes or no."""
    known = {"yes": True, "true": True, "no": False, "false": False}
    if value.casefold() in known:
        return known[value.casefold()]
    raise UsageError(f"{name}={value} is neither yes nor no.", cure=f"Write {name}=yes or {name}=no.")


def _lookup(type: str) -> str:
    if type == "authority":
        return _COUNCILS
    if type == "region":
        return _REGIONS
    if type == "organisation":
        return _ORGANISATIONS
    return _CONCEPTS % _SCHEMES[type]


def _find(name: str, value: str, rows: Iterable[tuple[Any, ...]]) -> tuple[NamedNode, str]:
    """The thing that goes by ``value``: its code or label first, then other names, then their core words.

    A word that is looked for in reports can be the label of another concept ("safeguarding").
    """
    things: dict[str, tuple[NamedNode, str]] = {}
    by_label: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    for thing, label, other in rows:
        if thing.value not in things:
            things[thing.value] = thing, label.value
            for own in (thing.value, thing.value.rsplit("/", 1)[-1], label.value):
                by_label.setdefault(_normal(own), set()).add(thing.value)
                by_name.setdefault(_normal(own), set()).add(thing.value)
        by_name.setdefault(_normal(other.value), set()).add(thing.value)
    if value in things:
        return things[value]
    core = _core(value)
    for fits in (
        by_label.get(_normal(value), set()),
        by_name.get(_normal(value), set()),
        # Met from both sides: "Northmoor Council" is typed for "Northmoor County Council".
        {iri for typed, iris in by_name.items() if core and _core(typed) == core for iri in iris},
    ):
        if len(fits) == 1:
            return things[next(iter(fits))]
        if fits:
            listed = "; ".join(sorted(f"{things[iri][1]} ({iri.rsplit('/', 1)[-1]})" for iri in fits))
            raise UsageError(
                f"{name}={value} can mean {len(fits)} things.",
                cure=f"Give the code in brackets instead: {listed}.",
            )
    raise UsageError(f"{name}={value} is not known.", cure=_nearest(name, value, things, by_name))


def _nearest(
    name: str, value: str, things: Mapping[str, tuple[NamedNode, str]], by_name: Mapping[str, set[str]]
) -> str:
    if not things:
        return f"The store holds nothing that {name} could be; was it built with its reference data?"
    import difflib

    key = _core(value) or _normal(value)
    near = [typed for typed in by_name if key and key in typed]
    near += difflib.get_close_matches(_normal(value), by_name, _MOST_LISTED, 0.5)
    iris = dict.fromkeys(iri for typed in near for iri in sorted(by_name[typed]))
    if not iris and len(things) <= 12:
        iris = dict.fromkeys(sorted(things))
    listed = [f"{things[iri][1]} ({iri.rsplit('/', 1)[-1]})" for iri in iris]
    # A short scheme is listed whole; of 153 councils the nearest are enough.
    listed = listed if len(things) <= 12 else listed[:_MOST_LISTED]
    if not listed:
        return f"Nothing comes near it. Give {name} by name, code or IRI."
    return f"The nearest are: {'; '.join(listed)}."


def _normal(text: str) -> str:
    """Lower case, "and" for "&", no apostrophes, every other mark a space."""
    text = text.casefold().replace("&", " and ")
    return " ".join(re.findall(r"\w+", text.replace("'", "").replace("’", "").replace("_", " ")))


def _core(text: str) -> str:
    return " ".join(word for word in _normal(text).split() if word not in _OFTEN_LEFT_OUT)


def _missing(query: Query, parameter: Parameter) -> UsageError:
    return UsageError(
        f"The query {query.id} needs a value for {parameter.name}: {parameter.help}.",
        cure=f"Example: {query.example if parameter.required else f'{query.example} {parameter.example}'}",
    )
