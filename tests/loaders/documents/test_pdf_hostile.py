"""PDFs that are damaged, locked, or made to do harm: a document or an error, and soon."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councilgraph.errors import InputError
from loaders.documents import Document
from loaders.documents.pdf import read_pdf, worker
from tests.support.printing import Print, print_pdf

PATH = Path("northmoor.pdf")
TEXT = "\n".join(
    [
        "Northmoor County Council: local authority assessment",
        "Published: 12 June 2025",
        *(
            f"Carers of ward {n} were asked what they thought of it, and the answers were read."
            for n in range(9)
        ),
    ]
)


def build(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1; the reader finds them without a table."""
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, it) for n, it in enumerate(objects, start=1))
    return b"%%PDF-1.7\n%btrailer\n<< /Root %d 0 R /Size %d >>\n%%%%EOF\n" % (body, root, len(objects) + 1)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), extra, data)


def page_of(content: bytes, extra: bytes = b"", box: bytes = b"0 0 595 842", catalogue: bytes = b"") -> bytes:
    """A PDF of one page with this content stream."""
    return build(
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogue,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
        b"/XObject << /X 6 0 R >> >> >>" % box,
        stream(content, extra),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(
            b"/X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
        ),
    )


def packed(data: bytes, times: int = 1) -> tuple[bytes, bytes]:
    for _ in range(times):
        data = zlib.compress(data, 1)
    return data, b"/Filter [%b]" % (b"/FlateDecode " * times)


SHOWN = b"BT /F1 11 Tf 72 700 Td (A line of text.) Tj ET\n"


def bomb() -> bytes:
    return page_of(*packed(b" " * 400_000_000, 2))


def shapes() -> bytes:
    return page_of(*packed(b"0 0 1 1 re f\n" * 4_000_000))


def letters() -> bytes:
    return page_of(*packed(b"BT /F1 1 Tf 1 TL 9 800 Td\n" + b"(abcd efgh) Tj T*\n" * 100_000 + b"ET"))


def looping_pages() -> bytes:
    return build(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>")


def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 405))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    pages = b"<< /Type /Pages /Kids [%b] /Count 402 >>" % kids
    return build(b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[page] * 402)


def nested() -> bytes:
    return page_of(SHOWN, b"/A " + b"[" * 200_000 + b"]" * 200_000)


def locked() -> bytes:
    return print_pdf(TEXT, user_password="secret")


HOSTILE = {
    "locked": (locked, "protected by a password"),
    "cut-off": (lambda: print_pdf(TEXT)[:-900], "damaged or cut off"),
    "nothing-but-a-mark": (lambda: b"%PDF-1.7\n%%EOF", "damaged or cut off"),
    "noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 99 + b"\n%%EOF", "damaged or cut off"),
    "bomb": (bomb, "cannot be read|no text"),
    "millions-of-shapes": (shapes, "cannot be read|no text"),
    "a-million-letters": (letters, "more text|cannot be read"),
    "pages-within-themselves": (looping_pages, "damaged"),
    "too-many-pages": (many_pages, "402 pages"),
    "vast-page": (lambda: page_of(SHOWN, box=b"0 0 1e30 1e30"), "no text"),
    "form-within-itself": (lambda: page_of(b"/X Do"), "no text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str) -> None:
    make, what = HOSTILE[name]
    with pytest.raises(InputError, match=what) as error:
        read_pdf(make(), PATH)
    assert error.value.where.startswith("northmoor.pdf")
    assert error.value.cure


@pytest.mark.parametrize(
    "data",
    [
        page_of(SHOWN, box=b"-32768 -32768 32767 32767"),
        page_of(SHOWN * 3 + b"/X Do"),
        page_of(SHOWN, catalogue=b"/OpenAction << /S /JavaScript /JS (while(true){}) >>"),
        nested(),
    ],
    ids=["page-from-below-zero", "form-within-itself", "script", "nested-arrays"],
)
def test_what_does_no_harm_is_read(data: bytes) -> None:
    assert "A line of text." in read_pdf(data, PATH).lines[0].text


def test_the_worker_limits_its_own_memory_and_time() -> None:
    pytest.importorskip("resource")
    code = (
        "import json, resource as r, sys; sys.path.insert(0, sys.argv[1]); import worker; worker.limit();"
        "print(json.dumps([r.getrlimit(kind)[0] for kind in (r.RLIMIT_AS, r.RLIMIT_CPU)]))"
    )
    folder = str(Path(worker.__file__).parent)
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    memory, seconds = json.loads(done.stdout)
    assert memory <= 2**30
    assert seconds <= 10


def test_a_worker_that_dies_is_an_error_of_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os, sys; sys.stdin.buffer.read(); os.abort()", encoding="utf-8")
    monkeypatch.setattr(worker, "__file__", os.fspath(dying))
    with pytest.raises(InputError, match="takes too much time or memory"):
        read_pdf(print_pdf(TEXT), PATH)


def test_modules_in_the_working_folder_are_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_pdf(print_pdf(TEXT), PATH).lines


@cache
def printed() -> tuple[bytes, ...]:
    return print_pdf(TEXT, Print(bookmarks=True)), print_pdf(TEXT, Print(columns=2, foot="{page}"))


Edit = tuple[int, int, int, bytes]
EDITS = st.lists(
    st.tuples(
        st.integers(0, 10**6),
        st.integers(0, 40),
        st.integers(0, 3),
        st.one_of(
            st.binary(max_size=20),
            st.sampled_from([b"-1", b"0", b"99999999999", b"<<", b">>", b"[", b"null", b"4 0 R", b"endobj"]),
        ),
    ),
    min_size=1,
    max_size=12,
)


def damage(data: bytes, edits: list[Edit]) -> bytes:
    for place, length, kind, words in edits:
        at = place % len(data)
        if kind == 0:
            numbers = [m.span() for m in re.finditer(rb"\d+", data)]
            start, end = numbers[place % len(numbers)] if numbers else (at, at)
            data = data[:start] + words + data[end:]
        elif kind == 1:
            data = data[:at] + words + data[at + length :]
        elif kind == 2:
            data = data[:at] + data[at + length :]
        else:
            data = data[:at] + data[at : at + length] * 3 + data[at:]
        data = data or b"%PDF-1.4"
    return data + b"\n%%EOF\n"


@settings(max_examples=200, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 1), EDITS)
def test_a_damaged_file_is_a_document_or_an_error(which: int, edits: list[Edit]) -> None:
    try:
        document = read_pdf(damage(printed()[which], edits), PATH)
    except InputError as error:
        assert error.cure
    else:
        assert isinstance(document, Document)
        assert all(line.text and line.page for line in document.lines)
