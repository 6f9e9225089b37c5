"""How a release is cited: CITATION.cff, which GitHub and Zenodo read, and one line of text.

The form is that of the Citation File Format 1.2.0 (citation-file-format.github.io).
"""

from __future__ import annotations

import json
from typing import Any

from councilgraph.iris import BASE
from councilgraph.release.facts import Facts
from councilgraph.writing.catalog import ABOUT, TITLE

AUTHORS = "The councilgraph contributors"
KEYWORDS = (
    "adult social care", "local authorities", "England", "Care Quality Commission", "assessment",
    "knowledge graph", "linked open data", "SHACL", "SPARQL",
)  # fmt: skip
_CQC = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports"


def sentence(facts: Facts) -> str:
    """The release in one line, as a reference list has it."""
    where = f"https://doi.org/{facts.wanted.doi}" if facts.wanted.doi else facts.wanted.base or BASE
    return f"{AUTHORS} ({facts.day.year}): {TITLE}, release {facts.version}. {where}"


def citation(facts: Facts) -> str:
    """The text of ``CITATION.cff``."""
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this release, please cite it as below, and the Care Quality Commission "
        "as the publisher of the assessments.",
        "type": "dataset",
        "title": TITLE,
        "authors": [{"name": AUTHORS}],
        "version": facts.version,
        "date-released": facts.day,
        "license": "CC-BY-4.0",
        **({"doi": facts.wanted.doi} if facts.wanted.doi else {}),
        "url": facts.wanted.base or BASE,
        "abstract": ABOUT,
        "keywords": list(KEYWORDS),
        "references": [
            {
                "type": "report",
                "title": "Local authority assessment reports",
                "authors": [{"name": "Care Quality Commission"}],
                "url": _CQC,
            }
        ],
    }
    return "\n".join(_yaml(told)) + "\n"


def _yaml(told: dict[str, Any], indent: str = "") -> list[str]:
    """Our few shapes as YAML; a JSON text is a YAML text, so nothing in it can be taken for a mark."""
    lines: list[str] = []
    for key, value in told.items():
        if not isinstance(value, list):
            lines.append(f"{indent}{key}: {_scalar(value)}")
            continue
        lines.append(f"{indent}{key}:")
        for item in value:
            if isinstance(item, dict):
                first, *rest = _yaml(item, f"{indent}    ")
                lines += [f"{indent}  - {first.lstrip()}", *rest]
            else:
                lines.append(f"{indent}  - {_scalar(item)}")
    return lines


def _scalar(value: object) -> str:
    # A day is quoted too: the schema wants text, and readers of YAML would make a day of it.
    return json.dumps(str(value), ensure_ascii=False)
