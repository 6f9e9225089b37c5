"""The findings of a council, sentence by sentence, narrowed by statement, theme, polarity and voice."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.catalogue import Column
from councilgraph.explorer.directory import directory
from councilgraph.explorer.findings import Finding, Findings, findings
from councilgraph.explorer.page import Asked, Kind, NotFoundError, Page, Table
from councilgraph.explorer.pages.council import findings_address
from councilgraph.explorer.paging import Paging, paging
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.statements import STATEMENTS

SIZE = 40
FILTERS = ("statement", "theme", "polarity", "voice", "section", "state")
_LABELS = {
    "statement": "Quality statement",
    "theme": "Theme",
    "polarity": "Strength or not",
    "voice": "Voice",
    "section": "Section of the report",
    "state": "Checked",
}
COLUMNS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("published", "month", "day of publication, or the month where the day is not known"),
    Column("section", "string", "section of the report"),
    Column("paragraph", "integer", "paragraph number in the section"),
    Column("sentence", "integer", "sentence number in the paragraph"),
    Column("text", "string", "the sentence, empty where the report is not at hand"),
    Column("summary", "string", "the sentence in our own words, where someone wrote it"),
    Column("statement", "string", "quality statement of the section"),
    Column("polarity", "string", "strength, improvement, mixed or context"),
    Column("themes", "string", "its themes"),
    Column("voices", "string", "whose evidence it is"),
    Column("confidence", "string", "how sure the machine is, 0 to 1"),
    Column("review-state", "string", "whether it has been reviewed"),
    Column("page", "iri", "address of the page it stands on"),
    Column("finding", "iri", "the finding"),
)


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """The findings that fit, forty a page; as data, all of them.

    Raises:
        NotFoundError: no such council or page, or a filter's value is unknown.
    """
    council = directory(snapshot).get(asked.path["code"])
    known = findings(snapshot)
    chosen = {name: asked.one(name) for name in FILTERS}
    for name, slug in chosen.items():
        if slug:
            _check(snapshot, known, name, slug)
    mine = known.select(council=council.code)
    fitting = known.select(council=council.code, **chosen)
    # As data there are no pages: all of them are in the file.
    part = paging(asked, len(fitting), SIZE) if asked.form == "html" else Paging(len(fitting))
    shown = known.show(part.of(fitting) if asked.form == "html" else fitting)
    said = [known.named(name, slug).label for name, slug in chosen.items() if slug]
    title = f"Findings on {council.name}"
    content = {
        "council": council,
        "findings": shown if asked.form == "html" else [],
        "paging": part,
        "chosen": chosen,
        "labels": _LABELS,
        "options": {
            name: [(named.slug, f"{named.label} ({n})") for named, n in known.count(mine, name)]
            for name in FILTERS
        },
        "said": said,
        "total": len(mine),
        "columns": COLUMNS,
    }
    table = Table("findings", f"{title}{': ' + ', '.join(said) if said else ''}", COLUMNS, rows(shown))
    return Page(
        "council_findings.html",
        title,
        content,
        (table,),
        f"Every sentence of the assessment of {council.name} with its place, theme and voice.",
        council.iri,
        (("Home", "/"), ("Councils", "/councils"), (council.name, council.address)),
    )


def rows(shown: Iterable[Finding]) -> tuple[tuple[str | int | None, ...], ...]:
    """Findings as rows of a table with these `COLUMNS`."""
    return tuple(
        (
            *(one.council.label, one.council.iri, one.published, one.section or None),
            *(one.paragraph or None, one.number or None, one.sentence or None, one.summary or None),
            *(one.statement.label if one.statement else None, one.polarity.label if one.polarity else None),
            *(", ".join(theme.label for theme in one.themes) or None,),
            *(", ".join(voice.label for voice in one.voices) or None,),
            *(one.confidence or None, one.state_words, one.source or None, one.iri),
        )
        for one in shown
    )


def _check(snapshot: Snapshot, known: Findings, name: str, slug: str) -> None:
    if not snapshot.has(known.named(name, slug).iri):
        raise NotFoundError(
            f"There is no {name} {slug!r}.", cure="Choose one from the list on this page without filters."
        )


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """All pages of each council that has findings, whole and by statement."""
    known = findings(snapshot)
    for council in directory(snapshot).all:
        mine = known.select(council=council.code)
        if mine:
            yield from _pages(council.code, len(mine))
            for slug in STATEMENTS:
                count = len(known.select(council=council.code, statement=slug))
                if count:
                    yield from _pages(council.code, count, statement=slug)


def _pages(code: str, count: int, **filters: str) -> Iterable[str]:
    for page in range(1, Paging(count, 1, SIZE).pages + 1):
        yield findings_address(code, **filters, page=page if page > 1 else None)


KINDS = (Kind("council-findings", "/councils/{code}/findings", make, addresses),)
