"""The two ways to change a store: build it from everything, or load single reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from councilgraph import resources
from councilgraph.build import fixed
from councilgraph.build.catalog import catalog_source, queries_digest
from councilgraph.build.checks import CheckRow
from councilgraph.build.headers import header_from_json
from councilgraph.build.intoendpoint import EndpointTarget
from councilgraph.build.intofolder import FolderTarget
from councilgraph.build.links import Linked, LinksFrom, link_all, links_made, links_sources
from councilgraph.build.looked import Looked
from councilgraph.build.looking import look_at
from councilgraph.build.outside import given_digest, held_tables, outside_sources, read_tables
from councilgraph.build.pool import do_all
from councilgraph.build.progress import Progress, Silent
from councilgraph.build.provenance import provenance_source
from councilgraph.build.reports import Job, Refusal, Workshop
from councilgraph.build.rules import assessments_digest, rules_digest, rules_version, tables_digest
from councilgraph.build.sources import Made, Source, file_digest, key_of, superseding
from councilgraph.build.targets import Target
from councilgraph.datafolder import DataFolder
from councilgraph.errors import InputError, UsageError
from councilgraph.faultpoints import faultpoint
from councilgraph.linking.joined import registry_of
from councilgraph.outside import OutsideTable
from councilgraph.search import index
from councilgraph.store import is_address
from councilgraph.validation import validator
from loaders import PageKey, find_files, group_pages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did.

    ``refused`` are the reports that were not loaded; ``gone`` names the reports that the
    store held before and holds no more; ``unchanged`` says that there was nothing to do;
    ``damage`` is what was found damaged in the store, which has been made anew for it.
    """

    sources: tuple[Source, ...]
    refused: tuple[Refusal, ...] = ()
    checks: tuple[CheckRow, ...] = ()
    gone: tuple[str, ...] = ()
    read: int = 0
    unchanged: bool = False
    damage: tuple[str, ...] = ()

    @property
    def triples(self) -> int:
        """Statements in the store."""
        return sum(source.triples for source in self.sources)

    @property
    def reports(self) -> tuple[Source, ...]:
        """The sources that are reports."""
        return tuple(s for s in self.sources if s.name.startswith("report/"))


