"""A version that an advisory is about is caught, offline; one that is not is let through."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name
from packaging.version import Version

from councilgraph.errors import InputError
from supply.advisories import COLUMNS, Advisory, as_of, read_table, write_table
from supply.audit import EXPORT, judged, main
from supply.osv import from_export
from supply.pins import CI, EXTRAS, RUN, read_pins

HASH = f"--hash=sha256:{'a' * 64}"


def row(**more: str) -> Advisory:
    empty = dict.fromkeys(COLUMNS, "")
    return Advisory(**{**empty, "package": "left-pad", "id": "X-1", "modified": "2026-01-02", **more})


def record(**more: Any) -> dict[str, Any]:
    span = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.3"}]}
    package = {"ecosystem": "PyPI", "name": "Left.Pad"}
    affected = [{"package": package, "ranges": [span], "versions": ["1.0", "1.2"]}]
    return {
        "id": "X-1",
        "modified": "2026-01-02T03:04:05Z",
        "aliases": ["CVE-1"],
        "affected": affected,
        **more,
    }


def pins(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line} {HASH}\n" for line in lines))
    return path


def test_nothing_is_known_against_what_is_pinned(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0, capsys.readouterr().out
    assert f"(newest: {as_of()[0]})" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("planted", "advisory", "fixed"),
    [
        ("jinja2==3.1.5", "GHSA-cpwx-vrp4-4pq7", "3.1.6"),
        ("h11==0.14.0", "GHSA-vqfr-h8mv-ghfj", "0.16.0"),
        ("Python_Multipart==0.0.30", "GHSA-v9pg-7xvm-68hf", "0.0.31"),
    ],
)
def test_a_vulnerable_version_is_caught(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], planted: str, advisory: str, fixed: str
) -> None:
    assert main([str(pins(tmp_path / "ci.txt", "rdflib==7.6.0", planted))]) == 1
    told = capsys.readouterr().out
    name, _, version = planted.partition("==")
    assert f"{canonicalize_name(name)} {version}: {advisory}" in told
    assert f"what to do: take {canonicalize_name(name)} {fixed} or later" in told
    assert f"https://osv.dev/vulnerability/{advisory}" in told and "rdflib" not in told


def test_an_advisory_that_does_not_concern_us_can_be_set_aside_by_any_of_its_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(pins(tmp_path / "ci.txt", "h11==0.14.0"))
    assert main([file, "--ignore", "GHSA-vqfr-h8mv-ghfj"]) == 0
    assert main([file, "--ignore", "CVE-2025-43859"]) == 0
    assert main([file, "--ignore", "CVE-2025-4385"]) == 1


@pytest.mark.parametrize(
    ("more", "version", "affected"),
    [
        ({"introduced": "0", "fixed": "1.10"}, "1.9", True),  # as text, 1.9 is the larger one
        ({"introduced": "0", "fixed": "1.10"}, "1.10", False),
        ({"introduced": "0", "fixed": "1.10"}, "1.10rc1", True),
        ({"introduced": "0", "fixed": "1.10"}, "1.10.post1", False),
        ({"introduced": "1.2", "fixed": "1.3"}, "1.1", False),
        ({"introduced": "1.2", "fixed": "1.3"}, "1.2.0", True),
        ({"introduced": "1.2", "last_affected": "1.3"}, "1.3.0", True),
        ({"introduced": "1.2", "last_affected": "1.3"}, "1.3.1", False),
        ({"introduced": "1.2"}, "99", True),
        ({"introduced": "0", "fixed": "1!1.0"}, "2026.1", True),
        ({"versions": "1.0 1.1"}, "1.1.0", True),
        ({"versions": "1.0 1.1"}, "1.2", False),
    ],
)
def test_ranges_are_judged_as_pep_440_says(more: dict[str, str], version: str, affected: bool) -> None:
    assert row(**more).affects(Version(version)) is affected


def test_a_package_pinned_in_three_files_is_told_once(tmp_path: Path) -> None:
    path = pins(tmp_path / "a.txt", "left-pad==1.0")
    again = [*read_pins(path), *read_pins(path)]
    assert len(judged(again, [row(introduced="0", fixed="1.1")])) == 1


def test_the_table_is_about_packages_that_are_pinned() -> None:
    names = {pin.name for path in (CI, EXTRAS, RUN) for pin in read_pins(path)}
    table = read_table()
    assert {one.package for one in table} <= names
    assert max(one.modified for one in table) == as_of()[0]
    assert all(one.source == f"https://osv.dev/vulnerability/{one.id}" for one in table)


def test_the_table_is_made_anew_from_an_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    span = {"type": "ECOSYSTEM", "events": [{"fixed": "3.0"}, {"introduced": "2.0"}, {"introduced": "4.0"}]}
    two = [{"package": {"ecosystem": "PyPI", "name": "left-pad"}, "ranges": [span]}]
    listed = [{"package": {"ecosystem": "PyPI", "name": "left-pad"}, "versions": ["0.1", "not a version"]}]
    other = [{"package": {"ecosystem": "npm", "name": "left-pad"}, "ranges": [span]}]
    records = [
        record(),
        record(id="X-2", affected=two),
        record(id="X-3", affected=listed, modified="2026-05-06T00:00:00Z"),
        record(id="X-4", affected=other),
        record(id="X-5", withdrawn="2026-01-01T00:00:00Z"),
    ]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for one in records:
            archive.writestr(f"{one['id']}.json", json.dumps(one))
    table, file = tmp_path / "table.csv", pins(tmp_path / "ci.txt", "left-pad==1.2")
    arguments = [str(file), "--advisories", str(table), "--refresh", str(tmp_path / "all.zip")]
    assert main(arguments) == 1
    assert "left-pad 1.2: X-1 (CVE-1)" in capsys.readouterr().out
    found = [(one.id, one.introduced, one.fixed, one.versions) for one in read_table(table)]
    assert found == [
        ("X-1", "0", "1.3", ""),
        ("X-2", "2.0", "3.0", ""),
        ("X-2", "4.0", "", ""),
        ("X-3", "", "", "0.1"),
    ]
    assert as_of(table.with_suffix(".toml")) == ("2026-05-06", EXPORT)
    first = table.read_bytes()
    assert main(arguments) == 1
    assert table.read_bytes() == first


def test_a_folder_of_records_is_an_export_too(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(record()))
    (found,) = from_export(tmp_path, {"left-pad"})
    assert (found.package, found.fixed, found.modified) == ("left-pad", "1.3", "2026-01-02")


@pytest.mark.parametrize("text", ["[]", "{", '{"id": "X"}', '{"id": "X", "modified": "2026", "affected": 3}'])
def test_a_record_that_is_none_stops_the_refresh_and_the_table_stays(tmp_path: Path, text: str) -> None:
    table = tmp_path / "table.csv"
    write_table([row(introduced="0")], "somewhere", table, table.with_suffix(".toml"))
    before = table.read_bytes()
    (tmp_path / "one.json").write_text(text)
    file = pins(tmp_path / "ci.txt", "left-pad==1.2")
    assert main([str(file), "--advisories", str(table), "--refresh", str(tmp_path / "one.json")]) == 2
    assert table.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("introduced", "begun"),
        lambda text: text + "left-pad,X-2\n",
        lambda text: text + "left-pad,X-2,,one,,,,2026-01-01,\n",
        lambda text: text + "Left_Pad,X-2,,0,,,,2026-01-01,\n",
        lambda text: text + "left-pad,X-2,,,,,,2026-01-01,\n",
        lambda text: text + "left-pad,X-2,,0,,,,yesterday,\n",
    ],
)
def test_a_damaged_table_is_refused_and_not_passed_over(tmp_path: Path, damage: Any) -> None:
    table = tmp_path / "table.csv"
    write_table([row(introduced="0")], "somewhere", table, table.with_suffix(".toml"))
    table.write_text(damage(table.read_text()))
    with pytest.raises(InputError, match="damaged"):
        read_table(table)
    assert main(["--advisories", str(table)]) == 2
