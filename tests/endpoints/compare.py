"""Row counts of every stored query in a store folder and on a server that holds the same graph.

    python -m tests.endpoints.compare STORE ADDRESS [QUERY...]

For large graphs, which the tests do not build: an engine that loses rows does so quietly and only
at size. Exit code 1 where any count differs. Queries that are refused by name are not asked.
"""

from __future__ import annotations

import sys

from councilgraph.catalogue import EXAMPLES, bind
from councilgraph.errors import CouncilgraphError
from councilgraph.parameters import resolve
from councilgraph.store.embedded import open_embedded
from councilgraph.store.endpoint import Endpoint
from tests.queries.answers import CATALOGUE


def main(store: str, address: str, names: list[str]) -> int:
    here, there = open_embedded(store), Endpoint(address)
    different = 0
    for query in CATALOGUE:
        if query.kind == "link" or (names and query.id not in names):
            continue
        try:
            given = {one.name: EXAMPLES[one.type] for one in query.parameters if one.required}
            terms, _ = resolve(query, given, lambda text: here.select(text)[1])
            sparql = bind(query, terms)
            if query.form == "CONSTRUCT":
                counts = [sum(1 for _ in store.construct(sparql)) for store in (here, there)]
            else:
                counts = [sum(1 for _ in store.select_stored(sparql)[1]) for store in (here, there)]
        except CouncilgraphError as error:
            print(f"{query.id:4} not asked or not answered: {error.what[:150]}", flush=True)
            continue
        different += counts[0] != counts[1]
        mark = "" if counts[0] == counts[1] else "  DIFFERENT"
        print(f"{query.id:4} {counts[0]:9,} {counts[1]:9,}{mark}", flush=True)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
