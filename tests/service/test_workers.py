"""A query of a stranger costs what it may cost, and not a second or a byte more."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from councilgraph.errors import QueryError, StoreError
from councilgraph.service.failures import BusyError, LimitError, RefusedError, StoppedError
from councilgraph.service.pool import Answer, Pool, Ticket
from councilgraph.service.process import Bounds, Question, Worker
from councilgraph.store.embedded import FORMAT, current_build
from tests.service.conftest import ENDLESS, HUNGRY, LARGE, Other

FORMS = {"solutions": "csv", "boolean": "json", "graph": "nt"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ROOMY = Bounds(seconds=60)


def ask(pool: Pool, query: str, ticket: Ticket | None = None, **graphs: tuple[str, ...]) -> str:
    answer = pool.answer(Question(query, FORMS, **graphs), ticket)
    assert isinstance(answer, Answer)
    with answer.file as file:
        return file.read().decode()


@pytest.fixture
def pool(store: Path) -> Iterator[Pool]:
    made = Pool(str(store), ROOMY)
    yield made
    made.close()


@pytest.fixture
def strict(store: Path) -> Iterator[Pool]:
    made = Pool(str(store), Bounds(seconds=1.5, memory=96 << 20, size=100_000), workers=1, queue=1)
    yield made
    made.close()


def children() -> set[int]:
    """The workers of this process that still run."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if state[1] == str(os.getpid()) and state[0] != "Z" and b"councilgraph.service.worker" in command:
                found.add(int(entry.name))
    return found


def test_a_query_that_takes_too_long_ends_with_its_process(strict: Pool) -> None:
    before = children()
    strict.warm()
    mine = children() - before
    assert len(mine) == 1
    with pytest.raises(LimitError, match=r"time limit of 1\.5 seconds") as caught:
        ask(strict, ENDLESS)
    assert caught.value.limit == "time" and caught.value.cure
    assert not mine & children(), "the process goes on working"
    assert ask(strict, "ASK {}") == '{"head":{},"boolean":true}'


def test_a_query_that_takes_too_much_memory_is_ended_alone(store: Path) -> None:
    pool = Pool(str(store), Bounds(seconds=60, memory=64 << 20), workers=1)
    try:
        with pytest.raises(LimitError, match="memory limit of 64 MiB") as caught:
            ask(pool, HUNGRY)
        assert caught.value.limit == "memory"
        assert ask(pool, COUNT).startswith("n")
    finally:
        pool.close()


def test_an_answer_that_is_too_large_is_an_error_and_not_a_part_of_it(store: Path) -> None:
    pool = Pool(str(store), Bounds(seconds=60, size=100_000), workers=1)
    try:
        with pytest.raises(LimitError, match="size limit of 100,000 bytes") as caught:
            ask(pool, LARGE)
        assert caught.value.limit == "size"
        fitting = ask(pool, "SELECT ?s { ?s ?p ?o } LIMIT 500")
        assert fitting.count("\r\n") == 501
    finally:
        pool.close()


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_an_answer_of_too_many_rows_is_an_error_and_not_a_part_of_it(store: Path, form: str) -> None:
    pool = Pool(str(store), Bounds(seconds=60, rows=1000), workers=1)
    try:
        forms = {**FORMS, "solutions": form}
        pool.answer(Question("SELECT * { ?s ?p ?o } LIMIT 1000", forms))
        with pytest.raises(LimitError, match="more rows than the limit of 1,000") as caught:
            pool.answer(Question("SELECT * { ?s ?p ?o } LIMIT 1001", forms))
        assert caught.value.limit == "rows"
    finally:
        pool.close()


@pytest.mark.parametrize(
    "query", ["SELECT " + "(" * 100_000 + "1", "SELECT * {" + "{" * 30_000, "ASK {" + "OPTIONAL{" * 30_000]
)
def test_a_query_that_is_nested_beyond_reason_harms_nobody(pool: Pool, query: str) -> None:
    with pytest.raises(QueryError):
        ask(pool, query)
    assert ask(pool, "ASK {}") == '{"head":{},"boolean":true}'


def test_a_worker_is_asked_again_and_again(pool: Pool) -> None:
    pool.warm()
    mine = children()
    for _ in range(20):
        ask(pool, COUNT)
        with pytest.raises(QueryError, match="not valid SPARQL"):
            ask(pool, "SELECT nothing")
    assert children() == mine


def test_a_worker_that_has_grown_is_replaced(store: Path) -> None:
    pool = Pool(str(store), Bounds(seconds=60, memory=160 << 20), workers=1)
    before = children()
    try:
        pool.warm()
        mine = children() - before
        # Two hundred thousand rows to compare; the memory for them is not all given back.
        rows = "SELECT * { ?a ?b ?c . ?d a ?f } LIMIT 200000"
        assert ask(pool, f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {{ {rows} }} }}") == "n\r\n200000\r\n"
        assert not mine & children(), "the next query would find half of its memory taken"
        assert ask(pool, COUNT).startswith("n")
    finally:
        pool.close()


