"""An invented assessment as the pages of a site, at the addresses of each published layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from random import Random

from benchmarks.grammar import Said
from benchmarks.layouts import (
    HEADINGS,
    NAMES,
    OLDER_NAMES,
    THEMES,
    Assessment,
    make_facts,
    render,
)
from councilgraph.statements import STATEMENTS

FOLDER = "/care-services/local-authority-assessment-reports"
PUBLISHED = {
    "A": date(2023, 11, 17),
    "B": date(2024, 5, 17),
    "C": date(2025, 2, 14),
    "D": date(2025, 5, 30),
}
_LAST = {
    "assessing-needs": "needs",
    "healthier-lives": "support",
    "equity": "equity",
    "care-provision": "care",
    "partnerships": "partnerships",
    "safe-pathways": "pathways",
    "safeguarding": "safeguarding",
    "governance": "governance",
    "learning": "learning",
}
_THEME_FOLDERS = ("1-working-with-people", "2-providing-support", "3-ensuring-safety", "4-leadership")
_NAMES = {*NAMES.values(), *OLDER_NAMES.values()}
_TITLES = {
    "Overall summary",
    "Local authority rating and score",
    "Local authority indicative rating",
    "Quality statement scores",
    "Demographics",
    "Financial facts",
    "How we assess local authorities",
    "The local authority commitment",
    "Key findings for this quality statement",
    *HEADINGS.values(),
    *THEMES.values(),
}


@dataclass(frozen=True)
class Part:
    """A page: what the links to it say, and its lines."""

    words: str
    lines: list[str]


def make_assessment(layout: str, council: str = "Northmoor County Council", note: str = "") -> Assessment:
    """A report with two short paragraphs in each section; ``note`` is put in the first of equity."""

    def said(text: str) -> Said:
        return Said(text, "", (), ())

    narrative = {
        section: [
            [said(f"Staff told us that the {name.lower()} work was planned with people.{note}")],
            [
                said(f"Carers said they had waited {n + 2} weeks for an answer about {name.lower()}."),
                said("The local authority was working with partners to put this right."),
            ],
        ]
        for n, (section, name) in enumerate({**HEADINGS, **NAMES}.items())
    }
    published = PUBLISHED[layout]
    scores = {s: 2 + (n + len(council)) % 2 for n, s in enumerate(STATEMENTS)}
    facts = make_facts(Random(7)) if layout in "ABC" else {}
    return Assessment("NMR", council, layout, published, scores, narrative, facts)


def make_pages(it: Assessment, slug: str = "", folder: str = FOLDER) -> dict[str, bytes]:
    """The pages of an assessment by their paths; the landing page is the first."""
    parts = _parts(it)
    short = it.council.split()[0]
    paths = _paths(it.layout, slug or f"{short.lower()}-{it.published:%m%y}", folder)
    landing = paths["landing"]
    pages = {}
    for key, path in paths.items():
        shown = [k for k in paths if k != key and _links(it.layout, key, k)]
        menu = [(paths[k], parts[k].words) for k in shown]
        pages[path] = page(it.council, parts[key].lines, menu, home=(landing, parts["landing"].words))
    return pages


def page(council: str, lines: list[str], menu: list[tuple[str, str]], home: tuple[str, str]) -> bytes:
    """A page of the site: what stands round every page, a menu, and the lines."""
    links = "".join(f'<li><a href="{escape(to)}">{escape(words)}</a></li>' for to, words in menu)
    body: list[str] = []
    for line in lines:
        plain = escape(line.strip())
        if line.startswith("  • ") or line.startswith("• "):
            body.append(f"<ul><li>{plain.removeprefix('• ')}</li></ul>")
        elif line.strip() == lines[0].strip():
            body.append(f"<h1>{plain}</h1>")
        elif line.strip() in _TITLES or line.strip() in _NAMES or line.startswith(("What people", "About ")):
            body.append(f"<h2>{plain}</h2>")
        else:
            body.append(f"<p>{plain}</p>")
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(lines[0])} - Example</title>
<link rel="stylesheet" href="/style.css"><script>track("page")</script></head>
<body><header><nav aria-label="Main"><ul><li><a href="/">Home</a></li>
<li><a href="/guidance/safeguarding">Guidance</a></li>
<li><a href="https://elsewhere.example/care">Another site</a></li></ul></nav></header>
<nav class="breadcrumb"><a href="{FOLDER}">All reports</a> <a href="{home[0]}">{escape(home[1])}</a></nav>
<nav aria-label="Pages of this report"><ul>{links}</ul></nav>
<main>{"".join(body)}</main>
<footer><a href="/privacy">Privacy</a> <a href="#top">Back to top</a></footer></body></html>
""".encode()


