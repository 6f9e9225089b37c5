"""Phrases in 60,000 findings: the full-text index of a store against ``CONTAINS`` in SPARQL.

    python -m benchmarks.searching SIDE STORE [ADDRESS]

A hit is wanted with its council, its section, its polarity and its sentence, 20 of them at most, as the
command ``search`` shows them. The command above is one side, in a process of its own (see ``asker``).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from pyoxigraph import Literal

from benchmarks.asker import Answer, Asker, answer_orders, timed
from benchmarks.measure import NotMeasuredError, Options
from benchmarks.searched import EACH, HITS, KINDS, NAMES, WORDS, rows, section
from benchmarks.stores import Built, built, served
from councilgraph.iris import DEF
from councilgraph.search.find import find
from councilgraph.store.embedded import open_embedded
from councilgraph.store.endpoint import Endpoint
from councilgraph.store.memory import MemoryStore
from councilgraph.terms import DCTERMS, OA, RDFS, SKOS

__all__ = ["NAME", "measure", "rows", "section"]

NAME = "search"
REPORTS, QUICK = 240, 4
LIMIT = 30.0  # seconds for one run
OFTEN = 0.01  # of all findings, at least: a frequent phrase
TEXTS = f"""PREFIX oa: <{OA}> PREFIX cg: <{DEF}>
SELECT ?text {{ ?finding a cg:Finding ; cg:passage/oa:hasSelector/oa:exact ?text }}"""
# The quickest of six ways to write it: what is looked for first, by itself, and the class, whose
# members the engine would begin with otherwise, last.
CONTAINS = f"""PREFIX cg: <{DEF}> PREFIX oa: <{OA}> PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}>
PREFIX dcterms: <{DCTERMS}>
SELECT ?finding ?authority ?day ?month ?section ?paragraph ?n ?polarity ?text ?report WHERE {{
  {{ SELECT ?finding ?passage ?text WHERE {{
      ?selector oa:exact ?text . FILTER(CONTAINS(LCASE(STR(?text)), %s))
      ?passage oa:hasSelector ?selector . ?finding cg:passage ?passage .
      FILTER EXISTS {{ ?finding a cg:Finding }}
  }} LIMIT {HITS} }}
  ?finding cg:inAssessment ?assessment .
  ?passage cg:section ?part ; cg:paragraphNumber ?paragraph ; cg:sentenceNumber ?n .
  ?assessment cg:assessedCouncil ?council ; cg:publishedMonth ?month .
  ?council rdfs:label ?authority .
  ?part skos:prefLabel ?section .
  OPTIONAL {{ ?assessment cg:publishedOn ?day }}
  OPTIONAL {{ ?assessment cg:reportPage ?report }}
  OPTIONAL {{ ?finding cg:polarity ?p . ?p skos:prefLabel ?polarity }}
}}"""

Look = Callable[[str], list[str]]


def draw(texts: Iterable[str], seed: int) -> dict[str, list[str]]:
    """Phrases of each kind: in many sentences, in as many as are wanted or fewer, in none.

    Only words of letters, in the order and spacing in which they stand, so that an index of words
    and a comparison of letters look for the same. An absent one is a frequent one backwards: its
    words are all there, which is where an index has most to do.
    """
    counts: Counter[str] = Counter()
    held = list(texts)
    for text in held:
        parts = (part.split(" ") for part in re.split(r"[^a-z ]+|  +", text.lower()))
        # The first and the last of a part may be pieces of a word.
        runs = (part[1:-1] for part in parts)
        counts.update({" ".join(run[n : n + WORDS]) for run in runs for n in range(len(run) - WORDS + 1)})
    whole = "\n".join(held).lower()
    often = sorted(phrase for phrase, count in counts.items() if count >= max(HITS, OFTEN * len(held)))
    seldom = sorted(
        phrase for phrase, count in counts.items() if count <= HITS and whole.count(phrase) <= HITS
    )
    backwards = (" ".join(reversed(phrase.split())) for phrase in often)
    never = [phrase for phrase in backwards if phrase not in whole]
    rng = Random(f"{seed}/phrases")
    found = zip(KINDS, (often, seldom, never), strict=True)
    return {kind: rng.sample(phrases, min(EACH, len(phrases))) for kind, phrases in found}


def measure(work: Path, options: Options) -> dict[str, Any]:
    """Milliseconds and hits of each phrase by side.

    Raises:
        NotMeasuredError: the store cannot be built.
    """
    with ExitStack() as stack:
        reports = QUICK if options.quick else REPORTS
        store = stack.enter_context(built(work / "search", reports, options.seed))
        texts = [row[0].value for row in open_embedded(str(store.place)).select(TEXTS)[1]]
        phrases = draw(texts, options.seed)
        sides: dict[str, Any] = {}
        askers: dict[str, Asker] = {}
        for name in NAMES:
            try:
                askers[name] = one = _asker(name, store, work, stack)
                stack.callback(one.end)
            except NotMeasuredError as error:
                sides[name] = {"reason": str(error)}
        answers = ask(askers, phrases, 1 if options.quick else options.repetitions)
        sides |= {name: {"phrases": told} for name, told in answers.items()}
        told = {"reports": reports, "triples": store.triples, "findings": len(texts), "phrases": phrases}
        return {**told, "sides": {name: sides[name] for name in NAMES}}


def ask(
    askers: dict[str, Asker], phrases: dict[str, list[str]], repetitions: int
) -> dict[str, dict[str, Answer]]:
    """Each phrase of all sides, one after the other."""
    found: dict[str, dict[str, Answer]] = {name: {} for name in askers}
    for phrase in (one for kind in KINDS for one in phrases[kind]):
        for name, asker in askers.items():
            found[name][phrase] = asker.ask({"phrase": phrase, "repetitions": repetitions})
        told = ", ".join(f"{name} {answers[phrase].get('ms', '-')}" for name, answers in found.items())
        print(f"{phrase!r}, ms: {told}", file=sys.stderr, flush=True)
    return found


def _asker(side: str, store: Built, work: Path, stack: ExitStack) -> Asker:
    address = []
    if side == "oxigraph":
        address = [stack.enter_context(served(side, work / side, store)).place]
    return Asker("benchmarks.searching", side, str(store.place), *address, limit=LIMIT)


def _hits(rows: Iterable[Any]) -> list[str]:
    """The findings; a report that is published at two addresses gives its own twice."""
    return sorted({row[0].value for row in rows})


def look_for(side: str, place: str, address: str) -> Look:
    """How a side finds a phrase; it gives the IRIs of its hits."""
    store = open_embedded(place)
    if side == "index":
        return lambda phrase: sorted(hit.finding for hit in find(store, f'"{phrase}"', limit=HITS))
    if side == "oxigraph":
        server = Endpoint(address)
        return lambda phrase: _hits(server.select(CONTAINS % Literal(phrase))[1])
    asked = MemoryStore(store) if side == "memory" else store
    return lambda phrase: _hits(asked.query(CONTAINS % Literal(phrase)))


def main(arguments: list[str]) -> int:
    """Answer orders: ``phrase``, ``repetitions``."""
    side, place, address = (*arguments, "")[:3]
    look = look_for(side, place, address)

    def work(order: Answer) -> Answer:
        hits: list[str] = []

        def once() -> int:
            hits[:] = look(order["phrase"])
            return len(hits)

        return {**timed(once, order), "hits": hits}

    return answer_orders({"side": side}, work)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
