"""Which body a name means on a day: the one of that day, or who took over from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry, Name

ALIVE, ENDED, TO_COME = 0, 1, 2
_GENERATIONS = 8  # of successors; a longer chain is a circle in a register


def era(body: Entry | Name, on: date | None) -> int:
    """Whether the body (or the name) was in being on the day; without a day, whether it is open."""
    if on is None:
        return ALIVE if body.until is None else ENDED
    if body.until is not None and body.until < on:
        return ENDED
    return TO_COME if body.since is not None and on < body.since else ALIVE


def successors(entry: Entry, source: Source) -> tuple[Entry, ...]:
    """The bodies that took over directly, as far as the register has them."""
    found = (source.entry(entry.register, code) for code in dict.fromkeys(entry.successors))
    return tuple(one for one in found if one is not None)


def heirs(entry: Entry, on: date, source: Source) -> tuple[Entry, ...]:
    """The bodies of the day that go back to this one, over any number of successions."""
    return tuple({(e.register, e.code): e for e in _heirs([entry], on, source)}.values())


def _heirs(generation: list[Entry], on: date, source: Source) -> Iterator[Entry]:
    seen = {(e.register, e.code) for e in generation}
    for _ in range(_GENERATIONS):
        following = []
        for heir in (heir for entry in generation for heir in successors(entry, source)):
            if era(heir, on) == ALIVE:
                yield heir
            elif era(heir, on) == ENDED and (heir.register, heir.code) not in seen:
                seen.add((heir.register, heir.code))
                following.append(heir)
        generation = following
