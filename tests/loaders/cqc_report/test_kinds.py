"""Signs of other documents: each shows itself in its own example, and each kind is told by its own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from councilgraph.textdigest import straighten
from loaders.cqc_report import kinds
from loaders.cqc_report.kinds import DECISIVE, ENOUGH, other_kind
from loaders.documents import Document
from loaders.documents.model import Line

TOLD = tomllib.loads((Path(kinds.__file__).parent / "kinds.toml").read_text(encoding="utf-8"))["kinds"]
SIGNS = [
    pytest.param(zone, *sign, id=f"{kind['name']}-{zone}-{sign[2]}")
    for kind in TOLD
    for zone in ("title", "head", "body")
    for sign in kind.get(zone, ())
]


def document(*lines: str) -> Document:
    return Document(Path("given.txt"), "0" * 64, tuple(Line(n, text) for n, text in enumerate(lines, 1)))


@pytest.mark.parametrize(("zone", "pattern", "weight", "example"), SIGNS)
def test_each_sign_is_seen_in_its_example(zone: str, pattern: str, weight: int, example: str) -> None:
    assert re.search(pattern, straighten(example).lower())
    # In the body a sign stands below what titles and heads are looked for in.
    above = ["Northmoor Council"] * 20 if zone == "body" else []
    found = other_kind(document(*above, example), least=weight)
    assert found is not None
    assert found.weight >= weight


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind["name"])
def test_each_kind_can_be_told_by_its_signs(kind: dict[str, Any]) -> None:
    examples = {zone: [sign[2] for sign in kind.get(zone, ())] for zone in ("title", "head", "body")}
    lines = [*examples["title"], *examples["head"], *["Northmoor Council"] * 20, *examples["body"]]
    found = other_kind(document(*lines))
    assert found is not None
    assert found.name == kind["name"]
    assert found.weight >= ENOUGH


def test_a_paragraph_about_a_care_home_is_no_sign_of_its_inspection() -> None:
    told = "People who moved into a care home told us that an inspection report had been read to them."
    assert other_kind(document("Northmoor Council: local authority assessment", told)) is None
    assert other_kind(document("Northmoor Council: local authority assessment", told), DECISIVE) is None
