"""Read the case files of the shapes: Turtle with the expected results in its first lines.

A line of the form

    # expect: focus=id:judgement/NMR-2025-05/learning path=cg:score component=MinCount \
shape=cgsh:Judgement-score severity=Violation

(on one line) stands for one result. ``path`` is left out where the shape speaks about the node as
a whole; ``component`` may be left out. A file expects exactly the results it lists, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize

from councilgraph.validation import ValidationResult

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[2]
SHAPES = ROOT / "ontology" / "shapes"

BASE = "https://w3id.org/councilgraph/"
CG = f"{BASE}def#"
CGSH = f"{BASE}shapes#"
SH = "http://www.w3.org/ns/shacl#"
NAMESPACES = {
    "id": f"{BASE}id/",
    "cg": CG,
    "cgsh": CGSH,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "http": "http:",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": SH,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
}


@dataclass(frozen=True, order=True)
class Expected:
    """One result that a case must give; an empty ``component`` stands for any."""

    focus: str
    path: str
    component: str
    shape: str
    severity: str

    def of(self, result: ValidationResult) -> Expected:
        """A result in the same form, as exact as this expectation is."""
        return Expected(
            result.focus,
            result.path or "",
            result.component.removesuffix("ConstraintComponent") if self.component else "",
            result.shape,
            result.severity,
        )


def expand(curie: str) -> str:
    """A prefixed name to an IRI; a prefix we do not know is an error, never a guess."""
    prefix, _, local = curie.partition(":")
    return NAMESPACES[prefix] + local


def expectations(file: Path) -> list[Expected]:
    """The expected results of a case file, in the order of the file."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# expect:"):
            given = dict(part.split("=", 1) for part in line.removeprefix("# expect:").split())
            unknown = given.keys() - {"focus", "path", "component", "shape", "severity"}
            if unknown:
                raise ValueError(f"{file}: unknown words in an expectation: {sorted(unknown)}")
            found.append(
                Expected(
                    expand(given["focus"]),
                    expand(given["path"]) if "path" in given else "",
                    given.get("component", ""),
                    expand(given["shape"]),
                    given["severity"],
                )
            )
    return found


def ntriples(file: Path) -> bytes:
    """The graph of a Turtle file as N-Triples."""
    quads = parse(file.read_bytes(), format=RdfFormat.TURTLE)
    return serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""


def case_files() -> list[Path]:
    """All cases, sorted."""
    return sorted(CASES.glob("*/*.ttl"))
