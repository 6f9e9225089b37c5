"""Messages and mailboxes: the one report in them is read, everything else is refused."""
# ruff: noqa: E501 - a case on each line reads best

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from councilgraph.errors import InputError
from loaders.documents import read_document
from loaders.documents.model import Document

TITLE = "Northmoor County Council: local authority assessment"
TEXT = f"{TITLE}\nScore: 3\nIt’s text.\n"
PAGE = f"<html><body><p>See below.</p><h1>{TITLE}</h1><p>It’s a page.</p></body></html>"
OTHER = PAGE.replace("a page", "another page")


def message(text: str = "See below.\n", page: str = "", *attached: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "reader@council.example", "The assessment"
    made.set_content(text)
    if page:
        made.add_alternative(page, subtype="html", charset="iso-8859-15" if "’" not in page else "utf-8")
    for n, attachment in enumerate(attached):
        made.add_attachment(attachment, subtype="html", filename=f"page-{n}.html")
    made.add_attachment(b"\x89PNG", "image", "png", filename="logo.png")
    return made


def read(data: bytes, folder: Path, name: str = "a.eml") -> Document:
    file = folder / name
    file.write_bytes(data)
    return read_document(file)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (message(TEXT), "It’s text."),
        (message("See below.", PAGE), "It’s a page."),
        (message(TEXT, PAGE), "It’s a page."),
        (message("See below.", "<p>See below.</p>", PAGE), "It’s a page."),
        (message("See below.", PAGE, PAGE), "It’s a page."),
        (message("See below.", PAGE.replace("’", "é")), "Ités a page."),
    ],
)
def test_the_report_in_a_message_is_read(made: EmailMessage, said: str, tmp_path: Path) -> None:
    document = read(bytes(made), tmp_path)
    assert document.lines[0].text == TITLE
    assert [line.text for line in document.lines if line.text][-1] == said
    assert document.path == tmp_path / "a.eml"


def test_the_checksum_is_that_of_the_whole_file(tmp_path: Path) -> None:
    made = message("See below.", PAGE)
    one = read(bytes(made), tmp_path)
    made["Date"] = "Mon, 1 Sep 2025 10:00:00 +0100"
    assert read(bytes(made), tmp_path).sha256 != one.sha256


def test_a_mailbox_with_one_report_is_read(tmp_path: Path) -> None:
    box = b"".join(
        b"From reader@council.example Mon Sep  1 10:00:00 2025\n" + bytes(made) + b"\n\n"
        for made in (message(), message("See below.", PAGE), message("Thank you."))
    )
    assert read(box, tmp_path, "export.mbox").lines[-1].text == "It’s a page."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (bytes(message()), "holds no page"),
        (bytes(message("x", PAGE, OTHER)), "holds 2 pages"),
        (b"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example\nMIME-Version: 1.0\n\nx", "MHTML"),
        (b"From: a\nTo: b\nContent-Type: multipart/mixed\n\nx", "holds no page"),
        (
            b"From: a\nTo: b\n"
            + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(5000)),
            "damaged",
        ),
        (
            b"From a@b.example Mon Sep  1 10:00:00 2025\n" + b"\nFrom a@b.example Mon Sep  1 10:00:00 2025\nx: y\n" * 1_100,
            "over 1,000 messages",
        ),
    ],
)  # fmt: skip
def test_a_message_without_one_report_is_refused(data: bytes, what: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=what) as error:
        read(data, tmp_path)
    assert str(tmp_path) in error.value.where
    assert error.value.cure


def test_a_web_archive_is_refused_by_its_name_too(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="MHTML"):
        read(bytes(message("x", PAGE)), tmp_path, "page.mhtml")


def test_a_text_that_has_colons_is_no_message(tmp_path: Path) -> None:
    assert read(f"Subject: a report\n{TEXT}".encode(), tmp_path, "a.txt").lines[1].text == TITLE
