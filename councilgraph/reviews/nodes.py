"""What the store says of single nodes, and of a thing that was read: its places, words and fields."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from councilgraph.iris import DEF
from councilgraph.model import Place
from councilgraph.reviews.queue import PREFIXES, Select, act_path, figure
from councilgraph.terms import DCTERMS, RDFS, SKOS

CG = DEF
AT_ONCE: Final = 200
"""How many nodes are asked for in one query."""
_KEPT = 100_000  # sentences: about 400 reports, some 20 MB


class Node:
    """What the store says of one node; the other nodes that it leads to are read from ``nodes``."""

    def __init__(self, iri: str, nodes: Nodes) -> None:
        self.iri, self._nodes = iri, nodes
        self.values: dict[str, list[str]] = {}

    def all(self, predicate: str) -> list[str]:
        """Every value."""
        return self.values.get(predicate, [])

    def one(self, predicate: str) -> str:
        """The first value in order; "" where there is none."""
        return min(self.all(predicate), default="")

    def slug(self, name: str) -> str | None:
        """The slug of a concept of ours."""
        return slug_of(self.one(CG + name)) or None

    def labels(self, name: str) -> list[str]:
        """The labels of what a property of ours leads to."""
        return sorted(self._nodes.get(iri).label for iri in self.all(CG + name))

    @property
    def label(self) -> str:
        """Its name."""
        return self.one(f"{RDFS}label") or self.one(f"{SKOS}prefLabel")


class Nodes:
    """Nodes of one store, each read once; many are read with few queries."""

    def __init__(self, select: Select) -> None:
        self._select = select
        self._held: dict[str, Node] = {"": Node("", self)}

    def fetch(self, iris: Iterable[str]) -> None:
        """Read these, so that ``get`` has them at hand."""
        missing = [iri for iri in dict.fromkeys(iris) if iri not in self._held]
        for part in (missing[n : n + AT_ONCE] for n in range(0, len(missing), AT_ONCE)):
            for iri in part:
                self._held[iri] = Node(iri, self)
            _, rows = self._select(f"SELECT ?s ?p ?o WHERE {{ {_these('?s', part)} ?s ?p ?o }}")
            for subject, predicate, value in rows:
                told = self._held[subject.value].values
                told.setdefault(predicate.value, []).append(value.value)

    def get(self, iri: str) -> Node:
        """One node; one without a statement has no values."""
        if iri not in self._held:
            self.fetch([iri])
        return self._held[iri]


def slug_of(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rpartition("/")[2]


def places(select: Select, iris: Sequence[str], kind: str) -> Iterator[tuple[str, Place, str, str]]:
    """Each thing with place, finding and passage of each sentence that it rests on.

    The things are of one kind, and no more than ``AT_ONCE``.
    """
    link = {
        "finding": "BIND(?thing AS ?finding)",
        "mention": "?thing cg:passage ?its . ?finding cg:passage ?its ; a cg:Finding",
    }.get(kind, "?thing cg:evidence ?finding")
    _, rows = select(
        f"{PREFIXES}SELECT ?thing ?section ?paragraph ?sentence ?finding ?passage "
        f"WHERE {{ {_these('?thing', iris)} {link} . "
        "?finding cg:passage ?passage . ?passage cg:section ?section ; cg:paragraphNumber ?paragraph ; "
        "cg:sentenceNumber ?sentence }"
    )
    for thing, section, paragraph, sentence, finding, passage in rows:
        place = Place(slug_of(section.value), int(paragraph.value), int(sentence.value))
        yield thing.value, place, finding.value, passage.value


class Paragraphs:
    """The paragraphs of files: a file is read whole and kept until there are too many."""

    def __init__(self, select: Select) -> None:
        self._select = select
        self._files: OrderedDict[str, dict[tuple[str, int], list[tuple[int, str]]]] = OrderedDict()
        self._sentences = 0

    def get(self, source: str, place: Place) -> tuple[tuple[int, str], ...]:
        """The sentences of the paragraph of a place in order; "" for words that are not at hand.

        ``source`` is the IRI of the file.
        """
        if source not in self._files:
            found = self._read(source)
            self._files[source] = found
            self._sentences += sum(map(len, found.values()))
            while self._sentences > _KEPT and len(self._files) > 1:
                _, old = self._files.popitem(last=False)
                self._sentences -= sum(map(len, old.values()))
        self._files.move_to_end(source)
        return tuple(self._files[source].get((place.section, place.paragraph), ()))

    def _read(self, source: str) -> dict[tuple[str, int], list[tuple[int, str]]]:
        # Begun at the file, with small OPTIONALs: section and number as patterns read every report.
        _, rows = self._select(
            f"{PREFIXES}SELECT DISTINCT ?section ?paragraph ?n ?exact "
            f"WHERE {{ ?passage oa:hasSource <{source}> . OPTIONAL {{ ?passage cg:section ?section }} "
            "OPTIONAL { ?passage cg:paragraphNumber ?paragraph } "
            "OPTIONAL { ?passage cg:sentenceNumber ?n } "
            "OPTIONAL { ?passage oa:hasSelector ?selector . ?selector oa:exact ?exact } } "
            "ORDER BY ?section ?paragraph ?n"
        )
        found: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for section, paragraph, n, exact in rows:
            if section is not None and paragraph is not None and n is not None:
                told = found.setdefault((slug_of(section.value), int(paragraph.value)), [])
                told.append((int(n.value), exact.value if exact is not None else ""))
        return found


def _these(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES {variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def reading(kind: str, told: Node, sentences: tuple[int, ...]) -> dict[str, Any]:
    """The fields of the records, out of the graph."""
    one, slug = told.one, told.slug
    match kind:
        case "finding":
            themes = sorted(map(slug_of, told.all(f"{CG}theme")))
            return {"polarity": slug("polarity"), "voices": _voices(told), "themes": themes}
        case "mention":
            return {
                "start": int(one(f"{CG}startOffset")),
                "end": int(one(f"{CG}endOffset")),
                "text": one(f"{CG}exactText"),
                "type": slug("organisationKind"),
                "named": slug("mentionKind") == "named",
                "full_name": one(f"{CG}fullName") or None,
            }
        case "partnership":
            label, type_ = told.label, slug("partnershipType") or ""
            made = f"{type_ if type_ == 'co-location' else type_.replace('-', ' ')}: ".casefold()
            return {
                "key": told.iri.rpartition("/")[2],
                "sentences": list(sentences),
                "type": type_,
                "name": None if label.casefold().startswith(made) else label,
                "parties": [*told.labels("party"), *told.labels("partyKind")],
                "since": one(f"{CG}since") or None,
                "covers": one(f"{CG}covers") or None,
            }
        case "strategy":
            return {
                "title": one(f"{DCTERMS}title"),
                "start": one(f"{CG}startYear") or None,
                "end": one(f"{CG}endYear") or None,
                "co_produced": one(f"{CG}coProduced") == "true",
                "status": slug("strategyStatus"),
                "parties": told.labels("party"),
            }
        case "statistic":
            return {
                "value": figure(one(f"{CG}value")),
                "unit": slug("unit"),
                "qualifier": slug("qualifier"),
                "counts": one(f"{CG}counts"),
                "period": one(f"{CG}period") or None,
                "comparison": slug("comparison"),
                "verdict": one(f"{CG}verdict") or None,
                "voices": _voices(told),
            }
        case _:
            act = one(f"{CG}citedAct")
            section = one(f"{CG}citedSection").rpartition("/section/")[2]
            title = min(told.labels("citedAct"), default="") or act_path(act)
            return {"act": title, "law_section": section or None, "path": act_path(act)}


def _voices(told: Node) -> list[str]:
    return sorted(map(slug_of, told.all(f"{CG}voice")))
