"""Atom feeds, read one entry at a time, each as a row under the names of its elements.

An element without a value of its own that carries one in an attribute (``<ukm:Year
Value="2014"/>``) has that value. Names are without their namespace: a feed has few.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any

from lxml import etree

from councilgraph.errors import InputError
from loaders.csvfile import Row

_ATOM = "{http://www.w3.org/2005/Atom}"
_HEAD = 4096  # bytes in which the beginning of a feed stands


def is_feed(path: Path) -> bool:
    """Whether a file begins as XML does; an unreadable one does not."""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    except OSError:
        return False


def feed_rows(path: Path) -> Generator[Row]:
    """Yield the entries of a feed; ``where`` is file and line.

    Raises InputError for a file that is no whole Atom feed. No file is fetched that it names,
    and entities that it declares stay what they are.
    """
    line = 1
    try:
        with path.open("rb") as file:
            for element in _entries(path, file):
                line = element.sourceline or line
                yield Row(_values(element), f"{path}:{line}")
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, StopIteration) as error:
        raise _no_feed(path, str(error) or "it is empty", getattr(error, "lineno", None) or line) from error
    except OSError as error:
        raise _no_feed(path, error.strerror or "it cannot be read", line) from error


def _entries(path: Path, file: IO[bytes]) -> Iterator[Any]:
    parser = etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    _, root = next(parser)
    # A page of a web site is XML too, as far as its beginning tells: the root decides.
    if root.tag != f"{_ATOM}feed":
        raise _no_feed(path, f"its root is {etree.QName(root).localname}", 1)
    for event, element in parser:
        if event == "end" and element.tag == f"{_ATOM}entry":
            yield element


def feed_header(path: Path) -> list[str]:
    """The names in the first entry; an empty list for a feed without one."""
    with closing(feed_rows(path)) as entries:
        return list(next(entries, Row({}, "")).values)


def _values(entry: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in entry.iterchildren("*"):
        text = "".join(child.itertext()) or child.get("Value") or child.get("Date") or ""
        # Of several of one name (links) the first counts.
        found.setdefault(etree.QName(child).localname, " ".join(text.split()))
    return found


def _no_feed(path: Path, why: str, line: int) -> InputError:
    return InputError(
        f"{path.name} is no whole Atom feed: {why[:200]}.",
        where=f"{path}:{line}",
        cure="Save the feed again from its publisher; look whether it is a page of a web site.",
    )
