"""Links to triples: each as a resource with its method and state, and counted in linksets.

They stand in a graph of their own so that they can be left out: a link is somebody's
judgement, an identifier is a fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from councilgraph.iris import IRIS
from councilgraph.model import Link, LinkReview
from councilgraph.terms import OWL, RDF, RDFS, SKOS, cg, slug
from councilgraph.writing.ntriples import Triples, decimal, iri, plain, text, typed

VOID = "http://rdfs.org/ns/void#"
TYPE = f"<{RDF}type>"
RELATIONS = {
    "sameAs": f"<{OWL}sameAs>",
    "exactMatch": f"<{SKOS}exactMatch>",
    "closeMatch": f"<{SKOS}closeMatch>",
}
AREAS = "statistics.data.gov.uk"
"""The data set that the areas of councils belong to; they are linked by ``cg:area``."""

# How the catalogue of sources calls a data set that is named here by its register or its host.
_SOURCES = {
    "business.data.gov.uk": "companies-house",
    "local-authorities": "mysociety",
    "national-bodies": "government-register",
    "ods-icbs": "ods",
    "ods-trusts": "ods",
    "wikidata.org": "wikidata",
}

# Nobody may join on what a person doubts or has rejected.
_NOT_STATED = frozenset({"open", "rejected"})
_DECISIONS = {"same": "accepted", "unsure": "open"}


def write_links(
    links: Iterable[Link],
    reviews: Iterable[tuple[Link, LinkReview]] = (),
    *,
    areas: int = 0,
) -> str:
    """The graph of links as N-Triples, in the order of the links' keys.

    ``reviews`` are the judgements behind links of other states than ``machine``; ``areas`` is
    the number of councils that lead to their area, which stands in the reference tables.
    """
    out = Triples()
    counts = Counter[tuple[str, str]]()
    for link in sorted(links, key=lambda one: one.key):
        _link(out, link)
        if link.state not in _NOT_STATED:
            out.add(iri(link.subject), (RELATIONS[link.relation], iri(link.object)))
            counts[link.dataset, link.relation] += 1
    for link, review in sorted(reviews, key=lambda pair: pair[0].key):
        _review(out, link, review)
    _linksets(out, counts, areas)
    return out.ntriples()


def _link(out: Triples, link: Link) -> None:
    out.add(
        f"<{IRIS.thing('link', *link.key)}>",
        (TYPE, cg("Link")),
        (cg("linkSubject"), iri(link.subject)),
        (cg("linkRelation"), RELATIONS[link.relation]),
        (cg("linkObject"), iri(link.object)),
        (cg("linkMethod"), slug("link-method", link.method)),
        (cg("confidence"), decimal(link.confidence)),
        (cg("validFrom"), typed(link.valid_from.isoformat(), "date") if link.valid_from else None),
        (cg("validUntil"), typed(link.valid_until.isoformat(), "date") if link.valid_until else None),
        (cg("reviewState"), slug("review-state", link.state)),
    )


def _review(out: Triples, link: Link, review: LinkReview) -> None:
    out.add(
        f"<{IRIS.thing('review', 'link', *link.key)}>",
        (TYPE, cg("Review")),
        (cg("reviews"), f"<{IRIS.thing('link', *link.key)}>"),
        (cg("decision"), slug("review-state", _DECISIONS[review.judgement])),
        (cg("decidedOn"), typed(review.on.isoformat(), "date")),
        (cg("reviewerRole"), plain(review.role)),
        (cg("note"), text(review.note) if review.note else None),
    )


def _linksets(out: Triples, counts: Mapping[tuple[str, str], int], areas: int) -> None:
    """One linkset for each data set and relation, as VoID counts them: by their statements."""
    for (dataset, relation), count in sorted(counts.items()):
        _linkset(out, dataset, relation, RELATIONS[relation], count)
    if areas:
        _linkset(out, AREAS, "area", cg("area"), areas)


def _linkset(out: Triples, dataset: str, relation: str, predicate: str, count: int) -> None:
    out.add(
        f"<{IRIS.thing('linkset', dataset, relation)}>",
        (TYPE, f"<{VOID}Linkset>"),
        (f"<{RDFS}label>", text(f"Links to {dataset} by {relation}")),
        (f"<{VOID}subjectsTarget>", f"<{IRIS.thing('dataset', 'councilgraph')}>"),
        (f"<{VOID}objectsTarget>", f"<{IRIS.thing('dataset', _SOURCES.get(dataset, dataset))}>"),
        (f"<{VOID}linkPredicate>", predicate),
        (f"<{VOID}triples>", typed(count, "integer")),
    )
