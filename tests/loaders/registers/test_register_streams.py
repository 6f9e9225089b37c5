"""Files that are too large, cut off, locked or made to do harm are refused while they are read."""

from __future__ import annotations

import io
import json
import os
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from councilgraph.errors import InputError
from loaders import streams
from loaders.registers import read_register
from loaders.source import Form, Reading
from loaders.stream_json import read_objects
from loaders.stream_table import read_table
from loaders.streams import open_stream

FORM = Form(
    "bodies", {"code": ("Code",), "name": ("Name",)}, {"note": ("Note",)}, None, 1, 9, "a table of bodies"
)


def rows(path: Path, force: bool = False) -> list[dict[str, str]]:
    return [dict(row.values) for row in read_table(FORM, path, Reading(force=force))]


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in members.items():
            out.writestr(name.replace("_", "."), data)
    return path


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught, open_stream(path) as stream:
        while stream.read(2**16):
            pass
    return caught.value


def test_every_shorter_download_of_an_archive_is_refused(tmp_path: Path) -> None:
    whole = archive(tmp_path / "whole.zip", bodies_csv=b"Code,Name\n" + b"A1,Northmoor\n" * 40).read_bytes()
    path = tmp_path / "part.zip"
    for length in range(2, len(whole)):
        path.write_bytes(whole[:length])
        assert "cut off or damaged" in refused(path).what


def test_a_changed_byte_in_the_data_of_an_archive_is_noticed(tmp_path: Path) -> None:
    path = archive(tmp_path / "bodies.zip", bodies_csv=os.urandom(4000).hex().encode())
    data = bytearray(path.read_bytes())
    data[1500] ^= 0xFF
    path.write_bytes(data)
    assert "cut off or damaged" in refused(path).what


def test_an_archive_that_unpacks_to_far_more_than_a_register_is_not_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.zip", bodies_csv=b"\0" * 20_000_000)
    assert "unpacks to 20,000,000 bytes" in refused(path).what


def test_more_data_than_an_archive_declares_is_noticed(tmp_path: Path) -> None:
    path = archive(tmp_path / "liar.zip", bodies_csv=os.urandom(60_000).hex().encode())
    data = path.read_bytes()
    size = struct.pack("<L", 120_000)
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, struct.pack("<L", 1_000)))
    assert "cut off or damaged" in refused(path).what


def test_an_archive_with_a_million_names_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path / "many.zip", **{f"{i}_txt": b"" for i in range(300)}, bodies_csv=b"Code,Name\n")
    monkeypatch.setattr(streams, "DIRECTORY", 4096)
    assert "unpacks to" in refused(path).what


@pytest.mark.parametrize(
    ("members", "held"),
    [
        ({}, "It holds: nothing"),
        ({"readme_md": b"x"}, "'readme.md'"),
        ({"a_csv": b"x", "b_csv": b"y"}, "'a.csv', 'b.csv'"),
    ],
)
def test_an_archive_without_one_data_file_says_what_it_holds(
    tmp_path: Path, members: dict[str, bytes], held: str
) -> None:
    assert held in refused(archive(tmp_path / "some.zip", **members)).cure


def test_files_that_a_macintosh_adds_to_an_archive_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "mac.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("__MACOSX/._bodies.csv", b"\0")
        out.writestr("bodies.csv", "Code,Name\nA1,Northmoor\n")
    assert rows(path) == [{"code": "A1", "name": "Northmoor", "note": ""}]


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "locked.zip", bodies_csv=b"Code,Name\n")
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "cut off or damaged" in refused(path).what


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, name: str) -> None:
    assert "cannot be read" in refused(tmp_path / name).what


def test_progress_counts_the_bytes_of_the_file_on_the_disk_up_to_all(tmp_path: Path) -> None:
    path = archive(tmp_path / "bodies.zip", bodies_csv=os.urandom(600_000).hex().encode())
    told: list[tuple[int, int]] = []
    with open_stream(path, lambda read, total: told.append((read, total))) as stream:
        while stream.read(2**16):
            pass
    assert [read for read, _ in told] == sorted(read for read, _ in told)
    assert {total for _, total in told} == {path.stat().st_size}
    assert 0.9 * path.stat().st_size < told[-1][0] <= path.stat().st_size


