"""Files that nobody wrote to are not opened again; none that was written to is taken for the old one."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from councilgraph.build import looked
from councilgraph.build.looked import Looked
from councilgraph.build.run import Builder
from councilgraph.upkeep.checking import check_store
from loaders import peek_files
from loaders.documents.origins import write_origins


@pytest.fixture
def page(reports: Path) -> Path:
    return reports / "saltmarsh-pilot.txt"


@pytest.fixture
def memory(tmp_path: Path) -> str:
    return str(tmp_path / "looked.sqlite")


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all files had lain there for hours."""
    monkeypatch.setattr(looked, "SETTLED", -(10**12))


def remember(memory: str, *files: Path, rules: str = "rules") -> None:
    seen = Looked(memory, rules)
    seen.known(files)
    seen.keep(peek_files(files)[0])


def test_what_was_seen_in_a_file_is_known_again(
    page: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    remember(memory, page)
    assert Looked(memory, "rules").known([page]) == {page: peek_files([page])[0][0]}
    assert Looked(memory, "other rules").known([page]) == {}
    assert Looked("", "rules").known([page]) == {}


def test_a_file_of_the_same_size_and_time_with_other_words_is_looked_at(
    page: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    remember(memory, page)
    was = page.stat()
    page.write_bytes(page.read_bytes().replace(b"a", b"e"))
    os.utime(page, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert page.stat().st_mtime_ns == was.st_mtime_ns and page.stat().st_size == was.st_size
    assert Looked(memory, "rules").known([page]) == {}


def test_of_a_file_written_a_moment_ago_nothing_is_remembered(page: Path, memory: str) -> None:
    page.write_bytes(page.read_bytes())
    remember(memory, page)
    assert Looked(memory, "rules").known([page]) == {}


def test_of_a_file_that_is_written_to_while_it_is_looked_at_nothing_is_remembered(
    page: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    seen = Looked(memory, "rules")
    seen.known([page])
    keys, _ = peek_files([page])
    page.write_bytes(page.read_bytes() + b"One more.\n")
    seen.keep(keys)
    assert Looked(memory, "rules").known([page]) == {}


def test_a_page_whose_address_becomes_known_is_looked_at(
    page: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    remember(memory, page)
    (key,) = Looked(memory, "rules").known([page]).values()
    write_origins(page.parent, {page.name: (key.sha256, "https://example.org/page")})
    assert Looked(memory, "rules").known([page]) == {}


def test_a_damaged_memory_is_forgotten_and_begun_anew(
    page: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    Path(memory).write_bytes(b"no database at all" * 100)
    assert Looked(memory, "rules").known([page]) == {}
    remember(memory, page)
    assert len(Looked(memory, "rules").known([page])) == 1
    with sqlite3.connect(memory) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    assert Looked(memory, "rules").known([page]) == {}


def test_one_flipped_letter_of_it_is_reason_to_look_at_all_files(
    page: Path, memory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    remember(memory, page)
    ((key,),) = [Looked(memory, "rules").known([page]).values()]
    data = Path(memory).read_bytes()
    other = ("0" if key.sha256[0] != "0" else "1") + key.sha256[1:]
    Path(memory).write_bytes(data.replace(key.sha256.encode(), other.encode()))
    assert Path(memory).read_bytes() != data
    assert Looked(memory, "rules").known([page]) == {}
    assert not Path(memory).exists()


def test_a_damaged_memory_is_no_damage_of_the_store_and_check_says_so(
    tmp_path: Path, data: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    place = tmp_path / "store"
    Builder(str(place), data, jobs=1).build([reports / "saltmarsh-pilot.txt"])
    assert check_store(str(place)).notes == []
    with (place / "looked.sqlite").open("r+b") as file:
        file.write(b"no database")
    checked = check_store(str(place))
    assert checked.whole and "looked.sqlite" in checked.notes[0] and "throws it away" in checked.notes[0]
    assert Builder(str(place), data, jobs=1).build([reports / "saltmarsh-pilot.txt"]).unchanged
    assert check_store(str(place)).notes == []


def test_a_build_opens_only_the_files_that_changed(
    tmp_path: Path, data: Path, reports: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    place = tmp_path / "store"
    Builder(str(place), data, jobs=1).build([reports])
    opened: list[str] = []

    def peek(files: list[Path]) -> object:
        opened.extend(file.name for file in files)
        return peek_files(files)

    monkeypatch.setattr("councilgraph.build.looking.peek_files", peek)
    page.write_text(page.read_text() + "The harbour office was asked too.\n")
    outcome = Builder(str(place), data, jobs=1).build([reports])
    assert opened == [page.name] and outcome.read == 1
    manifest = json.loads(next((place / "builds").glob("*/manifest.json")).read_text())
    assert len(manifest["sources"]) == len(outcome.sources)
