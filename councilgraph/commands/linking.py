"""What ``link`` does beside explaining: read registers into the registry, and link the store."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from councilgraph.build.run import Builder
from councilgraph.commands.fetching import given
from councilgraph.commands.options import say
from councilgraph.errors import InputError, UsageError
from councilgraph.linking.entry import Entry
from councilgraph.linking.graph import Answered
from councilgraph.linking.joined import REGISTRY, registry_of
from councilgraph.linking.registry_build import build
from councilgraph.resources import data_folder
from councilgraph.store import is_address, location
from loaders.register_files import recognise
from loaders.registers import PUBLISHED, read_register
from loaders.source import Reading

_STEP = 20  # how often a file's progress is told on a terminal, in parts of the file


def read_into_registry(options: argparse.Namespace) -> None:
    """Read the files given into the registry; the registers that they do not touch stay.

    Raises:
        UsageError: no files, or a register that there is not. InputError: a file is of no
        register, damaged or implausible; the old registry is kept.
    """
    for slug in options.source:
        if slug not in PUBLISHED:
            raise UsageError(
                f"There is no register '{slug}' to read.", cure=f"Registers are: {', '.join(PUBLISHED)}."
            )
    if not options.files:
        told = (
            f"{PUBLISHED[slug].source.title}: {PUBLISHED[slug].source.address}" for slug in options.source
        )
        raise UsageError(
            "Which files? Registers are read from what their publishers issue.",
            cure=f"Give --from FILE. They are to be had here: {'; '.join(told)}.",
        )
    path = _registry(options)
    data = Path(options.data or data_folder())
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="councilgraph-")))
        paths = [_local(text, folder, options) for text in options.files]
        files = sort_files(paths, options.source or tuple(PUBLISHED))
        reading = Reading(force=options.force)
        registers = {PUBLISHED[slug].adds_to or slug for slug in files}
        report = build(
            path,
            _entries(files, data, reading, watched=sys.stderr.isatty() and not options.quiet),
            replacing=registers,
            force=options.force,
        )
    if not options.quiet:
        say(str(report))
        for note in reading.notes:
            say(f"  note: {note}")


def sort_files(paths: Sequence[Path], slugs: Sequence[str]) -> dict[str, list[Path]]:
    """The files by register, told by their columns.

    Raises:
        InputError: a file is of none of these registers, or of several.
    """
    if len(slugs) == 1:
        return {slugs[0]: list(paths)}
    found: dict[str, list[Path]] = {}
    for path in paths:
        fitting = [slug for slug in slugs if _fits(slug, path)]
        if len(fitting) != 1:
            what = f"can be of {' or '.join(fitting)}" if fitting else "is no file of a register known here"
            raise InputError(
                f"{path.name} {what}.",
                where=str(path),
                cure=f"Name the register before --from, one of: {', '.join(slugs)}.",
            )
        found.setdefault(fitting[0], []).append(path)
    return {slug: found[slug] for slug in slugs if slug in found}


def _fits(slug: str, path: Path) -> bool:
    if not path.is_file():
        raise InputError(f"There is no file {path.name}.", where=str(path), cure="Check the path.")
    try:
        recognise(PUBLISHED[slug].forms, [path])
    except InputError:
        return False
    return True


def _entries(files: dict[str, list[Path]], data: Path, reading: Reading, *, watched: bool) -> Iterator[Entry]:
    for slug, paths in files.items():
        told = _Bar() if watched else _silent
        yield from read_register(slug, paths, data, reading, told)
        if watched:
            print("\r\x1b[K", end="", file=sys.stderr)


class _Bar:
    """How far a file has been read, on one line of the terminal."""

    def __init__(self) -> None:
        self._told = ""

    def __call__(self, path: Path, read: int, total: int) -> None:
        line = f"{path.name}: {100 * read // total if total else 0} %"
        if line != self._told:
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
            self._told = line


def _silent(path: Path, read: int, total: int) -> None:
    """Nobody watches."""


def _local(text: str, folder: Path, options: argparse.Namespace) -> Path:
    found = given(text)
    if isinstance(found, Path):
        return found
    from loaders.web.download import download

    return download(found, folder, allowed=options.allow_host)


def _registry(options: argparse.Namespace) -> Path:
    """The registry to write: what is given or set, else the store's own."""
    place = location(options.store)
    if path := registry_of(place, options.registry):
        return path
    if is_address(place):
        raise UsageError(
            "A store at an address has no place for a registry.",
            cure="Give --registry FILE, or set COUNCILGRAPH_REGISTRY.",
        )
    return Path(place, REGISTRY)


def link_store(options: argparse.Namespace) -> tuple[Sequence[Answered], str]:
    """Link what the store holds; who is meant by each name, and what the store holds now.

    Raises: as ``Builder.link``.
    """
    builder = Builder(location(options.store), Path(options.data or data_folder()), registry=options.registry)
    outcome, linked = builder.link()
    states = [link.state for link in linked.judged.links]
    reviewed = len(states) - states.count("machine")
    for source in outcome.sources:
        _warn(w.message for w in source.warnings if w.code == "review-without-effect")
    return linked.answered, (
        f"{builder.place} now holds {len(states):,} links, {reviewed:,} of them judged by a person."
    )


def _warn(messages: Iterable[str]) -> None:
    for message in messages:
        say(f"warning (review-without-effect): {message}")
