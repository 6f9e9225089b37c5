"""Files that should not be trusted, each with what must come of it. They are made when the tests run."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.support.printing import print_pdf

TITLE = "Northmoor County Council: local authority assessment"
DATES = "Published: 16 July 2024 Page last updated: 16 July 2024"
STATEMENTS = (
    "Assessing needs",
    "Supporting people to lead healthier lives",
    "Equity in experience and outcomes",
    "Care provision, integration and continuity",
    "Partnerships and communities",
    "Safe pathways, systems and transitions",
    "Safeguarding",
    "Governance, management and sustainability",
    "Learning, improvement and innovation",
)
FINDINGS = "Key findings for this quality statement"


class Hostile(NamedTuple):
    """A file: its name, its bytes, and the outcome.

    ``warns`` are the codes of the warnings with which it is loaded; ``refused`` are words of
    the error where it is not.
    """

    name: str
    content: bytes
    refused: str = ""
    warns: frozenset[str] = frozenset()


def report(
    *,
    title: str = TITLE,
    dates: str = DATES,
    rating: str = "Good",
    percentage: str = "75%",
    scores: tuple[str, ...] = ("3",) * 9,
    prose: str = "Carers were heard by the desk. Some of them waited a month.",
) -> str:
    """A whole report in the newest layout, as text."""
    listed = "".join(f"  • {s}\n    Score: {n}\n" for s, n in zip(STATEMENTS, scores, strict=False))
    return (
        f"{title}\n\n{dates}\n\nOverall summary\n\nLocal authority rating and score\n\n"
        f"  • Northmoor County Council\n    {rating}\n"
        f"Overall rating for Northmoor County Council: {percentage}\n\nQuality statement scores\n\n{listed}\n"
        f"Summary of people's experiences\n\n{prose}\n\n"
        f"Assessing needs\n\nScore: {scores[0] if scores else 3}\n\n{FINDINGS}\n\n{prose}\n"
    )


def page(body: str, head: str = "") -> str:
    """A saved web page."""
    return f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body><main>{body}</main></body></html>"


def mark_up(text: str) -> str:
    """The text as paragraphs and headings of a page."""
    blocks = [line.strip() for line in text.split("\n") if line.strip()]
    return "".join(
        f"<h1>{block}</h1>" if block == TITLE else f"<p>{block}</p>" for block in blocks
    )  # fmt: skip


PLAIN = report()
LISTED = page(mark_up(PLAIN))
_ZIP = io.BytesIO()
with zipfile.ZipFile(_ZIP, "w") as _archive:
    _archive.writestr("report.txt", PLAIN)


def texts() -> Iterator[Hostile]:
    """Plain text, and other things under its name."""
    yield Hostile("empty.txt", b"", "is empty")
    yield Hostile("only-spaces.txt", b" \n\t\n\xc2\xa0\n", "is empty")
    yield Hostile("only-zero-width.txt", "\u200b\u200d\ufeff\n".encode(), "is empty")
    yield Hostile("binary.txt", bytes(range(256)) * 40, "binary data")
    yield Hostile("zip-renamed.txt", _ZIP.getvalue(), "zip archive")
    yield Hostile("zip-renamed.pdf", _ZIP.getvalue(), "zip archive")
    yield Hostile("gzip-renamed.txt", gzip.compress(PLAIN.encode()), "compressed file")
    yield Hostile("elf-renamed.html", b"\x7fELF\x02\x01\x01" + bytes(60), "a program")
    yield Hostile("exe-renamed.txt", b"MZ\x90\x00" + bytes(60), "a program")
    yield Hostile("png-renamed.html", b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture")
    yield Hostile("rich-text.txt", b"{\\rtf1\\ansi Northmoor}", "rich text")
    yield Hostile("old-word.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "Office document")
    yield Hostile("windows-1252.txt", PLAIN.replace("people's", "people’s").encode("cp1252"))
    yield Hostile("utf-8-mark.txt", b"\xef\xbb\xbf" + PLAIN.encode())
    yield Hostile("utf-16-mark.txt", PLAIN.encode("utf-16"))
    yield Hostile("utf-16-no-mark.txt", PLAIN.encode("utf-16-le"), "binary data")
    yield Hostile(
        "damaged-utf-8.txt",
        PLAIN.replace("heard", "heard “so”").encode()[:-20] + b"\xe2\x80.\n",
        "neither UTF-8",
    )
    yield Hostile(
        "one-line-of-30-mb.txt", (TITLE + " " + "word " * 6_000_000).encode(), "a report has less than one"
    )
    yield Hostile("long-sentence.txt", report(prose="Carers heard " * 50_000 + "more.").encode())
    yield Hostile("no-full-stop.txt", report(prose="carers were heard and " * 5_000).encode())
    yield Hostile(
        "100000-headings.txt", (PLAIN + "Word\n" * 100_000).encode(), warns=frozenset({"unknown-heading"})
    )
    yield Hostile(
        "bidirectional.txt", report(prose="Carers \u202eerew\u202c heard. \u2066All\u2069 of them.").encode()
    )
    yield Hostile("control-characters.txt", report(prose="Carers\x07 were\x1b[31m heard.").encode())
    yield Hostile("script-in-text.txt", report(prose="<script>alert(1)</script> Carers were heard.").encode())
    yield Hostile(
        "sparql-in-text.txt", report(prose='Carers said "} DROP ALL # were heard. \\u0022 > .').encode()
    )
    yield Hostile(
        "formula-in-text.txt", report(prose='=HYPERLINK("http://x.example","Carers") were heard.').encode()
    )


def statements() -> Iterator[Hostile]:
    """Reports that state what cannot be, or too little."""
    yield Hostile("score-of-7.txt", report(scores=("7",) * 9).encode(), "score")
    yield Hostile("score-of-0.txt", report(scores=("0",) + ("3",) * 8).encode(), "score")
    yield Hostile(
        "score-of-6000-digits.txt",
        report(scores=("9" * 6000,) + ("3",) * 8).encode(),
        warns=frozenset({"missing-score"}),
    )
    yield Hostile(
        "contradictory-scores.txt",
        PLAIN.replace("Assessing needs\n\nScore: 3", "Assessing needs\n\nScore: 2").encode(),
        "score",
    )
    yield Hostile(
        "missing-scores.txt", report(scores=("3",) * 4).encode(), warns=frozenset({"missing-score"})
    )
    yield Hostile("no-scores.txt", PLAIN.replace("Score: 3", "").encode(), warns=frozenset({"missing-score"}))
    yield Hostile("wrong-percentage.txt", report(percentage="41%").encode(), warns=frozenset({"shape"}))
    yield Hostile("percentage-of-400.txt", report(percentage="400%").encode(), "400")
    yield Hostile("wrong-rating.txt", report(rating="Outstanding").encode(), warns=frozenset({"shape"}))
    yield Hostile("unknown-rating.txt", report(rating="Splendid").encode(), "Splendid")
    yield Hostile(
        "unknown-council.txt",
        report(title="Nowhere City Council: local authority assessment").encode(),
        "Nowhere City Council",
    )
    yield Hostile("no-date.txt", report(dates="").encode(), "when it was published")
    yield Hostile(
        "impossible-date.txt", report(dates="Published: 31 February 2025").encode(), "31 February 2025"
    )
    yield Hostile("date-of-1999.txt", report(dates="Published: 1 May 1999").encode(), "cannot be right")
    yield Hostile("date-in-the-future.txt", report(dates="Published: 16 May 2098").encode())
    yield Hostile(
        "dates-out-of-order.txt",
        report(dates="Published: 16 July 2024 Page last updated: 1 July 2024").encode(),
        "last update",
    )
    yield Hostile(
        "two-councils.txt",
        (PLAIN + PLAIN.replace("Northmoor County", "Eastvale Borough")).encode(),
        "two councils",
    )
    yield Hostile(
        "press-release.txt", f"{TITLE}\nPress release\n{PLAIN}\nNotes to editors\n".encode(), "press release"
    )
    yield Hostile("easy-read.txt", PLAIN.replace(TITLE, f"{TITLE}\nEasy read").encode(), "easy-read")
    yield Hostile(
        "care-home.txt",
        b"Moor House care home\nInspection report\nIs the service safe?\nGood\n",
        "care provider",
    )
    yield Hostile("quotes'\"and spaces.txt", PLAIN.encode())
    yield Hostile("name-\u202egnp.txt", PLAIN.encode())
    yield Hostile("name-with-newline\n.txt", PLAIN.encode())
    yield Hostile("-rf.txt", PLAIN.encode())


def pages() -> Iterator[Hostile]:
    """Web pages."""
    yield Hostile("page.html", LISTED.encode())
    yield Hostile("page-in-utf-16.html", LISTED.encode("utf-16"))
    yield Hostile("page-named-text.txt", LISTED.encode())
    yield Hostile("empty-page.html", page("").encode(), "is empty")
    yield Hostile(
        "scripts-in-the-narrative.html",
        LISTED.replace(
            "Carers were", "<script>var x='INJECTED'</script>Carers <style>p{}</style>were"
        ).encode(),
    )
    yield Hostile(
        "hidden-text.html",
        LISTED.replace(
            "Carers were", "<span style='display:none'>INJECTED</span><span hidden>INJECTED</span>Carers were"
        ).encode(),
    )
    yield Hostile("comment.html", LISTED.replace("Carers were", "<!-- INJECTED -->Carers were").encode())
    yield Hostile("truncated-page.html", LISTED[: len(LISTED) - 60].encode())
    yield Hostile("unclosed.html", LISTED.replace("</p>", "").encode())
    yield Hostile(
        "100000-nested.html", page("<div>" * 100_000 + mark_up(PLAIN)).encode(), "nested hundreds deep"
    )
    yield Hostile(
        "100000-attributes.html",
        LISTED.replace("<main>", "<main " + " ".join(f"a{i}=1" for i in range(100_000)) + ">").encode(),
        "2,000 attributes",
    )
    yield Hostile("entity-bomb.html", bomb().encode())
    yield Hostile("external-entity.html", external().encode())
    yield Hostile("16-mb-page.html", page("<p>" + "word " * 4_000_000).encode(), "a report has less than one")


def bomb() -> str:
    """Entities that would expand to gigabytes."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return with_entity(f'<!ENTITY l0 "INJECTED">{levels}', "&l11;")