def test_a_line_without_end_is_refused_not_gathered(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(b"Code,Name\n" + b"x" * 3_000_000)
    with pytest.raises(InputError, match="longer than"):
        rows(path)


def test_a_quotation_mark_without_end_is_refused_not_gathered(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_bytes(b'Code,Name\nA1,"Northmoor\n' + b"A2,Saltmarsh\n" * 100_000)
    with pytest.raises(InputError, match="not a table"):
        rows(path)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / "bodies.json"
        path.write_text(
            "[" + ",".join(json.dumps({"Code": f"A{i}", "x": "y" * 400}) for i in range(count)) + "]"
        )
        tracemalloc.start()
        assert sum(1 for _ in read_objects(path)) == count
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(16_000) < 1.3 * peak(4_000)


def test_a_last_line_without_line_end_is_remarked_on(tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("Code,Name\nA1,North")
    reading = Reading()
    assert len(list(read_table(FORM, path, reading))) == 1
    assert any("may be cut off" in note for note in reading.notes)


def test_the_header_is_found_below_lines_of_explanation_but_not_in_the_data(tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("About this file,\n,\nname,CODE\nName,Code\n")
    assert rows(path) == [{"code": "Code", "name": "Name", "note": ""}]


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("Code,Name,Name\nA1,Northmoor,Saltmarsh\n")
    with pytest.raises(InputError, match="occurs twice"):
        rows(path)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is not JSON"),
        ("<html></html>", "is not JSON"),
        ('[{"a": 1}', "cut off or damaged"),
        ('[{"a": 1},', "cut off or damaged"),
        ('[{"a": 1}]]', "cut off or damaged"),
        ('[{"a": 1} {"a": 2}]', "cut off or damaged"),
        ('[{"a": nul', "cut off or damaged"),
        ('{"a": 1}\n{"a": ', "cut off or damaged"),
        ("[1, 2]", "other than objects"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": "' + "x" * 9_000_000 + '"}', "longer than"),
    ],
)
def test_json_that_is_cut_off_or_hostile_is_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "bodies.json"
    path.write_text(text)
    with pytest.raises(InputError, match=what):
        list(read_objects(path))


def test_json_is_read_alike_wherever_a_buffer_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bodies.json"
    objects = [
        {"n": "1" * i, "t": 'ä\\"é\u2028' * (i % 7), "l": [1, {"b": [True, None, -1.5e3]}]} for i in range(60)
    ]
    path.write_text(
        json.dumps({"date": 12345678901234567890, "lists": objects, "after": [{}]}), encoding="utf-8"
    )
    want = [found for _, found in read_objects(path, within="lists")]
    assert [found["t"] for found in want] == [one["t"] for one in objects]
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr("loaders.stream_json.STEP", size)
        assert [found for _, found in read_objects(path, within="lists")] == want


def test_a_number_of_thousands_of_digits_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "bodies.json"
    path.write_text('[{"a": ' + "9" * 50_000 + "}]")
    ((_, found),) = read_objects(path)
    assert found == {"a": "9" * 50_000}


def test_a_stream_is_closed_when_nobody_reads_on(tmp_path: Path) -> None:
    path = archive(tmp_path / "bodies.zip", bodies_csv=b"Code,Name\nA1,Northmoor\nA2,Saltmarsh\n")
    source = read_table(FORM, path, Reading())
    next(source)
    source.close()  # an open file would be a warning, which is an error here
    with open_stream(path) as stream:
        assert io.BufferedReader(stream).read(4) == b"Code"


def test_an_unknown_register_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_register("libraries", [], tmp_path)
    assert "companies-house" in caught.value.cure


def test_an_error_about_a_header_does_not_print_what_steers_a_terminal(
    tmp_path: Path, invented_data: Path
) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("\x1b[2JCode,\u202eName\n")
    for call in (
        lambda: rows(path),
        lambda: read_register("companies-house", [path], invented_data),
    ):
        with pytest.raises(InputError) as caught:
            call()
        assert "[2JCode" in caught.value.cure
        assert caught.value.cure.isprintable()
