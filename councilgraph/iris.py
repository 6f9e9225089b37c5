"""The only maker of IRIs.

An IRI comes from the fewest stable raw keys: a council's register code, the month of
publication, the digest of a sentence. A name that is corrected, a paragraph that moves or
a page that is saved again must not change it, because reviews, links and other people's
data point at it.

``IRIS`` uses the base of the environment variable ``COUNCILGRAPH_BASE`` for things and
graphs; the ontology and the schemes keep theirs, they are the project's.
"""

from __future__ import annotations

import os
from urllib.parse import quote

BASE = "https://w3id.org/councilgraph/"
DEF = BASE + "def#"
SCHEME = BASE + "scheme/"
AREA = "http://statistics.data.gov.uk/id/statistical-geography/"
LAW = "http://www.legislation.gov.uk/id/"


class Iris:
    """IRIs of things (``id/...``) and of named graphs (``graph/...``) under one base."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base if base.endswith(("/", "#")) else base + "/"
        self.id = self.base + "id/"

    def thing(self, kind: str, *keys: str) -> str:
        """The IRI of a thing: ``thing("judgement", "STS-2025-05", "equity")``."""
        return f"{self.id}{kind}/{'/'.join(quote(k, safe='-._~') for k in keys)}"

    def council(self, code: str) -> str:
        """A council, by its code in the local authority register."""
        return self.thing("council", code)

    def organisation(self, key: str) -> str:
        """Another body, by ``<identifier scheme>-<code>``."""
        return self.thing("organisation", key)

    def document(self, key: str) -> str:
        """A source file, by the head of its checksum."""
        return self.thing("document", key)

    def graph(self, *names: str) -> str:
        """A named graph: ``graph("report", "STS-2025-05")``."""
        return f"{self.base}graph/{'/'.join(quote(n, safe='-._~') for n in names)}"


def area(gss: str) -> str:
    """An area, in the form in which the ONS and open data cubes name it."""
    return AREA + quote(gss, safe="")


def act(path: str) -> str:
    """An Act or a section of it, in the form of its own XML (http, ``/id/``)."""
    return LAW + quote(path, safe="/")


def concept(scheme: str, slug: str) -> str:
    """A concept of one of our schemes."""
    return f"{SCHEME}{scheme}/{quote(slug, safe='-._~')}"


def slugify(text: str) -> str:
    """A readable key out of a name: lower case, words joined by hyphens."""
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in text.lower()).split())


IRIS = Iris(os.environ.get("COUNCILGRAPH_BASE", BASE))
