"""Stored queries: find one, read its header, bind its parameters, describe them all.

A stored query is a `.rq` file that any SPARQL editor runs as it is. It opens with a header
of ``#+`` comment lines, a strict subset of YAML that grlc reads too. A parameter
``authority`` is the variable ``?_authority``, held open by ``VALUES ?_authority { UNDEF }``.

Start-up is counted in milliseconds, so this module imports nothing beyond what argparse
has loaded already, and `Catalogue.get` reads the one file it needs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from councilgraph.errors import QueryError, UsageError

KINDS = {"questions": "question", "checks": "check", "views": "view", "links": "link"}
PARAMETER_TYPES = (
    *("authority", "statement", "region", "type", "theme", "organisation"),
    *("arrangement", "kind", "polarity", "voice", "measure", "month", "integer", "boolean"),
)
COLUMN_TYPES = ("string", "iri", "integer", "decimal", "boolean", "date", "month")
EXAMPLES = {
    "authority": "staffordshire",
    "statement": "safeguarding",
    "region": "west-midlands",
    "type": "county",
    "theme": "unpaid-carers",
    "organisation": "RRE",
    "arrangement": "section-75-agreement",
    "kind": "nhs-trust",
    "polarity": "strength",
    "voice": "people",
    "measure": "population",
    "month": "2025-01",
    "integer": "10",
    "boolean": "yes",
}
_KEYS = ["id", "summary", "question", "why", "tags", "parameters", "columns"]
_CHECK_KEYS = [*_KEYS[:4], "severity", "problem", "solution", *_KEYS[4:]]
_LISTS = ("tags", "parameters", "columns")
VALUES = re.compile(r"VALUES\s+\?_(\w+)\s*\{[^{}]*\}")


class Parameter:
    """One parameter: its name, type, whether it must be given, its default and its help."""

    __slots__ = ("default", "help", "name", "required", "type")

    def __init__(self, name: str, type: str, need: str, help: str) -> None:
        self.name, self.type, self.help = name, type, help
        self.required = need == "required"
        self.default = need.removeprefix("default=") if need.startswith("default=") else None

    @property
    def example(self) -> str:
        """The parameter as it would be typed."""
        return f"{self.name}={EXAMPLES.get(self.type, '...')}"


class Column:
    """One column of the answer: its name, type and help."""

    __slots__ = ("help", "name", "type")

    def __init__(self, name: str, type: str, help: str = "") -> None:
        self.name, self.type, self.help = name, type, help

    @property
    def variable(self) -> str:
        """The SPARQL variable of the column; SPARQL has no hyphen in names."""
        return self.name.replace("-", "_")


class Query:
    """A stored query with everything its header says."""

    __slots__ = (
        "columns", "form", "id", "kind", "name", "parameters", "path", "problem", "question",
        "severity", "solution", "summary", "tags", "text", "why",
    )  # fmt: skip

    def __init__(self, path: str, text: str) -> None:
        header = parse_header(text, path)
        self.path, self.text = path, text
        self.name = os.path.basename(path).removesuffix(".rq")
        folder = os.path.basename(os.path.dirname(path))
        self.kind = KINDS.get(folder, folder)
        one = {key: value for key, value in header.items() if isinstance(value, str)}
        self.id, self.summary = one.get("id", ""), one.get("summary", "")
        self.question, self.why = one.get("question", ""), one.get("why", "")
        self.severity, self.problem = one.get("severity", ""), one.get("problem", "")
        self.solution = one.get("solution", "")
        self.tags = tuple(item for item in header.get("tags", ()) if isinstance(item, str))
        self.parameters = tuple(
            Parameter(name, *parts(value, 3, path)) for name, value in pairs(header, "parameters")
        )
        self.columns = tuple(Column(name, *parts(value, 2, path)) for name, value in pairs(header, "columns"))
        self.form = "CONSTRUCT" if re.search(r"^CONSTRUCT\b", text, re.MULTILINE) else "SELECT"

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, or None."""
        return next((one for one in self.parameters if one.name == name), None)

    @property
    def example(self) -> str:
        """A command that runs the query, with every parameter that it cannot do without."""
        if self.kind == "link":
            return "councilgraph refresh wikidata --fetch"  # other people's data answer it, not ours
        given = [one.example for one in self.parameters if one.required]
        return " ".join(["councilgraph query", self.id or self.name, *given])


