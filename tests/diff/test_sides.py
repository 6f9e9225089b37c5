"""What can be compared: stores, builds, releases as N-Quads; and what is said of what cannot."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councilgraph.diff import opened_side
from councilgraph.diff.records import record_of
from councilgraph.diff.sentences import paired
from councilgraph.errors import CouncilgraphError
from councilgraph.export import export_rdf_file
from councilgraph.iris import IRIS
from councilgraph.store.embedded import open_embedded
from tests.diff.conftest import Build, compare
from tests.diff.test_causes import edit

Write = Callable[[Path], None]


def quads(store: Path, path: Path) -> Path:
    export_rdf_file(open_embedded(str(store)), "trig" if ".trig" in path.name else "nquads", str(path))
    return path


@pytest.mark.parametrize("name", ["graph.nq", "graph.nq.gz", "graph.trig"])
def test_a_store_and_its_export_are_the_same(before: Path, tmp_path: Path, name: str) -> None:
    found = compare(before, quads(before, tmp_path / name))
    assert found.same
    assert found.old.manifest and not found.new.manifest
    assert (found.new.statements, found.new.reports) == (found.old.statements, found.old.reports)
    assert (found.new.rules, found.new.version) == (found.old.rules, found.old.version)


def test_a_build_of_a_store_can_be_named_after_the_next_one_is_in_force(
    before: Path, data: Path, reports: Path, tmp_path: Path
) -> None:
    from councilgraph.build.run import Builder

    place = Path(shutil.copytree(before, tmp_path / "store"))
    earlier = place / "builds" / (place / "CURRENT").read_text().split()[1]
    edit(reports / "northmoor" / "equity.txt", "nine markets", "ten markets")
    Builder(str(place), data, jobs=1).build([reports])
    found = compare(earlier, place)
    assert [(c.kind, c.how) for c in found.changes] == [("finding", "changed")]
    assert compare(before, earlier).same


def test_a_release_is_a_folder_with_its_quads_and_may_tell_what_they_were_made_from(
    before: Path, tmp_path: Path, build: Build, data: Path
) -> None:
    release = tmp_path / "release"
    release.mkdir()
    quads(before, release / "councilgraph.nq.gz")
    edit(data / "assessments" / "scores.csv", "EVB,2024-08,,2,2", "EVB,2024-08,,2,3")
    after = build()
    assert [c.causes for c in compare(release, after).changes] == [("table",)]
    manifest = open_embedded(str(before)).manifest()
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    found = compare(release, after)
    assert found.old.manifest and [c.causes for c in found.changes] == [("table",)]


def test_without_a_manifest_causes_come_from_what_the_statements_say(
    before: Path, build: Build, reports: Path, tmp_path: Path
) -> None:
    edit(reports / "northmoor" / "equity.txt", "nine markets", "ten markets")
    found = compare(quads(before, tmp_path / "old.nq"), quads(build(), tmp_path / "new.nq"))
    assert [(c.kind, c.how, c.causes) for c in found.changes] == [("finding", "changed", ("source",))]


def test_a_change_that_nothing_accounts_for_is_told_as_not_known(before: Path, tmp_path: Path) -> None:
    old, new = quads(before, tmp_path / "old.nq"), tmp_path / "new.nq"
    lines = old.read_text(encoding="utf-8").splitlines(keepends=True)
    n = next(n for n, line in enumerate(lines) if "def#polarity>" in line)
    new.write_text("".join(lines[:n] + lines[n + 1 :]), encoding="utf-8")
    found = compare(old, new)
    assert [(c.kind, c.how, c.causes) for c in found.changes] == [("finding", "changed", ("unknown",))]
    assert [(g.added, g.removed) for g in found.graphs] == [(0, 1)]


@pytest.fixture(scope="module")
def lines(before: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = quads(before, tmp_path_factory.mktemp("lines") / "graph.nq")
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_statement_is_taken_out_both_are_no_longer_the_same(
    data: st.DataObject, lines: list[str], before: Path, tmp_path: Path
) -> None:
    n = data.draw(st.integers(0, len(lines) - 1))
    path = tmp_path / "less.nq"
    path.write_text("".join(lines[:n] + lines[n + 1 :]), encoding="utf-8")
    found = compare(before, path)
    assert not found.same
    assert [(g.added, g.removed) for g in found.graphs] == [(0, 1)]


def nothing(path: Path) -> None:
    path.mkdir()


def cut_off(path: Path) -> None:
    path.write_bytes(gzip.compress(b"<a:s> <a:p> <a:o> <a:g> .\n" * 5000)[:-20])


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("gone", lambda path: None, "no such place"),
        ("empty", nothing, "nothing here to compare"),
        ("list.csv", lambda path: path.write_text("a,b\n"), "no N-Quads and no TriG"),
        ("bad.nq", lambda path: path.write_text("<a:s> <a:p> <a:o> <a:g> .\n<a:s> what\n"), "line 2"),
        ("bad.nq.gz", lambda path: path.write_bytes(b"this is not packed"), "damaged"),
        ("cut.nq.gz", cut_off, "damaged"),
        (
            "else.nq",
            lambda path: path.write_text("<a:s> <a:p> <a:o> <http://else.example/g> .\n"),
            "named as ours",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason_and_the_cure(
    before: Path, tmp_path: Path, name: str, make: Write, words: str
) -> None:
    make(tmp_path / name)
    with pytest.raises(CouncilgraphError) as refused:
        compare(before, tmp_path / name)
    assert words in refused.value.what and refused.value.cure and name in refused.value.where


def test_a_file_of_a_store_that_is_damaged_or_gone_is_not_read_instead_of_its_database(
    before: Path, build: Build, reports: Path
) -> None:
    edit(reports / "northmoor" / "equity.txt", "nine markets", "ten markets")
    after = build()
    expected = compare(before, after)
    (file,) = (after / "sources").glob("report_NMR*")
    file.write_text(file.read_text(encoding="utf-8").replace("ten markets", "no markets"), encoding="utf-8")
    assert compare(before, after) == expected
    file.unlink()
    assert compare(before, after) == expected


def test_a_build_of_another_format_and_a_damaged_manifest_are_refused(before: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(before, tmp_path / "store"))
    build = place / "builds" / (place / "CURRENT").read_text().split()[1]
    manifest = json.loads((build / "manifest.json").read_text())
    (build / "manifest.json").write_text(json.dumps({**manifest, "format": 1}))
    (build / "SHA256SUMS").unlink()  # that version made no list
    with pytest.raises(CouncilgraphError, match="another version"), opened_side(str(build)):
        pass
    release = tmp_path / "release"
    release.mkdir()
    quads(before, release / "graph.nq")
    for content in ("{", '{"sources": [{"name": "links"}]}', "[1]"):
        (release / "manifest.json").write_text(content)
        with pytest.raises(CouncilgraphError, match="manifest of the release"), opened_side(str(release)):
            pass


def test_a_repeated_sentence_is_paired_once_and_in_any_order() -> None:
    def finding(name: str, words: str, section: str = "equity", mark: str = "") -> bytes:
        base = f"{IRIS.id}passage/{name}"
        return (
            f'<{base}> <https://w3id.org/councilgraph/def#textDigest> "{mark or words}" .\n'
            f"<{base}> <https://w3id.org/councilgraph/def#section> <x:{section}> .\n"
            f'<{base}> <http://www.w3.org/ns/oa#exact> "{words}"@en .'
        ).encode()

    def record(name: str, *said: str):  # type: ignore[no-untyped-def]
        return record_of(("finding", name), finding(name, *said).split(b"\n"))

    old = [record("K/equity/1", "They were heard"), record("K/equity/1-2", "They were heard")]
    new = [record("K/safe/1", "They were heard", "safe"), record("K/equity/3", "They were heard.")]
    expected = {"K/equity/1": ("K/safe/1", 100), "K/equity/1-2": ("K/equity/3", 97)}
    assert paired(old, new) == paired(old[::-1], new[::-1]) == expected
    assert paired(old, [record("K/equity/4", "Quite other words")]) == {}
    # Nearly the same words in another section are standard phrasing, not a reworded sentence.
    assert paired(old, [record("K/safe/5", "They were heard!", "safe")]) == {}
