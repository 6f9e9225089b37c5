"""What waits for a person: everything that was read and that nobody has decided about, least sure first.

Plain functions over an open store, for the command line and for pages alike. ``waiting`` lists
lightly, so that 153 councils fit; ``councilgraph.reviews.things`` tells all of one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from councilgraph.errors import UsageError
from councilgraph.iris import IRIS, concept
from councilgraph.model import EVIDENCE_KINDS, SETTLING, Decision, Reviewed
from councilgraph.reviews.locating import fold
from councilgraph.reviews.readings import identity, number

Select = Callable[[str], tuple[list[str], Iterator[tuple[Any, ...]]]]
Known = tuple[str, str, str, str]
"""A thing wherever it stands: assessment, kind, digest of its sentence, what it is known by."""

PREFIXES = """PREFIX cg: <https://w3id.org/councilgraph/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX state: <https://w3id.org/councilgraph/scheme/review-state/>
"""
# How each kind is found, and the two terms that it is known by in its sentence.
_FOUND = {
    "finding": "?thing cg:passage ?passage ; a cg:Finding . BIND(?thing AS ?finding)",
    "mention": "?thing cg:mentionKind ?any ; cg:passage ?passage ; cg:exactText ?first . "
    "?finding cg:passage ?passage ; a cg:Finding",
    "partnership": "?thing cg:partnershipType ?any ; cg:evidence ?finding . ?finding cg:passage ?passage",
    "strategy": "?thing cg:strategyStatus ?any ; cg:evidence ?finding ; dcterms:title ?first . "
    "?finding cg:passage ?passage",
    "statistic": "?thing cg:value ?first ; cg:unit ?second ; cg:evidence ?finding . "
    "?finding cg:passage ?passage",
    "citation": "?thing cg:citedAct ?first ; cg:evidence ?finding . ?finding cg:passage ?passage . "
    "OPTIONAL { ?thing cg:citedSection ?second }",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which things are asked for; what is left empty is not asked.

    ``council`` and ``theme`` are IRIs, ``section`` and ``kinds`` slugs, ``below`` a confidence.
    """

    council: str = ""
    theme: str = ""
    section: str = ""
    kinds: tuple[str, ...] = EVIDENCE_KINDS
    below: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing in the queue: enough to order it and to leave out what is decided.

    ``confidence`` is that of its sentence; 0 where nothing is known of it. A thing that several
    sentences tell is as sure as the least sure of them; ``also`` are the digests of the others.
    """

    iri: str
    kind: str
    assessment: str
    digest: str
    state: str
    confidence: Decimal
    known_by: str
    also: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[Known, ...]:
        """By what decisions know it, in each of its sentences."""
        return tuple((self.assessment, self.kind, one, self.known_by) for one in (self.digest, *self.also))


def waiting(
    select: Select, wanted: Wanted, reviews: Iterable[Reviewed] = (), *, again: str = ""
) -> list[Waiting]:
    """What nobody has settled, least sure first.

    ``reviews`` may be newer than the store: what they settle waits no more. With ``again``, a
    role, it is what others have settled and this role has not: for a second reading.

    Raises:
        UsageError: a kind that there is not.
    """
    made = decided(reviews)
    return [one for one in candidates(select, wanted, settled=bool(again)) if waits(one, made, again)]


def candidates(select: Select, wanted: Wanted, *, settled: bool = False) -> list[Waiting]:
    """What the store says has not been settled, least sure first; ``settled``: what has been too.

    A build does not change, so the list can be kept as long as it; ``waits`` tells what of it
    waits today.

    Raises:
        UsageError: a kind that there is not.
    """
    found: dict[str, Waiting] = {}
    for kind in wanted.kinds:
        if kind not in _FOUND:
            raise UsageError(f"There is no kind '{kind}'.", cure=f"Kinds are: {', '.join(_FOUND)}.")
        for one in _listed(select, kind, wanted, any_state=settled):
            if wanted.below is not None and one.confidence >= wanted.below:
                continue
            before = found.get(one.iri)
            found[one.iri] = _joined(before, one) if before else one
    return sorted(found.values(), key=_order)


def _joined(one: Waiting, other: Waiting) -> Waiting:
    """A thing that two sentences tell."""
    first, second = sorted((one, other), key=_order)
    also = dict.fromkeys((*first.also, second.digest, *second.also))
    return replace(first, also=tuple(digest for digest in also if digest != first.digest))


def decided(reviews: Iterable[Reviewed]) -> dict[Known, tuple[Decision, ...]]:
    """The decisions of review files by what they are about, wherever its sentence stands."""
    found: dict[Known, tuple[Decision, ...]] = {}
    for one in reviews:
        for (kind, place, known_by), made in fold((d, d.place) for d in one.decisions).items():
            del place
            key = (one.key, kind, made[-1].digest, known_by)
            found[key] = (*found.get(key, ()), *made)
    return found


def waits(one: Waiting, made: Mapping[Known, tuple[Decision, ...]], again: str = "") -> bool:
    """Whether a thing waits, by what is ``decided``; ``again`` as in ``waiting``."""
    said = [d for known in one.known for d in made.get(known, ())]
    settled = [d for d in said if d.decision in SETTLING]
    if again:
        return bool(settled) and all(d.role != again for d in settled)
    return not settled or said[-1].decision == "open"


def _order(one: Waiting) -> tuple[Decimal, str]:
    return one.confidence, one.iri


def _listed(select: Select, kind: str, wanted: Wanted, *, any_state: bool) -> Iterator[Waiting]:
    parts = ["?thing cg:inAssessment ?assessment ; cg:reviewState ?state", _FOUND[kind]]
    if wanted.council:
        parts.insert(0, f"?assessment cg:assessedCouncil <{wanted.council}>")
    if not any_state:
        # With VALUES the states come first, and every sentence of the graph is read: 80 times as long.
        parts.append("FILTER(?state IN (state:machine, state:open))")
    if wanted.section:
        section = concept("report-section", wanted.section)
        parts.append(f"OPTIONAL {{ ?passage cg:section ?section }} FILTER(?section = <{section}>)")
    if wanted.theme:
        themes = ", ".join(f"<{iri}>" for iri in _and_below(select, wanted.theme))
        parts.append(f"FILTER EXISTS {{ ?finding cg:theme ?theme FILTER(?theme IN ({themes})) }}")
    parts += [
        "OPTIONAL { ?passage cg:textDigest ?digest }",
        "OPTIONAL { ?finding cg:confidence ?confidence }",
    ]
    text = "SELECT DISTINCT ?thing ?assessment ?state ?digest ?confidence ?first ?second"
    names, rows = select(f"{PREFIXES}{text} WHERE {{ {' . '.join(parts)} }}")
    for row in rows:
        told = {name: term.value for name, term in zip(names, row, strict=True) if term is not None}
        yield Waiting(
            told["thing"],
            kind,
            told["assessment"].rpartition("/")[2],
            told.get("digest", ""),
            told["state"].rpartition("/")[2],
            Decimal(told.get("confidence", "0")),
            _known_by(kind, told),
        )


def _known_by(kind: str, told: Mapping[str, str]) -> str:
    """As ``identity``, from the few terms of the list."""
    first, second = told.get("first", ""), told.get("second", "")
    fields: dict[str, Any] = {}
    match kind:
        case "mention":
            fields = {"text": first}
        case "partnership":
            fields = {"key": told["thing"].rpartition("/")[2]}
        case "strategy":
            fields = {"title": first}
        case "statistic":
            fields = {"value": figure(first), "unit": second.rpartition("/")[2]}
        case "citation":
            fields = {"path": act_path(first), "law_section": second.rpartition("/section/")[2]}
    return identity(kind, fields)


def figure(text: str) -> int | float | str:
    """A figure of the graph as records have it."""
    try:
        return number(Decimal(text))
    except ArithmeticError:
        return text  # printed wrongly, and kept as it stands


def act_path(iri: str) -> str:
    """The path of an Act at legislation.gov.uk."""
    return iri.partition("/id/")[2]


def _and_below(select: Select, theme: str) -> list[str]:
    """A theme and those that are narrower."""
    _, rows = select(f"{PREFIXES}SELECT ?one WHERE {{ ?one skos:broader* <{theme}> }}")
    return sorted({theme, *(row[0].value for row in rows)})


def in_graph(iri: str) -> str:
    """The IRI of evidence, checked before it is put into a query.

    Raises:
        UsageError: it is none of ours.
    """
    kind, _, rest = iri.removeprefix(IRIS.id).partition("/")
    if (
        not iri.startswith(IRIS.id)
        or kind not in EVIDENCE_KINDS
        or not rest
        or set(iri) & set('<>"{}|^`\\ \n')
    ):
        raise UsageError(
            f"'{iri[:80]}' is no evidence of this graph.", cure="Take it from the column evidence-iri."
        )
    return iri