def test_updates_are_no_queries(pool: Pool) -> None:
    before = ask(pool, COUNT)
    for text in (
        "DROP ALL",
        "INSERT DATA { <http://a> <http://b> <http://c> }",
        "LOAD <http://127.0.0.1:9/x>",
        "DELETE WHERE { ?s ?p ?o }",
        "ASK {} ; DROP ALL",
        "CLEAR DEFAULT",
    ):
        with pytest.raises(QueryError, match="not valid SPARQL"):
            ask(pool, text)
    assert ask(pool, COUNT) == before


def test_no_other_server_is_asked(pool: Pool, other: Other) -> None:
    for silent in ("", "SILENT "):
        with pytest.raises(RefusedError, match="asks no other servers"):
            ask(pool, f"SELECT * {{ SERVICE {silent}<http://{other.host}/> {{ ?s ?p ?o }} }}")
    assert ask(pool, f"SELECT * FROM <http://{other.host}/> {{ ?s ?p ?o }}").strip() in ("s,p,o", "o,p,s")
    assert not other.visits


def test_a_worker_could_not_reach_another_server_if_it_wanted_to(other: Other) -> None:
    """The second lock: what the reading of the text overlooks, the system refuses."""
    code = (
        "import socket, sys, pyoxigraph\n"
        "from councilgraph.service.sealing import seal\n"
        "assert seal()\n"
        "try:\n    socket.socket()\n    sys.exit('a connection was possible')\n"
        "except PermissionError: pass\n"
        "try:\n    import os; os.execv('/bin/true', ['true'])\n"
        "except PermissionError: pass\n"
        f"query = 'SELECT * {{ SERVICE SILENT <http://{other.host}/> {{ ?s ?p ?o }} }}'\n"
        "print(len(list(pyoxigraph.Store().query(query))))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "1"), done.stderr
    assert not other.visits


def test_where_the_system_cannot_seal_a_worker_its_reading_is_stricter(store: Path, other: Other) -> None:
    worker = Worker(str(current_build(str(store))), ROOMY, sealed=False)
    try:
        assert not worker.sealed
        prologue = f"PREFIX service: <http://{other.host}/> PREFIX : <http://{other.host}/>"
        with pytest.raises(RefusedError):
            worker.ask(Question(f"{prologue} SELECT * {{ service:x {{ ?s ?p ?o }} }}", FORMS), io.BytesIO())
        out = io.BytesIO()
        worker.ask(Question("SELECT ('SERVICE' AS ?service) {}", FORMS), out)
        assert out.getvalue() == b"service\r\nSERVICE\r\n" and not other.visits
    finally:
        worker.close()


def test_a_host_that_is_allowed_is_asked_and_no_other(store: Path, other: Other) -> None:
    pool = Pool(str(store), Bounds(seconds=60, hosts=(other.host,)))
    try:
        query = f"SELECT ?o {{ SERVICE <http://{other.host}/sparql> {{ ?s ?p ?o }} }}"
        assert ask(pool, query) == "o\r\nother\r\n"
        assert other.visits == ["/sparql"]
        with pytest.raises(RefusedError, match=r"does not ask evil\.example"):
            ask(pool, "SELECT ?o { SERVICE <http://evil.example/> { ?s ?p ?o } }")
        with pytest.raises(RefusedError, match="no whole address"):
            ask(pool, f"SELECT * {{ VALUES ?e {{ <http://{other.host}/> }} SERVICE ?e {{ ?s ?p ?o }} }}")
        # An allowed host cannot send us on to one that is not.
        with pytest.raises(QueryError, match="redirect"):
            ask(pool, f"SELECT ?o {{ SERVICE <http://{other.host}/away> {{ ?s ?p ?o }} }}")
        assert other.visits[1:] == ["/away"]
    finally:
        pool.close()


def test_the_next_query_is_answered_from_a_new_build(store: Path, tmp_path: Path) -> None:
    place = shutil.copytree(store, tmp_path / "store")
    pool = Pool(str(place), ROOMY)
    try:
        before = ask(pool, COUNT)
        old = Path(str(current_build(str(place))))
        new = Path(shutil.copytree(old, old.with_name("next")))
        graph = pyoxigraph.Store(str(new / "graph"))
        graph.load(b"<http://a> <http://b> <http://c> .", format=pyoxigraph.RdfFormat.N_TRIPLES)
        graph.flush()
        del graph
        (place / "CURRENT").write_text(f"{FORMAT} next\n")
        assert int(ask(pool, COUNT).split()[1]) == int(before.split()[1]) + 1
        assert all(worker.build == str(new) for worker in pool._idle)
    finally:
        pool.close()


def test_a_folder_without_a_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here yet"):
        ask(Pool(str(tmp_path), ROOMY), "ASK {}")
    with pytest.raises(StoreError, match="reads a store folder"):
        Pool("http://127.0.0.1:7878", ROOMY)


def test_a_damaged_store_says_so(store: Path, tmp_path: Path) -> None:
    place = shutil.copytree(store, tmp_path / "store")
    build = Path(str(current_build(str(place))))
    for file in (build / "graph").glob("MANIFEST*"):
        file.write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="cannot be opened for queries"):
        ask(Pool(str(place), ROOMY), "ASK {}")


