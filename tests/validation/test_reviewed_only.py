"""The profile for a release of reviewed evidence: what it lets through, and what both engines refuse."""

from __future__ import annotations

import pytest

from councilgraph.errors import InputError
from councilgraph.validation import read_shapes, validator
from tests.conftest import ROOT

SHAPES = ROOT / "ontology" / "shapes"
CG = "https://w3id.org/councilgraph/def#"
STATE = "https://w3id.org/councilgraph/scheme/review-state/"
KINDS = ("Finding", "Mention", "Partnership", "Strategy", "Statistic", "Citation")


def refused(engine: str, kind: str, state: str) -> list[str]:
    """The messages of the profile about one thing; what else it lacks is of no interest here."""
    thing = f"<https://northmoor.example/{kind}>"
    text = f"{thing} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{CG}{kind}> .\n"
    text += f"{thing} <{CG}reviewState> <{STATE}{state}> .\n" if state else ""
    report = validator(engine, shapes=read_shapes(SHAPES, "reviewed-only")).validate(text.encode())
    return [r.message for r in report.results if f"shapes#Reviewed{kind}" in r.shape]


@pytest.mark.parametrize("engine", ["fast", "reference"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_person_decided_about_passes_and_nothing_else(engine: str, kind: str) -> None:
    for state in ("accepted", "corrected", "rejected"):
        assert refused(engine, kind, state) == []
    for state in ("machine", "open", ""):
        (message,) = refused(engine, kind, state)
        assert "not reviewed" in message and "councilgraph review" in message


def test_a_build_does_not_use_the_profile() -> None:
    assert "Reviewed" not in "".join(path.name for path in read_shapes(SHAPES).files)
    assert "ReviewedFindingShape" not in read_shapes(SHAPES).turtle


def test_a_profile_that_there_is_not_is_told() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_shapes(SHAPES, "no-such-profile")
