"""The same inputs give the same bytes, whoever builds where; and what is released is what was built."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from councilgraph.build.sources import Source
from councilgraph.catalogue import Catalogue, bind
from councilgraph.diff import compared, opened_side
from councilgraph.errors import StoreError, UsageError
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.registry_build import build as build_registry
from councilgraph.linking.registry_file import content_digest
from councilgraph.parameters import resolve
from councilgraph.release import reading
from councilgraph.release.folder import Folder
from councilgraph.release.graphs import write_graphs
from councilgraph.resources import path as resource
from councilgraph.store.embedded import OxigraphReader, open_embedded
from tests.conftest import INVENTED, REPORTS, ROOT
from tests.release.conftest import contents, loaded

CHARITY = Entry(
    "charity-commission", "1100001", "vcfse", (Name("Northmoor Carers Trust", "official"),),
    (("charity-commission", "1100001"),), ("E10009901",),
)  # fmt: skip


def councilgraph(*arguments: object, cwd: Path, umask: int, **environment: str) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COUNCILGRAPH_", "LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, "-m", "councilgraph", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=cwd,
        umask=umask,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )
    assert done.returncode == 0, done.stderr.decode()


def everything(place: Path, jobs: int, umask: int, **environment: str) -> dict[str, bytes]:
    """Copies of all inputs in another folder, a build of them, and its release."""
    place.mkdir(parents=True)
    data = shutil.copytree(INVENTED / "data", place / "tables")
    reports = shutil.copytree(REPORTS, place / "pages")
    outside = shutil.copytree(INVENTED / "observations", place / "figures")
    for number, path in enumerate(sorted(place.rglob("*"))):
        os.utime(path, (number * jobs, number * jobs))
    build_registry(place / "bodies.sqlite", [CHARITY])
    given = ("--store", place / "built", "--data", data, "--reports", reports, "--observations", outside)
    environment = {**environment, "COUNCILGRAPH_REGISTRY": str(place / "bodies.sqlite")}
    councilgraph("build", *given, "--jobs", jobs, cwd=place, umask=umask, **environment)
    councilgraph("release", "out", "--store", "built", cwd=place, umask=umask, **environment)
    return contents(place / "out")


def test_a_release_made_elsewhere_from_the_same_inputs_has_the_same_bytes(tmp_path: Path) -> None:
    one = everything(
        tmp_path / "one", 1, 0o022, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1", HOME=str(tmp_path)
    )
    two = everything(
        tmp_path / "far" / "two", 2, 0o077, TZ="Pacific/Chatham", LC_ALL="de_DE.UTF-8", PYTHONHASHSEED="7"
    )
    assert sorted(one) == sorted(two) and len(one) > 60
    assert [name for name in one if one[name] != two[name]] == []
    places = [str(tmp_path).encode(), b"tables/reference", b"pages/", b"figures/", b"bodies.sqlite"]
    assert [(name, place) for name in one for place in places if place in one[name]] == []


def test_what_is_loaded_from_a_release_is_the_graph_that_was_built(built: Path, released: Path) -> None:
    store = open_embedded(str(built))
    assert set(loaded(released)) == set(store.quads())


def test_every_stored_question_has_the_same_answer_from_a_release(built: Path, released: Path) -> None:
    store, copy = open_embedded(str(built)), OxigraphReader(loaded(released), "copy")
    given = {
        "authority": "northmoor",
        "theme": "unpaid-carers",
        "statement": "equity",
        "measure": "population",
    }
    asked = 0
    for query in Catalogue(resource("queries")):
        if query.form != "SELECT" or query.kind == "link":
            continue
        chosen = {p.name: given.get(p.name, p.example.split("=")[1]) for p in query.parameters if p.required}
        try:
            terms, limit = resolve(query, chosen, lambda sparql: store.select(sparql)[1])
        except UsageError:  # an example that the invented councils have not
            continue
        text = bind(query, terms, limit)
        here, there = (sorted(map(str, one.select(text)[1])) for one in (store, copy))
        assert here == there, query.id
        asked += bool(here)
    assert asked > 40


def test_the_readmes_own_lines_load_the_release(released: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (released / "README.md").read_text("utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=released, capture_output=True, check=True)
    assert done.stdout.strip() == b"3"  # two reports, and one more assessment in the table of scores


def test_a_release_and_its_build_are_the_same_to_diff(built: Path, released: Path) -> None:
    with opened_side(str(released)) as old, opened_side(str(built)) as new:
        assert compared(old, new).same
        assert old.sources.keys() == new.sources.keys()


def test_lines_stand_once_and_in_one_order(released: Path) -> None:
    for path in released.glob("*.nq.gz"):
        lines = gzip.decompress(path.read_bytes()).splitlines()
        assert lines == sorted(set(lines)) and lines
        # Neither a name nor a time stands in the packed file.
        assert path.read_bytes()[3] == 0 and path.read_bytes()[4:8] == bytes(4)


def test_a_release_too_large_for_the_memory_is_read_on_disk_and_answers_the_same(
    released: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [
        Source.from_json(one) for one in json.loads((released / "manifest.json").read_text())["sources"]
    ]
    told = []
    for most in (reading.MOST_IN_MEMORY, 0):
        monkeypatch.setattr(reading, "MOST_IN_MEMORY", most)
        with reading.read_back(str(released), sources, "") as reader:
            told.append((set(reader.quads()), reading.newest_day(reader)))
    assert told[0] == told[1] and len(told[0][0]) == sum(source.triples for source in sources)


class Answering:
    """An endpoint in the eyes of a release: graphs as N-Triples, in an order of its own."""

    place = "https://sparql.example/"

    def __init__(self, store: Path) -> None:
        self._store = open_embedded(str(store))
        self.manifest = self._store.manifest

    def graph_ntriples(self, graph: str) -> bytes:
        return b"".join(reversed(self._store.graph_ntriples(graph).splitlines(keepends=True)))


def test_an_endpoint_gives_the_files_that_its_store_gives(
    built: Path, released: Path, tmp_path: Path
) -> None:
    endpoint = Answering(built)
    out = Folder("", str(tmp_path))
    write_graphs(endpoint, [Source.from_json(one) for one in endpoint.manifest()["sources"]], out)
    made = contents(tmp_path)
    assert made and all(made[name] == data for name, data in contents(released).items() if name in made)


def test_an_endpoint_that_lost_a_statement_is_not_released(built: Path, tmp_path: Path) -> None:
    endpoint = Answering(built)
    source = next(map(Source.from_json, endpoint.manifest()["sources"]))
    lost = replace(source, triples=source.triples + 1)
    with pytest.raises(StoreError, match="not whole: the graph"):
        write_graphs(endpoint, [lost], Folder("", str(tmp_path)))


def test_a_registry_is_known_by_its_entries_and_not_by_its_place_or_time(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("one.sqlite", "two.sqlite", "three.sqlite")]
    build_registry(paths[0], [CHARITY])
    build_registry(paths[1], [CHARITY])
    build_registry(
        paths[2], [CHARITY, Entry("companies-house", "01234567", "company", (Name("A Ltd", "official"),))]
    )
    os.utime(paths[1], (0, 0))
    one, two, three = map(content_digest, paths)
    assert one == two != three and len(one) == 64
    (tmp_path / "none.sqlite").write_bytes(b"no database")
    assert content_digest(tmp_path / "none.sqlite") == ""
