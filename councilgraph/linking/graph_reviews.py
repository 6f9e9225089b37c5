"""What people said of links: it counts before what the machine found, in every build anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from councilgraph.iris import IRIS
from councilgraph.linking.entry import Entry
from councilgraph.linking.graph import validity
from councilgraph.model import Link, LinkReview


@dataclass(frozen=True, slots=True)
class Judged:
    """Links after people's judgements; ``effective`` are those that say more than the machine did.

    ``unused`` are judgements of records that this build does not have.
    """

    links: tuple[Link, ...]
    effective: tuple[tuple[Link, LinkReview], ...]
    unused: tuple[LinkReview, ...]


def judged(
    links: Iterable[Link],
    reviews: Iterable[LinkReview],
    entry: Callable[[str], Entry | None],
    subjects: Mapping[str, str],
) -> Judged:
    """The links as people judged them.

    ``subjects`` gives the key of every body, by IRI, that a link may start from; ``entry`` finds
    the entry of a register that an IRI of ours means. "same" makes a link certain, or a new one,
    and takes the place of what the machine found in that register; "not-same" takes it away,
    and nothing comes in its place; "unsure" leaves it open.
    """
    found: dict[tuple[str, str], Link] = {}
    for link in links:
        found.setdefault((link.subject, link.object), link)
    effective: dict[tuple[str, str], LinkReview] = {}
    unused = []
    for review in reviews:
        pair = next((p for p in _both(review) if p in found), None)
        if review.judgement == "not-same":
            if pair:
                del found[pair]
            continue
        if review.judgement == "same" and pair is None and (drawn := _drawn(review, entry, subjects)):
            pair = drawn.subject, drawn.object
            found[pair] = drawn
        if pair is None:
            unused.append(review)
            continue
        if review.judgement == "same":
            found[pair] = replace(found[pair], confidence=Decimal(1), state="accepted")
        else:
            found[pair] = replace(found[pair], state="open")
        effective[pair] = review
    # Who a person said it is takes the place of whom the machine found in that register.
    settled = {
        (found[p].subject, found[p].dataset) for p, one in effective.items() if one.judgement == "same"
    }
    kept = {p: k for p, k in found.items() if p in effective or (k.subject, k.dataset) not in settled}
    return Judged(
        tuple(kept.values()), tuple((found[p], review) for p, review in effective.items()), tuple(unused)
    )


def _both(review: LinkReview) -> tuple[tuple[str, str], tuple[str, str]]:
    return (review.subject, review.object), (review.object, review.subject)


def _drawn(
    review: LinkReview, entry: Callable[[str], Entry | None], subjects: Mapping[str, str]
) -> Link | None:
    """A link that the machine did not find."""
    for subject, target in _both(review):
        if subject not in subjects:
            continue
        if (found := entry(target)) is not None:
            tail = target.rpartition("/")[2]
            dataset, since, until = found.register, *validity(found)
        elif target.startswith(IRIS.id):
            continue  # nobody of that name is there to be linked to
        else:
            dataset = target.split("/")[2].removeprefix("www.")
            tail, since, until = dataset, None, None
        key = (subjects[subject], tail)
        return Link(key, subject, "closeMatch", target, "manual", Decimal(1), dataset, since, until)
    return None
