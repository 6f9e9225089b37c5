"""Our tidy reference tables as plain objects, one ``ReferenceTable`` for each named graph."""

from __future__ import annotations

from pathlib import Path

from councilgraph.model import ReferenceTable
from loaders.reference.bodies import read_acts, read_national_bodies, read_police_forces
from loaders.reference.health import read_icbs, read_nhs_trusts
from loaders.reference.places import read_local_authorities, read_regions
from loaders.reference.wikidata import with_wikidata

TABLE_READERS = (
    read_local_authorities,
    read_regions,
    read_icbs,
    read_nhs_trusts,
    read_police_forces,
    read_national_bodies,
    read_acts,
)


def read_reference(data: Path) -> list[ReferenceTable]:
    """All reference tables of the data folder, in the order of ``TABLE_READERS``.

    Raises InputError at the first missing file or column, malformed value, repeated key or
    reference to a body that is in no table.
    """
    return with_wikidata([read(data) for read in TABLE_READERS], data)
