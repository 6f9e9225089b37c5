"""Readers during rebuilds: each is told all of one build, and keeps it as long as it reads."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from councilgraph.build.intofolder import FolderTarget
from councilgraph.build.progress import Silent
from councilgraph.build.sources import Made
from councilgraph.store import embedded, holding
from councilgraph.store.embedded import open_embedded
from tests.faults import readers
from tests.faults.small import canonical, in_force

ALL = "SELECT ?o { ?s ?p ?o }"


def put(place: Path, name: str) -> None:
    """A build of fifty statements that all say its name."""
    with FolderTarget(str(place)) as target:
        text = "".join(f'<http://example.org/{n}> <http://example.org/of> "{name}" .\n' for n in range(50))
        source, _ = target.folder().write("provenance", Made(rest=name), text)
        target.put([source], inputs=name, refused=0, progress=Silent())


def told(store: embedded.EmbeddedStore) -> set[str]:
    rows = list(store.select(ALL)[1])
    assert len(rows) == 50
    return {row[0].value for row in rows}


def test_readers_of_all_kinds_meet_no_error_and_no_mixed_answer(tmp_path: Path) -> None:
    tally, _ = readers.run(6, 2, tmp_path)
    assert tally.errors == []
    assert {way.split()[0] for way in tally.answers} == {"python", "process", "sparql", "page"}
    assert {way.split()[1] for way in tally.answers} == {"A", "B"}


def test_a_reader_that_was_opened_before_three_builds_still_reads_its_own(tmp_path: Path) -> None:
    put(tmp_path, "A")
    early = open_embedded(str(tmp_path))  # its database is opened only when it is asked
    for name in ("B", "A", "B"):
        put(tmp_path, name)
    assert told(early) == {"A"}
    assert told(open_embedded(str(tmp_path))) == {"B"}


def test_a_build_is_removed_when_its_last_reader_has_gone(tmp_path: Path) -> None:
    put(tmp_path, "A")
    early = open_embedded(str(tmp_path))
    for name in ("B", "C", "D"):
        put(tmp_path, name)
    assert len(list((tmp_path / "builds").iterdir())) == 3
    build = early.build
    del early
    put(tmp_path, "E")
    assert not Path(build).exists()
    assert len(list((tmp_path / "builds").iterdir())) == 2


def test_an_earlier_build_of_the_same_content_is_not_overwritten_under_a_reader(tmp_path: Path) -> None:
    put(tmp_path, "A")
    early = open_embedded(str(tmp_path))
    rows = early.select(ALL)[1]
    first = next(rows)[0].value
    put(tmp_path, "B")
    put(tmp_path, "A")  # the same content, and so the same name, as the build that is read
    assert first == "A" and {row[0].value for row in rows} == {"A"}
    assert early.build != str(in_force(tmp_path))


def test_a_build_put_in_force_while_a_reader_opens_is_taken_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "A")
    names = iter("BCD")

    def late(folder: str) -> holding.Hold | None:
        # Just after the reader has read which build is in force.
        if name := next(names, None):
            put(tmp_path, name)
        return holding.hold(folder)

    monkeypatch.setattr(embedded, "hold", late)
    assert told(open_embedded(str(tmp_path))) == {"D"}


def test_what_cannot_be_swept_does_not_undo_a_build_that_is_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "A")
    remove = os.remove

    def refused(path: str) -> None:
        if str(path).endswith(".nq"):
            raise PermissionError(13, "Permission denied", path)
        remove(path)

    monkeypatch.setattr(os, "remove", refused)
    put(tmp_path, "B")
    assert told(open_embedded(str(tmp_path))) == {"B"}


def test_where_there_are_no_locks_a_build_stays_until_the_second_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "fcntl", None)
    put(tmp_path, "A")
    early = open_embedded(str(tmp_path))
    put(tmp_path, "B")
    assert told(early) == {"A"}
    put(tmp_path, "C")
    assert len(list((tmp_path / "builds").iterdir())) == 2


def test_reading_changes_no_file_of_a_build(tmp_path: Path) -> None:
    put(tmp_path, "A")
    kept = Path(shutil.copytree(tmp_path, tmp_path.with_name("kept")))
    canonical(tmp_path)
    assert {p.relative_to(tmp_path) for p in tmp_path.rglob("*")} == {
        p.relative_to(kept) for p in kept.rglob("*")
    }
