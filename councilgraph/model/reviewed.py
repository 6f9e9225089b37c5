"""What people settled of a report, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from councilgraph.model.evidence import Citation, Finding, Mention, Partnership, Statistic, Strategy
from councilgraph.model.report import Place


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a reviewer was unsure of in one record.

    ``labels`` name the fields of a finding that could as well be others ("polarity",
    "voices", "themes"). ``optional`` tells an item that may be entered or left out.
    ``alternatives`` are further readings by field, best first (("type", ("network",)),).
    """

    labels: tuple[str, ...] = ()
    optional: bool = False
    alternatives: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def others(self, field_name: str) -> tuple[str, ...]:
        """The further readings of one field."""
        return next((values for name, values in self.alternatives if name == field_name), ())


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people settled of one assessment, sentence by sentence, without its text.

    ``key`` is that of the assessment ("STS-2025-05"). ``digests`` gives the digest of each
    sentence at its place when it was reviewed; the evidence objects stand at these places.
    ``doubts`` has an entry for each of these objects that the reviewer was unsure of.
    """

    key: str
    path: Path
    sha256: str
    digests: dict[Place, str]
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mention, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    citations: tuple[Citation, ...] = ()
    doubts: dict[Finding | Mention | Partnership | Strategy | Statistic | Citation, Doubt] = field(
        default_factory=dict
    )
