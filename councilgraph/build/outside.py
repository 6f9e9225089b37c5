"""The graphs of other publishers' tables: one for each table, one for the measures they bring."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph

from councilgraph import resources
from councilgraph.build.fixed import must_conform
from councilgraph.build.sources import DocumentRef, Made, Source, SourceFolder, file_digest, key_of
from councilgraph.errors import InputError
from councilgraph.model import ReferenceTable
from councilgraph.outside import Figure, Known, Measure, OutsideTable
from councilgraph.terms import RDF, SKOS
from councilgraph.validation.results import ValidationReport
from councilgraph.writing.observations import write_measures, write_outside
from loaders import read_outside

PREFIX = "observations/"
"""How the names of these sources begin."""
_CONCEPT = pyoxigraph.NamedNode(f"{SKOS}Concept")
_TYPE = pyoxigraph.NamedNode(f"{RDF}type")


def read_tables(data: Path, given: Sequence[Path], tables: Iterable[ReferenceTable]) -> list[OutsideTable]:
    """The tables of ``data/observations`` and those that the user gives.

    Raises InputError for all that a table or its description can have wrong, and where two
    tables give one figure or tell a measure differently.
    """
    folder = data / "observations"
    paths = [*([folder] if folder.is_dir() else []), *given]
    found = read_outside(paths, _known(tables)) if paths else []
    _refuse_contradictions(found)
    return found


def outside_sources(
    folder: SourceFolder,
    tables: Sequence[OutsideTable],
    made: Made,
    validate: Callable[[bytes], ValidationReport],
) -> list[Source]:
    """A source for each table, and before them the one of their measures."""
    if not tables:
        return []
    measures = [measure for table in tables for measure in table.measures]
    name = f"{PREFIX}measures"
    own = replace(made, rest=key_of(*map(str, measures)))
    sources = [folder.kept(name, own) or must_conform(folder.write(name, own, write_measures(measures)))]
    for table in tables:
        name = f"{PREFIX}table/{table.name}"
        own = replace(made, documents=key_of(table.sha256, table.description_sha256, table.path.name))
        sources.append(
            folder.kept(name, own)
            or must_conform(
                folder.write(
                    name,
                    own,
                    write_outside(table),
                    validate,
                    documents=(DocumentRef(table.path.name, os.fspath(table.path), table.sha256),),
                    warnings=table.warnings,
                )
            )
        )
    return sources


def held_tables(sources: Iterable[Source]) -> list[Source]:
    """Of the sources of a store those that are tables of other publishers."""
    return [source for source in sources if source.name.startswith(PREFIX)]


def given_digest(data: Path, given: Iterable[Path]) -> str:
    """Digest of every table and description, for telling whether anything has changed.

    They are no part of the digest that reports are kept by: a new table of figures changes
    no report.
    """
    files: set[Path] = set()
    for path in (data / "observations", *given):
        files.update(path.iterdir() if path.is_dir() else path.parent.glob(f"{glob.escape(path.stem)}.*"))
    return key_of(*(f"{file} {file_digest(file)}" for file in sorted(files) if file.is_file()))


def _known(tables: Iterable[ReferenceTable]) -> Known:
    return Known(
        frozenset(place.gss for table in tables for place in table.areas),
        *(_slugs(scheme) for scheme in ("measure", "unit", "theme")),
    )


@cache
def _slugs(scheme: str) -> frozenset[str]:
    """The slugs of a scheme's concepts."""
    path = resources.path("ontology", "schemes", f"{scheme}.ttl")
    quads = pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    return frozenset(
        str(quad.subject.value).rsplit("/", 1)[-1]
        for quad in quads
        if quad.predicate == _TYPE and quad.object == _CONCEPT
    )


def _refuse_contradictions(tables: Iterable[OutsideTable]) -> None:
    measures: dict[str, tuple[Measure, Path]] = {}
    units: dict[str, tuple[str, Path]] = {}
    figures: dict[tuple[str, str, str], Figure] = {}
    for table in tables:
        for measure in table.measures:
            before, path = measures.setdefault(measure.slug, (measure, table.path))
            if before != measure:
                raise _contradiction(f"the measure {measure.slug}", path, table.path)
            if measure.unit and measure.unit.label:
                label, path = units.setdefault(measure.unit.slug, (measure.unit.label, table.path))
                if label != measure.unit.label:
                    raise _contradiction(f"the unit {measure.unit.slug}", path, table.path)
        for figure in table.figures:
            first = figures.setdefault(figure.key, figure)
            if first is not figure:
                raise InputError(
                    f"Two tables give {figure.measure} of {figure.area} for {figure.period}.",
                    where=f"{first.where} and {figure.where}",
                    cure="Take one table out, or give its measure a name of its own.",
                )


def _contradiction(what: str, first: Path, second: Path) -> InputError:
    return InputError(
        f"Two descriptions tell {what} differently.",
        where=f"{first.with_suffix('.toml')} and {second.with_suffix('.toml')}",
        cure="Write label, definition, unit and better alike in both, or give one another name.",
    )
