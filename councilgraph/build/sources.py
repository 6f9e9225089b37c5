"""What a named graph was made from, and the N-Quads file that holds it.

The N-Quads files are the durable form of the graph; the database is derived from them.
Each is named by its content, so a file that is there is the right one and is not made
again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

from councilgraph.errors import InputError
from councilgraph.iris import IRIS
from councilgraph.model import Citation, LoadWarning, NamedBody, Partnership
from councilgraph.store.digests import SOURCES
from councilgraph.store.stamps import Stamps
from councilgraph.store.wholefile import write_whole
from councilgraph.validation.results import ValidationReport, ValidationResult
from councilgraph.writing.ntriples import to_nquads

_PIECE = 1 << 20  # bytes of an N-Quads file that are looked at at once


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A file that a source was read from; ``role`` is a slug of the scheme ``page-role`` or ""."""

    name: str
    path: str
    sha256: str
    address: str | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class EarlierDocument:
    """A file that an earlier version of a report was read from.

    ``published`` and ``last_updated`` are that version's dates as printed (ISO 8601).
    """

    name: str
    sha256: str
    address: str | None = None
    published: str | None = None
    last_updated: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What a graph was made from: a digest for each part, "" where it has no such part.

    ``rules`` are code, patterns, vocabulary and shapes; ``tables`` those of the data folder;
    ``documents`` the files that it was read from; ``reviews`` what people said of it; ``rest``
    whatever else of the build it counts or names. A graph is kept while all are as they were,
    and two builds are compared by them: what has changed is known and not guessed.
    """

    rules: str = ""
    tables: str = ""
    documents: str = ""
    reviews: str = ""
    rest: str = ""

    @property
    def key(self) -> str:
        """One digest of all parts."""
        return key_of(*astuple(self))


@dataclass(frozen=True, slots=True)
class Source:
    """One named graph.

    ``name`` is the path of its IRI ("report/STS-2025-05"), ``made`` tells what it was made
    from, ``file`` is its N-Quads file, ``digest`` that of
    the statements. ``header`` is what a report states of its assessment, as plain values;
    ``cited`` are the sections of Acts that it points at, ``bodies`` those that it names and no
    register of ours has, ``earlier`` the files of the
    versions of a report that this one has replaced, newest version first.
    """

    name: str
    made: Made
    file: str
    digest: str
    triples: int
    documents: tuple[DocumentRef, ...] = ()
    header: dict[str, Any] | None = None
    cited: tuple[str, ...] = ()
    bodies: tuple[NamedBody, ...] = ()
    earlier: tuple[EarlierDocument, ...] = ()
    warnings: tuple[LoadWarning, ...] = ()
    results: tuple[ValidationResult, ...] = ()

    @property
    def graph(self) -> str:
        """The IRI of the named graph."""
        return IRIS.graph(*self.name.split("/"))

    def to_json(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        # Not `asdict`, which copies every value and took a second for a thousand sources.
        plain = {name: getattr(self, name) for name in _FIELDS}
        plain["made"] = _plain(self.made)
        for name in _RECORDS:
            plain[name] = [_plain(record) for record in plain[name]]
        return plain

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Source:
        """The opposite of ``to_json``."""
        return cls(
            **{
                **stored,
                "made": Made(**stored["made"]),
                "cited": tuple(stored["cited"]),
                "bodies": tuple(NamedBody(**b) for b in stored.get("bodies", ())),
                "documents": tuple(DocumentRef(**d) for d in stored["documents"]),
                "earlier": tuple(EarlierDocument(**d) for d in stored.get("earlier", ())),
                "warnings": tuple(LoadWarning(**w) for w in stored["warnings"]),
                "results": tuple(ValidationResult(**r) for r in stored["results"]),
            }
        )


_FIELDS = tuple(one.name for one in fields(Source))
_RECORDS = ("documents", "bodies", "earlier", "warnings", "results")


def _plain(record: Any) -> dict[str, Any]:
    """A flat record's fields."""
    return {one.name: getattr(record, one.name) for one in fields(record)}


