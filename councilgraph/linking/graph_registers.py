"""Links between registers: two entries with one identifier are one body.

Where a register has two entries with the identifier, or an entry carries the identifiers of
two bodies, one of them is wrong and nobody can say which: these are not linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import permutations

from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry
from councilgraph.linking.graph import validity
from councilgraph.linking.graph_iris import Naming, elsewhere
from councilgraph.model import Link

_Place = tuple[str, str]
_MOST = 12  # holders of one identifier that are looked at; of more, it is none


def identities(entries: Iterable[Entry], source: Source, naming: Naming) -> list[tuple[Entry, Entry]]:
    """Pairs of entries of two registers that are one body, the one of our tables first."""
    partners: dict[tuple[_Place, str], set[_Place]] = defaultdict(set)
    held: dict[_Place, Entry] = {}
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        for scheme, value in entry.identifiers:
            if (scheme, value) in seen:
                continue
            seen.add((scheme, value))
            # Every holder is asked for: of two charities with one company neither may be seen alone.
            holders = source.identified(scheme, value)
            for one, two in permutations(holders[:_MOST], 2):
                if one.register != two.register:
                    held[_place(one)] = one
                    partners[_place(one), two.register].add(_place(two))
    pairs: dict[tuple[_Place, _Place], None] = {}
    for (place, _), others in partners.items():
        for other in others:
            if len(others) == 1 and len(partners[other, place[0]]) == 1:
                first, second = sorted((place, other), key=lambda p: (not naming.described(held[p]), p))
                pairs[first, second] = None
    return [(held[one], held[two]) for one, two in sorted(pairs)]


def identity_links(pairs: Iterable[tuple[Entry, Entry]], naming: Naming) -> Iterator[Link]:
    """Links between entries of two registers, found by their identifiers."""
    for one, two in pairs:
        since, until = validity(one, two)
        if (one.since and two.until and two.until < one.since) or (
            two.since and one.until and one.until < two.since
        ):
            # A code that was given again after its body had ended means another body.
            continue
        yield Link(
            (naming.key(one), naming.key(two)),
            naming.iri(one),
            "sameAs",
            naming.iri(two),
            "register-identifier",
            Decimal(1),
            two.register,
            since,
            until,
        )


def outward_links(entries: Iterable[Entry], naming: Naming) -> Iterator[Link]:
    """Links from bodies of registers to where their register, or a mirror of it, has them."""
    for entry in entries:
        if (found := elsewhere(entry)) is not None:
            address, relation = found
            host = address.split("/")[2]
            yield Link(
                (naming.key(entry), host),
                naming.iri(entry),
                "sameAs" if relation == "sameAs" else "exactMatch",
                address,
                "register-identifier",
                Decimal(1),
                host,
                *validity(entry),
            )


def _place(entry: Entry) -> _Place:
    return entry.register, entry.code
