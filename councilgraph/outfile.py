"""A file for a user's result: in which format, and there whole or as it was before."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from councilgraph.errors import InputError, UsageError


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

    Raises:
        InputError: the file cannot be written.
    """
    part = f"{path}.{os.getpid()}.part"
    try:
        with open(part, "wb") as out:
            yield out
        os.replace(part, path)
    except OSError as error:
        raise InputError(
            f"The file cannot be written: {error.strerror or error}.",
            where=path,
            cure="Check the folder, the rights on it and the space left, or give another path with -o.",
        ) from None
    finally:
        if os.path.exists(part):
            os.remove(part)
