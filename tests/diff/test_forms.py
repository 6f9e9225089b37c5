"""The forms of a comparison: true to it, safe with hostile words, and fit to be published."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree, html

from councilgraph.build.run import Builder
from councilgraph.diff import Comparison, wordless
from councilgraph.diff.changes import Change, CouncilChanges, Field, SideTold, counted
from councilgraph.diff.feed import ATOM
from councilgraph.diff.forms import FORMS, written
from councilgraph.errors import InputError, UsageError
from loaders import read_one
from tests.conftest import INVENTED, REPORTS
from tests.diff.conftest import compare
from tests.diff.test_causes import edit

HOSTILE = "<script>alert(1)</script> | [a](javascript:x) `b` *c* \"d' & =1+1 \x0b\x1b[31m"
SIDE = SideTold("old", "0.1.0", ("0.1.0+1a2b3c4d",), "2025-05-16", 10, 1, True)


def found_with(*changes: Change, name: str = "Northmoor County Council") -> Comparison:
    council = CouncilChanges("NMR", name, "https://w3id.org/councilgraph/id/council/NMR", changes)
    return Comparison(SIDE, replace(SIDE, newest="2025-06-01"), (council,), ())


def a_change(**more: object) -> Change:
    base = Change(
        "finding", "changed", "https://w3id.org/x", "Equity, paragraph 1, sentence 1", ("source",),
        (Field("polarity", ("Strength",), ("Mixed",)),), "NMR", "NMR-2025-05",
        "Equity, paragraph 1, sentence 1", "Residents were heard.",
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def quoted() -> Comparison:
    """A change of each kind whose every text is hostile."""
    hostile = [
        a_change(
            kind=kind, label=HOSTILE, sentence=HOSTILE, place=HOSTILE,
            fields=(Field(HOSTILE, (HOSTILE,), (HOSTILE, "x")),),
        )
        for kind in ("finding", "strategy", "link")
    ]  # fmt: skip
    return found_with(*hostile, name=HOSTILE)


@pytest.fixture(scope="module")
def real(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """A reworded sentence, a lost one, a moved one and a corrected score."""
    place = tmp_path_factory.mktemp("real")
    data = shutil.copytree(INVENTED / "data", place / "data")
    reports = shutil.copytree(REPORTS, place / "reports")
    page = reports / "northmoor" / "equity.txt"
    edit(page, "nine markets", "ten markets")
    edit(page, "Hill farmers were", "Nobody had counted the boats.\n\nHill farmers were")
    edit(reports / "northmoor" / "summary.txt", "They planned a second respite house for 2026.", "")
    edit(data / "assessments" / "scores.csv", "EVB,2024-08,,2,2", "EVB,2024-08,,2,3")
    Builder(str(place / "store"), data, jobs=1).build([reports])
    return compare(before, place / "store")


@pytest.mark.parametrize("form", [f for f in FORMS if f != "xlsx"])
def test_every_form_is_the_same_again_and_tells_that_there_is_nothing(form: str, real: Comparison) -> None:
    assert written(real, form) == written(real, form)
    nothing = replace(real, councils=(), graphs=())
    assert written(nothing, form) != written(real, form)


def test_json_holds_all_that_was_found(real: Comparison) -> None:
    told = json.loads(written(real, "json"))
    assert (told["format"], told["version"], told["same"]) == ("councilgraph-diff", 1, False)
    assert told["counts"] == counted(real.changes)
    assert told["counts"]["score"] == {"changed": 1}
    assert sum(len(council["changes"]) for council in told["councils"]) == len(real.changes)
    names = {graph["name"] for graph in told["graphs"]}
    assert names >= {"report/NMR-2025-05", "scores/scores"}
    (eastvale,) = (council for council in told["councils"] if council["code"] == "EVB")
    assert eastvale["causes"] == ["table"]


def test_the_table_has_a_row_for_each_change_and_no_formula(real: Comparison, quoted: Comparison) -> None:
    rows = list(csv.DictReader(io.StringIO(written(real, "csv").decode())))
    assert len(rows) == len(real.changes)
    assert {row["authority"] for row in rows} >= {"Northmoor County Council", "Eastvale Borough Council"}
    formula = replace(quoted.councils[0], name="=1+1")
    (first, *_) = csv.DictReader(io.StringIO(written(replace(quoted, councils=(formula,)), "csv").decode()))
    assert first["authority"] == "'=1+1"


def test_text_lists_what_moved_only_on_demand_but_counts_it(real: Comparison) -> None:
    short, long = (written(real, "text", quiet=quiet).decode() for quiet in (False, True))
    assert "findings moved" in short and "finding moved:" not in short
    assert "finding moved:" in long
    assert "score changed: Supporting people to lead healthier lives" in short
    assert "score: 2 → 3" in short and "because of: register or table" in short


def test_the_page_stands_alone_without_a_script_and_every_word_is_escaped(
    real: Comparison, quoted: Comparison
) -> None:
    for found in (real, quoted):
        page = written(found, "html", quiet=True).decode()
        tree = html.document_fromstring(page)
        tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
        assert not tags & {"script", "link", "img", "iframe", "object", "form", "a:href"}
        hrefs = [element.get("href") for element in tree.iter("a")]
        assert hrefs and all(href.startswith("#") for href in hrefs)
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)) and {href[1:] for href in hrefs} <= set(ids)
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
        # For who cannot see it: language, one heading of each section, captions, headed cells.
        assert tree.get("lang") == "en-GB" and len(tree.findall(".//h1")) == 1
        assert all(table.find("caption") is not None for table in tree.iter("table"))
        assert all(cell.get("scope") in ("col", "row") for cell in tree.iter("th"))
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("form", ["text", "markdown", "notes", "html", "atom"])
def test_no_word_of_a_report_commands_a_terminal(form: str, quoted: Comparison) -> None:
    data = written(quoted, form, quiet=True)
    assert b"alert(1)" in data and not {0x0B, 0x1B} & set(data)


def test_markdown_takes_no_word_of_a_report_for_a_mark(quoted: Comparison) -> None:
    for form in ("markdown", "notes"):
        page = written(quoted, form).decode()
        assert "<script" not in page.replace("\\<script", "")
        assert "[a](" not in page.replace("\\[a\\](", "")


def test_what_is_published_holds_no_sentence_of_a_report(real: Comparison) -> None:
    sentences = [s.text for p in read_one([REPORTS / "northmoor"]).paragraphs for s in p.sentences]
    sentences += ["They planned a second respite house for 2026.", "nine markets", "ten markets"]
    assert any(sentence in written(real, "text").decode() for sentence in sentences)
    published = [written(real, form) for form in ("notes", "atom")]
    published += [written(real, form, sentences=False, quiet=True) for form in FORMS if form != "xlsx"]
    for data in published:
        assert not [sentence for sentence in sentences if sentence in data.decode()]
        assert b"score" in data


def test_words_that_hang_on_other_kinds_are_left_out_too() -> None:
    statistic = a_change(
        kind="statistic", label="9 week people waiting", quotes=True, place="Equity, paragraph 1, sentence 1",
        fields=(Field("counts", (), ("people waiting",)), Field("value", (), ("9",))),
    )  # fmt: skip
    (left,) = wordless(found_with(statistic)).changes
    assert left.label == "Equity, paragraph 1, sentence 1" and left.sentence == ""
    assert [field.name for field in left.fields] == ["value"]


def test_notes_tell_scores_one_by_one_and_findings_in_numbers(real: Comparison) -> None:
    notes = written(real, "notes").decode()
    assert notes.startswith("# Changes within 2025-05-16\n")
    assert "score changed: Supporting people to lead healthier lives" in notes and "score: 2 → 3" in notes
    assert "1 finding added" in notes and "finding added:" not in notes
    assert "Because of: register or table." in notes


def test_the_feed_has_an_entry_a_council_and_no_clock(real: Comparison) -> None:
    feed = etree.fromstring(written(real, "atom", day=date(2026, 3, 31)))
    name = f"{{{ATOM}}}"
    assert feed.tag == f"{name}feed"
    for required in ("id", "title", "updated", "author"):
        assert feed.find(f"{name}{required}") is not None
    entries = feed.findall(f"{name}entry")
    assert [str(e.findtext(f"{name}title")).partition(":")[0] for e in entries] == [
        "Eastvale Borough Council",
        "Northmoor County Council",
    ]
    assert len({e.findtext(f"{name}id") for e in entries}) == 2
    assert {e.findtext(f"{name}updated") for e in entries} == {"2026-03-31T00:00:00Z"}
    content = html.fragment_fromstring(str(entries[0].findtext(f"{name}content")), create_parent=True)
    assert "score changed" in content.text_content()


def test_the_feed_keeps_the_entries_of_before_and_none_twice(real: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "changes.atom"
    first = written(found_with(a_change()), "atom", earlier=str(path))
    path.write_bytes(first)
    second = written(real, "atom", earlier=str(path))
    path.write_bytes(second)
    ids = [e.findtext(f"{{{ATOM}}}id") for e in etree.fromstring(second).iter(f"{{{ATOM}}}entry")]
    assert len(ids) == len(set(ids)) == 3
    assert written(real, "atom", earlier=str(path)) == second


def test_the_feed_reads_no_file_that_another_feed_names(real: Comparison, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("treasure")
    path = tmp_path / "hostile.atom"
    path.write_text(
        f'<!DOCTYPE feed [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        f'<feed xmlns="{ATOM}"><entry><id>a</id><title>&x;</title></entry></feed>'
    )
    assert b"treasure" not in written(real, "atom", earlier=str(path))


@pytest.mark.parametrize("content", ["", "no xml", "<html></html>"])
def test_what_is_no_feed_is_refused(real: Comparison, tmp_path: Path, content: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(content)
    with pytest.raises(InputError, match="no Atom feed"):
        written(real, "atom", earlier=str(path))


def test_a_feed_without_a_day_is_refused_and_hostile_words_are_no_xml(quoted: Comparison) -> None:
    with pytest.raises(UsageError, match="needs a day"):
        written(replace(quoted, new=replace(SIDE, newest="")), "atom")
    feed = etree.fromstring(written(quoted, "atom"))
    content = str(feed.findtext(f".//{{{ATOM}}}content"))
    assert "<script" not in content and "&lt;script" in content