def make_listing(
    reports: Sequence[tuple[str, str]],
    pilots: Sequence[tuple[str, str]] = (),
    in_progress: Sequence[str] = (),
    onward: str = "",
) -> bytes:
    """The page that lists assessments: addresses with the words of their links, then names."""

    def items(links: Sequence[tuple[str, str]]) -> str:
        return "".join(f'<li><a href="{escape(to)}">{escape(words)}</a></li>' for to, words in links)

    names = "".join(f"<li>{escape(name)}</li>" for name in in_progress)
    pager = f'<nav><a rel="next" href="{escape(onward)}">Next page</a></nav>' if onward else ""
    return f"""<!DOCTYPE html>
<html lang="en"><head><title>Local authority assessment reports</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="{FOLDER}">All reports</a></li></ul></nav>
<main><h1>Local authority assessment reports</h1><h2>Published reports</h2><ul>{items(reports)}</ul>{pager}
<h2>Pilot assessments</h2><ul>{items(pilots)}</ul>
<h2>Assessments in progress</h2><ul>{names}</ul></main>
<footer><ul><li>Telephone: 0300 000 000</li><li><a href="/contact">Contact</a></li></ul></footer>
</body></html>
""".encode()


def _parts(it: Assessment) -> dict[str, Part]:
    lines = [line for line in render(it).split("\n\n") if line.strip()]
    title = lines[0]
    day = f"{it.published.day} {it.published:%B %Y}"
    summary = lines.index("Overall summary")
    themes = lines.index(THEMES["assessing-needs"])
    dated = [title, f"Published: {day} Page last updated: {day}"] if it.layout == "D" else [title]
    head = [f"Assessment published: {day}" if x.startswith("Published:") else x for x in lines[:summary]]
    parts = {
        "landing": Part(title, head),
        "summary": Part("Overall summary", [*dated, *lines[summary:themes]]),
    }
    order = iter(STATEMENTS)
    theme, statement = 0, ""
    for line in lines[themes:]:
        if line in THEMES.values():
            theme += 1
            parts[f"theme{theme}"] = Part(line, [title, line])
        elif line.strip() in _NAMES:
            statement = next(order)
            parts[statement] = Part(line.strip(), [title, line])
        else:
            parts[statement].lines.append(line.strip("\n"))
    return parts


def _paths(layout: str, slug: str, folder: str) -> dict[str, str]:
    paths = {"landing": f"{folder}/{slug}"}
    theme = 0
    numbers = iter(range(2, 20))
    stem = f"{folder}/{slug.partition('-')[0].capitalize()}"
    paths["summary"] = {
        "A": f"{folder}/{slug}/overall-summary",
        "B": f"{stem}{next(numbers)}",
        "C": f"{folder}/{slug}-summary",
        "D": f"{folder}/{slug}/summary",
    }[layout]
    for statement in STATEMENTS:
        if statement in THEMES:
            theme += 1
            key = f"theme{theme}"
            if layout == "B":
                paths[key] = f"{stem}{next(numbers)}"
            elif layout == "D":
                paths[key] = f"{folder}/{slug}/theme{theme}"
        paths[statement] = {
            "A": f"{folder}/{slug}/{_THEME_FOLDERS[theme - 1]}/{statement}",
            "B": f"{stem}{next(numbers)}" if layout == "B" else "",
            "C": f"{folder}/{slug}-theme{theme}-{_LAST[statement]}",
            "D": f"{folder}/{slug}/theme{theme}/{_LAST[statement]}",
        }[layout]
    return paths


def _links(layout: str, page_key: str, to: str) -> bool:
    """Does a page show a link to another? In B and D the themes lead on to the statements."""
    if layout in "AC":
        return True
    theme = 0
    theme_of = {}
    for statement in STATEMENTS:
        theme += statement in THEMES
        theme_of[statement] = f"theme{theme}"
    if to in theme_of:
        return page_key == theme_of[to] or theme_of.get(page_key) == theme_of[to]
    return True
