"""The embedded store: what is published is what is read, and what is wrong is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph
import pytest

from councilgraph.errors import StoreError
from councilgraph.store.embedded import open_embedded
from councilgraph.store.newbuild import NewBuild, writing
from councilgraph.store.wholefile import write_whole
from tests.conftest import Run


def copy(store: Path, tmp_path: Path) -> Path:
    # Without the answers that were kept for other tests, which may have asked the shared store.
    kept_answers = shutil.ignore_patterns("answers")
    return Path(shutil.copytree(store, tmp_path / "store", ignore=kept_answers))


def test_the_database_holds_exactly_what_the_files_say(store: Path) -> None:
    files = sorted(
        line for file in (store / "sources").glob("*.nq") for line in file.read_text().splitlines()
    )
    database = open_embedded(str(store)).graph.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert database is not None
    assert sorted(database.decode().splitlines()) == files


def test_no_statement_stands_in_two_graphs(store: Path) -> None:
    seen: dict[str, str] = {}
    for quad in open_embedded(str(store)).quads():
        statement = str(quad.triple)
        assert seen.setdefault(statement, quad.graph_name.value) == quad.graph_name.value, statement


def test_strict_parsing_finds_nothing_wrong_in_what_is_loaded_leniently(store: Path) -> None:
    for file in (store / "sources").glob("*.nq"):
        assert any(True for _ in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS))
        for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS):
            assert not isinstance(quad.subject, pyoxigraph.BlankNode), f"{file.name}: {quad}"


def test_a_reader_keeps_its_build_while_a_new_one_is_put_in_force(
    store: Path, tmp_path: Path, run: Run, invented_data: Path
) -> None:
    place = copy(store, tmp_path)
    reader = open_embedded(str(place))
    before = len(reader.graph)
    assert run("build", "--store", place, "--data", invented_data).returncode == 0
    assert len(reader.graph) == before
    assert len(open_embedded(str(place)).graph) < before


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda place: (place / "CURRENT").unlink(), "There is no store here yet"),
        (lambda place: (place / "CURRENT").write_text("99 some-build\n"), "another version of councilgraph"),
        (lambda place: (place / "CURRENT").write_text("nonsense"), "damaged"),
        (lambda place: (place / "CURRENT").write_text("1 ../../etc\n"), "damaged"),
        (lambda place: (place / "CURRENT").write_bytes(b"\xff\xfe\x00"), "damaged"),
        (lambda place: shutil.rmtree(place / "builds"), "damaged"),
    ],
)
def test_a_store_that_cannot_be_read_says_what_to_do(
    store: Path, tmp_path: Path, run: Run, damage: object, words: str
) -> None:
    place = copy(store, tmp_path)
    damage(place)  # type: ignore[operator]
    done = run("query", "Q01", "--store", place)
    assert done.returncode == 2
    assert words in done.stderr and "councilgraph build" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_store_is_made_anew_from_the_files(
    store: Path, tmp_path: Path, run: Run, invented_data: Path
) -> None:
    place = copy(store, tmp_path)
    shutil.rmtree(place / "builds")
    assert run("build", "--store", place, "--data", invented_data).returncode == 0
    assert run("query", "Q01", "--store", place).returncode == 0


def test_two_builds_at_once_are_refused_with_the_reason(tmp_path: Path) -> None:
    with (
        writing(str(tmp_path)),
        pytest.raises(StoreError, match="Another build is writing"),
        writing(str(tmp_path)),
    ):
        pass


def test_a_build_is_never_made_over_the_one_in_force(store: Path, tmp_path: Path) -> None:
    place = copy(store, tmp_path)
    current = (place / "CURRENT").read_text().split()[1]
    with pytest.raises(ValueError, match="in force"):
        NewBuild(str(place), current)


def test_a_file_that_could_not_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "CURRENT"
    path.write_text("old")
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError):
        write_whole(tmp_path / "taken", "new")  # a folder cannot be replaced by a file
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir() if ".new-" in p.name] == []


def test_a_kept_answer_is_the_answer_and_goes_with_its_build(
    store: Path, tmp_path: Path, run: Run, invented_data: Path
) -> None:
    place = copy(store, tmp_path)
    first = run("query", "Q01", "pilots=yes", "--store", place)
    kept = list(place.rglob("answers/*"))
    assert len(kept) == 1
    assert run("query", "Q01", "pilots=yes", "--store", place).stdout == first.stdout
    kept[0].write_bytes(kept[0].read_bytes()[:-40])
    assert run("query", "Q01", "pilots=yes", "--store", place).stdout == first.stdout
    kept[0].write_bytes(b"the text of another query with the same checksum")
    assert run("query", "Q01", "pilots=yes", "--store", place).stdout == first.stdout
    assert run("build", "--store", place, "--data", invented_data).returncode == 0
    after = run("query", "Q38", "authority=northmoor", "--store", place)
    assert after.stdout.count("\n") == 1, "the report is gone, and so are the answers about it"


def test_a_store_that_may_only_be_read_answers(store: Path, tmp_path: Path) -> None:
    place = copy(store, tmp_path)
    reader = open_embedded(str(place))
    (Path(reader.build) / "answers").write_text("a file where the folder would be")
    names, rows = reader.select_stored("SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 3")
    assert names == ["s"] and len(list(rows)) == 3
