"""A small world to kill in: a store, tables, two versions of a report, reviews; and what is true of it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import INVENTED, TESTS
from tests.faults.children import told

REGISTERS = TESTS / "loaders" / "registers" / "cases"
CHARITIES = REGISTERS / "charities-tabs" / "publicextract.charity.txt"
CHARITY_NAMES = REGISTERS / "charities-tabs" / "publicextract.charity_other_names.txt"
COMPANIES = REGISTERS / "companies" / "BasicCompanyDataAsOneFile-2026-11-01.csv"
FORCES = TESTS / "loaders" / "cases" / "police-forces-ons-names" / "pfa.csv"
SENTENCES = {
    "a": "\nHealthwatch Northmoor told us that people waited.\n",
    "b": "\nHealthwatch Northmoor told us that nobody waited, and carers said so too.\n",
}
JUDGEMENTS = {
    "a": "subject,object,judgement,role,date,note\n",
    "b": "subject,object,judgement,role,date,note\n"
    "council/SLM,http://www.wikidata.org/entity/Q99000003,not-same,analyst,2026-01-02,\n",
}
DAY = "2026-11-20"
PROMPT = "[u]ndo"
_STRAY = re.compile(r".*(\.new-\d+|\.part|\.old|-holder)|\.councilgraph-new-\d+")


@dataclass(slots=True)
class World:
    """Everything lies below ``root``. ``version`` and ``judged`` say which of the two is given now."""

    root: Path
    version: str = "a"
    judged: str = "a"
    notes: int = 0
    acknowledged: list[str] = field(default_factory=list)

    @classmethod
    def made(cls, root: Path) -> World:
        """A new one, without a store."""
        for name in ("data", "table"):
            shutil.copytree(INVENTED / "data", root / name)
        for version, sentence in SENTENCES.items():
            folder = Path(shutil.copytree(INVENTED / "reports", root / f"reports-{version}"))
            page = folder / "northmoor" / "equity.txt"
            page.write_text(page.read_text(encoding="utf-8") + sentence, encoding="utf-8")
        lines = FORCES.read_text(encoding="utf-8")
        (root / "forces-a.csv").write_text(lines, encoding="utf-8")
        (root / "forces-b.csv").write_text(lines.replace("Northmoor", "Fellside"), encoding="utf-8")
        (root / "out").mkdir()
        world = cls(root)
        world.judge("a")
        return world

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.root / "store"

    @property
    def reviews(self) -> Path:
        """The user's own folder of review files."""
        return self.root / "reviews"

    def judge(self, which: str) -> None:
        """Give the one or the other file of judgements on links."""
        self.judged = which
        (self.root / "data" / "curated" / "link-reviews.csv").write_text(JUDGEMENTS[which], encoding="utf-8")

    def build(self, place: Path | None = None) -> list[str]:
        """The command that builds from the version given now."""
        return ["build", *self._given(place), "--reports", str(self.root / f"reports-{self.version}")]

    def load(self, place: Path | None = None) -> list[str]:
        """The command that replaces the report by the version given now."""
        return ["load", *self._given(place), str(self.root / f"reports-{self.version}" / "northmoor")]

    def _given(self, place: Path | None) -> list[str]:
        given = ["--store", str(place or self.store), "--data", str(self.root / "data"), "--jobs", "1"]
        return [*given, *(["--reviews", str(self.reviews)] if self.reviews.is_dir() else [])]

    def link(self, place: Path | None = None, *files: Path) -> list[str]:
        """The command that links what the store holds, or reads files into its registry first."""
        given = ["link", "--store", str(place or self.store), "--data", str(self.root / "data")]
        return [*given, *(["--force", "--from", *map(str, files)] if files else [])]

    def refresh(self, version: str) -> list[str]:
        """The command that makes a table anew."""
        file = self.root / f"forces-{version}.csv"
        return ["refresh", "police-forces", str(file), "--data", str(self.root / "table"), "--force"]

    def query(self) -> list[str]:
        """The command that writes an answer to a file."""
        return ["query", "Q01", "--store", str(self.store), "-o", str(self.root / "out" / "answer.csv")]

    def export(self, what: str) -> list[str]:
        """The command that writes a folder of tables, or a site."""
        return ["export", what, "--store", str(self.store), *(["-o"] if what == "tables" else []),
                str(self.root / "out" / what)]  # fmt: skip

    def review(self) -> list[str]:
        """The command that decides at the keyboard."""
        data = str(self.root / "data")
        given = ["review", "--store", str(self.store), "--data", data, "--reviews", str(self.reviews)]
        return [*given, "--on", DAY, "--role", "analyst"]

    def typed(self, count: int) -> tuple[str, list[str]]:
        """What is typed to take so many decisions, and the note that each carries."""
        notes = [f"note {self.notes + n}" for n in range(count)]
        self.notes += count
        return "".join(f"{'ar'[n % 2]} {note}\n" for n, note in enumerate(notes)) + "q\n", notes

    def acknowledge(self, out: str, notes: list[str]) -> int:
        """A decision is acknowledged when the next thing is asked for, or the command ends; how many were."""
        asked = out.count(PROMPT)
        told = notes[: max(0, asked - 1)]
        self.acknowledged += told
        return len(told)

    def lost(self) -> list[str]:
        """Decisions that were acknowledged and stand in no review file that can be read."""
        from loaders import read_review_file

        files = sorted(self.reviews.glob("*.jsonl"))
        found = [d for f in files for d in read_review_file(f, self._acts()).decisions]
        kept = {d.note for d in found}
        assert len(kept) == len(found), "a decision stands twice"
        return [note for note in self.acknowledged if note not in kept]

    def _acts(self) -> Any:
        from councilgraph.datafolder import DataFolder

        return DataFolder(self.root / "data").acts

    def inputs(self) -> str:
        """A digest of what a build is made from."""
        files = sorted(self.reviews.glob("*.jsonl"))
        registry = self.state_of_registry(self.store)
        text = [self.version, self.judged, registry, *(p.read_text(encoding="utf-8") for p in files)]
        return hashlib.sha256("\0".join(text).encode()).hexdigest()

    @staticmethod
    def state_of_registry(place: Path) -> str:
        """The digest of the entries of a store's registry; "" where there is none."""
        from councilgraph.linking.registry_file import content_digest

        path = place / "registry.sqlite"
        return content_digest(path) if path.exists() else ""


