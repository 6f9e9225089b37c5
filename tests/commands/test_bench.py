"""``councilgraph bench``: what it measures, on what, and what it says where it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from councilgraph.accuracy.page import BEGIN, END, markdown, renewed
from councilgraph.accuracy.record import TARGETS
from councilgraph.errors import InputError
from tests.commands.conftest import Review
from tests.conftest import ROOT, Run

SUMMARIES = ["people-experience-summary", "strengths-summary"]


def bench(run: Run, *arguments: object) -> dict[str, Any]:
    done = run("bench", "accuracy", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def label(told: dict[str, Any], part: str, name: str) -> tuple[int, int, int]:
    (row,) = (row for row in told["parts"][part]["labels"] if row["label"] == name)
    return row["right"], row["expected"], row["given"]


def split(data: Path, **sections: list[str]) -> None:
    lines = [f'"{key.replace("_", "-")}" = {json.dumps(names)}' for key, names in sections.items()]
    path = data / "assessments" / "evidence" / "split.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("[development]\n" + "\n".join(lines) + "\n")


def test_bench_alone_tells_what_can_be_measured(run: Run) -> None:
    done = run("bench")
    assert done.returncode == 0
    assert "bench accuracy" in done.stdout and "python -m benchmarks.run" in done.stdout


def test_without_a_split_every_annotated_sentence_is_held_out(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    review()
    told = bench(run, "--reports", reports, "--data", data)
    assert list(told["parts"]) == ["held-out"]
    assert {page["source"]: page["sentences"] for page in told["measured_on"]} == {
        "equity.txt": 3,
        "summary.txt": 4,
    }
    assert {page["annotation"] for page in told["measured_on"]} == {"NMR-2025-05.jsonl"}
    assert label(told, "held-out", "sentences") == (7, 7, 7)
    right, expected, given = label(told, "held-out", "polarity")
    assert (expected, given) == (7, 7) and right == 0, "nobody would find all of it mixed"
    # council of both files, and the score of the statement that is annotated
    assert label(told, "held-out", "header fields") == (3, 3, 3)
    assert told["problems"] == []


def test_the_split_keeps_tuning_and_measuring_apart(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    review()
    split(data, **{"NMR_2025_05": ["equity"]})
    both = bench(run, "--reports", reports, "--data", data)
    assert list(both["parts"]) == ["held-out", "development"]
    assert {page["part"]: page["sections"] for page in both["measured_on"]} == {
        "development": ["equity"],
        "held-out": SUMMARIES,
    }
    assert label(both, "development", "sentences") == (3, 3, 3)
    assert label(both, "held-out", "sentences") == (4, 4, 4)
    for part, size in (("development", 3), ("held-out", 4), ("all", 7)):
        one = bench(run, "--reports", reports, "--data", data, "--pages", part)
        assert list(one["parts"]) == [part]
        assert label(one, part, "sentences") == (size, size, size)


def test_what_the_machine_reads_is_right_where_the_reviewer_agrees(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    done = run("extract", reports / "northmoor" / "equity.txt", "--data", data, "--no-reviews")
    machine = json.loads(done.stdout)
    changes = {
        (p["section"], p["n"], s["n"]): {
            "polarity": s["polarity"],
            "voices": s["voice"],
            "themes": s["themes"],
        }
        for p in machine["paragraphs"]
        for s in p["sentences"]
    }
    assert len(changes) == 3
    review(changes)
    split(data, **{"NMR_2025_05": ["equity"]})
    told = bench(run, "--reports", reports, "--data", data, "--pages", "development")
    assert label(told, "development", "polarity") == (3, 3, 3)
    voices = label(told, "development", "voice")
    assert voices[0] == voices[1] == voices[2] > 0


def test_close_calls_and_optional_items_are_not_counted(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    item = {
        "kind": "mention",
        "section": "equity",
        "paragraph": 1,
        "sentence": 2,
        "start": 0,
        "end": 5,
        "text": "no such body",
        "type": "vcfse",
        "named": True,
        "full_name": None,
        "review": "reviewed",
    }
    spot = ("equity", 1, 2)
    review({spot: {"close": ["polarity", "themes"]}}, more=({**item, "close": True},))
    optional = bench(run, "--reports", reports / "northmoor" / "equity.txt", "--data", data)
    assert label(optional, "held-out", "polarity")[1] == 2
    review(more=(item,))
    needed = bench(run, "--reports", reports / "northmoor" / "equity.txt", "--data", data)
    assert label(needed, "held-out", "polarity")[1] == 3
    assert (
        label(needed, "held-out", "named mentions")[1] == label(optional, "held-out", "named mentions")[1] + 1
    )


def gold(run: Run, data: Path, page: Path, folder: Path) -> Path:
    """What the machine says of a page, as a gold annotation of it."""
    done = run("extract", page, "--data", data, "--no-reviews")
    folder.mkdir(exist_ok=True)
    path = folder / "gold.json"
    path.write_text(done.stdout, encoding="utf-8")
    return path


def test_a_gold_file_takes_the_place_of_the_reviews_of_its_sections(
    run: Run, data: Path, reports: Path, review: Review, tmp_path: Path
) -> None:
    review()
    path = gold(run, data, reports / "northmoor" / "equity.txt", tmp_path / "gold")
    for given in (path, path.parent):
        told = bench(run, "--reports", reports, "--gold", given, "--data", data)
        assert [(p["source"], p["annotation"]) for p in told["measured_on"]] == [
            ("equity.txt", "gold.json"),
            ("summary.txt", "NMR-2025-05.jsonl"),
        ]
        assert label(told, "held-out", "sentences") == (7, 7, 7)
        assert label(told, "held-out", "polarity")[0] == 3


def test_a_gold_file_without_its_report_is_told(run: Run, data: Path, reports: Path, tmp_path: Path) -> None:
    path = gold(run, data, reports / "northmoor" / "equity.txt", tmp_path / "gold")
    lost = json.loads(path.read_text(encoding="utf-8"))
    (path.parent / "lost.json").write_text(json.dumps({**lost, "source": "lost.txt"}), encoding="utf-8")
    done = run("bench", "accuracy", "--reports", reports, "--gold", path.parent, "--data", data)
    assert done.returncode == 1
    assert "lost.json: not measured: no report file 'lost.txt'" in done.stderr
    assert "header fields" in done.stdout


def test_a_sentence_that_has_changed_is_left_out_and_told(
    run: Run, data: Path, reports: Path, review: Review
) -> None:
    review()
    page = reports / "northmoor" / "equity.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("nine", "ten"), encoding="utf-8")
    done = run("bench", "accuracy", "--reports", page, "--data", data, "--format", "json")
    assert done.returncode == 1 and "1 reviewed sentences have changed" in done.stderr
    assert json.loads(done.stdout)["measured_on"][0]["sentences"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("accuracy",), "Which reports?"),
        (("accuracy", "--reports", "no-such-folder"), "no such file"),
        (("accuracy", "--reports", "{reports}"), "None of these reports is annotated"),
        (
            ("accuracy", "--reports", "{reports}", "--gold", "{reports}/saltmarsh-pilot.txt"),
            "no gold annotation",
        ),
        (("accuracy", "--reports", "{reports}", "--extractor", "nobody"), "names no extractor"),
        (("speed",), "invalid choice"),
    ],
)
def test_what_cannot_be_measured_says_what_to_do(
    run: Run, data: Path, reports: Path, arguments: tuple[str, ...], words: str
) -> None:
    given = [a.format(reports=reports) for a in arguments]
    done = run("bench", *given, "--data", data)
    assert done.returncode == 2 and done.stdout == ""
    assert words in done.stderr and "what to do" in done.stderr and "Traceback" not in done.stderr


def test_a_part_without_pages_is_told(run: Run, data: Path, reports: Path, review: Review) -> None:
    review()
    done = run("bench", "accuracy", "--reports", reports, "--data", data, "--pages", "development")
    assert done.returncode == 2 and "'development'" in done.stderr


@pytest.mark.parametrize(
    "text", ["[development", "[held-out]\n", '[development]\n"NMR-2025-05" = "equity"\n']
)
def test_a_split_that_is_none_is_refused_by_name(
    run: Run, data: Path, reports: Path, review: Review, text: str
) -> None:
    path = review().with_name("split.toml")
    path.write_text(text)
    done = run("bench", "accuracy", "--reports", reports, "--data", data)
    assert done.returncode == 2 and str(path) in done.stderr


def test_the_tables_of_a_page_are_made_anew_between_their_marks(
    run: Run, data: Path, reports: Path, review: Review, tmp_path: Path
) -> None:
    review()
    page, out = tmp_path / "page.md", tmp_path / "out.json"
    page.write_text(f"# Before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    asked = ("accuracy", "--reports", reports, "--data", data, "--format", "json", "-o", out, "--page", page)
    assert run("bench", *asked).returncode == 0
    text, told = page.read_text(encoding="utf-8"), json.loads(out.read_text(encoding="utf-8"))
    assert text.startswith(f"# Before\n{BEGIN}\nMeasured with rules") and text.endswith(f"{END}\nafter\n")
    assert "old" not in text and "| sentences | recall 1.00 | 1.000 | 1.000 | 1.000 | 7/7/7 |" in text
    assert renewed(text, told, "page.md") == text
    page.write_text("no marks\n")
    done = run("bench", *asked)
    assert done.returncode == 2 and "no place for the accuracy tables" in done.stderr
    assert page.read_text() == "no marks\n"


def test_markdown_and_table_show_the_same_rows(run: Run, data: Path, reports: Path, review: Review) -> None:
    review()
    asked = ("bench", "accuracy", "--reports", reports, "--data", data)
    told = bench(run, *asked[2:])
    for form in ("table", "markdown"):
        shown = run(*asked, "--format", form).stdout
        for row in (*told["parts"]["held-out"]["labels"], *told["parts"]["held-out"]["themes"]):
            assert row["label"] in shown
        assert "7 annotated sentences: Northmoor County Council, equity (3)" in shown


# --- the measurement that comes along ---------------------------------------------------


def test_the_readme_shows_the_measurement_that_is_stored() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = json.loads((ROOT / "docs" / "accuracy.json").read_text(encoding="utf-8"))
    assert renewed(text, told, "README.md") == text, "run the command that stands below the table"
    assert markdown(told) in text


def test_the_stored_measurement_has_both_parts_every_target_and_its_pages() -> None:
    told = json.loads((ROOT / "docs" / "accuracy.json").read_text(encoding="utf-8"))
    assert list(told["parts"]) == ["held-out", "development"] and told["problems"] == []
    for name, part in told["parts"].items():
        assert {row["label"] for row in part["labels"]} >= set(TARGETS)
        assert part["themes"]
        (sentences,) = (row for row in part["labels"] if row["label"] == "sentences")
        assert sentences["expected"] == sum(p["sentences"] for p in told["measured_on"] if p["part"] == name)


def test_a_page_without_its_second_mark_is_refused() -> None:
    with pytest.raises(InputError, match="no place"):
        renewed(f"{BEGIN}\n", {"parts": {}, "rules": "", "measured_on": []}, "page.md")
