"""Whatever bytes a file holds: entries or an InputError, never anything else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councilgraph.errors import InputError
from councilgraph.linking.entry import Entry
from loaders.registers import PUBLISHED, read_register
from loaders.source import Reading

CASES = Path(__file__).parent / "cases"
WHOLE = {
    "charity-commission": (
        "charities-json/publicextract.charity.json",
        "charities-tabs/publicextract.charity.txt",
    ),
    "companies-house": ("companies/BasicCompanyDataAsOneFile-2026-11-01.csv",),
    "cqc-providers": (
        "providers-api/providers.json",
        "providers-active-locations/HSCA_Active_Locations.csv",
        "providers-directory/04_November_2026_CQC_directory.csv",
    ),
    "more-local-authorities": ("more-councils/uk_local_authorities.csv",),
    "more-national-bodies": ("more-national-bodies/register.csv",),
}
FILES = [(register, name) for register, names in WHOLE.items() for name in names]
TEMPORARY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def read(register: str, path: Path, data: Path) -> list[Entry] | None:
    """The entries, None for a file that was refused as it should be."""
    try:
        return list(read_register(register, [path], data, Reading(force=True)))
    except InputError as error:
        assert error.what
        assert error.where
        assert error.cure
        return None


def test_every_register_is_tried() -> None:
    assert set(WHOLE) == set(PUBLISHED)


@pytest.mark.parametrize("register", WHOLE)
@TEMPORARY
@given(content=st.binary(max_size=300))
def test_any_bytes_are_refused(register: str, content: bytes, invented_data: Path, tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    assert not read(register, path, invented_data)


@pytest.mark.parametrize(("register", "name"), FILES)
@TEMPORARY
@given(place=st.integers(0, 4000), put=st.binary(max_size=6), cut=st.integers(0, 40))
def test_a_damaged_file_gives_entries_or_is_refused(
    register: str, name: str, place: int, put: bytes, cut: int, invented_data: Path, tmp_path: Path
) -> None:
    content = (CASES / name).read_bytes()
    place %= len(content)
    path = tmp_path / "damaged"
    path.write_bytes(content[:place] + put + content[place + cut :])
    for entry in read(register, path, invented_data) or ():
        assert entry.code
        assert entry.names[0].text
        assert entry.names[0].kind == "official"


@pytest.mark.parametrize(("register", "name"), FILES)
@TEMPORARY
@given(place=st.integers(0, 4000), put=st.binary(min_size=1, max_size=6))
def test_a_damaged_archive_gives_entries_or_is_refused(
    register: str, name: str, place: int, put: bytes, invented_data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "damaged.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(CASES / name, Path(name).name)
    content = path.read_bytes()
    place %= len(content)
    path.write_bytes(content[:place] + put + content[place + len(put) :])
    read(register, path, invented_data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@TEMPORARY
@given(values=st.dictionaries(st.sampled_from(["name", "type", "relationships", "website", "odsCode"]), JSON))
def test_provider_objects_of_any_shape_give_entries_or_are_refused(
    values: dict[str, object], invented_data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "providers.json"
    told = {"providerId": "1-99", "registrationStatus": "Registered", "name": "Northmoor Care"} | values
    path.write_text(json.dumps([told]))
    found = read("cqc-providers", path, invented_data)
    assert found is None or all(entry.code == "1-99" for entry in found)
