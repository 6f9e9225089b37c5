"""All registers of bodies that reports can be linked to, as streams of entries.

``PUBLISHED`` are read from files as their publishers issue them; ``tables`` gives the bodies
of our own reference tables, which are small and always there. Acts of Parliament and the lists
of org-id.guide name no bodies and are not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.linking.entry import Entry
from loaders.charity_commission import register as charity_commission
from loaders.companies_house import register as companies_house
from loaders.cqc_providers import register as cqc_providers
from loaders.government_register import register as government_register
from loaders.government_register.bodies import SOURCE as GOVERNMENT_REGISTER
from loaders.mysociety import register as mysociety
from loaders.mysociety.authorities import SOURCE as MYSOCIETY
from loaders.reference.entries import area_names, table_entries
from loaders.register_files import FileProgress, Given, recognise, unseen
from loaders.source import Form, Reading, Source


@dataclass(frozen=True, slots=True)
class Register:
    """A register as published: which files make it, and the entries in them.

    ``needed`` are forms of which one at least must be given; the others add to it. ``adds_to``
    is the table of ours whose register the entries belong to, None for a register of its own.
    """

    slug: str
    source: Source
    forms: Mapping[str, Form]
    needed: tuple[str, ...]
    entries: Callable[[Given], Iterator[Entry]]
    adds_to: str | None = None


PUBLISHED: Mapping[str, Register] = {
    register.slug: register
    for register in (
        Register(
            "charity-commission",
            charity_commission.SOURCE,
            charity_commission.SOURCE.forms,
            ("charity",),
            charity_commission.entries,
        ),
        Register(
            "companies-house",
            companies_house.SOURCE,
            companies_house.SOURCE.forms,
            ("companies",),
            companies_house.entries,
        ),
        Register(
            "cqc-providers",
            cqc_providers.SOURCE,
            cqc_providers.SOURCE.forms,
            ("providers", "active-locations", "directory"),
            cqc_providers.entries,
        ),
        Register(
            "more-local-authorities",
            MYSOCIETY,
            mysociety.FORMS,
            ("authorities",),
            mysociety.entries,
            adds_to="local-authorities",
        ),
        Register(
            "more-national-bodies",
            GOVERNMENT_REGISTER,
            government_register.FORMS,
            ("organisations",),
            government_register.entries,
            adds_to="national-bodies",
        ),
    )
}
"""Registers by slug."""

TABLES = ("local-authorities", "ods-icbs", "ods-trusts", "police-forces", "national-bodies")
"""Registers that our own tables hold, in the order of ``tables``."""


def tables(data: Path) -> Iterator[Entry]:
    """Councils, boards with their successions, trusts, police forces and national bodies.

    ``data`` is the data folder. Raises InputError as ``loaders.reference`` does.
    """
    return table_entries(data)


def read_register(
    slug: str,
    paths: Sequence[Path],
    data: Path,
    reading: Reading | None = None,
    progress: FileProgress = unseen,
) -> Iterator[Entry]:
    """The entries of one published register, from files in any order.

    ``data`` is the data folder: its table of councils says which area a council's name means.
    ``progress`` is told file, bytes read and bytes in all. Remarks go to ``reading.notes``.

    Raises InputError for an unknown register, a file of another form, none of the needed
    files, and everything that is wrong in them; of the last some only after the last entry,
    so nothing is to be put in force before the stream has ended.
    """
    if slug not in PUBLISHED:
        raise InputError(
            f"There is no register {slug!r}.",
            where="register",
            cure=f"Registers are: {', '.join(PUBLISHED)}. Councils, boards, trusts, police forces and "
            "national bodies are always there; `councilgraph refresh` brings them up to date.",
        )
    register = PUBLISHED[slug]
    files = recognise(register.forms, paths)
    if not any(name in files for name in register.needed):
        wanted = " or ".join(register.forms[name].describe for name in register.needed)
        raise InputError(
            f"{slug} cannot be read from these files alone.",
            where=", ".join(str(path) for path in paths) or "register",
            cure=f"Give also {wanted}.",
        )
    held = frozenset(
        entry.code
        for entry in (tables(data) if register.adds_to else ())
        if entry.register == register.adds_to
    )
    return register.entries(Given(files, reading or Reading(), progress, area_names(data), held))
