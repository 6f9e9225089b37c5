"""A file for a user's result: in which format, and there whole or as it was before."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import BinaryIO

from councilgraph.errors import InputError, UsageError
from councilgraph.faultpoints import faultpoint
from councilgraph.leftovers import create, sweep


def chosen_format(
    endings: Mapping[str, tuple[str, ...]],
    path: str | None,
    asked: str | None,
    *,
    what: str,
    otherwise: str,
    cure: str,
) -> str:
    """The format that was asked for, else that of the file's ending, else ``otherwise``.

    ``endings`` are those of each format (".ttl"; "" is a folder's); ``what`` names the formats in
    messages ("RDF"), ``cure`` says which endings there are.

    Raises:
        UsageError: there is no such format, or the ending says nothing.
    """
    if asked:
        if asked not in endings:
            raise UsageError(
                f"There is no {what} format '{asked}'.", cure=f"Choose one of: {', '.join(endings)}."
            )
        return asked
    if path is None:
        return otherwise
    ending = os.path.splitext(path.rstrip("/"))[1].casefold()
    for name, known in endings.items():
        if ending in known:
            return name
    raise UsageError(f"The ending of '{path}' names no {what} format.", cure=cure)


@contextmanager
def whole_file(path: str) -> Iterator[BinaryIO]:
    """Write to this and it takes the place of ``path`` when the block ends well.

    A query that fails on its thousandth row must not leave half a table behind, nor
    destroy the table of last month.

    What a killed run had begun is removed; a pipe or a device takes it as it comes.

    Raises:
        InputError: the file cannot be written.
    """
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        with open(path, "wb") as out:  # to replace /dev/null would be a surprise
            yield out
        return
    part = f"{path}.{os.getpid()}.part"
    folder, name = os.path.split(path)
    try:
        sweep(folder, rf"{re.escape(name)}\.\d+\.part")
        with create(part) as out:
            faultpoint("out.open")
            yield out
            if not out.closed:
                out.flush()
                os.fsync(out.fileno())  # else a power cut could leave the new name and no content
            faultpoint("out.written")
            if os.name == "nt":
                out.close()  # an open file cannot be moved there
            os.replace(part, path)
        faultpoint("out.replaced")
    except OSError as error:
        raise InputError(
            f"The file cannot be written: {error.strerror or error}.",
            where=path,
            cure="Check the folder, the rights on it and the space left, or give another path with -o.",
        ) from None
    finally:
        with suppress(OSError):
            os.remove(part)
