"""A file for a user's result: there whole, or as it was before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from councilgraph.errors import InputError


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
