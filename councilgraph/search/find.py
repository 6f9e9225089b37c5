"""Searching the findings: words to places, best first."""

from __future__ import annotations

import os
import sqlite3
from typing import Any, NamedTuple

from councilgraph.errors import StoreError
from councilgraph.iris import DEF
from councilgraph.search.index import tag
from councilgraph.search.words import expression, terms_of
from councilgraph.store.embedded import EmbeddedStore
from councilgraph.terms import DCTERMS, OA, RDFS, SKOS


class Hit(NamedTuple):
    """One finding, best first; ``place`` is paragraph and sentence in its section."""

    authority: str
    published: str
    section: str
    place: str
    polarity: str
    sentence: str
    report: str
    finding: str


def find(
    store: Any,
    words: str,
    *,
    council: str | None = None,
    theme: str | None = None,
    polarity: str | None = None,
    limit: int | None = None,
) -> list[Hit]:
    """The findings that hold all the words; filters are IRIs.

    On an endpoint, which keeps no full-text index, the sentences are scanned for the words
    as they are written, and the order is that of the reports.

    Raises:
        UsageError: there is no word to look for.
    """
    found = ranked(store, words, council=council, theme=theme, polarity=polarity, limit=limit)
    described = _describe(store, found)
    return [described[finding] for finding in found if finding in described]


def ranked(
    store: Any,
    words: str,
    *,
    council: str | None = None,
    theme: str | None = None,
    polarity: str | None = None,
    limit: int | None = None,
) -> list[str]:
    """As ``find``, the IRIs of the findings alone."""
    terms = terms_of(words)
    if isinstance(store, EmbeddedStore):
        tags = (tag(k, v) for k, v in (("council", council), ("theme", theme), ("polarity", polarity)) if v)
        return _indexed(os.path.join(store.build, "search.sqlite"), expression(words, tuple(tags)), limit)
    return _scanned(store, terms, council, theme, polarity, limit)


def _indexed(path: str, expression: str, limit: int | None) -> list[str]:
    if not os.path.exists(path):
        raise StoreError(
            "The store has no full-text index.", where=path, cure="Run 'councilgraph build' again."
        )
    try:
        with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as db:
            rows = db.execute(
                "SELECT place.finding FROM sentence JOIN place ON place.id = sentence.rowid "
                "WHERE sentence MATCH ? ORDER BY sentence.rank, place.id LIMIT ?",
                (expression, -1 if limit is None else limit),
            ).fetchall()
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"The full-text index is damaged: {error}.", where=path, cure="Run 'councilgraph build' again."
        ) from None
    return [row[0] for row in rows]


def _scanned(
    store: Any,
    terms: list[str],
    council: str | None,
    theme: str | None,
    polarity: str | None,
    limit: int | None,
) -> list[str]:
    from pyoxigraph import Literal

    filters = "".join(f"FILTER(CONTAINS(LCASE(?text), {Literal(t.rstrip('*').lower())}))\n" for t in terms)
    patterns = f"?assessment cg:assessedCouncil <{council}> . " if council else ""
    patterns += f"?finding cg:theme <{theme}> . " if theme else ""
    patterns += f"?finding cg:polarity <{polarity}> . " if polarity else ""
    _, rows = store.select(
        f"""PREFIX cg: <{DEF}> PREFIX oa: <{OA}>
        SELECT ?finding WHERE {{
          {{ SELECT ?selector WHERE {{ ?selector oa:exact ?text . {filters} }} }}
          ?passage oa:hasSelector ?selector . ?finding cg:passage ?passage ; cg:inAssessment ?assessment .
          {patterns}
        }} ORDER BY ?finding {f"LIMIT {limit:d}" if limit is not None else ""}"""
    )
    return [row[0].value for row in rows]


def _describe(store: Any, findings: list[str]) -> dict[str, Hit]:
    """What a person needs to see of each finding, fetched for all of them at once."""
    if not findings:
        return {}
    values = " ".join(f"<{f}>" for f in findings)
    _, rows = store.select(
        f"""PREFIX cg: <{DEF}> PREFIX oa: <{OA}> PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}>
        PREFIX dcterms: <{DCTERMS}>
        SELECT ?finding ?authority ?day ?month ?section ?paragraph ?n ?polarity ?text ?report WHERE {{
          VALUES ?finding {{ {values} }}
          ?finding cg:passage ?passage ; cg:inAssessment ?assessment .
          ?passage cg:section ?part ; cg:paragraphNumber ?paragraph ; cg:sentenceNumber ?n ;
                   oa:hasSelector ?selector .
          ?selector oa:exact ?text .
          ?assessment cg:assessedCouncil ?council ; cg:publishedMonth ?month .
          ?council rdfs:label ?authority .
          ?part skos:prefLabel ?section .
          OPTIONAL {{ ?assessment cg:publishedOn ?day }}
          OPTIONAL {{ ?assessment cg:reportPage ?report }}
          # The findings once more: an OPTIONAL of two patterns is planned on its own, over every finding.
          OPTIONAL {{ VALUES ?finding {{ {values} }} ?finding cg:polarity ?p . ?p skos:prefLabel ?polarity }}
        }}"""
    )
    return {
        finding.value: Hit(
            authority.value,
            (day or month).value,
            section.value,
            f"{paragraph.value}.{n.value}",
            polarity.value if polarity is not None else "",
            text.value,
            report.value if report is not None else "",
            finding.value,
        )
        for finding, authority, day, month, section, paragraph, n, polarity, text, report in rows
    }
