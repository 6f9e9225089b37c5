"""A file that looks as it did when it was seen whole is not read again; every other one is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from councilgraph.build.intofolder import FolderTarget
from councilgraph.build.sources import Source, SourceFolder
from councilgraph.store import digests, stamps
from councilgraph.store.digests import SOURCES, changed_files, listed, read_stamps
from councilgraph.store.embedded import SUMS, current_build, read_manifest
from councilgraph.store.stamps import STAMPS, Stamps, stamp_of
from tests.conftest import Run


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all files had lain there for hours."""
    monkeypatch.setattr(stamps, "SETTLED", -(10**12))


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """The files of a build, with an N-Quads file beside it."""
    folder = tmp_path / "store" / "builds" / "one"
    (folder / "graph").mkdir(parents=True)
    (tmp_path / "store" / "sources").mkdir()
    (folder / "manifest.json").write_text("{}")
    (folder / "search.sqlite").write_text("index")
    (folder / "graph" / "000001.sst").write_text("statements")
    (tmp_path / "store" / "sources" / "a.nq").write_text("<urn:a> <urn:a> <urn:a> <urn:a> .\n")
    return folder


def write_list(build: Path, earlier: Path | None = None) -> Stamps:
    text, seen = listed(str(build), ["a.nq"], str(earlier) if earlier else None)
    (build / SUMS).write_text(text)
    (build / STAMPS).write_bytes(seen)
    return read_stamps(str(build))


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read to compare them, as they are read."""
    read: list[str] = []
    whole = digests.digest_of

    def told(path: str) -> str:
        read.append(Path(path).name)
        return whole(path)

    monkeypatch.setattr(digests, "digest_of", told)
    return read


FILES = ("manifest.json", "search.sqlite", "graph/000001.sst", f"{SOURCES}a.nq")


@pytest.mark.usefixtures("settled")
def test_no_file_that_looks_as_it_did_is_read(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_list(build)
    read = count_reads(monkeypatch)
    seen = read_stamps(str(build))
    assert all(seen.hold(name) for name in FILES)
    assert list(changed_files(str(build), sources=True, stamps=seen)) == [] and read == [STAMPS]
    read.clear()
    assert list(changed_files(str(build), sources=True)) == [] and len(read) == len(FILES) + 1


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_other_bytes_is_read_whatever_its_time_or_size(
    build: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_list(build)
    path = build / name
    was = path.stat()
    damaged = bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:]
    path.write_bytes(damaged)  # as long as before
    seen = read_stamps(str(build))
    assert not seen.hold(name)
    found = changed_files(str(build), sources=True, stamps=seen)
    assert list(found) == [(os.path.normpath(path), "is not as it was written")]
    other = path.with_name("other")
    other.write_bytes(damaged)
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.replace(path)  # of the same time too, but another file
    assert not read_stamps(str(build)).hold(name)
    path.unlink()
    found = changed_files(str(build), sources=True, stamps=read_stamps(str(build)))
    assert list(found) == [(os.path.normpath(path), "is not there")]


def test_a_file_written_just_now_is_read_again_because_it_may_be_written_once_more(build: Path) -> None:
    old = build / "search.sqlite"
    os.utime(old, (1, 1))
    write_list(build)
    seen = read_stamps(str(build))
    assert [name for name in FILES if seen.hold(name)] == ["search.sqlite"]
    ahead = old.stat().st_mtime_ns + 10**19 // 2
    os.utime(old, ns=(ahead, ahead))  # a clock that was set back
    assert stamp_of(str(old), settled=True) is None and stamp_of(str(old)) is not None


@pytest.mark.usefixtures("settled")
def test_damaged_stamps_are_none(build: Path) -> None:
    write_list(build)
    whole = (build / STAMPS).read_bytes()
    for wrong in (whole.replace(b"sst", b"ssu"), whole[:-1], b"", b"\xff" + whole, whole[:9]):
        (build / STAMPS).write_bytes(wrong)
        assert not any(read_stamps(str(build)).hold(name) for name in FILES)
        damage = list(changed_files(str(build), sources=True, stamps=read_stamps(str(build))))
        assert damage == [(str(build / STAMPS), "is not as it was written")]
    (build / STAMPS).unlink()
    assert not any(read_stamps(str(build)).hold(name) for name in FILES)


@pytest.mark.usefixtures("settled")
def test_the_next_build_reads_only_what_is_new_and_stamps_no_damaged_file(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write_list(build)
    second = build.parent / "two"
    (second / "graph").mkdir(parents=True)
    (second / "manifest.json").write_text('{"other": 1}')
    shutil.copy(build / "search.sqlite", second / "search.sqlite")
    os.link(build / "graph" / "000001.sst", second / "graph" / "000001.sst")
    read = count_reads(monkeypatch)
    assert write_list(second, build).hold("graph/000001.sst") and first.hold("graph/000001.sst")
    assert read == ["manifest.json", "search.sqlite"]
    source = build.parent.parent / "sources" / "a.nq"
    source.write_text("<urn:b> <urn:b> <urn:b> <urn:b> .\n")
    third = write_list(second, build)
    assert not third.hold(f"{SOURCES}a.nq"), "what is not as it was written is never taken for whole"
    damaged = changed_files(str(second), sources=True, stamps=third)
    assert [Path(path).name for path, _ in damaged] == ["a.nq"]


@pytest.mark.usefixtures("settled")
def test_a_build_goes_on_from_n_quads_files_without_reading_them(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    shutil.copytree(store, place)
    build = current_build(str(place))
    assert build
    sources = [Source.from_json(one) for one in read_manifest(build)["sources"]]
    text, seen = listed(build, [source.file for source in sources])
    (Path(build) / STAMPS).write_bytes(seen)
    (Path(build) / SUMS).write_text(text)
    with FolderTarget(str(place)) as target:
        assert not target.damage()
        folder = target.folder()
        monkeypatch.setattr(SourceFolder, "is_whole", lambda *_: pytest.fail("a file was read"))
        assert all(folder.kept(source.name, source.made) == source for source in sources)


def test_a_damaged_n_quads_file_is_made_anew_by_the_next_build_that_has_something_to_do(
    run: Run, data: Path, reports: Path, tmp_path: Path
) -> None:
    place = tmp_path / "store"
    given = ("build", "--store", place, "--data", data, "--reports", reports)
    assert run(*given).returncode == 0
    file = next((place / "sources").glob("report_NMR*.nq"))
    file.write_bytes(file.read_bytes()[:-20])
    page = reports / "saltmarsh-pilot.txt"
    page.write_text(page.read_text() + "\nOne sentence more came in.\n")
    assert run(*given).returncode == 0
    checked = run("check", "--store", place)
    assert checked.returncode == 0, checked.stdout
