"""The statements of one part of the graph on one side, by the thing that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from councilgraph.diff.records import Name, Record, iri_of, name_of, record_of
from councilgraph.diff.sides import Lines
from councilgraph.iris import IRIS


class Statements:
    """Lines of N-Triples by the name of their subject; a thing is parsed when it is asked for."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._by_name: dict[Name, list[bytes]] = {}
        # By the bytes of the subject first: to name it is dear, and it comes back in ten lines.
        by_subject: dict[bytes, list[bytes]] = {}
        for line in lines:
            by_subject.setdefault(line[: line.index(b" ")], []).append(line)
        for subject, own in by_subject.items():
            self._by_name.setdefault(name_of(subject[1:-1].decode()), []).extend(own)

    def __contains__(self, name: Name) -> bool:
        return name in self._by_name

    def lines(self, name: Name) -> list[bytes]:
        """Its statements."""
        return self._by_name.get(name, [])

    def record(self, name: Name) -> Record | None:
        """The thing, or None where nothing is said of it."""
        lines = self._by_name.get(name)
        return record_of(name, lines) if lines else None

    def rename(self, sentences: Mapping[str, str]) -> dict[Name, Name]:
        """Call sentences by other names, and with them all that hangs on them and speaks of them.

        Returns the old name of everything that has a new one.
        """
        if not sentences:
            return {}
        renamed: dict[Name, Name] = {}
        again: dict[Name, list[bytes]] = {}
        objects = _Terms(sentences)
        for name, lines in self._by_name.items():
            other = _renamed(name, sentences)
            if other != name:
                renamed[other] = name
                objects.also(iri_of(name), iri_of(other))
            again.setdefault(other, []).extend(map(objects.renamed, lines))
        self._by_name = again
        return renamed


def subject_of(line: bytes) -> Name:
    """The name of what a statement is about."""
    return name_of(line[1 : line.index(b"> ")].decode())


def touched(old: Lines, new: Lines) -> set[Name]:
    """The names of all things of which something differs."""
    return {subject_of(line) for line in old ^ new}


def _renamed(name: Name, sentences: Mapping[str, str]) -> Name:
    """The name with the sentence in it replaced: that of the thing itself, or the head of it."""
    kind, rest = name
    if kind == "review":
        of, _, inner = rest.partition("/")
        found = _renamed((of, inner), sentences)
        return (kind, f"{of}/{found[1]}") if found[1] != inner else name
    # A sentence is named by assessment, section and digest.
    parts = rest.split("/")
    other = sentences.get("/".join(parts[:3]))
    return (kind, "/".join([other, *parts[3:]])) if other else name


class _Terms:
    """Replaces the names of sentences, and of what hangs on them, in subjects and objects."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._others = {
            f"<{IRIS.id}{kind}/{old}>".encode(): f"<{IRIS.id}{kind}/{new}>".encode()
            for old, new in sentences.items()
            for kind in ("finding", "passage", "selector")
        }

    def also(self, old: str, new: str) -> None:
        """Replace this IRI too."""
        self._others[f"<{old}>".encode()] = f"<{new}>".encode()

    def renamed(self, line: bytes) -> bytes:
        """The line with the other names in it."""
        subject, predicate, rest = line.split(b" ", 2)
        term = rest.removesuffix(b" .")
        others = self._others
        return b"%s %s %s ." % (others.get(subject, subject), predicate, others.get(term, term))
