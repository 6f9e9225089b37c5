"""Read the shapes files into one text and know the message of every shape.

>>> from pathlib import Path
>>> shapes = read_shapes(Path("ontology/shapes"))
>>> shapes.message("https://w3id.org/councilgraph/shapes#Judgement-score")[:47]
'A judgement must have exactly one score, a whol'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from councilgraph.errors import InputError

SH = "http://www.w3.org/ns/shacl#"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@dataclass(frozen=True)
class Shapes:
    """All shapes as one Turtle text; ``files`` says where it came from."""

    turtle: str
    files: tuple[Path, ...] = ()

    @cached_property
    def _texts(self) -> Mapping[str, Mapping[str, str]]:
        """Shape IRI -> local name of the predicate -> text, for name, label and message."""
        from pyoxigraph import Literal, NamedNode, RdfFormat, parse

        wanted = {f"{SH}name": "name", RDFS_LABEL: "name", f"{SH}message": "message"}
        found: dict[str, dict[str, str]] = {}
        for quad in parse(self.turtle, format=RdfFormat.TURTLE):
            kind = wanted.get(quad.predicate.value)
            subject, text = quad.subject, quad.object
            if kind and isinstance(subject, NamedNode) and isinstance(text, Literal):
                found.setdefault(subject.value, {})[kind] = text.value
        return found

    def message(self, shape: str) -> str:
        """The ``sh:message`` of a shape by IRI; a plain sentence where it has none."""
        return self._texts.get(shape, {}).get(
            "message", "This node breaks a rule that has no message. Look the shape up by its IRI."
        )

    def name(self, shape: str) -> str:
        """The ``sh:name`` (or label) of a shape by IRI; the IRI's last part where it has none."""
        return self._texts.get(shape, {}).get("name", shape.rsplit("#", 1)[-1])


def read_shapes(folder: Path | str, profile: str = "") -> Shapes:
    """Read every ``*.ttl`` of a folder in the order of the names.

    ``profile`` names a file of its folder ``release/`` ("reviewed-only") whose shapes come on top.
    Turtle files can be joined as text, since a prefix may be declared again.

    Raises:
        InputError: there is no such folder, no shapes file in it, or one is no UTF-8 text.
    """
    files = tuple(sorted(Path(folder).glob("*.ttl")))
    if files and profile:
        files = (*files, Path(folder) / "release" / f"{profile}.ttl")
    if not files:
        raise InputError(
            "There are no shapes to validate with.",
            where=str(folder),
            cure="Install councilgraph again, or name the folder that holds *.shapes.ttl.",
        )
    texts = []
    for file in files:
        try:
            texts.append(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"A shapes file cannot be read: {error}.",
                where=str(file),
                cure="Restore the file from the repository or the package.",
            ) from error
    return Shapes("\n".join(texts), files)
