"""No dependency stands under a licence that would bind those who build on us; the lists are whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from councilgraph.errors import InputError
from supply.licences import UNKNOWN, Licensed, allowed, by_hand, licensed, problems, read_list, spdx
from supply.pins import EXTRAS, LINUX, read_pins
from supply.refresh import SBOM
from tests.conftest import ROOT

PINNED = {(pin.name, pin.version) for pin in read_pins(EXTRAS) if pin.applies(LINUX)}


def named(licence: str) -> Licensed:
    return Licensed("left-pad", "1.0", licence, "License-Expression", "https://example.org/")


def bill() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SBOM.read_text(encoding="utf-8"))
    return found


def test_every_dependency_stands_under_a_licence_that_we_take() -> None:
    assert not problems(read_list())


def test_the_list_of_licences_is_of_what_is_pinned() -> None:
    listed = {(one.name, Version(one.version)) for one in read_list()}
    assert listed == PINNED, "run 'python -m supply.refresh'"


def test_the_bill_of_materials_is_of_what_is_pinned_and_of_nothing_on_the_way() -> None:
    listed = {(canonicalize_name(one["name"]), Version(one["version"])) for one in bill()["components"]}
    assert listed == PINNED, "run 'python -m supply.refresh'"
    assert all(one["purl"].startswith("pkg:pypi/") for one in bill()["components"])


def test_the_bill_of_materials_says_what_we_depend_on_ourselves() -> None:
    found = bill()
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    root = found["metadata"]["component"]
    assert root["name"] == "councilgraph"
    (own,) = [one for one in found["dependencies"] if one["ref"] == root["bom-ref"]]
    direct = {canonicalize_name(ref.partition("==")[0]) for ref in own["dependsOn"]}
    assert {"pyoxigraph", "fastapi", "distributed", "mcp"} <= direct


def test_the_lists_do_not_tell_where_they_were_made() -> None:
    for path in (SBOM, ROOT / "supply" / "licences.csv"):
        text = path.read_text(encoding="utf-8")
        assert "file://" not in text and "/tmp/" not in text and "timestamp" not in text


@pytest.mark.parametrize(
    ("licence", "taken"),
    [
        ("MIT", True),
        ("MPL-2.0", True),
        ("LGPL-3.0-or-later", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("SSPL-1.0", False),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND AGPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("LicenseRef-Proprietary", False),
        ("MIT OR (", False),
        ("", False),
    ],
)
def test_the_policy_reads_expressions(licence: str, taken: bool) -> None:
    assert allowed(licence) is taken


def test_a_licence_that_we_do_not_take_is_told_with_what_to_do() -> None:
    (told,) = problems([named("MIT"), named("AGPL-3.0-only")])
    assert told.startswith("left-pad 1.0 stands under AGPL-3.0-only, which this project does not take.")
    assert "what to do: use another package" in told and "supply/licences.py" in told


def test_a_package_without_a_licence_is_told_with_what_to_do() -> None:
    (told,) = problems([named(UNKNOWN)])
    assert told.startswith("left-pad 1.0 does not say under which licence it stands.")
    assert "https://example.org/" in told and "supply/licences.toml" in told


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"License-Expression": "MIT", "License-Classifier": "GNU General Public License v3"}, "MIT"),
        ({"License-Metadata": "Apache 2.0"}, "Apache-2.0"),
        ({"License-Metadata": "words of a licence " * 20, "License-Classifier": "MIT License"}, "MIT"),
        ({"License-Classifier": "GNU Affero General Public License v3"}, UNKNOWN),
        ({"License-Classifier": "Apache Software License; MIT License"}, "Apache-2.0 AND MIT"),
        ({"License-Metadata": "agpl-3.0-only"}, "AGPL-3.0-only"),
        ({}, UNKNOWN),
    ],
)
def test_what_a_package_says_is_read_as_an_expression(said: dict[str, str], licence: str) -> None:
    found = licensed({"Name": "Left_Pad", "Version": "1.0", **said}, {})
    assert (found.name, found.licence) == ("left-pad", licence)
    assert spdx("") == ""


def test_what_a_person_has_read_goes_before_what_a_package_says() -> None:
    told = {"Name": "left-pad", "Version": "1.0", "License-Metadata": "MIT"}
    found = licensed(told, {"left-pad": {"licence": "GPL-3.0-only", "told": "its LICENSE"}})
    assert (found.licence, found.told) == ("GPL-3.0-only", "its LICENSE")


def test_nothing_read_by_a_person_is_left_over_from_a_package_that_is_gone() -> None:
    assert set(by_hand()) <= {name for name, _ in PINNED}


def test_a_damaged_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "licences.csv"
    path.write_text("name,version\nleft-pad,1.0\n")
    with pytest.raises(InputError, match="damaged"):
        read_list(path)