class Catalogue:
    """The stored queries of one folder, with its sub-folders questions, checks, views, links."""

    __slots__ = ("folder",)

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = os.fspath(folder)

    def paths(self) -> list[str]:
        """All query files, questions first, in the order of their names."""
        found = []
        for folder in KINDS:
            inside = os.path.join(self.folder, folder)
            if os.path.isdir(inside):
                names = sorted(name for name in os.listdir(inside) if name.endswith(".rq"))
                found += [os.path.join(inside, name) for name in names]
        if not found:
            raise UsageError(
                "There are no stored queries.",
                where=self.folder,
                cure="Install councilgraph again, or run it from a checkout.",
            )
        return found

    def __iter__(self) -> Iterator[Query]:
        queries = [Query(path, _read(path)) for path in self.paths()]
        order = list(KINDS.values())
        return iter(sorted(queries, key=lambda one: (order.index(one.kind), one.id, one.name)))

    def all(self, kind: str | None = None) -> list[Query]:
        """Every query, or those of one kind ("check" or its folder "checks")."""
        wanted = KINDS.get(kind, kind) if kind else None
        return [query for query in self if wanted in (None, query.kind)]

    def get(self, name: str) -> Query:
        """The query of that file name or id ("compare-scores", "Q01", "q1")."""
        wanted = name.strip().casefold().removesuffix(".rq").replace("_", "-")
        padded = re.sub(r"^([a-z])(\d)$", r"\g<1>0\2", wanted)
        paths = self.paths()
        for path in paths:
            if os.path.basename(path) == wanted + ".rq":
                return Query(path, _read(path))
        for path in paths:
            # The id is the first line: reading 64 bytes of each file costs less than parsing one.
            with open(path, "rb") as file:
                first = file.read(64)
            if first.startswith(b"#+ id: ") and first[7:].split(b"\n", 1)[0].strip().decode(
                errors="replace"
            ).casefold() in (wanted, padded):
                return Query(path, _read(path))
        raise self._unknown(name, wanted)

    def _unknown(self, name: str, wanted: str) -> UsageError:
        import difflib

        names = {one.name: one.id for one in self}
        ids = {one.casefold(): title for title, one in names.items()}
        near = difflib.get_close_matches(wanted, [*names, *ids], 3, 0.5)
        lines = [f"{names[title]} ({title})" for title in dict.fromkeys(ids.get(n, n) for n in near)]
        hint = f"The nearest are: {', '.join(lines)}. " if lines else ""
        return UsageError(
            f"There is no stored query {name!r}.",
            cure=f"{hint}List all with: councilgraph questions",
        )

    def search(self, words: str = "", kind: str | None = None) -> list[Query]:
        """The queries that hold every word somewhere in their header; no word gives all."""
        asked = words.casefold().split()
        found = []
        for query in self.all(kind):
            text = " ".join(
                (query.id, query.name, query.summary, query.question, query.why, *query.tags)
            ).casefold()
            if all(word in text for word in asked):
                found.append(query)
        return found


def parse_header(text: str, path: str = "") -> dict[str, str | list[str | tuple[str, str]]]:
    """The header as key to value; a list item ``- name: value`` becomes a pair.

    Raises QueryError with file and line: a header half understood would bind the wrong thing.
    """
    header: dict[str, str | list[str | tuple[str, str]]] = {}
    items: list[str | tuple[str, str]] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("#+"):
            break
        body = line[3:].rstrip()
        if body.startswith("  - ") and items is not None:
            name, colon, value = body[4:].partition(": ")
            items.append((name, value) if colon else name)
            continue
        key, colon, value = body.partition(":")
        if not line.startswith("#+ ") or not colon or not key.isidentifier() or key in header:
            raise QueryError(
                f"The header of a stored query cannot be read: {line!r}.",
                where=f"{path}, line {number}",
                cure="Write '#+ key: value', or '#+   - item' below a key that holds a list.",
            )
        items = [] if value.strip() in ("", "[]") else None
        header[key] = value.strip() if items is None else items
    return header


def bind(query: Query, terms: Mapping[str, object], limit: int | None = None) -> str:
    """The SPARQL text with each parameter replaced by its term.

    Terms are pyoxigraph terms, whose text form escapes what needs escaping. Everything is
    put in by one pass over the stored text, so a value that looks like another parameter
    stays a value.
    """
    for name, term in terms.items():
        # Raw text in a query is how injection begins; only a term knows how to quote itself.
        if isinstance(term, str):
            raise TypeError(f"parameter {name} is raw text; give a pyoxigraph term")
        if query.parameter(name) is None or f"?_{name}" not in query.text:
            raise no_such_parameter(query, name)
    if limit is not None and (isinstance(limit, bool) or limit < 1):
        raise UsageError(f"limit={limit} is not a whole number above 0.", cure="Try limit=10.")
    text = VALUES.sub(
        lambda found: f"VALUES ?_{found[1]} {{ {terms[found[1]]} }}" if found[1] in terms else found[0],
        query.text,
    )
    return text if limit is None else f"{text.rstrip()}\nLIMIT {limit}\n"


def no_such_parameter(query: Query, name: str) -> UsageError:
    """The error for a parameter that the query does not have; it lists those it has."""
    known = ", ".join(one.name for one in query.parameters) or "none"
    return UsageError(
        f"The query {query.id or query.name} has no parameter {name!r}.",
        cure=f"Its parameters: {known}. Example: {query.example}",
    )


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def pairs(header: Mapping[str, object], key: str) -> list[tuple[str, str]]:
    """The items of a list in a header that have the form "name: value"."""
    items = header.get(key, ())
    return [one for one in items if isinstance(one, tuple)] if isinstance(items, list) else []


def parts(value: str, count: int, path: str) -> list[str]:
    """The parts of such a value, which stand between bars.

    Raises QueryError: there are fewer or more.
    """
    parts = [part.strip() for part in value.split(" | ", count - 1)]
    if len(parts) != count:
        raise QueryError(
            f"The header of a stored query cannot be read: {value!r}.",
            where=path,
            cure="Write 'type | help' for a column, 'type | required | help' for a parameter.",
        )
    return parts
