"""Every file of a store, damaged in every way: told, never answered wrongly, and made whole again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from councilgraph.store.embedded import open_embedded
from councilgraph.store.memory import MemoryStore
from tests.conftest import Run
from tests.faults.small import Said, call, canonical, in_force, small_store

# Neither sorts, counts nor joins: what a damaged block does to those is below.
ASKED: tuple[tuple[str, ...], ...] = (
    ("sparql", "SELECT * { ?s ?p ?o }", "--format", "csv"),
    ("export", "rdf", "--format", "nquads"),
)


def _removed(path: Path) -> None:
    path.unlink()


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flipped(at: float) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        data = bytearray(path.read_bytes())
        if not data:
            return  # the engine's log, which was put away
        data[min(int(len(data) * at), len(data) - 1)] ^= 0x04
        path.write_bytes(data)

    return flip


DAMAGES = {
    "removed": _removed,
    "truncated": _truncated,
    "flipped": _flipped(0.4),
    "flipped-at-the-end": _flipped(1),
}
# One of each kind of file, for what takes longer than looking.
KINDS = (
    *("CURRENT", "builds/*/manifest.json", "builds/*/SHA256SUMS", "builds/*/search.sqlite"),
    *("builds/*/graph/CURRENT", "builds/*/graph/MANIFEST-*", "builds/*/graph/*.sst"),
    *("sources/manifest-*.json", "sources/report_*.nq"),
)


@pytest.fixture(scope="module")
def small(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(store, tmp_path_factory.mktemp("damage") / "store")


@pytest.fixture(scope="module")
def right(small: Path) -> dict[tuple[str, ...], Said]:
    said = {asked: call(*asked, "--store", small) for asked in ASKED}
    assert all(one.code == 0 and one.out.count(b"\n") > 1 for one in said.values()), said
    return said


@pytest.fixture
def place(small: Path, tmp_path: Path) -> Path:
    # Without the answers that were kept: they would hide a damaged database.
    return Path(shutil.copytree(small, tmp_path / "store", ignore=shutil.ignore_patterns("answers")))


def files_of(store: Path) -> list[Path]:
    """Every file that says something: not the two locks, which are empty."""
    files = [p for p in sorted(store.rglob("*")) if p.is_file() and p.name not in ("lock", "LOCK")]
    assert len(files) > 20
    return files


@contextmanager
def damaged(path: Path, damage: Callable[[Path], None]) -> Iterator[bool]:
    """The file is damaged within the block; whether it is other than before."""
    data = path.read_bytes()
    damage(path)
    try:
        yield not path.exists() or path.read_bytes() != data
    finally:
        path.write_bytes(data)


def asked_anew(place: Path, asked: tuple[str, ...]) -> Said:
    """What a command says without an answer kept from before."""
    for answers in place.glob("builds/*/answers"):
        shutil.rmtree(answers)
    return call(*asked, "--store", place)


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_damaged_file_gives_a_wrong_answer_or_a_traceback(
    damage: str, place: Path, right: dict[tuple[str, ...], Said]
) -> None:
    # No question is answered from the N-Quads files; the explorer, which reads them, is below.
    for path in (path for path in files_of(place) if path.parent.name != "sources"):
        with damaged(path, DAMAGES[damage]):
            for asked, answer in right.items():
                said = asked_anew(place, asked)
                told = f"{asked[0]} with {path.relative_to(place)} {damage}: {said.code} {said.error}"
                assert said.out == answer.out if said.code == 0 else said.explained, told
                assert said.code == 0 or "councilgraph build" in said.error, told


def test_a_question_that_a_damaged_database_would_keep_for_ever_is_ended(place: Path, run: Run) -> None:
    for path in (in_force(place) / "graph").glob("*.sst"):
        DAMAGES["flipped"](path)
    for asked in (("query", "Q01"), ("sparql", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ("search", "people")):
        done = run(*asked, "--store", place)
        assert Said(done.returncode, b"", done.stderr).explained, f"{asked}: {done}"


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_an_error_or_at_least_no_traceback(damage: str, place: Path) -> None:
    path = in_force(place) / "search.sqlite"
    with damaged(path, DAMAGES[damage]):
        said = call("search", "people", "--store", place, "--format", "csv")
        assert said.code == 0 or said.explained, said


@pytest.mark.parametrize("damage", DAMAGES)
def test_check_names_every_damaged_file_and_what_to_do(damage: str, place: Path) -> None:
    for path in files_of(place):
        with damaged(path, DAMAGES[damage]) as changed:
            said = call("check", "--store", place, "--format", "json")
            told = json.loads(said.out)
            if not changed:
                assert path.stat().st_size == 0  # the log of the engine has nothing to lose
                continue
            assert said.code == 1 and not told["whole"], f"{path.relative_to(place)} {damage}: {told}"
            named = [one for one in told["damage"] if one["where"].endswith(path.name)]
            # A flip in these makes a name or a digest of what is whole into another.
            assert named or path.name in ("CURRENT", "SHA256SUMS"), (
                f"{path.relative_to(place)} {damage}: {told}"
            )
            assert all("--repair" in one["cure"] for one in told["damage"])
    assert call("check", "--store", place).code == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_store_with_any_one_file_damaged_is_made_whole_with_the_same_statements(
    kind: str, small: Path, place: Path
) -> None:
    path = max(place.glob(kind), key=lambda one: one.stat().st_size)
    DAMAGES["flipped"](path)
    done = call("check", "--repair", "--store", place)
    assert done.code == 0 and f"where: {place}" in done.error, done
    assert canonical(place) == canonical(small)
    assert call("check", "--store", place).code == 0


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_copy_in_memory_is_never_made_of_a_damaged_n_quads_file(
    damage: str, small: Path, place: Path
) -> None:
    """The explorer and the tables of the whole graph read these files: it is quicker."""
    for path in (place / "sources").glob("*.nq"):
        with damaged(path, DAMAGES[damage]):
            held = MemoryStore(open_embedded(str(place)))
            assert {str(quad) for quad in held.quads()} == {
                str(quad) for quad in open_embedded(str(small)).quads()
            }