def external() -> str:
    """An entity that names a file of this machine."""
    return with_entity('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")


def with_entity(declared: str, used: str) -> str:
    """The report as a page that declares entities and uses one."""
    return f"<!DOCTYPE html [{declared}]><html><body>{mark_up(PLAIN)}<p>{used}</p></body></html>"


def prints() -> Iterator[Hostile]:
    """PDF files, and mail that carries a report."""
    whole = print_pdf(PLAIN)
    yield Hostile("report.pdf", whole)
    yield Hostile("report-named-text.txt", whole)
    yield Hostile("report-behind-mail-junk.pdf", b"\r\n\r\n" + whole)
    yield Hostile("half-a-report.pdf", whole[: len(whole) // 2], "damaged")
    yield Hostile("only-a-header.pdf", b"%PDF-1.7\n", "damaged")
    yield Hostile("header-and-noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 300, "damaged")
    yield Hostile("encrypted.pdf", print_pdf(PLAIN, user_password="moor"), "password")
    yield Hostile("a-scan.pdf", scan(), "pages are pictures")
    yield Hostile("no-pages.pdf", tiny_pdf("/Kids[]/Count 0"), "damaged")
    yield Hostile("pages-in-a-circle.pdf", tiny_pdf("/Kids[2 0 R 2 0 R]/Count 1000000"), "1000000 pages")
    yield Hostile(
        "script-in-a-pdf.pdf",
        whole.replace(
            b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (while\\(1\\){}) >>"
        ),
    )
    yield Hostile(
        "message.eml",
        f"{MAIL}MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{LISTED}".encode(),
    )
    yield Hostile(
        "message-without-a-report.eml",
        f"{MAIL}Date: Mon, 1 Jan 2024 00:00:00 +0000\n\nSee you.\n".encode(),
        "holds no page",
    )
    yield Hostile(
        "web-archive.mht",
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example\nSubject: x\n"
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
        b"--b\nContent-Type: text/html\n\n<html></html>\n--b--\n",
        "web archive",
    )


def scan() -> bytes:
    """A PDF that holds a picture of a page."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(Image.new("L", (400, 600), 128)), 72, 72, 400, 600)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


MAIL = "From: a@x.example\nTo: b@x.example\nSubject: x\n"


def tiny_pdf(pages: str) -> bytes:
    """A PDF whose tree of pages is as told."""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages{pages}>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


COLLECTIONS: tuple[Callable[[], Iterator[Hostile]], ...] = (texts, statements, pages, prints)