def superseding(new: Source, old: Source) -> Source:
    """The new version of a report, which keeps in mind the files of the version it replaces.

    Raises:
        InputError: both say when they were updated, and the new one is the older.
    """
    updated, before = ((source.header or {}).get("last_updated") for source in (new, old))
    if updated and before and updated < before:
        raise InputError(
            f"The store holds a newer version of this report: updated {before}, not {updated}.",
            where=", ".join(d.path for d in new.documents),
            cure="Give the newer version. If you want the older one, build the store anew with it.",
        )
    present = {document.sha256 for document in new.documents}
    dates = {name: (old.header or {}).get(name) for name in ("published", "last_updated")}
    gone = [EarlierDocument(d.name, d.sha256, d.address, **dates) for d in old.documents]
    kept: dict[str, EarlierDocument] = {}
    for document in (*gone, *old.earlier):
        if document.sha256 not in present:
            kept.setdefault(document.sha256, document)
    return replace(new, earlier=tuple(kept.values()))


class SourceFolder:
    """The N-Quads files of a store, and what the build in force says of them.

    A file that is ``known`` and whose stamp holds is whole, and is not read to see so.
    """

    def __init__(self, folder: str, known: Sequence[Source] = (), stamps: Stamps | None = None) -> None:
        self.folder = folder
        self._stamps = stamps
        self._known = {source.name: source for source in known}
        self._whole: dict[str, bool] = {}

    def kept(self, name: str, made: Made) -> Source | None:
        """The source of that name if it was made from the same things and its file is whole."""
        source = self._known.get(name)
        if source and source.made == made:
            if name not in self._whole:
                seen = self._stamps and self._stamps.hold(SOURCES + source.file)
                self._whole[name] = bool(seen) or self.is_whole(source)
            return source if self._whole[name] else None
        return None

    def path(self, source: Source) -> str:
        """Where the N-Quads file of a source lies."""
        return os.path.join(self.folder, source.file)

    def is_whole(self, source: Source) -> bool:
        """Whether the N-Quads file of a source holds the statements that it was written with."""
        try:
            return statements_digest(self.path(source), source.graph) == source.digest
        except OSError:
            return False

    def write(
        self,
        name: str,
        made: Made,
        ntriples: str,
        validate: Callable[[bytes], ValidationReport] | None = None,
        **more: Any,
    ) -> tuple[Source, ValidationReport | None]:
        """Validate a graph and write its file.

        A graph that breaks a rule is returned with its report and no file is written.
        """
        source, report = compose(name, made, ntriples, validate, **more)
        if report is None or report.conforms:
            self.keep(source, ntriples)
        return source, report

    def keep(self, source: Source, ntriples: str) -> None:
        """Write the file of a source.

        One of that name that is there already is the right one, unless it has been damaged since.
        """
        if not self.is_whole(source):
            write_whole(self.path(source), to_nquads(ntriples, source.graph))


def compose(
    name: str,
    made: Made,
    ntriples: str,
    validate: Callable[[bytes], ValidationReport] | None = None,
    **more: Any,
) -> tuple[Source, ValidationReport | None]:
    """What there is to say of a graph, and what is wrong with it; nothing is written."""
    data = ntriples.encode("utf-8")
    digest = hashlib.sha256(data).hexdigest()
    report = validate(data) if validate and data else None
    source = Source(
        name=name,
        made=made,
        file=f"{name.replace('/', '_')}-{digest[:12]}.nq",
        digest=digest,
        triples=ntriples.count("\n"),
        results=report.results if report else (),
        **more,
    )
    return source, report


def cited_sections(citations: Iterable[Citation], partnerships: Iterable[Partnership]) -> tuple[str, ...]:
    """The paths of the sections of Acts that a source points at."""
    cited = {f"{c.act}/section/{c.section}" for c in citations if c.section}
    cited |= {p.law for p in partnerships if p.law and "/section/" in p.law}
    return tuple(sorted(cited))


def key_of(*parts: str) -> str:
    """One digest out of several, order and limits included."""
    total = hashlib.sha256()
    for part in parts:
        total.update(f"{len(part)}:{part}".encode())
    return total.hexdigest()


def statements_digest(path: str, graph: str) -> str:
    """SHA-256 of what an N-Quads file of one graph says, as ``Source.digest`` counts it.

    A statement of another graph, or a line that was cut off, gives another digest.
    """
    end, bare = f" <{graph}> .\n".encode(), b" .\n"
    total = hashlib.sha256()
    with open(path, "rb") as file:
        while lines := file.read(_PIECE) + file.readline():
            total.update(lines.replace(end, bare))
    return total.hexdigest()


def file_digest(path: str | os.PathLike[str]) -> str:
    """SHA-256 of a file, read in pieces."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
