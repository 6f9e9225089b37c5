"""The text of an invented report as saved web pages, in three unlike ways of marking it up.

All names, addresses and sentences are invented; the markup is none of any real site's.
"""
# ruff: noqa: E501 - markup reads best as it is

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from benchmarks.layouts import HEADINGS, NAMES, OLDER_NAMES, THEMES

Item = tuple[str, str, str]
"""What a line is (title, heading, sub, para, item, value), its text, and the value below it."""

_SUBHEADINGS = re.compile(
    r"What people expect:?|The local authority commitment:?|Key findings for this quality statement|Demographics"
    r"|Financial facts|Local authority (?:indicative )?rating(?: and score)?|Quality statement scores"
    r"|Indicative score:"
)
_NAMES = {*NAMES.values(), *OLDER_NAMES.values()}
_HEADINGS = {
    "How we assess local authorities",
    "Overall summary",
    *HEADINGS.values(),
    *THEMES.values(),
    *_NAMES,
}


def split_pages(text: str) -> dict[str, str]:
    """The pages of a whole report: landing, summary, and one for each statement."""
    lines = [line for line in text.splitlines() if line.strip()]
    title, dates = lines[0], [line for line in lines if "ublished: " in line or "updated: " in line]
    starts = [lines.index("Overall summary")]
    first = lines.index(next(iter(THEMES.values())))
    starts += [n for n in range(first, len(lines)) if lines[n] in _NAMES]
    pages = {"landing": lines[: starts[0]], "summary": [title, *dates, *lines[starts[0] : first]]}
    for start, end in zip(starts[1:], [*starts[2:], len(lines)], strict=True):
        pages[f"statement-{len(pages) - 1}"] = [
            title,
            *(x for x in lines[start:end] if x not in THEMES.values()),
        ]
    return {name: "\n\n".join(page) + "\n" for name, page in pages.items()}


def items(text: str) -> Iterator[Item]:
    """What the lines of a text are."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    taken = -1
    for n, line in enumerate(lines):
        if n == taken:
            continue
        if n == 0:
            yield "title", line, ""
        elif (
            line.startswith("• ")
            and n + 1 < len(lines)
            and len(lines[n + 1]) < 30
            and "•" not in lines[n + 1]
        ):
            taken = n + 1
            yield "value", line[2:], lines[n + 1]
        elif line.startswith("• "):
            yield "item", line[2:], ""
        elif line in _HEADINGS or line.startswith("About "):
            yield "heading", line, ""
        elif _SUBHEADINGS.fullmatch(line):
            yield "sub", line, ""
        else:
            yield "para", line, ""


def inline(text: str) -> str:
    """A sentence with a link, an abbreviation and hard spaces in it, which read the same."""
    marked = html.escape(text, quote=False).replace("’", "&rsquo;").replace("£", "&pound;")
    marked = re.sub(r"\b(council|people)\b", r'<a href="/x?a=1&amp;b=2">\1</a>', marked, count=1)
    marked = re.sub(r"\b(The|In)\b", r"<strong>\1</strong>", marked, count=1)
    marked = re.sub(r" (\d)", r"&nbsp;\1", marked, count=1)
    return re.sub(
        r"\b(staff|carers)\b", r'<abbr title="not said">\1</abbr><!-- not said -->', marked, count=1
    )


def _listed(parts: Iterator[Item], show: Callable[[Item], str], item: Callable[[Item], str]) -> str:
    """The parts in order, items on end in one list."""
    out, within = [], False
    for part in parts:
        listed = part[0] in ("item", "value")
        if listed != within:
            out.append("<ul>" if listed else "</ul>")
            within = listed
        out.append(item(part) if listed else show(part))
    return "\n".join([*out, "</ul>" if within else ""])


def government(text: str) -> bytes:
    """Sections under headings in <main>, with all that a public body's page has round them."""

    def show(part: Item) -> str:
        kind, words, _ = part
        tag = {"title": "h1", "heading": "h2", "sub": "h3"}.get(kind, "p")
        contents = '<nav aria-label="Contents"><ol><li><a href="#a">Overall summary</a></li></ol></nav>'
        downloads = (
            '<h2>Downloads</h2><ul><li><a href="/e.pdf">Easy read version</a> (PDF, 2 MB)</li>'
            '<li><a href="/w.docx">Welsh version</a> (DOCX, 310 KB)</li></ul>'
        )
        return f"<{tag} class='x'>{inline(words)}</{tag}>" + (contents + downloads if kind == "title" else "")

    def item(part: Item) -> str:
        return f"<li>{inline(part[1])}{'<br>' + part[2] if part[2] else ''}</li>"

    title = html.escape(text.partition("\n")[0])
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Invented Inspectorate</title>
<style>.not-said {{ color: red }}</style><script>var not_said = "<p>Not said.</p>";</script></head>
<body><div id="banner" role="region" aria-label="Cookies on this site"><h2>Cookies on this site</h2>
<p>We use some essential cookies. Not said.</p><button>Accept</button></div>
<a class="skip-link" href="#main">Skip to main content</a>
<header role="banner"><a href="/">Invented Inspectorate</a><form action="/s"><label>Search</label><input></form></header>
<nav><ol><li><a href="/">Home</a></li><li><a href="/r">Reports</a></li></ol></nav>
<main id="main">{_listed(items(text), show, item)}
<nav class="pager"><a rel="prev" href="/p">Previous: Safeguarding</a> <a rel="next" href="/n">Next: Equity</a></nav>
<button>Print this page</button>
<section><h2>Related content</h2><ul><li><a href="/o">Eastvale Borough Council: local authority assessment</a></li>
</ul><p>Not said, but below a heading of the site.</p></section>
</main>
<aside><h2>Not said</h2><p>Not said here. Nor here.</p></aside>
<footer><p>All content is available under a licence. Not said.</p><p>© Not said</p></footer>
</body></html>
""".encode()


def soup(text: str) -> bytes:
    """Boxes in boxes without a main part, as content management systems write them."""

    def show(part: Item) -> str:
        kind, words, _ = part
        tag = {"title": "h1", "heading": "h2", "sub": "h4"}.get(kind)
        body = f"<{tag}><span>{inline(words)}</span></{tag}>" if tag else f"<p>{inline(words)}</p>"
        return f'<div class="field field--type-text"><div\n class="field__item">{body}</div></div>'

    def item(part: Item) -> str:
        value = f' <span class="badge">{part[2]}</span>' if part[2] else ""
        name = f'<a href="/s">{part[1]}</a>' if part[2] else inline(part[1])
        return f'<li class="leaf">{name}{value}</li>'

    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /></head>
<body class="page-node has-sidebar"><div id="page"><div class="top"><a href="/">Home</a> | <a href="/r">Reports</a></div>
<div class="trail"><a href="/">Home</a> &rsaquo; <a href="/r">Reports</a> &rsaquo; {html.escape(text[:40])}</div>
<div class="menu-block"><ul><li><a href="/1">Care</a><ul><li><a href="/2">Homes</a></li></ul></li></ul></div>
<div class="region-content"><div class="node">{_listed(items(text), show, item)}</div>
<div class="links"><a href="/f">Facebook</a> <a href="/t">Twitter</a></div>
<div><a href="#top">Back to top</a></div>
<div class="side"><div><h3>Related links</h3></div><ul><li><a href="/l">The law</a></li></ul></div></div>
<div id="footer"><p>Not said: an address. Nor the telephone.</p><ul><li><a href="/a">About</a></li></ul></div>
<div style="Display : None"><p>Not said, for nobody sees it. Truly.</p></div>
<div class="bottom"><p>This site uses cookies to make it work. <a href="/c">Cookie settings</a></p></div>
<p>© Not said</p></div></body></html>
""".encode()


