"""Numbers whose printing is a slip ("1,2345"): kept as printed, and told to the user."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.model import LoadWarning, Place, Report, Statistic


def malformed_numbers(report: Report, statistics: Iterable[Statistic]) -> tuple[LoadWarning, ...]:
    """A warning for each figure whose right value nobody can know, where it stands in its file."""
    kept = [s for s in statistics if isinstance(s.value, str)]
    if not kept:
        return ()
    names = {document.sha256: document.name for document in report.documents}
    lines = {
        (p.section, p.n): f"{names.get(p.document, p.document)}:{p.line}".lstrip(":")
        for p in report.paragraphs
    }
    return tuple(
        LoadWarning(
            "malformed-number",
            f"'{s.value}' is kept as printed: its groups are not of three digits.",
            f"{lines[s.place.section, s.place.paragraph]} ({_told(s.place)})",
        )
        for s in kept
    )


def _told(place: Place) -> str:
    return f"{place.section} {place.paragraph}.{place.sentence}"