def test_who_finds_the_queue_full_is_told_when_to_come_back(strict: Pool) -> None:
    strict.warm()
    failures: list[Exception] = []

    def endless() -> None:
        try:
            ask(strict, ENDLESS)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=endless) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    busy = [one for one in failures if isinstance(one, BusyError)]
    assert len(failures) == 4 and len(busy) >= 2, failures
    assert busy[0].seconds >= 1 and "Try again" in busy[0].cure
    assert ask(strict, "ASK {}")


def test_a_client_that_has_gone_frees_its_worker(store: Path) -> None:
    pool, ticket = Pool(str(store), Bounds(seconds=600), workers=1), Ticket()
    before = children()
    try:
        pool.warm()
        mine = children() - before
        threading.Timer(0.5, ticket.stop).start()
        with pytest.raises(StoppedError):
            ask(pool, ENDLESS, ticket)
        assert not mine & children()
        with pytest.raises(StoppedError):
            ask(pool, "ASK {}", ticket)
    finally:
        pool.close()


def test_a_worker_that_was_killed_from_outside_is_replaced(pool: Pool) -> None:
    before = children()
    pool.warm()
    for worker in children() - before:
        os.kill(worker, 9)
    time.sleep(0.2)
    assert ask(pool, "ASK {}") == '{"head":{},"boolean":true}'


def test_closing_ends_every_worker(store: Path) -> None:
    before = children()
    pool = Pool(str(store), ROOMY, workers=3)
    pool.warm()
    assert len(children() - before) == 3
    pool.close()
    assert children() == before
    with pytest.raises(StoppedError):
        ask(pool, "ASK {}")


def test_a_worker_whose_server_is_gone_ends_by_itself() -> None:
    code = (
        "from councilgraph.service.sealing import limit_processor_time\n"
        "limit_processor_time(0)\n"
        "while True: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == -24


def test_workers_end_when_their_server_was_killed(store: Path) -> None:
    code = (
        "import os, sys\n"
        "from councilgraph.service.pool import Pool\n"
        "from councilgraph.service.process import Bounds\n"
        "pool = Pool(sys.argv[1], Bounds())\n"
        "pool.warm()\n"
        "print(*(worker._process.pid for worker in pool._idle), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(store)], stdout=subprocess.PIPE, text=True, check=False
    )
    left = {int(one) for one in done.stdout.split()}
    assert len(left) == 2
    end = time.monotonic() + 60
    while left and time.monotonic() < end:
        left = {one for one in left if Path(f"/proc/{one}").exists()}
        time.sleep(0.1)
    assert not left


def test_a_worker_gets_nothing_secret_of_the_environment(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNCILGRAPH_PASSWORD", "secret-word")
    before = children()
    pool = Pool(str(store), ROOMY, workers=1)
    try:
        pool.warm()
        (worker,) = children() - before
        assert b"secret-word" not in Path(f"/proc/{worker}/environ").read_bytes()
    finally:
        pool.close()


def test_each_triple_of_a_graph_comes_once(pool: Pool) -> None:
    lines = ask(pool, "CONSTRUCT { ?s a ?t } { ?s a ?t . ?s ?p ?o }").splitlines()
    assert len(lines) > 100 and len(lines) == len(set(lines))


def test_the_graphs_of_the_protocol_win_over_those_of_the_query(pool: Pool) -> None:
    graphs = ask(pool, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").split()[1:]
    first, second = graphs[0], graphs[1]
    counts = {one: ask(pool, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{one}> {{ ?s ?p ?o }} }}") for one in graphs}
    everything = ask(pool, COUNT)
    assert everything not in counts.values()
    from_first = f"SELECT (COUNT(*) AS ?n) FROM <{first}> {{ ?s ?p ?o }}"
    assert ask(pool, from_first) == counts[first]
    assert ask(pool, from_first, default_graphs=(second,)) == counts[second]
    assert ask(pool, COUNT, named_graphs=(first,)) == "n\r\n0\r\n"
    in_graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert ask(pool, in_graphs, named_graphs=(second,)) == counts[second]
    assert ask(pool, in_graphs, default_graphs=(first,)) == "n\r\n0\r\n"
    with pytest.raises(QueryError, match="is not the IRI of a graph"):
        ask(pool, COUNT, default_graphs=("no iri",))
