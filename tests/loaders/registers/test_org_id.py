"""The lists of org-id.guide, in both of its downloads."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from councilgraph.errors import InputError
from loaders.org_id.lists import PREFIXES, SOURCE, WITHIN, ListCode, lists, org_id
from loaders.register_files import Given, recognise
from loaders.source import Reading, read_source

MOOR = {
    "name": {"en": "Register of Moor Bodies", "local": ""},
    "url": "https://moor.example/register",
    "code": "GB-MOOR",
    "confirmed": True,
    "deprecated": False,
    "access": {"exampleIdentifiers": "9901, 9902"},
    "data": {"licenseStatus": "open_license"},
    "formerPrefixes": [],
}
OLD = MOOR | {"code": "GB-OLD", "name": {"en": "Old list"}, "deprecated": True, "access": None, "url": None}
WANT = [
    ListCode(
        "GB-MOOR",
        "Register of Moor Bodies",
        "https://moor.example/register",
        True,
        False,
        "9901, 9902",
        "open_license",
    ),
    ListCode("GB-OLD", "Old list", None, True, True, "", "open_license"),
]


def read(path: Path, reading: Reading | None = None) -> list[ListCode]:
    return list(lists(Given(recognise(SOURCE.forms, [path], WITHIN), reading or Reading(force=True))))


def test_lists_are_read_from_the_json_download(tmp_path: Path) -> None:
    path = tmp_path / "download.json"
    path.write_text(json.dumps({"lists": [MOOR, OLD]}))
    assert read(path) == WANT


def test_lists_are_read_from_the_csv_download(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            "name/en",
            "code",
            "description/en",
            "url",
            "confirmed",
            "deprecated",
            "access/exampleIdentifiers",
            "data/licenseStatus",
        ]
    )
    writer.writerow(
        [WANT[0].name, "GB-MOOR", "A\nregister", WANT[0].url, "True", "False", "9901, 9902", "open_license"]
    )
    writer.writerow(["Old list", "gb-old", "", "", "True", "True", "", "open_license"])
    path = tmp_path / "download.csv"
    path.write_text(out.getvalue())
    assert read(path) == WANT


def test_of_two_lists_with_one_code_the_first_is_kept_and_both_names_are_told(tmp_path: Path) -> None:
    path = tmp_path / "download.json"
    path.write_text(json.dumps({"lists": [MOOR, MOOR, MOOR | {"name": {"en": "Another"}}]}))
    reading = Reading(force=True)
    assert read(path, reading) == WANT[:1]
    assert any("twice" in note for note in reading.notes)
    assert any("'Register of Moor Bodies' and 'Another'" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ({"lists": [MOOR | {"code": "moor"}]}, "no code of a list"),
        ({"lists": [{k: v for k, v in MOOR.items() if k != "url"}]}, "no column url"),
        ({"items": [MOOR]}, "no list 'lists'"),
        ([MOOR | {"name": "x"}] * 3 + [{"code": "GB-X"}], "no column"),
    ],
)
def test_lists_of_another_form_are_refused(tmp_path: Path, content: object, what: str) -> None:
    path = tmp_path / "download.json"
    path.write_text(json.dumps(content))
    with pytest.raises(InputError, match=what):
        read(path)


def test_too_few_lists_are_refused_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "download.json"
    path.write_text(json.dumps({"lists": [MOOR]}))
    with pytest.raises(InputError, match="1 rows"):
        read(path, Reading())


def test_identifiers_are_written_with_the_code_of_their_list() -> None:
    assert org_id("ods", "RZ1") == "GB-NHS-RZ1"
    assert org_id("gss", "E10009901") is None
    assert all(code.startswith("GB-") for code in PREFIXES.values())
    assert read_source("org_id").licence.startswith("https://opendatacommons.org/")
