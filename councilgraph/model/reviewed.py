"""What people settled of a report, sentence by sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from councilgraph.model.decision import Decision
from councilgraph.model.evidence import Citation, Finding, Item, Mention, Partnership, Statistic, Strategy
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
    ``decisions`` are about single things that the machine read, the earliest first; they come
    after the records of sentences, and so win over them. ``also`` are the path and checksum of
    a second file that is about the same assessment. ``decided`` has the decisions behind things of
    the lists, where these stand without their report.
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
    decisions: tuple[Decision, ...] = ()
    also: tuple[tuple[Path, str], ...] = ()
    decided: Mapping[Item, tuple[Decision, ...]] = field(default_factory=dict)

    @property
    def files(self) -> tuple[tuple[Path, str], ...]:
        """Path and checksum of each file."""
        return ((self.path, self.sha256), *self.also)

    @property
    def digest(self) -> str:
        """The checksum of all that was reviewed: of one file its own."""
        if not self.also:
            return self.sha256
        return hashlib.sha256("".join([self.sha256, *(s for _, s in self.also)]).encode()).hexdigest()
