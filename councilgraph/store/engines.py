"""Stored queries that an engine is known not to answer as it should: they are refused by name.

Found by running every stored query on each engine (tests/endpoints). A query that an engine
cannot compile says so itself; one that comes back with other rows than it should must not be
believed, and nothing in the answer shows it.
"""

from __future__ import annotations

import re

from councilgraph.errors import QueryError

# What the server calls itself, and the queries by id, each with what goes wrong.
WRONG: dict[str, dict[str, str]] = {
    "Virtuoso/07.20": {
        "Q05": "7 rows instead of 3",
        "Q14": "wrong values in some of its rows",
        "Q28": "0 rows instead of 7",
        "Q35": "wrong values in some of its rows",
        "Q38": "wrong values in some of its rows",
        "Q44": "7 rows instead of 4",
    }
}
_ID = re.compile(r"^#\+ id: (\S+)", re.MULTILINE)


def refuse(engine: str, sparql: str, place: str) -> None:
    """Raise where this engine answers this stored query wrongly.

    Raises:
        QueryError: it does; the error says what goes wrong.
    """
    known = next((told for name, told in WRONG.items() if engine.startswith(name)), {})
    found = _ID.search(sparql)
    if found and found[1] in known:
        raise QueryError(
            f"{engine.split(' ', 1)[0]} is known not to answer {found[1]} as it should: {known[found[1]]}.",
            where=place,
            cure="Ask an embedded store or 'oxigraph serve' with the same graph; see docs/endpoints.md.",
        )
