"""The command line as a user meets it: results, messages, exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from councilgraph.cli import COMMANDS
from tests.conftest import REPORTS, Run


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_command_has_help_with_an_example(run: Run) -> None:
    for command in COMMANDS:
        done = run(command, "--help")
        assert done.returncode == 0, done.stderr
        assert f"Example: councilgraph {command}" in done.stdout
        assert not done.stderr


def test_without_a_command_the_commands_are_listed(run: Run) -> None:
    done = run()
    assert done.returncode == 0
    assert all(f"    {command}" in done.stdout for command in COMMANDS)


def test_build_tells_what_the_store_holds_and_what_it_warns_of(
    run: Run, tmp_path: Path, invented_data: Path
) -> None:
    done = run("build", "--store", tmp_path / "s", "--data", invented_data, "--reports", REPORTS)
    assert done.returncode == 0
    assert done.stdout == "", "messages go to standard error, results to standard output"
    assert "statements in 17 graphs, 2 reports among them (2 read anew)." in done.stderr
    again = run("build", "--store", tmp_path / "s", "--data", invented_data, "--reports", REPORTS)
    assert "Nothing has changed" in again.stderr
    quiet = run("build", "--quiet", "--store", tmp_path / "s", "--data", invented_data, "--reports", REPORTS)
    assert quiet.stderr == ""


def test_build_goes_on_past_a_bad_file_and_says_so(
    run: Run, tmp_path: Path, invented_data: Path, reports: Path
) -> None:
    bad = reports / "recipe.txt"
    bad.write_text("Soup\n\nBoil the water.\n")
    done = run("build", "--store", tmp_path / "s", "--data", invented_data, "--reports", reports)
    assert done.returncode == 1
    assert "2 reports among them" in done.stderr
    assert f"where: {bad}" in done.stderr and "1 file not loaded" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"\n \n\t\n", "empty"),
        ("report.txt", b"%PDF-1.7 something", "PDF"),
        ("binary.txt", b"\x00\x01\x02" * 100, "binary"),
        ("letter.txt", b"Dear Sir,\n\nthank you.\n", "not a local authority assessment report"),
        (
            "nowhere.txt",
            b"Nowhere Council: local authority assessment\n\nPublished: 3 March 2025\n\nOverall summary\n",
            "no council",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason_and_the_cure(
    run: Run, tmp_path: Path, invented_data: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    place = tmp_path / "store"
    assert run("build", "--store", place, "--data", invented_data).returncode == 0
    before = (place / "CURRENT").read_text()
    done = run("load", file, "--store", place, "--data", invented_data)
    assert done.returncode == 1
    assert words in done.stderr and str(file) in done.stderr and "what to do" in done.stderr
    assert "Traceback" not in done.stderr
    assert (place / "CURRENT").read_text() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "--reports", "no-such-folder"), "no such file or folder"),
        (("build", "--data", "no-such-folder"), "no such data folder"),
        (("build", "--jobs", "0"), "at least one worker"),
        (("build", "--engine", "magic"), "no validation engine 'magic'"),
        (("query",), "NAME-or-ID"),
        (("query", "Q99", "--store", "{store}"), "no stored query"),
        (("query", "Q01", "nonsense", "--store", "{store}"), "no parameter"),
        (("query", "Q01", "colour=red", "--store", "{store}"), "no parameter 'colour'"),
        (("query", "Q38", "authority=atlantis", "--store", "{store}"), "not known"),
        (("query", "Q38", "--store", "{store}"), "authority"),
        (("query", "Q01", "--format", "pdf", "--store", "{store}"), "no format"),
        (("query", "Q01", "-o", "no-such-folder/out.csv", "--store", "{store}"), "cannot be written"),
        (("sparql", "SELECT", "--store", "{store}"), "not valid SPARQL"),
        (("sparql", "--store", "{store}"), "Give the query"),
        (("sparql", "-f", "no-such.rq", "--store", "{store}"), "cannot be read"),
        (("search", "...", "--store", "{store}"), "no word to look for"),
        (("search", "van", "--authority", "atlantis", "--store", "{store}"), "not known"),
        (("export", "rdf", "-o", "graph.docx", "--store", "{store}"), "names no RDF format"),
        (("export", "rdf", "--format", "word", "--store", "{store}"), "no RDF format"),
        (("validate", "--store", "no-such-store"), "no store here yet"),
        (("refresh", "planets", "x.csv"), "invalid choice"),
        (("extract", "no-such-file.txt"), "no such file"),
        (("fly",), "invalid choice"),
    ],
)
def test_what_cannot_run_exits_2_and_says_what_to_do(
    run: Run, store: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = run(*(a.format(store=store) for a in arguments))
    assert done.returncode == 2, done.stdout + done.stderr
    assert words in done.stderr and "what to do" in done.stderr
    assert "Traceback" not in done.stderr and done.stdout == ""


def test_a_table_with_a_missing_column_names_file_and_column(run: Run, tmp_path: Path, data: Path) -> None:
    file = data / "reference" / "regions.csv"
    file.write_text(file.read_text().replace("gss,name", "gss,title"))
    done = run("build", "--store", tmp_path / "s", "--data", data)
    assert done.returncode == 2
    assert "no column 'name'" in done.stderr and f"{file}:1" in done.stderr


def test_query_prints_the_matrix_in_every_format(run: Run, store: Path, tmp_path: Path) -> None:
    rows = table(run("query", "Q01", "--store", store).stdout)
    assert [row["authority"] for row in rows] == ["Eastvale Borough Council", "Northmoor County Council"]
    northmoor = rows[1]
    assert (northmoor["gss"], northmoor["published"], northmoor["percentage"]) == (
        "E10009901",
        "2025-05-16",
        "75",
    )
    pilots = table(run("query", "Q01", "pilots=yes", "--store", store).stdout)
    assert {row["authority"]: row["rating"] for row in pilots}["Saltmarsh Council"] == "Good (indicative)"
    records = json.loads(run("query", "Q01", "--format", "json", "--store", store).stdout)
    assert records[1]["equity"] == 3 and records[0]["rating"] is None
    shown = run("query", "Q01", "--format", "table", "--store", store)
    assert "Northmoor County Council" in shown.stdout and "2 rows" in shown.stderr
    book = tmp_path / "matrix.xlsx"
    assert run("query", "compare-scores", "-o", book, "--store", store).returncode == 0
    assert book.read_bytes().startswith(b"PK")


def test_a_construct_query_gives_a_graph(run: Run, store: Path) -> None:
    done = run("query", "council-context", "authority=northmoor", "--store", store)
    assert done.returncode == 0 and "cg:Council" in done.stdout


def test_your_own_sparql_of_every_form(run: Run, store: Path) -> None:
    prefix = "PREFIX cg: <https://w3id.org/councilgraph/def#> "
    count = run("sparql", prefix + "SELECT (COUNT(*) AS ?n) { ?f a cg:Finding }", "--store", store)
    assert count.stdout.split() == ["n", "20"]
    ask = run("sparql", prefix + "ASK { ?f a cg:Finding }", "--store", store)
    assert ask.stdout.split() == ["answer", "true"]
    graph = run("sparql", prefix + "CONSTRUCT WHERE { ?c a cg:Council }", "--format", "nt", "--store", store)
    assert len(graph.stdout.splitlines()) == 3


def test_search_finds_words_in_any_form_phrases_and_filters(run: Run, store: Path) -> None:
    found = table(run("search", "wait", "--store", store).stdout)
    assert [row["place"] for row in found] == ["1.1", "1.2"] or len(found) == 2
    phrase = table(run("search", '"travelling advice van"', "--store", store).stdout)
    assert phrase[0]["authority"] == "Northmoor County Council"
    assert run("search", "wait", "--authority", "eastvale", "--store", store).returncode == 1
    only = table(run("search", "wait", "--authority", "saltmarsh", "--store", store).stdout)
    assert {row["authority"] for row in only} == {"Saltmarsh Council"}
    assert run("search", 'van" OR tags:"x', "--store", store).returncode in (0, 1)
    nothing = run("search", "zeppelin", "--store", store)
    assert nothing.returncode == 1 and "Not found in the text" in nothing.stderr


def test_validate_counts_first_and_conforms(run: Run, store: Path) -> None:
    done = run("validate", "--store", store)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("conforms, 0 violations")
    records = json.loads(run("validate", "--format", "json", "--store", store).stdout)
    assert {r["severity"] for r in records["results"]} <= {"Warning", "Info"}
    assert "sh:ValidationReport" in run("validate", "--format", "turtle", "--store", store).stdout


def test_validate_with_the_reference_engine_finds_the_same(run: Run, store: Path) -> None:
    fast = run("validate", "--format", "json", "--engine", "fast", "--store", store).stdout
    reference = run("validate", "--format", "json", "--engine", "reference", "--store", store).stdout
    assert json.loads(fast) == json.loads(reference)


def test_questions_are_listed_and_found_by_words(run: Run) -> None:
    every = table(run("questions").stdout)
    assert {"Q01", "Q02", "Q04", "Q05", "Q06", "Q07", "Q08", "Q09", "Q38", "Q42"} <= {r["id"] for r in every}
    few = table(run("questions", "next", "rating").stdout)
    assert few[0]["id"] == "Q04" and "authority" in few[0]["parameters"]
    assert run("questions", "zeppelin").returncode == 1


def test_extract_prints_the_evidence_of_one_assessment(run: Run, invented_data: Path) -> None:
    done = run("extract", REPORTS / "northmoor", "--data", invented_data)
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown["authority"] == {"name": "Northmoor County Council", "gss": "E10009901"}
    assert shown["assessment"]["published"] == "2025-05-16"
    assert shown["assessment"]["overall_rating"] == "Good"
    assert len(shown["assessment"]["scores"]) == 9
    sections = [p["section"] for p in shown["paragraphs"]]
    assert sections == ["people-experience-summary", "strengths-summary", "equity", "equity"]
    for paragraph in shown["paragraphs"]:
        text = " ".join(s["text"] for s in paragraph["sentences"])
        for sentence in paragraph["sentences"]:
            assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    assert {"mentions", "partnerships", "strategies", "statistics", "legislation"} <= shown.keys()
    page = json.loads(run("extract", REPORTS / "northmoor" / "equity.txt", "--data", invented_data).stdout)
    assert page["assessment"]["published"] is None and page["assessment"]["scores"] == {"equity": 3}
    both = run("extract", REPORTS, "--data", invented_data)
    assert both.returncode == 2 and "2 assessments" in both.stderr
    shown_table = run("extract", REPORTS / "northmoor", "--format", "table", "--data", invented_data)
    assert "hardest to" in shown_table.stdout


def test_refresh_writes_a_table_anew(run: Run, tmp_path: Path, data: Path) -> None:
    before = (data / "reference" / "regions.csv").read_text()
    bad = tmp_path / "cut-off.csv"
    bad.write_text("LAD24CD,RGN24CD\n")
    done = run("refresh", "regions", bad, "--data", data)
    assert done.returncode == 2 and "what to do" in done.stderr
    assert (data / "reference" / "regions.csv").read_text() == before


def test_a_closed_pipe_is_no_error(store: Path) -> None:
    import subprocess
    import sys

    from tests.conftest import ROOT

    done = subprocess.run(
        f"{sys.executable} -m councilgraph export rdf --store {store} | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.stdout.startswith("<http") and "Traceback" not in done.stderr and not done.stderr


def test_the_store_can_be_named_by_the_environment(run: Run, store: Path) -> None:
    assert run("query", "Q01", COUNCILGRAPH_STORE=str(store)).returncode == 0


def test_extract_shows_the_labels_of_each_sentence_in_a_table(
    run: Run, tmp_path: Path, invented_data: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "Northmoor County Council: local authority assessment\n\nAssessing needs\n\nScore: 2\n\n"
        "Key findings for this quality statement\n\nCarers told us that they waited too long for respite.\n"
    )
    done = run("extract", page, "--data", invented_data, "--format", "table", COLUMNS="160")
    assert done.returncode == 0, done.stderr
    (row,) = [line for line in done.stdout.splitlines() if "told us that they waited" in line]
    assert row.split()[:4] == ["assessing-needs", "1.1", "improvement", "carers"]
    assert "respite" in row and "0 partnerships" in done.stdout
