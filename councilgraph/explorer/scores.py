"""The score of a statement in a report, to be set beside what the report says."""

from __future__ import annotations

from dataclasses import dataclass

from councilgraph.explorer.directory import Assessment, Council, directory
from councilgraph.explorer.entries import Entry
from councilgraph.explorer.snapshot import Snapshot

HIGH, LOW = (3, 4), (1, 2)


@dataclass(frozen=True, slots=True)
class Report:
    """An assessment of a council by its key ("STS-2025-05")."""

    key: str
    council: Council
    assessment: Assessment


class Scores:
    """The reports of a build and their scores."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.reports = {
            report.key: report
            for council in directory(snapshot).all
            for assessment in council.assessments
            for report in [Report(f"{council.code}-{assessment.published[:7]}", council, assessment)]
        }

    def report(self, entry: Entry) -> Report | None:
        """The report that a finding stands in."""
        return self.reports.get(key_of(entry))

    def of(self, entry: Entry) -> int | None:
        """The score of the section that a finding stands in; None in the summaries."""
        report = self.report(entry)
        return report.assessment.scores.get(entry.statement) if report else None


def scores_of(snapshot: Snapshot) -> Scores:
    """The scores of a build, read once."""
    return snapshot.once("scores", Scores)


def key_of(entry: Entry) -> str:
    """The key of the assessment of a finding: "STS-2025-05"."""
    return entry.assessment.rsplit("/", 1)[-1]
