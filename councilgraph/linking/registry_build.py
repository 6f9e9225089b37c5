"""Make a registry out of a stream of entries, in bounded memory and in one step.

The new file is written beside the old one and takes its place only when it is whole, so a
damaged download, a full disk or a crash leaves the old registry as it was.
"""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.faultpoints import faultpoint
from councilgraph.leftovers import sweep
from councilgraph.linking.entry import Entry
from councilgraph.linking.registry import Registry
from councilgraph.linking.registry_checks import Remarks
from councilgraph.linking.registry_filling import fill, finish, fresh
from councilgraph.locking import BusyError, alone

LOSS_ALLOWED = 0.10
"""Share of a register's entries that may go in one build, as for the tables of ``data/``."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: entries by register, and remarks for the person who ran it."""

    path: Path
    counts: dict[str, int]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{sum(self.counts.values())} entries in {self.path}"]
        lines += [f"  {register}: {count}" for register, count in self.counts.items()]
        return "\n".join(lines + [f"  note: {note}" for note in self.notes])


def build(
    path: Path,
    entries: Iterable[Entry],
    *,
    replacing: Collection[str] | None = None,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
) -> BuildReport:
    """Write the registry ``path`` anew.

    With ``replacing`` only these registers are new and the others are kept from the present
    file, which must be usable then. Of two entries with one code in a register the first is
    kept and the other noted. ``progress`` is told the number of entries after every batch.

    Raises InputError for everything that ``entries`` raises, for no entries at all, a register
    that loses more than a tenth of its entries (unless ``force``), and a file that cannot be
    written. The old file is kept then.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two at once would each keep the other's registers as they were before, and the later win.
        with alone(path.parent / f".{path.stem}.lock", "councilgraph link --from"):
            sweep(os.fspath(path.parent), rf"\.{re.escape(path.stem)}-\w+\.part")
            return _build(path, entries, replacing, force, progress)
    except BusyError as busy:
        raise InputError(
            busy.told("Another process is writing this registry"),
            where=str(path),
            cure=f"Try again when it is done. Nothing was written. {busy.cure}",
        ) from None
    except (OSError, sqlite3.Error) as error:
        raise _unwritable(path, error) from error


def _build(
    path: Path,
    entries: Iterable[Entry],
    replacing: Collection[str] | None,
    force: bool,
    progress: Callable[[int], None] | None,
) -> BuildReport:
    before = _counts_before(path)
    if replacing is not None and path.exists():
        entries = chain(entries, _kept(path, replacing))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        faultpoint("registry.begin")
        remarks = Remarks()
        with closing(fresh(part)) as database:
            fill(database, entries, remarks, progress)
            faultpoint("registry.filled")
            counts = finish(database, remarks)
        _refuse_loss(path, before, counts, force)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        faultpoint("registry.synced")
        part.replace(path)
        faultpoint("registry.replaced")
    finally:
        with suppress(OSError):
            part.unlink()
    return BuildReport(path, counts, tuple(remarks.notes))


def _counts_before(path: Path) -> dict[str, int]:
    """Entries by register of the present file; none if there is none or it is unusable."""
    try:
        with Registry(path) as present:
            return present.counts()
    except InputError:
        return {}


def _kept(path: Path, replacing: Collection[str]) -> Iterator[Entry]:
    with Registry(path) as present:
        yield from present.entries(without=replacing)


def _refuse_loss(path: Path, before: dict[str, int], counts: dict[str, int], force: bool) -> None:
    for register, count in before.items():
        left = counts.get(register, 0)
        if count - left > LOSS_ALLOWED * count and not force:
            raise InputError(
                f"The register {register} would lose {count - left} of {count} entries.",
                where=str(path),
                cure="Check that the files are whole and all given. If it is right, use --force.",
            )


def _unwritable(path: Path, error: Exception) -> InputError:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(
        f"The registry {path.name} cannot be written: {why}.",
        where=str(path),
        cure="Check that you may write to that folder and that the disk is not full.",
    )
