"""A validation report for people, for programs and for other RDF tools.

People get the counts first, then what was found by council and rule; programs get records;
RDF tools get the W3C validation report as Turtle, with no blank node and the same bytes for the
same results.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import groupby

from councilgraph.errors import UsageError
from councilgraph.validation.results import (
    SEVERITIES,
    Severity,
    ValidationReport,
    ValidationResult,
)
from councilgraph.validation.shapes import SH, Shapes

_KEY = re.compile(r"/id/[a-z]+/([A-Z]{3,4})(?:-[0-9]{4}-[0-9]{2})?(?:/|$)")
_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def council_of(focus: str) -> str:
    """The register code in the IRI of a thing; empty for a thing that no one council owns.

    >>> council_of("https://w3id.org/councilgraph/id/judgement/NMR-2025-05/learning")
    'NMR'
    >>> council_of("https://w3id.org/councilgraph/id/organisation/ods-ZZ1")
    ''
    """
    found = _KEY.search(focus)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Group:
    """What one rule found in the graph of one council; ``council`` is empty for shared nodes."""

    council: str
    shape: str
    rule: str
    severity: Severity
    results: tuple[ValidationResult, ...]


def groups(report: ValidationReport, shapes: Shapes) -> tuple[Group, ...]:
    """Results by council, then gravest first, then by rule; shared nodes come first."""

    def key(result: ValidationResult) -> tuple[str, int, str]:
        return council_of(result.focus), SEVERITIES.index(result.severity), result.shape

    ordered = sorted(report.results, key=lambda one: (key(one), one.key))
    return tuple(
        Group(council, shape, rule_name(shape, shapes), SEVERITIES[rank], tuple(found))
        for (council, rank, shape), found in groupby(ordered, key=key)
    )


def rule_name(shape: str, shapes: Shapes) -> str:
    """A rule as people call it: "Judgement: score" for a property, else the label of the node."""
    owner, dash, _ = shape.rsplit("#", 1)[-1].partition("-")
    name = shapes.name(shape)
    return f"{owner}: {name}" if dash else name


def counts(report: ValidationReport) -> dict[str, int]:
    """Number of results of each severity, the gravest first."""
    return {severity: report.count(severity) for severity in SEVERITIES}


def lines(report: ValidationReport, shapes: Shapes, *, most: int = 3) -> list[str]:
    """Plain text: one line of counts, then each council and rule with at most ``most`` nodes."""
    number = counts(report)
    told = [
        "conforms" if report.conforms else "does not conform",
        *(f"{n} {name.lower()}{'' if n == 1 else 's'}" for name, n in number.items() if name != "Info"),
        f"{number['Info']} note{'' if number['Info'] == 1 else 's'}",
    ]
    out = [", ".join(told)]
    if report.fallback:
        out.append(f"Validated by the engine '{report.engine}', because: {report.fallback}")
    council = None
    for group in groups(report, shapes):
        if group.council != council:
            council = group.council
            out.append(f"{council or 'shared nodes'}:")
        out.append(f"  {group.severity}, {len(group.results)} x {group.rule}")
        shown: list[str] = []
        for result in group.results[:most]:
            # A rule on many nodes says the same each time: its message is told once.
            if result.message not in shown:
                shown.append(result.message)
                out.append(f"    {result.message}")
            value = f" (value {result.value})" if result.value and result.path else ""
            out.append(f"      at {result.focus}{value}")
        if (rest := len(group.results) - most) > 0:
            out.append(f"      and {rest} more")
    return out


def records(report: ValidationReport, shapes: Shapes) -> list[dict[str, str | None]]:
    """One flat record for each result, ready for JSON or CSV; absent values are None."""
    return [
        {
            "severity": result.severity,
            "council": council_of(result.focus) or None,
            "rule": rule_name(result.shape, shapes),
            "focus": result.focus,
            "path": result.path,
            "value": result.value,
            "component": result.component,
            "shape": result.shape,
            "message": result.message,
        }
        for result in report.results
    ]


def turtle(report: ValidationReport, report_iri: str) -> str:
    """The report in the W3C vocabulary. ``report_iri`` names it; results get IRIs below it.

    ``sh:conforms`` is that of the W3C: false where there is any result at all, a note included.
    What decides about loading is ``ValidationReport.conforms``.

    Raises:
        UsageError: ``report_iri`` is no IRI.
    """
    if _UNSAFE.search(report_iri) or ":" not in report_iri:
        raise UsageError(f"'{report_iri}' cannot name a validation report.", cure="Give an absolute IRI.")
    named = [(f"<{report_iri}/result/{_digest(one)}>", one) for one in report.results]
    head = f"<{report_iri}> a sh:ValidationReport ;\n    sh:conforms {'false' if named else 'true'}"
    if named:
        head += " ;\n    sh:result\n        " + " ,\n        ".join(sorted(iri for iri, _ in named))
    blocks = [f"@prefix sh: <{SH}> .\n", head + " .\n"]
    blocks += [_block(iri, one) for iri, one in named]
    return "\n".join(blocks)


def _block(iri: str, result: ValidationResult) -> str:
    pairs = [
        ("sh:focusNode", _node(result.focus)),
        # A compound path has no IRI to stand for it, and a blank node is not ours to publish.
        ("sh:resultPath", _node(result.path) if result.path and ":" in result.path[:9] else None),
        ("sh:value", result.value),
        ("sh:resultSeverity", f"sh:{result.severity}"),
        ("sh:sourceConstraintComponent", f"<{SH}{result.component}>"),
        ("sh:sourceShape", _node(result.shape)),
        ("sh:resultMessage", f'"{_escape(result.message)}"@en'),
    ]
    told = " ;\n    ".join(f"{name} {value}" for name, value in pairs if value)
    return f"{iri} a sh:ValidationResult ;\n    {told} .\n"


def _node(iri: str) -> str:
    return "<" + _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", iri) + ">"


def _escape(message: str) -> str:
    return "".join(_ESCAPES.get(letter, letter) for letter in message)


def _digest(result: ValidationResult) -> str:
    return hashlib.sha256("\x1f".join(map(str, result.key)).encode()).hexdigest()[:16]
