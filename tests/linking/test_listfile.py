"""A user's list comes back as it was, with columns added."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.errors import InputError
from councilgraph.linking.listfile import ListFile


def write(folder: Path, content: bytes) -> ListFile:
    path = folder / "list.csv"
    path.write_bytes(content)
    return ListFile(path)


def returned(given: ListFile, *cells: str) -> bytes:
    text = given.start() + "".join(given.added(row, cells) for row in given.rows())
    return text.encode(given.shape.encoding)


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (b"Name,Note\nMoor,1\n", "utf-8", ","),
        (b"\xef\xbb\xbfName;Note\r\nMoor;1\r\n", "utf-8-sig", ";"),
        (b"Name\tNote\nMoor, the\t1\n", "utf-8", "\t"),
        ("Name;Note\nCaf\xe9 & Moor \x96 East;1\n".encode("latin-1"), "cp1252", ";"),
        ("Name;Note\nCafé;1\n".encode("utf-16"), "utf-16", ";"),
        (b"sep=;\r\nName;Note\r\nA,B,C;1\r\n", "utf-8", ";"),
        (b"Name\nMoor, Vale and Wold\nMoor\n", "utf-8", ","),
        (b'Name|Note\n"a|b"|1\n', "utf-8", "|"),
    ],
)  # fmt: skip
def test_encoding_and_delimiter_are_told_from_the_file(
    tmp_path: Path, content: bytes, encoding: str, delimiter: str
) -> None:
    given = write(tmp_path, content)
    assert (given.shape.encoding, given.shape.delimiter) == (encoding, delimiter)
    assert given.header[0] == "Name"


def test_rows_stay_character_by_character(tmp_path: Path) -> None:
    content = (
        b'\xef\xbb\xbfName,"No ""x""",Code\r\n"Moor, East",,007\r\nMoor,"two\r\nlines","1"\r\n\r\nVale\r\n'
    )
    assert returned(write(tmp_path, content), "y") == (
        b'\xef\xbb\xbfName,"No ""x""",Code,y\r\n"Moor, East",,007,y\r\nMoor,"two\r\nlines","1",y\r\n\r\n'
        b"Vale,,,y\r\n"
    )


def test_the_line_for_excel_stays_before_the_header(tmp_path: Path) -> None:
    assert returned(write(tmp_path, b"sep=;\nName;b\nx;y\n"), "z") == b"sep=;\nName;b;z\nx;y;z\n"


def test_an_encoding_without_the_letters_gets_none_that_it_lacks(tmp_path: Path) -> None:
    given = write(tmp_path, b"Name\nCaf\xe9\n")
    assert returned(given, "Ca\u0175") == b"Name,Ca?\nCaf\xe9,Ca?\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\uff1d"])
def test_no_cell_of_ours_is_a_formula(tmp_path: Path, start: str) -> None:
    given = write(tmp_path, b"Name\nMoor\n")
    text = returned(given, f"{start}cmd|calc").decode()
    assert list(csv.reader(io.StringIO(text)))[1] == ["Moor", f"'{start}cmd|calc"]


def test_columns_are_found_by_name_or_listed(tmp_path: Path) -> None:
    given = write(tmp_path, b" Name ,name2,x,X,x\n")
    assert given.column("Name") == given.column("NAME") == 0
    assert given.column("X") == 3
    with pytest.raises(InputError, match="2 columns 'x'"):
        given.column("x")
    with pytest.raises(InputError, match="The columns are: Name, name2, x, X, x"):
        given.column("other")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04\x00\x00", "workbook"),
        (b'Name\n"Moor\nVale\n', "list.csv:2"),
        (b"Name\nMoor,x\n", "list.csv:2"),
        (b"\xff\xfeN", "not text"),
        (b"Name\nMoor \x81 Vale \xe9\n", "not text"),
        (b"Name\n" + b"x" * (1 << 21), "line is longer"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_its_place(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        returned(write(tmp_path, content), "y")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        ListFile(tmp_path / "none.csv")


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@settings(max_examples=60)
@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_written_is_read_back_with_the_columns_added(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    encoding: str,
    line_end: str,
) -> None:
    header = ["Name", *(f"c{n}" for n in range(max(map(len, rows)) - 1))]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    given = write(tmp_path_factory.mktemp("list"), out.getvalue().encode(encoding))
    back = returned(given, "a", "b").decode(given.shape.encoding)
    read = list(csv.reader(io.StringIO(back, newline=""), delimiter=delimiter))
    assert read == [[*row, *[""] * (len(header) - len(row)), "a", "b"] for row in [header, *rows]]
