"""Decisions to review files: a decision is there whole or not at all, and none is ever lost.

The file is written anew beside the old one and takes its place in one step, under a lock: a
process that is killed, a full disk or a second session leaves the records that were there. What
is there is read first; a damaged file is told and not touched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from councilgraph.errors import InputError
from councilgraph.faultpoints import faultpoint
from councilgraph.locking import BusyError, alone
from councilgraph.model import Act, Decision
from councilgraph.reviews.readings import identity
from councilgraph.store.wholefile import write_whole

WAIT = 10  # seconds for another session to write its line
_LOCK = ".reviews.lock"


class ReviewFiles:
    """The review files of one folder, one an assessment; ``acts`` are those of the tables."""

    def __init__(self, folder: Path, acts: Iterable[Act] = ()) -> None:
        self.folder = folder
        self.acts = tuple(acts)
        self._lock = FileLock(folder / _LOCK)

    def path(self, assessment: str) -> Path:
        """The file of an assessment ("STS-2025-05")."""
        return self.folder / f"{assessment}.jsonl"

    def record(self, made: Mapping[str, Iterable[Decision]]) -> int:
        """Write decisions by assessment; how many were new.

        A decision that is the last of its role about the thing already is not written again, so
        that a list of decisions which was stopped half-way can be given once more.

        Raises:
            InputError: a file is damaged (with its line), a decision could not be read back, another
                session holds the folder, or it cannot be written. What was there is as it was.
        """
        with self.held():
            texts = {key: self._added(key, list(decisions)) for key, decisions in made.items()}
            faultpoint("review.made")
            for key, (text, new) in texts.items():
                if new:
                    write_whole(os.path.realpath(self.path(key)), text)
                    faultpoint("review.recorded")
            return sum(new for _, new in texts.values())

    @contextmanager
    def held(self) -> Iterator[None]:
        """The folder for this thread alone: what is read before a decision still stands when it is written.

        Raises:
            InputError: another session holds the folder, or it cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with alone(self._lock, "councilgraph review", WAIT):
                faultpoint("review.locked")
                self._sweep()
                yield
        except BusyError as busy:
            raise InputError(
                busy.told("Another session is writing review files here"),
                where=str(self.folder),
                cure=f"Try again when it is done. Nothing was written. {busy.cure}",
            ) from None
        except OSError as error:
            raise InputError(
                f"The review file cannot be written: {error.strerror or error}.",
                where=str(self.folder),
                cure="Free some space, or give a folder of your own with --reviews; what was decided "
                "before is as it was.",
            ) from None

    def _added(self, key: str, made: list[Decision]) -> tuple[bytes, int]:
        """The whole file with the new records at its end, and how many they are."""
        from loaders import read_review_file
        from loaders.reviews.decisions import decision, makers_of, record_of

        path = self.path(key)
        before, known = b"", []
        if path.exists():
            known = [
                replace(one, where="", reading=None) for one in read_review_file(path, self.acts).decisions
            ]
            before = path.read_bytes()
            if before and not before.endswith(b"\n"):
                before += b"\n"
        makers = makers_of({n.lower(): act for act in self.acts for n in (act.title, *act.other_titles)})
        lines = []
        for one in made:
            line = json.dumps(record_of(one), ensure_ascii=False)
            try:
                # What cannot be read back would stop every later build.
                told = decision(json.loads(line), makers, "")
            except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
                raise InputError(
                    f"The decision cannot be kept: it lacks or misuses {error}.",
                    where=f"{key}: {one.place.section} {one.place.paragraph}.{one.place.sentence}",
                    cure="Correct what was given. Nothing was written.",
                ) from None
            told = replace(told, reading=None)
            if not _repeats(told, known):
                lines.append(line + "\n")
                known.append(told)
        return before + "".join(lines).encode("utf-8"), len(lines)

    def _sweep(self) -> None:
        """Remove what a session that was killed had begun to write."""
        folders = {self.folder} | {path.resolve().parent for path in self.folder.glob("*.jsonl")}
        for left in (path for folder in folders for path in folder.glob("*.jsonl.new-*")):
            with suppress(OSError):
                left.unlink()


def _repeats(one: Decision, known: list[Decision]) -> bool:
    """Whether the role's last word about the thing is this very decision."""
    if one.decision == "withdrawn":  # taken back twice is another thing than taken back once
        return False
    return next((k for k in reversed(known) if _about(k) == _about(one)), None) == one


def _about(one: Decision) -> tuple[object, ...]:
    # Two mentions of one name in a sentence are told apart by where they stand in it.
    start = one.machine.get("start") if one.of == "mention" else None
    return one.of, one.place, one.digest, identity(one.of, one.known_by), start, one.role
