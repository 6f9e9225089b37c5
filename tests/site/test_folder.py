"""A site takes its place when it is whole, and leaves other people's files alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from councilgraph.errors import InputError
from councilgraph.site.folder import LISTING, site_folder


def export(place: Path, files: dict[str, str]) -> None:
    with site_folder(str(place), {"what": "a test"}) as out:
        for name, text in files.items():
            out.write(name, text)


def everything(place: Path) -> dict[str, str]:
    return {
        str(file.relative_to(place)): file.read_text(encoding="utf-8")
        for file in place.rglob("*")
        if file.is_file() and file.name != LISTING
    }


def test_files_are_written_and_listed(tmp_path: Path) -> None:
    export(tmp_path / "site", {"index.html": "é", "a/b.csv": "x"})
    assert everything(tmp_path / "site") == {"index.html": "é", "a/b.csv": "x"}
    listing = json.loads((tmp_path / "site" / LISTING).read_text(encoding="utf-8"))
    assert listing == {"what": "a test", "files": {"a/b.csv": 1, "index.html": 2}}


def test_the_next_export_removes_what_is_no_longer_there(tmp_path: Path) -> None:
    export(tmp_path, {"index.html": "1", "old/page.html": "1", "old/deep/page.html": "1"})
    export(tmp_path, {"index.html": "2", "new.html": "2"})
    assert everything(tmp_path) == {"index.html": "2", "new.html": "2"}
    assert not (tmp_path / "old").exists()


def test_files_of_others_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref", encoding="utf-8")
    (tmp_path / "CNAME").write_text("evidence.example", encoding="utf-8")
    export(tmp_path, {"index.html": "1"})
    export(tmp_path, {"index.html": "2"})
    assert everything(tmp_path) == {".git/HEAD": "ref", "CNAME": "evidence.example", "index.html": "2"}


def test_a_file_of_somebody_else_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        export(tmp_path, {"about.html": "1", "index.html": "1"})
    assert refused.value.where == str(tmp_path / "index.html")
    assert everything(tmp_path) == {"index.html": "mine"}


def test_an_export_that_fails_leaves_the_old_site(tmp_path: Path) -> None:
    export(tmp_path, {"index.html": "1"})
    with pytest.raises(ZeroDivisionError), site_folder(str(tmp_path), {}) as out:
        out.write("index.html", "2")
        raise ZeroDivisionError
    assert everything(tmp_path) == {"index.html": "1"}


def test_an_export_that_fails_leaves_no_folder_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), site_folder(str(tmp_path / "new"), {}):
        raise ZeroDivisionError
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("listing", ["{", "[]", '{"files": 7}', '{"files": [7]}'])
def test_a_damaged_listing_is_said_to_be_so(listing: str, tmp_path: Path) -> None:
    (tmp_path / LISTING).write_text(listing, encoding="utf-8")
    with pytest.raises(InputError, match="earlier export"):
        export(tmp_path, {"index.html": "1"})


def test_a_listing_cannot_have_files_elsewhere_removed(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    listing = {"files": {"../mine.txt": 1, "a/../../mine.txt": 1, str(tmp_path / "mine.txt"): 1}}
    (site / LISTING).write_text(json.dumps(listing), encoding="utf-8")
    export(site, {"index.html": "1"})
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_place_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        export(tmp_path / "site", {"index.html": "1"})
    assert refused.value.cure
    assert [one.name for one in tmp_path.iterdir()] == ["site"]
