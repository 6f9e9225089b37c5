"""What a larger graph would cost: arithmetic on what was measured.

Nothing here is a constant of its own: all come from the part ``growth`` of a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.growth_section import FULL, measured

GIB, MIB = 2**30, 2**20
READING = ("Looking at files", "Reading reports")  # what many processes and machines share


@dataclass(frozen=True, slots=True)
class Constants:
    """What one triple and one report cost at the largest size of full reports that was measured.

    Seconds are those of a processor. ``reading`` is a report's share of what all cores and workers
    do, ``filling`` a triple's share of what one process does. ``builder_mib`` is the peak of
    the process that builds, ``builder_report_mib`` what each further report adds to it.
    """

    reports: int
    triples: int
    triples_a_report: float
    nquads: float
    database: float
    index: float
    memory: float | None
    reading: float
    filling: float
    builder_mib: float
    builder_report_mib: float


def constants(growth: dict[str, Any]) -> Constants | None:
    """From the part ``growth``; None where full reports of two sizes were not measured."""
    sizes = measured(growth, FULL)
    if len(sizes) < 2:
        return None
    least, most = sizes[0], sizes[-1]
    reports, triples, steps = most["reports"], most["triples"], most["first"]["steps"]
    more = reports - least["reports"]
    reading = sum(seconds for name, (_, seconds) in steps.items() if name in READING)
    memory = most["memory"]
    return Constants(
        reports=reports,
        triples=triples,
        # The tables are the same in both: what is between the two sizes is the reports'.
        triples_a_report=(triples - least["triples"]) / more,
        nquads=most["nquads_bytes"] / triples,
        database=most["database_bytes"] / triples,
        index=most["index_bytes"] / triples,
        memory=memory["mib"] * MIB / triples if memory else None,
        reading=reading / reports,
        filling=(most["first"]["processor"] - reading) / triples,
        builder_mib=_peak(most),
        builder_report_mib=max(0.0, (_peak(most) - _peak(least)) / more),
    )


def _peak(size: dict[str, Any]) -> float:
    return float(max(size["first"]["own_mib"], size["first"]["helper_mib"]))


@dataclass(frozen=True, slots=True)
class Cost:
    """What a graph of that many triples takes; sizes in GiB, times in hours."""

    triples: int
    reports: int
    nquads: float
    database: float
    index: float
    memory: float | None
    builder: float
    reading: float  # of one core
    filling: float

    @property
    def disk(self) -> float:
        """While a whole new build stands beside the old one; the N-Quads files are there once."""
        return self.nquads + 2 * (self.database + self.index)

    def hours(self, cores: int) -> float:
        """A first build: reading is shared by the cores, filling is the work of one process."""
        return self.reading / cores + self.filling


def cost(of: Constants, triples: int) -> Cost:
    """Each constant times the triples, or times the reports that they come from."""
    reports = round(triples / of.triples_a_report)
    further = max(0, reports - of.reports)
    return Cost(
        triples=triples,
        reports=reports,
        nquads=of.nquads * triples / GIB,
        database=of.database * triples / GIB,
        index=of.index * triples / GIB,
        memory=None if of.memory is None else of.memory * triples / GIB,
        builder=(of.builder_mib + of.builder_report_mib * further) * MIB / GIB,
        reading=of.reading * reports / 3600,
        filling=of.filling * triples / 3600,
    )
