"""N-Quads and TriG files, filled into a database of a moment."""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, cast

import pyoxigraph

from councilgraph.errors import InputError, StoreError

_FORMATS = {".nq": pyoxigraph.RdfFormat.N_QUADS, ".trig": pyoxigraph.RdfFormat.TRIG}


def rdf_files(place: str) -> list[str]:
    """The file itself, or those of a folder that hold named graphs; none where there are none.

    Raises:
        InputError: a file of another kind.
    """
    if os.path.isfile(place):
        if _ending(place) not in _FORMATS:
            raise InputError(
                "This file is no N-Quads and no TriG; other forms do not say which graph a statement is of.",
                where=place,
                cure="Write the graph with 'councilgraph export rdf -o graph.nq.gz'.",
            )
        return [place]
    if not os.path.isdir(place):
        return []
    return [os.path.join(place, name) for name in sorted(os.listdir(place)) if _ending(name) in _FORMATS]


@contextmanager
def filled(files: Sequence[str], *, memory: bool = False) -> Iterator[pyoxigraph.Store]:
    """A database on disk with these files in it: a release can be larger than the memory.

    With ``memory`` it is held there: quicker to ask, about 0.3 GiB for a million statements.

    Raises:
        InputError: a file is damaged; the message says where. StoreError: there is no room.
    """
    with tempfile.TemporaryDirectory(prefix="councilgraph-diff-", ignore_cleanup_errors=True) as folder:
        try:
            store = pyoxigraph.Store() if memory else pyoxigraph.Store(os.path.join(folder, "graph"))
        except OSError as error:
            raise _no_room(folder, error) from None
        for file in files:
            _fill(store, file)
        yield store
        del store  # closes the database before its folder goes


def _fill(store: pyoxigraph.Store, path: str) -> None:
    packed = path.endswith(".gz")
    try:
        with gzip.open(path, "rb") if packed else open(path, "rb") as file:
            store.bulk_load(cast("IO[bytes]", file), format=_FORMATS[_ending(path)])
    except SyntaxError as error:
        raise _damaged(path, error.msg or "it is not valid") from None
    except (gzip.BadGzipFile, EOFError, zlib.error, ValueError) as error:
        raise _damaged(path, str(error)) from None
    except OSError as error:
        raise _no_room(path, error) from None


def _ending(path: str) -> str:
    return os.path.splitext(path.removesuffix(".gz"))[1]


def _damaged(path: str, why: str) -> InputError:
    return InputError(f"The file is damaged: {why}.", where=path, cure="Fetch or write it again.")


def _no_room(where: str, error: OSError) -> StoreError:
    return StoreError(
        f"The graph cannot be read into a database of a moment: {error.strerror or error}.",
        where=where,
        cure="Check the file, and the free space of the folder for temporary files (TMPDIR).",
    )
