"""What a validation found: plain frozen objects, the same whichever engine spoke."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["Violation", "Warning", "Info"]

SEVERITIES: tuple[Severity, ...] = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One thing that one shape has to say about one node.

    Attributes:
        focus: IRI of the node that was looked at.
        path: IRI of the property, None where the shape speaks about the node as a whole.
        value: the offending term in N-Triples syntax, so that "3" and 3 can be told apart;
            None where there is none, as when a property is missing.
        component: local name of the constraint component ("MinCountConstraintComponent").
        shape: IRI of the shape.
        severity: "Violation" keeps the graph out, "Warning" is listed, "Info" is a note.
        message: what is wrong, then what to do.
    """

    focus: str
    path: str | None
    value: str | None
    component: str
    shape: str
    severity: Severity
    message: str

    @property
    def key(self) -> tuple[int, str, str, str, str, str, str]:
        """Sort key, and everything that two engines must agree on: gravest first, then by node."""
        rank = SEVERITIES.index(self.severity)
        return (
            rank,
            self.focus,
            self.path or "",
            self.shape,
            self.component,
            self.value or "",
            self.message,
        )


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results on one graph, sorted; make it with ``ValidationReport.of``.

    Attributes:
        results: sorted by ``ValidationResult.key``, no result twice.
        engine: name of the engine that gave them.
        fallback: why the first engine did not; empty where it did.
    """

    results: tuple[ValidationResult, ...]
    engine: str
    fallback: str = ""

    @classmethod
    def of(cls, results: Iterable[ValidationResult], *, engine: str, fallback: str = "") -> ValidationReport:
        """Sort results and drop what was said twice, so that equal findings give equal reports."""
        return cls(tuple(sorted(set(results), key=lambda one: one.key)), engine, fallback)

    @classmethod
    def merged(cls, reports: Iterable[ValidationReport]) -> ValidationReport:
        """One report on many graphs; engines and reasons are told once each."""
        told = list(reports)
        return cls.of(
            (one for report in told for one in report.results),
            engine=", ".join(dict.fromkeys(report.engine for report in told)),
            fallback="\n".join(dict.fromkeys(r.fallback for r in told if r.fallback)),
        )

    @property
    def conforms(self) -> bool:
        """True without a Violation: warnings and notes do not keep a graph out of the store.

        The ``sh:conforms`` of the W3C is stricter; ``report.turtle`` writes that one.
        """
        return not any(one.severity == "Violation" for one in self.results)

    def count(self, severity: Severity) -> int:
        """Number of results of one severity."""
        return sum(1 for one in self.results if one.severity == severity)


def severity_of(local_name: str) -> Severity:
    """The severity of that name; any other one is treated as a Violation.

    A severity we do not know must not let a graph through.
    """
    return next((known for known in SEVERITIES if known == local_name), "Violation")