def saved(text: str) -> bytes:
    """As a browser saved it: one form round all, folded parts, scripts and styles in the text."""
    panel = 0

    def show(part: Item) -> str:
        nonlocal panel
        kind, words, _ = part
        if kind == "title":
            return f"<header><h1>{inline(words)}</h1></header>"
        if kind in ("heading", "sub"):
            panel += 1
            level = 2 if kind == "heading" else 3
            return (
                f'</div><h{level}><button type="button" aria-expanded="false" aria-controls="p{panel}">'
                f'{inline(words)}<span class="visually-hidden">, </span><span><svg><title>not said</title></svg>'
                f'<span>Show</span></span></button></h{level}><div id="p{panel}" hidden>'
            )
        return f"<script>not_said()</script><p>{inline(words)}<span hidden> Not said.</span></p>"

    def item(part: Item) -> str:
        if part[2]:
            return f"<li><p>{inline(part[1])}</p><div>{part[2]}</div></li>"
        return f'<li><span aria-hidden="true">Not said</span>{inline(part[1])}</li>'

    page = f"""<!DOCTYPE html>
<!-- saved from url=(0050)https://inspectorate.example/reports/northmoor -->
<html><head><meta charset="windows-1252"><link rel="canonical" href="https://inspectorate.example/reports/n">
<script type="application/ld+json">{{"@type": "WebPage", "name": "Not said."}}</script></head>
<body><form id="aspnetForm" method="post"><input type="hidden" value="Not said.">
<noscript><p>Not said without scripts. Truly.</p></noscript><template><p>Not said. Never.</p></template>
<iframe src="./x_files/saved_resource.html">Not said.</iframe>
<div role="dialog"><p>We use cookies. Not said.</p></div><div role="search">Search</div>
<div id="content"><div>{_listed(items(text), show, item)}</div></div>
<div role="contentinfo"><p>Not said at the foot. Nor this.</p></div></form>
<style>p {{ content: "Not said." }}</style></body></html>
"""
    return page.encode("cp1252", "xmlcharrefreplace")


STYLES = {"government": government, "soup": soup, "saved": saved}
