"""Answers to questions of a batch: candidates from our tables, and from the registry where there is one."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from councilgraph.errors import UsageError
from councilgraph.iris import IRIS
from councilgraph.linking.asked import Areas
from councilgraph.linking.candidates import Source
from councilgraph.linking.entry import Entry
from councilgraph.linking.eras import ALIVE, era
from councilgraph.linking.graph_iris import Naming
from councilgraph.linking.identifiers import chief
from councilgraph.linking.joined import opened
from councilgraph.linking.matching import match
from councilgraph.linking.names import key as name_key
from councilgraph.reconciliation.batch import ANY, MOST, PROPERTIES, Question
from councilgraph.version import __version__

# No body has a longer name; comparing letters of a novel would hold up everybody else.
LONGEST_NAME = 300
SUGGESTED = 20
PREVIEW = (430, 260)  # pixels
_ID = re.compile(r"(?:council|organisation)/[^\s<>\"{}|\\^`]{1,200}")

Json = dict[str, Any]


class Reconciler:
    """Matches names; to be closed. Safe to share between threads, which take turns.

    ``data`` is the folder of our tables, ``registry`` a registry file or None.
    """

    def __init__(self, data: Path, registry: Path | None) -> None:
        from loaders.registers import tables

        self._lock = threading.Lock()
        self._stack = ExitStack()
        ours = list(tables(data))
        self._source: Source = self._stack.enter_context(opened(ours, registry))
        self._naming = Naming(ours)
        self._ours = ours
        self._areas = Areas(self._source)
        self._registers = sorted({entry.register for entry in ours} | set(_registers(registry)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the registry."""
        with self._lock:
            self._stack.close()

    def candidates(self, asked: Question) -> list[Json]:
        """The candidates for one question, best first, as the API writes them."""
        with self._lock:
            if (entry := self._entry(asked.name)) is not None:
                return [self._candidate(entry, 1.0, asked, sure=True)]
            if len(asked.name) > LONGEST_NAME:
                return []
            found: dict[str, Json] = {}
            for kind in asked.kinds or (None,):
                for one in self._matched(asked, kind):
                    held = found.setdefault(one["id"], one)
                    if (one["match"], one["score"]) > (held["match"], held["score"]):
                        found[one["id"]] = one
        best = sorted(found.values(), key=lambda one: (-one["score"], not one["match"], one["id"]))
        # Two kinds can each have one sure match of the name: then none is sure.
        sure = [one for one in best if one["match"]]
        for one in sure if len(sure) > 1 else ():
            one["match"] = False
        return best[: asked.limit]

    def suggest(self, prefix: str, cursor: int = 0) -> list[Json]:
        """Bodies of our tables one of whose names begins so; ``cursor`` are to be skipped."""
        with self._lock:
            if (entry := self._entry(prefix.strip())) is not None:
                found = [entry]
            else:
                found = list(self._beginning(name_key(prefix)))
        listed = dict.fromkeys(self._naming.iri(one) for one in found)
        by_iri = {self._naming.iri(one): one for one in found}
        part = [by_iri[iri] for iri in listed][cursor : cursor + SUGGESTED]
        return [
            {
                "id": self._key(one),
                "name": one.names[0].text,
                "description": self._described(one),
                "notable": [self._type(one.kind)],
            }
            for one in part
        ]

    def suggest_types(self, prefix: str) -> list[Json]:
        """Kinds of bodies whose name has a word that begins so."""
        wanted = prefix.strip().casefold()
        listed = [
            {"id": ANY, "name": "Any organisation"},
            *(self._type(slug) for slug in sorted(self._kinds)),
        ]
        return [
            one
            for one in listed
            if one["id"].startswith(wanted)
            or any(word.startswith(wanted) for word in one["name"].casefold().split())
            or one["name"].casefold().startswith(wanted)
        ]

    def entry(self, id: str) -> Entry:
        """The body with an identifier of ours.

        Raises:
            UsageError: there is none.
        """
        with self._lock:
            found = self._entry(id)
        if found is None:
            raise UsageError(
                f"There is no body {id[:100]!r}.", cure="Give an id that /reconcile has given out."
            )
        return found

    def manifest(self, address: str) -> Json:
        """The manifest; ``address`` is that of the explorer, without a slash at its end."""
        here = f"{address}/reconcile"
        suggest = {"service_url": here}
        return {
            "versions": ["0.2"],
            "name": "councilgraph: bodies in adult social care in England",
            "identifierSpace": IRIS.id,
            "schemaSpace": "https://w3id.org/councilgraph/scheme/organisation-kind",
            "serviceVersion": __version__,
            "documentation": f"{address}/api/docs",
            "batchSize": MOST,
            "defaultTypes": [
                {"id": ANY, "name": "Any organisation"},
                *(self._type(slug) for slug in sorted({entry.kind for entry in self._ours})),
            ],
            # In the query string: servers in front of this one refuse an encoded slash in a path.
            "view": {"url": f"{here}/view?id={{{{id}}}}"},
            "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": PREVIEW[0], "height": PREVIEW[1]},
            "suggest": {
                "entity": {**suggest, "service_path": "/suggest/entity"},
                "type": {**suggest, "service_path": "/suggest/type"},
                "property": {**suggest, "service_path": "/suggest/property"},
            },
        }

    def facts(self, entry: Entry) -> list[tuple[str, str]]:
        """What a preview says of a body: headings and texts."""
        names = dict.fromkeys(name.text for name in entry.names[1:])
        rows = [
            ("Kind", self._type(entry.kind)["name"]),
            ("Identifier", chief(entry)),
            ("Also called", "; ".join(list(names)[:5])),
            ("From", str(entry.since or "")),
            ("Until", str(entry.until or "")),
        ]
        return [(heading, text) for heading, text in rows if text]

    def _matched(self, asked: Question, kind: str | None) -> Iterator[Json]:
        found = match(
            asked.name,
            kind=kind,
            area=self._areas.find(asked.area),
            on=asked.day,
            identifier=asked.identifier or None,
            source=self._source,
        )
        if found.entry is not None:
            yield self._candidate(found.entry, found.score, asked, sure=found.state == "certain")
        for rival in found.rivals:
            yield self._candidate(rival.entry, rival.score, asked, sure=False)

    def _candidate(self, entry: Entry, score: float, asked: Question, *, sure: bool) -> Json:
        return {
            "id": self._key(entry),
            "name": entry.names[0].text,
            "description": self._described(entry),
            "type": [self._type(entry.kind)],
            "score": round(100 * score, 1),
            "match": sure,
            "features": [{"id": "in-being-on-the-day", "value": era(entry, asked.day) == ALIVE}],
        }

    def _entry(self, text: str) -> Entry | None:
        """The body that an identifier of ours means, whole or without its beginning."""
        id = text.removeprefix(IRIS.id)
        if not _ID.fullmatch(id):
            return None
        return self._naming.entry(IRIS.id + id, self._source, self._registers)

    def _key(self, entry: Entry) -> str:
        return self._naming.iri(entry).removeprefix(IRIS.id)

    def _described(self, entry: Entry) -> str:
        life = f", until {entry.until}" if entry.until else ""
        return f"{self._type(entry.kind)['name']}, {chief(entry)}{life}"

    def _type(self, kind: str) -> Json:
        return {"id": kind, "name": self._kinds.get(kind, kind)}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        from councilgraph.extraction.vocabulary import load_vocabulary
        from councilgraph.resources import path

        concepts = load_vocabulary(Path(path("ontology", "schemes"))).concepts["organisation-kind"]
        return {slug: kind.pref for slug, kind in concepts.items()}

    @cached_property
    def _by_name(self) -> list[tuple[str, str, Entry]]:
        rows = {
            (name_key(name.text), self._naming.iri(entry)): entry
            for entry in self._ours
            for name in entry.names
        }
        return sorted(((*place, entry) for place, entry in rows.items()), key=lambda row: row[:2])

    def _beginning(self, prefix: str) -> Iterator[Entry]:
        if not prefix:
            return
        rows = self._by_name
        for name, _, entry in rows[bisect_left(rows, prefix, key=lambda row: row[0]) :]:
            if not name.startswith(prefix):
                return
            yield entry


def _registers(registry: Path | None) -> list[str]:
    if registry is None:
        return []
    from councilgraph.linking.registry import Registry

    with Registry(registry) as held:
        return list(held.counts())


def suggest_properties(prefix: str) -> list[Json]:
    """What can be said of a name beside it, where its name or a word of its meaning begins so."""
    wanted = prefix.strip().casefold()
    return [
        {"id": name, "name": name.capitalize(), "description": text}
        for name, text in PROPERTIES.items()
        if name.startswith(wanted) or any(word.startswith(wanted) for word in text.casefold().split())
    ]
