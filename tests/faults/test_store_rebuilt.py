"""A store made anew from what is left of it, and what is said where that cannot be done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from councilgraph.store.embedded import FORMAT
from tests.conftest import REPORTS
from tests.faults.small import call, canonical, in_force, small_store


@pytest.fixture(scope="module")
def small(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(store, tmp_path_factory.mktemp("rebuilt") / "store")


@pytest.fixture
def place(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "store"))


def report_file(place: Path) -> Path:
    return next((place / "sources").glob("report_*.nq"))


def test_the_n_quads_files_alone_are_enough(place: Path, small: Path) -> None:
    shutil.rmtree(place / "builds")
    (place / "CURRENT").unlink()
    said = call("query", "Q01", "--store", place)
    assert said.explained
    assert call("check", "--store", place).code == 1
    assert call("check", "--repair", "--store", place).code == 0
    assert canonical(place) == canonical(small)


def test_without_any_manifest_the_graph_is_the_same_and_load_asks_for_a_build(
    place: Path, small: Path, invented_data: Path
) -> None:
    shutil.rmtree(place / "builds")
    (place / "CURRENT").unlink()
    for copy in (place / "sources").glob("manifest-*"):
        copy.unlink()
    done = call("check", "--repair", "--store", place)
    assert done.code == 0 and "no more known" in done.error
    assert canonical(place) == canonical(small)
    refused = call("load", REPORTS / "northmoor", "--store", place, "--data", invented_data)
    assert refused.explained and "with all your reports" in refused.error


def test_two_files_of_one_graph_are_not_chosen_between_by_luck(place: Path) -> None:
    shutil.rmtree(place / "builds")
    (place / "CURRENT").unlink()
    for copy in (place / "sources").glob("manifest-*"):
        copy.unlink()
    from councilgraph.build.sources import statements_digest

    path = report_file(place)
    other = path.with_name("other.nq")
    other.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    graph = path.read_text().splitlines()[0].rsplit("<", 1)[1].rstrip("> .")
    other.rename(path.with_name(f"{path.stem[:-12]}{statements_digest(str(other), graph)[:12]}.nq"))
    said = call("check", "--repair", "--store", place)
    assert said.explained and "Two N-Quads files" in said.error


def test_a_graph_that_is_nowhere_whole_is_named_and_nothing_is_changed(place: Path) -> None:
    path = report_file(place)
    path.write_bytes(path.read_bytes()[:-50])
    table = next((in_force(place) / "graph").glob("*.sst"))
    table.write_bytes(table.read_bytes()[:-50])
    before = {p: p.read_bytes() for p in place.rglob("*") if p.is_file()}
    said = call("check", "--repair", "--store", place)
    assert said.explained and "report/SLM-2023-11" in said.error and "with your reports" in said.error
    assert before == {p: p.read_bytes() for p in place.rglob("*") if p.is_file()}


def test_a_build_with_the_reports_cures_what_no_file_can(
    store: Path, tmp_path: Path, invented_data: Path
) -> None:
    place = Path(shutil.copytree(store, tmp_path / "store"))
    path = next((place / "sources").glob("report_NMR*.nq"))
    path.write_bytes(path.read_bytes()[:-50])
    table = max((in_force(place) / "graph").glob("*.sst"), key=lambda one: one.stat().st_size)
    table.write_bytes(table.read_bytes()[:-50])
    done = call("build", "--store", place, "--data", invented_data, "--reports", REPORTS, "--jobs", "1")
    assert done.code == 0 and f"{table.name} is not as it was written" in done.error
    assert canonical(place) == canonical(store)
    assert call("check", "--store", place).code == 0


def test_a_build_with_the_same_inputs_makes_a_damaged_database_anew(
    store: Path, tmp_path: Path, invented_data: Path
) -> None:
    place = Path(shutil.copytree(store, tmp_path / "store"))
    (in_force(place) / "search.sqlite").write_bytes(b"")
    arguments = ("build", "--store", place, "--data", invented_data, "--reports", REPORTS, "--jobs", "1")
    done = call(*arguments)
    assert done.code == 0 and "Nothing has changed" not in done.error
    assert "Nothing has changed" in call(*arguments).error
    assert call("search", "people", "--store", place).out


def test_a_report_is_not_loaded_into_a_store_that_lacks_a_file(place: Path, invented_data: Path) -> None:
    report_file(place).unlink()
    said = call("load", REPORTS / "northmoor", "--store", place, "--data", invented_data)
    assert said.explained and "N-Quads" in said.error and "--repair" in said.error


@pytest.mark.parametrize(("made_with", "words"), [("1", "with the same reports"), ("3", "that made it")])
def test_a_store_of_another_format_says_which_and_is_made_anew_from_its_files(
    place: Path, small: Path, made_with: str, words: str
) -> None:
    assert made_with != str(FORMAT)
    as_format(place, made_with)
    name = in_force(place).name
    for asked in (("query", "Q01"), ("search", "people"), ("export", "rdf"), ("validate",)):
        said = call(*asked, "--store", place)
        assert said.explained and f"format {made_with}" in said.error and words in said.error, said
        assert "check --repair" in said.error
    said = call("check", "--store", place)
    assert said.code == 1 and f"format {made_with}".encode() in said.out
    done = call("check", "--repair", "--store", place)
    assert done.code == 0, done
    assert canonical(place) == canonical(small)
    assert (place / "CURRENT").read_text().startswith(f"{FORMAT} ") and in_force(place).name != name


def test_a_store_of_another_format_is_loaded_into_only_after_the_repair(
    place: Path, invented_data: Path
) -> None:
    as_format(place, "1")
    said = call("load", REPORTS / "northmoor", "--store", place, "--data", invented_data)
    assert said.explained and "format 1" in said.error


def as_format(place: Path, made_with: str) -> None:
    """As the first format had it: no digests, one key instead of the parts; or as a later one may."""
    build = in_force(place)
    (build / "SHA256SUMS").unlink()
    for copy in (place / "sources").glob("manifest-*"):
        copy.unlink()
    manifest = json.loads((build / "manifest.json").read_text())
    manifest["format"] = int(made_with)
    for source in manifest["sources"]:
        del source["made"]
        source.update({"key": "0" * 64} if made_with == "1" else {"made_of": ["x"], "documents": []})
    (build / "manifest.json").write_text(json.dumps(manifest))
    (place / "CURRENT").write_text(f"{made_with} {build.name}\n")


def test_a_lost_pointer_is_set_to_the_newest_whole_build(place: Path, small: Path) -> None:
    # An earlier build whose files the next one has swept must not be taken for it.
    earlier = Path(shutil.copytree(in_force(place), place / "builds" / "earlier"))
    manifest = json.loads((earlier / "manifest.json").read_text())
    manifest["sources"][0]["file"] = "gone.nq"
    (earlier / "manifest.json").write_text(json.dumps(manifest))
    (earlier / "SHA256SUMS").unlink()
    (place / "CURRENT").unlink()
    assert call("check", "--repair", "--store", place).code == 0
    assert canonical(place) == canonical(small)


def test_a_damaged_answer_is_told_not_used_and_removed(place: Path) -> None:
    right = call("query", "Q01", "pilots=yes", "--format", "csv", "--store", place)
    kept = next(place.rglob("answers/*"))
    kept.write_bytes(kept.read_bytes()[:-3])
    assert call("query", "Q01", "pilots=yes", "--format", "csv", "--store", place) == right
    kept.write_bytes(kept.read_bytes()[:-3] + b"abc")
    said = call("check", "--store", place)
    assert said.code == 1 and kept.name.encode() in said.out and b"Nothing is lost" in said.out
    build = in_force(place)
    assert call("check", "--repair", "--store", place).code == 0
    assert not kept.exists() and in_force(place) == build, "no new build is made for an answer"


def test_check_says_where_there_is_no_store_and_that_an_endpoint_has_no_files(tmp_path: Path) -> None:
    said = call("check", "--store", tmp_path / "none")
    assert said.explained and "no store here yet" in said.error
    assert call("check", "--store", "http://127.0.0.1:9/").explained


def test_a_store_that_may_only_be_read_is_checked_and_not_repaired(place: Path) -> None:
    (in_force(place) / "search.sqlite").unlink()
    shutil.rmtree(place / "lock", ignore_errors=True)
    (place / "lock").unlink(missing_ok=True)
    (place / "lock").mkdir()  # root may write everywhere: a lock that cannot be taken stands for it
    assert call("check", "--store", place).code == 1
    said = call("check", "--repair", "--store", place)
    assert said.explained and "cannot be written" in said.error
    assert not (in_force(place) / "search.sqlite").exists()
