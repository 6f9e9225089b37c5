"""What looking for phrases took: the figures, and the section of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any

from benchmarks import figures, tables
from benchmarks.asker import Answer
from benchmarks.figures import Row

# Most hits, phrases of each kind, words of a phrase.
HITS, EACH, WORDS = 20, 5, 3
TARGET = 20  # times `CONTAINS`, at least
KINDS = ("frequent", "rare", "absent")
# Each side against the index, with the clock of the ratio.
AGAINST = {"disk": "processor_ms", "memory": "processor_ms", "oxigraph": "ms"}
NAMES = {
    "index": "full-text index",
    "disk": "`CONTAINS` on disk",
    "memory": "`CONTAINS` in memory",
    "oxigraph": "`CONTAINS`, Oxigraph, HTTP",
}


def ratios(found: dict[str, Any], side: str, phrases: Iterable[str]) -> list[float]:
    """A side divided by the index, for each phrase that both have answered."""
    clock = AGAINST[side]
    ours, other = (found["sides"][one]["phrases"] for one in ("index", side))
    answered = (one for one in phrases if "error" not in ours[one] and "error" not in other[one])
    return [other[one][clock] / max(ours[one][clock], 0.001) for one in answered]


def rows(found: dict[str, Any]) -> list[Row]:
    """The figures of the search: all phrases, and each kind, as a frequent one is soon found by either."""
    every = [phrase for kind in KINDS for phrase in found["phrases"][kind]]
    title = f"phrase in {found['findings']:,} findings, {HITS} hits with their places: "
    made = []
    for side in AGAINST:
        kinds = {"": every} | (
            {f"-{kind}": found["phrases"][kind] for kind in KINDS} if side == "disk" else {}
        )
        for kind, phrases in kinds.items():
            reason = _missing(found, side)
            values = [] if reason else ratios(found, side, phrases)
            made.append(
                figures.row(
                    f"s-{side}{kind}",
                    f"{title}{NAMES[side]} / index, {kind[1:] or 'all'} phrases"
                    if side == "disk"
                    else f"the same, {NAMES[side]} / index, all phrases",
                    median(values) if values else None,
                    over=side,
                    under="index",
                    target=TARGET if side == "disk" else None,
                    at_least=True,
                    reason=reason or figures.NOT_MEASURED,
                )
            )
    return made


def section(found: dict[str, Any]) -> Iterator[str]:
    """Each phrase, and whether all sides found the same."""
    yield "## Search"
    yield ""
    yield (
        f"{found['findings']:,} findings of {found['reports']} generated reports, {found['triples']:,} "
        f"triples; {EACH} phrases of {WORDS} words of each kind, drawn by the seed from the generated "
        f"sentences. Frequent ones stand in one sentence of a hundred or more, rare ones in {HITS} or fewer, "
        "absent ones in none (frequent ones backwards). The index orders all hits by how well they fit and "
        f"gives the best {HITS}; `CONTAINS` gives the first {HITS} that it meets, and stops early where a "
        "phrase is frequent. Either gives council, day, section, place, polarity and sentence. Milliseconds "
        "are the processor's, those of the server the clock's; the store on disk is the one that the index "
        "belongs to."
    )
    yield ""
    sides = [side for side in NAMES if not _missing(found, side)]
    for side, name in NAMES.items():
        if side not in sides:
            yield f"- {name}: not measured: {_missing(found, side)}"
            yield ""
    if "index" not in sides:
        return
    divided = [side for side in sides if side in AGAINST]
    told = {side: found["sides"][side]["phrases"] for side in sides}
    columns = ("kind", "phrase", "hits", "the same hits", *(f"{NAMES[side]}, ms" for side in sides))
    yield from tables.table(
        (*columns, *(f"{NAMES[side]} / index" for side in divided)),
        (
            (
                kind,
                phrase,
                told["index"][phrase].get("rows", ""),
                same_hits(kind, phrase, told),
                *(_cell(told[side][phrase], AGAINST.get(side, "processor_ms")) for side in sides),
                *("/".join(f"{one:.3g}" for one in ratios(found, side, [phrase])) for side in divided),
            )
            for kind in KINDS
            for phrase in found["phrases"][kind]
        ),
        left=2,
    )


def same_hits(kind: str, phrase: str, told: dict[str, dict[str, Answer]]) -> str:
    """Whether all sides found the same; of a frequent phrase each takes other ones, and as many."""
    answers = [one[phrase] for one in told.values() if "hits" in one[phrase]]
    counts = {len(one["hits"]) for one in answers}
    if kind == "frequent":
        return "as many" if len(counts) == 1 else f"no: {' or '.join(map(str, sorted(counts)))}"
    if len({tuple(one["hits"]) for one in answers}) == 1:
        return "yes"
    return f"no: {' or '.join(map(str, sorted(counts)))}"


def _missing(found: dict[str, Any], side: str) -> str | None:
    sides = found["sides"]
    return next((sides[one]["reason"] for one in ("index", side) if "reason" in sides[one]), None)


def _cell(told: Answer, clock: str) -> str:
    if "error" in told:
        return "-"
    return f"{'> ' if told.get('over') else ''}{told[clock]:,.3g}"
