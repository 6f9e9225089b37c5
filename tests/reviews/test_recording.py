"""A decision is in its file whole or not at all, and none that was there is ever lost."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from councilgraph.errors import InputError
from councilgraph.model import Decision, Place
from councilgraph.reviews import recording
from councilgraph.reviews.recording import ReviewFiles
from loaders import read_review_file
from tests.conftest import ROOT
from tests.reviewing import machine
from tests.reviews.deciding import ACTS, decide
from tests.support.reports import make_report

KEY = "NMR-2025-05"
REPORT = make_report({"equity": [["A van called.", "Some waited."]]})
FIRST, SECOND = (decide(REPORT, one) for one in machine(REPORT).findings)


@pytest.fixture
def files(tmp_path: Path) -> ReviewFiles:
    return ReviewFiles(tmp_path / "own", ACTS)


def held(files: ReviewFiles) -> list[tuple[Place, str]]:
    return [(d.place, d.decision) for d in read_review_file(files.path(KEY), ACTS).decisions]


def test_decisions_are_added_at_the_end_one_a_line(files: ReviewFiles) -> None:
    assert files.record({KEY: [FIRST]}) == 1
    before = files.path(KEY).read_text(encoding="utf-8")
    assert files.record({KEY: [SECOND]}) == 1
    after = files.path(KEY).read_text(encoding="utf-8")
    assert after.startswith(before) and after.count("\n") == 2
    assert held(files) == [(FIRST.place, "accepted"), (SECOND.place, "accepted")]


def test_the_same_list_given_twice_adds_nothing_and_another_word_is_added(files: ReviewFiles) -> None:
    assert files.record({KEY: [FIRST, SECOND]}) == 2
    assert files.record({KEY: [FIRST, SECOND]}) == 0
    assert files.record({KEY: [replace(FIRST, decision="rejected"), FIRST]}) == 2
    assert [said for _, said in held(files)] == ["accepted", "accepted", "rejected", "accepted"]


def test_a_last_line_without_its_end_is_not_run_into(files: ReviewFiles) -> None:
    files.record({KEY: [FIRST]})
    path = files.path(KEY)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    files.record({KEY: [SECOND]})
    assert len(held(files)) == 2


@pytest.mark.parametrize("damage", [b"\x00\x00", b'{"kind": "decision", "of": "find', b"<<<<<<< HEAD\n"])
def test_a_damaged_file_is_told_with_its_line_and_not_touched(files: ReviewFiles, damage: bytes) -> None:
    files.record({KEY: [FIRST]})
    path = files.path(KEY)
    path.write_bytes(path.read_bytes() + damage)
    before = path.read_bytes()
    with pytest.raises(InputError) as told:
        files.record({KEY: [SECOND]})
    assert told.value.where == f"{path}:2" and told.value.cure
    assert path.read_bytes() == before


def test_one_file_that_cannot_be_added_to_keeps_the_others_as_they_were(files: ReviewFiles) -> None:
    files.record({KEY: [FIRST]})
    files.path("EVB-2025-01").write_text("no record\n")
    with pytest.raises(InputError):
        files.record({KEY: [SECOND], "EVB-2025-01": [FIRST]})
    assert held(files) == [(FIRST.place, "accepted")]


def test_a_decision_that_could_not_be_read_back_is_not_written(files: ReviewFiles) -> None:
    broken = replace(FIRST, machine={"polarity": "context"})
    with pytest.raises(InputError, match="cannot be kept"):
        files.record({KEY: [FIRST, broken]})
    assert not files.path(KEY).exists()


def test_a_full_disk_leaves_the_decisions_that_were_there(
    files: ReviewFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.record({KEY: [FIRST]})

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(recording, "write_whole", full)
    with pytest.raises(InputError, match="No space left"):
        files.record({KEY: [SECOND]})
    assert held(files) == [(FIRST.place, "accepted")]


def test_what_a_killed_session_had_begun_is_removed(files: ReviewFiles) -> None:
    files.record({KEY: [FIRST]})
    left = files.folder / f"{KEY}.jsonl.new-4711"
    left.write_text("half a rec")
    files.record({KEY: [SECOND]})
    assert not left.exists() and len(held(files)) == 2


def test_a_second_session_that_holds_the_folder_is_told(
    files: ReviewFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.record({KEY: [FIRST]})
    monkeypatch.setattr(recording, "WAIT", 0)
    with FileLock(files.folder / recording._LOCK), pytest.raises(InputError, match="Another session"):
        files.record({KEY: [SECOND]})
    assert held(files) == [(FIRST.place, "accepted")]


def test_two_sessions_at_once_lose_nothing(files: ReviewFiles) -> None:
    files.record({KEY: [FIRST]})
    script = (
        "import sys\nfrom dataclasses import replace\nfrom pathlib import Path\n"
        "from tests.reviews.test_recording import KEY, ACTS, FIRST, ReviewFiles\n"
        "files = ReviewFiles(Path(sys.argv[1]), ACTS)\n"
        "for n in range(15):\n"
        "    files.record({KEY: [replace(FIRST, decision='open', role=sys.argv[2], note=str(n))]})\n"
    )
    work = [
        subprocess.Popen([sys.executable, "-c", script, files.folder, role], cwd=ROOT)
        for role in ("one", "two")
    ]
    assert [one.wait() for one in work] == [0, 0]
    lines = [json.loads(line) for line in files.path(KEY).read_text(encoding="utf-8").splitlines()]
    for role in ("one", "two"):
        assert [r["note"] for r in lines if r["role"] == role] == [str(n) for n in range(15)]


def test_a_name_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file")
    with pytest.raises(InputError, match="cannot be written") as told:
        ReviewFiles(tmp_path / "own", ACTS).record({KEY: [FIRST]})
    assert "--reviews" in told.value.cure


def test_a_records_fields_stand_in_the_order_in_which_they_are_read(files: ReviewFiles) -> None:
    made: Decision = replace(
        FIRST, decision="corrected", person={"polarity": "mixed"}, note="both", reading=None
    )
    files.record({KEY: [made]})
    record = json.loads(files.path(KEY).read_text(encoding="utf-8"))
    assert list(record) == [
        *("kind", "of", "section", "paragraph", "sentence", "digest", "rules"),
        *("machine", "decision", "person", "note", "on", "role"),
    ]