def state(place: Path) -> str:
    """The digest of all that a store holds and answers, "|", and that of its registry; "" for what is not.

    Raises:
        AssertionError: it is half a store.
    """
    return str(told(lambda: _state(place)))


def _state(place: Path) -> str:
    import sqlite3
    from contextlib import closing

    import pyoxigraph
    from filelock import FileLock

    from councilgraph.catalogue import Catalogue
    from councilgraph.resources import path
    from councilgraph.store.digests import changed_files
    from councilgraph.store.embedded import current_build, open_embedded

    if place.is_dir():
        with FileLock(place / "lock", timeout=0):  # that of a dead process is nobody's
            pass
    build = current_build(os.fspath(place))
    if build is None:
        return f"|{World.state_of_registry(place)}"
    damage = list(changed_files(build, sources=True))
    assert not damage, damage
    total = hashlib.sha256()
    store = open_embedded(os.fspath(place))
    data = store.graph.dump(format=pyoxigraph.RdfFormat.N_QUADS)
    assert data
    lines = sorted(data.splitlines())
    written = [
        line
        for source in store.manifest()["sources"]
        for line in (place / "sources" / source["file"]).read_bytes().splitlines()
    ]
    assert len(written) == len(lines), "the database does not hold what its files say"
    total.update(b"\n".join(lines))
    with closing(sqlite3.connect(f"file:{build}/search.sqlite?mode=ro", uri=True)) as index:
        rows = index.execute(
            "SELECT p.graph, p.finding, s.text, s.tags FROM place p LEFT JOIN sentence s ON s.rowid = p.id"
        )
        total.update(repr(sorted(rows.fetchall(), key=repr)).encode())
    _, answer = store.select_stored(Catalogue(path("queries")).get("Q01").text)
    total.update(repr([[str(cell) for cell in row] for row in answer]).encode())
    return f"{total.hexdigest()}|{World.state_of_registry(place)}"


def strays(*folders: Path) -> list[str]:
    """What killed processes have left: names that no finished work has."""
    found = [str(p) for folder in folders for p in folder.rglob("*") if _STRAY.fullmatch(p.name)]
    for place in folders:
        if (place / "CURRENT").exists():
            found += _unneeded(place)
    return found


def _unneeded(place: Path) -> list[str]:
    """Builds that are not whole, and source files that the one in force does not name."""
    import json

    name = (place / "CURRENT").read_text(encoding="ascii").split()[1]
    build = place / "builds" / name
    manifest = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
    used = {source["file"] for source in manifest["sources"]} | {f"manifest-{name}.json"}
    found = [str(p) for p in (place / "sources").iterdir() if p.name not in used]
    others = [p for p in (place / "builds").iterdir() if p.name != name]
    found += [str(p) for p in others if not (p / "SHA256SUMS").exists()]
    return found + [str(p) for p in others[1:]]
