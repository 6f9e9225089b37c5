"""Files as they come: every encoding gives the same report, every other file is refused."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from councilgraph.errors import InputError
from councilgraph.model import Report
from loaders.cqc_report import find_files, group_pages, peek_files, read_one
from loaders.documents import LARGEST
from loaders.documents import TEXT as PLAIN

PILOT = Path(__file__).parent / "cases/layout-a-pilot/input/saltmarsh.txt"
TEXT = PILOT.read_text(encoding="utf-8")
TITLE = "Northmoor County Council: local authority assessment\n"
FINDINGS = f"{TITLE}Assessing needs\nScore: 3\nKey findings for this quality statement\n"


def read_bytes(data: bytes, folder: Path) -> Report:
    file = folder / "report.txt"
    file.write_bytes(data)
    return read_one([file])


def without_bytes(report: Report) -> Report:
    """The report without what tells of its file's bytes and path."""
    return replace(
        report,
        documents=(),
        paragraphs=tuple(replace(p, document="") for p in report.paragraphs),
        warnings=tuple(replace(w, where=w.where.split(":")[-1]) for w in report.warnings),
    )


@pytest.mark.parametrize(
    ("encoding", "line_end"),
    [
        ("utf-8", "\r\n"),
        ("utf-8", "\r"),
        ("utf-8-sig", "\n"),
        ("utf-8-sig", "\r\n"),
        ("utf-16", "\n"),
        ("utf-16", "\r\n"),
        ("cp1252", "\r\n"),
    ],
)
def test_encodings_and_line_ends_give_the_same_report(encoding: str, line_end: str, tmp_path: Path) -> None:
    quoted = TEXT.replace("'", "’").replace("£", "£\u00a0")
    plain = read_bytes(quoted.encode(), tmp_path)
    other = read_bytes(quoted.replace("\n", line_end).encode(encoding), tmp_path)
    assert without_bytes(other) == without_bytes(plain)


def test_utf16_in_the_other_byte_order(tmp_path: Path) -> None:
    plain = read_bytes(TEXT.encode(), tmp_path)
    other = read_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"), tmp_path)
    assert without_bytes(other) == without_bytes(plain)


def test_form_feeds_do_not_move_the_line_numbers(tmp_path: Path) -> None:
    report = read_bytes(f"{FINDINGS}\fCarers were heard. They said so.\n".encode(), tmp_path)
    assert [p.line for p in report.paragraphs] == [5]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04\x14\x00", "This is a zip archive"),
        (b"MZ\x90\x00\x03", "This is a program"),
        (b"\x7fELF\x02\x01", "This is a program"),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"\x1f\x8b\x08", "This is a compressed file"),
        (b"{\\rtf1\\ansi Northmoor}", "This is a rich text document"),
        (b"Northmoor\x00\x01\x02", "it holds binary data"),
        (TITLE.encode("utf-16-le"), "it holds binary data"),
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (b"\x81\x8d\x8f\x90 and so on", "neither UTF-8 nor Windows-1252"),
        (bytes(range(1, 256)), "neither UTF-8 nor Windows-1252"),
        (b"a line\n" * (LARGEST[PLAIN] // 7 + 1), "a report has less than one"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_other_files_are_refused(data: bytes, what: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_bytes(data, tmp_path)
    assert str(tmp_path / "report.txt") in caught.value.where
    assert caught.value.cure


def test_a_line_of_30_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    with file.open("wb") as out:
        out.truncate(30_000_000)  # a sparse file: nothing is written
    with pytest.raises(InputError, match="30 MB"):
        read_one([file])


def test_one_damaged_byte_does_not_turn_apostrophes_into_mojibake(tmp_path: Path) -> None:
    text = f"{FINDINGS}People’s wishes were heard. Carers’ too.\nStaff’s were not".encode()
    with pytest.raises(InputError, match="neither UTF-8 nor") as caught:
        read_bytes(text + b" \xe2\x80 told.", tmp_path)
    assert caught.value.where.endswith("report.txt:6")


def test_missing_file_and_folder_without_reports(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        read_one([tmp_path / "nowhere.txt"])
    with pytest.raises(InputError, match="holds no report"):
        read_one([tmp_path])
    with pytest.raises(InputError, match="cannot be read"):
        read_one([tmp_path / ("x" * 300)])
    with pytest.raises(InputError, match="no such file"):
        raise peek_files([tmp_path / "gone.txt"])[1][0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_make_the_reader_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="no ordinary file"):
        read_one([tmp_path / "pipe.txt"])


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert find_files([file, tmp_path, file]) == [file]


def test_a_theme_folder_counts_as_the_one_above_and_no_other_does(tmp_path: Path) -> None:
    (tmp_path / "summary.txt").write_text(f"{TITLE}Published: 12 June 2025\nOverall summary\n")
    for name in ("theme3", "4-leadership", "older"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text(f"{FINDINGS}Carers of {name} were heard.\n")
    keys, errors = peek_files(find_files([tmp_path]))
    groups, more = group_pages(keys)
    assert not errors
    assert not more
    together = [sorted(key.path.parent.name for key in group) for group in groups]
    assert sorted(together, key=len) == [["older"], sorted(["theme3", "4-leadership", tmp_path.name])]


def test_100_000_short_lines_are_each_accounted_for(tmp_path: Path) -> None:
    report = read_bytes((FINDINGS + "word\n" * 100_000).encode(), tmp_path)
    assert len([w for w in report.warnings if w.code == "unknown-heading"]) == 100_000


def test_100_000_lines_of_one_paragraph_are_one_paragraph(tmp_path: Path) -> None:
    line = "and the desk rang back and asked again what had been asked"
    report = read_bytes(
        (FINDINGS + "It began there, and then it went on as before,\n" + f"{line}\n" * 50_000).encode(),
        tmp_path,
    )
    assert [p.text.count(line) for p in report.paragraphs] == [50_000]


@pytest.mark.parametrize("piece", ["word ", "a. ", "'", "“", "(", "No. ", "£1,", "[a](", "Score: ", "1. "])
def test_a_sentence_of_200_kb_is_read(piece: str, tmp_path: Path) -> None:
    text = piece * (200_000 // len(piece))
    report = read_bytes(f"{FINDINGS}Begin {text} end.\n".encode(), tmp_path)
    for paragraph in report.paragraphs:
        rebuilt = "".join(s.text for s in paragraph.sentences).replace(" ", "")
        assert rebuilt == paragraph.text.replace(" ", "")


def test_a_score_of_thousands_of_digits_is_no_crash(tmp_path: Path) -> None:
    report = read_bytes(f"{FINDINGS}Score: {'9' * 6000}\nCarers were heard.\n".encode(), tmp_path)
    assert report.scores == {"assessing-needs": 3}


def test_what_a_browser_saves_beside_a_page_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "needs.html").write_text("<html><body><h1>x</h1></body></html>")
    beside = tmp_path / "needs_files"
    beside.mkdir()
    (beside / "frame.html").write_text("<html><body>Accept all cookies</body></html>")
    (tmp_path / "README.md").write_text("# What these pages are\n")
    assert find_files([tmp_path]) == [tmp_path / "needs.html"]
