"""What may be wrong between the entries of a register: codes used twice, circles of successors."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field, replace

import networkx as nx

from councilgraph.errors import InputError
from councilgraph.linking.registry_file import COLUMNS, from_row, to_row

MOST_SUCCESSIONS = 200_000
"""They are looked at together; registers have some thousand."""


@dataclass(slots=True)
class Remarks:
    """Notes for the person who builds; of each kind of many only the first are kept."""

    most: int = 100
    notes: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Remember a remark; the last that finds room says that there are more."""
        if len(self.notes) < self.most:
            self.notes.append(text)
        elif len(self.notes) == self.most:
            self.notes.append("There is more of this kind; it is not listed.")


def drop_repeated(database: sqlite3.Connection, remarks: Remarks) -> None:
    """Keep the first of several entries with one code in a register and note the others."""
    repeated = database.execute(
        "SELECT min(id), register, code FROM entries GROUP BY register, code HAVING count(*) > 1 "
        "ORDER BY register, code"
    )
    for first, register, code in repeated:
        rows = database.execute(
            f"SELECT id, {COLUMNS} FROM entries WHERE register = ? AND code = ? ORDER BY id", (register, code)
        )
        kept = ""
        for number, *row in rows:
            name = from_row(row).names[0].text
            if number == first:
                kept = name
                continue
            if name == kept:
                remarks.add(f"{register}: the code {code} is there twice; the first is kept.")
            else:
                remarks.add(
                    f"{register}: the code {code} has two names, {kept!r} and {name!r}; the first is kept."
                )
            database.execute("INSERT INTO side.dropped VALUES (?)", (number,))
    database.execute("DELETE FROM entries WHERE id IN (SELECT entry FROM side.dropped)")


def open_circles(database: sqlite3.Connection, remarks: Remarks) -> None:
    """Take out the successions of bodies that go round in a circle, and note them.

    Who came first is not to be told from them; followed, they lead nowhere.

    Raises InputError for more successions than any register has.
    """
    where = "FROM side.successions WHERE entry NOT IN (SELECT entry FROM side.dropped)"
    ((count,),) = database.execute(f"SELECT count(*) {where}")
    if count > MOST_SUCCESSIONS:
        raise InputError(
            f"The registers have {count} successions; {MOST_SUCCESSIONS} at most are plausible.",
            where="registry",
            cure="Look into the newest of the files: a column may have moved.",
        )
    graph = nx.DiGraph()
    missing: dict[str, int] = {}
    for register, code, entry in database.execute(f"SELECT register, code, entry {where} ORDER BY entry"):
        heir = database.execute(
            "SELECT id FROM entries WHERE register = ? AND code = ? LIMIT 1", (register, code)
        ).fetchone()
        if heir:
            graph.add_edge(entry, heir[0])
        else:
            missing[register] = missing.get(register, 0) + 1
    for register, number in sorted(missing.items()):
        remarks.add(f"{register}: {number} successors are not in the register themselves.")
    circles = [
        sorted(found)
        for found in nx.strongly_connected_components(graph)
        if len(found) > 1 or graph.has_edge(*(list(found) * 2))
    ]
    for circle in sorted(circles):
        _open(database, circle, remarks)


def _open(database: sqlite3.Connection, circle: list[int], remarks: Remarks) -> None:
    rows = {
        number: from_row(
            database.execute(f"SELECT {COLUMNS} FROM entries WHERE id = ?", (number,)).fetchone()
        )
        for number in circle
    }
    codes = {entry.code for entry in rows.values()}
    for number, entry in rows.items():
        left = tuple(code for code in entry.successors if code not in codes)
        *_, data = to_row(replace(entry, successors=left))
        database.execute("UPDATE entries SET data = ? WHERE id = ?", (data, number))
    shown = ", ".join(sorted(codes)[:8]) + (", ..." if len(codes) > 8 else "")
    register = rows[circle[0]].register
    remarks.add(f"{register}: {shown} follow each other in a circle; these successions are left out.")
