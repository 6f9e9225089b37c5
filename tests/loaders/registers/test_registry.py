"""A registry: what it answers, what it refuses, and that a failed build keeps the old one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councilgraph.errors import InputError
from councilgraph.linking.candidates import Memory
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.indexing import index_keys
from councilgraph.linking.registry import Registry
from councilgraph.linking.registry_build import build
from councilgraph.linking.registry_sharing import SharingRegistry
from loaders.registers import read_register, tables
from loaders.source import Reading

CASES = Path(__file__).parent / "cases"


def body(code: str, name: str = "Northmoor Care", register: str = "invented", **more: object) -> Entry:
    return replace(
        Entry(register=register, code=code, kind="vcfse", names=(Name(name, "official"),)),
        **more,  # type: ignore[arg-type]
    )


def made(path: Path, *entries: Entry, force: bool = False) -> tuple[str, ...]:
    return build(path, entries, force=force).notes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "registry.sqlite"


FULL = Entry(
    register="invented",
    code="A1",
    kind="integrated-care-board",
    names=(
        Name("NHS Northmoor Integrated Care Board", "official", since=date(2022, 7, 1)),
        Name("Northmoor ICB", "short"),
        Name("Moor Commissioning Group", "former", date(2013, 4, 1), date(2022, 6, 30)),
    ),
    identifiers=(("ods", "QZ1"), ("gss", "E54000901")),
    areas=("E06009903", "E10009901"),
    postcode="ZZ9 9ZZ",
    since=date(2022, 7, 1),
    until=date(2026, 3, 31),
    successors=("A2", "A3"),
    homepage="https://moor.example",
)


def test_an_entry_comes_back_as_it_went_in_under_all_it_is_found_by(path: Path) -> None:
    bare = body("A2", until=None)
    made(path, FULL, bare, body("A3", "Saltmarsh Care"))
    with Registry(path) as registry:
        for key in index_keys(FULL):
            assert FULL in registry.exact(key), key
        assert registry.identified("ods", "QZ1") == [FULL]
        assert registry.identified("gss", "QZ1") == []
        assert registry.entry("invented", "A1") == FULL
        assert registry.entry("invented", "A9") is None
        assert registry.serving("integrated-care-board", "E10009901") == [FULL]
        assert registry.serving("vcfse", "E10009901") == []
        assert list(registry.entries()) == [FULL, bare, body("A3", "Saltmarsh Care")]
        assert registry.counts() == {"invented": 3}
        assert registry.known("saltmarsh")
        assert not registry.known("saltmarch")


def test_names_with_every_word_are_found_and_a_misspelt_word_finds_its_own(path: Path) -> None:
    bodies = [body(f"B{i}", f"Northmoor Support {i}") for i in range(30)]
    made(path, *bodies, body("C1", "Quillram Support"), body("C2", "Northmoor Quillram Support"))
    with SharingRegistry(path) as registry:
        assert [e.code for e in registry.sharing(["northmoor", "quillram"], 5)] == ["C2"]
        assert [e.code for e in registry.sharing(["quilram"], 5)] == ["C1", "C2"]
        assert len(registry.sharing(["northmoor"], 7)) == 7
        assert list(registry.sharing(["northmoor", "nothing"], 5)) == []


def test_the_file_answers_as_the_memory_does(path: Path, invented_data: Path) -> None:
    entries = list(tables(invented_data))
    memory = Memory(entries)
    build(path, entries)
    with SharingRegistry(path) as registry:
        for entry in entries:
            for key in index_keys(entry):
                assert registry.exact(key) == memory.exact(key), key
            for scheme, value in entry.identifiers:
                assert registry.identified(scheme, value) == list(memory.identified(scheme, value))
            for area in entry.areas:
                assert registry.serving(entry.kind, area) == memory.serving(entry.kind, area)
            for name in entry.names:
                words = name.text.casefold().split()
                assert list(registry.sharing(words, 99)) == list(memory.sharing(words, 99)), words
                assert [registry.known(word) for word in words] == [memory.known(word) for word in words]


def test_of_two_entries_with_one_code_the_first_is_kept_and_the_other_told(path: Path) -> None:
    notes = made(
        path,
        body("A1", areas=("E10009901",)),
        body("A1", "Saltmarsh Care", areas=("E06009903",), identifiers=(("ods", "RZ1"),)),
        body("A1"),
        body("A1", "Other Care", register="another"),
        force=True,
    )
    assert [note for note in notes if "A1" in note] == [
        "invented: the code A1 has two names, 'Northmoor Care' and 'Saltmarsh Care'; the first is kept.",
        "invented: the code A1 is there twice; the first is kept.",
    ]
    with Registry(path) as registry:
        assert registry.counts() == {"another": 1, "invented": 2 - 1}
        assert [e.names[0].text for e in registry.entries()] == ["Northmoor Care", "Other Care"]
        assert registry.exact("saltmarsh care") == []
        assert registry.identified("ods", "RZ1") == []
        assert registry.serving("vcfse", "E06009903") == []
        assert not registry.known("saltmarsh")


def test_a_circle_of_successions_is_opened_and_told(path: Path, invented_data: Path) -> None:
    files = [CASES / "providers-in-a-circle" / "providers.json"]
    entries = list(read_register("cqc-providers", files, invented_data, Reading(force=True)))
    after = body("Z1", register="cqc-providers", successors=("1-980", "Z1"))
    notes = made(path, *entries, after)
    assert any("1-980, 1-981, 1-982 follow each other in a circle" in note for note in notes)
    assert any("Z1 follow each other" in note for note in notes)
    with Registry(path) as registry:
        assert [entry.successors for entry in registry.entries()] == [(), (), (), ("1-980",)]


def test_successors_that_no_register_has_are_counted(path: Path) -> None:
    notes = made(path, body("A1", successors=("A2", "A7")), body("A2", successors=("A8",)))
    assert "invented: 2 successors are not in the register themselves." in notes
    with Registry(path) as registry:
        assert registry.entry("invented", "A1") == body("A1", successors=("A2", "A7"))


def stops() -> Iterator[Entry]:
    yield body("A1", "Another Name")
    raise InputError("half a download", where="somewhere", cure="again")


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        (stops(), "half a download"),
        (iter(()), "not one entry"),
        (iter([body("A1")]), "would lose 19 of 20"),
        (iter([body("A1", register="another")] * 2), "would lose 20 of 20"),
    ],
    ids=["download", "empty", "loss", "missing"],
)
def test_a_failed_build_keeps_the_old_registry_byte_for_byte(
    path: Path, entries: Iterator[Entry], what: str
) -> None:
    made(path, *(body(f"A{i}") for i in range(20)))
    before = path.read_bytes()
    with pytest.raises(InputError, match=what):
        build(path, entries)
    assert path.read_bytes() == before
    # The lock is there to be taken again; nobody holds it.
    assert sorted(path.parent.iterdir()) == [path.parent / ".registry.lock", path]


def test_a_loss_is_accepted_when_the_user_insists(path: Path) -> None:
    made(path, *(body(f"A{i}") for i in range(20)))
    assert build(path, [body("A1")], force=True).counts == {"invented": 1}


def test_one_register_is_replaced_and_the_others_are_kept(path: Path) -> None:
    made(path, FULL, body("B1", register="other"), body("B2", register="other"))
    report = build(path, [body("B3", register="other"), body("B1", register="other")], replacing={"other"})
    assert report.counts == {"invented": 1, "other": 2}
    assert "3 entries" in str(report)
    with Registry(path) as registry:
        assert registry.entry("invented", "A1") == FULL
        assert [entry.code for entry in registry.entries(without={"invented"})] == ["B3", "B1"]


def test_no_register_is_lost_because_the_present_file_is_damaged(path: Path) -> None:
    path.write_bytes(b"no registry" * 400)
    with pytest.raises(InputError, match="damaged or no registry"):
        build(path, [body("B1", register="other")], replacing={"other"})
    assert path.read_bytes() == b"no registry" * 400


def test_a_first_build_needs_no_present_file_and_new_entries_win(path: Path) -> None:
    assert build(path, [body("B1", register="other")], replacing={"other"}).counts == {"other": 1}
    build(path, [body("B1", "Saltmarsh Care", register="other")], replacing={"invented"})
    with Registry(path) as registry:
        assert [entry.names[0].text for entry in registry.entries()] == ["Saltmarsh Care"]


def test_an_open_registry_answers_on_while_a_new_one_is_put_in_force(path: Path) -> None:
    made(path, body("A1"))
    with Registry(path) as registry:
        made(path, body("A1", "Saltmarsh Care"))
        assert registry.exact("northmoor care") == [body("A1")]
    with Registry(path) as registry:
        assert registry.exact("northmoor care") == []


def test_the_same_entries_give_the_same_answers_and_file(path: Path, tmp_path: Path) -> None:
    entries = [body(f"A{i % 7}", f"Northmoor {i} Care") for i in range(40)]
    build(path, entries)
    build(tmp_path / "again.sqlite", entries)
    assert path.read_bytes() == (tmp_path / "again.sqlite").read_bytes()


def test_progress_is_told_after_every_batch(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("councilgraph.linking.registry_filling.BATCH", 3)
    told: list[int] = []
    build(path, (body(f"A{i}") for i in range(7)), progress=told.append)
    assert told == [3, 6, 7]


def test_names_that_no_file_can_hold_do_no_harm(path: Path) -> None:
    made(path, body("A1", "Northmoor \ud800 Care"), body("A2", "\u0130stanbul ﬀ ß Care"), body("", "x"))
    with SharingRegistry(path) as registry:
        assert len(list(registry.entries())) == 2
        assert registry.exact("\ud800") == []
        assert registry.identified("ods", "\ud800") == []
        assert not registry.known("\ud800")
        assert list(registry.sharing(["\ud800"], 3)) == []


def test_remarks_about_a_file_that_is_wrong_everywhere_have_an_end(path: Path) -> None:
    notes = made(path, *(body(f"A{i // 2}") for i in range(600)))
    assert len(notes) == 101
    assert "more of this kind" in notes[-1]


def other_version(path: Path) -> None:
    made(path, body("A1"))
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()


def cut_off(path: Path) -> None:
    made(path, *(body(f"A{i}", f"Northmoor {i}") for i in range(2000)))
    path.write_bytes(path.read_bytes()[:9000])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"Code,Name\n" * 400),
        lambda path: sqlite3.connect(path).close(),
        other_version,
        cut_off,
    ],
    ids=["missing", "folder", "empty", "text", "other-database", "other-version", "cut-off"],
)
def test_a_file_that_is_no_registry_is_refused(path: Path, spoil: object) -> None:
    spoil(path)  # type: ignore[operator]
    with pytest.raises(InputError) as caught, Registry(path) as registry:
        list(registry.entries())
    assert caught.value.where == str(path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        made(tmp_path / "file" / "registry.sqlite", body("A1"))


def test_a_large_register_is_built_and_every_thousandth_entry_found(path: Path) -> None:
    names = [f"{first} {second} Care" for first in ("Nor", "Salt", "East", "Quil") for second in range(5000)]
    report = build(path, (body(f"{i:05}", name) for i, name in enumerate(names)))
    assert report.counts == {"invented": 20_000}
    with Registry(path) as registry:
        for i in range(0, 20_000, 1000):
            assert [entry.code for entry in registry.exact(names[i].casefold())] == [f"{i:05}"]


NAMES = st.lists(st.text(min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(texts=st.lists(NAMES, min_size=1, max_size=4))
def test_any_names_come_back_and_are_found(texts: list[list[str]], path: Path) -> None:
    entries = [
        body(
            f"A{i}", names=tuple(Name(text, "official" if not n else "other") for n, text in enumerate(names))
        )
        for i, names in enumerate(texts)
    ]
    build(path, entries, force=True)
    with Registry(path) as registry:
        assert list(registry.entries()) == entries
        for entry in entries:
            for key in index_keys(entry):
                assert entry in registry.exact(key)
