"""What is not whole is not released: checks before anything is written, and on what was written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from councilgraph import resources
from councilgraph.build.checks import run_checks
from councilgraph.build.progress import Progress
from councilgraph.build.rules import rules_digest
from councilgraph.build.sources import Source
from councilgraph.build.validating import validate_graphs
from councilgraph.errors import StoreError, ValidationError
from councilgraph.store.embedded import FORMAT
from councilgraph.validation import read_shapes, validator

_SHOWN = 5


def finished_sources(store: Any) -> list[Source]:
    """The sources of a build that is finished, read every report it was given, and has our rules.

    Raises:
        StoreError: it is not so; the message says which.
    """
    manifest = store.manifest()
    place = os.path.abspath(store.place) if "://" not in store.place else store.place
    if not manifest.get("sources"):
        raise StoreError(
            "Nothing says what this store was made from, so it cannot be released.",
            where=place,
            cure="Build it with 'councilgraph build'; the manifest is written last.",
        )
    if manifest.get("format", FORMAT) != FORMAT:
        raise StoreError(
            f"The store was made by another version of councilgraph (format {manifest['format']}, "
            f"here {FORMAT}).",
            where=place,
            cure="Run 'councilgraph build' again with the same reports.",
        )
    if refused := int(manifest.get("refused", 0)):
        raise StoreError(
            f"{refused} {'report' if refused == 1 else 'reports'} could not be read when the store was "
            "built, and would be missing without a word.",
            where=place,
            cure="Correct them, or leave them out, and build again; load-report.json names them.",
        )
    sources = [Source.from_json(one) for one in manifest["sources"]]
    rules = {source.name: source.made.rules for source in sources}
    if rules.get("ontology") != rules_digest():
        # The ontology, the shapes and the queries that are laid beside the graph would not be its own.
        raise StoreError(
            "The store was built with other rules, shapes or vocabulary than those that are installed now.",
            where=place,
            cure="Run 'councilgraph build' again with your reports, then make the release.",
        )
    if hasattr(store, "content_digests"):
        held = store.content_digests()
        if late := [s.name for s in sources if held.get(s.graph) != s.digest]:
            raise StoreError(
                f"A write to the store was cut off: {len(late)} graphs are not those of its manifest "
                f"({late[0]}).",
                where=place,
                cure="Run 'councilgraph build' again; it sends what is missing.",
            )
    return sources


def must_conform(reader: Any, sources: Sequence[Source], progress: Progress, *, reviewed_only: bool) -> None:
    """Shapes and checks on what is to be released.

    ``reviewed_only`` also refuses evidence that no person has decided about.

    Raises:
        ValidationError: something breaks a rule; the first cases are shown.
    """
    shapes = read_shapes(Path(resources.path("ontology", "shapes")), "reviewed-only" if reviewed_only else "")
    names = [source.name for source in sources]
    report = validate_graphs(reader, names, validator(shapes=shapes), progress)
    broken = [f"{one.focus}: {one.message}" for one in report.results if one.severity == "Violation"]
    checks = [row for row in run_checks(reader.select, slow=True) if row.severity == "error"]
    broken += [f"{row.entity}: {row.problem} {row.solution}" for row in checks]
    if broken:
        shown = "\n".join(f"  - {one}" for one in broken[:_SHOWN])
        command = "councilgraph validate" + (" --reviewed-only" if reviewed_only else "")
        raise ValidationError(
            f"{len(broken):,} statements or things break a rule, so this is not released:\n{shown}",
            cure=f"'{command}' lists them all"
            + ("; decide with 'councilgraph review', then build again." if reviewed_only else "."),
        )
