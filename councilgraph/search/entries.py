"""All findings with their labels, read from the index in one pass."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from councilgraph.errors import StoreError


class Labelled(NamedTuple):
    """A finding, its place in its section, and its labels: pairs of kind and IRI.

    Kinds are those of `councilgraph.search.index.LABELS`, and "council" and "section".
    """

    finding: str
    paragraph: int | None
    number: int | None
    labels: tuple[tuple[str, str], ...]


def labelled(path: str) -> Iterator[Labelled]:
    """Every finding of an index that is `usable`, in no order that means anything.

    Raises:
        StoreError: the index is damaged.
    """
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            terms = {
                number: (kind, iri) for number, kind, iri in db.execute("SELECT id, kind, iri FROM term")
            }
            # Two passes side by side, both in the order of the places.
            labels = db.execute("SELECT place, term FROM label ORDER BY place, term")
            held = labels.fetchone()
            for place, finding, paragraph, number in db.execute(
                "SELECT id, finding, paragraph, number FROM place ORDER BY id"
            ):
                own = []
                while held is not None and held[0] == place:
                    own.append(terms[held[1]])
                    held = labels.fetchone()
                yield Labelled(finding, paragraph, number, tuple(own))
        finally:
            db.close()
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"The index of findings is damaged: {error}.", where=path, cure="Run 'councilgraph build' again."
        ) from None