@dataclass(slots=True)
class Builder:
    """Settings of a build.

    ``place`` is a folder or an endpoint's address; ``extractor`` another than ours, as
    ``module:factory``; ``registry`` another registry file than ``registry_of`` finds.
    ``observations`` are the user's own tables of figures, ``reviews`` their own folders of review
    files, each beside those of the data folder; ``cluster`` the address of a Dask scheduler whose
    workers read the reports in the place of ``jobs`` processes. A
    builder reads its data folder once: make another when that has changed.
    """

    place: str
    data: Path = field(default_factory=lambda: Path(resources.data_folder()))
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    engine: str = "auto"
    extractor: str = ""
    registry: Path | None = None
    observations: tuple[Path, ...] = ()
    reviews: tuple[Path, ...] = ()
    cluster: str = ""
    progress: Progress = field(default_factory=Silent)
    _tables: DataFolder = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._tables = DataFolder(self.data, self.reviews)

    def build(self, reports: Iterable[Path] = ()) -> Outcome:
        """Make the graph from the data folder and these reports.

        Raises:
            InputError: a path or a table cannot be used. ValidationError: a table breaks a
            rule. StoreError: the store cannot be written. The store in force is as it was.
        """
        files = find_files(reports)
        with self._target() as target:
            looked = Looked(target.looked(), rules_digest())
            known = looked.known(files)
            inputs = self._inputs(target, files, known)
            old = target.sources()
            if target.inputs() == inputs and target.refused_before() == 0 and not target.damage():
                return Outcome(tuple(old), unchanged=True)
            # Before the reports: a table that cannot be used is told in a second, not an hour.
            outside = read_tables(self.data, self.observations, self._tables.tables)
            looks = look_at(files, known, looked, self.jobs, self.progress)
            made, refused, read = self._reports(target, *looks)
            made = [replace(source, earlier=()) if source.earlier else source for source in made]
            before = {s.name: s for s in old if s.name.startswith("report/")}
            gone = tuple(sorted(before.keys() - {s.name for s in made}))
            return self._finish(target, made, refused, inputs=inputs, gone=gone, read=read, outside=outside)

    def load(self, reports: Iterable[Path]) -> Outcome:
        """Add reports to a store, or replace those of the same council and month.

        What was read before of an assessment that is replaced stays known: the provenance
        graph names its files. A build begins anew, from what it is given alone.

        Raises: as ``build``; StoreError also where there is no store yet, InputError where
            fewer pages are given than the store holds of an assessment, or an older version.
        """
        files = find_files(reports)
        with self._target() as target:
            target.require_whole()
            old = target.sources()
            held = {s.name: s for s in old if s.name.startswith("report/")}
            looked = Looked(target.looked(), rules_digest())
            looks = look_at(files, looked.known(files), looked, self.jobs, self.progress)
            made, refused, read = self._reports(target, *looks)
            for source in made:
                before = held.get(source.name)
                whole = any(d.role == "whole-report" for d in source.documents)
                if before and not whole and len(source.documents) < len(before.documents):
                    raise InputError(
                        f"The store holds {len(before.documents)} pages of this assessment and "
                        f"{len(source.documents)} were given; the others would be lost.",
                        where=", ".join(d.path for d in source.documents),
                        cure="Give all its pages: " + ", ".join(d.path for d in before.documents),
                    )
                held[source.name] = superseding(source, before) if before else source
            if not made:
                return Outcome(tuple(old), tuple(refused), unchanged=True)
            return self._finish(target, list(held.values()), refused, inputs="", read=read)

    def link(self) -> tuple[Outcome, Linked]:
        """Link what the store holds anew: with another registry, or after new judgements.

        Raises: StoreError where there is no store; InputError for a registry that cannot be used.
        """
        with self._target() as target:
            target.require_whole()
            held = target.sources()
            reports = [s for s in held if s.name.startswith("report/")]
            outcome = self._finish(target, reports, [], inputs="")
            # Asked again for the account of it: where nothing changed, the links were kept.
            telling = [s for s in outcome.sources if s.name.startswith(("report/", "reviewed/"))]
            given = LinksFrom(self.data, self._tables.tables, self._registry())
            return outcome, link_all(given, telling)

    def _registry(self) -> Path | None:
        return registry_of(self.place, self.registry)

    def _target(self) -> Target:
        return EndpointTarget(self.place) if is_address(self.place) else FolderTarget(self.place, self.jobs)

    def _workshop(self, target: Target) -> Workshop:
        return Workshop(target.folder(), self._tables, self.engine, self.extractor)

    def _inputs(self, target: Target, files: Sequence[Path], known: Mapping[Path, PageKey]) -> str:
        """One digest of everything that a build depends on; equal means nothing to do."""
        digests = []
        for file in files:
            try:
                digests.append(f"{file} {known[file].sha256 if file in known else file_digest(file)}")
            except OSError:
                digests.append(f"{file} unreadable")
        digests.sort()  # in whatever order they were given, they make the same graph
        # Ours is part of the rules' digest; another's version is known once it has been made.
        extractor = self._workshop(target).rules if self.extractor else ""
        links = links_made(self._made(), self.data, self._registry())
        digests += [given_digest(self.data, self.observations), queries_digest(), f"index {index.VERSION}"]
        own = sorted(file for folder in self.reviews for file in folder.glob("*.jsonl"))
        digests += [f"{file} {file_digest(file)}" for file in own]
        return key_of(links.key, extractor, assessments_digest(os.fspath(self.data)), *digests)

    def _made(self) -> Made:
        return Made(rules=rules_digest(), tables=tables_digest(os.fspath(self.data)))

    def _reports(
        self, target: Target, keys: list[PageKey], refused: list[Refusal]
    ) -> tuple[list[Source], list[Refusal], int]:
        workshop = self._workshop(target)
        groups, errors = group_pages(keys)
        refused += [Refusal((error.where,), error) for error in errors]
        jobs, more = workshop.plan(groups, self._made())
        refused += more
        kept = {job.name: workshop.folder.kept(job.name, job.made) for job in jobs}
        made = [source for source in kept.values() if source]
        todo = [job for job in jobs if not kept[job.name]]
        self.progress.start("Reading reports", len(todo))
        for outcome in self._outcomes(workshop, todo):
            if isinstance(outcome, Refusal):
                refused.append(outcome)
            else:
                made.append(outcome)
            self.progress.advance()
        faultpoint("build.read")
        made.sort(key=lambda s: s.name)
        refused.sort(key=lambda r: r.files)
        return made, refused, len(todo)

    def _outcomes(self, workshop: Workshop, todo: Sequence[Job]) -> Iterator[Source | Refusal]:
        if not self.cluster or not todo:
            return do_all(workshop, todo, self.jobs)
        try:
            from councilgraph.build.cluster import do_all_on
        except ImportError as error:
            raise UsageError(
                f"Building on a cluster needs a library that is not here: {error}.",
                cure="Install it with: pip install 'councilgraph[cluster]'",
            ) from None
        return do_all_on(self.cluster, workshop, todo)

    def _finish(
        self,
        target: Target,
        reports: Sequence[Source],
        refused: Sequence[Refusal],
        *,
        inputs: str,
        gone: tuple[str, ...] = (),
        read: int = 0,
        outside: Sequence[OutsideTable] | None = None,
    ) -> Outcome:
        self.progress.start("Writing tables", 1)
        folder = target.folder()
        tables = self._tables
        validate = validator(self.engine, shapes=Path(resources.path("ontology", "shapes"))).validate
        made = self._made()
        told = {h.key: h for s in reports if s.header for h in [header_from_json(s.header)]}
        at_hand = {source.name.removeprefix("report/") for source in reports}
        reviewed = [
            fixed.reviewed_source(folder, one, rules_version(), made, validate)
            for one in tables.reviews.values()
            if one.key not in at_hand
        ]
        sources = [
            fixed.ontology_source(folder, made),
            *fixed.reference_sources(folder, tables.tables, made, validate),
            *(
                fixed.scores_source(folder, table, told, tables.councils, made, validate)
                for table in _score_tables(tables)
            ),
            provenance_source(folder, reports, made),
            # Only a build is given tables; the other ways keep those that the store holds.
            *(
                held_tables(target.sources())
                if outside is None
                else outside_sources(folder, outside, made, validate)
            ),
            *reviewed,
            *reports,
        ]
        cited = [path for source in sources for path in source.cited]
        sources.append(fixed.sections_source(folder, cited, tables.acts, made))
        telling = [*reports, *reviewed]
        given = LinksFrom(self.data, tables.tables, self._registry())
        sources += links_sources(folder, given, telling, made, validate)
        sources.append(catalog_source(folder, sources, made, validate))
        self.progress.advance()
        damage = target.damage()
        checks = target.put(sources, inputs=inputs, refused=len(refused), progress=self.progress)
        return Outcome(tuple(sources), tuple(refused), checks, gone, read, damage=damage)


def _score_tables(data: DataFolder) -> list[fixed.ScoreTable]:
    folder = data.path / "assessments"
    return [
        fixed.ScoreTable("pilots", folder / "pilots.csv", data.pilots),
        fixed.ScoreTable("scores", folder / "scores.csv", data.scores),
    ]
